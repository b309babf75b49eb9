/** A founded team and somebody who has much to send, sealed once; servers and devices that start from there as often as one likes. */
import 'fake-indexeddb/auto';
import { randomBytes } from 'node:crypto';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { own } from '../../src/lib/crypto/bytes';
import { keep } from '../../src/lib/crypto/vault';
import { openedContext } from '../../src/lib/domain/opened';
import { Device } from '../../src/lib/store/device';
import { openStore, type Store } from '../../src/lib/store/person';
import { post } from '../../src/lib/store/post';
import { startEngine } from '../../src/lib/sync/engine';
import type { Host } from '../../src/lib/sync/host';
import { pullAll, unopened } from '../../src/lib/sync/inbox';
import { openNew } from '../../src/lib/sync/opening';
import type { Addressee } from '../../src/lib/sync/following';
import { freshId, makeAlert, type NewCase } from '../../src/lib/sync/outgoing';
import { connect, type Remote } from '../../src/lib/sync/remote';
import { bringTrust } from '../../src/lib/sync/trust';
import { ALERT, Town, type Person } from '../hostile/town';
import { EventSource } from '../net/event-source';
import { startServer, type Server } from '../server';

Object.assign(globalThis, { EventSource });

const STORY =
	'Two groups sit at two tables now and do not talk. It began with a joke about a flag, and then somebody took a picture of it. I have known most of them for years and do not know how to begin.';

/** A founded team, and Ana, who reports. */
export class World {
	#stores = 0;
	private constructor(
		readonly instance: string,
		readonly ana: Person,
		readonly addressee: Addressee,
		/** The server's data folder after the founding. */
		readonly snapshot: string
	) {}

	static async found(): Promise<World> {
		const town = await Town.open();
		await town.eszter();
		const ana = await town.comes('Ana');
		const addressee = await ana.addressee();
		if (!addressee) throw new Error('there is nobody to seal to');
		await town.server.kill();
		const snapshot = await mkdtemp(join(tmpdir(), 'heed-bench-'));
		await cp(town.server.dataDir, snapshot, { recursive: true });
		await town.close();
		return new World(town.founding.instance, ana, addressee, snapshot);
	}

	close(): Promise<void> {
		return rm(this.snapshot, { recursive: true, force: true });
	}

	/** So many alerts of Ana's, each with a picture of so many random bytes. */
	async seal(alerts: number, picture: number): Promise<NewCase[]> {
		const made: NewCase[] = [];
		for (let at = 0; at < alerts; at++) {
			const file = freshId();
			const size = { bytes: picture, width: 1600, height: 1200, parts: 1 };
			const alert = { ...ALERT, story: STORY, photos: [{ file, type: 'image/webp' as const, ...size }] };
			const files = new Map([[file, own(randomBytes(picture))]]);
			made.push(await makeAlert(alert, this.addressee, this.ana.author, files, Date.now() + at));
		}
		return made;
	}

	/** A server as it was after the founding, with as many interpreters as in use. */
	async server(): Promise<Server> {
		const dataDir = await mkdtemp(join(tmpdir(), 'heed-data-'));
		await cp(this.snapshot, dataDir, { recursive: true });
		return startServer({ dataDir, hooksPool: 15 });
	}

	/** A connection of Ana's that is signed in, and its token. */
	async signIn({ url }: Server): Promise<{ remote: Remote; token: string }> {
		const remote = connect(url);
		const answer = await remote.signIn(this.ana.account.login, this.ana.account.auth);
		if (!answer.ok) throw new Error(`Ana could not sign in: ${answer.error.kind}`);
		return { remote, token: answer.value.token };
	}

	/** Ana's device, signed in, with nothing to send. */
	async device(server: Server): Promise<Sender> {
		const { ana, instance } = this;
		const { remote, token } = await this.signIn(server);
		const name = `bench${this.#stores++}`;
		const [store, device] = [openStore(name), new Device(`${name}-device`)];
		await pullAll(store, remote);
		await bringTrust(store, device, remote, instance, Date.now(), ana.id);
		return new Sender(this, store, device, token);
	}
}

export class Sender {
	constructor(
		readonly world: World,
		readonly store: Store,
		readonly device: Device,
		readonly token: string
	) {}

	/** Starts the app's engine; resolves when it has reached the server and the bell would ring. */
	async start(address: string, chance: () => number): Promise<Running> {
		const { world, store, device, token } = this;
		const { ana, instance } = world;
		const remote = connect(address, token);
		let ready = (): void => undefined;
		const isReady = new Promise<void>((resolve) => (ready = resolve));
		const engine = startEngine({
			user: ana.id,
			instance,
			store,
			remote: {
				...remote,
				bell: async (ring) => {
					await remote.bell(ring);
					ready();
				}
			},
			rolls: device,
			host: inNode(chance),
			vault: () => Promise.resolve(ana.vault),
			open: async (vault) => {
				if ((await unopened(store)).length > 0) await openNew(store, vault, ana.id, await device.rolls());
			},
			tellRoom: () => undefined,
			signedOut: false,
			signInAgain: () => Promise.resolve(false)
		});
		await isReady;
		return {
			sendAll: async () => {
				const empty = new Promise<void>((resolve, reject) => {
					store.outbox.hook('deleting', (_key, _item, transaction) => {
						transaction.on('complete', () => void store.outbox.count().then((left) => left || resolve()));
					});
					store.outbox.hook('updating', (change) => {
						if ('status' in change) reject(new Error('the server refused what it should take'));
					});
				});
				engine.wake('written');
				await empty;
			},
			stop: engine.stop
		};
	}

	/** All of it at once: an engine that looks meanwhile sees none of it. */
	async write(load: readonly NewCase[]): Promise<void> {
		const { store, world } = this;
		const boxes = await Promise.all(
			load.map(({ parcel: { item }, header, alert }) =>
				keep(world.ana.vault, { content: alert, header }, openedContext(item.id))
			)
		);
		await store.transaction('rw', store.tables, async () => {
			for (const [at, { parcel, local }] of load.entries()) {
				const { id, case: kase } = parcel.item;
				const box = boxes[at] as Uint8Array<ArrayBuffer>;
				await post(store, parcel, local, { opened: [{ id, case: kase, box }] });
			}
		});
	}

	async close(): Promise<void> {
		// A pull that was on its way may still write.
		await sleep(100);
		await this.store.delete();
	}
}

export type Running = {
	/** Wakes it for what is in the outbox; resolves when all of that is sent. */
	sendAll: () => Promise<void>;
	stop: () => void;
};

/** One tab, with nobody before it. */
const inNode = (chance: () => number): Host => ({
	now: Date.now,
	chance,
	sleep: (ms, signal) => sleep(Math.min(ms, 2 ** 31 - 1), undefined, { signal }).catch(() => undefined),
	lead: (work) => work(new AbortController().signal),
	channel: () => ({ say: () => undefined, close: () => undefined }),
	onHope: () => undefined,
	isSeen: () => true,
	report: (error) => console.error(error)
});
