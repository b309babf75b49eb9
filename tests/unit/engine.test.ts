/** The engine against a model of the server: a simulation, so that what was never sent can be seen too. */
import 'fake-indexeddb/auto';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import type { Pair } from '../../src/lib/crypto/age';
import { openEntry, openPart } from '../../src/lib/crypto/envelope';
import { own, fromBase64 } from '../../src/lib/crypto/bytes';
import { keep, newDeviceKey, recall } from '../../src/lib/crypto/vault';
import type { Alert } from '../../src/lib/domain/alert';
import type { Content } from '../../src/lib/domain/content';
import { OPEN, type Outcome, type Outgoing, type Write } from '../../src/lib/domain/outbox';
import { PART_BYTES } from '../../src/lib/domain/parts';
import {
	Case,
	Entry,
	Key,
	type Collection,
	type Grant,
	type Membership,
	type Person,
	type Team,
	type Pull,
	type Row
} from '../../src/lib/domain/records';
import { ok, type Result } from '../../src/lib/domain/result';
import { openStore, settle, type Parcel, type PartRow, type Store } from '../../src/lib/store/person';
import { post } from '../../src/lib/store/post';
import { cursor, receive } from '../../src/lib/store/pulled';
import { drain, startEngine } from '../../src/lib/sync/engine';
import type { Word } from '../../src/lib/sync/host';
import { adopt, pullAll } from '../../src/lib/sync/inbox';
import { openNew } from '../../src/lib/sync/opening';
import { freshId, grantTo, makeAlert, makeStatement } from '../../src/lib/sync/outgoing';
import type { Remote, Unreachable } from '../../src/lib/sync/remote';
import { pinPersons } from '../../src/lib/sync/pins';
import { Chain, idOf, INSTANCE, NOON, someone, TEAM, type Someone } from './people';

// Post-quantum keys and Argon2id cost seconds on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const TIME = '2026-11-18 12:00:00.000Z';
const ACCEPTED: Outcome = { is: 'accepted' };
const REFUSED: Outcome = { is: 'refused' };
const OFFLINE: Outcome = { is: 'unreachable', reason: 'network' };

let stores = 0;
const newStore = (): Store => openStore(`test${stores++}`);

const partsOf = (of: string, count: number): PartRow[] =>
	Array.from({ length: count }, (_, index) => part(of, index));
const part = (of: string, index: number): PartRow => ({
	id: `${of}-part${index}`,
	item: of,
	bytes: Uint8Array.from([index, 1, 2, 3]),
	fields: { digest: `digest-of-part${index}` }
});
const item = (id: string, more: Partial<Outgoing> = {}): Outgoing => ({
	id,
	case: `case-of-${id}`,
	created: NOON,
	attempts: 0,
	notBefore: 0,
	reason: '',
	status: 'waiting',
	makes: [],
	needs: [],
	filed: false,
	left: partsOf(id, more.parts ?? 0).map((one) => one.id),
	parts: 0,
	...more
});
const parcel = (id: string, more: Partial<Outgoing> = {}): Parcel => ({
	item: item(id, more),
	batch: {
		id,
		writes: [{ collection: 'entries', id, verb: 'create', body: {} }],
		digest: `digest-of-${id}`
	},
	parts: partsOf(id, more.parts ?? 0)
});
const put = (store: Store, ...parcels: Parcel[]) =>
	store.transaction('rw', store.outbox, store.batches, store.parts, async () => {
		await store.outbox.bulkAdd(parcels.map((one) => one.item));
		await store.batches.bulkAdd(parcels.map(({ batch }) => batch));
		await store.parts.bulkAdd(parcels.flatMap(({ parts }) => parts));
	});

class Death extends Error {}

/** Takes parts and batches, and a repeat of what it has; `answer` may have something come in between. */
class Server {
	readonly calls: string[] = [];
	readonly parts = new Map<string, { bytes: readonly number[]; entryThen: boolean }>();
	/** How often each was accepted. */
	readonly entries = new Map<string, number>();
	constructor(readonly answer: (call: string) => Outcome | 'die before' | 'die after' = () => ACCEPTED) {}

	sendPart = ({ id, item: entry, bytes }: PartRow): Promise<Outcome> =>
		this.#take(id, () => this.parts.set(id, { bytes: [...bytes], entryThen: this.entries.has(entry) }));

	sendBatch = (_: readonly Write[], entry: string): Promise<Outcome> =>
		this.#take(entry, () => this.entries.set(entry, (this.entries.get(entry) ?? 0) + 1));

	sendTogether = (writes: readonly Write[]): Promise<Outcome> =>
		this.#take(writes.map(({ id }) => id).join('+'), () => {
			for (const { id } of writes) this.entries.set(id, (this.entries.get(id) ?? 0) + 1);
		});

	async #take(call: string, write: () => void): Promise<Outcome> {
		this.calls.push(call);
		const answer = this.answer(call);
		await Promise.resolve();
		if (answer === 'die before') throw new Death();
		if (answer === 'die after' || answer.is === 'accepted') write();
		if (answer === 'die after') throw new Death();
		return answer;
	}
}

const asRemote = (server: Pick<Remote, 'sendPart' | 'sendBatch' | 'sendTogether'>): Remote =>
	server as Remote;
const run = (store: Store, server: Server, now = NOON, line = { is: OPEN }) =>
	drain({
		store,
		remote: asRemote(server),
		host: { now: () => now, chance: () => 0.5, sleep: () => new Promise(() => undefined) },
		line
	});
/** Goes on through all pauses. */
async function finish(store: Store, server: Server): Promise<void> {
	const line = { is: OPEN };
	for (let now = NOON; ;) {
		const step = await run(store, server, now, line);
		if (step.do !== 'wait') return;
		now = step.until;
	}
}

describe('sending', () => {
	test('the batch goes first, then the parts, and nothing of it stays', async () => {
		const store = newStore();
		await put(store, parcel('a', { parts: 2 }));
		const server = new Server();

		expect(await run(store, server)).toEqual({ do: 'rest' });
		expect(server.calls).toEqual(['a', 'a-part0', 'a-part1']);
		expect(server.parts.get('a-part1')).toEqual({ bytes: [1, 1, 2, 3], entryThen: true });
		expect(await contents(store)).toEqual({});
	});

	test('all texts go before any picture, the oldest first', async () => {
		const store = newStore();
		await put(store, ...[3, 1, 2].map((created) => parcel(`i${created}`, { created, parts: 1 })));
		const server = new Server();
		await run(store, server);
		expect(server.calls).toEqual(['i1', 'i2', 'i3', 'i1-part0', 'i2-part0', 'i3-part0']);
	});

	test('what finds no network stays as it was, with the reason, and its pictures are not tried before it', async () => {
		const store = newStore();
		await put(store, parcel('a', { parts: 2 }));
		const server = new Server(() => OFFLINE);

		expect(await run(store, server)).toEqual({ do: 'wait', until: NOON + 150 });
		expect(server.calls).toEqual(['a']);
		expect(await store.outbox.get('a')).toEqual(item('a', { parts: 2, attempts: 1, reason: 'network' }));
		expect(await store.parts.toArray()).toEqual(partsOf('a', 2));
		expect(await store.batches.count()).toBe(1);
	});

	test('after a break only what is missing goes', async () => {
		const store = newStore();
		await put(store, parcel('a', { parts: 2 }));
		let online = false;
		const server = new Server((call) => (call !== 'a-part1' || online ? ACCEPTED : OFFLINE));
		const line = { is: OPEN };
		const step = await run(store, server, NOON, line);
		expect(step).toMatchObject({ do: 'wait' });
		expect(await contents(store)).toEqual({
			outbox: [item('a', { parts: 2, filed: true, left: ['a-part1'], attempts: 1, reason: 'network' })],
			parts: [part('a', 1)]
		});
		online = true;
		server.calls.length = 0;
		expect(await run(store, server, NOON + 60_000, line)).toEqual({ do: 'rest' });
		expect(server.calls).toEqual(['a-part1']);
	});

	test('what is refused stays, whole, for a person to look at, and the others go', async () => {
		const store = newStore();
		await put(store, parcel('a', { created: 1, parts: 1 }), parcel('b', { created: 2 }));
		const server = new Server((call) => (call.startsWith('a') ? REFUSED : ACCEPTED));

		expect(await run(store, server)).toEqual({ do: 'rest' });
		expect(server.calls).toEqual(['a', 'b']);
		const refused = { created: 1, parts: 1, status: 'refused', reason: 'refused' } as const;
		expect(await contents(store)).toEqual({
			outbox: [item('a', refused)],
			batches: [parcel('a').batch],
			parts: [part('a', 0)]
		});

		await run(store, server, NOON + 86_400_000);
		expect(server.calls).toEqual(['a', 'b']);
	});

	test('one that the server cannot manage keeps nobody else waiting', async () => {
		const store = newStore();
		await put(store, parcel('a', { created: 1 }), parcel('b', { created: 2 }));
		const trouble: Outcome = { is: 'unreachable', reason: 'server' };
		const server = new Server((call) => (call === 'a' ? trouble : ACCEPTED));
		const line = { is: OPEN };
		expect(await run(store, server, NOON, line)).toEqual({ do: 'wait', until: NOON + 150 });
		await run(store, server, NOON + 150, line);
		expect((await store.outbox.toArray()).map(({ id }) => id)).toEqual(['a']);
		expect([...server.entries.keys()]).toEqual(['b']);
	});

	test('the answer that got lost on its way is asked for again, and filed once', async () => {
		const store = newStore();
		await put(store, parcel('a'));
		let first = true;
		const server = new Server(() => {
			if (!first) return ACCEPTED;
			first = false;
			return 'die after';
		});
		await expect(run(store, server)).rejects.toThrow(Death);
		expect(await store.outbox.get('a')).toEqual(item('a'));

		expect(await run(store, server)).toEqual({ do: 'rest' });
		expect([...server.entries.keys()]).toEqual(['a']);
		expect(await store.outbox.count()).toBe(0);
	});

	test('what another tab has settled meanwhile is not put back', async () => {
		const store = newStore();
		await put(store, parcel('a'));
		const server = new Server(() => OFFLINE);
		const take = server.sendBatch;
		server.sendBatch = async (writes, entry) => {
			const answer = await take(writes, entry);
			await settle(store, ['a'], null, () => null);
			return answer;
		};
		expect(await run(store, server)).toEqual({ do: 'rest' });
		expect(await contents(store)).toEqual({});
	});

	const five = ['a', 'b', 'c', 'd', 'e'];

	test('many texts go in one request, all or none', async () => {
		const store = newStore();
		await put(store, ...five.map((id, created) => parcel(id, { created })));
		let online = false;
		const server = new Server(() => (online ? ACCEPTED : OFFLINE));
		await run(store, server);
		expect(await store.outbox.toArray()).toEqual(
			five.map((id, created) => item(id, { created, attempts: 1, reason: 'network' }))
		);
		online = true;
		await finish(store, server);
		expect(server.calls.sort()).toEqual(['a+b', 'a+b+c+d+e', 'c', 'd', 'e']);
		expect([...server.entries.values()]).toEqual([1, 1, 1, 1, 1]);
		expect(await contents(store)).toEqual({});
	});

	test('of many that are refused together, each is asked for by itself', async () => {
		const store = newStore();
		await put(store, ...five.map((id, created) => parcel(id, { created })));
		const server = new Server((call) => (call.includes('c') ? REFUSED : ACCEPTED));
		expect(await run(store, server)).toEqual({ do: 'rest' });
		expect(server.calls).toEqual(['a+b+c+d+e', ...five]);
		expect(await store.outbox.toArray()).toEqual([
			item('c', { created: 2, status: 'refused', reason: 'refused' })
		]);
	});

	test('more than the server takes at once is not even tried in one request', async () => {
		const store = newStore();
		const writes = Array.from({ length: 11 }, (): Write => ({
			...{ collection: 'grants', id: 'x', verb: 'create', body: {} }
		}));
		await put(
			store,
			...five.map((id, created) => {
				const one = parcel(id, { created });
				return { ...one, batch: { ...one.batch, writes } };
			})
		);
		const server = new Server();
		await run(store, server);
		expect(server.calls).toEqual(five);
	});

	test('what a pull has brought back is not sent again', async () => {
		const store = newStore();
		await put(store, parcel('a', { parts: 1 }), parcel('b'), parcel('c'));
		const entry = { rev: 7, digest: 'digest-of-a' } as Entry;
		await store.entries.bulkAdd([
			{ ...entry, id: 'a' },
			// Not yet there, and something else.
			{ ...entry, id: 'b', rev: 0, digest: 'digest-of-b' },
			{ ...entry, id: 'c', digest: 'another' }
		]);
		await store.blobs.add({ id: 'a-part0', rev: 8, digest: 'digest-of-part0' } as Row<'blobs'>);
		const server = new Server();
		expect(await run(store, server)).toEqual({ do: 'rest' });
		expect(server.calls).toEqual(['b', 'c']);
		expect(await store.outbox.count()).toBe(0);
	});

	test('what is said in a case that is not there yet waits for its alert', async () => {
		const store = newStore();
		await put(
			store,
			parcel('alert', { case: 'c', created: 2, parts: 1, makes: ['c'] }),
			parcel('message', { case: 'c', created: 1, needs: ['c'] })
		);
		let online = false;
		const server: Server = new Server((call) => {
			if (call === 'message') return server.entries.has('alert') ? ACCEPTED : REFUSED;
			return online ? ACCEPTED : OFFLINE;
		});
		await run(store, server);
		online = true;
		await finish(store, server);
		expect([...server.entries.keys()]).toEqual(['alert', 'message']);
	});
});

describe('leading', () => {
	test('a tab that was robbed of the lead passes on what there is to do, though its last round is not over', () => {
		const said: Word[] = [];
		const lost = new AbortController();
		const never = (): Promise<never> => new Promise(() => undefined);
		const engine = startEngine({
			user: 'u',
			instance: INSTANCE,
			store: newStore(),
			remote: { pull: never } as unknown as Remote,
			rolls: { roll: never, keepRoll: never, rolls: never },
			host: {
				now: () => NOON,
				chance: () => 0.5,
				sleep: never,
				lead: (work) => (lost.signal.aborted ? never() : work(lost.signal)),
				channel: () => ({ say: (word) => said.push(word), close: () => undefined }),
				onHope: () => undefined,
				isSeen: () => true,
				report: () => undefined
			},
			tellRoom: () => undefined,
			signedOut: false,
			vault: never,
			open: never,
			signInAgain: never
		});
		said.splice(0);
		engine.wake('written');
		expect(said).toEqual([]);
		lost.abort();
		engine.wake('written');
		expect(said).toEqual([{ wake: 'written' }]);
	});
});

describe('posting', () => {
	const id = 'entry0000000000';
	const box = new Uint8Array(20);
	const row: Entry = {
		id,
		rev: 0,
		case: 'case00000000000',
		key: 'key000000000000',
		kind: 'alert',
		author: 'ana000000000000',
		sealed: 'AAAA',
		digest: '0'.repeat(64),
		created: TIME
	};
	const draft = { id: 'draft0000000000', updated: 1, dropped: 0, version: 0, box, by: 'vault' } as const;
	const picture = { file: 'file00000000000', draft: draft.id, type: 'image/webp', box, by: 'vault' } as const;
	const postIt = (store: Store, as = id) =>
		post(
			store,
			parcel(as, { parts: 1 }),
			{ entries: [row] },
			{
				opened: [{ id, case: row.case, box }],
				identities: [{ id: row.key, box }],
				files: [{ id: picture.file, box }]
			},
			draft
		);

	test('turns a draft into what is sent, shown and kept, at once', async () => {
		const store = newStore();
		await store.drafts.add(draft);
		await store.pictures.add(picture);
		await postIt(store);
		expect(await contents(store)).toEqual({
			outbox: [item(id, { parts: 1 })],
			batches: [parcel(id).batch],
			parts: [part(id, 0)],
			entries: [row],
			opened: [{ id, case: row.case, box }],
			identities: [{ id: row.key, box }],
			files: [{ id: picture.file, box }],
			sent: [{ id: draft.id, case: item(id).case }]
		});
	});

	test.for(['outbox', 'batches', 'parts', 'entries', 'opened', 'identities', 'files'] as const)(
		'leaves the draft and everything else as it was when %s cannot be written',
		async (table) => {
			const store = newStore();
			await store.drafts.add(draft);
			await store.pictures.add(picture);
			const before = await contents(store);
			failAt(store, table);
			await expect(postIt(store)).rejects.toThrow('the disk is full');
			expect(await contents(store)).toEqual(before);
		}
	);

	test('leaves it all as it was when the draft cannot be taken away', async () => {
		const store = newStore();
		await store.drafts.add(draft);
		const before = await contents(store);
		store.drafts.hook('deleting', () => {
			throw new Error('the disk is full');
		});
		await expect(postIt(store)).rejects.toThrow('the disk is full');
		expect(await contents(store)).toEqual(before);
	});

	test('never posts the same twice', async () => {
		const store = newStore();
		await store.drafts.add(draft);
		expect(await postIt(store)).toBe('posted');
		const before = await contents(store);
		expect(await postIt(store, 'entry0000000009')).toEqual({ sent: item(id).case });
		expect(await contents(store)).toEqual(before);
	});

	test('posts no words that have been written over', async () => {
		const store = newStore();
		await store.drafts.add({ ...draft, version: 1 });
		const before = await contents(store);
		expect(await postIt(store)).toBe('changed');
		expect(await contents(store)).toEqual(before);
	});
});

const area = (id: number, rev: number) => ({
	id: `area${String(id).padStart(11, '0')}`,
	rev,
	name: `Area ${id}`,
	country: 'PL',
	parent: ''
});
const membership = (id: number, rev: number): Membership => ({
	id: `member${String(id).padStart(9, '0')}`,
	rev,
	team: 'team00000000000',
	user: 'cora00000000000',
	agency: '',
	role: 'expert',
	until: '',
	ended: ''
});
const someGrant = (id: number, rev: number): Grant => ({
	id: `grant${String(id).padStart(10, '0')}`,
	rev,
	key: 'key000000000000',
	user: 'cora00000000000',
	via: '',
	sealed: 'AAAA',
	digest: '0'.repeat(64),
	giver: 'eszter000000000',
	proof: `${'A'.repeat(86)}==`,
	ended: ''
});

const someKey: Key = {
	...{ id: 'key000000000000', rev: 0, team: 'team00000000000', case: 'case00000000000', name: 'reporter' },
	...{
		before: '',
		recipient: 'age1pq1qqq',
		maker: 'cora00000000000',
		proof: `${'A'.repeat(86)}==`,
		ended: ''
	}
};
const someEntry = (id: number, rev: number): Entry => ({
	...{ id: `entry${String(id).padStart(10, '0')}`, rev, case: 'case00000000000', key: 'key000000000000' },
	...{ kind: 'message', author: 'dorin0000000000', sealed: 'AAAA', digest: '0'.repeat(64), created: TIME }
});

type Page = Result<Pull, Unreachable>;
const page = (upto: number, rows: Pull['rows'], more = false): Page => ok({ upto, more, rows });
const offline: Page = { ok: false, error: { kind: 'unreachable', reason: 'network' } };

/** Answers by what is asked; keeps what was asked. A pull that goes round and round is an error. */
function pages(answer: (since: number, nth: number) => Page): { pull: Remote['pull']; asked: number[] } {
	const asked: number[] = [];
	return {
		asked,
		pull: (since) => {
			asked.push(since);
			if (asked.length > 20) throw new Error('asked again and again');
			return Promise.resolve(answer(since, asked.length));
		}
	};
}

describe('pulling', () => {
	test('goes on from the cursor until nothing is left, and again from there the next time', async () => {
		const store = newStore();
		const remote = pages((since) =>
			since === 0
				? page(5, { areas: [area(1, 5)] }, true)
				: since === 5
					? page(9, { areas: [area(2, 8)] })
					: page(9, {})
		);
		expect(await pullAll(store, remote)).toBeNull();
		expect(remote.asked).toEqual([0, 5]);
		expect(await store.areas.toArray()).toEqual([area(1, 5), area(2, 8)]);
		expect(await cursor(store)).toBe(9);

		await pullAll(store, remote);
		expect(remote.asked).toEqual([0, 5, 9]);
	});

	test('a newer version of a record takes the older one’s place', async () => {
		const store = newStore();
		await pullAll(
			store,
			pages(() => page(1, { areas: [area(1, 1)] }))
		);
		await pullAll(
			store,
			pages(() => page(2, { areas: [{ ...area(1, 2), name: 'Kraków' }] }))
		);
		expect(await store.areas.toArray()).toEqual([{ ...area(1, 2), name: 'Kraków' }]);
	});

	test('keeps the pages it got when the line breaks, says why, and asks only for the rest', async () => {
		const store = newStore();
		const first = pages((since) => (since === 0 ? page(5, { areas: [area(1, 5)] }, true) : offline));
		expect(await pullAll(store, first)).toEqual({ kind: 'unreachable', reason: 'network' });
		expect(await cursor(store)).toBe(5);

		const second = pages(() => page(9, { areas: [area(2, 8)] }));
		expect(await pullAll(store, second)).toBeNull();
		expect(second.asked).toEqual([5]);
		expect(await store.areas.count()).toBe(2);
	});

	test('rows and cursor land together or not at all', async () => {
		const store = newStore();
		await receive(store, { areas: [area(1, 1)] }, [], 1);
		const before = await contents(store);
		store.state.hook('updating', () => {
			throw new Error('the disk is full');
		});
		await expect(receive(store, { areas: [area(2, 2)] }, [], 2)).rejects.toThrow('the disk is full');
		expect(await contents(store)).toEqual(before);

		const other = newStore();
		failAt(other, 'areas');
		await expect(
			pullAll(
				other,
				pages(() => page(7, { areas: [area(1, 1)] }))
			)
		).rejects.toThrow('the disk is full');
		expect(await contents(other)).toEqual({});
		expect(await cursor(other)).toBe(0);
	});

	test.for([
		['grant', 'grants', someGrant],
		['membership', 'memberships', membership]
	] as const)(
		'a new %s brings what is older than the cursor, before the cursor moves',
		async ([, name, make]) => {
			const store = newStore();
			await receive(store, {}, [], 10);
			const remote = pages((since) =>
				since === 10
					? page(12, { [name]: [make(1, 11)] })
					: page(12, { areas: [area(1, 3)], [name]: [make(1, 11)] })
			);
			expect(await pullAll(store, remote)).toBeNull();
			expect(remote.asked).toEqual([10, 0]);
			expect(await store.areas.count()).toBe(1);
			expect(await store.table(name).count()).toBe(1);
			expect(await cursor(store)).toBe(12);
		}
	);

	test('a line that breaks on the way back leaves the grant new, so that the next pull starts over again', async () => {
		const store = newStore();
		await receive(store, {}, [], 10);
		const broken = pages((since) => (since === 10 ? page(12, { grants: [someGrant(1, 11)] }) : offline));
		await pullAll(store, broken);
		expect(await cursor(store)).toBe(10);
		expect(await store.grants.count()).toBe(0);
	});

	test('a grant that is known, or has ended, starts nothing over', async () => {
		const store = newStore();
		await receive(store, { grants: [someGrant(1, 9)] }, [], 10);
		const remote = pages(() =>
			page(12, {
				grants: [
					{ ...someGrant(1, 11), ended: TIME },
					{ ...someGrant(2, 12), ended: TIME }
				],
				memberships: [{ ...membership(1, 12), ended: TIME }]
			})
		);
		await pullAll(store, remote);
		expect(remote.asked).toEqual([10]);
		expect((await store.grants.toArray()).map(({ ended }) => ended)).toEqual([TIME, TIME]);
	});

	test('a first pull comes to an end, also when grants stand on its second page', async () => {
		const store = newStore();
		const remote = pages((since) =>
			since === 0 ? page(5, { areas: [area(1, 5)] }, true) : page(9, { grants: [someGrant(1, 8)] })
		);
		expect(await pullAll(store, remote)).toBeNull();
		expect(remote.asked).toEqual([0, 5, 0, 5]);
		expect(await store.grants.count()).toBe(1);
	});

	test('the first grant that was made here for a team brings what is older of that team, later ones do not', async () => {
		const store = newStore();
		await receive(store, { grants: [{ ...someGrant(1, 0) }] }, [], 10);
		await store.keys.put(someKey);
		const remote = pages((since) => page(12, since === 0 ? {} : { grants: [someGrant(1, 11)] }));
		await pullAll(store, remote);
		expect(remote.asked).toEqual([10, 0]);

		await store.grants.put(someGrant(2, 0));
		await store.teams.put({ id: someKey.team } as Team);
		const again = pages(() => page(14, { grants: [someGrant(2, 13)] }));
		await pullAll(store, again);
		expect(again.asked).toEqual([12]);
	});

	test('an entry by somebody unknown brings who that is, and is no reason to ask for ever', async () => {
		const store = newStore();
		await receive(store, {}, [], 10);
		const remote = pages(() => page(12, { entries: [someEntry(1, 11)] }));
		await pullAll(store, remote);
		expect(remote.asked).toEqual([10, 0]);
		await store.users.put({ id: someEntry(1, 11).author } as Person);
		const again = pages(() => page(14, { entries: [someEntry(2, 13)] }));
		await pullAll(store, again);
		expect(again.asked).toEqual([12]);
	});

	test('what a newer server has is kept as it came, keeps nothing else away, and is taken up when it is understood', async () => {
		const store = newStore();
		const broken = { ...area(3, 3), country: 'Poland' };
		const rubbish = [null, 'x', 7, {}, broken, { ...area(4, 4), id: '../x' }];
		const later = { ...area(1, 1), later: 'a field of a newer server' };
		const seat = { id: idOf('seat'), rev: 8, role: 'chair' };
		await pullAll(
			store,
			pages(() => page(9, { areas: [...rubbish, later], seats: [seat] }))
		);
		expect(await store.areas.toArray()).toEqual([later]);
		expect(await cursor(store)).toBe(9);
		const kept = await store.foreign.toArray();
		expect(kept.map(({ row }) => row)).toEqual(expect.arrayContaining([broken, seat]));

		await adopt(store);
		expect(await store.foreign.toArray()).toEqual(kept);
		// As it would be for the app that knows the newer way.
		await store.foreign.update(`areas|${broken.id}`, { row: area(3, 3) });
		await adopt(store);
		expect(await store.areas.bulkGet([area(3, 3).id])).toEqual([area(3, 3)]);
		expect((await store.foreign.toArray()).map(({ row }) => row)).not.toContainEqual(area(3, 3));
		expect(await cursor(store)).toBe(9);
	});
});

describe('from Ana to Cora', () => {
	const [ANA, CORA, PHONE, TABLET] = [idOf('ana'), idOf('cora'), idOf('phone'), idOf('tablet')];
	const alert: Alert = {
		kind: 'alert',
		at: NOON,
		theme: 'hate',
		type: 'hate_speech',
		setting: 'sport',
		place: 'Sports hall',
		when: 'yesterday',
		urgency: 'soon',
		story: 'Two older boys shouted: zażółć.',
		photos: [
			{
				file: 'photo0000000000',
				type: 'image/webp',
				bytes: PART_BYTES + 5,
				width: 1600,
				height: 900,
				parts: 2
			}
		]
	};
	const photo = own(new Uint8Array(PART_BYTES + 5).map((_, at) => at % 251));

	let ana: Someone, cora: Someone, chain: Chain, circle: { key: Key; pair: Pair };
	beforeAll(async () => {
		[ana, cora] = await Promise.all([someone('Ana'), someone('Cora')]);
		chain = await new Chain().found(cora);
		circle = await chain.circle('members', cora);
	});
	const rolls = () => new Map([[TEAM, chain.roll]]);
	const anas = () => ({ recipient: ana.pair.recipient, device: PHONE, hand: ana.hand });
	const team = () => ({
		...{ id: TEAM, roll: chain.roll.seq },
		circle: { id: circle.key.id, recipient: circle.pair.recipient }
	});

	/** Cora's device after a pull, and what Ana made. `meddle` is a server that changes what it hands out. */
	async function arrived(
		meddle: (rows: Record<string, Record<string, unknown>[]>) => void = () => undefined
	) {
		const made = await makeAlert(alert, team(), anas(), new Map([['photo0000000000', photo]]), NOON);

		const rows: Record<string, Record<string, unknown>[]> = {};
		for (const { collection, id, verb, body } of made.parcel.batch.writes) {
			if (verb === 'create') (rows[collection] ??= []).push({ ...body, id, rev: 7, created: TIME });
		}
		rows.users = [ana.person, cora.person];
		rows.keys?.push({ ...circle.key, rev: 1 });
		const own = await grantTo({ user: CORA }, cora.pair.recipient, circle.key.id, circle.pair, cora.hand);
		rows.grants?.push({ ...own, rev: 2 });
		meddle(rows);

		const [store, vault] = [newStore(), await newDeviceKey()];
		await store.identities.add({ id: 'me', box: await keep(vault, cora.pair.identity, 'identity|me') });
		await pullAll(
			store,
			pages(() => page(7, rows))
		);
		await pinPersons(store, rolls(), INSTANCE, NOON);
		await openNew(store, vault, CORA, rolls());
		return { store, vault, made };
	}

	const shown = async (store: Store, vault: CryptoKey, id: string): Promise<unknown> => {
		const row = await store.opened.get(id);
		return row && recall(vault, row.box, `opened|${id}`);
	};

	test('an alert opens through the circle to what was written, and is kept under the vault', async () => {
		const { store, vault, made } = await arrived();
		expect(await shown(store, vault, made.parcel.item.id)).toEqual({ content: alert, header: made.header });
		expect(
			await recall(
				vault,
				(await store.identities.get(made.identity.key))?.box ?? own(photo),
				`identity|${made.identity.key}`
			)
		).toBe(made.identity.identity);
	});

	test('what the device keeps at once has the shape of what a pull brings', async () => {
		const { made } = await arrived();
		for (const row of made.local.cases) expect(Case.parse(row)).toEqual(row);
		for (const row of made.local.keys) expect(Key.parse(row)).toEqual(row);
		for (const row of made.local.entries) expect(Entry.parse(row)).toEqual(row);
	});

	test('nothing that leaves the device in the clear says a word of it', async () => {
		const { made } = await arrived();
		const sent = JSON.stringify([
			made.parcel.item,
			made.parcel.batch,
			made.parcel.parts.map(({ fields }) => fields)
		]);
		for (const word of ['shouted', 'yesterday', made.identity.identity]) expect(sent).not.toContain(word);
		for (const { bytes } of made.parcel.parts) expect(bytes.length).toBeLessThan(1024 * 1024);
	});

	test('its picture comes together from its parts', async () => {
		const { made } = await arrived();
		const pieces = await Promise.all(
			made.parcel.parts.map(({ bytes, fields }) =>
				openPart(
					bytes,
					{
						...{ case: made.parcel.item.case, key: made.identity.key, file: 'photo0000000000' },
						...{ index: Number(fields.index), count: 2, author: ANA }
					},
					made.identity.identity,
					[ana.person.verifier]
				)
			)
		);
		const whole = Buffer.concat(pieces.map((piece) => (piece.ok ? piece.value : new Uint8Array(0))));
		expect(whole.equals(Buffer.from(photo))).toBe(true);
	});

	test.for<[string, string, Partial<Entry>]>([
		['under another name', 'forged', { author: CORA }],
		['as another kind', 'misplaced', { kind: 'message' }],
		['with other bytes', 'unreadable', { sealed: 'AAAA' }]
	])('what the server hands out %s is shown as %s, never as genuine', async ([, wrong, change]) => {
		const { store, vault, made } = await arrived((rows) => {
			for (const entry of rows.entries ?? []) Object.assign(entry, change);
		});
		expect(await shown(store, vault, made.parcel.item.id)).toEqual({ wrong });
	});

	test('what has no grant yet waits for it', async () => {
		let kept: Record<string, unknown>[] = [];
		const { store, vault, made } = await arrived((rows) => {
			kept = rows.grants ?? [];
			rows.grants = [];
		});
		expect(await shown(store, vault, made.parcel.item.id)).toBeUndefined();
		await pullAll(
			store,
			pages(() => page(8, { grants: kept }))
		);
		await openNew(store, vault, CORA, rolls());
		expect(await shown(store, vault, made.parcel.item.id)).toEqual({ content: alert, header: made.header });
	});

	test('an alert without one of its pictures is not made', async () => {
		await expect(makeAlert(alert, team(), anas(), new Map(), NOON)).rejects.toThrow('picture');
	});

	test('a statement moves the case’s hints in the same batch, or leaves them alone', async () => {
		const { made } = await arrived();
		const [routing] = made.local.cases;
		const [key] = made.local.keys;
		if (!routing || !key) throw new Error('no case was made');
		const coras = { recipient: cora.pair.recipient, device: TABLET, hand: cora.hand };
		const turn = { after: [made.parcel.item.id], seq: 1, roll: 2 };
		const state = (content: Content, change: Partial<Pick<Case, 'owner'>>) =>
			makeStatement(content, routing, key, coras, turn, change, NOON);
		const take = await state({ kind: 'take', at: NOON }, { owner: CORA });
		expect(
			take.parcel.batch.writes.map(({ collection, verb, body }) => [collection, verb, body.owner])
		).toEqual([
			['entries', 'create', undefined],
			['cases', 'update', CORA]
		]);
		const { entry } = take;
		const where = { team: TEAM, case: routing.id, entry: entry.id, key: key.id, kind: 'take', author: CORA };
		expect(await openEntry(entry.sealed, where, made.identity.identity, [cora.person.verifier])).toEqual(
			ok({ header: { ...where, ...turn, device: TABLET }, content: { kind: 'take', at: NOON } })
		);
		expect(fromBase64(entry.sealed).length).toBeGreaterThan(1_000);

		const seen = await state({ kind: 'seen', at: NOON }, {});
		expect(seen.parcel.batch.writes.map(({ collection }) => collection)).toEqual(['entries']);
		expect(seen.entry.id).not.toBe(freshId());
	});
});

/** Every table that holds something. */
async function contents(store: Store): Promise<Record<string, unknown[]>> {
	const tables = await Promise.all(
		store.tables.map(async (table) => [table.name, (await table.toArray()) as unknown[]] as const)
	);
	return Object.fromEntries(tables.filter(([, rows]) => rows.length > 0));
}

/** The first write to this table fails, as on a full disk. */
function failAt(
	store: Store,
	table: Collection | 'outbox' | 'batches' | 'parts' | 'opened' | 'identities' | 'files'
): void {
	store.table(table).hook('creating', () => {
		throw new Error('the disk is full');
	});
}
