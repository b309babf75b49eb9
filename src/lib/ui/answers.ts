/**
 * What an answer of the alert's form is called. It holds the words of all lists: where the first letter must not wait for
 * them, it loads later.
 */
import type { TeamForm } from '$lib/domain/form';
import { isOwn, type ListName } from '$lib/domain/lists';
import { wording } from '$lib/domain/offered';
import * as m from '$lib/i18n/generated/messages';
import { AGE } from './age-labels';
import { THEME, URGENCY } from './alert-labels';
import { CERTAINTY, KNOWN } from './known-labels';
import { locale } from './locale.svelte';
import { MOTIVE } from './motive-labels';
import { NEED } from './need-labels';
import { SETTING } from './setting-labels';
import { SOURCE } from './source-labels';
import { TYPE } from './type-labels';

const LABELS: Record<ListName, Record<string, () => string>> = {
	theme: THEME,
	type: TYPE,
	motive: MOTIVE,
	source: SOURCE,
	setting: SETTING,
	age: AGE,
	known: KNOWN,
	certainty: CERTAINTY,
	need: NEED,
	urgency: URGENCY
};

/** An answer in the team's words and the language of the screen, else in the app's. `form` is its team's, where one is known. */
export const answerLabel = (
	form: Pick<TeamForm, 'lists' | 'main'> | undefined,
	list: ListName,
	key: string
): string => wording(form, list, key, locale()) ?? appLabel(list, key);

/** In the app's own words. For what only a newer version, or a team that is not known here, could name, it has general ones. */
export function appLabel(list: ListName, key: string): string {
	const label = Object.hasOwn(LABELS[list], key) ? LABELS[list][key] : undefined;
	return label?.() ?? (isOwn(key) ? m.answer_own() : m.type_other());
}
