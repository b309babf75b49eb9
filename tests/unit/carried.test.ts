/** What a draft carries, on one device: taken or refused, sent with the alert or kept whole, had back, and carried on. */
import 'fake-indexeddb/auto';
import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { say, send } from '../../src/lib/app/acts';
import { keepApart } from '../../src/lib/app/apart';
import * as kept from '../../src/lib/app/drafts';
import { file as fileOf } from '../../src/lib/app/files';
import { device, storeOf } from '../../src/lib/app/here';
import { attachFile, attachVoice, draftPhoto, keepOriginal, pictureBytes } from '../../src/lib/app/pictures';
import { dropAccount, finishRemovals } from '../../src/lib/app/removing';
import { takeBack } from '../../src/lib/app/take-back';
import { saveTray, takeInFile } from '../../src/lib/app/tray-file';
import { keep, newDeviceKey, recall } from '../../src/lib/crypto/vault';
import { emptyDraft } from '../../src/lib/domain/blank';
import { FILE_BYTES_MAX, type Attachment } from '../../src/lib/domain/alert';
import type { Content } from '../../src/lib/domain/content';
import type { Draft } from '../../src/lib/domain/draft';
import type { Facts } from '../../src/lib/domain/records';
import type { Store } from '../../src/lib/store/person';
import { makeDevice } from '../../src/lib/sync/account';
import { openNew } from '../../src/lib/sync/opening';
import { freshId } from '../../src/lib/sync/outgoing';
import { pinOwn } from '../../src/lib/sync/pins';
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
type Shown = Facts['teams'][number];
let ana: Someone, eszter: Someone, chain: Chain;
let shown: Pick<Shown, 'circle' | 'circles'>;
let store: Store;
beforeAll(async () => {
	[ana, eszter] = await Promise.all([someone('Ana'), someone('Eszter')]);
	chain = await new Chain().found(eszter);
	await chain.admit(await someone('Dorin'), 'police', eszter);
	const circle = async (name: 'members' | 'coordinators' | 'police') => {
		const { key } = await chain.circle(name, eszter);
		return { id: key.id, recipient: key.recipient };
	};
	shown = {
		circle: await circle('members'),
		circles: [
			{ name: 'coordinators', ...(await circle('coordinators')) },
			{ name: 'police', ...(await circle('police')) }
		]
	};
});

/** As the server tells them, and no network to ask it again. */
const tell = (facts: Partial<Shown> = shown): Promise<void> =>
	device.set('facts', {
		...{ instance: INSTANCE, version: '1' },
		teams: [
			{
				...{ id: TEAM, name: 'Team', area: 'Dunapart', country: 'HU', locale: 'hu', coded: false, roll: 6 },
				circle: shown.circle,
				...facts
			}
		]
	});

beforeEach(async () => {
	vi.stubGlobal('fetch', () => Promise.reject(new TypeError('there is no network')));
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

async function takeAnotherDevice(): Promise<void> {
	await dropAccount(ANA);
	await finishRemovals();
	vault.key = await newDeviceKey();
	store = storeOf(ANA);
	const { recipient, verifier } = ana.person;
	const person = { id: ANA, name: 'Ana', kind: 'named' as const, recipient, verifier };
	await pinOwn(store, INSTANCE, person, NOON);
	for (const [id, secret] of [
		['me', ana.pair.identity],
		['sign', ana.seed]
	] as const) {
		await store.identities.put({ id, box: await keep(vault.key, secret, `identity|${id}`) });
	}
	const account = { id: ANA, login: 'ana', name: 'Ana', instance: INSTANCE, recipient, verifier };
	await device.signIn(
		{ ...account, vault: new Uint8Array(1), ...(await makeDevice(ANA, ana.seed)) },
		{ account: ANA, token: 't', reached: 1, latest: 1 }
	);
	await device.keepRoll({ team: TEAM, roll: chain.roll, fingerprint: '', trouble: '' });
	await tell();
}

const PDF = '%PDF-1.7\n1 0 obj';
const JPEG = Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]);
const WEBM = Uint8Array.from([0x1a, 0x45, 0xdf, 0xa3, 0x42, 0x82, 0x84, ...Buffer.from('webm'), 9]);
const paper = new File([PDF], 'Bericht.pdf');
const taken = new File([JPEG], 'IMG_1.jpg');

const value = async <T>(result: Promise<{ ok: true; value: T } | { ok: false; error: { kind: string } }>) => {
	const done = await result;
	if (!done.ok) throw new Error(done.error.kind);
	return done.value;
};
const words = (): Draft => ({
	...emptyDraft(freshId(), TEAM),
	...{ theme: 'hate', type: 'threat', place: 'Dunapart', urgency: 'danger', story: 'Two older boys shouted.' }
});

/** A draft with a document, a voice note, an original and a name, as it is kept. */
async function whole(more: Partial<Draft> = {}): Promise<Draft> {
	const draft = words();
	const files = [
		await value(attachFile(draft.id, paper)),
		await value(attachVoice(draft.id, new Blob([WEBM]), 6.6)),
		await value(keepOriginal(draft.id, taken))
	];
	const said: Draft = { ...draft, files, names: 'Jan Kowalski', police: 'yes', ...more };
	await kept.saveDraft({ draft: words(), version: 0 }, said);
	return said;
}
const drafts = async () =>
	(await Promise.all((await kept.drafts()).map(({ id }) => kept.draft(id)))).flatMap((one) =>
		typeof one === 'object' && 'draft' in one ? [one.draft] : []
	);
const bytesIn = (files: readonly Attachment[]) =>
	Promise.all(
		files.map(async ({ file }) => Buffer.from((await pictureBytes(file))?.bytes ?? []).toString('latin1'))
	);
const version = async ({ id }: Draft): Promise<number> => (await store.drafts.get(id))?.version ?? 0;
const sent = async (draft: Draft) => send(draft, { draft, version: await version(draft) });
/** What the device shows of what was said, by kind. */
async function said(): Promise<Record<string, Content>> {
	const rows = await store.entries.toArray();
	const all = await Promise.all(
		rows.map(async ({ id, kind }) => {
			const row = await store.opened.get(id);
			const opened = row && (await recall(vault.key as CryptoKey, row.box, `opened|${id}`));
			return [kind, (opened as { content: Content } | undefined)?.content] as const;
		})
	);
	return Object.fromEntries(all.flatMap(([kind, content]) => (content ? [[kind, content]] : [])));
}

describe('a file is put into a draft', () => {
	test('as it is, with what it is by its own bytes', async () => {
		const { id, files } = await whole();
		expect(files).toMatchObject([
			{ kind: 'document', type: 'application/pdf', name: 'Bericht.pdf', bytes: PDF.length, parts: 1 },
			{ kind: 'voice', type: 'audio/webm', seconds: 7, bytes: WEBM.length, parts: 1 },
			{ kind: 'original', type: 'image/jpeg', name: 'IMG_1.jpg', bytes: JPEG.length, parts: 1 }
		]);
		expect((await bytesIn(files))[0]).toBe(PDF);
		expect((await store.pictures.toArray()).map(({ draft }) => draft)).toEqual([id, id, id]);
		const box = Buffer.from((await store.pictures.get(files[0]?.file ?? ''))?.box ?? []);
		expect(box.includes('PDF')).toBe(false);
	});

	test.for<[string, () => Promise<unknown>, string]>([
		['a page that is called a PDF', () => attachFile(idOf('d'), new File(['<html>'], 'a.pdf')), 'other'],
		['an empty file', () => attachFile(idOf('d'), new File([], 'a.txt')), 'other'],
		['a drawing for an original', () => keepOriginal(idOf('d'), new File(['<svg/>'], 'a.jpg')), 'other'],
		['no sound for a recording', () => attachVoice(idOf('d'), new Blob([PDF]), 1), 'other'],
		[
			'more than 25 MB',
			() => attachFile(idOf('d'), new File([PDF, new Uint8Array(FILE_BYTES_MAX)], 'a.pdf')),
			'too_large'
		]
	])('but not: %s', async ([, put, kind]) => {
		expect(await put()).toEqual({ ok: false, error: { kind } });
		expect(await store.pictures.count()).toBe(0);
	});

	test('only where there is room for it, however it is kept then', async () => {
		const { locks } = navigator;
		const storage = { estimate: () => Promise.resolve({ quota: 20_000_000, usage: 0 }) };
		vi.stubGlobal('navigator', { locks, storage });
		const large = new File([PDF, new Uint8Array(8_000_000)], 'a.pdf');
		expect(await attachFile(idOf('d'), large)).toEqual({ ok: false, error: { kind: 'no_space' } });
		expect((await attachFile(idOf('d'), paper)).ok).toBe(true);
	});
});

describe('an alert that carries all of it', () => {
	test.for(['unlocked', 'locked'] as const)('is one item, shown and counted at once: %s', async (how) => {
		const { key } = vault;
		if (how === 'locked') vault.key = null;
		const draft = await whole();
		const done = await value(sent(draft));
		expect(done.police).toBe('opened');
		const [item, ...more] = await store.outbox.toArray();
		expect(more).toEqual([]);
		expect(item).toMatchObject({ case: done.case, parts: 3, makes: { length: 3 } });
		const entries = await store.entries.toArray();
		expect(entries.map(({ kind }) => kind).sort()).toEqual(['alert', 'names', 'opening']);
		const keys = new Map((await store.keys.toArray()).map(({ id, name }) => [id, name]));
		const counted = await store.state.where('name').startsWith('said|').toArray();
		expect(counted.map(({ name, value }) => [keys.get(name.slice(5)), value]).sort()).toEqual([
			['narrow', 1],
			['reporter', 2]
		]);
		expect(await store.pictures.count()).toBe(0);

		vault.key = key;
		if (how === 'locked') await openNew(store, key as CryptoKey, ANA, await device.rolls());
		expect(await said()).toMatchObject({
			alert: { files: [{ kind: 'document' }, { kind: 'voice' }] },
			opening: { to: { team: TEAM, circle: 'police' }, basis: 'vital_interest', consent: 'given' },
			names: { text: 'Jan Kowalski', files: [{ kind: 'original' }] }
		});
		// And what is said next counts on from there.
		expect(await say(done.case, 'reporter', { kind: 'message', text: 'And again today' })).toMatchObject({
			ok: true
		});
		expect(await say(done.case, 'narrow', { kind: 'message', text: 'And Piotr' })).toMatchObject({
			ok: true
		});
		const later = await store.state.where('name').startsWith('said|').toArray();
		expect(later.map(({ value }) => value).sort()).toEqual([2, 3]);
		expect(await store.keys.count()).toBe(2);
	});

	test('rests on something else where nobody is in danger', async () => {
		await sent(await whole({ urgency: 'calm' }));
		expect(await said()).toMatchObject({ opening: { basis: 'other' } });
	});

	test.for<[string, Partial<Shown>]>([
		['an older server shows no circle', {}],
		[
			'what it shows is not on the roll',
			{ circles: [{ name: 'coordinators', id: idOf('x'), recipient: 'y' }] }
		]
	])('is not sent with names while %s, and all of it stays', async ([, facts]) => {
		const draft = await whole();
		await tell({ circles: undefined, ...facts });
		expect(await sent(draft)).toEqual({ ok: false, error: { kind: 'no_narrow' } });
		expect(await drafts()).toEqual([draft]);
		expect(await store.pictures.count()).toBe(3);
		expect(await store.outbox.count()).toBe(0);

		const rest = { ...draft, names: '', files: draft.files.slice(0, 2) };
		await kept.saveDraft({ draft, version: await version(draft) }, rest);
		expect(await value(sent(rest))).toMatchObject({ police: 'no_contact' });
		expect(Object.keys(await said())).toEqual(['alert']);
	});

	test('goes without the police where the team has no contact, and says so', async () => {
		const roll = { ...chain.roll, seats: { [eszter.id]: chain.roll.seats[eszter.id] } } as typeof chain.roll;
		await device.keepRoll({ team: TEAM, roll, fingerprint: '', trouble: '' });
		expect(await value(sent(await whole()))).toMatchObject({ police: 'no_contact' });
		expect(Object.keys(await said()).sort()).toEqual(['alert', 'names']);
		expect(await value(sent(await whole({ police: 'no' })))).toMatchObject({ police: '' });
	});

	test('waits for unlocking where a file lies under the vault', async () => {
		const draft = await whole();
		vault.key = null;
		expect(await sent(draft)).toEqual({ ok: false, error: { kind: 'locked' } });
	});
});

describe('an alert that was refused', () => {
	const refuse = () => store.outbox.toCollection().modify({ status: 'refused', reason: 'refused' });
	const back = async (): Promise<Draft | undefined> => {
		const [item] = await store.outbox.toCollection().sortBy('created');
		await value(takeBack(item?.id ?? ''));
		return (await drafts())[0];
	};

	test('comes back with its files, its names and its wish, and leaves nothing else', async () => {
		const draft = await whole();
		await sent(draft);
		await refuse();
		const again = await back();
		const { id: _, files, ...rest } = draft;
		expect(again).toMatchObject(rest);
		const same = (all: readonly Attachment[] = []) =>
			all.map((one) => ({ ...one, file: '' })).sort((a, b) => a.kind.localeCompare(b.kind));
		expect(same(again?.files)).toEqual(same(files));
		expect((await bytesIn(again?.files ?? [])).sort()).toEqual(
			[PDF, Buffer.from(WEBM).toString('latin1'), Buffer.from(JPEG).toString('latin1')].sort()
		);
		for (const table of [store.outbox, store.parts, store.entries, store.keys, store.grants, store.files])
			expect(await table.count(), table.name).toBe(0);
		expect(await store.state.where('name').startsWith('said|').count()).toBe(0);
	});

	test('keeps for few what was said to few after it', async () => {
		const { case: id } = await value(sent(await whole()));
		await say(id, 'reporter', { kind: 'message', text: 'And again today' });
		await say(id, 'narrow', { kind: 'message', text: 'Piotr was there, too' });
		await refuse();
		const again = await back();
		expect(again?.story).toBe('Two older boys shouted.\n\nAnd again today');
		expect(again?.names).toBe('Jan Kowalski\n\nPiotr was there, too');
	});
});

describe('all of it goes along', () => {
	test('to a draft of its own', async () => {
		const draft = await whole();
		const { kept: own, from } = await keepApart(draft);
		expect(own.draft.files.map(({ kind }) => kind)).toEqual(draft.files.map(({ kind }) => kind));
		expect(await bytesIn(own.draft.files)).toEqual(await bytesIn(draft.files));
		expect([...(from?.files.keys() ?? [])]).toEqual(draft.files.map(({ file }) => file));
		expect(own.draft.files.map(({ file }) => file)).not.toEqual(draft.files.map(({ file }) => file));
	});

	test('to another device, in a draft and with what waits', async () => {
		await sent(await whole());
		const half = await whole();
		const bytes = await bytesIn(half.files);
		const outbox = await store.outbox.toArray();
		const file = await value(saveTray());
		await takeAnotherDevice();
		expect(await takeInFile(file)).toEqual({ ok: true, value: { added: 2, known: 0 } });
		expect(await drafts()).toEqual([half]);
		expect(await bytesIn(half.files)).toEqual(bytes);
		expect((await draftPhoto(half.files[1]?.file ?? ''))?.type).toBe('audio/webm');
		expect(await store.outbox.toArray()).toEqual(outbox);
		expect(await store.entries.count()).toBe(3);
		expect(await takeInFile(file)).toEqual({ ok: true, value: { added: 0, known: 2 } });
	});
});

describe('what was sent is handed out', () => {
	test('as bytes that no browser opens by itself, and a recording as what it is', async () => {
		const { files } = await whole();
		const done = await value(sent({ ...(await drafts())[0], id: (await drafts())[0]?.id } as Draft));
		const types = await Promise.all(files.map(async (one) => (await value(fileOf(done.case, one))).type));
		expect(types).toEqual(['application/octet-stream', 'audio/webm', 'application/octet-stream']);
	});

	test('never where it is not what its sender says', async () => {
		const { files, ...draft } = await whole();
		const { case: id } = await value(sent({ ...draft, files }));
		const [document, voice] = files;
		if (!document || !voice) throw new Error('there are files');
		for (const lie of [
			{ ...document, type: 'text/plain' },
			{ ...document, type: 'application/vnd.oasis.opendocument.text' },
			{ ...voice, type: 'audio/mp4' }
		] as Attachment[]) {
			expect(await fileOf(id, lie)).toEqual({ ok: false, error: { kind: 'other' } });
		}
	});
});
