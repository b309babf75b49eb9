// @ts-check
import { accessSync, constants } from 'node:fs';
import { runCommand } from './command.mjs';
import { Fault } from './fault.mjs';

const DEBIAN = '/usr/bin/chromium';
/** `sudo -n` never asks for a password: without the right it fails at once. */
const SUDO = ['sudo', '-n'];

/**
 * Makes sure that the end-to-end tests find a Chromium: CHROMIUM, else Debian's, which apt installs when missing.
 * @param {{ cwd: string, env: Record<string, string | undefined>, say: (line: string) => void, debian?: string }} where
 */
export async function ensureChromium({ cwd, env, say, debian = DEBIAN }) {
	if (env.CHROMIUM) {
		if (canRun(env.CHROMIUM)) return;
		throw new Fault(`CHROMIUM names ${env.CHROMIUM}, which cannot be run: name the file of a Chromium.`);
	}
	if (canRun(debian)) return;

	say('Installing Chromium for the tests.');
	const asRoot = process.getuid?.() === 0 ? [] : SUDO;
	const installed =
		(await apt([...asRoot, 'apt-get', 'update'], cwd)) &&
		(await apt([...asRoot, 'apt-get', 'install', '-y', '--no-install-recommends', 'chromium'], cwd));
	if (!installed || !canRun(debian)) {
		throw new Fault(
			'The tests need Chromium and it could not be installed: install it yourself and name its file in CHROMIUM.'
		);
	}
}

/** @param {string[]} words @param {string} cwd */
async function apt([file = '', ...args], cwd) {
	const env = { DEBIAN_FRONTEND: 'noninteractive' };
	return (await runCommand(file, args, { cwd, env }).catch(() => 1)) === 0;
}

/** @param {string} path */
function canRun(path) {
	try {
		accessSync(path, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}
