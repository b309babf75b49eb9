/** Countries are named as people are, and often in what Heed is for; the platform knows them in each language. */
import type { Locale } from '../lists';
import { fold } from '../words';

/** Whose names people have more often than they speak of the country. */
const PEOPLE = new Set('chad dominica dominika georgia israel izrael jersey jordan kuba salvador'.split(' '));

const A = 'A'.charCodeAt(0);
const LETTERS = Array.from({ length: 26 }, (_, at) => String.fromCharCode(A + at));
const known = new Map<Locale, { words: ReadonlySet<string>; phrases: readonly string[] }>();

/** Folded, of one word. */
export const isCountry = (folded: string, lang: Locale): boolean => countries(lang).words.has(folded);

/** Where a text names countries in several words. */
export function longCountries(text: string, lang: Locale): { start: number; end: number }[] {
	const found: { start: number; end: number }[] = [];
	for (const phrase of countries(lang).phrases)
		for (let start = text.indexOf(phrase); start >= 0; start = text.indexOf(phrase, start + 1))
			found.push({ start, end: start + phrase.length });
	return found;
}

function countries(lang: Locale) {
	const before = known.get(lang);
	if (before) return before;
	const names = new Intl.DisplayNames(lang, { type: 'region', fallback: 'none' });
	const all = LETTERS.flatMap((one) => LETTERS.flatMap((other) => names.of(one + other) ?? []));
	const words = all.filter((name) => !name.includes(' ')).map(fold);
	const made = {
		words: new Set(words.filter((word) => !PEOPLE.has(word))),
		phrases: all.filter((name) => name.includes(' '))
	};
	known.set(lang, made);
	return made;
}
