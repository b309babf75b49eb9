/** Half-said words: kept under the vault's key alone, the same in every tab, and nothing of them is lost. */
import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { newDeviceKey } from '../../src/lib/crypto/vault';
import { beyond, together, type Begun } from '../../src/lib/domain/begun';
import { AUDIENCES } from '../../src/lib/domain/lists';
import type { Parcel, Store } from '../../src/lib/store/person';
import { post } from '../../src/lib/store/post';
import { idOf } from './people';

vi.stubGlobal('navigator', {
	locks: { query: () => ({ held: [] }), request: () => Promise.resolve() }
});
vi.stubGlobal('document', { visibilityState: 'hidden' });

const { device, storeOf } = await import('../../src/lib/app/here');
const held = await import('../../src/lib/app/held');
const { begun, begunAmong, keepBegun } = await import('../../src/lib/app/begun');

const CASE = idOf('case');
const team = (text: string): Begun => ({ text, audience: 'team' });
let accounts = 0;
let account: string;
let key: CryptoKey;
let store: Store;
beforeEach(async () => {
	account = idOf(`account${accounts++}`);
	await device.set('session', { account, token: '', reached: 0, latest: 0 });
	store = storeOf(account);
	key = await newDeviceKey();
	held.open(account, key, 60_000);
});

async function kept(words: Begun, at: number): Promise<number> {
	const done = await keepBegun(CASE, words, at);
	if (!done.ok) throw new Error(done.error.kind);
	return done.value;
}

function sayIt(at: number) {
	const id = idOf('entry');
	const parcel: Parcel = {
		item: {
			...{ id, case: CASE, created: 1, attempts: 0, notBefore: 0, reason: '', status: 'waiting' },
			...{ makes: [], needs: [], filed: false, left: [], parts: 0 }
		},
		batch: { id, writes: [], digest: '' },
		parts: []
	};
	return post(store, parcel, {}, {}, null, { id: CASE, at });
}

describe('what was begun', () => {
	test('comes back with its audience, and is no longer there once it is empty', async () => {
		const first = await kept(team('Danke'), 0);
		expect(await begun(CASE)).toEqual({ words: team('Danke'), at: first });
		const second = await kept(team('Danke, wir'), first);
		expect(second).toBeGreaterThan(first);
		expect(await kept(team(' '), second)).toBe(0);
		expect(await begun(CASE)).toEqual({ words: null, at: 0 });
		expect(await store.begun.count()).toBe(0);
	});

	test('does not show while locked, is not written then, and is there after it', async () => {
		const at = await kept(team('Danke'), 0);
		held.close();
		expect(await begun(CASE)).toBeNull();
		expect(await keepBegun(CASE, team('Danke, wir'), at)).toMatchObject({ error: { kind: 'locked' } });
		held.open(account, key, 60_000);
		expect(await begun(CASE)).toEqual({ words: team('Danke'), at });
	});

	test('is not written over by a tab that has not seen it', async () => {
		const at = await kept(team('Danke'), 0);
		const changed = { ok: false, error: { kind: 'changed', by: { words: team('Danke'), at } } };
		expect(await keepBegun(CASE, team('Merci'), 0)).toEqual(changed);
		expect(await keepBegun(CASE, team('Merci'), at - 1)).toEqual(changed);
		expect(await keepBegun(CASE, team(''), 0)).toEqual(changed);
	});

	test('goes with what is said, and is said by one tab alone', async () => {
		const at = await kept(team('Danke'), 0);
		expect(await Promise.all([sayIt(at), sayIt(at)])).toEqual(['posted', 'changed']);
		expect(await store.begun.count()).toBe(0);
		expect(await store.outbox.count()).toBe(1);
	});

	test('is not said where another tab has typed on', async () => {
		const at = await kept(team('Danke'), 0);
		await kept(team('Danke nein'), at);
		expect(await sayIt(at)).toBe('changed');
		expect(await store.outbox.count()).toBe(0);
		expect(await store.begun.count()).toBe(1);
	});
});

describe('what two tabs typed', () => {
	const words = fc.record<Begun>({
		text: fc.string(),
		audience: fc.constantFrom(...AUDIENCES)
	});

	test('is all there, and never goes to others than it was meant for', () => {
		fc.assert(
			fc.property(words, words, (theirs, mine) => {
				const both = together(theirs, mine);
				expect(both.text).toContain(theirs.text);
				expect(both.text.endsWith(mine.text)).toBe(true);
				if (theirs.text.trim() && theirs.audience !== mine.audience) expect(both.audience).toBe('');
				else expect(both.audience).toBe(mine.audience);
			})
		);
	});

	test('is there once where one has only typed on', () => {
		expect(together(team('Danke'), team('Danke, wir')).text).toBe('Danke, wir');
		expect(together(team('Danke'), team('Merci')).text).toBe('Danke\nMerci');
	});

	test('while the words before it were being said stays', () => {
		expect(beyond('Danke', 'Danke')).toBe('');
		expect(beyond('Danke', 'Danke\nUnd noch')).toBe('Und noch');
		expect(beyond('Danke', 'Und noch')).toBe('Und noch');
	});
});

test('words under a vault that was replaced wait for the old passphrase, with the drafts', async () => {
	await kept(team('Danke'), 0);
	const { setAside } = await import('../../src/lib/app/aside');
	await setAside(store, new Uint8Array(3));
	expect(await begun(CASE)).toEqual({ words: null, at: 0 });
	expect((await store.aside.toArray()).map((row) => row.begun?.map(({ id }) => id))).toEqual([[CASE]]);
});

describe('what was begun in a form', () => {
	const form = (more: Record<string, string>, text = ''): Begun => ({ text, audience: 'team', more });

	test('is kept for any of its answers, and no longer once all are empty', async () => {
		const id = `${CASE}|task`;
		const first = await keepBegun(id, form({ due: '2026-12-01' }), 0);
		expect(first).toMatchObject({ ok: true });
		expect((await begun(id))?.words).toEqual(form({ due: '2026-12-01' }));
		expect(await begunAmong([id, CASE])).toEqual([id]);
		if (first.ok) await keepBegun(id, form({ due: ' ' }), first.value);
		expect(await begunAmong([id])).toEqual([]);
	});

	test('by two tabs is put together answer by answer, and nothing of it is lost', () => {
		const answers = fc.dictionary(fc.constantFrom('what', 'due', 'to'), fc.string());
		fc.assert(
			fc.property(answers, answers, (theirs, mine) => {
				const both = together(form(theirs), form(mine)).more ?? {};
				for (const name of ['what', 'due', 'to']) {
					expect(both[name] ?? '').toContain(theirs[name] ?? '');
					expect(both[name] ?? '').toContain(mine[name] ?? '');
				}
			})
		);
	});
});
