/**
 * 1,024 everyday words for each language, one per line and in the order of their folded spelling. A list is never
 * changed: return codes on paper were written with it, and a word's place in it is what it stands for.
 */
import type { Locale } from '../domain/lists';
import type { WordList } from '../domain/words';

const LISTS: Record<Locale, () => Promise<{ default: string }>> = {
	en: () => import('./en.txt?raw'),
	pl: () => import('./pl.txt?raw'),
	de: () => import('./de.txt?raw'),
	ro: () => import('./ro.txt?raw'),
	hu: () => import('./hu.txt?raw')
};

/** The words of one language, loaded when first asked for: about 4 kB. */
export async function wordList(locale: Locale): Promise<WordList> {
	return (await LISTS[locale]()).default.trim().split('\n');
}
