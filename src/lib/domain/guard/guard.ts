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
		...persons(text, lang, names)
	];
	return settled(found, text.length);
}
