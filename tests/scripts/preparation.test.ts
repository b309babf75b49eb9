import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeFoundingCode } from '../../scripts/founding.mjs';
import { needsInstall } from '../../scripts/install.mjs';
import { ROOT } from '../../scripts/root.mjs';
import { hashSources } from '../../scripts/sources.mjs';
import { STAGES } from '../../scripts/suites.mjs';
import { tempFolder } from './bench';

test('packages are installed only when the lock is another one than last time', () => {
	const stamp = createHash('sha256').update('lock').digest('hex');
	expect(needsInstall({ lock: 'lock', stamp: `${stamp}\n` })).toBe(false);
	expect(needsInstall({ lock: 'lock, changed', stamp })).toBe(true);
	expect(needsInstall({ lock: 'lock', stamp: '' })).toBe(true);
});

test('a build is due when a source has changed, moved or come, and not for what the build itself writes', () => {
	const root = tempFolder();
	mkdirSync(join(root, 'src/generated'), { recursive: true });
	const write = (path: string, text: string) => writeFileSync(join(root, path), text);
	write('src/a.ts', 'a');
	const before = hashSources(root);

	write('src/generated/messages.js', 'written by the build');
	write('README.md', 'no source');
	expect(hashSources(root)).toBe(before);

	write('src/b.ts', '');
	const withB = hashSources(root);
	expect(withB).not.toBe(before);
	write('src/a.ts', 'b');
	expect(hashSources(root)).not.toBe(withB);
});

test('codes are fresh, in four groups, and without letters that look alike', () => {
	const codes = Array.from({ length: 200 }, makeFoundingCode);
	expect(new Set(codes).size).toBe(200);
	for (const code of codes) expect(code).toMatch(/^([A-Z0-9]{4}-){3}[A-Z0-9]{4}$/);
	expect(codes.join('')).not.toMatch(/[0O1IL2Z5S8BU]/);
	expect(16 * Math.log2(new Set(codes.join('').replaceAll('-', '')).size)).toBeGreaterThan(60);
});

test('the built courier needs nothing but Node', () => {
	const code = readFileSync(join(ROOT, 'build/courier/main.mjs'), 'utf8');
	const imported = [...code.matchAll(/^(?:import|export)\b[^'"]*['"]([^'"]+)['"]/gm)].map(
		([, from = '']) => from
	);
	expect(imported.filter((from) => !builtinModules.includes(from.replace(/^node:/, '')))).toEqual([]);
});

test('every suite has a name of its own', () => {
	const names = STAGES.flat(2).map(({ name }) => name);
	expect(new Set(names).size).toBe(names.length);
});
