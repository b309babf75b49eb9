/** One climb of a ladder as its screens tell it. No clock: what has not been heard of yet is said as of when. */
import type { Id } from './id';
import { RUNGS, type Ladder, type Rung } from './ladder';
import type { Urgency } from './lists';

/** All times in ms. */
export type Climb = {
	id: Id;
	case: Id;
	urgency: Urgency;
	steps: readonly { rung: Rung; at: number; told: number; missed: number }[];
	/** Who is told next, and when; null once it has ended. */
	next: { rung: Rung; at: number } | null;
	had: number | null;
	/** Who has it; '' where that is not told. */
	by: Id;
	over: number | null;
	/** It waits for somebody. */
	open: boolean;
};

export function climbOf({ id, case: kase, urgency, steps, next, had, by = '', over }: Ladder): Climb {
	const done = steps.map(({ rung, at, told, missed = 0 }) => ({ rung, at: Date.parse(at), told, missed }));
	const last = steps.at(-1);
	const rung = last ? (RUNGS[RUNGS.indexOf(last.rung) + 1] ?? 'again') : 'duty';
	const open = had === '' && over === '';
	return {
		...{ id, case: kase, urgency, steps: done, by, open },
		next: next !== '' && open ? { rung, at: Date.parse(next) } : null,
		had: had === '' ? null : Date.parse(had),
		over: over === '' ? null : Date.parse(over)
	};
}

/**
 * What is said of a climb, line by line. `told`, `nobody`: a rung that was climbed, with and without somebody on it. `missed`:
 * so many on it nothing reached; `all` where that is everybody. `end`: all were told, and nobody has said anything; `alone`:
 * nobody could be. `next`: a rung that is climbed. `late`: it should have been by now, and this device has heard of nothing since `at`. `had`: somebody
 * has it. `over`: the case is.
 */
export type Told =
	| { is: 'told' | 'nobody' | 'next' | 'late'; rung: Rung; at: number }
	| { is: 'missed'; rung: Rung; at: number; count: number; all: boolean }
	| { is: 'had' | 'over'; at: number }
	| { is: 'end' | 'alone'; at: null };

/** `heard`: when this device last reached the server. */
export function tell({ steps, next, had, over }: Climb, now: number, heard: number): Told[] {
	// Of telling all once more the last time is enough.
	const said = steps.filter(({ rung }, nth) => rung !== 'again' || nth === steps.length - 1);
	const done = said.flatMap(({ rung, at, told, missed }): Told[] => [
		...(told > 0 || missed === 0 ? [{ is: told > 0 ? 'told' : 'nobody', rung, at } as const] : []),
		...(missed > 0 ? [{ is: 'missed', rung, at, count: missed, all: told === 0 } as const] : [])
	]);
	if (had !== null) return [...done, { is: 'had', at: had }];
	if (over !== null) return [...done, { is: 'over', at: over }];
	const reached = steps.some(({ told }) => told > 0);
	if (next?.rung === 'again') done.push({ is: reached ? 'end' : 'alone', at: null });
	if (next === null) return done;
	// It climbs once a minute, and whoever has a connection hears of it.
	const isLate = now > next.at + GRACE && heard < next.at + GRACE;
	return [...done, isLate ? { is: 'late', rung: next.rung, at: heard } : { is: 'next', ...next }];
}

const GRACE = 2 * 60_000;
