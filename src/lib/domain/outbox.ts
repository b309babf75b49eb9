/**
 * What to send next, and what an answer means for it: decided here, done in `sync`. All times in ms.
 *
 * An item is what somebody said, and goes in one batch; its files follow in parts. Texts go before all files, several in
 * one request, and no item waits for another one, but for what makes the case or the key that it needs. There is no last
 * try.
 */

/** `portal`: something answers that is not our server, as in a hotel. */
export type Reason = 'network' | 'portal' | 'sign_in' | 'server';
export type Outgoing = {
	id: string;
	case: string;
	created: number;
	attempts: number;
	notBefore: number;
	/** Why it is still here. '' until the first try. */
	reason: Reason | '' | 'refused';
	status: 'waiting' | 'refused';
	/** Ids of the case and the keys that come into being with it, and of those that it builds on. */
	makes: readonly string[];
	needs: readonly string[];
	/** What was said is there; parts of its files are still to go. */
	filed: boolean;
	/** Ids of the parts that are still to go, the next one first; and how many there were. */
	left: readonly string[];
	parts: number;
};

/** One record to write in the batch that carries an item. */
export type Write = {
	collection: string;
	id: string;
	verb: 'create' | 'update';
	body: Record<string, unknown>;
};
/** The way to the server, as far as the last answers tell. `pace` is how long the last part took, 0 where none is known. */
export type Line = { failures: number; notBefore: number; reason: Reason | ''; told: boolean; pace: number };
export const OPEN: Line = { failures: 0, notBefore: 0, reason: '', told: false, pace: 0 };

export type Outcome =
	{ is: 'accepted' } | { is: 'unreachable'; reason: Reason; retryAfter?: number } | { is: 'refused' };

/** The items whose batches go in one request, all or none; or the one that a part goes for. */
export type Send = { do: 'send'; ids: readonly string[]; part: string | null };
/** What no answer has come for yet; `left` is when it went. */
export type Flight = Send & { left: number };
export type Step = Send | { do: 'wait'; until: number } | { do: 'rest' };

/**
 * Requests at a time: enough to hide the way there and back behind each other on a line of 1.6 Mbit/s and 300 ms, in fewer
 * connections than the six of a browser, as the bell and a pull want theirs.
 */
const AT_ONCE = 3;
/**
 * Texts in one request where there are many, when so many requests fly already. The first fills the line until the others
 * are connected, and not all are alike: what leaves together comes together, and then the line carries nothing while all
 * of them wait for their answers. Longer ones would keep the line no fuller, and lose more.
 */
const TEXTS_TOGETHER = [5, 5, 7];
/**
 * Parts leave one after another for the same reason, this share of the last one's time apart. That makes two on their way
 * for most of the time: a line that is cut takes all of them along, and a thin one carries both in time.
 */
const APART = 1 / 2;

const FIRST_PAUSE = 200;
const LONGEST_PAUSE = 5 * 60_000;
/** What a server may ask for at most: what is longer comes from a clock that is wrong. */
const LONGEST_TOLD = 60 * 60_000;

/** `until` is never, when something that flies is waited for. */
export function nextStep(
	outbox: readonly Outgoing[],
	line: Line,
	flying: readonly Flight[],
	now: number
): Step {
	const waiting = outbox.filter((item) => item.status === 'waiting').sort(byTries);
	if (waiting.length === 0) return { do: 'rest' };
	if (!isDue(line, now)) return { do: 'wait', until: line.notBefore };

	const unmade = new Set(outbox.filter(({ filed }) => !filed).flatMap(({ makes }) => makes));
	const texts = waiting.filter(
		({ filed, makes, needs }) => !filed && needs.every((id) => makes.includes(id) || !unmade.has(id))
	);
	const away = new Set(flying.flatMap(({ ids, part }) => part ?? ids));
	const due = texts.filter((item) => isDue(item, now) && !away.has(item.id));
	const textsFlying = flying.filter(({ part }) => part === null).length;
	const isProbing = line.failures > 0;
	if (due.length > 0) {
		if (textsFlying >= (isProbing ? 1 : AT_ONCE)) return NEVER;
		const most = isProbing || due.length <= AT_ONCE ? 1 : TEXTS_TOGETHER[textsFlying];
		return { do: 'send', ids: together(due, most ?? 1), part: null };
	}
	if (textsFlying > 0) return NEVER;

	const loads = waiting.filter(({ filed }) => filed);
	// Each part is a trial for those that follow it; but a server in trouble, or a line of unknown pace, gets one at a time.
	const isAlone = line.pace === 0 || (isProbing && line.reason !== 'network');
	if (flying.length < (isAlone ? 1 : AT_ONCE)) {
		for (const item of loads.filter((one) => isDue(one, now))) {
			const part = item.left.find((id) => !away.has(id));
			if (!part) continue;
			const last = Math.max(...flying.map(({ left }) => left));
			const isClose = last <= now && now < last + line.pace * APART;
			return isClose ? { do: 'wait', until: last + line.pace * APART } : { do: 'send', ids: [item.id], part };
		}
	}
	if (flying.length > 0) return NEVER;
	const until = [...texts, ...loads].map(({ notBefore }) => notBefore).filter((at) => at > now);
	return until.length > 0 ? { do: 'wait', until: Math.min(...until) } : { do: 'rest' };
}

/**
 * The first of these and what goes along with it. What failed goes in smaller company, as one of it may be to blame, and
 * by itself where the server was in trouble with it.
 */
function together(due: readonly Outgoing[], most: number): string[] {
	const [first] = due;
	if (!first) return [];
	const isAlike = ({ attempts, reason }: Outgoing): boolean =>
		attempts === first.attempts && reason !== 'server';
	const others = isAlike(first) ? due.slice(1).filter(isAlike) : [];
	return [first, ...others].slice(0, Math.max(1, most >> first.attempts)).map(({ id }) => id);
}

/** An answer, or somebody's wish, wakes who waits this long. */
const NEVER: Step = { do: 'wait', until: Infinity };

/** The item after an answer, or null when all of it was accepted: nothing else ever takes it out. `chance` is 0 to 1. */
export function afterSend<T extends Outgoing>(
	item: T,
	part: string | null,
	outcome: Outcome,
	now: number,
	chance: number
): T | null {
	if (outcome.is === 'refused') return { ...item, status: 'refused', reason: 'refused' };
	if (outcome.is === 'accepted') {
		const left = item.left.filter((id) => id !== part);
		const filed = item.filed || part === null;
		return filed && left.length === 0 ? null : { ...item, ...FRESH, filed, left };
	}
	// A line that is down is no fault of the item. In trouble with this one, the server gets the others first.
	const isOwn = outcome.reason === 'server' && outcome.retryAfter === undefined;
	const left = part === null ? item.left : [...item.left.filter((id) => id !== part), part];
	return {
		...item,
		left,
		attempts: item.attempts + 1,
		notBefore: isOwn ? now + pause(item.attempts, chance) : NOW,
		reason: outcome.reason
	};
}

const FRESH = { attempts: 0, notBefore: 0, reason: '' } as const;

/** `sent` is the line as it was when what is answered was sent. */
export function afterAnswer(
	line: Line,
	outcome: Outcome,
	now: number,
	chance: number,
	sent: Line = line
): Line {
	if (outcome.is !== 'unreachable') return { ...OPEN, pace: line.pace };
	const { reason, retryAfter } = outcome;
	// What broke together broke once.
	if (line.failures > sent.failures && retryAfter === undefined) return line;
	const wait = Math.max(Math.min(retryAfter ?? 0, LONGEST_TOLD), pause(line.failures, chance));
	const told = retryAfter !== undefined;
	return { ...line, failures: line.failures + 1, notBefore: now + wait, reason, told };
}

/** `asked`: a person wants it now. `network`: it seems to be back. `written`: there is more to send. */
export type Cause = 'asked' | 'network' | 'written';

/** The line after something that gives hope. A server that named a pause gets it, whatever the network does. */
export function afterWake(line: Line, cause: Cause): Line {
	if (cause === 'asked') return OPEN;
	const isElsewhere = line.reason === 'network' || line.reason === 'portal';
	return isElsewhere && !line.told ? { ...line, failures: Math.min(line.failures, 1), notBefore: NOW } : line;
}

/** A person wants this item tried again, whatever was said about it. */
export function tryAgain<T extends Outgoing>(item: T): T {
	return { ...item, ...FRESH, status: 'waiting' };
}

/** What an item makes, and what must be there before it: read from its writes. */
export function dependencies(writes: readonly Write[]): Pick<Outgoing, 'makes' | 'needs'> {
	const made = writes.filter(
		({ collection, verb }) => verb === 'create' && ['cases', 'keys'].includes(collection)
	);
	const named = writes.flatMap(({ id, verb, body }) => [
		body.case,
		body.key,
		body.before,
		verb === 'update' ? id : ''
	]);
	return {
		makes: made.map(({ id }) => id),
		needs: [...new Set(named)].filter((id): id is string => typeof id === 'string' && id !== '')
	};
}

/** `notBefore` of what may go at once. */
export const NOW = 0;

// Jitter, so that a thousand phones do not come back in the same second.
const pause = (failures: number, chance: number): number =>
	Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** Math.min(failures, 20)) * (0.5 + chance / 2);

// A clock that was set back must not make anything wait longer than the longest pause.
const isDue = ({ notBefore }: { notBefore: number }, now: number): boolean =>
	notBefore <= now || notBefore > now + LONGEST_TOLD;

// What failed before lets the others go first.
const byTries = (a: Outgoing, b: Outgoing): number => a.attempts - b.attempts || a.created - b.created;
