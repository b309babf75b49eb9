import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { LOCALES, type Locale } from '../../src/lib/domain/lists';
import { fold, foldUmlauts, placesIn, wordsIn } from '../../src/lib/domain/words';
import { wordList } from '../../src/lib/words/lists';

const ALPHABET: Record<Locale, RegExp> = {
	en: /^[a-z]+$/,
	pl: /^[a-pr-uwyząćęłńóśźż]+$/,
	de: /^[a-zäöüß]+$/,
	ro: /^[a-zăâîșț]+$/,
	hu: /^[a-záéíóöőúüű]+$/
};

/** What was written on paper stands for places in exactly these lists. */
const KNOWN: Record<Locale, string> = {
	en: '252da86c4d93b6874681b913b24261663e742a14f9a2481741b2b5929b55fc88',
	pl: '2f396fbd0bf6a8b1e481c71408331579a0dc7cd84fac3c8c6458891ec08954a4',
	de: '01237c722d2809cc5e16f990674134a48fb163b02d646d7d84787f79a421d30b',
	ro: '110c9616435fb216738a0215129539f628fadc804fcba9498414284a63b507af',
	hu: 'f241ae8f9ae45c6349bc8b163e65468258c0af8c5db080e2b38a5d4a01cf4310'
};

/** Fewer than two letters to put in, take out or change. */
function almostTheSame(one: string, other: string): boolean {
	const [short, long] = one.length <= other.length ? [one, other] : [other, one];
	if (long.length - short.length > 1) return false;
	let at = 0;
	while (at < short.length && short[at] === long[at]) at += 1;
	return short.slice(short.length === long.length ? at + 1 : at) === long.slice(at + 1);
}

test.for([
	['boat', 'goat', true],
	['boat', 'boats', true],
	['boat', 'oat', true],
	['boat', 'boat', true],
	['boat', 'belt', false],
	['boat', 'boards', false],
	['boat', 'abot', false]
] as const)('%s and %s: almost the same is %s', ([one, other, same]) => {
	expect(almostTheSame(one, other)).toBe(same);
	expect(almostTheSame(other, one)).toBe(same);
});

describe.each(LOCALES)('the words in %s', (locale) => {
	const words = readFileSync(`src/lib/words/${locale}.txt`, 'utf8').trimEnd().split('\n');
	/** Germans also type ae, oe and ue, so in German nothing may collide with that either. */
	const spellings = (word: string) =>
		locale === 'de' ? [...new Set([fold(word), foldUmlauts(word)])] : [fold(word)];

	test('are 1,024, and load as they are in the file', async () => {
		expect(words).toHaveLength(1024);
		expect(await wordList(locale)).toEqual(words);
	});

	test('have never been changed', () => {
		const text = readFileSync(`src/lib/words/${locale}.txt`);
		expect(createHash('sha256').update(text).digest('hex')).toBe(KNOWN[locale]);
	});

	test('have four to nine letters of the language, composed and in lower case', () => {
		for (const word of words) {
			expect(word).toMatch(ALPHABET[locale]);
			expect(word).toBe(word.normalize('NFC'));
			expect(word.length).toBeGreaterThanOrEqual(4);
			expect(word.length).toBeLessThanOrEqual(9);
		}
	});

	test('are told apart by their first four letters, however umlauts are typed', () => {
		const starts = words.flatMap((word) => [...new Set(spellings(word).map((spelt) => spelt.slice(0, 4)))]);
		expect(new Set(starts).size).toBe(starts.length);
	});

	test('are never one slip of the finger apart', () => {
		const spelt = words.map(spellings);
		const close = spelt.flatMap((ones, at) =>
			spelt
				.slice(at + 1)
				.flat()
				.filter((other) => ones.some((one) => almostTheSame(one, other)))
				.map((other) => `${words[at] ?? ''} ${other}`)
		);
		expect(close).toEqual([]);
	});

	test('stand in the order of their folded spelling', () => {
		const folded = words.map(fold);
		expect(folded).toEqual(folded.toSorted());
	});

	test('are found by the whole word, by four letters, without diacritics', () => {
		const place = placesIn(words);
		words.forEach((word, at) => {
			for (const spelt of spellings(word)) {
				expect(place(spelt)).toBe(at);
				expect(place(spelt.slice(0, 4))).toBe(at);
				expect(place(spelt.slice(0, 3))).toBeUndefined();
			}
		});
		expect(place('xqxq')).toBeUndefined();
	});
});

test('what parts words, and how they are written, makes no difference', () => {
	const typed = '1. Żółw,\t2) ŁABĘDŹ - große\r\n\u00a0Pădure;z\u030ao\u0142w';
	expect(wordsIn(typed)).toEqual(['zolw', 'labedz', 'grosse', 'padure', 'zolw']);
	expect(wordsIn(' 1. 2. — ')).toEqual([]);
	expect(foldUmlauts('GRO\u0308SSE')).toBe('groesse');
});
