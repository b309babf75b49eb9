/** The alert's form as a team offers it. No schema, so that the form can be asked about before one has loaded. */
import type { ListChange, TeamForm } from './form';
import { isOwn, LISTS, THEMES, URGENCIES, type ListName, type Locale, type Own } from './lists';

/** The form of a team that has changed nothing. */
export const PLAIN: TeamForm = { lists: {}, duties: {}, first: {}, emergency: '', ask: false };

/** Lists that a team may add answers to: of these an alert takes such keys. */
export const OWN_LISTS = ['type', 'motive', 'source', 'setting', 'need'] as const;
export type Answer<L extends ListName> =
	(typeof LISTS)[L][number] | (L extends (typeof OWN_LISTS)[number] ? Own : never);

/** What becomes of an alert rests on these, and on 'other' that everybody finds an answer. */
const ESSENTIAL: Partial<Record<ListName, readonly string[]>> = {
	theme: THEMES,
	urgency: URGENCIES,
	type: ['question', 'threat', 'intent', 'other']
};

/** Whether no team can hide it. */
export const isEssential = (list: ListName, key: string): boolean => ESSENTIAL[list]?.includes(key) ?? false;

/**
 * The keys of a list as a team offers them, in their order, its own last. Never none: where all were hidden, all of the
 * app's are offered. What was `chosen` before it was hidden stays among them.
 */
export function offered<L extends ListName>(
	form: Pick<TeamForm, 'lists'> | undefined,
	list: L,
	chosen: readonly string[] = []
): Answer<L>[] {
	const change: Change = form?.lists[list];
	const common: readonly string[] = LISTS[list];
	const all = [...common, ...(change?.own ?? []).filter((key) => isNamed(change, key))];
	const shown = all.filter((key) => isEssential(list, key) || !change?.hidden?.includes(key));
	const open = shown.length > 0 ? shown : common;
	return all.filter((key) => open.includes(key) || chosen.includes(key)) as Answer<L>[];
}

/**
 * An answer in the team's words; null where the app's own are to be used. An own answer has no others: it is said in the
 * team's language, or in any that it was named in, where this one is missing.
 */
export function wording(
	form: Pick<TeamForm, 'lists' | 'main'> | undefined,
	list: ListName,
	key: string,
	locale: Locale
): string | null {
	const words = wordsOf(form?.lists[list], key);
	const said = words[locale]?.trim();
	if (said || !form || !isOwn(key)) return said || null;
	return [words[form.main ?? ''], ...Object.values(words)].map((word) => word?.trim()).find(Boolean) ?? null;
}

/** What the team says beside the form: in this language, or else in its own, or in any; '' where it says nothing. */
export function saying(
	form: Pick<TeamForm, 'first' | 'duties' | 'main'> | undefined,
	what: 'first' | 'duties',
	locale: Locale
): string {
	const texts = form?.[what] ?? {};
	const inOrder = [texts[locale], texts[form?.main ?? ''], ...Object.values(texts)];
	return inOrder.map((text) => text?.trim()).find(Boolean) ?? '';
}

type Change = Partial<ListChange> | undefined;

/** Rows that an older app has stored came past the schema: what it fills in may be missing. */
const wordsOf = (change: Change, key: string): Record<string, string | undefined> =>
	(change?.words && Object.hasOwn(change.words, key) && change.words[key]) || {};

const isNamed = (change: Change, key: string): boolean =>
	Object.values(wordsOf(change, key)).some((word) => word?.trim());
