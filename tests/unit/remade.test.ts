import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { TeamForm } from '../../src/lib/domain/form';
import { LISTS, LOCALES, type ListName, type Own } from '../../src/lib/domain/lists';
import { offered, PLAIN } from '../../src/lib/domain/offered';
import {
	carriedOver,
	isWordless,
	tidied,
	withHidden,
	withoutOwn,
	withOwn,
	withText,
	withWord
} from '../../src/lib/domain/remade';

const OWN: Own[] = ['own_a', 'own_b', 'own_c'];
const aList = fc.constantFrom<ListName>('type', 'setting', 'need');
const aLocale = fc.constantFrom(...LOCALES);
const aWord = fc.constantFrom('', ' ', 'Pogróżki', 'Drohung', ' Ustawka ');
type Step = (form: TeamForm) => TeamForm;

/** What somebody may do on the screen. */
const aStep: fc.Arbitrary<Step> = aList.chain((list) => {
	const aKey = fc.constantFrom(...LISTS[list], ...OWN);
	return fc.oneof(
		fc.tuple(fc.constantFrom('first' as const, 'duties' as const), aLocale, aWord).map(
			([what, locale, text]): Step =>
				(form) =>
					withText(form, what, locale, text)
		),
		fc.tuple(aKey, aLocale, aWord).map(
			([key, locale, word]): Step =>
				(form) =>
					withWord(form, list, key, locale, word)
		),
		fc.tuple(aKey, fc.boolean()).map(
			([key, isHidden]): Step =>
				(form) =>
					withHidden(form, list, key, isHidden)
		),
		fc.constantFrom(...OWN).map(
			(key): Step =>
				(form) =>
					form.lists[list]?.own.includes(key) ? form : withOwn(form, list, key, { pl: key })
		),
		fc.constantFrom(...OWN).map(
			(key): Step =>
				(form) =>
					withoutOwn(form, list, key)
		),
		fc.constantFrom('', '997').map((emergency): Step => (form) => ({ ...form, emergency }))
	);
});
const from = (form: TeamForm, steps: Step[]): TeamForm => steps.reduce((made, step) => step(made), form);
const aForm = fc.array(aStep, { maxLength: 8 }).map((steps) => tidied(from(PLAIN, steps)));
const steps = fc.array(aStep, { maxLength: 6 });

describe('a form that is changed step by step', () => {
	test('stays one that is accepted, and loses nothing that was said when it is tidied', () => {
		fc.assert(
			fc.property(steps, (some) => {
				const form = from(PLAIN, some);
				const tidy = tidied(form);
				expect(TeamForm.parse(tidy)).toEqual(tidy);
				expect(tidied(tidy)).toEqual(tidy);
				const said = (one: TeamForm) =>
					[one.first, one.duties, ...Object.values(one.lists).flatMap(({ words }) => Object.values(words))]
						.flatMap((all) => Object.values(all).map((text) => text.trim()))
						.filter((text) => text !== '');
				expect(said(tidy)).toEqual(said(form));
				for (const list of ['type', 'setting', 'need'] as const)
					expect(offered(tidy, list)).toEqual(offered(form, list));
			})
		);
	});

	test('puts an answer back where it was', () => {
		const own = OWN.reduce((form, key) => withOwn(form, 'type', key, { pl: key }), PLAIN);
		const back = withOwn(withoutOwn(own, 'type', 'own_b'), 'type', 'own_b', { pl: 'own_b' }, 1);
		expect(back.lists.type?.own).toEqual(OWN);
		expect(tidied(back).lists.type?.words).toEqual(own.lists.type?.words);
	});

	test('forgets a new answer without a word, and says so of one that may have been used', () => {
		const fresh = withOwn(PLAIN, 'type', 'own_a');
		expect(tidied(fresh)).toEqual(PLAIN);
		expect(isWordless(fresh, PLAIN)).toBe(false);
		const kept = tidied(withWord(fresh, 'type', 'own_a', 'pl', 'Ustawka'));
		expect(isWordless(kept, kept)).toBe(false);
		expect(isWordless(withHidden(kept, 'type', 'own_a', true), kept)).toBe(false);
		expect(isWordless(withWord(kept, 'type', 'own_a', 'pl', ' '), kept)).toBe(true);
		const inGerman = withWord(kept, 'type', 'own_a', 'de', 'Prügelei');
		expect(isWordless(withWord(inGerman, 'type', 'own_a', 'pl', ''), kept)).toBe(false);
	});
});

describe('a form that others have changed meanwhile', () => {
	test('is as I have made it where they have done nothing, and as they where I have done nothing', () => {
		fc.assert(
			fc.property(aForm, steps, (before, some) => {
				const after = from(before, some);
				expect(tidied(carriedOver(before, after, before))).toEqual(tidied(after));
				expect(carriedOver(before, before, after)).toEqual(after);
				expect(carriedOver(before, after, after)).toEqual(after);
			})
		);
	});

	test('has what both of us have done, at different places', () => {
		const before = tidied(withOwn(PLAIN, 'type', 'own_a', { pl: 'Ustawka' }));
		const mine = withText(
			withHidden(withOwn(before, 'type', 'own_b', { pl: 'Moje' }), 'type', 'exit', true),
			...(['first', 'pl', 'Najpierw dyrekcja.'] as const)
		);
		const theirs = withText(
			withHidden(withOwn(before, 'type', 'own_c', { pl: 'Ich' }), 'type', 'return', true),
			...(['duties', 'de', 'Das Jugendamt.'] as const)
		);
		const both = carriedOver(before, mine, theirs);
		expect(both.lists.type?.own.toSorted()).toEqual(OWN);
		expect(both.lists.type?.hidden.toSorted()).toEqual(['exit', 'return']);
		expect(both).toMatchObject({ first: mine.first, duties: theirs.duties });
		expect(both.lists.type?.words).toMatchObject({ own_b: { pl: 'Moje' }, own_c: { pl: 'Ich' } });
	});

	test('shows again what I show again, and is as I say where both have said something', () => {
		const before = withHidden(withWord(PLAIN, 'type', 'threat', 'pl', 'Groźba'), 'type', 'exit', true);
		const mine = withHidden(withWord(before, 'type', 'threat', 'pl', 'Moje'), 'type', 'exit', false);
		const theirs = withHidden(withWord(before, 'type', 'threat', 'pl', 'Ich'), 'type', 'return', true);
		const { hidden, words } = carriedOver(before, mine, theirs).lists.type ?? {};
		expect(hidden).toEqual(['return']);
		expect(words?.threat).toEqual({ pl: 'Moje' });
	});

	test('keeps every answer of their own, whatever I do without knowing of it', () => {
		fc.assert(
			fc.property(aForm, steps, (before, some) => {
				const mine = from(before, some);
				const theirs = withOwn(before, 'need', 'own_theirs', { hu: 'Övék' });
				const both = carriedOver(before, mine, theirs);
				expect(both.lists.need?.own).toContain('own_theirs');
				expect(both.lists.need?.words.own_theirs).toEqual({ hu: 'Övék' });
			})
		);
	});
});
