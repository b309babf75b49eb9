/** Alerts about the same thing, worked on as one case. */
import type { Said } from './fold';
import type { Id } from './id';

/**
 * The case in which the team works on `id`: at the end of what was merged into what. Where that runs in a circle, which two
 * devices can make without knowing of each other, it is the case with the smallest id of it, on every device alike.
 */
export function rootOf(id: Id, into: ReadonlyMap<Id, Id | null>): Id {
	const way: Id[] = [];
	for (let at = id; ;) {
		const met = way.indexOf(at);
		if (met >= 0) return way.slice(met).reduce((least, one) => (one < least ? one : least));
		way.push(at);
		const next = into.get(at);
		if (!next) return at;
		at = next;
	}
}

/** Several timelines as one: by time where they meet, and each in its own order. */
export function interleave<T extends object>(
	timelines: readonly (readonly T[])[],
	timeOf: (one: T) => number
): T[] {
	const rest = timelines.map((one) => [...one]);
	const all: T[] = [];
	for (;;) {
		let first: T[] | undefined;
		for (const list of rest) {
			const [next] = list;
			const [least] = first ?? [];
			if (next && (!least || timeOf(next) < timeOf(least))) first = list;
		}
		const next = first?.shift();
		if (!next) return all;
		all.push(next);
	}
}

/**
 * Without what the case they are worked on in says as well: whoever moves or takes all of it tells each alert's own thread, at
 * one moment.
 */
export function unrepeated(entries: readonly Said[], open: readonly Said[]): readonly Said[] {
	const known = new Set(open.map(actOf));
	return entries.filter((said) => !known.has(actOf(said)) || actOf(said) === null);
}

const actOf = ({ author, content }: Said): string | null =>
	typeof content !== 'string' && ['phase', 'take', 'assign'].includes(content.kind)
		? `${author} ${content.kind} ${content.at}`
		: null;
