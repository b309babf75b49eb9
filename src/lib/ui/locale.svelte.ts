import { getLocale, overwriteGetLocale, setLocale, type Locale } from '$lib/i18n/generated/runtime';
import { allWords } from '$lib/i18n/catalogue';

let current = $state<Locale>(getLocale());
let wanted: Locale | undefined;
// Every message reads this rune, so a switch changes the words in place: no reload, nothing typed is lost.
overwriteGetLocale(() => current);

/** The language of the screen, followed like any rune. */
export const locale = (): Locale => current;

/** Switches as soon as the words are here; the last wish counts. Fails, and changes nothing, where they do not come. */
export async function switchLocale(to: Locale): Promise<void> {
	wanted = to;
	await allWords(to);
	if (wanted !== to) return;
	void setLocale(to, { reload: false });
	current = to;
}
