/** What a person decides on what the guard marks, and that it can be taken back. */
import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
	moving,
	told,
	undecided,
	untold,
	whoMayBe,
	withPerson,
	written,
	type Finding,
	type Person
} from '../../src/lib/domain/guard/decide';
import { findMarks } from '../../src/lib/domain/guard/guard';
import { LOCALES } from '../../src/lib/domain/lists';
import { ownNames } from '../guard/lists';

const names = ownNames();
const findings = (text: string, fine: string[] = [], lang: 'en' | 'pl' | 'de' = 'en') =>
	undecided(text, findMarks(text, lang, names), fine);
const saidIn = (text: string, fine: string[] = [], lang: 'en' | 'pl' | 'de' = 'en') =>
	findings(text, fine, lang).map(({ said }) => said);

describe('one decision', () => {
	test('is about all that a text says with the same words', () => {
		const text = 'Call +44 20 7946 0958. We called +44 20 7946 0958 twice.';
		const [only, ...others] = findings(text);
		expect(others).toEqual([]);
		expect(only?.said).toEqual(['+44 20 7946 0958']);
		expect(only?.places.map(({ start, end }) => text.slice(start, end))).toEqual([
			'+44 20 7946 0958',
			'+44 20 7946 0958'
		]);
	});

	test('is about a person in each case of the language', () => {
		const text = 'Wczoraj Anna Kowalska nie przyszła. Rozmawiałem z mamą Anny Kowalskiej.';
		expect(saidIn(text, [], 'pl')).toEqual([['Anna Kowalska', 'Anny Kowalskiej']]);
	});

	test('is not about two who share a surname', () => {
		const said = saidIn('Gestern kamen Tim Meier und Lena Meier nicht.', [], 'de');
		expect(said).toEqual([['Tim Meier'], ['Lena Meier']]);
	});

	test('that something is fine holds for this spelling, wherever it stands', () => {
		const text = 'Then Sarah Miller spoke, and Tom Baker listened to Sarah Miller.';
		expect(saidIn(text)).toEqual([['Sarah Miller'], ['Tom Baker']]);
		expect(saidIn(text, ['Sarah Miller'])).toEqual([['Tom Baker']]);
		expect(saidIn(text, ['Sarah Miller', 'Tom Baker'])).toEqual([]);
	});
});

describe('who may be meant', () => {
	const anna: Person = { letter: 'A', first: ['anna'], last: ['kowalska'] };
	const jan: Person = { letter: 'B', first: ['jan'], last: [] };
	const someone = (first: string[], last: string[], said = 'Somebody Said'): Finding => ({
		kind: 'PERSON',
		said: [said],
		places: [],
		base: { first, last }
	});
	const letters = (known: Person[], first: string[], last: string[]) =>
		whoMayBe(known, someone(first, last)).map(({ letter }) => letter);

	test('somebody new has the next letter', () => {
		expect(letters([], ['anna'], [])).toEqual(['A']);
		expect(letters([anna, jan], ['ewa'], ['nowak'])).toEqual(['C']);
	});

	test('first name and surname make it sure', () => {
		expect(letters([anna, jan], ['anna', 'anny'], ['kowalska', 'kowalski'])).toEqual(['A']);
	});

	test('one of them leaves it open whether it is somebody new', () => {
		expect(letters([anna, jan], ['anna'], [])).toEqual(['A', 'C']);
		expect(letters([anna, jan], [], ['kowalska'])).toEqual(['A', 'C']);
		expect(letters([anna, jan], ['jan'], ['wilk'])).toEqual(['B', 'C']);
	});

	test('the same surname with another first name is another person, and so the other way round', () => {
		expect(letters([anna], ['piotr'], ['kowalska'])).toEqual(['B']);
		expect(letters([anna], ['anna'], ['nowak'])).toEqual(['B']);
	});

	test('a first name and a surname that were never said together are two', () => {
		expect(letters([{ letter: 'A', first: ['anna'], last: [] }], [], ['kowalska'])).toEqual(['B']);
	});

	test('who was known by a first name is known by the surname, too, once both were said', () => {
		const [met] = whoMayBe([jan], someone(['jan'], ['wilk']));
		const known = withPerson([jan], met);
		expect(known).toEqual([{ letter: 'B', first: ['jan'], last: ['wilk'] }]);
		expect(whoMayBe(known, someone([], ['wilk']))[0].letter).toBe('B');
	});

	test('one word that is a first name and a surname may be whoever has it as either', () => {
		const either = someone(['martin'], ['martin'], 'Martin');
		const [first, last] = [
			{ letter: 'A', first: ['martin'], last: ['wilk'] },
			{ letter: 'B', first: ['jan'], last: ['martin'] }
		];
		expect(whoMayBe([first, last], either).map(({ letter }) => letter)).toEqual(['A', 'B', 'C']);
		const [alone] = whoMayBe([], either);
		expect(alone).toEqual({ letter: 'A', first: ['martin'], last: [] });
		expect(whoMayBe([alone], someone(['martin'], ['wilk']))[0].letter).toBe('A');
	});

	test('after Z comes AA', () => {
		const after = (count: number): string => {
			const known: Person[] = [];
			while (known.length < count) known.push(whoMayBe(known, someone([`x${known.length}`], []))[0]);
			return whoMayBe(known, someone(['y'], []))[0].letter;
		};
		expect([25, 26, 27, 53].map(after)).toEqual(['Z', 'AA', 'AB', 'BB']);
	});

	test('a letter of which the text speaks already is nobody new', () => {
		const isTaken = (letter: string): boolean => ['A', 'C'].includes(letter);
		expect(whoMayBe([jan], someone(['ewa'], []), isTaken)[0].letter).toBe('D');
	});
});

describe('a stand-in', () => {
	test('stands in every place, and can be taken back', () => {
		const text = 'Ana saw Ana’s brother.';
		const places = [
			{ start: 0, end: 3 },
			{ start: 8, end: 11 }
		];
		const done = written(text, places, ['Person A', 'Person A']);
		expect(done.text).toBe('Person A saw Person A’s brother.');
		expect(done.places.map(({ start, end }) => done.text.slice(start, end))).toEqual([
			'Person A',
			'Person A'
		]);
		expect(written(done.text, done.places, ['Ana', 'Ana']).text).toBe(text);
		const [saw, over] = [done.move({ start: 4, end: 7 }), done.move({ start: 6, end: 9 })];
		expect(saw && done.text.slice(saw.start, saw.end)).toBe('saw');
		expect(over).toBeNull();
		expect(done.move({ start: 14, end: 21 })).toEqual({ start: 24, end: 31 });
	});

	test.for([...LOCALES])('%s: is nothing to mark itself, nor is what stands for a number', (locale) => {
		const say = (key: string) =>
			(JSON.parse(readFileSync(`src/lib/i18n/messages/${locale}.json`, 'utf8')) as Record<string, string>)[
				key
			] ?? '';
		const kinds = ['phone', 'email', 'address', 'dob', 'iban', 'plate', 'id', 'link'];
		const standIns = [
			...['A', 'B', 'K', 'AB'].map((letter) => say('guard_person').replace('{letter}', letter)),
			...kinds.map((kind) => say(`guard_instead_${kind}`))
		];
		expect(standIns.every((one) => one.length > 4)).toBe(true);
		for (const one of standIns)
			for (const text of [one, `Yesterday ${one} came.`, `Ieri, ${one} a venit`, `${one}, ${one} i ${one}!`])
				expect(findMarks(text, locale, names), text).toEqual([]);
	});

	test('is found again after whatever was typed elsewhere', () => {
		fc.assert(
			fc.property(
				fc.array(fc.constantFrom('a', 'b', ' ', 'ő', '😀')),
				fc.array(fc.constantFrom('a', 'b', ' ', 'ő', '😀')),
				fc.nat(),
				fc.nat(4),
				fc.boolean(),
				(around, typed, at, gone, isBefore) => {
					const other = around.join('');
					const from = at % (other.length + 1);
					const edited = other.slice(0, from) + typed.join('') + other.slice(from + gone);
					const [before, after] = isBefore
						? [`${other}|Person A|`, `${edited}|Person A|`]
						: [`|Person A|${other}`, `|Person A|${edited}`];
					const start = before.indexOf('Person');
					const now = moving(before, after)({ start, end: start + 8 });
					expect(now && after.slice(now.start, now.end)).toBe('Person A');
				}
			)
		);
	});

	test('that was written in is no stand-in any more', () => {
		const move = moving('Person A left', 'Person XA left');
		expect(move({ start: 0, end: 8 })).toBeNull();
		expect(move({ start: 9, end: 13 })).toEqual({ start: 10, end: 14 });
	});

	test('is told to few, each person in one line', () => {
		const once = told('', 'Person A', ['Anna Kowalska', 'Anny']);
		expect(once).toBe('Person A: Anna Kowalska, Anny');
		expect(told(once, 'Person A', ['Anna Kowalska', 'Anny'])).toBe(once);
		expect(untold(`${once}\nPerson B: Jan`, 'Person A', ['Anna Kowalska', 'Anny'])).toBe('Person B: Jan');
		expect(told('She is in 7b\n', '[phone number]', ['0660'])).toBe('She is in 7b\n[phone number]: 0660');
	});
});
