/** What its author had seen when an act was done: by what the signed headers say, not by any clock. */
import type { Said } from './fold';
import type { Id } from './id';

/**
 * Of these acts those that none of the others had seen: one, where each was done in the light of the one before; several,
 * where they were done at the same time. Under a new key nothing of before is named as seen, and all of it was shown: an act
 * has seen what stands before the first words under its key. Both in the order of `fold`; `timeline` holds all of `acts`.
 */
export function newestOf<T extends Said>(acts: readonly T[], timeline: readonly Said[]): T[] {
	// Most cases have one, and a queue folds them all.
	if (acts.length < 2) return [...acts];
	const places = new Map(timeline.map(({ id }, at) => [id, at]));
	const begun = new Map<string, number>();
	for (const [at, { header }] of timeline.entries())
		if (header && !begun.has(header.key)) begun.set(header.key, at);
	const done = acts.filter(({ header }) => header !== null);
	const keys = [...new Set(done.flatMap(({ header }) => header?.key ?? []))];
	const seen = before(done, timeline);
	return done.filter(
		({ id, header }) =>
			!seen.has(id) &&
			!keys.some((key) => key !== header?.key && (places.get(id) ?? 0) < (begun.get(key) ?? 0))
	);
}

/** All that lies before any of these acts. Who claims to have seen what stands later, or itself, has not. */
export function before(acts: readonly Said[], timeline: readonly Said[]): Set<Id> {
	const places = new Map(timeline.map(({ id }, at) => [id, at]));
	const found = new Set<Id>();
	const open = [...acts];
	for (let act = open.pop(); act; act = open.pop()) {
		const place = places.get(act.id) ?? -1;
		for (const id of act.header?.after ?? []) {
			const at = places.get(id) ?? Infinity;
			const earlier = at < place && !found.has(id) ? timeline[at] : undefined;
			if (!earlier) continue;
			found.add(id);
			open.push(earlier);
		}
	}
	return found;
}
