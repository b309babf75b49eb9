/** The terms by which texts are compared: beginnings of words, and the concepts that they say. */
import type { Locale } from '../lists';
import type { Lexicon } from '../practice';
import { fold } from '../words';
import { readings, type Reading } from './lexicon';

const SHORT = 4;
const LONG = 6;

/** `word` as it was written. */
export type Word = { word: string; terms: readonly string[] };
/**
 * Each word of a text that says something, as it is found again: by its first four and its first six letters, so that
 * endings do not part what belongs together, within its language; and by what it means, across languages. `otherwise`
 * is the language where the words do not tell.
 */
export type Reader = (text: string, otherwise: Locale) => Word[];

export function readerWith(lexicon: Lexicon): Reader {
	const known = readings(lexicon);
	const before = new Map<string, readonly string[]>();

	function termsOf(folded: string, locale: Locale): readonly string[] {
		const name = `${locale}.${folded}`;
		const found = before.get(name) ?? [
			...(folded.length > 2 ? [`${locale}.${folded.slice(0, SHORT)}`] : []),
			...(folded.length > SHORT ? [`${locale}.${folded.slice(0, LONG)}`] : []),
			...(known.get(locale)?.conceptsOf(folded) ?? [])
		];
		before.set(name, found);
		return found;
	}

	return (text, otherwise) => {
		const words = (text.normalize('NFC').match(/\p{L}+/gu) ?? []).map((word) => [word, fold(word)] as const);
		const locale = languageOf(
			words.map(([, folded]) => folded),
			otherwise,
			known
		);
		const isStop = known.get(locale)?.isStop ?? (() => false);
		return words
			.filter(([, folded]) => folded.length > 1 && !isStop(folded))
			.map(([word, folded]) => ({ word, terms: termsOf(folded, locale) }));
	};
}

/** The language of folded words by the small ones among them. */
function languageOf(
	words: readonly string[],
	otherwise: Locale,
	known: ReadonlyMap<Locale, Reading>
): Locale {
	let [best, most] = [otherwise, words.filter((word) => known.get(otherwise)?.isStop(word)).length];
	for (const [locale, { isStop }] of known) {
		const count = words.filter(isStop).length;
		if (count > most) [best, most] = [locale, count];
	}
	return best;
}
