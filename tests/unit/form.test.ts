import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { emergencyNumber } from '../../src/lib/domain/emergency';
import type { Alert } from '../../src/lib/domain/alert';
import { FORM_MAX, OWN_MAX, TeamForm, type ListChange, TEXT_MAX, WORD_MAX } from '../../src/lib/domain/form';
import { isOwn, LISTS, LOCALES, type ListName } from '../../src/lib/domain/lists';
import { situationOf } from '../../src/lib/domain/situation';
import { isEssential, offered, PLAIN, saying, wording } from '../../src/lib/domain/offered';

const NAMES = Object.keys(LISTS) as ListName[];
const form = (change: Partial<TeamForm>): TeamForm => ({ ...PLAIN, main: 'pl', ...change });
const changed = (list: ListName, change: Partial<ListChange>): TeamForm =>
	form({ lists: { [list]: { hidden: [], words: {}, own: [], ...change } } });

const ALERT: Omit<Alert, 'kind' | 'at'> = {
	theme: 'hate',
	type: 'threat',
	place: 'x',
	when: '',
	urgency: 'calm',
	story: '',
	photos: []
};

const aList = fc.constantFrom(...NAMES);
const anOwn = fc.stringMatching(/^own_[a-z0-9]{1,8}$/).filter(isOwn);
const words = fc.dictionary(fc.constantFrom(...LOCALES), fc.string({ maxLength: 8 }));
/** What a team may do with one list, sensible or not. */
const aChange = fc
	.tuple(aList, fc.uniqueArray(anOwn, { maxLength: 4 }))
	.chain(([list, own]) => {
		const keys: string[] = [...LISTS[list], ...own];
		return fc.record({
			list: fc.constant(list),
			own: fc.constant(own),
			hidden: fc.subarray([...keys, 'unheard_of']),
			words: fc.dictionary(fc.constantFrom(...keys), words)
		});
	})
	.map(({ list, ...change }) => ({ list, form: changed(list, change) }));

describe('a list as a team offers it', () => {
	test('is the app’s own where nothing was changed, or nothing is known of the team', () => {
		for (const list of NAMES) {
			expect(offered(undefined, list)).toEqual(LISTS[list]);
			expect(offered(PLAIN, list)).toEqual(LISTS[list]);
		}
	});

	test('never comes to nothing, never lacks what rests on it, and keeps its order with own answers last', () => {
		fc.assert(
			fc.property(aChange, ({ list, form }) => {
				const shown: string[] = offered(form, list);
				const all: string[] = [...LISTS[list], ...(form.lists[list]?.own ?? [])];
				expect(shown.length).toBeGreaterThan(0);
				expect(shown).toEqual(all.filter((key) => shown.includes(key)));
				for (const key of LISTS[list]) if (isEssential(list, key)) expect(shown).toContain(key);
			})
		);
	});

	test('leaves out what was hidden as long as something else is left', () => {
		fc.assert(
			fc.property(aChange, ({ list, form }) => {
				const hidden = form.lists[list]?.hidden ?? [];
				const shown = offered(form, list);
				const wrongly = shown.filter((key) => hidden.includes(key) && !isEssential(list, key));
				expect(wrongly.length === 0 || shown.every((key) => hidden.includes(key))).toBe(true);
			})
		);
	});

	test('says each of its own answers in some words, in whatever language', () => {
		fc.assert(
			fc.property(aChange, fc.constantFrom(...LOCALES), ({ list, form }, locale) => {
				const own = offered(form, list).filter(isOwn);
				for (const key of own) expect(wording(form, list, key, locale)?.trim()).toBeTruthy();
			})
		);
	});

	test('hides what was asked to, and keeps what somebody has chosen before', () => {
		const team = changed('setting', { hidden: ['prison', 'sport'] });
		expect(offered(team, 'setting')).not.toContain('prison');
		expect(offered(team, 'setting', ['prison'])).toContain('prison');
		expect(offered(team, 'setting', ['prison'])).not.toContain('sport');
	});

	test('cannot hide danger, a theme, a question, a threat, an announced deed, or what is left for all else', () => {
		for (const [list, keys] of [
			['urgency', LISTS.urgency],
			['theme', LISTS.theme],
			['type', ['question', 'threat', 'intent', 'other']]
		] as const) {
			const shown: string[] = offered(changed(list, { hidden: [...LISTS[list]] }), list);
			expect(shown).toEqual(LISTS[list].filter((key: string) => keys.some((one) => one === key)));
		}
		expect(offered(changed('age', { hidden: [...LISTS.age] }), 'age')).toEqual(LISTS.age);
	});
});

test('the app’s own answer that is called as a team’s own ones are is none of those', () => {
	expect(isOwn('own_safety')).toBe(false);
	expect(isOwn('own_safety1')).toBe(true);
	const needs: Alert['needs'] = ['own_safety', 'own_visit'];
	expect(situationOf({ ...ALERT, needs }, 'en').needs).toEqual(['own_safety']);
});

describe('an answer in a team’s words', () => {
	const team = changed('type', {
		own: ['own_a'],
		words: {
			threat: { pl: 'Pogróżki', de: '  ' },
			own_a: { pl: 'Ustawka kibiców', de: 'Verabredete Prügelei' }
		}
	});

	test('is said in the language that is asked for', () => {
		expect(wording(team, 'type', 'threat', 'pl')).toBe('Pogróżki');
		expect(wording(team, 'type', 'own_a', 'de')).toBe('Verabredete Prügelei');
	});

	test('is the app’s own where the team has none in that language, and the team’s where there is no other', () => {
		for (const locale of ['de', 'en'] as const) expect(wording(team, 'type', 'threat', locale)).toBeNull();
		expect(wording(team, 'type', 'own_a', 'hu')).toBe('Ustawka kibiców');
		expect(wording({ ...team, main: 'ro' }, 'type', 'own_a', 'hu')).toBe('Ustawka kibiców');
		expect(wording(team, 'type', 'own_b', 'pl')).toBeNull();
		expect(wording(undefined, 'type', 'own_a', 'pl')).toBeNull();
	});

	test('is looked for in the words of the team alone, whatever a key is called', () => {
		for (const key of ['constructor', 'toString', '__proto__'])
			expect(wording(team, 'type', key, 'pl')).toBeNull();
	});
});

describe('what a team says beside the form', () => {
	test('stands in the language asked for, else in the team’s, else in any', () => {
		const first = { pl: 'Najpierw dyrekcja.', de: 'Zuerst die Schulleitung.' };
		expect(saying(form({ first }), 'first', 'de')).toBe('Zuerst die Schulleitung.');
		expect(saying(form({ first }), 'first', 'hu')).toBe('Najpierw dyrekcja.');
		expect(saying(form({ first, main: 'ro' }), 'first', 'hu')).toBe('Najpierw dyrekcja.');
		expect(saying(form({ first }), 'duties', 'pl')).toBe('');
		expect(saying(undefined, 'first', 'pl')).toBe('');
	});

	test('names whom to call: the number of the team, else of its country', () => {
		expect(emergencyNumber(form({ emergency: '997' }))).toBe('997');
		expect(emergencyNumber(form({ emergency: '997' }), 'GB')).toBe('997');
		expect(emergencyNumber(form({}), 'PL')).toBe('112');
		expect(emergencyNumber(form({}), 'GB')).toBe('999');
		expect(emergencyNumber()).toBe('112');
	});
});

describe('the schema', () => {
	test('fills in what a team has not said, and takes along what only a newer app knows', () => {
		expect(TeamForm.parse({})).toEqual(PLAIN);
		const later = { colour: 'teal', lists: { weather: { own: ['own_rain'] } } };
		expect(TeamForm.parse(later)).toMatchObject(later);
	});

	test('takes a form in which every answer is said in five languages, and no book', () => {
		const inAll = (text: string) => Object.fromEntries(LOCALES.map((locale) => [locale, text]));
		const full = {
			...PLAIN,
			duties: inAll('x'.repeat(TEXT_MAX)),
			first: inAll('x'.repeat(TEXT_MAX)),
			lists: Object.fromEntries(
				NAMES.map((list) => [
					list,
					{
						hidden: [],
						own: [],
						words: Object.fromEntries(LISTS[list].map((key) => [key, inAll('x'.repeat(45))]))
					}
				])
			)
		};
		expect(TeamForm.safeParse(full).success).toBe(true);
		const book = Object.fromEntries(
			Array.from({ length: 60 }, (_, i) => [`own_${i}`, inAll('x'.repeat(WORD_MAX))])
		);
		const own = Array.from({ length: OWN_MAX }, (_, i) => `own_${i}`);
		const lists = Object.fromEntries(NAMES.map((list) => [list, { hidden: [], own, words: book }]));
		expect(JSON.stringify(lists).length).toBeGreaterThan(FORM_MAX);
		expect(TeamForm.safeParse({ ...PLAIN, lists }).success).toBe(false);
	});
});
