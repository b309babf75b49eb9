// @ts-check
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { requireCommand } from './command.mjs';
import { hashSources } from './sources.mjs';

const STAMP = 'build/.heed-build';
const PRODUCTS = ['build/app/index.html', 'build/courier/main.mjs', 'build/node/seed.mjs'];

/**
 * Builds only when the sources are others than those of the last build.
 * @param {string} root @param {{ say: (line: string) => void, signal?: AbortSignal | undefined }} how
 */
export async function ensureBuild(root, { say, signal }) {
	const stampPath = join(root, STAMP);
	const stamp = existsSync(stampPath) ? readFileSync(stampPath, 'utf8').trim() : '';
	const complete = PRODUCTS.every((product) => existsSync(join(root, product)));
	if (complete && stamp === hashSources(root)) return;

	say('Building the app; this takes a minute, and only when something has changed.');
	await build(root, { signal });
}

/**
 * Builds the app, then the courier and the seed beside it. The stamp comes last: half a build is none.
 * @param {string} root @param {{ signal?: AbortSignal | undefined }} [how]
 */
export async function build(root, { signal } = {}) {
	const sources = hashSources(root);
	// The app is named after its sources: the same sources make the same build, others make phones update.
	const env = { NODE_ENV: 'production', HEED_BUILD: sources.slice(0, 12) };
	const options = { cwd: root, env, signal };
	const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
	rmSync(join(root, STAMP), { force: true });

	await requireCommand('Generating code', 'npm', ['run', '--silent', 'generate'], options);
	await requireCommand('Building the app', process.execPath, [vite, 'build'], options);
	await requireCommand(
		'Building the courier',
		process.execPath,
		[vite, 'build', '--config', 'scripts/vite.node.config.ts'],
		options
	);

	mkdirSync(join(root, 'build'), { recursive: true });
	writeFileSync(join(root, STAMP), `${sources}\n`);
}
