// @ts-check
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { requireCommand } from './command.mjs';
import { Fault } from './fault.mjs';

/**
 * Whether node_modules was made from another lock, or from none.
 * @param {{ lock: string | Buffer, stamp: string }} found stamp '' when there is none
 */
export function needsInstall({ lock, stamp }) {
	return stamp.trim() !== sha256(lock);
}

/**
 * Makes node_modules match package-lock.json; touches nothing when it does already.
 * @param {string} root @param {{ say: (line: string) => void, signal?: AbortSignal | undefined }} how
 */
export async function install(root, { say, signal }) {
	const lockPath = join(root, 'package-lock.json');
	const stampPath = join(root, 'node_modules', '.heed-lock');
	if (!existsSync(lockPath)) {
		throw new Fault(`${lockPath} is missing: fetch Heed again, this copy is not complete.`);
	}
	const lock = readFileSync(lockPath);
	const stamp = existsSync(stampPath) ? readFileSync(stampPath, 'utf8') : '';
	if (!needsInstall({ lock, stamp })) return;

	say('Installing packages (npm ci); the first time this takes a minute.');
	// Under NODE_ENV=production npm would leave out what the build needs.
	const args = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund'];
	await requireCommand('npm ci', 'npm', args, { cwd: root, signal });
	writeFileSync(stampPath, `${sha256(lock)}\n`);
}

/** @param {string | Buffer} bytes */
function sha256(bytes) {
	return createHash('sha256').update(bytes).digest('hex');
}
