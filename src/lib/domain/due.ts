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

/** Of the case itself, in ms; null where nothing is expected any more. `created` in ms. */
export function phaseDue(
	{ phase, moved, due }: Pick<Folded, 'phase' | 'moved' | 'due'>,
	{ urgency, created }: { urgency: Urgency; created: number }
): number | null {
	if (due !== null) return endOf(due);
	const since = moved ?? created;
	if (phase === 'received') return since + RECEIVED[urgency];
	const days = RESTS[phase];
	return days === null ? null : since + days * DAY;
}

/** The same with the tasks that are open: whichever comes first. */
export function dueOf(folded: Folded, routing: { urgency: Urgency; created: number }): number | null {
	const open = [...tasks(folded.timeline).values()].flatMap(({ state, due }) =>
		state === 'open' && due !== null ? [endOf(due)] : []
	);
	const all = [phaseDue(folded, routing) ?? [], open].flat();
	return all.length > 0 ? Math.min(...all) : null;
}
