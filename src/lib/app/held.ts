/**
 * The vault's key, held in memory while somebody is at work: by each tab, and by the service worker so that a reload
 * stays open. Not a row, unlike all other facts here: what IndexedDB has once written stays on the disk after it was
 * deleted. A tab that the system has ended is therefore locked, unless another one or the worker still knows the key.
 */
import { hear, isOver, NOTHING, type Held, type Opening, type Word } from '../domain/opening';
import { changed } from '../store/live';

type Said = Word<CryptoKey>;

/** The channel, and the lock that a tab has while it is open. Quick hide (static/hide.js) closes by this name. */
const NAME = 'heed-vault';
/** ms that an answer of the worker, or of another tab, is waited for. */
const PATIENCE = 600;

let held: Held<CryptoKey> = NOTHING;
let asked: Promise<void> | undefined;
let channel: BroadcastChannel | undefined;
/** Ends the wait for an answer; gives the lock back. */
let arrived = (): void => undefined;
let unlock = (): void => undefined;

/** The key of this account's vault, or null: locked. */
export async function vaultOf(account: string): Promise<CryptoKey | null> {
	await (asked ??= ask());
	const { opening } = held;
	if (opening && isOver(opening, Date.now())) tell({ say: 'close', id: opening.id });
	return held.opening?.account === account ? held.opening.key : null;
}

/** All tabs are open from here on, for `idle` ms without an act. */
export function open(account: string, key: CryptoKey, idle: number): void {
	tell({ say: 'open', opening: { id: crypto.randomUUID(), account, key, idle, active: Date.now() } });
}

/** All tabs and the worker forget the key. */
export const close = (): void => tell({ say: 'close', id: null });

/** A person did something at `active` (ms). */
export function touch(active: number): void {
	const { opening } = held;
	if (opening) tell({ say: 'touch', id: opening.id, active, idle: opening.idle });
}

/** Still open, and from now on for `idle` ms without an act. Keeps the worker awake as long as the page is seen. */
export function stay(idle: number): void {
	const { opening } = held;
	if (opening && opening.idle !== idle) tell({ say: 'touch', id: opening.id, active: opening.active, idle });
	if (document.visibilityState === 'visible') share();
}

function tell(word: Said): void {
	listen();
	take(word);
	channel?.postMessage(word);
}

function take(word: Said): void {
	const before = held.opening;
	held = hear(held, word);
	const after = held.opening;
	// Whoever forgets says so: what this tab may have told the worker a moment before is taken back.
	if (word.say === 'close') toWorker({ say: 'close', id: before?.id ?? word.id });
	if (before?.id === after?.id) return;
	unlock();
	if (after) {
		share();
		void navigator.locks.request(NAME, { mode: 'shared' }, () =>
			held.opening?.id === after.id ? new Promise<void>((resolve) => (unlock = resolve)) : undefined
		);
		arrived();
	}
	changed();
}

function share(): void {
	if (held.opening) toWorker({ say: 'open', opening: held.opening });
}

const worker = (): ServiceWorker | null =>
	'serviceWorker' in navigator ? navigator.serviceWorker.controller : null;

const toWorker = (word: Said): void => worker()?.postMessage(word);

function listen(): void {
	if (channel) return;
	channel = new BroadcastChannel(NAME);
	channel.onmessage = ({ data }: MessageEvent<Said>) => {
		if (data.say !== 'ask') take(data);
		else if (held.opening && !isOver(held.opening, Date.now()))
			channel?.postMessage({ say: 'open', opening: held.opening } satisfies Said);
	};
	// A new worker, at the first visit or after an update, knows nothing yet; tabs that reload now will ask it.
	if ('serviceWorker' in navigator) navigator.serviceWorker.addEventListener('controllerchange', share);
}

async function ask(): Promise<void> {
	listen();
	const waiting = worker();
	if (waiting) {
		const { port1, port2 } = new MessageChannel();
		waiting.postMessage({ say: 'ask' } satisfies Said, [port2]);
		const opening = await answer<Opening<CryptoKey> | null>((resolve) => {
			port1.onmessage = ({ data }) => resolve(data as Opening<CryptoKey> | null);
		});
		if (opening) take({ say: 'open', opening });
	}
	// Where no other tab is open, no answer is waited for.
	const { held: locks = [] } = await navigator.locks.query();
	if (held.opening || !locks.some(({ name }) => name === NAME)) return;
	channel?.postMessage({ say: 'ask' } satisfies Said);
	await answer<null>((resolve) => (arrived = () => resolve(null)));
}

const answer = <T>(wait: (resolve: (value: T) => void) => void): Promise<T | undefined> =>
	new Promise((resolve) => {
		setTimeout(() => resolve(undefined), PATIENCE);
		wait(resolve);
	});
