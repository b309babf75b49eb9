/** Words that stand for ten bits each, and how forgiving reading them is. The lists are in src/lib/words. */

/** 1,024 words, in which the first four letters, folded, say which word it is. */
export type WordList = readonly string[];

const LETTERS = 4;

/** How words are compared: lower-case and without diacritics, since not every keyboard has them. */
export const fold = (text: string): string =>
	text.normalize('NFD').toLowerCase().replace(/\p{M}/gu, '').replaceAll('ł', 'l').replaceAll('ß', 'ss');

/** The same with ae, oe and ue, as umlauts are typed where the keys are missing. */
export const foldUmlauts = (text: string): string =>
	fold(text.normalize('NFC').replace(/[äöüÄÖÜ]/g, (umlaut) => `${umlaut}e`));

/** The words somebody typed, folded. Spaces, commas, hyphens, line breaks and numbers all part them. */
export const wordsIn = (typed: string): string[] => fold(typed).match(/\p{L}+/gu) ?? [];

type Places = (word: string) => number | undefined;
/** A list is folded once: reading as one types asks again with every letter. */
const known = new WeakMap<WordList, Places>();

/**
 * Finds the place of a folded word in the list; undefined when it is not there. Four letters are enough, and what
 * comes after them is not looked at: a wrong ending, or another case, is still the same word.
 */
export function placesIn(list: WordList): Places {
	const before = known.get(list);
	if (before) return before;

	const starts = (spell: (word: string) => string) =>
		list.map((word, place) => [spell(word).slice(0, LETTERS), place] as const);
	const places = new Map([...starts(foldUmlauts), ...starts(fold)]);
	const find: Places = (word) => (word.length < LETTERS ? undefined : places.get(word.slice(0, LETTERS)));
	known.set(list, find);
	return find;
}
