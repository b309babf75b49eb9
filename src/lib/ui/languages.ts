import type { Locale } from '$lib/domain/lists';

/** Each language under its own name: whoever needs it reads it. */
export const LANGUAGE: Record<Locale, string> = {
	en: 'English',
	pl: 'Polski',
	de: 'Deutsch',
	ro: 'Română',
	hu: 'Magyar'
};
