/** The privacy guard: what in a text may tell who somebody is. It marks, and changes nothing. */
import type { Locale } from '../lists';
import { addresses } from './addresses';
import { births } from './dates';
import { ibans } from './iban';
import { ids } from './ids';
import { emails, links } from './links';
import { settled, type Mark } from './mark';
import type { Names } from './names';
import { persons } from './persons';
import { phones } from './phones';
import { plates } from './plates';

/** What stands instead of a name already, as the messages say it in each language; Polish and Romanian may inflect it. */
const STAND_IN = /(?<!\p{L})(?:Person|Osob\p{L}{1,2}|Persoan\p{L}{1,2}) [A-Z]{1,2}(?!\p{L})/gu;

const unnamed = (text: string, found: readonly Mark[]): Mark[] => {
	const standIns = [...text.matchAll(STAND_IN)].map(
		({ 0: said, index }) => [index, index + said.length] as const
	);
	return found.filter(({ start, end }) => !standIns.some(([from, to]) => start < to && from < end));
};

/**
 * All marks of a text in the language `lang`, sorted, none over another. What is surest comes first, since it keeps its place.
 * Takes time in proportion to the text's length.
 */
export function findMarks(text: string, lang: Locale, names: Names): Mark[] {
	const found = [
		...emails(text),
		...links(text),
		...ibans(text),
		...births(text),
		...ids(text, lang),
		...plates(text, lang),
		...addresses(text),
		...phones(text, lang),
		...unnamed(text, persons(text, lang, names))
	];
	return settled(found, text.length);
}
