const SHORTEST_MS = 500;
/** The server is near, and something pressing may wait in it. */
const LONGEST_MS = 5000;

/**
 * How long to wait before the next try after `failures` in a row, from 1: doubling up to five seconds, then for
 * ever. `chance` in [0, 1) takes off up to a quarter, so that many couriers do not knock together.
 */
export function backOff(failures: number, chance: number): number {
	const full = Math.min(SHORTEST_MS * 2 ** (failures - 1), LONGEST_MS);
	return Math.round(full * (1 - chance / 4));
}
