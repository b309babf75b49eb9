/** Finding a case by what was said in it. Words are compared by how they begin, diacritics may be typed or not. */
import { fold } from './words';

/** Letters of all words of a case: more would cost memory, and few cases have so many different ones. */
export const WORDS_MAX = 6_000;

/** What texts say, as it is searched: each word once, those of the first texts where there are too many. */
export function searchable(texts: readonly string[]): string {
	const words = new Set<string>();
	let left = WORDS_MAX;
	for (const word of texts.flatMap(typedWords)) {
		if (words.has(word)) continue;
		left -= word.length + 1;
		if (left < 0) break;
		words.add(word);
	}
	return [...words].map((word) => ` ${word}`).join('');
}

/** What somebody typed, word by word. */
export const typedWords = (text: string): string[] => spelled(text).match(/[\p{L}\p{N}]+/gu) ?? [];

/** Whether each of the words begins one of what `searchable` made. */
export const isFound = (searched: string, words: readonly string[]): boolean =>
	words.every((word) => searched.includes(` ${word}`));

/** Umlauts as they are typed where the keys are missing count as what they stand for. */
const spelled = (text: string): string => fold(text).replace(/([aou])e/g, '$1');
