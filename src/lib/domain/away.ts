/** When this device last reached the server, and the latest time it has ever seen. Both in ms. */
export type LastSeen = { reached: number; latest: number };

const LONGEST = 30 * 86_400_000;

/** The device has to reach the server before it opens again. Setting the clock back does not help. */
export const isTooLongAway = ({ reached, latest }: LastSeen, now: number): boolean =>
	Math.max(latest, now) - reached > LONGEST;
