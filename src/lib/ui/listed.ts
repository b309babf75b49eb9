import { locale } from './locale.svelte';
import { region } from './time';

/** 'you, the team and the police contact', as the language of the screen joins them. */
export const listed = (items: readonly string[]): string =>
	new Intl.ListFormat(region(locale()), { type: 'conjunction' }).format(items);
