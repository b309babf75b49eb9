import { getLocale, overwriteGetLocale, type Locale } from '$lib/i18n/generated/runtime';

let current = $state<Locale>(getLocale());
// Every message reads this rune, so a switch changes the words in place: no reload, nothing typed is lost.
overwriteGetLocale(() => current);

/** The language of the screen, followed like any rune. */
export const locale = (): Locale => current;

/** From here on the screen speaks it. Its words must be here. */
export function speak(to: Locale): void {
	current = to;
}
