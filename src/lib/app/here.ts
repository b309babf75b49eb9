/** This device, and the person at work on it. Facts are rows: two tabs and a reload see the same. */
import { newDeviceKey } from '../crypto/vault';
import { Device, type Session } from '../store/device';
import { openStore, type Store } from '../store/person';
import type { Waiting } from './door';
import { vaultOf } from './held';

export const device = new Device();

const stores = new Map<string, Store>();

export function storeOf(account: string): Store {
	let store = stores.get(account);
	if (!store) stores.set(account, (store = openStore(account)));
	return store;
}

/** Without `vault` the device is locked. */
export type Here = { session: Session; store: Store; vault: CryptoKey | null };

/** Who is at work, or null: nobody signed in, or signed out. */
export async function here(): Promise<Here | null> {
	const session = await device.get('session');
	if (!session) return null;
	const { account } = session;
	return { session, store: storeOf(account), vault: await vaultOf(account) };
}

/** The same, when unlocked. */
export async function unlocked(): Promise<(Here & { vault: CryptoKey }) | null> {
	const now = await here();
	return now?.vault ? { ...now, vault: now.vault } : null;
}

/** Closes drafts that are begun while locked. Made once: a second one would shut what the first has closed. */
export async function deviceKey(): Promise<CryptoKey> {
	return (await device.get('deviceKey')) ?? device.setOnce('deviceKey', await newDeviceKey());
}

/** How much waits on this device, and why the first of it does. What is only just on its way does not count. */
export async function waiting(): Promise<{ count: number; reason: Waiting }> {
	const now = await here();
	const rows = (await now?.store.outbox.toArray()) ?? [];
	const held = rows.filter(({ reason }) => reason !== '').sort((a, b) => a.created - b.created);
	const [first] = held;
	if (!now || !first) return { count: 0, reason: '' };
	return { count: held.length, reason: await (await import('./door')).reasonOf(now, first) };
}
