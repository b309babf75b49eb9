/** When the device is full: words first, pictures that come back give way, and nothing is lost silently. */
import 'fake-indexeddb/auto';
import { describe, expect, test } from 'vitest';
import { believable, DRAWN, hasRoomFor, isOutOfRoom } from '../../src/lib/domain/room';
import { openStore, type Parcel, type Store } from '../../src/lib/store/person';
import { post } from '../../src/lib/store/post';
import { withRoom } from '../../src/lib/store/room';
import { idOf } from './people';

const MB = 1_000_000;
const box = new Uint8Array(1);
const full = () => new DOMException('the disk is full', 'QuotaExceededError');

describe('a file', () => {
	test('is taken while there is room for it three times, and for words beside it', () => {
		expect(hasRoomFor(MB, 8 * MB)).toBe(true);
		expect(hasRoomFor(MB, 8 * MB - 1)).toBe(false);
		expect(hasRoomFor(0, 5 * MB - 1)).toBe(false);
	});

	test('of the largest that may be needs its own room, and a picture no more than it will have when drawn anew', () => {
		expect(hasRoomFor(25 * MB, 80 * MB)).toBe(true);
		expect(hasRoomFor(25 * MB, 80 * MB - 1)).toBe(false);
		expect(hasRoomFor(DRAWN.usual, 11 * MB)).toBe(true);
		expect(hasRoomFor(DRAWN.large, 20 * MB - 1)).toBe(false);
	});

	test('is not refused where the browser does not tell', () => {
		expect(hasRoomFor(20 * MB, null)).toBe(true);
	});
});

test('what is left is believed, unless it is too round to be true', () => {
	expect([0, 1, 10 * 2 ** 30 + 1].map(believable)).toEqual([0, 1, 10 * 2 ** 30 + 1]);
	expect([2 ** 30, 10 * 2 ** 30].map(believable)).toEqual([null, null]);
});

test('a full device is recognised however the error is wrapped, and nothing else is', () => {
	expect(isOutOfRoom(full())).toBe(true);
	expect(isOutOfRoom(Object.assign(new Error('aborted'), { inner: full() }))).toBe(true);
	expect(isOutOfRoom(new Error('put failed: QuotaExceededError: full'))).toBe(true);
	for (const other of [new Error('aborted'), null, 'Quota', new DOMException('x', 'AbortError')]) {
		expect(isOutOfRoom(other)).toBe(false);
	}
});

let stores = 0;

/** Every write of a row of `tables` fails as long as `isFull` says so. */
function fullStore(
	tables: readonly ('drafts' | 'files' | 'outbox')[],
	isFull: (held: number) => boolean
): Store {
	const store = openStore(`room${stores++}`);
	let held = 0;
	store.files.hook('creating', () => {
		held++;
	});
	store.files.hook('deleting', () => {
		held--;
	});
	for (const table of tables) {
		store[table].hook('creating', () => {
			if (isFull(held)) throw full();
		});
	}
	return store;
}

/** Two kept pictures: one that the server has, and one that it has a part of. */
async function keepPictures({ blobs, files }: Store): Promise<void> {
	const part = { key: idOf('key'), entry: idOf('entry'), owner: idOf('ana'), index: 0, count: 1 };
	const sealed = { digest: 'd'.repeat(64), part: 'p' };
	await blobs.bulkAdd([
		{ ...part, ...sealed, id: idOf('theirs'), file: idOf('there'), rev: 7 },
		{ ...part, ...sealed, id: idOf('mine'), file: idOf('here'), rev: 0 },
		{ ...part, ...sealed, id: idOf('gone'), file: idOf('here'), index: 1, rev: 8 }
	]);
	await files.bulkAdd([
		{ id: idOf('there'), box },
		{ id: idOf('here'), box }
	]);
}

const draft = { id: 'd', updated: 1, dropped: 0, version: 0, box, by: 'device' } as const;

describe('words on a full device', () => {
	test('are written once pictures that the server has have made room', async () => {
		const store = fullStore(['drafts'], (held) => held > 1);
		await keepPictures(store);
		await withRoom(store, () => store.drafts.put(draft));
		expect(await store.drafts.count()).toBe(1);
		expect(await store.files.toCollection().primaryKeys()).toEqual([idOf('here')]);
	});

	test('fail with the reason when that is not enough, and what only this device has is still here', async () => {
		const store = fullStore(['drafts'], () => true);
		await keepPictures(store);
		const failed: unknown = await withRoom(store, () => store.drafts.put(draft)).catch(
			(error: unknown) => error
		);
		expect(isOutOfRoom(failed)).toBe(true);
		expect(await store.files.toCollection().primaryKeys()).toEqual([idOf('here')]);
	});

	test('cost no picture while there is room, nor when something else is wrong', async () => {
		const store = openStore(`room${stores++}`);
		await keepPictures(store);
		await withRoom(store, () => store.drafts.put(draft));
		await expect(withRoom(store, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
		expect(await store.files.count()).toBe(2);
	});
});

describe('an alert on a full device', () => {
	const parcel: Parcel = {
		item: {
			...{ id: idOf('item'), case: idOf('case'), created: 1, attempts: 0, notBefore: 0, reason: '' },
			...{ status: 'waiting', makes: [], needs: [], filed: false, left: [], parts: 0 }
		},
		batch: { id: idOf('item'), writes: [], digest: '' },
		parts: []
	};
	const kept = { files: [{ id: idOf('new'), box }] };

	test('goes without the copies that are only to look at', async () => {
		const store = fullStore(['files'], (held) => held > 1);
		await store.drafts.put(draft);
		await store.files.add({ id: idOf('here'), box });
		await post(store, parcel, {}, kept, draft);
		expect(await store.outbox.count()).toBe(1);
		expect(await store.files.toCollection().primaryKeys()).toEqual([idOf('here')]);
		expect(await store.drafts.count()).toBe(0);
	});

	test('stays a draft, whole, where even that does not fit', async () => {
		const store = fullStore(['outbox'], () => true);
		await store.drafts.put(draft);
		const failed: unknown = await post(store, parcel, {}, kept, draft).catch((error: unknown) => error);
		expect(isOutOfRoom(failed)).toBe(true);
		expect(await store.outbox.count()).toBe(0);
		expect(await store.drafts.get(draft.id)).toEqual(draft);
	});
});
