/// <reference lib="webworker" />
/**
 * Pushes become notifications here. What comes says nothing of a case; the words are chosen on this device, in its language,
 * and something is always shown: a push that shows nothing costs the subscription.
 */
import * as m from '../lib/i18n/generated/messages';
import { LOCALES, type Locale } from '../lib/domain/lists';
import type { NoticeKind, Nudge } from '../lib/domain/notice';
import { addressOf, isPressing, readNudge } from '../lib/domain/nudge';
import { spoken } from '../lib/domain/spoken';
import { allOwed, keep, kept, owe, paid, type Owed } from '../lib/store/notices';

/** What a notification knows of itself. `at` in ms; 0 for what is no news, and is not counted at the icon. */
type Data = { nudge: Nudge | null; at: number };
/** Some of it is not in TypeScript's list, since not every browser has it. */
type Look = NotificationOptions & {
	actions?: { action: string; title: string }[];
	renotify?: boolean;
	vibrate?: number[];
};
/** The event by which a browser says that a subscription was replaced, or has ended. */
type Change = ExtendableEvent & {
	oldSubscription?: PushSubscription | null;
	newSubscription?: PushSubscription | null;
};

const TITLE: Record<NoticeKind, typeof m.push_other> = {
	danger: m.push_danger,
	urgent: m.push_urgent,
	call: m.push_call,
	above: m.push_above,
	police: m.push_police,
	alert: m.push_alert,
	message: m.push_message,
	seen: m.push_seen,
	answer: m.push_answer,
	test: m.push_test,
	red: m.push_other,
	confirm: m.push_other
};

/** What became of a word to the server. `refused`: it does not count there. `late`: it could not be said for too long. */
type Became = 'heard' | 'refused' | 'late' | 'waits';
/** What is said of ‘I have it’ then. */
const SAYS: Record<Became, { title: typeof m.push_told; body?: typeof m.push_told }> = {
	heard: { title: m.push_told },
	waits: { title: m.push_untold },
	refused: { title: m.push_uncounted, body: m.push_refused },
	late: { title: m.push_uncounted, body: m.push_late }
};

/** ms: whoever has not heard it after a day has no use for it. */
const OWED_FOR = 86_400_000;
/** ms */
const PATIENCE = 15_000;
const ANSWER = 1_000;
const ICON = '/icon-192.png';

export function tellPushes(worker: ServiceWorkerGlobalScope): void {
	const { registration } = worker;

	worker.addEventListener('push', (event) => event.waitUntil(arrived(event.data)));
	worker.addEventListener('notificationclick', (event) => {
		const { nudge } = dataOf(event.notification);
		event.notification.close();
		const act = nudge && event.action === 'have' ? have(nudge) : open(nudge ? addressOf(nudge) : '/');
		event.waitUntil(act.then(count));
	});
	worker.addEventListener('notificationclose', (event) => event.waitUntil(count()));
	worker.addEventListener('pushsubscriptionchange', (event) => {
		event.waitUntil(renew(event));
	});
	worker.addEventListener('sync', (event) => (event as ExtendableEvent).waitUntil(settle()));
	worker.addEventListener('message', (event: ExtendableMessageEvent) => {
		const { settle: isAsked, counted } = (event.data ?? {}) as { settle?: unknown; counted?: unknown };
		if (isAsked === true) event.waitUntil(settle());
		if (typeof counted === 'number') event.waitUntil(keep('counted', { count: counted, at: Date.now() }));
	});

	async function arrived(sent: PushMessageData | null): Promise<void> {
		const nudge = read(sent);
		await inTurn(() => show(nudge));
		if (nudge) await soon(owe({ nudge, did: 'shown', at: Date.now(), said: true }));
		await count();
		await settle();
	}

	/** Two of one tag that are shown at the same moment may take each other away. None waits for long for one before it. */
	let last: Promise<unknown> = Promise.resolve();
	function inTurn<T>(act: () => Promise<T>): Promise<T> {
		const done = last.then(act);
		last = last.then(() => soon(done, 3 * ANSWER));
		return done;
	}

	async function show(nudge: Nudge | null): Promise<void> {
		const locale = await speaks();
		if (!nudge) {
			const data: Data = { nudge, at: Date.now() };
			return registration.showNotification(m.push_other({}, { locale }), { tag: 'other', data, icon: ICON });
		}
		const { kind, tag } = nudge;
		const old = await registration.getNotifications({ tag });
		const isAgain = old.some((one) => dataOf(one).nudge?.id === nudge.id);
		const pressing = isPressing(kind);
		const seek = { action: 'open', title: m.push_open({}, { locale }) };
		const look: Look = {
			tag,
			icon: ICON,
			lang: locale,
			renotify: !isAgain,
			data: { nudge, at: kind === 'test' ? 0 : Date.now() } satisfies Data,
			actions: pressing ? [{ action: 'have', title: m.push_have({}, { locale }) }, seek] : [seek],
			...(pressing ? { body: m.push_unhad({}, { locale }) } : {}),
			...(kind === 'danger'
				? { requireInteraction: true, vibrate: isAgain ? [] : [400, 200, 400, 200, 400] }
				: {})
		};
		await registration.showNotification(TITLE[kind]({}, { locale }), look);
	}

	async function have(nudge: Nudge): Promise<void> {
		// Kept for the case that nobody hears it now, and said whether or not it could be kept.
		const owed: Owed = { nudge, did: 'have', at: Date.now(), said: false };
		await soon(owe(owed));
		await ((await pay(owed)) ? settle() : later());
	}

	/** Says what is owed; what nobody heard waits for the next push, the next start or a network. */
	async function settle(): Promise<void> {
		const told = await Promise.all(((await soon(allOwed())) ?? []).map(pay));
		if (told.includes(false)) await later();
	}

	/** Each word once at a time: of two that ask together, one would say 'not sent' of what the other has sent. */
	const paying = new Map<string, Promise<boolean>>();
	function pay(owed: Owed): Promise<boolean> {
		const name = `${owed.nudge.token} ${owed.did}`;
		const begun = paying.get(name) ?? tell(owed).finally(() => paying.delete(name));
		paying.set(name, begun);
		return begun;
	}

	/** Whether it need not be said again. */
	async function tell(owed: Owed): Promise<boolean> {
		const { nudge, did, said } = owed;
		const became = await say(owed);
		if (became !== 'waits') await soon(paid(owed));
		else if (!said) await soon(owe({ ...owed, said: true }));
		if (did === 'have' && (became !== 'waits' || !said)) await answer(nudge, became);
		return became !== 'waits';
	}

	/** Where the browser can, it wakes the worker when there is a network again. */
	async function later(): Promise<void> {
		const { sync } = registration as { sync?: { register: (tag: string) => Promise<void> } };
		await sync?.register('notices').catch(() => undefined);
	}

	/** What became of ‘I have it’, in the place of what was tapped; where it did not count, so that it is noticed. */
	async function answer(nudge: Nudge, became: Became): Promise<void> {
		const locale = await speaks();
		const { title, body } = SAYS[became];
		const data: Data = { nudge, at: 0 };
		const look: Look = { tag: nudge.tag, icon: ICON, lang: locale, data };
		const open = { action: 'open', title: m.push_open({}, { locale }) };
		const more: Look = body
			? { body: body({}, { locale }), renotify: true, actions: [open] }
			: { silent: true };
		await inTurn(() => registration.showNotification(title({}, { locale }), { ...look, ...more }));
	}

	/** What the page counted last, and what has been shown since. */
	async function count(): Promise<void> {
		if (!('setAppBadge' in worker.navigator)) return;
		const { count: before, at: since } = (await soon(kept('counted'))) ?? { count: 0, at: 0 };
		const fresh = (await registration.getNotifications()).filter((one) => dataOf(one).at > since);
		await worker.navigator.setAppBadge(before + fresh.length).catch(() => undefined);
	}

	/** In a window that is there, else in a new one. */
	async function open(address: string): Promise<void> {
		const windows = await worker.clients.matchAll({ type: 'window', includeUncontrolled: true });
		const page = windows.find(({ visibilityState }) => visibilityState === 'visible') ?? windows[0];
		// Some browsers refuse to bring a window to the front: then a new one has to do.
		const front = await page?.focus().catch(() => null);
		const went = page && ((await goes(page, address)) || (await page.navigate(address).catch(() => null)));
		if (!went || !front) await worker.clients.openWindow(address).catch(() => null);
	}

	/** A language of ours: the one that was chosen, or one that the browser names. */
	async function speaks(): Promise<Locale> {
		const chosen = await soon(kept('locale'));
		if (chosen && LOCALES.includes(chosen)) return chosen;
		const [first = 'en'] = worker.navigator.languages.flatMap((one) => spoken([one], []));
		return first;
	}

	/** The browser replaced the subscription: the server hears of the new one, and the old one proves that it is the same device. */
	async function renew({ oldSubscription, newSubscription }: Change): Promise<void> {
		const old = await kept('subscription');
		const options = oldSubscription?.options;
		const fresh =
			newSubscription ??
			(options && (await registration.pushManager.subscribe(options).catch(() => null))) ??
			(await registration.pushManager.getSubscription());
		if (!old || !fresh) return;
		const { endpoint, keys: { p256dh = '', auth = '' } = {} } = fresh.toJSON();
		if (!endpoint) return;
		// Where nobody hears it, the next start says it with the person's session.
		if ((await ask('renew', { ...old, subscription: { endpoint, p256dh, auth } })) === 204)
			await keep('subscription', { endpoint, auth });
	}
}

/** What it becomes within so many ms; null where it fails or takes longer: a store that hangs keeps nothing from being shown. */
function soon<T>(work: Promise<T>, ms = ANSWER): Promise<T | null> {
	return new Promise((resolve) => {
		work.then(resolve, () => resolve(null));
		setTimeout(resolve, ms, null);
	});
}

function read(sent: PushMessageData | null): Nudge | null {
	try {
		return readNudge(sent?.json());
	} catch {
		return null;
	}
}

const dataOf = ({ data }: Notification): Data => (data as Data | null) ?? { nudge: null, at: 0 };

async function say({ nudge: { token }, did, at }: Owed): Promise<Became> {
	if (Date.now() - at > OWED_FOR) return 'late';
	const status = await ask('token', { token, did });
	return status === 204 ? 'heard' : status === 404 ? 'refused' : 'waits';
}

/** The status, where it is our server's answer: any other page says something else with it, and that is 0. */
async function ask(route: 'token' | 'renew', body: unknown): Promise<number> {
	try {
		const answer = await fetch(`/api/heed/notices/${route}`, {
			method: 'POST',
			headers: { 'Content-Type': 'application/json' },
			body: JSON.stringify(body),
			signal: AbortSignal.timeout(PATIENCE)
		});
		if (answer.status === 204) return 204;
		const { status } = (await answer.json()) as { status?: unknown };
		return status === answer.status ? answer.status : 0;
	} catch {
		return 0;
	}
}

/** Asks a page to go there by itself, so that what is being typed is kept; one that sleeps, or is of old, does not answer. */
function goes(page: Client, address: string): Promise<boolean> {
	const { port1, port2 } = new MessageChannel();
	return new Promise((resolve) => {
		port1.onmessage = () => resolve(true);
		setTimeout(resolve, ANSWER, false);
		page.postMessage({ goTo: address }, [port2]);
	});
}
