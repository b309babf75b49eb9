// @ts-check
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/**
 * What these files load at once: they, what they import, and what that imports. Ours alone, each with its text.
 * @param {string} root @param {string[]} entries @returns {Map<string, string>}
 */
export function reach(root, entries) {
	const found = new Map();
	const open = entries.map((entry) => join(root, entry));
	for (let path = open.pop(); path; path = open.pop()) {
		if (found.has(path)) continue;
		const code = readFileSync(path, 'utf8');
		found.set(path, code);
		for (const [, type, from = ''] of code.matchAll(
			/^\s*(?:import|export)\s+(type\s)?(?:[^'";]*?\sfrom\s+)?'([^'\n]+)';/gm
		)) {
			const imported = type ? null : ours(root, path, from);
			if (imported) open.push(imported);
		}
	}
	return found;
}

/**
 * The file of ours that an import means; null for a library, for what Paraglide wrote, and for an address alone.
 * @param {string} root @param {string} importer @param {string} from
 */
export function ours(root, importer, from) {
	const path = from.startsWith('$lib/')
		? join(root, 'src/lib', from.slice(5))
		: from.startsWith('.')
			? resolve(dirname(importer), from)
			: null;
	if (!path || path.includes('/generated/') || path.endsWith('?url')) return null;
	const file = [path, `${path}.ts`].find((name) => existsSync(name) && statSync(name).isFile());
	if (!file) throw new Error(`${importer} imports ${from}, and there is no such file`);
	return file;
}
