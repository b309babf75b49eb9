/** Until when something is expected in a case, so that none of them quietly peters out. */
import type { Folded } from './fold';
import type { Phase, Urgency } from './lists';
import { tasks } from './tasks';
import { endOf } from './when';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** How long an alert may wait until somebody has taken it up, in ms. */
const RECEIVED: Record<Urgency, number> = { danger: HOUR, urgent: DAY, soon: 3 * DAY, calm: 7 * DAY };

/** How long a case may rest in a phase where nobody has said until when, in days; null where nothing is waited for. */
const RESTS: Record<Exclude<Phase, 'received'>, number | null> = {
	intake: 7,
	assessed: 7,
	planned: 14,
	follow_up: 28,
	long_term: 90,
	paused: 30,
	reviewed: 14,
	redirected: 14,
	closed: null,
	evaluated: null
};

/** What a case says of when something is expected: of its phase, and the first day of an open task. */
export type Expected = Pick<Folded, 'phase' | 'moved' | 'due'> & { task: string | null };

export function expected({ phase, moved, due, timeline }: Folded): Expected {
	const days = [...tasks(timeline).values()].flatMap((task) =>
		task.state === 'open' && task.due !== null ? [task.due] : []
	);
	return { phase, moved, due, task: days.sort()[0] ?? null };
}

/** Until when something is expected, in ms, whichever comes first; null where nothing is any more. `created` in ms. */
export function dueOf(
	{ phase, moved, due, task }: Expected,
	{ urgency, created }: { urgency: Urgency; created: number }
): number | null {
	const all = [phaseDue({ phase, moved, due }, urgency, created), task === null ? null : endOf(task)];
	const times = all.flatMap((time) => time ?? []);
	return times.length > 0 ? Math.min(...times) : null;
}

function phaseDue(
	{ phase, moved, due }: Omit<Expected, 'task'>,
	urgency: Urgency,
	created: number
): number | null {
	if (due !== null) return endOf(due);
	const since = moved ?? created;
	if (phase === 'received') return since + RECEIVED[urgency];
	const days = RESTS[phase];
	return days === null ? null : since + days * DAY;
}
