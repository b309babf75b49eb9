import type { Fault } from './fate';

/**
 * The fewest of these faults that it still takes, found by leaving out halves, then quarters, and so on (delta debugging).
 * Leaving one out moves the points after it, so that not every subset means what it meant: what still fails is a schedule
 * of its own, and as good.
 */
export async function shrink(
	faults: readonly Fault[],
	fails: (faults: readonly Fault[]) => Promise<boolean>
): Promise<readonly Fault[]> {
	let kept = faults;
	if (!(await fails(kept))) return kept;
	for (let size = Math.ceil(kept.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
		for (let at = 0; at < kept.length;) {
			const fewer = [...kept.slice(0, at), ...kept.slice(at + size)];
			if (await fails(fewer)) kept = fewer;
			else at += size;
		}
	}
	return kept;
}
