/** What the service worker makes of pushes and taps while no page is open, on a browser that is stood in for. */
import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Nudge } from '../../src/lib/domain/notice';
import { allOwed, drop, keep, kept, owe } from '../../src/lib/store/notices';
import { tellPushes } from '../../src/service-worker/push';
import { idOf } from './people';

const NOON = Date.parse('2026-11-18T12:00:00Z');
const HOUR = 3_600_000;

const nudge = (given: Partial<Nudge> = {}): Nudge => ({
	...{ v: 1, id: idOf('nudge'), kind: 'danger', tag: 'danger-one', token: 't'.repeat(32) },
	...{ case: idOf('case'), person: idOf('cora') },
	...given
});

type Shown = NotificationOptions & { title: string; renotify?: boolean; close: () => void };
type Subscribed = { endpoint: string; keys: { p256dh: string; auth: string } };
type Answer = { status: number; body?: string };

const subscriptionOf = (json: Subscribed): PushSubscription =>
	({ toJSON: () => json, options: { userVisibleOnly: true } }) as unknown as PushSubscription;

/** The worker's side of a browser: what is shown, what the icon says, and what our server was told. */
function aWorker(answer: (path: string) => Answer | null, subscription: Subscribed | null = null) {
	const shown: Shown[] = [];
	const badges: number[] = [];
	const opened: string[] = [];
	const asked: { path: string; body: unknown }[] = [];
	const hears = new Map<string, (event: object) => void>();
	const close = (one: Shown): unknown => shown.splice(shown.indexOf(one), 1);
	const registration = {
		showNotification: (title: string, look: NotificationOptions) => {
			const before = shown.findIndex(({ tag }) => tag === look.tag);
			if (before >= 0) shown.splice(before, 1);
			const one: Shown = { ...look, title, close: () => void close(one) };
			shown.push(one);
			return Promise.resolve();
		},
		getNotifications: ({ tag }: { tag?: string } = {}) =>
			Promise.resolve(shown.filter((one) => tag === undefined || one.tag === tag)),
		pushManager: {
			getSubscription: () => Promise.resolve(subscription && subscriptionOf(subscription)),
			subscribe: () => Promise.reject(new Error('none'))
		}
	};
	vi.stubGlobal('fetch', (path: string, { body }: { body: string }) => {
		asked.push({ path: path.replace('/api/heed/notices/', ''), body: JSON.parse(body) as unknown });
		const said = answer(path);
		return said
			? Promise.resolve(new Response(said.body ?? null, { status: said.status }))
			: Promise.reject(new TypeError('no network'));
	});
	tellPushes({
		registration,
		addEventListener: (name: string, listen: (event: object) => void) => hears.set(name, listen),
		clients: {
			matchAll: () => Promise.resolve([]),
			openWindow: (address: string) => Promise.resolve(void opened.push(address))
		},
		navigator: {
			languages: ['en'],
			setAppBadge: (count: number) => Promise.resolve(void badges.push(count))
		}
	} as unknown as ServiceWorkerGlobalScope);

	/** Something happens, and all that comes of it. */
	async function happens(name: string, event: object = {}): Promise<void> {
		const work: Promise<unknown>[] = [];
		hears.get(name)?.({ ...event, waitUntil: (some: Promise<unknown>) => void work.push(some) });
		await Promise.all(work);
	}
	const push = (sent: unknown) => happens('push', { data: { json: () => sent } });
	const tap = (action = '') => {
		const [notification] = shown;
		return happens('notificationclick', { notification, action });
	};
	const settle = () => happens('message', { data: { settle: true } });
	const now = () => shown.map(({ title, body }) => [title, body ?? '']);
	return { shown, now, badges, opened, asked, happens, push, tap, settle };
}

const HEARD: Answer = { status: 204 };
const REFUSED: Answer = { status: 404, body: JSON.stringify({ status: 404, message: 'Nothing.', data: {} }) };
const TOLD = ['Your team has been told that you have it', ''];
const UNTOLD = ['Not sent yet: it goes as soon as there is a network', ''];
const UNCOUNTED = 'Your ‘I have it’ did not count';

beforeEach(async () => {
	vi.useFakeTimers({ toFake: ['Date'], now: NOON });
	for (const person of (await allOwed()).map((owed) => owed.nudge.person)) await drop(person);
	return () => vi.useRealTimers();
});

describe('‘I have it’ by a tap', () => {
	test('is told as taken once the server has it', async () => {
		const worker = aWorker(() => HEARD);
		await worker.push(nudge());
		await worker.tap('have');
		expect(worker.now()).toEqual([TOLD]);
		expect(await allOwed()).toEqual([]);
	});

	test('that does not count any more is not told as taken, and the answer leads to the case', async () => {
		const worker = aWorker((path) => (path.endsWith('token') ? REFUSED : null));
		await worker.push(nudge());
		await worker.tap('have');
		const [one] = worker.shown;
		expect(one?.title).toBe(UNCOUNTED);
		expect(one?.body).toMatch(/somebody else has it, or you are no longer of the team/);
		expect(one).toMatchObject({ renotify: true, tag: 'danger-one' });
		expect(one?.silent).toBeUndefined();
		expect(await allOwed()).toEqual([]);
		await worker.tap('open');
		expect(worker.opened).toEqual([`/notified#${idOf('cora')}/team/${idOf('case')}`]);
	});

	test.for([
		{ name: 'no network', answer: null },
		{ name: 'a page that is not our server’s', answer: { status: 404, body: '<h1>Not found</h1>' } },
		{ name: 'another server’s JSON', answer: { status: 404, body: '{"error":"nothing here"}' } },
		{ name: 'a portal that says yes to all', answer: { status: 200, body: '<h1>Welcome</h1>' } },
		{ name: 'a server in trouble', answer: { status: 502, body: 'null' } }
	])('waits and says so once: $name', async ({ answer }) => {
		let line: Answer | null = answer;
		const worker = aWorker(() => line);
		await worker.push(nudge());
		await worker.tap('have');
		expect(worker.now()).toEqual([UNTOLD]);
		worker.shown.length = 0;
		await worker.settle();
		expect(worker.now()).toEqual([]);
		line = HEARD;
		await worker.settle();
		expect(worker.now()).toEqual([TOLD]);
	});

	test('that could not be sent for a day is said to be none, and is not sent any more', async () => {
		const worker = aWorker(() => null);
		await worker.push(nudge());
		await worker.tap('have');
		vi.setSystemTime(NOON + 23 * HOUR);
		await worker.settle();
		expect(worker.now()).toEqual([UNTOLD]);
		vi.setSystemTime(NOON + 25 * HOUR);
		const before = worker.asked.length;
		await worker.settle();
		const [one] = worker.now();
		expect(one?.[0]).toBe(UNCOUNTED);
		expect(one?.[1]).toMatch(/your team has not heard it from this device/);
		expect(worker.asked).toHaveLength(before);
		expect(await allOwed()).toEqual([]);
	});

	test('of two that ask at the same moment is said once', async () => {
		const worker = aWorker(() => HEARD);
		await worker.push(nudge());
		await Promise.all([worker.tap('have'), worker.settle(), worker.settle()]);
		const had = worker.asked.filter(({ body }) => (body as { did: string }).did === 'have');
		expect(had).toHaveLength(1);
	});
});

test('what a push has shown counts at the icon until somebody looks at it, beside what the page counted', async () => {
	const worker = aWorker(() => HEARD);
	await worker.happens('message', { data: { counted: 2 } });
	vi.setSystemTime(NOON + 1);
	await worker.push(nudge());
	await worker.push(nudge({ id: idOf('second'), tag: 'two', kind: 'answer' }));
	// Again the same, and a test: neither is news.
	await worker.push(nudge({ id: idOf('second'), tag: 'two', kind: 'answer' }));
	await worker.push(nudge({ id: idOf('third'), tag: 'test', kind: 'test' }));
	expect(worker.badges.at(-1)).toBe(4);
	await worker.tap();
	expect(worker.badges.at(-1)).toBe(3);
	worker.shown.length = 0;
	await worker.happens('notificationclose');
	expect(worker.badges.at(-1)).toBe(2);
	// The page was open meanwhile: it has counted all there is.
	await worker.push(nudge({ id: idOf('fourth'), tag: 'four' }));
	vi.setSystemTime(NOON + 2);
	await worker.happens('message', { data: { counted: 0 } });
	await worker.happens('notificationclose');
	expect(worker.badges.at(-1)).toBe(0);
});

describe('a subscription that the browser has replaced', () => {
	const OLD = { endpoint: 'https://push.example.org/old', auth: 'o'.repeat(22) };
	const NEW = {
		endpoint: 'https://push.example.org/new',
		keys: { p256dh: 'B'.repeat(87), auth: 'n'.repeat(22) }
	};

	test('is told by the old one’s secret, and the new one stands in its place', async () => {
		await keep('subscription', OLD);
		const worker = aWorker(() => HEARD, NEW);
		await worker.happens('pushsubscriptionchange', { newSubscription: null });
		const { endpoint, keys } = NEW;
		expect(worker.asked).toEqual([{ path: 'renew', body: { ...OLD, subscription: { endpoint, ...keys } } }]);
		expect(await kept('subscription')).toEqual({ endpoint, auth: keys.auth });
	});

	test('is the old one still where the server did not hear it', async () => {
		await keep('subscription', OLD);
		const worker = aWorker(() => null, NEW);
		await worker.happens('pushsubscriptionchange', { newSubscription: subscriptionOf(NEW) });
		expect(worker.asked).toHaveLength(1);
		expect(await kept('subscription')).toEqual(OLD);
	});

	test('tells nothing where there is none any more', async () => {
		await keep('subscription', OLD);
		const worker = aWorker(() => HEARD);
		await worker.happens('pushsubscriptionchange', {});
		expect(worker.asked).toEqual([]);
	});
});

test('who is removed takes along what was still to be said for them, and nobody else’s', async () => {
	const owed = { did: 'have' as const, at: NOON, said: true };
	const ana = { nudge: nudge({ person: idOf('ana'), token: 'a'.repeat(32) }), ...owed };
	const cora = { nudge: nudge(), ...owed };
	await Promise.all([
		owe(ana),
		owe({ ...ana, did: 'shown' }),
		owe(cora),
		keep('counted', { count: 3, at: NOON })
	]);
	await drop(idOf('ana'));
	expect(await allOwed()).toEqual([cora]);
	expect(await kept('counted')).toBeNull();
	await drop(idOf('cora'));
});
