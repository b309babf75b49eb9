/** A team's form, changed step by step: each step gives a new one. */
import type { ListChange, TeamForm } from './form';
import { isOwn, type ListName, type Locale, type Own } from './lists';

const UNCHANGED: ListChange = { hidden: [], words: {}, own: [] };

const withList = (
	form: TeamForm,
	list: ListName,
	change: (before: ListChange) => Partial<ListChange>
): TeamForm => {
	const before = form.lists[list] ?? UNCHANGED;
	return { ...form, lists: { ...form.lists, [list]: { ...before, ...change(before) } } };
};

export const withText = (
	form: TeamForm,
	what: 'first' | 'duties',
	locale: Locale,
	text: string
): TeamForm => ({ ...form, [what]: { ...form[what], [locale]: text } });

export const withWord = (
	form: TeamForm,
	list: ListName,
	key: string,
	locale: Locale,
	word: string
): TeamForm =>
	withList(form, list, ({ words }) => ({ words: { ...words, [key]: { ...words[key], [locale]: word } } }));

export const withHidden = (form: TeamForm, list: ListName, key: string, isHidden: boolean): TeamForm =>
	withList(form, list, ({ hidden }) => ({
		hidden: [...hidden.filter((one) => one !== key), ...(isHidden ? [key] : [])]
	}));

/** At its place among the team's own answers, the last where none is given. */
export const withOwn = (
	form: TeamForm,
	list: ListName,
	key: Own,
	words: ListChange['words'][string] = {},
	place = Infinity
): TeamForm =>
	withList(form, list, (before) => ({
		own: before.own.toSpliced(place, 0, key),
		words: { ...before.words, [key]: words }
	}));

/** Only while nobody can have used it: an alert that has its key would be left without words. */
export const withoutOwn = (form: TeamForm, list: ListName, key: Own): TeamForm =>
	withList(form, list, ({ own, hidden, words }) => ({
		own: own.filter((one) => one !== key),
		hidden: hidden.filter((one) => one !== key),
		words: Object.fromEntries(Object.entries(words).filter(([one]) => one !== key))
	}));

/** Without what says nothing: empty texts, words and lists, and own answers that were given no word. */
export function tidied(form: TeamForm): TeamForm {
	const lists = Object.entries(form.lists).map(([name, change]): [string, ListChange] => {
		const words = Object.entries(change.words)
			.map(([key, said]) => [key, spoken(said)] as const)
			.filter(([, said]) => Object.keys(said).length > 0);
		const named = new Set(words.map(([key]) => key));
		const isLeft = (key: string): boolean => !isOwn(key) || named.has(key);
		const [own, hidden] = [change.own.filter(isLeft), change.hidden.filter(isLeft)];
		return [name, { ...change, own, hidden, words: Object.fromEntries(words) }];
	});
	return {
		...form,
		first: spoken(form.first),
		duties: spoken(form.duties),
		lists: Object.fromEntries(
			lists.filter(([, { hidden, words, own }]) => hidden.length + own.length + Object.keys(words).length > 0)
		)
	};
}

/** Whether an own answer that was there `before` has lost its last word: alerts may have used it. */
export const isWordless = (form: TeamForm, before: TeamForm): boolean => {
	const left = tidied(form).lists;
	return Object.entries(before.lists).some(([name, { own }]) =>
		own.some((key) => !left[name]?.own.includes(key))
	);
};

const spoken = (said: Record<string, string>): Record<string, string> =>
	Object.fromEntries(
		Object.entries(said)
			.map(([locale, text]) => [locale, text.trim()] as const)
			.filter(([, text]) => text !== '')
	);

/**
 * What somebody has made of a form, carried over to what others have made of it meanwhile: what both have changed at the same
 * place is as the last one says, all else of both stays.
 */
export const carriedOver = (from: TeamForm, to: TeamForm, onto: TeamForm): TeamForm =>
	merged(from, to, onto) as TeamForm;

function merged(from: unknown, to: unknown, onto: unknown): unknown {
	if (JSON.stringify(from) === JSON.stringify(to)) return onto;
	if (Array.isArray(to) && Array.isArray(onto)) {
		const before: unknown[] = Array.isArray(from) ? from : [];
		const theirs: unknown[] = onto.filter((one) => to.includes(one) || !before.includes(one));
		const mine: unknown[] = to.filter((one) => !before.includes(one) && !onto.includes(one));
		return [...theirs, ...mine];
	}
	if (isObject(to) && isObject(onto)) {
		const before = isObject(from) ? from : {};
		const names = [...new Set([...Object.keys(onto), ...Object.keys(to)])];
		const all = names.map((name) => [name, merged(before[name], to[name], onto[name])] as const);
		return Object.fromEntries(all.filter(([, value]) => value !== undefined));
	}
	return to;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);
