/** What waits on one device: taken back by its person, and carried in a file to another device of the same person. */
import 'fake-indexeddb/auto';
import { Dexie } from 'dexie';
import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { say, send } from '../../src/lib/app/acts';
import { movePhase } from '../../src/lib/app/joint';
import * as kept from '../../src/lib/app/drafts';
import { begun, close, keepBegun } from '../../src/lib/app/begun';
import { drafts } from '../../src/lib/app/drafts';
import { device, storeOf, waiting } from '../../src/lib/app/here';
import { dropAccount, finishRemovals } from '../../src/lib/app/removing';
import { draftPhoto } from '../../src/lib/app/pictures';
import { takeBack } from '../../src/lib/app/take-back';
import { tray, tryAgainNow, type TrayLine } from '../../src/lib/app/tray';
import { saveTray, takeInFile } from '../../src/lib/app/tray-file';
import { openTray, sealTray } from '../../src/lib/crypto/envelope';
import { keep, keepBytes, newDeviceKey } from '../../src/lib/crypto/vault';
import { emptyDraft } from '../../src/lib/domain/blank';
import type { Draft } from '../../src/lib/domain/draft';
import type { Outgoing } from '../../src/lib/domain/outbox';
import { PART_BYTES } from '../../src/lib/domain/parts';
import type { TrayFile } from '../../src/lib/domain/tray-file';
import type { BegunRow, Store } from '../../src/lib/store/person';
import { makeDevice } from '../../src/lib/sync/account';
import { freshId } from '../../src/lib/sync/outgoing';
import { pinOwn } from '../../src/lib/sync/pins';
import { sha256 } from './second';
import { Chain, idOf, INSTANCE, NOON, someone, TEAM, type Someone } from './people';

const vault = vi.hoisted(() => ({ key: null as CryptoKey | null }));
vi.mock('../../src/lib/app/held', () => ({
	close: () => undefined,
	vaultOf: () => Promise.resolve(vault.key)
}));
vi.mock('../../src/lib/app/engine', () => ({
	ring: () => undefined,
	look: () => undefined,
	tryNow: () => undefined
}));
vi.setConfig({ testTimeout: 60_000 });

const ANA = idOf('ana');
const PICTURE = new Uint8Array(2 * PART_BYTES + 9).map((_, at) => at % 251);

let ana: Someone, cora: Someone, chain: Chain, circle: { id: string; recipient: string };
let store: Store;
beforeAll(async () => {
	[ana, cora] = await Promise.all([someone('Ana'), someone('Cora')]);
	chain = await new Chain().found(cora);
	await chain.admit(cora, 'expert', cora);
	const { key } = await chain.circle('members', cora);
	circle = { id: key.id, recipient: key.recipient };
});
beforeEach(async () => {
	vi.stubGlobal('document', { cookie: '' });
	vi.stubGlobal('localStorage', {
		getItem: () => null,
		setItem: () => undefined,
		removeItem: () => undefined
	});
	vi.stubGlobal('navigator', {
		locks: { request: (_: string, ...rest: unknown[]) => Promise.resolve((rest.at(-1) as () => unknown)()) }
	});
	await takeAnotherDevice();
});

/** Nothing of the one before is on it. */
async function takeAnotherDevice(who = ana): Promise<void> {
	for (const id of [ANA, idOf('cora')]) {
		await dropAccount(id);
		await finishRemovals();
	}
	vault.key = await newDeviceKey();
	const { id, person, pair, seed } = who;
	const { name, recipient, verifier } = person;
	store = storeOf(id);
	await pinOwn(store, INSTANCE, { id, name, kind: 'named', recipient, verifier }, NOON);
	for (const [held, secret] of [
		['me', pair.identity],
		['sign', seed]
	] as const) {
		await store.identities.put({ id: held, box: await keep(vault.key, secret, `identity|${held}`) });
	}
	const speaks = await makeDevice(id, seed);
	const account = {
		id,
		login: name,
		name,
		instance: INSTANCE,
		recipient,
		verifier,
		vault: new Uint8Array(1)
	};
	await device.signIn({ ...account, ...speaks }, { account: id, token: 't', reached: 1, latest: 1 });
	await device.keepRoll({ team: TEAM, roll: chain.roll, fingerprint: '', trouble: '' });
	const team = {
		id: TEAM,
		name: 'Team',
		area: 'Dunapart',
		country: 'HU',
		locale: 'hu',
		coded: false
	} as const;
	await device.set('facts', { instance: INSTANCE, version: '1', teams: [{ ...team, roll: 1, circle }] });
}

const words = (story: string): Draft => ({
	...emptyDraft(freshId(), TEAM),
	...{ theme: 'hate', type: 'propaganda', setting: 'school_grounds' },
	...{ place: 'Dunapart', when: 'yesterday', urgency: 'soon', story }
});

/** Written on from what is kept. */
async function saveDraft(said: Draft): Promise<void> {
	const known = await kept.draft(said.id);
	const before = typeof known === 'object' && 'draft' in known ? known : { draft: words(''), version: 0 };
	await kept.saveDraft(before, said);
}

async function draft(id: string): Promise<Draft | null> {
	const known = await kept.draft(id);
	return typeof known === 'object' && 'draft' in known ? known.draft : null;
}

/** A draft that has a picture of three parts. */
async function withPicture(said: Draft): Promise<Draft> {
	const file = freshId();
	const box = await keepBytes(vault.key as CryptoKey, PICTURE, `picture|${file}`);
	await store.pictures.put({ file, draft: said.id, type: 'image/webp', box, by: 'vault' });
	const photo = { file, type: 'image/webp', bytes: PICTURE.length, width: 2, height: 2, parts: 3 } as const;
	const whole = { ...said, photos: [photo] };
	await saveDraft(whole);
	return whole;
}

async function sent(said: Draft): Promise<string> {
	const version = (await store.drafts.get(said.id))?.version ?? 0;
	const done = await send(said, { draft: said, version });
	if (!done.ok) throw new Error(done.error.kind);
	return done.value.case;
}

/** As after the server's answer. */
const refuse = (change: Partial<Outgoing> = {}) =>
	store.outbox.toCollection().modify({ status: 'refused', reason: 'refused', ...change });
const only = async (): Promise<TrayLine> => {
	const [line, ...more] = (await tray()).lines;
	if (!line || more.length > 0) throw new Error(`${more.length + 1} lines`);
	return line;
};
/** Everything but what a device has anyway. */
async function contents(): Promise<Record<string, unknown[]>> {
	const all = await Promise.all(
		store.tables.map(async (table) => [table.name, (await table.toArray()).map(short)] as const)
	);
	const own = ['pins', 'identities'];
	return Object.fromEntries(all.filter(([name, rows]) => !own.includes(name) && rows.length > 0));
}

/** Bytes by their digest: compared one by one, a picture takes seconds. */
const short = (row: object): object =>
	Object.fromEntries(
		Object.entries(row).map(([name, value]: [string, unknown]) => [
			name,
			value instanceof Uint8Array ? sha256(value) : value
		])
	);

describe('the tray', () => {
	test('names all that waits, the oldest first, with its own reason or the line’s', async () => {
		const id = await sent(await withPicture(words('Stickers at the bus stop')));
		expect(await only()).toMatchObject({
			...{ kind: 'alert', opening: 'Stickers at the bus stop', type: 'propaganda', place: 'Dunapart' },
			...{ state: '', pictures: null, act: null, followers: 0 }
		});
		await say(id, 'reporter', { kind: 'message', text: 'And another one' });
		await saveDraft(words('half'));
		expect((await tray()).lines.map(({ kind, state }) => [kind, state])).toEqual([
			['alert', ''],
			['message', 'behind']
		]);
		expect((await tray()).drafts).toBe(1);
		await store.state.put({ name: 'line', value: 0, reason: 'portal' });
		expect((await tray()).lines.map(({ state }) => state)).toEqual(['portal', 'behind']);
	});

	test('is counted with what is behind a refused one, and without what is only just on its way', async () => {
		const id = await sent(words('x'));
		await say(id, 'reporter', { kind: 'message', text: 'And another one' });
		await sent(words('on its way'));
		expect(await waiting()).toMatchObject({ count: 0, reason: '' });
		await store.outbox.toCollection().modify((item) => {
			if (item.makes.includes(id)) Object.assign(item, { status: 'refused', reason: 'refused' });
		});
		expect(await waiting()).toMatchObject({ count: 2, reason: 'refused' });
		await store.state.put({ name: 'line', value: 0, reason: 'portal' });
		expect(await waiting()).toMatchObject({ count: 3, reason: 'refused' });
	});

	test('says how much of the pictures is there once the words are', async () => {
		await sent(await withPicture(words('x')));
		await store.outbox.toCollection().modify((item) => {
			Object.assign(item, { filed: true, left: item.left.slice(1) });
		});
		expect((await only()).pictures).toBeCloseTo(1 / 3);
		// The words are with the team: to have them back would say them twice.
		await refuse();
		expect(await only()).toMatchObject({ state: 'refused', act: null });
		expect(await takeBack((await only()).id)).toEqual({ ok: false, error: { kind: 'gone' } });
	});

	test('has no words while locked', async () => {
		await sent(words('x'));
		const { key } = vault;
		vault.key = null;
		expect(await only()).toMatchObject({ kind: 'alert', opening: null });
		expect(await saveTray()).toEqual({ ok: false, error: { kind: 'locked' } });
		vault.key = key;
	});

	test('tries again what somebody wants tried', async () => {
		await sent(words('x'));
		await refuse({ attempts: 4 });
		await tryAgainNow((await only()).id);
		expect(await store.outbox.toArray()).toMatchObject([{ status: 'waiting', attempts: 0, reason: '' }]);
		await store.outbox.toCollection().modify({ notBefore: NOON, attempts: 2 });
		await tryAgainNow();
		expect(await store.outbox.toArray()).toMatchObject([{ notBefore: 0, attempts: 2 }]);
	});
});

describe('having it back', () => {
	test('turns a refused alert into a draft with its words and pictures, and leaves nothing else', async () => {
		const before = await contents();
		const first = await withPicture(words('Stickers at the bus stop'));
		await sent(first);
		await refuse();
		const back = await takeBack((await only()).id);
		if (!back.ok || !back.value || !('draft' in back.value)) throw new Error('no draft');

		const made = await draft(back.value.draft);
		const { photos, ...said } = first;
		expect(made).toMatchObject({ ...said, id: back.value.draft });
		expect(made).not.toMatchObject({ id: first.id });
		const [photo] = (made as Draft).photos;
		expect(photo).toEqual({ ...photos[0], file: photo?.file });
		const bytes = await draftPhoto(photo?.file ?? '');
		expect(sha256(new Uint8Array((await bytes?.arrayBuffer()) ?? new ArrayBuffer()))).toBe(sha256(PICTURE));

		await store.drafts.clear();
		await store.pictures.clear();
		await store.sent.clear();
		expect(await contents()).toEqual(before);
		expect(await store.identities.toCollection().primaryKeys()).toEqual(['me', 'sign']);
	});

	test('also one that was sent while the device was locked', async () => {
		const { key } = vault;
		vault.key = null;
		await sent(words('In the dark'));
		vault.key = key;
		await refuse();
		expect((await takeBack((await only()).id)).ok).toBe(true);
		expect((await drafts()).map(({ opening }) => opening)).toEqual(['In the dark']);
	});

	test('keeps the words of what was said after it, below its own', async () => {
		const id = await sent(words('First'));
		await say(id, 'reporter', { kind: 'message', text: 'Second' });
		await say(id, 'reporter', { kind: 'message', text: 'Third' });
		await store.outbox.toCollection().modify((item) => {
			if (item.makes.includes(id)) Object.assign(item, { status: 'refused', reason: 'refused' });
		});
		const [line] = (await tray()).lines;
		expect(line).toMatchObject({ act: 'edit', followers: 2 });
		await takeBack(line?.id ?? '');
		expect((await tray()).lines).toEqual([]);
		expect((await drafts()).map(({ opening }) => opening)).toEqual(['First\n\nSecond\n\nThird']);
	});

	test('asks again for what is on its way, or was tried again meanwhile', async () => {
		await sent(words('x'));
		const before = await contents();
		expect(await takeBack((await only()).id)).toEqual({ ok: false, error: { kind: 'gone' } });
		await refuse();
		vault.key = null;
		expect(await takeBack((await only()).id)).toEqual({ ok: false, error: { kind: 'locked' } });
		await store.outbox.toCollection().modify({ status: 'waiting', reason: '' });
		expect(await contents()).toEqual(before);
	});

	test('of a picture that does not open is not done: nothing is lost', async () => {
		await sent(await withPicture(words('x')));
		await refuse();
		await store.parts.toCollection().modify((part) => {
			part.bytes = part.bytes.map((byte, at) => (at === 9_000 ? byte ^ 1 : byte));
		});
		const before = await contents();
		expect(await takeBack((await only()).id)).toEqual({ ok: false, error: { kind: 'unreadable' } });
		expect(await contents()).toEqual(before);
	});

	test('leaves it all as it was when the draft cannot be written', async () => {
		await sent(words('x'));
		await refuse();
		const before = await contents();
		const full = () => {
			throw new Error('the disk is broken');
		};
		store.drafts.hook('creating', full);
		await expect(takeBack((await only()).id)).rejects.toThrow('the disk is broken');
		store.drafts.hook('creating').unsubscribe(full);
		expect(await contents()).toEqual(before);
	});
});

/** An alert that has arrived. */
async function arrived(): Promise<string> {
	const id = await sent(words('Here'));
	await store.outbox.clear();
	await store.batches.clear();
	for (const table of [store.cases, store.keys, store.grants, store.entries]) {
		await store.table(table.name).toCollection().modify({ rev: 3 });
	}
	return id;
}

describe('having back what was said in a case', () => {
	test('takes an act without words away, and the next thing said leaves no gap', async () => {
		const id = await arrived();
		const before = await contents();
		await movePhase({ id, linked: [] }, 'intake', { reason: '', next: '', due: '' });
		await refuse();
		expect(await only()).toMatchObject({ kind: 'phase', act: 'take_back' });
		expect(await takeBack((await only()).id)).toEqual({ ok: true, value: null });
		expect(await contents()).toEqual(before);
	});

	test('puts a message’s words where the next one is written, for whom they were', async () => {
		const id = await arrived();
		await say(id, 'reporter', { kind: 'message', text: 'Not taken' });
		await refuse();
		expect(await only()).toMatchObject({ kind: 'message', act: 'edit' });
		expect(await takeBack((await only()).id)).toEqual({ ok: true, value: { case: id } });
		expect((await begun(id))?.words).toEqual({ text: 'Not taken', audience: 'reporter' });
		expect((await tray()).lines).toEqual([]);
	});

	test('puts them below what was begun there, also while somebody types', async () => {
		const id = await arrived();
		await say(id, 'reporter', { kind: 'message', text: 'Not taken' });
		await refuse();
		await keepBegun(id, { text: 'Now', audience: 'reporter' }, 0);
		const { id: refused } = await only();
		const box = await close(vault.key as CryptoKey, id, { text: 'Now this', audience: 'reporter' });
		const typeOn = (row: BegunRow): BegunRow => {
			store.begun.hook('reading').unsubscribe(typeOn);
			void Dexie.ignoreTransaction(() => store.begun.put({ id, box, updated: row.updated + 1 }));
			return row;
		};
		store.begun.hook('reading', typeOn);
		expect(await takeBack(refused)).toEqual({ ok: true, value: { case: id } });
		expect((await begun(id))?.words).toEqual({ text: 'Now this\nNot taken', audience: 'reporter' });
	});
});

describe('a sealed file', () => {
	const save = async (id?: string): Promise<File> => {
		const made = await saveTray(id);
		if (!made.ok) throw new Error(made.error.kind);
		return made.value;
	};
	/** The same person's file with something else in it, signed as it should be. */
	const remade = async (change: (file: TrayFile) => unknown, by = ana): Promise<Blob> => {
		const place = { user: ANA, instance: INSTANCE };
		const sealed = new Uint8Array(await (await save()).arrayBuffer());
		const opened = await openTray(sealed, place, ana.pair.identity, [ana.person.verifier]);
		if (!opened.ok) throw new Error(opened.error.kind);
		const file = opened.value as TrayFile;
		change(file);
		return new Blob([await sealTray(place, file, ana.person.recipient, by.hand)]);
	};

	test('has no word of what is in it, in its name or its bytes', async () => {
		await sent(words('Stickers'));
		const file = await save();
		expect(file.name).toMatch(/^heed-not-sent-\d{4}-\d\d-\d\d\.age$/);
		expect(Buffer.from(await file.arrayBuffer()).includes('Stickers')).toBe(false);
		expect(Buffer.from(await file.arrayBuffer()).includes(ANA)).toBe(false);
	});

	test('brings alert, message, draft and pictures to another device, which sends the same bytes', async () => {
		const id = await sent(await withPicture(words('First')));
		await say(id, 'reporter', { kind: 'message', text: 'Second' });
		const half = await withPicture(words('Half'));
		const file = await save();
		const { parts, batches, entries, outbox } = await contents();
		expect([parts?.length, outbox?.length]).toEqual([3, 2]);

		await takeAnotherDevice();
		expect(await takeInFile(file)).toEqual({ ok: true, value: { added: 3, known: 0 } });
		expect(await contents()).toMatchObject({ parts, batches, entries, outbox });
		expect(await draft(half.id)).toEqual(half);
		expect((await draftPhoto(half.photos[0]?.file ?? ''))?.size).toBe(PICTURE.length);

		const before = await contents();
		expect(await takeInFile(file)).toEqual({ ok: true, value: { added: 0, known: 3 } });
		expect(await contents()).toEqual(before);
		// And what was refused there can be had back here.
		await refuse();
		const [line] = (await tray()).lines;
		expect((await takeBack(line?.id ?? '')).ok).toBe(true);
		expect((await drafts()).map(({ opening }) => opening).sort()).toEqual(['First\n\nSecond', 'Half']);
	});

	test('of one thing brings what that needs, and no draft', async () => {
		const id = await sent(words('First'));
		await say(id, 'reporter', { kind: 'message', text: 'Second' });
		await sent(words('Other'));
		await saveDraft(words('Half'));
		const message = (await tray()).lines.find(({ kind }) => kind === 'message');
		const file = await save(message?.id);
		await takeAnotherDevice();
		expect(await takeInFile(file)).toEqual({ ok: true, value: { added: 2, known: 0 } });
		expect((await tray()).lines.map(({ kind }) => kind)).toEqual(['alert', 'message']);
	});

	test('sends no more than the parts that are missing where the server has the words', async () => {
		await sent(await withPicture(words('First')));
		const file = await save();
		const entry = await store.entries.toArray();
		const parts = await store.parts.toCollection().sortBy('fields.index');
		await takeAnotherDevice();
		await store.entries.bulkPut(entry.map((one) => ({ ...one, rev: 7 })));
		const blob = (at: number) => ({
			...{ id: parts[at]?.id ?? '', rev: 8, part: 'x', ...parts[at]?.fields }
		});
		await store.blobs.put(blob(0) as never);
		expect(await takeInFile(file)).toEqual({ ok: true, value: { added: 1, known: 0 } });
		expect(await store.outbox.toArray()).toMatchObject([
			{ filed: true, parts: 3, left: [parts[1]?.id, parts[2]?.id] }
		]);
		expect(await store.batches.count()).toBe(0);

		await takeAnotherDevice();
		await store.entries.bulkPut(entry.map((one) => ({ ...one, rev: 7 })));
		await store.blobs.bulkPut([0, 1, 2].map(blob) as never[]);
		expect(await takeInFile(file)).toEqual({ ok: true, value: { added: 0, known: 1 } });
	});

	test('never takes the place of a draft that says something else, and makes no two of one', async () => {
		const said = words('Old words');
		await saveDraft(said);
		const file = await save();
		await saveDraft({ ...said, story: 'New words' });
		for (const added of [1, 0]) {
			expect(await takeInFile(file)).toEqual({ ok: true, value: { added, known: 1 - added } });
			expect((await drafts()).map(({ opening }) => opening).sort()).toEqual(['New words', 'Old words']);
		}
	});

	const refused = async (file: Blob, kind: string): Promise<void> => {
		await takeAnotherDevice();
		const before = await contents();
		expect(await takeInFile(file)).toEqual({ ok: false, error: { kind } });
		expect(await contents()).toEqual(before);
	};

	test('is taken in whole, or not at all', async () => {
		await sent(words('x'));
		const bytes = new Uint8Array(await (await save()).arrayBuffer());
		await refused(new Blob(['%PDF-1.7']), 'not_heed');
		await refused(new Blob([]), 'not_heed');
		await refused(new Blob([bytes.subarray(0, -1)]), 'unreadable');
		for (const at of [30, 200, bytes.length >> 1, bytes.length - 1]) {
			const changed = bytes.map((byte, i) => (i === at ? byte ^ 1 : byte));
			await refused(new Blob([changed]), 'unreadable');
		}
	});

	test('of somebody else, or signed by somebody else, or of another Heed is not taken in', async () => {
		await takeAnotherDevice(cora);
		const theirs = await save();
		await refused(theirs, 'unreadable');
		await sent(words('x'));
		await refused(await remade(() => undefined, cora), 'foreign');
		const empty = { items: [], drafts: [] };
		const elsewhere = { user: ANA, instance: idOf('elsewhere') };
		await refused(new Blob([await sealTray(elsewhere, empty, ana.person.recipient, ana.hand)]), 'foreign');
		// A locked device's hand speaks for new alerts alone.
		const { hand: key, certificate } = await makeDevice(ANA, ana.seed);
		const place = { user: ANA, instance: INSTANCE };
		const byDevice = await sealTray(place, empty, ana.person.recipient, { user: ANA, key, certificate });
		await refused(new Blob([byDevice]), 'foreign');
	});

	const OTHER = idOf('other');
	test.for<[string, (file: TrayFile) => unknown]>([
		['a seat in a team', ({ items: [item] }) => write(item, 'memberships', { team: TEAM, user: ANA })],
		['a change of an account', ({ items: [item] }) => write(item, 'users', { name: 'x' }, 'update')],
		[
			'a change of what was said',
			({ items: [item] }) => write(item, 'entries', { sealed: 'AAAA' }, 'update')
		],
		['somebody’s words', ({ items: [item] }) => Object.assign(bodyOf(item, 'entries'), { author: OTHER })],
		['somebody’s key', ({ items: [item] }) => Object.assign(bodyOf(item, 'keys'), { maker: OTHER })],
		['somebody’s grant', ({ items: [item] }) => Object.assign(bodyOf(item, 'grants'), { giver: OTHER })],
		['another case', ({ items: [item] }) => Object.assign(item ?? {}, { case: OTHER })],
		['a second case', ({ items: [item] }) => write(item, 'cases', bodyOf(item, 'cases'))],
		['no words', ({ items: [item] }) => item?.writes.pop()],
		['an id that is none', ({ items: [item] }) => Object.assign(item ?? {}, { id: '../x' })],
		['a deletion', ({ items: [item] }) => write(item, 'entries', {}, 'delete')]
	])('with %s in it is not taken in', async ([, change]) => {
		await sent(words('x'));
		await refused(await remade(change), 'foreign');
	});

	type Item = TrayFile['items'][number] | undefined;
	const write = (item: Item, collection: string, body: object, verb = 'create') =>
		item?.writes.push({ collection, id: OTHER, verb, body } as never);
	const bodyOf = (item: Item, name: string) =>
		item?.writes.find(({ collection }) => collection === name)?.body ?? {};

	test('could be read by nobody who has the file alone', async () => {
		await sent(words('x'));
		const sealed = new Uint8Array(await (await save()).arrayBuffer());
		const place = { user: ANA, instance: INSTANCE };
		expect(await openTray(sealed, place, cora.pair.identity, [ana.person.verifier])).toMatchObject({
			...{ ok: false, error: { kind: 'unreadable' } }
		});
	});
});
