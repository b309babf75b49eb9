/** One schedule: people write on four devices while things go wrong, then it calms down, and nothing may be missing. */
import { Dexie } from 'dexie';
import { dependencies, NOW, tryAgain, type Outgoing } from '../../src/lib/domain/outbox';
import { COLLECTIONS } from '../../src/lib/domain/records';
import type { Parcel, PartRow } from '../../src/lib/store/person';
import { post } from '../../src/lib/store/post';
import { Chance } from './chance';
import { Device, type Tab, type World } from './device';
import { Fate, ON_THE_DEVICE, type Fault, type Kind } from './fate';
import { modelled } from './line';
import type { Server } from './server';
import { Time, watch } from './time';

export type Plan = { devices: number; things: number };
export const USUAL: Plan = { devices: 4, things: 5 };

/** Each count is of things that somebody wrote; `points` are those at which something could have gone wrong. */
export type Verdict = {
	lost: number;
	duplicated: number;
	diverged: number;
	/** Written and not yet sent when a browser threw its store away: gone, and said so. */
	evicted: number;
	points: number;
	struck: readonly Fault[];
	/** What was found, in words. */
	because: string[];
};

/** What somebody wrote: an alert, or a message in a case that the device knows. */
type Thing = {
	draft: string;
	device: Device;
	parts: number;
	isAlert: boolean;
	saved: boolean;
	epoch: number;
	done: boolean;
};

const MINUTE = 60_000;
const YEARS = 10 * 365 * 24 * 60 * MINUTE;

export type MakeServer = (time: Time, chance: Chance) => Server;

export async function runSchedule(
	seed: number,
	fate: Fate,
	plan: Plan = USUAL,
	make: MakeServer = modelled
): Promise<Verdict> {
	return new Schedule(seed, fate, plan, make).run();
}

class Schedule {
	readonly #chance: Chance;
	readonly #time = new Time();
	readonly #server: Server;
	readonly #devices: Device[];
	readonly #epochs = new Map<Device, number>();
	readonly #things: Thing[] = [];
	readonly #because: string[] = [];

	constructor(
		seed: number,
		readonly fate: Fate,
		readonly plan: Plan,
		make: MakeServer
	) {
		this.#chance = new Chance(seed ^ 0x5eed);
		this.#server = make(this.#time, this.#chance);
		const world: World = {
			time: this.#time,
			chance: this.#chance,
			fate,
			server: this.#server,
			strike: (kind, tab) => this.#strike(kind, tab),
			report: (error) => this.#hear(error)
		};
		this.#devices = Array.from({ length: plan.devices }, (_, at) => new Device(`d${at}`, world));
	}

	async run(): Promise<Verdict> {
		Dexie.dependencies.indexedDB = new IDBFactory();
		watch.begin = (db, tx) => this.#begin(db, tx);
		watch.write = (db) => {
			if (this.#tabOf(db)?.device.isFull) throw new DOMException('There is no room.', 'QuotaExceededError');
		};
		for (const device of this.#devices) {
			device.token = (await this.#server.signIn('', device)) ?? '';
		}
		for (const device of this.#devices) {
			for (let tabs = 0; tabs < 2; tabs++) device.open();
			void this.#live(device);
		}
		for (let nth = 0; nth < this.plan.things; nth++) {
			this.#time.after(
				this.#chance.below(3 * MINUTE),
				() => void this.#write(this.#chance.pick(this.#devices))
			);
		}
		await this.#time.run(this.#time.now + MINUTE);
		await this.#calmDown();
		const verdict = await this.#judge();
		for (const device of this.#devices) device.killAll();
		await this.#server.close();
		return verdict;
	}

	#tabOf(db: IDBDatabase): Tab | undefined {
		return this.#devices.flatMap(({ tabs }) => tabs).find(({ store }) => store.backendDB() === db);
	}

	#begin(db: IDBDatabase, tx: IDBTransaction): void {
		const tab = this.#tabOf(db);
		if (!tab) return;
		tab.open.add(tx);
		tx.addEventListener('complete', () => tab.open.delete(tx));
		tx.addEventListener('abort', () => tab.open.delete(tx));
		const kind = this.fate.at(ON_THE_DEVICE);
		if (kind) this.#strike(kind, tab);
	}

	#strike(kind: Kind, tab: Tab): void {
		const { device } = tab;
		const later = (ms: number, then: () => void): void => void this.#time.after(ms, then);
		switch (kind) {
			case 'tab_killed':
				tab.kill();
				break;
			case 'browser_killed':
				device.killAll();
				break;
			case 'storage_full':
				device.isFull = true;
				later(this.#chance.below(MINUTE), () => (device.isFull = false));
				break;
			case 'storage_evicted':
				device.killAll();
				device.evict();
				this.#epochs.set(device, (this.#epochs.get(device) ?? 0) + 1);
				break;
			case 'clock_jump':
				device.skew = this.#chance.pick([-YEARS, YEARS, 0, -MINUTE]);
				break;
			case 'tab_frozen':
				tab.freeze();
				later(this.#chance.below(5 * MINUTE), () => tab.thaw());
				break;
			case 'server_killed':
				this.#server.kill(500 + this.#chance.below(20_000));
				break;
			case 'deploy':
				this.#server.kill(500 + this.#chance.below(20_000));
				this.#server.deploy();
				this.#reload();
				break;
			default:
				throw new Error(`nobody plays ${kind}`);
		}
	}

	/** Every open app loads the new shell. */
	#reload(): void {
		for (const device of this.#devices) {
			const count = device.tabs.length;
			for (const tab of [...device.tabs]) tab.kill();
			for (let tabs = 0; tabs < count; tabs++) this.#time.after(200, () => device.open());
		}
	}

	/** Somebody uses the device: opens it again, looks at it, closes a tab. */
	async #live(device: Device): Promise<void> {
		while (!this.fate.isCalm) {
			await this.#pass(1_000 + this.#chance.below(20_000));
			if (device.tabs.length === 0) device.open();
			else if (device.tabs.length < 2 && this.#chance.is(0.3)) device.open();
			else if (this.#chance.is(0.2)) this.#chance.pick(device.tabs).hope();
		}
	}

	#pass = (ms: number): Promise<void> => new Promise((resolve) => this.#time.after(ms, resolve));

	/** Types, and sends; again after whatever went wrong, as long as the words are not gone from the screen. */
	async #write(device: Device): Promise<void> {
		const isAlert = this.#chance.is(0.6);
		const thing: Thing = {
			draft: this.#chance.id(),
			device,
			parts: isAlert ? this.#chance.below(4) : 0,
			isAlert,
			saved: false,
			epoch: 0,
			done: false
		};
		this.#things.push(thing);
		for (;;) {
			// Sometimes the same draft is open twice, and sent from both at once.
			const tabs = this.#chance.is(0.3) ? device.tabs : [device.seen ?? device.open()];
			await Promise.all(
				tabs.map((tab) => this.#tryToSend(thing, tab).catch((error: unknown) => this.#hear(error)))
			);
			if (isDone(thing)) return;
			await this.#pass(1_000 + this.#chance.below(5_000));
		}
	}

	async #tryToSend(thing: Thing, tab: Tab): Promise<void> {
		const { store, engine } = tab;
		const { draft: id, device } = thing;
		const epoch = this.#epochs.get(device) ?? 0;
		if (!thing.saved) {
			const row = { id, updated: 0, dropped: 0, version: 1, box: new Uint8Array(8), by: 'vault' as const };
			await store.drafts.put(row);
			Object.assign(thing, { saved: true, epoch });
		}
		if (!(await store.drafts.get(id))) {
			thing.done = true;
			return;
		}
		const made = await this.#make(thing, tab);
		thing.parts = made.parcel.parts.length;
		await post(store, made.parcel, made.local, {}, { id, version: 1 });
		thing.done = true;
		engine.wake('written');
	}

	/** A parcel as `makeAlert` and `makeStatement` make them, with nothing inside but the draft's id. */
	async #make({ draft, device, parts: count, isAlert }: Thing, { store }: Tab) {
		const [key] = isAlert ? [] : await store.keys.filter(({ name }) => name === 'reporter').toArray();
		const into = key ? { case: key.case, key: key.id } : null;
		const { writes, entry, local } = this.#server.make(device, draft, into);
		const { id, case: kase, digest, author } = entry;
		const file = this.#chance.id();
		const parts: PartRow[] = Array.from({ length: into ? 0 : count }, (_, index) => ({
			...{ id: this.#chance.id(), item: id, bytes: new Uint8Array(sizeOf(index)) },
			fields: { key: entry.key, entry: id, owner: author, file, index, count, digest }
		}));
		const item: Outgoing = {
			...{ id, case: kase, created: this.#time.now + device.skew, attempts: 0, notBefore: NOW },
			...{ reason: '', status: 'waiting', ...dependencies(writes), filed: false },
			...{ left: parts.map((part) => part.id), parts: parts.length }
		};
		const parcel: Parcel = { item, batch: { id, writes, digest }, parts };
		return { parcel, local: { ...local, entries: [entry] } };
	}

	/** Nothing goes wrong any more, and people look at what was refused. */
	async #calmDown(): Promise<void> {
		this.fate.isCalm = true;
		for (const device of this.#devices) {
			device.isFull = false;
			for (const tab of device.tabs) tab.thaw();
		}
		let unrest = '';
		for (let round = 0; round < 1000; round++) {
			for (const device of this.#devices) {
				const tab = device.seen ?? device.open();
				const refused = await tab.store.outbox.filter(({ status }) => status === 'refused').toArray();
				for (const item of refused) await tab.store.outbox.put(tryAgain(item));
				if (refused.length > 0) tab.engine.wake('asked');
			}
			await this.#time.run(this.#time.now + MINUTE / 4);
			unrest = await this.#unrest();
			if (!unrest) return;
		}
		this.#found(`it does not come to rest: ${unrest}`);
	}

	/** Who still has something to do, in words. */
	async #unrest(): Promise<string> {
		const thing = this.#things.find(({ done }) => !done);
		if (thing) return `${thing.draft} of ${thing.device.name} is not sent`;
		for (const device of this.#devices) {
			const { store } = device.seen ?? device.open();
			const waiting = await store.outbox.count();
			if (waiting > 0) return `${waiting} wait on ${device.name}`;
			const cursor = (await store.state.get('cursor'))?.value ?? 0;
			const { rev } = await this.#server.shows(device);
			if (cursor !== rev) return `${device.name} is at ${cursor} of ${rev}`;
		}
		return '';
	}

	async #judge(): Promise<Verdict> {
		const filed = await this.#server.filed();
		let [lost, duplicated, evicted, diverged] = [0, 0, 0, 0];
		for (const { draft, device, parts, saved, epoch, done } of this.#things) {
			const entries = filed.get(draft) ?? [];
			const there = entries[0] ? await this.#server.partsOf(entries[0]) : new Map<number, number>();
			const isWhole = there.size === parts && [...there].every(([index, size]) => size === sizeOf(index));
			const isEvicted = saved && epoch !== (this.#epochs.get(device) ?? 0);
			if (entries.length > 1) duplicated += this.#found(`${draft} was filed ${entries.length} times`);
			if (entries.length > 0 && isWhole && done) continue;
			if (isEvicted) evicted++;
			else
				lost += this.#found(
					`${draft} of ${device.name} is not there: ${entries.length} entries, ${there.size} of ${parts} parts, ${done ? 'sent' : 'not sent'}`
				);
		}
		for (const device of this.#devices) diverged += await this.#differs(device);
		const { points, struck } = this.fate;
		return { lost, duplicated, diverged, evicted, points, struck, because: this.#because };
	}

	/** What a device has is what the server shows its person, and nothing waits. */
	async #differs(device: Device): Promise<number> {
		const { store } = device.seen ?? device.open();
		const shown = await this.#server.shows(device);
		for (const name of Object.keys(shown.rows).filter((one) => Object.hasOwn(COLLECTIONS, one))) {
			const here = (await store.table<{ id: string; rev: number }>(name).toArray()).map(
				({ id, rev }) => `${id}@${rev}`
			);
			const there = [...(shown.rows[name] ?? [])];
			if (here.sort().join() !== there.sort().join())
				return this.#found(`${device.name} has other ${name}: ${here.length} for ${there.length}`);
		}
		for (const name of ['outbox', 'batches', 'parts', 'drafts']) {
			const left = await store.table(name).count();
			if (left > 0) return this.#found(`${device.name} keeps ${left} ${name}`);
		}
		return 0;
	}

	#found(what: string): 1 {
		this.#because.push(what);
		return 1;
	}

	/** What a device reports is part of the game, unless it is a bug. */
	#hear(error: unknown): void {
		const name = error instanceof Error ? error.name : String(error);
		if (!EXPECTED.test(name))
			this.#because.push(`an error: ${error instanceof Error ? (error.stack ?? name) : name}`);
	}
}

/** A full disk, a store that was closed or thrown away, and a transaction that died with its tab. */
const EXPECTED =
	/Quota|DatabaseClosed|Abort|InvalidState|OpenFailed|TransactionInactive|PrematureCommit|BulkError|Version/;

const isDone = ({ done }: Thing): boolean => done;

/** Each part of a file is of another length, so that none stands for another. */
const sizeOf = (index: number): number => 50 + index;
