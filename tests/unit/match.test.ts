/** What is similar, and why: the same for whoever asks, in whichever language and order. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { index, match, open, SIMILAR } from '../../src/lib/domain/match/match';
import { readings } from '../../src/lib/domain/match/lexicon';
import { readerWith } from '../../src/lib/domain/match/terms';
import { LOCALES, MOTIVES, SETTINGS, TYPES, type Locale } from '../../src/lib/domain/lists';
import { Practice } from '../../src/lib/domain/practice';
import { fold } from '../../src/lib/domain/words';
import type { Situation } from '../../src/lib/domain/situation';
import { LEXICON } from '../match/lexicon';

const practice = (id: string, facets: Partial<Practice>, texts: Partial<Record<Locale, [string, string]>>) =>
	Practice.parse({
		...{ id: id.padEnd(15, '0'), version: 1, ...facets },
		texts: Object.fromEntries(
			Object.entries(texts).map(([locale, [title, situation]]) => [
				locale,
				{ title, situation, advised: ['-'], outcome: '-' }
			])
		)
	});

const STICKERS = practice(
	'stickers',
	{ themes: ['hate'], types: ['propaganda'], settings: ['street'], motives: ['anti_migrant'] },
	{
		en: [
			'Stickers at the bus stop',
			'Every Monday there are new stickers against refugees where pupils wait.'
		],
		hu: ['Matricák a buszmegállóban', 'Hétfőnként új, menekültellenes matricák vannak a megállóban.']
	}
);
const JOKES = practice(
	'jokes',
	{ themes: ['hate'], types: ['everyday_intolerance'], settings: ['classroom'], motives: ['anti_roma'] },
	{ en: ['Jokes that hurt', 'In class some tell jokes about Roma, and everybody laughs.'] }
);
const EXIT = practice(
	'exit',
	{ themes: ['radicalisation'], types: ['exit'], settings: ['sport'] },
	{ en: ['He wants out', 'A young man wants to leave a violent group of hooligans and is afraid of them.'] }
);
const ALL = [STICKERS, JOKES, EXIT];
const read = readerWith(LEXICON);
const shelve = (practices: readonly Practice[]) => open(index(practices, read), read);
const library = shelve(ALL);

const aSituation: fc.Arbitrary<Situation> = fc.record(
	{
		type: fc.constantFrom(...TYPES),
		setting: fc.constantFrom(...SETTINGS),
		motives: fc.uniqueArray(fc.constantFrom(...MOTIVES)),
		story: fc
			.array(fc.constantFrom('stickers', 'refugees', 'joke', 'laughed', 'hooligans', 'és', 'zzz'), {
				maxLength: 30
			})
			.map((words) => words.join(' '))
	},
	{ requiredKeys: [] }
);

describe('what is similar', () => {
	test('is found by its words alone, and by its facets alone', () => {
		expect(match(library, { story: 'Somebody put stickers on the bus stop again' })[0]?.id).toBe(STICKERS.id);
		expect(match(library, { type: 'exit', setting: 'sport' })[0]?.id).toBe(EXIT.id);
	});

	test('is found in another language than it was written in', () => {
		const said = {
			en: 'Stickers against refugees at the bus stop',
			pl: 'Na przystanku ktoś przykleja naklejki przeciw uchodźcom',
			de: 'An der Bushaltestelle kleben Aufkleber gegen Geflüchtete',
			ro: 'În stația de autobuz sunt autocolante împotriva refugiaților',
			hu: 'A buszmegállóban menekültellenes matricák vannak'
		};
		for (const [locale, story] of Object.entries(said)) {
			const [first] = match(library, {
				story,
				type: 'propaganda',
				setting: 'street',
				motives: ['anti_migrant']
			});
			expect(first?.id, locale).toBe(STICKERS.id);
			expect(first?.score, locale).toBeGreaterThan(SIMILAR);
			expect(first?.words.length, locale).toBeGreaterThan(1);
		}
	});

	test('is said with its reasons: what both say, and of what they say something else', () => {
		const [first] = match(library, {
			...{ theme: 'hate', type: 'propaganda', setting: 'classroom', motives: ['anti_migrant', 'racist'] },
			story: 'New stickers every week'
		});
		expect(first).toMatchObject({
			same: { theme: ['hate'], type: ['propaganda'], motives: ['anti_migrant'] },
			differs: ['setting']
		});
		expect(first?.words).toContain('stickers');
	});

	test('is not claimed where nothing is', () => {
		const nothing: Situation = {
			...{ theme: 'radicalisation', type: 'return', setting: 'prison' },
			story: 'He comes back next month and nobody knows where he will live.'
		};
		expect(match(library, nothing)[0]?.score).toBeLessThan(SIMILAR);
		expect(match(library, {})[0]?.score).toBeLessThan(SIMILAR);
		expect(match(shelve([]), { story: 'Stickers' })).toEqual([]);
	});

	test('is not told by what is unknown, and nothing named is like something else', () => {
		const known = practice(
			'known',
			{ types: ['threat', 'other'], ages: ['unknown'], motives: ['none'] },
			{ en: ['x', 'y'] }
		);
		const asked: Situation = { type: 'other', age: 'unknown', motives: ['unknown'] };
		expect(match(shelve([known]), asked)[0]).toMatchObject({ score: 0, same: {}, differs: ['type'] });
		expect(match(shelve([known]), { motives: ['none'] })[0]?.same).toEqual({ motives: ['none'] });
	});

	test('is the same in whatever order practices come, and never more than asked for', () => {
		fc.assert(
			fc.property(
				aSituation,
				fc.shuffledSubarray(ALL, { minLength: 3 }),
				fc.integer({ min: 1, max: 4 }),
				(asked, order, limit) => {
					const found = match(shelve(order), asked, limit);
					expect(found).toEqual(match(library, asked, limit));
					expect(found).toHaveLength(Math.min(limit, 3));
					for (const { score, facets, text } of found)
						for (const part of [score, facets, text]) {
							expect(part).toBeGreaterThanOrEqual(0);
							expect(part).toBeLessThanOrEqual(1);
						}
				}
			)
		);
	});

	test('survives being stored and loaded', () => {
		const stored = structuredClone(index(ALL, read));
		expect(match(open(stored, read), { story: 'hooligans' })).toEqual(match(library, { story: 'hooligans' }));
	});

	test('more that both say never makes it less similar', () => {
		fc.assert(
			fc.property(aSituation, (asked) => {
				const scoreOf = (one: Situation): number =>
					match(library, one, 3).find(({ id }) => id === JOKES.id)?.score ?? 0;
				const story = `${asked.story ?? ''} jokes about Roma`;
				expect(scoreOf({ ...asked, story })).toBeGreaterThanOrEqual(scoreOf(asked) - 1e-6);
			})
		);
	});
});

describe('terms', () => {
	const termsIn = (text: string, locale: Locale) => read(text, locale).flatMap(({ terms }) => terms);

	test('a text is in the language of its small words', () => {
		const said = {
			de: 'Er hat das Plakat nicht so gemeint',
			pl: 'Plakat, to nie jest tak jak on mówi',
			ro: 'Nu știu ce să fac cu acest plakat',
			hu: 'Nem tudom, hogy mi lesz ebből a plakát miatt'
		};
		for (const [locale, text] of Object.entries(said))
			expect(termsIn(text, 'en')).toContain(`${locale}.plak`);
		for (const locale of LOCALES) expect(termsIn('Plakat', locale)).toContain(`${locale}.plak`);
	});

	test('endings and diacritics do not part what belongs together', () => {
		const meets = (one: string, other: string, locale: Locale): boolean =>
			termsIn(one, locale).some((term) => termsIn(other, locale).includes(term));
		expect(meets('naklejki', 'naklejkami', 'pl')).toBe(true);
		expect(meets('Flüchtlinge', 'Flüchtlingsheim', 'de')).toBe(true);
		expect(meets('glumă', 'glumele', 'ro')).toBe(true);
		expect(meets('matricák', 'matricákat', 'hu')).toBe(true);
		expect(meets('Matrica', 'Zettel', 'hu')).toBe(false);
	});

	test('a word that looks the same in another language is another word', () => {
		expect(termsIn('Rock', 'de')).not.toEqual(termsIn('rock', 'en'));
	});

	test('a concept is found inside joined words, and only where words are joined', () => {
		const concepts = (word: string, locale: Locale) => readings(LEXICON).get(locale)?.conceptsOf(word) ?? [];
		expect(concepts('hassbotschaftenfluchtling', 'de')).toContain('#refugees');
		expect(concepts('klassenchat', 'de')).not.toContain('#chat');
		expect(concepts('antirefugee', 'en')).not.toContain('#refugees');
	});

	test('the lexicon is folded, and names the same concepts in every language', () => {
		for (const locale of LOCALES) {
			const { stop, concepts } = LEXICON[locale] ?? { stop: '', concepts: {} };
			const words = [stop, ...Object.values(concepts)].flatMap((some) => some.split(' '));
			expect(words.filter((word) => word === '' || word !== fold(word))).toEqual([]);
			expect(Object.keys(concepts)).toEqual(Object.keys(LEXICON.en?.concepts ?? {}));
		}
	});
});
