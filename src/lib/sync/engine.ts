/**
 * A thin loop around `domain/outbox`: bring in, open, send, wait, again. One runner per person and browser
 * (Web Locks); the other tabs only wake it. Nothing here decides what an answer means.
 */
import { afterSend, nextStep, NOW, type Outcome, type Step } from '../domain/outbox';
import type { OutgoingRow, Store } from '../store/person';
import type { Roll } from '../domain/roll';
import type { Rolls } from '../store/device';
import { forgetLost } from './forgetting';
import { pullAll } from './inbox';
import type { Remote } from './remote';
import { bringTrust } from './trust';

export type Deps = {
	user: string;
	/** Which server this is: part of what people sign. */
	instance: string;
	store: Store;
	remote: Remote;
	rolls: Rolls & { rolls: () => Promise<ReadonlyMap<string, Roll>> };
	now: () => number;
	/** 0 to 1. */
	chance: () => number;
	/** The vault key, or null while locked: then nothing is opened, but everything comes and goes. */
	vault: () => Promise<CryptoKey | null>;
	/** Opens what came in under the vault key. */
	open: (vault: CryptoKey) => Promise<void>;
	/** Signs in again without a person, where the device can. Says whether it did. */
	signInAgain: () => Promise<boolean>;
};

/** Sends until nothing is due. Says whether to rest, or when to come back. */
export async function drain(deps: Pick<Deps, 'store' | 'remote' | 'now' | 'chance'>): Promise<Step> {
	for (;;) {
		const step = nextStep(await deps.store.outbox.toArray(), deps.now());
		if (step.do !== 'send') return step;
		const item = await deps.store.outbox.get(step.id);
		if (item) await settle(deps, item, await send(deps, item));
	}
}

/** Starts the loop; `stop` ends it, `ring` makes it go round now and ends all pauses. */
export function startEngine(deps: Deps): { ring: () => void; stop: () => void } {
	const ended = new AbortController();
	const channel = new BroadcastChannel(`heed-${deps.user}`);
	let rung = true;
	let rouse = (): void => undefined;
	const hear = (): void => {
		rung = true;
		rouse();
	};
	const ring = (): void => {
		channel.postMessage('ring');
		hear();
	};
	channel.onmessage = hear;
	const onShown = (): void => {
		if (document.visibilityState === 'visible') ring();
	};
	ended.signal.addEventListener('abort', () => rouse());
	addEventListener('online', ring, { signal: ended.signal });
	document.addEventListener('visibilitychange', onShown, { signal: ended.signal });

	/** Until the bell, another tab or the time. A ring that came during the round counts: it waits not at all. */
	const pause = (ms: number): Promise<void> =>
		new Promise((resolve) => {
			if (rung) {
				resolve();
				return;
			}
			const timer = setTimeout(resolve, ms);
			rouse = () => {
				clearTimeout(timer);
				resolve();
			};
		});
	const run = async (): Promise<void> => {
		while (!ended.signal.aborted) {
			const woken = rung;
			rung = false;
			// A full disk or a box that does not open must not end the loop: what waits is tried again.
			const wait = await round(deps, woken, hear).catch((error: unknown) => {
				reportError(error);
				return PULL_AGAIN;
			});
			await pause(wait);
		}
	};
	// Another tab may be the runner: what was written here before this one started is its to send.
	channel.postMessage('ring');
	navigator.locks.request(`heed-sync-${deps.user}`, { signal: ended.signal }, run).catch((error: unknown) => {
		if (!ended.signal.aborted) throw error;
	});

	return {
		ring,
		stop: () => {
			ended.abort();
			channel.close();
			deps.remote.close();
		}
	};
}

const PULL_EVERY = 60_000;
const PULL_AGAIN = 15_000;

/** Once round. How long to wait for the next, in ms. */
async function round(deps: Deps, woken: boolean, hear: () => void): Promise<number> {
	if (woken) await deps.store.outbox.toCollection().modify({ notBefore: NOW });
	let trouble = await pullAll(deps.store, deps.remote);
	if (trouble?.reason === 'sign_in' && (await deps.signInAgain()))
		trouble = await pullAll(deps.store, deps.remote);
	if (!trouble) void deps.remote.bell(hear);
	await takeIn(deps);
	const before = await deps.store.outbox.count();
	const step = await drain(deps);
	if ((await deps.store.outbox.count()) < before) {
		await pullAll(deps.store, deps.remote);
		await takeIn(deps);
	}
	const rest = trouble ? PULL_AGAIN : PULL_EVERY;
	return step.do === 'wait' ? Math.min(rest, Math.max(0, step.until - deps.now())) : rest;
}

/** Believes what can be checked, opens what may be read, and lets go of what no longer may. */
async function takeIn({ store, vault, open, user, rolls, remote, instance, now }: Deps): Promise<void> {
	await bringTrust(store, rolls, remote, instance, now(), user);
	await forgetLost(store, user);
	const key = await vault();
	if (key) await open(key);
}

/** Files first, each once; then everything else in one transaction, with the entry as the commit mark. */
async function send({ store, remote }: Pick<Deps, 'store' | 'remote'>, item: OutgoingRow): Promise<Outcome> {
	for (const part of await store.parts.where({ item: item.id }).toArray()) {
		if (part.sent) continue;
		const outcome = await remote.sendPart(part);
		if (outcome.is !== 'accepted') return outcome;
		await store.parts.update(part.id, { sent: 1, bytes: new Uint8Array(0) });
	}
	return remote.sendBatch(item.writes, item.id, item.digest);
}

async function settle(
	{ store, now, chance }: Pick<Deps, 'store' | 'now' | 'chance'>,
	item: OutgoingRow,
	outcome: Outcome
): Promise<void> {
	const after = afterSend(item, outcome, now(), chance());
	await store.transaction('rw', store.outbox, store.parts, async () => {
		if (after) {
			await store.outbox.put(after);
		} else {
			await store.outbox.delete(item.id);
			await store.parts.where({ item: item.id }).delete();
		}
	});
}
