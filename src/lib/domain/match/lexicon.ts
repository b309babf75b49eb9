/** What words say, by language. */
import { LOCALES, type Locale } from '../lists';
import type { Lexicon } from '../practice';

/** Shorter ones stand inside words by chance. */
const INSIDE = 5;

/** How one language reads its words. */
export type Reading = {
	isStop: (folded: string) => boolean;
	/** The concepts that a folded word says. */
	conceptsOf: (folded: string) => string[];
};

export function readings(lexicon: Lexicon): Map<Locale, Reading> {
	const all = LOCALES.flatMap((locale) => {
		const known = lexicon[locale];
		return known ? [[locale, reading(known)] as const] : [];
	});
	return new Map(all);
}

function reading({ joins, stop, concepts }: NonNullable<Lexicon[Locale]>): Reading {
	const stops = new Set(stop.split(' '));
	const table = Object.entries(concepts).map(([name, words]) => [`#${name}`, words.split(' ')] as const);
	const says = (word: string, beginning: string): boolean =>
		word.startsWith(beginning) || (joins && beginning.length >= INSIDE && word.includes(beginning));
	return {
		isStop: (folded) => stops.has(folded),
		conceptsOf: (folded) =>
			table.flatMap(([name, beginnings]) => (beginnings.some((one) => says(folded, one)) ? [name] : []))
	};
}
