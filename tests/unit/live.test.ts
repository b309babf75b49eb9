import 'fake-indexeddb/auto';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { changed, onChange } from '../../src/lib/store/live';
import { Device } from '../../src/lib/store/device';
import { openStore } from '../../src/lib/store/person';

const store = openStore('anapereira12345');
const ends: (() => void)[] = [];
const still = () => new Promise((resolve) => setTimeout(resolve, 50));
// That there is a store at all is news, too.
beforeAll(async () => {
	await store.open();
	await still();
});
afterEach(() => {
	for (const end of ends.splice(0)) end();
});

function listen() {
	const heard = { all: 0, other: 0 };
	ends.push(
		onChange(() => heard.all++, { typed: true }),
		onChange(() => heard.other++)
	);
	return heard;
}

const row = { id: 'adraft123456789', updated: 1, dropped: 0, version: 1, by: 'vault' as const };
const draft = { ...row, box: new Uint8Array(40) };

test('what is being typed wakes those alone who show it', async () => {
	const heard = listen();
	await store.drafts.put(draft);
	await store.begun.put({ id: 'acase1234567890', box: draft.box, updated: 1 });
	// Changes that follow each other at once may be told as one.
	await vi.waitFor(() => expect(heard.all).toBeGreaterThan(0));
	await still();
	expect(heard.other).toBe(0);
});

test('what changes together with it wakes everybody', async () => {
	const heard = listen();
	await store.transaction('rw', store.drafts, store.sent, async () => {
		await store.drafts.delete(draft.id);
		await store.sent.put({ id: draft.id, case: 'acase1234567890' });
	});
	await vi.waitFor(() => expect(heard).toEqual({ all: 1, other: 1 }));
});

test('locking wakes everybody, until they have stopped listening', () => {
	const heard = listen();
	changed();
	for (const end of ends.splice(0)) end();
	changed();
	expect(heard).toEqual({ all: 1, other: 1 });
});

test('whoever has written goes on when all have heard of it', async () => {
	const device = new Device();
	await device.set('since', 1);
	await still();
	const heard = listen();
	await device.set('since', 2);
	expect(heard.other).toBe(1);
	await device.changeSession(() => null);
	expect(heard.other).toBe(1);
	await device.setOnce('durable', true);
	expect(heard.other).toBe(2);
});
