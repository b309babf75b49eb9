/**
 * How hard a text is to read, by measures that others have published for a language: Flesch (1948) for English, Amstad
 * (1978) for German, Gunning's fog index as Polish uses it (hard is a word of four syllables), and Björnsson's LIX (1968)
 * for Romanian and Hungarian, which have no measure that is as settled. Syllables are counted by their vowels.
 */
import type { Locale } from '../../src/lib/domain/lists';

const VOWELS: Record<Locale, RegExp> = {
	en: /[aeiouy]+/g,
	pl: /i(?=[aąeęoóu])[aąeęoóu]|[aąeęioóuy]/g,
	de: /[aeiouyäöü]+/g,
	ro: /[aeiouăâî]+/g,
	hu: /[aáeéiíoóöőuúüű]/g
};

/** Words of a sentence that a person can take in at once. */
export const SENTENCE_MAX = 25;

const wordsOf = (text: string): string[] => text.match(/\p{L}[\p{L}\p{M}’'-]*|\p{N}+/gu) ?? [];

export const sentencesOf = (text: string): string[] =>
	text.split(/[.!?…:;]+["”“’'»)]*(?=\s|$)/).filter((sentence) => wordsOf(sentence).length > 0);

/** The words of the longest sentence. */
export const longest = (text: string): number =>
	Math.max(0, ...sentencesOf(text).map((sentence) => wordsOf(sentence).length));

function syllables(word: string, locale: Locale): number {
	const count = (word.toLowerCase().match(VOWELS[locale]) ?? []).length;
	// An e that is written and not said.
	const isSilent = locale === 'en' && count > 1 && /[^aeiouyl]e$/i.test(word);
	return Math.max(1, isSilent ? count - 1 : count);
}

/** `name`: whose measure; `is` and `bar` in its own unit; `plain`: within the bar. */
export function readability(
	text: string,
	locale: Locale
): { name: string; is: number; bar: number; plain: boolean } {
	const words = wordsOf(text);
	const length = words.length / sentencesOf(text).length;
	const perWord = words.reduce((sum, word) => sum + syllables(word, locale), 0) / words.length;
	const percent = (isHard: (word: string) => boolean): number =>
		(100 * words.filter(isHard).length) / words.length;
	const atLeast = (name: string, is: number, bar: number) => ({ name, is, bar, plain: is >= bar });
	const atMost = (name: string, is: number, bar: number) => ({ name, is, bar, plain: is <= bar });
	switch (locale) {
		case 'en':
			return atLeast('Flesch', 206.835 - 1.015 * length - 84.6 * perWord, 60);
		case 'de':
			return atLeast('Amstad', 180 - length - 58.5 * perWord, 50);
		case 'pl':
			return atMost('fog', 0.4 * (length + percent((word) => syllables(word, locale) >= 4)), 9);
		case 'ro':
		case 'hu':
			return atMost('LIX', length + percent((word) => word.length > 6), 50);
	}
}
