// @ts-check
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a build is made from. Generated code inside is left out: the build writes it. */
const SOURCES = [
	'src',
	'static',
	'project.inlang/settings.json',
	'scripts',
	'package.json',
	'package-lock.json',
	'svelte.config.js',
	'vite.config.ts',
	'tsconfig.json'
];

/**
 * One hash over names and bytes of all sources; the same on every machine.
 * @param {string} root
 */
export function hashSources(root) {
	const hash = createHash('sha256');
	for (const source of SOURCES) {
		for (const path of filesUnder(root, source)) {
			hash
				.update(`${path}\0`)
				.update(readFileSync(join(root, path)))
				.update('\0');
		}
	}
	return hash.digest('hex');
}

/**
 * @param {string} root @param {string} path @returns {string[]}
 */
function filesUnder(root, path) {
	let entries;
	try {
		entries = readdirSync(join(root, path), { withFileTypes: true });
	} catch (error) {
		const { code } = /** @type {NodeJS.ErrnoException} */ (error);
		return code === 'ENOTDIR' ? [path] : [];
	}
	return entries
		.sort((a, b) => (a.name < b.name ? -1 : 1))
		.filter(({ name }) => name !== 'generated' && !name.startsWith('.'))
		.flatMap((entry) =>
			entry.isDirectory() ? filesUnder(root, `${path}/${entry.name}`) : [`${path}/${entry.name}`]
		);
}
