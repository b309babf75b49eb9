/** One climb of a ladder as its screens tell it. No clock: what has not been heard of yet is said as of when. */
import type { Id } from './id';
import { RUNGS, type Ladder, type Rung } from './ladder';
import type { Urgency } from './lists';

/** All times in ms. */
export type Climb = {
	id: Id;
	case: Id;
	urgency: Urgency;
	steps: readonly { rung: Rung; at: number; told: number }[];
	/** Who is told next, and when; null once it has ended. */
	next: { rung: Rung; at: number } | null;
	had: number | null;
	/** Who has it; '' where that is not told. */
	by: Id;
};

export function climbOf({ id, case: kase, urgency, steps, next, had, by = '' }: Ladder): Climb {
	const done = steps.map((step) => ({ ...step, at: Date.parse(step.at) }));
	const last = steps.at(-1);
	const rung = last ? RUNGS[RUNGS.indexOf(last.rung) + 1] : RUNGS[0];
	return {
		...{ id, case: kase, urgency, steps: done, by },
		next: next !== '' && had === '' && rung ? { rung, at: Date.parse(next) } : null,
		had: had === '' ? null : Date.parse(had)
	};
}

/**
 * What is said of a climb, line by line. `told`, `nobody`: a rung that was climbed, with and without somebody on it. `next`:
 * one that is. `late`: it should have been by now, and this device has heard of nothing since `at`. `had`: somebody has it.
 * `end`: everybody was told, and nobody has said anything.
 */
export type Told =
	| { is: 'told' | 'nobody' | 'next' | 'late'; rung: Rung; at: number }
	| { is: 'had'; at: number }
	| { is: 'end'; at: null };

/** `heard`: when this device last reached the server. */
export function tell({ steps, next, had }: Climb, now: number, heard: number): Told[] {
	const done: Told[] = steps.map(({ rung, at, told }) => ({ is: told > 0 ? 'told' : 'nobody', rung, at }));
	if (had !== null) return [...done, { is: 'had', at: had }];
	if (next === null) return [...done, { is: 'end', at: null }];
	// It climbs once a minute, and whoever has a connection hears of it.
	const isLate = now > next.at + GRACE && heard < next.at + GRACE;
	return [...done, isLate ? { is: 'late', rung: next.rung, at: heard } : { is: 'next', ...next }];
}

const GRACE = 2 * 60_000;
