import { allWords, firstWords, mostWords } from '$lib/i18n/catalogue';
import type { LayoutLoad } from './$types';

// One page for every address, drawn on the device: offline there is no server that could.
export const ssr = false;

/** No screen without its words. Whoever writes an alert waits only for what the form says. */
export const load: LayoutLoad = ({ route }) =>
	wordsFor(route.id ?? '')().catch(async () => (await import('$lib/ui/language')).speakAnother());

const wordsFor = (route: string): (() => Promise<void>) =>
	route === '/alert/[id]' ? firstWords : /^\/team(\/|$)/.test(route) ? allWords : mostWords;
