/**
 * Two thin loops, one that sends and one that brings in, in one tab per person and browser; the other tabs only say what
 * there is to do. Nothing here decides what an answer means: that is `domain/outbox`.
 */
import {
	afterAnswer,
	afterSend,
	afterWake,
	nextStep,
	NOW,
	OPEN,
	type Cause,
	type Flight,
	type Line,
	type Outcome,
	type Step
} from '../domain/outbox';
import { isOutOfRoom } from '../domain/room';
import type { Roll } from '../domain/roll';
import type { Rolls } from '../store/device';
import { settle, type Store } from '../store/person';
import { withRoom } from '../store/room';
import { forgetLost } from './forgetting';
import type { Host } from './host';
import { adopt, pullAll } from './inbox';
import type { Remote } from './remote';
import { bringTrust } from './trust';

export type Deps = {
	user: string;
	/** Which server this is: part of what people sign. */
	instance: string;
	store: Store;
	remote: Remote;
	rolls: Rolls & { rolls: () => Promise<ReadonlyMap<string, Roll>> };
	host: Host;
	/** The vault key, or null while locked: then nothing is opened, but everything comes and goes. */
	vault: () => Promise<CryptoKey | null>;
	/** Opens what came in under the vault key. */
	open: (vault: CryptoKey) => Promise<void>;
	/** Whether there was room for what came. As long as there is none it waits on the server. */
	tellRoom: (isThere: boolean) => void;
	/** There is no token: it is asked for before anything is tried. */
	signedOut: boolean;
	/** Signs in again without a person, where the device can. Says whether it did. */
	signInAgain: () => Promise<boolean>;
};
/** `look`: what is here has to be looked at anew, since the vault was opened or somebody else has pulled. */
export type Wake = Cause | 'look';
export type Engine = { wake: (wake: Wake) => void; stop: () => void };

/** Starts both loops as soon as this tab leads; `stop` ends them. */
export function startEngine(deps: Deps): Engine {
	const { host } = deps;
	const ended = new AbortController();
	let runner: Runner | null = null;
	let queued = new AbortController();
	let heard = true;

	const work = async (lost: AbortSignal): Promise<void> => {
		const over = either(lost, ended.signal).signal;
		if (over.aborted) return;
		runner = startRunner(deps, over);
		// At once, and not when it has come to its end: whoever was robbed passes on what there is to do.
		over.addEventListener('abort', () => (runner = null));
		await runner.over;
	};
	// Whoever was robbed of the lead queues for it again.
	const queue = async (): Promise<void> => {
		while (!ended.signal.aborted) {
			queued = either(ended.signal);
			await host.lead(work, queued.signal, false);
			if (queued.signal.aborted) return;
		}
	};
	const takeOver = async (): Promise<void> => {
		queued.abort();
		await host.lead(work, ended.signal, true);
		void queue();
	};

	const channel = host.channel((word) => {
		if ('heard' in word) heard = true;
		else if (runner) {
			channel.say({ heard: true });
			runner.wake(word.wake);
		}
	});
	const wake = (why: Wake): void => {
		if (ended.signal.aborted) return;
		if (runner) {
			runner.wake(why);
			return;
		}
		heard = false;
		channel.say({ wake: why });
		// A tab that the system has frozen keeps the lead and does nothing.
		void host.sleep(PATIENCE, ended.signal).then(() => {
			if (!heard && !runner && !ended.signal.aborted && host.isSeen()) void takeOver();
		});
	};
	host.onHope(() => wake('network'), ended.signal);
	// What was written here before there was a runner is its to send.
	wake('written');
	void queue().catch(host.report);

	return {
		wake,
		stop: () => {
			ended.abort();
			channel.close();
			deps.remote.close();
		}
	};
}

/** Ends when one of these does. */
function either(...signals: AbortSignal[]): AbortController {
	const both = new AbortController();
	for (const signal of signals) {
		if (signal.aborted) both.abort();
		signal.addEventListener('abort', () => both.abort());
	}
	return both;
}

/** ms that a tab that leads may take to answer. */
const PATIENCE = 5_000;

type Runner = { wake: (wake: Wake) => void; over: Promise<void> };

function startRunner(deps: Deps, over: AbortSignal): Runner {
	const { host, store } = deps;
	const sending = loop(host, over);
	const bringing = loop(host, over);
	const line = { is: OPEN };
	// One sign-in for both loops.
	let signingIn: Promise<boolean> | null = null;
	const signInAgain = (): Promise<boolean> =>
		(signingIn ??= deps.signInAgain().finally(() => (signingIn = null)));

	let told: Line['reason'] | null = null;
	/** Signed in, and still not let through: once is enough. */
	let isFresh = false;
	let isOut = deps.signedOut;
	const send = async (): Promise<number> => {
		if (isOut) {
			isOut = false;
			await signInAgain();
		}
		const step = await drain({ ...deps, line, roused: sending.roused, over, filed: bringing.rouse });
		if (line.is.reason !== told) await tellLine(store, (told = line.is.reason));
		if (line.is.reason !== 'sign_in') isFresh = false;
		else if (!isFresh && (await signInAgain())) {
			line.is = { ...line.is, notBefore: NOW };
			isFresh = true;
			return 0;
		}
		return step.do === 'wait' ? step.until - host.now() : Infinity;
	};
	/** Something is here that was not taken in. */
	let isNew = true;
	const bring = async (): Promise<number> => {
		const pull = (): ReturnType<typeof pullAll> =>
			withRoom(store, () => pullAll(store, deps.remote, () => (isNew = true)));
		let trouble = await pull();
		if (trouble?.reason === 'sign_in' && (await signInAgain())) trouble = await pull();
		if (!trouble) {
			void deps.remote.bell(bringing.rouse);
			if (line.is.failures > 0) {
				line.is = afterWake(line.is, 'network');
				sending.rouse();
			}
		}
		if (isNew) {
			isNew = false;
			isNew = await withRoom(store, () => takeIn(deps)).then(
				(isWhole) => !isWhole,
				(error: unknown) => {
					isNew = true;
					throw error;
				}
			);
		}
		deps.tellRoom(true);
		return trouble ? PULL_AGAIN * (0.5 + host.chance() / 2) : PULL_EVERY;
	};
	const bringOrTell = (): Promise<number> =>
		bring().catch((error: unknown) => {
			if (isOutOfRoom(error)) deps.tellRoom(false);
			throw error;
		});
	const both = adopt(store)
		.catch(host.report)
		.then(() => Promise.all([sending.run(send), bringing.run(bringOrTell)]));
	return {
		wake: (why) => {
			if (why === 'look') isNew = true;
			else line.is = afterWake(line.is, why);
			if (why === 'asked') void endPauses(store).catch(host.report).then(sending.rouse);
			else sending.rouse();
			if (why !== 'written') bringing.rouse();
		},
		over: both.then(() => undefined)
	};
}

const PULL_EVERY = 60_000;
const PULL_AGAIN = 15_000;

type Loop = {
	/** Goes round now, or once more after this round. */
	rouse: () => void;
	/** Resolves at the next `rouse`. */
	roused: () => Promise<void>;
	run: (round: () => Promise<number>) => Promise<void>;
};

/** `round` says how long to wait for the next one, in ms. */
function loop(host: Host, over: AbortSignal): Loop {
	let bell = newBell();
	const isOver = (): boolean => over.aborted;
	over.addEventListener('abort', () => bell.ring());
	return {
		rouse: () => bell.ring(),
		roused: () => {
			const { signal, rung } = bell;
			if (signal.aborted && !isOver()) bell = newBell();
			return rung;
		},
		run: async (round) => {
			while (!isOver()) {
				bell = newBell();
				// A full disk or a box that does not open must not end the loop: what waits is tried again.
				const wait = await round().catch((error: unknown) => {
					host.report(error);
					return PULL_AGAIN;
				});
				if (wait > 0 && !isOver()) await host.sleep(wait, bell.signal);
			}
		}
	};
}

function newBell(): { signal: AbortSignal; rung: Promise<void>; ring: () => void } {
	const bell = new AbortController();
	const rung = new Promise<void>((resolve) => bell.signal.addEventListener('abort', () => resolve()));
	return { signal: bell.signal, rung, ring: () => bell.abort() };
}

type Sending = Pick<Deps, 'store' | 'remote'> & { host: Pick<Host, 'now' | 'chance' | 'sleep'> } & {
	/** The way to the server, as it is known to be. */
	line: { is: Line };
	/** Resolves when there may be more to send. */
	roused?: () => Promise<void>;
	over?: AbortSignal;
	/** Something new is on the server. */
	filed?: () => void;
};

/** Sends until nothing is due, a few things at a time. Says whether to rest, or when to come back. */
export async function drain(deps: Sending): Promise<Step> {
	const { store, host, line, roused, over, filed } = deps;
	const flights = new Map<Flight, Promise<void>>();
	const failures: unknown[] = [];
	const news = { are: false };
	for (;;) {
		// Looked at before the rows are: what is settled in between has flown, and is not due again.
		const flying = [...flights.keys()];
		const outbox = await store.outbox.toArray();
		const isOver = over?.aborted || failures.length > 0;
		const look = (): Step => (isOver ? REST : nextStep(outbox, line.is, flying, host.now()));
		let step = look();
		for (; step.do === 'send'; step = look()) {
			const flight = { ...step, left: host.now() };
			const landing = deliver(deps, flight)
				.then((taken) => void (news.are ||= taken && flight.part === null))
				.catch((error: unknown) => void failures.push(error))
				.finally(() => flights.delete(flight));
			flights.set(flight, landing);
			flying.push(flight);
		}
		// The line is for texts until all are there.
		if (news.are && ![...flights.keys()].some(({ part }) => part === null)) {
			news.are = false;
			filed?.();
		}
		if (flights.size > 0) {
			const round = new AbortController();
			const due =
				step.do === 'wait' && step.until < Infinity
					? [host.sleep(step.until - host.now(), round.signal)]
					: [];
			await Promise.race([...flights.values(), ...due, ...(roused && !isOver ? [roused()] : [])]);
			round.abort();
		} else if (flying.length === 0) {
			if (failures.length > 0) throw failures[0];
			return step;
		}
	}
}

const REST: Step = { do: 'rest' };

/** Whether the server has taken it. */
async function deliver(deps: Sending, { ids, part, left }: Flight): Promise<boolean> {
	const { store, remote, host, line } = deps;
	const sent = line.is;
	const outcome = await send({ store, remote }, ids, part);
	if (outcome.is === 'refused' && ids.length > 1) {
		// At least one of them is: each is asked for by itself.
		let some = false;
		for (const id of ids) some = (await deliver(deps, { do: 'send', ids: [id], part, left })) || some;
		return some;
	}
	const [now, chance] = [host.now(), host.chance()];
	line.is = afterAnswer(line.is, outcome, now, chance, sent);
	if (part !== null && outcome.is === 'accepted') line.is = { ...line.is, pace: Math.max(0, now - left) };
	await settle(store, ids, part, (item) => afterSend(item, part, outcome, now, chance));
	return outcome.is === 'accepted';
}

/** What another tab has sent and cleared away meanwhile counts as accepted, and so does what a pull has brought back. */
async function send(
	{ store, remote }: Pick<Deps, 'store' | 'remote'>,
	ids: readonly string[],
	part: string | null
): Promise<Outcome> {
	if (part !== null) {
		const [row, there] = await Promise.all([store.parts.get(part), store.blobs.get(part)]);
		return row && !isThere(there, row.fields.digest) ? remote.sendPart(row) : { is: 'accepted' };
	}
	const [batches, there] = await Promise.all([
		store.batches.bulkGet([...ids]),
		store.entries.bulkGet([...ids])
	]);
	const [first, ...others] = batches.flatMap((batch, at) =>
		batch && !isThere(there[at], batch.digest) ? [batch] : []
	);
	if (!first) return { is: 'accepted' };
	if (others.length === 0) return remote.sendBatch(first.writes, first.id, first.digest);
	const writes = [first, ...others].flatMap((batch) => batch.writes);
	return writes.length > MOST_WRITES ? { is: 'refused' } : remote.sendTogether(writes);
}

/** As many as the server takes at once: its settings say so. */
const MOST_WRITES = 50;

/** rev 0 is what this device wrote and no pull has brought back yet. */
const isThere = (row: { rev: number; digest: string } | undefined, digest: unknown): boolean =>
	row !== undefined && row.rev > 0 && row.digest === digest;

/** What a person sees of the line. Written when it changes: each write makes the screens look again. */
async function tellLine(store: Store, reason: Line['reason']): Promise<void> {
	const known = await store.state.get('line');
	if ((known?.reason ?? '') !== reason) await store.state.put({ name: 'line', value: 0, reason });
}

/** A person who asks ends all pauses. */
async function endPauses(store: Store): Promise<void> {
	await store.outbox.toCollection().modify({ notBefore: NOW });
}

/**
 * Believes what can be checked, opens what may be read, and lets go of what no longer may. Says whether that was all:
 * a roll that did not come is asked for again.
 */
async function takeIn({ store, vault, open, user, rolls, remote, instance, host }: Deps): Promise<boolean> {
	const isWhole = await bringTrust(store, rolls, remote, instance, host.now(), user);
	await forgetLost(store, user);
	const key = await vault();
	if (key) await open(key);
	return isWhole;
}
