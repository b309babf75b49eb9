/** What a test needs of pushes: a browser that subscribes to a made-up service, what arrives there, what is shown, and a tap. */
import type { BrowserContext, CDPSession, Page, Worker } from '@playwright/test';
import { NUDGE_BYTES, type Nudge } from '../../src/lib/domain/notice';

/** As `PushSubscription.toJSON()` writes it. */
export type Subscribed = { endpoint: string; keys: { p256dh: string; auth: string } };

/** A browser whose push service is a page's own, and whose person says yes when it asks. */
export async function standIn(context: BrowserContext, subscribed: Subscribed): Promise<void> {
	await context.grantPermissions(['notifications']);
	await context.addInitScript((json) => {
		let current: unknown = null;
		const made = {
			options: {},
			endpoint: json.endpoint,
			toJSON: () => json,
			unsubscribe: () => {
				current = null;
				return Promise.resolve(true);
			}
		};
		PushManager.prototype.getSubscription = () => Promise.resolve(current as PushSubscription | null);
		PushManager.prototype.subscribe = () => Promise.resolve((current = made) as unknown as PushSubscription);
	}, subscribed);
}

/** As a push service would: padded to the size that every push has. */
export async function deliver(page: Page, sent: Nudge | string): Promise<void> {
	const { cdp, registrationId } = await workersOf(page);
	const data = typeof sent === 'string' ? sent : JSON.stringify(sent).padEnd(NUDGE_BYTES);
	await cdp.send('ServiceWorker.deliverPushMessage', {
		origin: new URL(page.url()).origin,
		registrationId,
		data
	});
}

async function workersOf(page: Page): Promise<{ cdp: CDPSession; registrationId: string }> {
	const cdp = await page.context().newCDPSession(page);
	const found = new Promise<string>((resolve) => {
		cdp.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
			const [one] = registrations.filter(({ isDeleted }) => !isDeleted);
			if (one) resolve(one.registrationId);
		});
	});
	await cdp.send('ServiceWorker.enable');
	return { cdp, registrationId: await found };
}

type Shown = { title: string; body: string; tag: string; actions: string[]; stays: boolean };

export const shown = (page: Page): Promise<Shown[]> =>
	page.evaluate(async () => {
		const registration = await navigator.serviceWorker.ready;
		type Full = Notification & { actions: { action: string }[] };
		const all = (await registration.getNotifications()) as Full[];
		return all.map(({ title, body, tag, actions, requireInteraction: stays }) => ({
			title,
			body,
			tag,
			actions: actions.map(({ action }) => action),
			stays
		}));
	});

export const titles = async (page: Page): Promise<string[]> => (await shown(page)).map(({ title }) => title);

/**
 * A tap on what is shown. No hand reaches a notification here: the worker hears the event that a tap makes. What only a
 * real tap may do, opening a window, is written down instead.
 */
export async function tap(worker: Worker, tag: string, action = ''): Promise<string[]> {
	return worker.evaluate(
		async ([wanted, action]) => {
			const scope = globalThis as unknown as ServiceWorkerGlobalScope;
			const opened: string[] = [];
			const work: Promise<unknown>[] = [];
			scope.clients.openWindow = (url) => {
				opened.push(String(url));
				return Promise.resolve(null);
			};
			const [notification] = await scope.registration.getNotifications({ tag: wanted });
			if (!notification) throw new Error('nothing is shown');
			const event = new NotificationEvent('notificationclick', { notification, action });
			event.waitUntil = (promise) => void work.push(Promise.resolve(promise));
			scope.dispatchEvent(event);
			await Promise.all(work);
			return opened;
		},
		[tag, action] as const
	);
}

export function workerOf(context: BrowserContext): Worker {
	const [worker] = context.serviceWorkers();
	if (!worker) throw new Error('no worker is running');
	return worker;
}
