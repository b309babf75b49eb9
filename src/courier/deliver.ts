/**
 * Leases what is to be sent, sends it, and settles what became of it, until it is asked to end. In two lanes: what is
 * pressing has one of its own, so that it never waits behind ten thousand others. In each no push service has more than half of
 * the places, nor has the mail server: one that hangs does not hold up the others. Everything that is leased is on its way at
 * once, so a lease never runs out in a queue here: no more is leased than could go to one alone, and of one that is full
 * nothing. Nothing is held but what is on its way: what is not settled when this
 * process dies is leased again by the next.
 */
import type { Id } from '../lib/domain/id';
import { LEASED_MAX, MAIL, type Leased, type Letter, type Nudge, type Settled } from '../lib/domain/notice';
import { backOff } from './backoff';
import type { Outcome } from './outcome';
import type { Push } from './push';
import type { Server, Trouble } from './server';

export type Deps = {
	/** This courier, among others. */
	by: Id;
	server: Server;
	push: Push;
	sendLetter: (letter: Letter, nudge: Nudge) => Promise<Outcome>;
	say: (line: string) => void;
	random: () => number;
	gone: AbortSignal;
};

type Lane = {
	urgent: boolean;
	atOnce: number;
	/** of these to one push service, or to the mail server */ each: number;
	/** ms until the next look when there was nothing more */ idle: number;
};
const LANES: readonly Lane[] = [
	{ urgent: true, atOnce: LEASED_MAX, each: LEASED_MAX / 2, idle: 400 },
	{ urgent: false, atOnce: 64, each: 32, idle: 2000 }
];

/** A service that has its share, and one of these for so long, is asked for no more until it answers. */
const SLOW_MS = 250;
/** While something is on its way: how long what is done may wait to be settled together. */
const GATHERED_WITHIN_MS = 50;
/** Shorter than a lease: what is not done by then is not waited for. */
const SENT_WITHIN_MS = 45_000;
/** What is on its way when this process is asked to end may still arrive; the supervisor waits little longer. */
const LAST_MS = 800;

export async function deliver(deps: Deps): Promise<void> {
	let before: string | null = null;
	const tell = (how: 'accepted' | Trouble): void => {
		if (how !== before && !deps.gone.aborted) deps.say(NEWS[how]);
		before = how;
	};
	await Promise.all(LANES.map((lane) => keep(lane, deps, tell)));
}

const NEWS = {
	accepted: 'connected to the server.',
	refused: 'the server does not take the courier; it tries again.',
	unreachable: 'the server does not answer; it tries again.'
} satisfies Record<'accepted' | Trouble, string>;

async function keep(lane: Lane, deps: Deps, tell: (how: 'accepted' | Trouble) => void): Promise<void> {
	const { by, server, random, gone } = deps;
	const underWay = new Map<Id, { service: string; since: number; sent: Promise<void> }>();
	const done: Settled[] = [];
	/** Of whom nothing was asked for the last time. */
	let without: string[] = [];
	const nap = new Nap();
	gone.addEventListener('abort', () => nap.wake());
	let failures = 0;
	let next = 0;

	while (!isGone()) {
		const how = await round();
		if (how === 'accepted') failures = 0;
		else if (how !== 'rest') failures++;
		if (how !== 'rest') tell(how);
		if (isGone()) break;
		if (failures > 0) await nap.take(backOff(failures, random()));
		else if (underWay.size + done.length === 0) await nap.take(next - performance.now());
		else if (isCrowded() || next > performance.now()) await nap.take(GATHERED_WITHIN_MS);
	}
	const last = [...underWay.values()].map(({ sent }) => sent);
	await Promise.race([Promise.all(last), new Nap().take(LAST_MS)]);
	await settle();

	/** Asked anew each time: it may have come while something was awaited. */
	function isGone(): boolean {
		return gone.aborted;
	}

	/** How many may be leased, whomever they go to, and who is to get none. */
	function room(): { most: number; full: string[] } {
		const services = new Map<string, { count: number; since: number }>();
		for (const { service, since } of underWay.values()) {
			const one = services.get(service);
			if (one) one.count++;
			// The first is the oldest.
			else services.set(service, { count: 1, since });
		}
		const isStuck = ({ count, since }: { count: number; since: number }) =>
			count >= lane.each && performance.now() - since > SLOW_MS;
		const full = [...services].filter(([, one]) => isStuck(one)).map(([service]) => service);
		const others = [...services.values()].filter((one) => !isStuck(one)).map(({ count }) => count);
		const most = Math.min(lane.atOnce - underWay.size, lane.each - Math.max(0, ...others), LEASED_MAX);
		return { most, full };
	}

	/** It is not worth a look at the server for what little has room. */
	function isCrowded(): boolean {
		return room().most < lane.each / 2;
	}

	/** `rest`: nothing was to be asked. */
	async function round(): Promise<'accepted' | 'rest' | Trouble> {
		const settled = done.length > 0 ? await settle() : 'rest';
		if (settled === 'refused' || settled === 'unreachable') return settled;
		const { most, full } = room();
		if (most <= 0 || performance.now() < next || isGone()) return settled;
		without = full;
		const batch = await server.lease({ by, most, urgent: lane.urgent, without });
		if (typeof batch === 'string') return batch;
		for (const id of batch.unreadable) done.push({ id, did: 'kept', why: 'unreadable' });
		for (const leased of batch.leased) start(leased);
		const isMore = batch.leased.length + batch.unreadable.length >= most;
		next = isMore ? 0 : performance.now() + idleFor(batch.wait);
		return 'accepted';
	}

	function idleFor(wait: number | null): number {
		return Math.min(Math.max(wait ?? lane.idle, GATHERED_WITHIN_MS), lane.idle);
	}

	function start(leased: Leased): void {
		const { id } = leased.nudge;
		if (underWay.has(id)) return;
		const service = serviceOf(leased);
		const sent = send(leased, deps).then((outcome) => {
			underWay.delete(id);
			done.push({ id, ...outcome });
			if (without.includes(service)) next = 0;
			if (next === 0 && !isCrowded()) nap.wake();
		});
		underWay.set(id, { service, since: performance.now(), sent });
	}

	async function settle(): Promise<'accepted' | Trouble> {
		while (done.length > 0) {
			const settled = done.slice(0, LEASED_MAX);
			const how = await server.settle({ by, settled });
			if (how !== 'accepted') return how;
			done.splice(0, settled.length);
		}
		return 'accepted';
	}
}

/** Whom it goes to: the host of its push service, or the mail server. */
const serviceOf = ({ by }: Leased): string =>
	'push' in by ? (/^https:\/\/([^/]{1,253})\//.exec(by.push.endpoint)?.[1] ?? MAIL) : MAIL;

async function send({ nudge, seconds, by }: Leased, { push, sendLetter }: Deps): Promise<Outcome> {
	const late = new Nap();
	try {
		return await Promise.race([
			'push' in by ? push(nudge, by.push, seconds) : sendLetter(by.mail, nudge),
			late.take(SENT_WITHIN_MS).then((): Outcome => ({ did: 'wait', seconds: 60, why: 'timeout' }))
		]);
	} catch {
		return { did: 'kept', why: 'broken' };
	} finally {
		late.wake();
	}
}

/** A pause that can be cut short. */
class Nap {
	#wake: () => void = () => undefined;

	take(ms: number): Promise<void> {
		return new Promise((resolve) => {
			const timer = setTimeout(resolve, Math.max(ms, 0));
			this.#wake = () => {
				clearTimeout(timer);
				resolve();
			};
		});
	}

	wake(): void {
		this.#wake();
	}
}
