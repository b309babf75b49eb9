/** Devices with tabs, as far as the engine can tell them from real ones. */
import { openStore, type Store } from '../../src/lib/store/person';
import { startEngine, type Engine } from '../../src/lib/sync/engine';
import type { Host, Word } from '../../src/lib/sync/host';
import { connect } from '../../src/lib/sync/remote';
import type { Chance } from './chance';
import { IN_BETWEEN, type Fate, type Kind } from './fate';
import type { Server } from './server';
import type { Time } from './time';

/** What devices live in. */
export type World = {
	time: Time;
	chance: Chance;
	fate: Fate;
	server: Server;
	/** What strikes the tab where it is, other than on the line. */
	strike: (kind: Kind, tab: Tab) => void;
	report: (error: unknown) => void;
};

let databases = 0;

export class Device {
	/** The person's store on this device. */
	database = `faults-${databases++}`;
	readonly tabs: Tab[] = [];
	token = '';
	/** ms that its clock is wrong. */
	skew = 0;
	isFull = false;
	/** Tabs that hold or wait for the lead, in order. */
	readonly queue: { tab: Tab; start: () => void; lose: () => void }[] = [];

	constructor(
		readonly name: string,
		readonly world: World
	) {}

	open(): Tab {
		return new Tab(this);
	}

	get seen(): Tab | undefined {
		return this.tabs.find((tab) => !tab.isFrozen) ?? this.tabs[0];
	}

	/** The browser throws the store away; what is opened next is empty. */
	evict(): void {
		this.killAll();
		this.database = `faults-${databases++}`;
	}

	killAll(): void {
		for (const tab of [...this.tabs]) tab.kill();
	}
}

const forever = (): Promise<never> => new Promise(() => undefined);

export class Tab {
	readonly store: Store;
	readonly engine: Engine;
	isAlive = true;
	isFrozen = false;
	/** Transactions under way, which die with it. */
	readonly open = new Set<IDBTransaction>();
	readonly #ends: (() => void)[] = [];
	readonly #thaws: (() => void)[] = [];

	constructor(readonly device: Device) {
		this.store = openStore(device.database);
		device.tabs.push(this);
		const { world } = device;
		const base = world.server.address(this);
		const remote = connect(base, device.token);
		this.engine = startEngine({
			user: device.name,
			instance: 'instance0000000',
			store: this.store,
			remote: {
				...remote,
				bell: (ring) => {
					this.#listen(ring);
					return Promise.resolve();
				}
			},
			rolls: {
				roll: () => Promise.resolve(undefined),
				keepRoll: () => Promise.resolve(),
				rolls: () => Promise.resolve(new Map())
			},
			host: this.#host(),
			tellRoom: () => undefined,
			signedOut: false,
			vault: () => Promise.resolve(null),
			open: () => Promise.resolve(),
			signInAgain: async () => {
				const token = await world.server.signIn(base, device);
				if (!token) return false;
				device.token = token;
				for (const tab of device.tabs) tab.use(token);
				return true;
			}
		});
		this.use = remote.use;
	}

	use: (token: string) => void;

	/** The server's bell, a moment late, and once for what comes together. */
	#listen(ring: () => void): void {
		const { time, server } = this.device.world;
		let isComing = false;
		const later = (): void => {
			if (isComing) return;
			isComing = true;
			time.after(200, () => {
				isComing = false;
				this.soon(ring);
			});
		};
		server.bells.add(later);
		this.#ends.push(() => void server.bells.delete(later));
	}

	/** Goes away without a word, as when the system ends it. */
	kill(): void {
		if (!this.isAlive) return;
		this.isAlive = false;
		const { device } = this;
		device.tabs.splice(device.tabs.indexOf(this), 1);
		// What had not committed yet may or may not.
		for (const tx of this.open) if (device.world.chance.is(0.5)) abort(tx);
		for (const end of this.#ends.splice(0)) end();
		this.store.close();
		const wasFirst = device.queue[0]?.tab === this;
		for (const entry of device.queue.filter(({ tab }) => tab === this))
			device.queue.splice(device.queue.indexOf(entry), 1);
		if (wasFirst) device.queue[0]?.start();
	}

	/** Calls back when the tab goes away. */
	onEnd(end: () => void): void {
		this.#ends.push(end);
	}

	freeze(): void {
		this.isFrozen = true;
	}

	thaw(): void {
		this.isFrozen = false;
		for (const go of this.#thaws.splice(0)) go();
	}

	/** Goes on here, when the tab is there and awake. */
	soon(go: () => void): void {
		if (!this.isAlive) return;
		if (this.isFrozen) this.#thaws.push(go);
		else go();
	}

	/** Waits as a page waits: not at all when it is gone, and longer when it is frozen. */
	wait(ms: number): Promise<void> {
		if (!this.isAlive) return forever();
		return new Promise((resolve) => {
			this.#ends.push(this.device.world.time.after(ms, () => this.soon(resolve)));
		});
	}

	#host(): Host {
		const { device } = this;
		const { world } = device;
		return {
			now: () => world.time.now + device.skew,
			chance: world.chance.next,
			sleep: (ms, signal) => this.#sleep(ms, signal),
			// A tab that has died asks for nothing.
			lead: (work, ended, steal) => (this.isAlive ? this.#lead(work, ended, steal) : forever()),
			channel: (hear) => {
				const ear = { tab: this, hear };
				ears.add(ear);
				this.#ends.push(() => ears.delete(ear));
				return {
					say: (word: Word) => {
						for (const other of ears) {
							if (other.tab === this || other.tab.device !== device) continue;
							world.time.after(1, () => other.tab.soon(() => other.hear(word)));
						}
					},
					close: () => ears.delete(ear)
				};
			},
			onHope: (hope) => void (this.hope = hope),
			isSeen: () => device.seen === this,
			report: world.report
		};
	}

	hope = (): void => undefined;

	#sleep(ms: number, signal: AbortSignal): Promise<void> {
		const { world } = this.device;
		if (!this.isAlive) return forever();
		const kind = world.fate.at(IN_BETWEEN);
		if (kind) world.strike(kind, this);
		if (signal.aborted) return Promise.resolve();
		return new Promise((resolve) => {
			const done = (): void => {
				take();
				signal.removeEventListener('abort', done);
				this.soon(resolve);
			};
			const take = Number.isFinite(ms) ? world.time.after(ms, done) : (): void => undefined;
			this.#ends.push(take);
			signal.addEventListener('abort', done, { once: true });
		});
	}

	/** As Web Locks: one at a time, in the order of asking; who steals is first, and the one before is told. */
	async #lead(work: (lost: AbortSignal) => Promise<void>, ended: AbortSignal, steal: boolean): Promise<void> {
		const { queue } = this.device;
		const lost = new AbortController();
		const granted = new Promise<boolean>((resolve) => {
			const entry = { tab: this, start: () => resolve(true), lose: () => lost.abort() };
			if (steal) {
				queue.shift()?.lose();
				queue.unshift(entry);
			} else queue.push(entry);
			ended.addEventListener('abort', () => {
				const at = queue.indexOf(entry);
				if (at > 0) queue.splice(at, 1);
				resolve(false);
			});
			if (queue[0] === entry) resolve(true);
		});
		const mine = queue.find(({ tab }) => tab === this);
		if (!(await granted) || !this.isAlive) return this.isAlive ? undefined : forever();
		await Promise.race([
			work(lost.signal),
			new Promise<void>((resolve) => lost.signal.addEventListener('abort', () => resolve()))
		]);
		const at = mine ? queue.indexOf(mine) : -1;
		if (at >= 0) queue.splice(at, 1);
		if (at === 0) queue[0]?.start();
	}
}

/** Tabs that were closed hear no more. */
const ears = new Set<{ tab: Tab; hear: (word: Word) => void }>();

function abort(tx: IDBTransaction): void {
	try {
		tx.abort();
	} catch {
		// It has just committed.
	}
}
