/** Whether this device is told, and how its person wants to be told. */
import { toBase64url } from '../crypto/bytes';
import { lightOf, systemOf } from '../domain/hearing';
import type { Id } from '../domain/id';
import { Zone, type Light, type MyNotices, type NewDevice, type Wishes } from '../domain/notice';
import { fail, ok, type Result } from '../domain/result';
import { getLocale } from '../i18n/generated/runtime';
import type { Session } from '../store/device';
import { forget, keep, kept } from '../store/notices';
import { connect, type Unreachable } from '../sync/remote';
import { facts } from './facts';
import { device, here } from './here';

/**
 * `silent`: the server sends no pushes. `unsupported`: this browser shows none. `denied`: it may not. `off`: nobody has said
 * yes here, or not yet. `on`: the person at work is told here.
 */
export type Hearing = 'silent' | 'unsupported' | 'denied' | 'off' | 'on';

export async function hearing(): Promise<Hearing> {
	const now = await here();
	if (!isAble()) return 'unsupported';
	if (!(await facts())?.push) return 'silent';
	if (Notification.permission === 'denied') return 'denied';
	if (!now || Notification.permission !== 'granted') return 'off';
	return (await device.get('told'))?.[now.session.account] === 'yes' ? 'on' : 'off';
}

/** Worth asking: it would work, and this person has not been asked yet. */
export async function isOffered(): Promise<boolean> {
	const now = await here();
	if (!now?.session.token || !(await facts())?.push || (await hearing()) !== 'off') return false;
	return (await device.get('told'))?.[now.session.account] === undefined;
}

/** Not now, and not asked again. What was on is off. */
export async function turnOff(): Promise<void> {
	const now = await here();
	if (now) await leave(now.session, 'no');
}

/**
 * `dismissed`: the browser asked, and got no answer. `elsewhere`: its push service is none that the server sends to.
 * `no_service`: it cannot be reached.
 */
export type TellError = {
	kind: 'silent' | 'unsupported' | 'denied' | 'dismissed' | 'no_service' | 'elsewhere' | 'unreachable';
};

/**
 * Asks the browser for its permission: call it from a tap, with nothing that is waited for in between. A first test is on its
 * way when it resolves well.
 */
export async function turnOn(): Promise<Result<undefined, TellError>> {
	if (!isAble()) return fail({ kind: 'unsupported' });
	const permission = await Notification.requestPermission();
	const now = await here();
	if (permission === 'default') return fail({ kind: 'dismissed' });
	if (!now || permission !== 'granted') return fail({ kind: 'denied' });
	const done = await alone(() => register(now.session));
	if (done.ok) await tryIt();
	return done;
}

/**
 * At each start, and when somebody is back: a subscription may have been replaced, or be gone from the server; and what the
 * server has not heard yet of who left is said. Does nothing where nobody wants it.
 */
export async function renew(): Promise<void> {
	const now = await here();
	if (!now?.session.token) return;
	const { session } = now;
	await alone(async () => {
		await sayLeft(session);
		const wish = (await device.get('told'))?.[session.account] ?? 'no';
		if (wish !== 'no' && isAble() && Notification.permission === 'granted') await register(session);
	});
}

/** One after the other, in whichever tab: of two that subscribe together, one may undo what the other has said. */
const alone = <T>(act: () => Promise<T>): Promise<T> => navigator.locks.request('heed-notices', act);

/** Once it resolves well, this person is told here; but not if they have said otherwise meanwhile. */
async function register(session: Session): Promise<Result<undefined, TellError>> {
	const { account, token } = session;
	const wish = (await device.get('told'))?.[account];
	const key = (await facts())?.push;
	const id = (await device.account(account))?.device;
	if (!key || !id) return fail({ kind: 'silent' });
	const found = await Promise.race([subscribe(key), givenUp()]).catch(() => null);
	if (!found) return fail({ kind: 'no_service' });
	const { endpoint = '', keys: { p256dh = '', auth = '' } = {} } = found.toJSON();
	const body: NewDevice = {
		id,
		subscription: { endpoint, p256dh, auth },
		locale: getLocale(),
		system: systemOf(navigator)
	};
	const remote = connect(location.origin, token);
	const status = await remote.setNotices('PUT', 'device', body);
	if (status === 400) return fail({ kind: 'elsewhere' });
	if (status !== 204) return fail({ kind: 'unreachable' });
	// Others who are told here are told by the old one still: it proves that the new one is this device's.
	const old = await kept('subscription');
	const isOther = old !== null && old.endpoint !== endpoint;
	const moved = isOther
		? await remote.setNotices('POST', 'renew', { ...old, subscription: body.subscription })
		: 204;
	if (moved === 204 || moved === 404) await keep('subscription', { endpoint, auth });
	const before = await device.change('told', {}, (told) =>
		told[account] === wish ? { ...told, [account]: 'yes' } : told
	);
	if (before[account] === wish) await forgetLeft(account, id);
	else await end(session, before);
	return ok(undefined);
}

/** Where no service worker gets ready, or no push service answers, a browser may wait for ever. */
const givenUp = (): Promise<null> => new Promise((resolve) => setTimeout(resolve, PATIENCE, null));

/** ms */
const PATIENCE = 30_000;

/** The browser's one subscription, with the server's key of today. */
async function subscribe(key: string): Promise<PushSubscription> {
	const { pushManager } = await navigator.serviceWorker.ready;
	const old = await pushManager.getSubscription();
	const theirs = old?.options.applicationServerKey;
	if (old && (!theirs || toBase64url(new Uint8Array(theirs)) === key)) return old;
	await old?.unsubscribe();
	return pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
}

/**
 * This person is told here no more: for good, or until they are back. The server hears of it at once, or with their next
 * session; where nobody else is told here, from the push service as well. Nothing waits for an answer.
 */
export async function leave(session: Session, wish: 'no' | 'again'): Promise<void> {
	const { account } = session;
	const before = await device.change('told', {}, (told) => ({ ...told, [account]: wish }));
	if (before[account] === 'yes') await end(session, before);
}

/** `told`: what each person here wishes. */
async function end(session: Session, told: Record<string, 'yes' | 'no' | 'again'>): Promise<void> {
	const { account } = session;
	const id = (await device.account(account))?.device;
	if (id) await device.change('untold', {}, (all) => ({ ...all, [account]: id }));
	void alone(() => sayLeft(session)).catch(() => undefined);
	if (!isAble() || Object.entries(told).some(([one, wished]) => one !== account && wished === 'yes')) return;
	await forget('subscription');
	const registration = await navigator.serviceWorker.getRegistration();
	const old = await registration?.pushManager.getSubscription().catch(() => null);
	await old?.unsubscribe().catch(() => false);
}

/** What the server has not heard yet of this person's leaving. */
async function sayLeft({ account, token }: Session): Promise<void> {
	const id = (await device.get('untold'))?.[account];
	if (!id || !token) return;
	const status = await connect(location.origin, token).setNotices('DELETE', `device/${id}`);
	// It may have heard it before.
	if (status === 204 || status === 404) await forgetLeft(account, id);
}

async function forgetLeft(account: string, id: string): Promise<void> {
	await device.change('untold', {}, ({ [account]: owed, ...others }) =>
		owed && owed !== id ? { ...others, [account]: owed } : others
	);
}

/** What the server knows of this person's notices, and what this device's light is. */
export type Told = Omit<MyNotices, 'devices'> & {
	here: (MyNotices['devices'][number] & { light: Light }) | null;
	others: MyNotices['devices'];
};

export async function told(): Promise<Result<Told, Unreachable>> {
	const now = await here();
	if (!now?.session.token) return fail({ kind: 'unreachable', reason: 'sign_in' });
	const { account, token } = now.session;
	const answer = await connect(location.origin, token).myNotices();
	if (!answer.ok) return answer;
	const id = (await device.account(account))?.device;
	const { devices, ...rest } = answer.value;
	const mine = devices.find((one) => one.id === id);
	return ok({
		...rest,
		here: mine ? { ...mine, light: lightOf(mine, Date.now()) } : null,
		others: devices.filter((one) => one.id !== id)
	});
}

/** What became of a wish. `refused`: the server takes it never; `often`: not now. */
export type Wished = 'done' | 'often' | 'refused' | 'unreachable';

/** A test for this device. */
export async function tryIt(): Promise<Wished> {
	const now = await here();
	const id = now && (await device.account(now.session.account))?.device;
	return id ? ask('POST', `device/${id}`) : 'refused';
}

export const dropDevice = (id: Id): Promise<Wished> => ask('DELETE', `device/${id}`);
export const setWishes = (wishes: Wishes): Promise<Wished> => ask('PUT', 'wishes', wishes);
/** Where this device is, as far as the server knows such places. */
export function zone(): string {
	const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
	return Zone.safeParse(timeZone).success ? timeZone : 'UTC';
}

/** A letter goes there, with a link that confirms it; '' for none. */
export const setMail = (address: string): Promise<Wished> => ask('PUT', 'mail', { address });

/** `code` as the letter's link has it. Nobody needs to be signed in. */
export async function confirmMail(code: string): Promise<'done' | 'unknown' | 'unreachable'> {
	const status = await connect(location.origin).setNotices('POST', 'confirm', { code });
	if (status === 204) return 'done';
	return status === 404 || status === 400 ? 'unknown' : 'unreachable';
}

async function ask(method: 'PUT' | 'POST' | 'DELETE', path: string, body?: object): Promise<Wished> {
	const token = (await here())?.session.token;
	if (!token) return 'unreachable';
	const status = await connect(location.origin, token).setNotices(method, path, body);
	if (status === 204) return 'done';
	if (status === 429) return 'often';
	return [400, 403, 404, 413].includes(status) ? 'refused' : 'unreachable';
}

/** Whether a case that a notice speaks of has come to this device. */
export async function hasCome(id: Id): Promise<boolean> {
	return !!(await (await here())?.store.cases.get(id));
}

/** By what somebody goes who uses this device; '' for whoever has no name, or is not known here. */
export const nameOf = async (person: Id): Promise<string> => (await device.account(person))?.name ?? '';

const isAble = (): boolean =>
	'serviceWorker' in navigator && 'PushManager' in globalThis && 'Notification' in globalThis;
