/** The words of the screen, in one language: what the first screens say, what a team's alone say, and the rest. */
import { catalogues } from 'virtual:catalogues';
import { getLocale, type Locale } from './generated/runtime';

type Words = Record<string, (inputs: unknown) => string>;
const words: Partial<Record<Locale, Words>> = {};

/** Stands for Paraglide's messages in the app's build. A word may be passed on early, but said only once it is here. */
export const m: Words = new Proxy(
	{},
	{ get: (_, key: string) => (inputs: unknown) => words[getLocale()]?.[key]?.(inputs) }
);

/** Comes back when the layout and the alert form can speak. Fails where the words cannot be fetched. */
export const firstWords = (locale = getLocale()): Promise<void> => learn('first', locale);

/** Comes back when every screen can speak but those of a team. Fails where the words cannot be fetched. */
export async function mostWords(locale = getLocale()): Promise<void> {
	await Promise.all([learn('first', locale), learn('rest', locale)]);
}

/** The same with those of a team. */
export async function allWords(locale = getLocale()): Promise<void> {
	await Promise.all([mostWords(locale), learn('team', locale)]);
}

/** For a part that is loaded later than its screen: it comes with the `words` that it says. */
export async function later<T>(part: Promise<T>, words = mostWords): Promise<T> {
	const [loaded] = await Promise.all([part, words()]);
	return loaded;
}

async function learn(area: keyof typeof catalogues, locale: Locale): Promise<void> {
	const learned = await catalogues[area][locale]?.();
	words[locale] = { ...words[locale], ...learned?.default };
}
