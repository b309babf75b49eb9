/** Several people on one device: what goes with one of them, what stays, and what is said when a browser deletes. */
import 'fake-indexeddb/auto';
import { Dexie } from 'dexie';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { loss, noteLoss, readLoss, renewMarker } from '../../src/lib/app/loss';
import { isMarked } from '../../src/lib/app/marker';
import { device, storeOf } from '../../src/lib/app/here';
import { dropAccount, finishRemovals, remove, unsent } from '../../src/lib/app/removing';
import type { Account, AskedRecovery } from '../../src/lib/store/device';
import { deleteStore } from '../../src/lib/store/person';
import { roughly } from '../../src/lib/ui/size';
import { isTabOnIos } from '../../src/routes/ios';
import { idOf } from './people';

const leave = vi.hoisted(() => vi.fn(() => new Promise<void>(() => undefined)));
vi.mock('../../src/lib/app/notices', () => ({ leave }));
vi.mock('../../src/lib/app/held', () => ({ close: () => undefined, vaultOf: () => Promise.resolve(null) }));

const [ANA, CORA] = [idOf('ana'), idOf('cora')];
const box = new Uint8Array(1);

beforeEach(async () => {
	const kept = new Map<string, string>();
	vi.stubGlobal('localStorage', {
		getItem: (name: string) => kept.get(name) ?? null,
		setItem: (name: string, value: string) => void kept.set(name, value),
		removeItem: (name: string) => void kept.delete(name)
	});
	vi.stubGlobal('document', { cookie: '' });
	vi.stubGlobal('location', { protocol: 'https:' });
	vi.stubGlobal('navigator', {
		locks: { request: (_: string, ...rest: unknown[]) => Promise.resolve((rest.at(-1) as () => unknown)()) }
	});
	for (const id of [ANA, CORA]) {
		await dropAccount(id);
		await finishRemovals();
	}
	for (const name of ['lost', 'recovery', 'session', 'tries'] as const) await device.forget(name);
});

/** Signs somebody in, as the last one to do so, with a draft, half a message and something on its way. */
async function moveIn(id: string, login: string): Promise<void> {
	const account = { ...{ id, login, name: login, instance: 'i', recipient: 'r', verifier: 'v' } } as Account;
	await noteLoss(id, await device.account(id));
	const store = storeOf(id);
	await store.identities.put({ id: 'me', box });
	await device.signIn(account, { account: id, token: 't', reached: 1, latest: 1 });
}

async function write(id: string): Promise<void> {
	const { drafts, begun, outbox, aside } = storeOf(id);
	const draft = { updated: 1, version: 0, box, by: 'vault' } as const;
	await drafts.bulkPut([
		{ ...draft, id: 'one', dropped: 0 },
		{ ...draft, id: 'discarded', dropped: 5 }
	]);
	await aside.put({
		id: 'a',
		vault: box,
		drafts: [{ ...draft, id: 'old', dropped: 0 }],
		pictures: [],
		begun: [{ id: 'said', box, updated: 1 }]
	});
	await begun.put({ id: 'case', box, updated: 1 });
	await outbox.put({
		...{ id: 'item', case: 'case', created: 1, attempts: 0, notBefore: 0, reason: '', status: 'waiting' },
		...{ makes: [], needs: [], filed: false, left: [], parts: 0 }
	});
}

/** Those of persons, and the device's own. What the service worker knows may come at any moment. */
const databases = async (): Promise<string[]> =>
	(await Dexie.getDatabaseNames()).filter((name) => name.startsWith('heed')).sort();

describe('removing oneself', () => {
	test('takes all of one person, and nothing of another', async () => {
		await moveIn(CORA, 'cora');
		await write(CORA);
		await moveIn(ANA, 'ana');
		await write(ANA);
		await device.change('tries', {}, () => ({ [ANA]: tried, [CORA]: tried }));
		await device.set('recovery', { is: 'done', login: 'ana' });
		await remove();
		await finishRemovals();

		expect(await device.account(ANA)).toBeUndefined();
		expect(await device.get('session')).toBeNull();
		expect(await device.get('tries')).toEqual({ [CORA]: tried });
		expect(await device.get('recovery')).toBeNull();
		expect(await device.get('removing')).toEqual([]);
		expect(await databases()).toEqual(['heed', `heed-${CORA}`]);
		expect(await device.account(CORA)).toMatchObject({ login: 'cora' });
		expect(await storeOf(CORA).drafts.count()).toBe(2);
		expect(isMarked()).toBe(true);
	});

	test('leaves what somebody else has asked for', async () => {
		const asked = { login: 'cora', team: 't' } as AskedRecovery;
		await device.set('recovery', { is: 'asked', asked });
		await moveIn(ANA, 'ana');
		await remove();
		expect(await device.get('recovery')).toEqual({ is: 'asked', asked });
		expect(isMarked()).toBe(true);
	});

	test('is finished later where it was cut short, and not done to whoever came back', async () => {
		await moveIn(ANA, 'ana');
		await write(ANA);
		await dropAccount(ANA);
		expect(await databases()).toContain(`heed-${ANA}`);
		await finishRemovals();
		await moveIn(ANA, 'ana');
		await finishRemovals();
		expect(await storeOf(ANA).identities.count()).toBe(1);
		expect(await unsent()).toEqual({ drafts: 0, words: 0 });
	});

	test('closes the store in tabs that have it open, and none of them makes it anew', async () => {
		await moveIn(ANA, 'ana');
		const elsewhere = storeOf(ANA);
		await elsewhere.drafts.count();
		await deleteStore(ANA);
		await expect(elsewhere.drafts.count()).rejects.toThrow('closed');
		expect(await databases()).not.toContain(`heed-${ANA}`);
		expect(storeOf(ANA)).not.toBe(elsewhere);
	});

	test('by the last one leaves no mark, so that nobody is told of a loss', async () => {
		await moveIn(ANA, 'ana');
		expect(isMarked()).toBe(true);
		await remove();
		expect(isMarked()).toBe(false);
		expect(await loss()).toBeNull();
	});

	test('names what only this device has', async () => {
		expect(await unsent()).toEqual({ drafts: 0, words: 0 });
		await moveIn(ANA, 'ana');
		await write(ANA);
		// One that can be written on, and one from under an old passphrase; half a message, and one on its way.
		expect(await unsent()).toEqual({ drafts: 2, words: 3 });
	});

	const tried = { wrong: 1, from: 1 };
});

describe('what the browser has deleted', () => {
	const evict = async (): Promise<void> => {
		await dropAccount(ANA);
		await finishRemovals();
	};

	test('is said to whoever opens an emptied device, and to nobody else', async () => {
		expect(await loss()).toBeNull();
		await moveIn(ANA, 'ana');
		expect(await loss()).toBeNull();
		await evict();
		expect(await loss()).toBe('to_read');
		await readLoss();
		expect(await loss()).toBeNull();
	});

	test('is said by the cookie alone, too', async () => {
		document.cookie = 'PARAGLIDE=x; heed_kept=1';
		expect(await loss()).toBe('to_read');
		document.cookie = 'not_heed_kept=1';
		expect(await loss()).toBeNull();
	});

	test('stays said through a sign-in, until it was read', async () => {
		await moveIn(ANA, 'ana');
		await evict();
		await moveIn(ANA, 'ana');
		expect(await loss()).toBe('to_read');
		await moveIn(ANA, 'ana');
		await readLoss();
		expect(await loss()).toBeNull();
	});

	test('is said to the one whose store it was', async () => {
		await moveIn(CORA, 'cora');
		await moveIn(ANA, 'ana');
		await storeOf(ANA).identities.clear();
		expect(await loss()).toBe('to_sign_in');
		await moveIn(CORA, 'cora');
		expect(await loss()).toBeNull();
		await moveIn(ANA, 'ana');
		expect(await loss()).toBe('to_read');
		await readLoss();
		expect(await loss()).toBeNull();
	});

	test('is not said where nobody had anything, and the mark is kept fresh where somebody has', async () => {
		await renewMarker();
		expect(isMarked()).toBe(false);
		await moveIn(ANA, 'ana');
		localStorage.removeItem('heed_kept');
		document.cookie = '';
		await renewMarker();
		expect(isMarked()).toBe(true);
		expect(document.cookie).toBe('heed_kept=1; Path=/; Max-Age=34560000; SameSite=Strict; Secure');
	});
});

test('room is said in one digit, and hardly any is said in words', () => {
	expect([10e6, 43.9e6, 999e6, 1e9, 17.9e9].map((bytes) => roughly(bytes, 'en'))).toEqual([
		...['10 MB', '40 MB', '900 MB', '1 GB', '10 GB']
	]);
	expect(roughly(9.9e6, 'en')).toBeNull();
	expect(roughly(2.5e9, 'hu')).toBe('2 GB');
});

test.for<[string, string, number, unknown, boolean]>([
	['an iPhone in a tab', 'iPhone; CPU iPhone OS 18_5 like Mac OS X', 5, false, true],
	['an iPhone from the home screen', 'iPhone; CPU iPhone OS 18_5 like Mac OS X', 5, true, false],
	['an iPad that says it is a Mac', 'Macintosh; Intel Mac OS X 10_15_7', 5, false, true],
	['a Mac', 'Macintosh; Intel Mac OS X 10_15_7', 0, undefined, false],
	['an Android phone', 'Linux; Android 15; Pixel', 5, undefined, false]
])('the advice to install is for iOS in a tab: %s', ([, userAgent, maxTouchPoints, standalone, is]) => {
	expect(isTabOnIos({ userAgent, maxTouchPoints, standalone })).toBe(is);
});

describe('whoever leaves', () => {
	beforeEach(() => void leave.mockClear());

	test('waits for nothing about notices that nobody asked for here', async () => {
		await moveIn(ANA, 'ana');
		await remove();
		expect(leave).not.toHaveBeenCalled();
		expect(await device.get('session')).toBeNull();
	});

	test('is told here no more, and is not held by a line that hangs', async () => {
		await moveIn(ANA, 'ana');
		await device.change('told', {}, () => ({ [ANA]: 'yes' }));
		vi.useFakeTimers({ toFake: ['setTimeout'] });
		try {
			const gone = remove();
			await vi.waitUntil(() => leave.mock.calls.length > 0);
			await vi.advanceTimersByTimeAsync(3_000);
			await gone;
		} finally {
			vi.useRealTimers();
		}
		expect(await device.get('session')).toBeNull();
	});
});
