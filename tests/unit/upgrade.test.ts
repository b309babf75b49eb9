/**
 * Stores that earlier versions wrote (tests/stores) open in this one with everything in them, and what a newer version
 * wrote is neither lost nor in the way where an older app comes back to it.
 */
import 'fake-indexeddb/auto';
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { version } from '../../package.json';
import { stretch } from '../../src/lib/crypto/stretch';
import {
	comeBack,
	expectBegun,
	expectDrafts,
	expectErasable,
	expectSent,
	expectWritable,
	kept,
	sendAll,
	serverOf,
	sha256,
	wordsOf
} from '../stores/back';
import { done, dump, fromJson, load } from '../stores/dump';
import type { StoreFile } from '../stores/holds';

// Argon2id and post-quantum keys cost seconds on a busy machine.
vi.setConfig({ testTimeout: 60_000 });
vi.mock('../../src/lib/crypto/stretch-apart', () => ({ stretchApart: stretch }));
vi.mock('../../src/lib/app/engine', () => ({
	ring: () => undefined,
	look: () => undefined,
	tryNow: () => undefined
}));

const FOLDER = 'tests/stores';
const readStores = (name: string): StoreFile =>
	JSON.parse(readFileSync(`${FOLDER}/${name}.json`, 'utf8')) as StoreFile;
const VERSIONS = readdirSync(FOLDER)
	.filter((name) => name.endsWith('.json'))
	.map((name) => name.slice(0, -'.json'.length));

beforeEach(() => {
	// A page that nobody had open before.
	vi.resetModules();
	vi.stubGlobal(
		'BroadcastChannel',
		class {
			postMessage = () => undefined;
		}
	);
	vi.stubGlobal('document', { visibilityState: 'hidden', cookie: '' });
	vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => undefined });
	const request = (_: string, ...rest: unknown[]) => Promise.resolve((rest.at(-1) as () => unknown)());
	vi.stubGlobal('navigator', { locks: { request, query: () => Promise.resolve({ held: [] }) } });
});
afterEach(async () => {
	vi.useRealTimers();
	vi.unstubAllGlobals();
	// Dexie says that it closes what is deleted here.
	vi.spyOn(console, 'warn').mockReturnValue();
	for (const { name = '' } of await indexedDB.databases()) await done(indexedDB.deleteDatabase(name));
});

describe.for(VERSIONS)('stores of %s', (name) => {
	const file = readStores(name);
	const { holds, databases } = file;
	const left = databases.find((one) => one.name === `heed-${holds.person.id}`)?.stores ?? [];

	test('are what their name says', () => {
		expect(file.version).toBe(name);
		expect(left.length).toBeGreaterThan(0);
	});

	test('give back every draft with its picture', async () => {
		const app = await comeBack(file);
		const locked = await app.drafts();
		expect(locked.map(({ id }) => id).sort()).toEqual(holds.drafts.map(({ id }) => id).sort());
		await app.unlock();
		await expectDrafts(app, holds.drafts);
		expect(await app.draft(holds.dropped.id)).toBe('discarded');
		await app.restoreDraft(holds.dropped.id);
		await expectDrafts(app, [holds.dropped]);

		await expectWritable(app, [...holds.drafts, holds.dropped]);
	});

	test('give back drafts that can be emptied', async () => {
		const app = await comeBack(file);
		await app.unlock();
		for (const one of holds.drafts) await expectErasable(app, one);
	});

	test('give back what lies under the passphrase before this one', async () => {
		const app = await comeBack(file);
		await app.unlock();
		const { takeUp } = await import('../../src/lib/app/aside');
		expect(await takeUp(holds.person.oldPassphrase)).toEqual({ ok: true, value: undefined });
		await expectDrafts(app, [holds.aside]);
		await expectWritable(app, [holds.aside]);
		await expectErasable(app, holds.aside);
		await expectBegun(holds.asideBegun);
	});

	test('give back what was said, and who is believed', async () => {
		const app = await comeBack(file);
		for (const { name: table, rows } of left) {
			// How these are kept has changed: the other tests look at what is in them.
			if (['drafts', 'outbox', 'batches', 'parts'].includes(table)) continue;
			expect(await app.store.table(table).toArray()).toEqual(await fromJson(rows));
		}
		await app.unlock();
		await expectBegun(holds.begun);
		for (const { id, said } of holds.cases) {
			const room = await app.room(id);
			expect(room?.folded.timeline.map(({ id: entry, author }) => ({ entry, author }))).toEqual(
				said.map(({ entry, author }) => ({ entry, author }))
			);
			const words = room?.folded.timeline.map(({ content }) => wordsOf(content));
			expect(words).toEqual(said.map((one) => one.words));
		}
		const mine = holds.cases.filter(({ said: [first] }) => first?.author === holds.person.id);
		expect((await app.alerts()).map(({ id }) => id).sort()).toEqual(mine.map(({ id }) => id).sort());
		for (const { case: id, file: photo, digest, parts } of holds.files) {
			const found = await app.photo(id, {
				file: photo,
				type: 'image/webp',
				bytes: 1,
				width: 1,
				height: 1,
				parts
			});
			if (!found.ok) throw new Error(found.error.kind);
			expect(sha256(new Uint8Array(await found.value.arrayBuffer()))).toBe(digest);
		}
		expect((await app.store.pins.toCollection().primaryKeys()).sort()).toEqual([...holds.pins].sort());
	});

	test('send all that waits, each once and whole', async () => {
		const app = await comeBack(file);
		const model = serverOf(holds);
		expect((await app.store.outbox.toArray()).map(({ id, status }) => [id, status]).sort()).toEqual(
			holds.outbox.map(({ id, status }) => [id, status]).sort()
		);
		const { tray } = await import('../../src/lib/app/tray');
		expect((await tray()).lines.length).toBe(holds.outbox.length);
		await sendAll(app, model);
		expectSent(model, holds.outbox);
		for (const each of ['outbox', 'batches', 'parts']) expect(await app.store.table(each).count()).toBe(0);
		await app.unlock();
		for (const { id, said } of holds.cases) {
			const timeline = (await app.room(id))?.folded.timeline;
			expect(timeline?.map(({ content }) => wordsOf(content))).toEqual(said.map(({ words }) => words));
			for (const { rev } of timeline ?? []) expect(rev).toBeGreaterThan(0);
		}
	});
});

test.for(VERSIONS)(
	'%s can write in these stores again, as after a roll-back, and nothing of it is lost',
	async (name) => {
		const file = readStores(name);
		const { holds, databases } = file;
		const before = await comeBack(file);
		await before.store.open();
		before.store.close();
		const opened = await done(indexedDB.open(before.store.name));
		const stores = databases.flatMap((database) => database.stores);
		for (const each of ['drafts', 'outbox', 'parts']) {
			const rows = (await fromJson(stores.find((store) => store.name === each)?.rows)) as unknown[];
			const store = opened.transaction(each, 'readwrite').objectStore(each);
			await Promise.all(rows.map((row) => done(store.put(row))));
		}
		opened.close();

		vi.resetModules();
		const app = await comeBack({ ...file, databases: [] });
		const model = serverOf(holds);
		await app.unlock();
		await expectDrafts(app, holds.drafts);
		await expectWritable(app, holds.drafts);
		await sendAll(app, model);
		expectSent(model, holds.outbox);
	}
);

test('a device that is full makes room for it, and opens', async () => {
	const { store } = await comeBack(readStores('0.1.0'));
	const errors = [new DOMException('The disk is full.', 'QuotaExceededError')];
	store.batches.hook('creating', () => {
		const error = errors.pop();
		if (error) throw error;
	});
	await store.open();
	expect(errors).toEqual([]);
	expect((await store.outbox.toArray()).every(({ left }) => Array.isArray(left))).toBe(true);
});

describe('an app older than what lies there', () => {
	const file = readStores(version);
	const { holds } = file;
	const name = `heed-${holds.person.id}`;
	/** As a version to come would leave it. */
	const newer = async (change: (db: IDBDatabase, all: IDBTransaction) => void): Promise<void> => {
		const opening = indexedDB.open(name, LATER);
		opening.onupgradeneeded = () => {
			const { result, transaction } = opening;
			if (!transaction) throw new Error('an upgrade is a transaction');
			result.createObjectStore('novelties', { keyPath: 'id' }).add({ id: 'new', says: 'more than we know' });
			transaction.objectStore('entries').createIndex('author', 'author');
			change(result, transaction);
		};
		(await done(opening)).close();
	};
	const LATER = 90;
	const nothing = (): void => undefined;
	const storesHere = async () => {
		const { stores } = await dump(name);
		return new Map(stores.map((store) => [store.name, store]));
	};

	test('opens it as it is, shows and sends what it knows, and leaves the rest', async () => {
		const { store } = await comeBack(file);
		// A newer app's stores hold all that this one's do, also what came since the last version.
		await store.open();
		store.close();
		vi.resetModules();
		await newer((_, all) => {
			const rows = all.objectStore('outbox');
			rows.openCursor().onsuccess = function () {
				const cursor = this.result;
				cursor?.update({ ...(cursor.value as object), later: 'a field of a newer app' });
				cursor?.continue();
			};
		});
		const ofDevice = indexedDB.open('heed', LATER);
		ofDevice.onupgradeneeded = () => ofDevice.result.createObjectStore('novelties');
		(await done(ofDevice)).close();
		const before = await storesHere();
		const app = await comeBack({ ...file, databases: [] });
		const model = serverOf(holds);
		await app.unlock();
		await expectDrafts(app, holds.drafts);
		await expectWritable(app, holds.drafts);
		await expectBegun(holds.begun);
		expect(await app.room(holds.cases[0]?.id ?? '')).not.toBeNull();
		expect(await app.store.outbox.toArray()).toEqual(
			holds.outbox.map(() => expect.objectContaining({ later: 'a field of a newer app' }) as unknown)
		);
		await sendAll(app, model);
		expectSent(model, holds.outbox);
		const after = await storesHere();
		for (const { version: native } of await indexedDB.databases()) expect(native).toBe(LATER);
		expect(after.get('novelties')).toEqual(before.get('novelties'));
		for (const [each, { indexes }] of before) expect(after.get(each)?.indexes).toEqual(indexes);
	});

	test('puts back what it needs itself where that was taken away, and nothing else changes', async () => {
		await load(file.databases);
		await newer((db, all) => {
			db.deleteObjectStore('sent');
			all.objectStore('opened').deleteIndex('doubted');
		});
		vi.spyOn(console, 'warn').mockReturnValue();
		const app = await comeBack({ ...file, databases: [] });
		await app.unlock();
		await expectDrafts(app, holds.drafts);
		await expectWritable(app, holds.drafts);
		expect((await storesHere()).get('novelties')?.rows).toHaveLength(1);
	});

	test('shows the rest where something says what it does not know, and keeps that', async () => {
		const app = await comeBack(file);
		await app.unlock();
		const { unlocked } = await import('../../src/lib/app/here');
		const { keep, recall } = await import('../../src/lib/crypto/vault');
		const vault = (await unlocked())?.vault;
		const [known, strange] = holds.drafts;
		const [{ id: room, said: [first] } = { id: '', said: [] }] = holds.cases;
		if (!vault || !known || !strange || !first) throw new Error('there are two drafts and a case');
		const more = async (id: string, fields: object): Promise<void> => {
			const row = await app.store.drafts.get(id);
			const context = `draft|${id}`;
			const words = (await recall(vault, row?.box ?? new Uint8Array(), context)) as object;
			await app.store.drafts.update(id, { box: await keep(vault, { ...words, ...fields }, context) });
		};
		await more(known.id, { later: 'a field of a newer app' });
		await more(strange.id, { type: 'a_type_of_a_newer_app' });
		const box = await keep(vault, { wrong: 'in_a_new_way' }, `opened|${first.entry}`);
		await app.store.opened.update(first.entry, { box });
		const item = { ...(await app.store.outbox.toArray())[0], id: 'later', status: 'in_a_new_way' };
		await app.store.outbox.put(item as never);
		const before = await app.store.drafts.get(strange.id);

		expect((await app.drafts()).map(({ id }) => id).sort()).toEqual([known.id, strange.id].sort());
		expect(await app.draft(strange.id)).toBe('locked');
		await expectWritable(app, [known]);
		expect((await kept(app, known.id)).draft).toMatchObject({ later: 'a field of a newer app' });
		expect(await app.store.drafts.get(strange.id)).toEqual(before);
		const timeline = (await app.room(room))?.folded.timeline;
		expect(timeline?.map(({ content }) => wordsOf(content))).toContain('unknown');
		expect((await app.alerts()).length).toBeGreaterThan(0);
		const { begun } = await import('../../src/lib/app/begun');
		const at = (await begun(room))?.at ?? 0;
		const said = app.say(room, 'reporter', { kind: 'message', text: 'And I can answer' }, { id: room, at });
		expect(await said).toMatchObject({ ok: true });

		const model = serverOf(holds);
		await sendAll(app, model, 'later');
		expectSent(model, holds.outbox);
		expect(await app.store.outbox.toArray()).toEqual([item]);
	});

	test('keeps a newer app from nothing while it is open, and goes on itself', async () => {
		const app = await comeBack(file);
		const count = await app.store.drafts.count();
		await newer(nothing);
		expect(await app.store.drafts.count()).toBe(count);
		await app.unlock();
		await expectWritable(app, holds.drafts);
	});
});

describe('every version', () => {
	test('that was tagged left its stores', ({ skip }) => {
		const tags = tagsHere();
		if (typeof tags === 'string') {
			console.log(`which versions there were is not known: ${tags}`);
			skip(tags);
			return;
		}
		expect(VERSIONS).toEqual(expect.arrayContaining(tags.map((tag) => tag.slice(1))));
	});

	test('leaves its own, this one too', () => {
		expect(existsSync(`${FOLDER}/${version}.json`)).toBe(true);
	});
});

/** Tags of versions in this clone, or why there are none. */
function tagsHere(): string[] | string {
	try {
		const tags = execFileSync('git', ['tag', '--list', 'v*'], { encoding: 'utf8', stdio: 'pipe' });
		return tags.trim() === '' ? 'this clone has no tags' : tags.trim().split('\n');
	} catch {
		return 'there is no git here';
	}
}
