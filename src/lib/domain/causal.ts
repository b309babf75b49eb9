/** What its author had seen when an act was done: by what the signed headers say, not by any clock. */
import type { Id } from './id';
import type { Said } from './fold';

/**
 * Of these acts those that none of the others had seen: one, where each was done in the light of the one before; several,
 * where they were done at the same time. Under a newer key nothing of before is named as seen, and all of it was shown:
 * only acts under the key of the last one count. Both in the order of `fold`; `timeline` holds all of `acts`.
 */
export function newestOf<T extends Said>(acts: readonly T[], timeline: readonly Said[]): T[] {
	const key = acts.at(-1)?.header?.key;
	const under = acts.filter(({ header }) => key !== undefined && header?.key === key);
	const after = new Map(timeline.map(({ id, header }) => [id, header?.after ?? []]));
	const wanted = new Set(under.map(({ id }) => id));
	const overtaken = new Set<Id>();
	const met = new Set<Id>();
	// Whatever lies before any act was seen by it; no act lies before itself.
	const open = under.flatMap(({ id }) => after.get(id) ?? []);
	for (let id = open.pop(); id !== undefined; id = open.pop()) {
		if (met.has(id)) continue;
		met.add(id);
		if (wanted.has(id)) overtaken.add(id);
		open.push(...(after.get(id) ?? []));
	}
	return under.filter(({ id }) => !overtaken.has(id));
}
