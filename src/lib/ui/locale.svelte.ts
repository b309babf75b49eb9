import { getLocale, overwriteGetLocale, setLocale, type Locale } from '$lib/i18n/generated/runtime';

let current = $state<Locale>(getLocale());
// Every message reads this rune, so a switch changes the words in place: no reload, nothing typed is lost.
overwriteGetLocale(() => current);

/** The language of the screen, followed like any rune. */
export const locale = (): Locale => current;

export function switchLocale(to: Locale): void {
	void setLocale(to, { reload: false });
	current = to;
}
