/** What to send next, and what an answer means for it: decided here, done in `sync`. All times in ms. */

export type Reason = 'network' | 'sign_in' | 'server';
export type Outgoing = {
	id: string;
	/** What is said in one case goes in the order it was said: the alert makes what the others need. */
	case: string;
	created: number;
	attempts: number;
	notBefore: number;
	/** Why it is still here. '' until the first try. */
	reason: Reason | '' | 'refused';
	status: 'waiting' | 'refused';
};

export type Outcome =
	{ is: 'accepted' } | { is: 'unreachable'; reason: Reason; retryAfter?: number } | { is: 'refused' };

export type Step = { do: 'send'; id: string } | { do: 'wait'; until: number } | { do: 'rest' };

const FIRST_PAUSE = 2_000;
const LONGEST_PAUSE = 5 * 60_000;

/** Oldest due item first, and each case in its order. A refused item waits for a person and blocks nobody. */
export function nextStep(outbox: readonly Outgoing[], now: number): Step {
	const waiting = outbox.filter((item) => item.status === 'waiting').sort((a, b) => a.created - b.created);
	const begun = new Set<string>();
	const heads = waiting.filter((item) => !begun.has(item.case) && begun.add(item.case));
	const due = heads.find((item) => isDue(item, now));

	if (due) return { do: 'send', id: due.id };
	if (waiting.length === 0) return { do: 'rest' };
	return { do: 'wait', until: Math.min(...heads.map((item) => item.notBefore)) };
}

/** The item after an answer, or null when it was accepted: nothing else ever takes it out. `chance` is 0 to 1. */
export function afterSend<T extends Outgoing>(
	item: T,
	outcome: Outcome,
	now: number,
	chance: number
): T | null {
	if (outcome.is === 'accepted') return null;
	if (outcome.is === 'refused') return { ...item, status: 'refused', reason: 'refused' };
	const pause = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** Math.min(item.attempts, 20));
	// Jitter, so that a thousand phones do not come back in the same second.
	const wait = Math.max(outcome.retryAfter ?? 0, pause * (0.5 + chance / 2));
	return { ...item, attempts: item.attempts + 1, notBefore: now + wait, reason: outcome.reason };
}

/** `notBefore` of an item whose pause is over: the network came back, somebody signed in, or asked. */
export const NOW = 0;

// A clock that was set back must not make an item wait longer than the longest pause.
const isDue = (item: Outgoing, now: number): boolean =>
	item.notBefore <= now || item.notBefore > now + LONGEST_PAUSE * 2;
