import type { Practice, PracticeText } from '$lib/domain/practice';
import { locale } from './locale.svelte';

/** In the language of the screen; in another one where it has not come in that. */
export const inWords = ({ texts }: Practice): PracticeText | undefined =>
	texts[locale()] ?? Object.values(texts)[0];
