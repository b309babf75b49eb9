/** Changing the language, in place; and what a screen speaks where the words of its language are not here. */
import { app } from '$lib/app';
import { allWords } from '$lib/i18n/catalogue';
import { isLocale, locales, setLocale, type Locale } from '$lib/i18n/generated/runtime';
import { speak } from './locale.svelte';

let wanted: Locale | undefined;

/**
 * Switches as soon as the words are on this device; the last wish counts. Says false, and changes nothing, where they do
 * not come.
 */
export async function switchLocale(to: Locale): Promise<boolean> {
	wanted = to;
	// The worker first: some browsers never try a module again that could not be fetched.
	const here = await app.words().then(
		async ({ keepWords }) => (await keepWords(to)) && isLearned(to),
		// On a first visit the network may be gone before the worker is there.
		() => false
	);
	if (here && wanted === to) {
		void setLocale(to, { reload: false });
		speak(to);
	}
	return here || wanted !== to;
}

/**
 * Where a start finds no words of the chosen language and no network: speaks another one that is here, until the next
 * start. Fails where there is none.
 */
export async function speakAnother(): Promise<void> {
	const read = navigator.languages.map((language) => language.slice(0, 2));
	for (const one of [...read, ...locales]) {
		if (!isLocale(one) || !(await isLearned(one))) continue;
		speak(one);
		return;
	}
	throw new Error('no words are here');
}

const isLearned = (locale: Locale): Promise<boolean> =>
	allWords(locale).then(
		() => true,
		() => false
	);
