/** Who is told on this device, who is no more, and what the server hears of it, on a browser that is stood in for. */
import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { device } from '../../src/lib/app/here';
import { hearing, leave, renew, turnOff, turnOn } from '../../src/lib/app/notices';
import { dropAccount, finishRemovals } from '../../src/lib/app/removing';
import type { Account } from '../../src/lib/store/device';
import { forget, kept } from '../../src/lib/store/notices';
import { idOf } from './people';

vi.mock('../../src/lib/app/held', () => ({ close: () => undefined, vaultOf: () => Promise.resolve(null) }));
vi.mock('../../src/lib/app/facts', () => ({ facts: () => Promise.resolve({ push: 'B'.repeat(87) }) }));

const [ANA, CORA] = [idOf('ana'), idOf('cora')];
const PUT = 'PUT device';
const deleted = (account: string): string => `DELETE device/${idOf(`device${account.slice(0, 3)}`)}`;

/** What the browser's question is answered with, and what is registered with its push service. */
let answer: NotificationPermission = 'granted';
let subscribed: { endpoint: string } | null = null;
/** Asked of the server, in order; and what it answers, 0 where there is no network. */
let asked: string[] = [];
let status = 204;

beforeEach(async () => {
	[answer, subscribed, asked, status] = ['granted', null, [], 204];
	let made = 0;
	const pushManager = {
		getSubscription: () => Promise.resolve(subscribed),
		subscribe: () => {
			made += 1;
			const endpoint = `https://push.example.org/${made}`;
			subscribed = Object.assign(
				{ endpoint, options: {}, toJSON: () => ({ endpoint, keys: { p256dh: 'p', auth: 'a' } }) },
				{ unsubscribe: () => Promise.resolve(void (subscribed = null)) }
			);
			return Promise.resolve(subscribed);
		}
	};
	const last = new Map<string, Promise<unknown>>();
	const request = (name: string, ...rest: unknown[]) => {
		const done = (last.get(name) ?? Promise.resolve()).then(rest.at(-1) as () => unknown);
		last.set(
			name,
			done.catch(() => undefined)
		);
		return done;
	};
	const registration = { pushManager };
	vi.stubGlobal('navigator', {
		...{ userAgent: '', maxTouchPoints: 0, locks: { request } },
		serviceWorker: {
			ready: Promise.resolve(registration),
			getRegistration: () => Promise.resolve(registration)
		}
	});
	vi.stubGlobal('PushManager', {});
	const permission: NotificationPermission = 'granted';
	vi.stubGlobal('Notification', { permission, requestPermission: () => Promise.resolve(answer) });
	vi.stubGlobal('location', { origin: 'https://heed.test' });
	vi.stubGlobal('fetch', (url: string, { method = '' }: RequestInit) => {
		if (status === 0) return Promise.reject(new TypeError('no network'));
		asked.push(`${method} ${url.replace(/.*\/notices\//, '')}`);
		const body = status === 204 ? null : JSON.stringify({ status, message: '', data: {} });
		return Promise.resolve(new Response(body, { status }));
	});
	for (const id of [ANA, CORA]) {
		await dropAccount(id);
		await finishRemovals();
	}
	await device.forget('untold');
	await forget('subscription');
	return () => vi.unstubAllGlobals();
});

/** Signs in. */
async function come(id: string): Promise<void> {
	const account = {
		id,
		login: id,
		name: id,
		instance: 'i',
		device: idOf(`device${id.slice(0, 3)}`)
	} as Account;
	await device.signIn(account, { account: id, token: 't'.repeat(40), reached: 1, latest: 1 });
}

async function signOut(id: string): Promise<void> {
	await leave({ account: id, token: 't'.repeat(40), reached: 1, latest: 1 }, 'again');
	await device.changeSession(() => null);
	await settled();
}

/** Whatever was said without being waited for has been answered. */
const settled = (): Promise<unknown> => navigator.locks.request('heed-notices', () => Promise.resolve());
const told = async (id: string) => (await device.get('told'))?.[id];

describe('a permission', () => {
	test('that was not given is told as such, and a question that was closed is not', async () => {
		await come(ANA);
		answer = 'denied';
		expect(await turnOn()).toEqual({ ok: false, error: { kind: 'denied' } });
		answer = 'default';
		expect(await turnOn()).toEqual({ ok: false, error: { kind: 'dismissed' } });
		expect(await told(ANA)).toBeUndefined();
		expect(asked).toEqual([]);
	});
});

describe('whoever signs out', () => {
	test('is told here no more, and again once they are back', async () => {
		await come(ANA);
		await turnOn();
		expect(await hearing()).toBe('on');
		asked = [];
		await signOut(ANA);
		expect(asked).toEqual([deleted(ANA)]);
		expect(subscribed).toBeNull();
		await come(ANA);
		expect(await hearing()).toBe('off');
		await renew();
		expect(asked.slice(1)).toEqual([PUT]);
		expect(await hearing()).toBe('on');
	});

	test('without a network is off in the settings until the server knows of them again', async () => {
		await come(ANA);
		await turnOn();
		await signOut(ANA);
		await come(ANA);
		status = 0;
		await renew();
		expect(await hearing()).toBe('off');
		expect(await told(ANA)).toBe('again');
	});

	test('leaves the subscription to others who are told here', async () => {
		await come(CORA);
		await turnOn();
		await come(ANA);
		await turnOn();
		const before = subscribed;
		await signOut(ANA);
		expect(subscribed).toBe(before);
		await come(CORA);
		await turnOff();
		expect(subscribed).toBeNull();
	});
});

describe('what the server did not hear of who left', () => {
	test('is said with their next session, once', async () => {
		await come(ANA);
		await turnOn();
		asked = [];
		status = 0;
		await turnOff();
		await settled();
		expect(await told(ANA)).toBe('no');
		status = 503;
		await renew();
		status = 204;
		// Another's session is not theirs.
		await come(CORA);
		await renew();
		await come(ANA);
		await renew();
		await renew();
		expect(asked).toEqual([deleted(ANA), deleted(ANA)]);
		expect(await hearing()).toBe('off');
	});

	test('is said before they are told again, and does not undo that', async () => {
		await come(ANA);
		await turnOn();
		status = 0;
		await signOut(ANA);
		await come(ANA);
		status = 204;
		asked = [];
		await renew();
		expect(asked.filter((one) => one !== 'POST renew')).toEqual([deleted(ANA), PUT]);
		await renew();
		expect(asked.filter((one) => one !== 'POST renew')).toEqual([deleted(ANA), PUT, PUT]);
	});

	test('holds where it was said while a renewal was under way', async () => {
		await come(ANA);
		await turnOn();
		const answered = fetch;
		let go = (): void => undefined;
		const gate = new Promise<void>((resolve) => (go = resolve));
		vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
			const response = await answered(url, init);
			if (init.method === 'PUT') await gate;
			return response;
		});
		asked = [];
		const renewal = renew();
		await vi.waitUntil(() => asked.includes(PUT));
		await turnOff();
		go();
		await renewal;
		await settled();
		await settled();
		expect(await told(ANA)).toBe('no');
		expect(asked.at(-1)).toBe(deleted(ANA));
		expect(subscribed).toBeNull();
	});

	test('is nothing more where they have turned it on again', async () => {
		await come(ANA);
		await turnOn();
		status = 0;
		await turnOff();
		await settled();
		status = 204;
		await turnOn();
		asked = [];
		await renew();
		expect(asked).toEqual([PUT]);
	});

	test('is kept of somebody who is removed only while others are told here', async () => {
		await come(CORA);
		await turnOn();
		await come(ANA);
		await turnOn();
		status = 0;
		await signOut(ANA);
		await dropAccount(ANA);
		expect(Object.keys((await device.get('untold')) ?? {})).toEqual([ANA]);
		await come(CORA);
		await signOut(CORA);
		await dropAccount(CORA);
		expect(Object.keys((await device.get('untold')) ?? {})).toEqual([ANA]);
		expect(await kept('subscription')).toBeNull();
	});
});

test('two tabs that start together renew one after the other', async () => {
	await come(ANA);
	await turnOn();
	await subscribedAnew();
	asked = [];
	let open = 0;
	let most = 0;
	const usual = fetch;
	vi.stubGlobal('fetch', async (url: string, how: RequestInit) => {
		most = Math.max(most, (open += 1));
		await new Promise((resolve) => setImmediate(resolve));
		open -= 1;
		return usual(url, how);
	});
	await Promise.all([renew(), renew()]);
	expect(most).toBe(1);
	expect(asked).toEqual([PUT, 'POST renew', PUT]);
});

/** The browser has dropped what it had. */
async function subscribedAnew(): Promise<void> {
	subscribed = null;
	const { pushManager } = await navigator.serviceWorker.ready;
	await pushManager.subscribe({});
}
