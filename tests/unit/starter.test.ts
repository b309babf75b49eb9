/** What a team starts with: whole in every language, and found by those who need it. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { findMarks } from '../../src/lib/domain/guard/guard';
import {
	AGES,
	LOCALES,
	MOTIVES,
	NEEDS,
	SECTORS,
	SETTINGS,
	SOURCES,
	THEMES,
	TYPES,
	type Locale
} from '../../src/lib/domain/lists';
import {
	Before,
	FirstSteps,
	Practice,
	Term,
	type BeforeText,
	type PracticeText,
	type TermText
} from '../../src/lib/domain/practice';
import { ownNames } from '../guard/lists';
import { agreement, judge } from '../match/judge';
import { ownSet, sameAlerts } from '../match/own';
import { longest, readability, SENTENCE_MAX } from './readable';

const names = ownNames();
const HOME = fileURLToPath(new URL('../../src/lib/starter/', import.meta.url));
const pieces = (folder: string) =>
	readdirSync(HOME + folder).map((name) => ({
		name,
		piece: JSON.parse(readFileSync(`${HOME}${folder}/${name}`, 'utf8')) as unknown
	}));

/** What a piece says in a language, text by text. */
const FOLDERS = {
	practices: {
		shape: Practice,
		said: ({ title, situation, advised, outcome, differently, protects }: PracticeText) =>
			[title, situation, ...advised, outcome, differently, protects].filter((text) => text !== undefined)
	},
	'first-steps': { shape: FirstSteps, said: (steps: string[]) => steps },
	// Whose definition it is names people.
	glossary: { shape: Term, said: ({ term, meaning }: TermText) => [term, meaning] },
	before: {
		shape: Before,
		said: ({ title, parts }: BeforeText) => [
			title,
			...parts.flatMap(({ heading, points }) => [heading, ...points])
		]
	}
} as const;
type Folder = keyof typeof FOLDERS;

/** How much of a kind there must be, at least. */
const LEAST: Record<Folder, number> = {
	practices: 60,
	'first-steps': TYPES.length + SETTINGS.length,
	glossary: 40,
	before: 1
};

const all = (Object.keys(FOLDERS) as Folder[]).flatMap((folder) =>
	pieces(folder).map(({ name, piece }) => ({ folder, name, ...read(folder, piece) }))
);

function read(folder: Folder, piece: unknown): { piece: unknown; said: Record<Locale, string[]> } {
	const { shape, said } = FOLDERS[folder];
	const parsed = shape.parse(piece);
	const texts = LOCALES.map((locale) => {
		const text = parsed.texts[locale];
		if (!text) throw new Error(`nothing in ${locale}`);
		return [locale, (said as (text: unknown) => string[])(text)];
	});
	return { piece: parsed, said: Object.fromEntries(texts) as Record<Locale, string[]> };
}

test.for(Object.entries(LEAST))('there is enough of %s, each piece by its own name', ([folder, least]) => {
	const those = all.filter((one) => one.folder === folder);
	expect(those.length).toBeGreaterThanOrEqual(least);
	for (const { name, piece } of those)
		if (folder !== 'first-steps') expect(name).toBe(`${(piece as { id: string }).id}.json`);
});

describe('a piece', () => {
	test.for(all)('$folder/$name says the same in every language', ({ said }) => {
		expect(new Set(LOCALES.map((locale) => said[locale].length)).size).toBe(1);
	});

	test.for(LOCALES)('is easy to read in %s', (locale) => {
		const hard = all.flatMap(({ folder, name, said }) => {
			const texts = said[locale];
			// One sentence is too short to be measured by more than its length.
			const whole = texts.map((text) => (/[.!?]["”“’»)]*$/.test(text) ? text : `${text}.`)).join(' ');
			const { name: measure, is, bar, plain } = readability(whole, locale);
			return [
				...texts.filter((text) => longest(text) > SENTENCE_MAX).map((text) => `${name}: ${text}`),
				...(plain || folder === 'glossary' ? [] : [`${name}: ${measure} ${is.toFixed(1)}, bar ${bar}`])
			];
		});
		expect(hard).toEqual([]);
	});

	test.for(LOCALES)('holds nothing that the privacy guard marks in %s', (locale) => {
		const marked = all.flatMap(({ name, said }) =>
			said[locale].flatMap((text) =>
				findMarks(text, locale, names).map(
					({ kind, start, end }) => `${name}: ${kind} ${text.slice(start, end)}`
				)
			)
		);
		expect(marked).toEqual([]);
	});
});

describe('practices', () => {
	const practices = pieces('practices').map(({ piece }) => Practice.parse(piece));

	test('have not been rated by anybody', () => {
		expect(practices.filter(({ helped }) => helped)).toEqual([]);
	});

	test.for([
		['themes', THEMES],
		['types', TYPES],
		['settings', SETTINGS],
		['ages', AGES],
		['motives', MOTIVES],
		['sources', SOURCES],
		['needs', NEEDS],
		['sectors', SECTORS]
	] as const)('leave none of the %s without material', ([facet, keys]) => {
		const said = new Set<string>(practices.flatMap((practice) => practice[facet]));
		const vague = ['other', 'unknown', 'mixed', 'none'];
		expect(keys.filter((key) => !said.has(key) && !vague.includes(key))).toEqual([]);
	});
});

test('first steps are there for every type and every setting, once', () => {
	const of = pieces('first-steps')
		.map(({ piece }) => FirstSteps.parse(piece).for)
		.map((one) => ('type' in one ? `type ${one.type}` : `setting ${one.setting}`));
	const wanted = [...TYPES.map((one) => `type ${one}`), ...SETTINGS.map((one) => `setting ${one}`)];
	expect(of.sort()).toEqual(wanted.sort());
});

test('a hard text is told from an easy one', () => {
	const easy = 'The boy sat alone. Nobody spoke to him. Then a girl came over.';
	const hard =
		'Notwithstanding organisational considerations, interdisciplinary collaboration necessitates institutionalised communication.';
	expect(readability(easy, 'en').plain).toBe(true);
	for (const locale of LOCALES) expect(readability(hard, locale).plain, locale).toBe(false);
	expect(longest('One two three. Four five.')).toBe(3);
});

test('what was judged by somebody else is found, and what is not there is not claimed', () => {
	const { practices, queries } = ownSet();
	expect(practices.length).toBeGreaterThanOrEqual(60);
	expect(queries.length).toBeGreaterThanOrEqual(120);
	const without = queries.filter(({ relevant }) => Object.values(relevant).every((grade) => grade === 0));
	expect(without.length / queries.length).toBeGreaterThanOrEqual(1 / 3);
	const ids = new Set(practices.map(({ id }) => id));
	expect(queries.flatMap(({ relevant }) => Object.keys(relevant)).filter((id) => !ids.has(id))).toEqual([]);
	const verdict = judge({ practices, queries });
	expect(verdict.ndcg5).toBeGreaterThanOrEqual(0.85);
	expect(verdict.nothingSimilar).toBeGreaterThanOrEqual(0.9);
});

test('the same alert finds the same practice in every language', () => {
	const alerts = sameAlerts();
	expect(alerts.length).toBeGreaterThanOrEqual(15);
	expect(agreement(ownSet().practices, alerts)).toBeGreaterThanOrEqual(0.8);
});
