/** Alerts about the same thing, worked on as one case. */
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
