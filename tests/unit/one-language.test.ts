/** The words as the app's build has them: each language for itself, and still what Paraglide would say. */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { compile } from '@inlang/paraglide-js';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
	areas,
	FIRST,
	oneLanguage,
	shortNames,
	spoken,
	throughWords,
	wordsOf
} from '../../scripts/one-language.mjs';
import { ours, reach } from '../../scripts/reach.mjs';
import { LOCALES } from '../../src/lib/domain/lists';
import { localeOf } from '../../src/service-worker/words';

type Say = (inputs: unknown, options?: { locale: string }) => string;
type Messages = Record<string, Say>;
type Catalogue = () => Promise<{ default: Messages }>;
type Catalogues = Record<'first' | 'team' | 'rest', Record<string, Catalogue>>;

const root = process.cwd();
const firstFiles = reach(root, FIRST);
const first = wordsOf(firstFiles);
const areaOf = areas(root);

describe('the catalogues', () => {
	let folder = '';
	let catalogues: Catalogues;
	let paraglide: Messages;
	let names: Map<string, string>;
	const nameOf = (key: string): string => names.get(key) ?? '';

	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), 'heed-words-'));
		const outdir = join(folder, 'generated');
		await compile({ project: './project.inlang', outdir, strategy: ['baseLocale'] });
		paraglide = (await import(pathToFileURL(join(outdir, 'messages/_index.js')).href)) as Messages;
		names = shortNames(join(outdir, 'messages'));
		const entry = join(folder, 'words.js');
		await writeFile(entry, "export { catalogues } from 'virtual:catalogues';");
		await build({
			configFile: false,
			logLevel: 'silent',
			plugins: [oneLanguage({ messages: join(outdir, 'messages') })],
			build: {
				outDir: join(folder, 'built'),
				minify: false,
				lib: { entry, formats: ['es'], fileName: 'words' },
				// As Kit names them.
				rolldownOptions: { output: { chunkFileNames: '_app/immutable/chunks/[hash].js' } }
			}
		});
		const built = pathToFileURL(join(folder, 'built/words.js')).href;
		({ catalogues } = (await import(built)) as { catalogues: Catalogues });
	}, 60_000);
	afterAll(() => rm(folder, { recursive: true, force: true }));

	test.for([...LOCALES])('%s: all together say just what Paraglide says', async (locale) => {
		const words: Messages = {};
		for (const area of ['first', 'team', 'rest'] as const)
			Object.assign(words, (await catalogues[area][locale]?.())?.default);
		const onScreens = Object.keys(paraglide).filter((key) => areaOf(key) !== '');
		expect(Object.keys(words).sort()).toEqual(onScreens.map(nameOf).sort());
		expect(new Set(names.values()).size).toBe(names.size);
		const differing = onScreens.flatMap((key) =>
			// Numbers that the five languages count in different forms; words without a number take any.
			[0, 1, 2, 5, 11, 21, 22, 100, 1.5]
				.map((number) => new Proxy({}, { get: () => number }))
				.filter((inputs) => words[nameOf(key)]?.(inputs) !== paraglide[key]?.(inputs, { locale }))
				.map(() => key)
		);
		expect(differing).toEqual([]);
	});

	test('a file is called after its language, so that the service worker knows it', async () => {
		const built = join(folder, 'built/_app/immutable');
		const named = (await readdir(join(built, 'words'))).map((name) => localeOf(`/words/${name}`));
		expect(named.sort()).toEqual([...LOCALES, ...LOCALES, ...LOCALES].sort());
		expect((await readdir(join(built, 'chunks'))).map((name) => localeOf(`/chunks/${name}`))).toEqual(['']);
	});

	test('what the first screens say comes first, and nothing twice', async () => {
		const part = async (area: keyof Catalogues) =>
			Object.keys((await catalogues[area].hu?.())?.default ?? {}).sort();
		expect(await part('first')).toEqual([...first].map(nameOf).sort());
		const all = [...(await part('first')), ...(await part('team')), ...(await part('rest'))];
		expect(new Set(all).size).toBe(all.length);
	});
});

describe('what the first screens say', () => {
	test('is found through layout, form and what they import, and no further', () => {
		for (const key of ['skip', 'waiting', 'q_urgency', 'form_next', 'urgency_soon', 'error_title']) {
			expect(first, key).toContain(key);
		}
		for (const key of ['q_story', 'photo_add', 'p_place', 'setting_prison', 'welcome_title', 'language']) {
			expect(first, key).not.toContain(key);
		}
	});

	test('a part that is loaded later and says more waits for the rest of the words', () => {
		const parts = [...firstFiles].flatMap(([path, code]) =>
			[...code.matchAll(/(?<!typeof )(later\()?\bimport\(\s*'([^']+)'/g)].map(([, waits, from = '']) => ({
				path,
				from,
				waits: waits !== undefined,
				file: ours(root, path, from)
			}))
		);
		const saying = parts.filter(({ file }) => {
			if (!file) return false;
			const said = wordsOf(reach(root, [relative(root, file)]));
			return [...said].some((key) => !first.has(key));
		});
		expect(saying.length).toBeGreaterThan(6);
		expect(saying.filter(({ waits }) => !waits)).toEqual([]);
	});
});

describe('what no screen says', () => {
	test('is with the service worker and the courier alone, in all its languages', () => {
		expect(areaOf('push_danger')).toBe('');
		expect(areaOf('letter_hello')).toBe('');
		expect(areaOf('notices')).toBe('rest');
	});
});

describe('what a team’s screens say', () => {
	test('is what no other screen says', () => {
		for (const key of ['merge', 'kind_task_hint', 'queue_filter', 'refer_story'])
			expect(areaOf(key)).toBe('team');
		for (const key of ['kind_task', 'thread', 'welcome_title']) expect(areaOf(key)).toBe('rest');
		expect(areaOf('q_urgency')).toBe('first');
	});

	test('comes along wherever another screen shows a part of them', async () => {
		const files = (await readdir(join(root, 'src'), { recursive: true })).filter(
			(path) => /\.(ts|svelte)$/.test(path) && !path.startsWith('routes/team/')
		);
		const parts = await Promise.all(
			files.map(async (path) => {
				const code = await readFile(join(root, 'src', path), 'utf8');
				return [
					...code.matchAll(/[^\n]*from '[^']*\/team\/[^']*'|[^\n]*import\(\s*'[^']*\/team\/[^']*'[^\n]*/g)
				].map(([line]) => line);
			})
		);
		expect(parts.flat().length).toBeGreaterThan(0);
		expect(parts.flat().filter((line) => !line.includes(', allWords)'))).toEqual([]);
	});
});

describe('what could not be counted is refused', () => {
	const line = "import * as m from '$lib/i18n/generated/messages';";

	test('the usual way is led through the catalogues', () => {
		const names = new Map([['q_story', '_a']]);
		const code = throughWords(`${line}\nexport const label = m.q_story ?? m.other;`, 'x.ts', names);
		expect(code).toBe("import { m } from '$lib/i18n/catalogue';\nexport const label = m._a ?? m.other;");
	});

	test.for([
		"import { q_story } from '$lib/i18n/generated/messages';",
		"import * as words from '$lib/i18n/generated/messages';",
		"import { q_story } from '$lib/i18n/generated/messages/q_story.js';",
		`${line}\nconst say = (key) => m[key]();`,
		`${line}\nconst words = { ...m };`
	])('%s', (code) => {
		expect(() => throughWords(code, 'x.ts', new Map())).toThrow('x.ts');
	});

	test('a message that Paraglide writes in another way stops the build', () => {
		expect(() => spoken('export const skip = () => "";', 'skip.js', 'de')).toThrow(
			'skip.js says nothing in de'
		);
	});
});
