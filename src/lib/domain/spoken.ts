import { LOCALES, type Locale } from './lists';

/**
 * Which languages a device has the words of: those that its person reads, and those that it has already, so that none is
 * ever taken away. English where that is none. `languages` as a browser names them, the best first.
 */
export function spoken(languages: readonly string[], here: readonly string[]): Locale[] {
	const wanted = [...languages.map((language) => language.slice(0, 2).toLowerCase()), ...here];
	const known = LOCALES.filter((locale) => wanted.includes(locale));
	return known.length > 0 ? known : ['en'];
}
