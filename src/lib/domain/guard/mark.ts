/** What the guard finds: stretches of a text that may tell who somebody is. */

/** LINK is links and handles. */
export const KINDS = [
	'PERSON',
	'PHONE',
	'EMAIL',
	'ADDRESS',
	'DOB',
	'IBAN',
	'PLATE',
	'NATIONAL_ID',
	'LINK'
] as const;
export type Kind = (typeof KINDS)[number];

/**
 * The names that a form may come from, folded and uninflected. Two marks that share one of `first` and one of `last`, or one
 * where the other is empty, may be the same person.
 */
export type Base = { first: string[]; last: string[] };

/** `start` and `end` count UTF-16 units, `end` is the first after it. Only a PERSON has a `base`. */
export type Mark = { start: number; end: number; kind: Kind; base?: Base };

/** Marks by place, none over another: where two would be, the one that comes first in `found` stays. */
export function settled(found: readonly Mark[], length: number): Mark[] {
	const taken = new Uint8Array(length);
	const kept = found.filter(({ start, end }) => {
		const isFree = start < end && !taken.subarray(start, end).includes(1);
		if (isFree) taken.fill(1, start, end);
		return isFree;
	});
	return kept.sort((one, other) => one.start - other.start);
}

/** Every place where `form` stands, as a mark; where it has a group `mark`, that alone. `form` needs the flags g and d. */
export function marked(text: string, form: RegExp, kind: Kind): Mark[] {
	return [...text.matchAll(form)].map((match) => {
		const [start, end] = match.indices?.groups?.['mark'] ?? [match.index, match.index + match[0].length];
		return { start, end, kind };
	});
}

/** What stands shortly before a place, in lower case: where a word may say what follows. */
export const before = (text: string, at: number, length = 36): string =>
	text.slice(Math.max(0, at - length), at).toLowerCase();
