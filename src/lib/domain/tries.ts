/** Wrong passphrases slow down. All times in ms; `from` is when the last one was tried. */
export type Tries = { wrong: number; from: number };

const FREE = 3;
const FIRST_PAUSE = 5_000;
const LONGEST_PAUSE = 600_000;

/** How long nobody may try. A clock that was set back makes it longer, never longer than the pause itself. */
export function pauseLeft(tries: Tries | undefined, now: number): number {
	if (!tries || tries.wrong < FREE) return 0;
	const pause = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (tries.wrong - FREE));
	return Math.min(pause, Math.max(0, tries.from + pause - now));
}

/** One more. Counted before it is tried, so that neither a reload nor a second tab gets another for nothing. */
export const oneMore = (tries: Tries | undefined, now: number): Tries => ({
	wrong: (tries?.wrong ?? 0) + 1,
	from: now
});

/** The clock was set back behind the last try: the pause begins anew, so that it passes at all. */
export const onTheClock = (tries: Tries, now: number): Tries =>
	now < tries.from ? { ...tries, from: now } : tries;
