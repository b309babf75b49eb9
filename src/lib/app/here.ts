/** This device, and the person at work on it. Facts are rows: two tabs and a reload see the same. */
import { newDeviceKey } from '../crypto/vault';
import { withFollowers } from '../domain/tray';
import { Device, type Session } from '../store/device';
import { openStore, type Store } from '../store/person';
import type { Waiting } from './door';
import { isFull } from './full';
import { vaultOf } from './held';

export const device = new Device();

const stores = new Map<string, Store>();

export function storeOf(account: string): Store {
	const known = stores.get(account);
	if (known) return known;
	const store = openStore(account);
	// It is being deleted, by whichever tab. Dexie alone would open it again, empty, for whoever asks next.
	store.on('versionchange', ({ newVersion }) => {
		if (newVersion) return true;
		stores.delete(account);
		store.close({ disableAutoOpen: true });
		return false;
	});
	stores.set(account, store);
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

/**
 * How much waits on this device, with what is behind it, and why the first of it does. What is only just on its way does not
 * count. `isFull`: what comes waits on the server.
 */
export async function waiting(): Promise<{ count: number; reason: Waiting; isFull: boolean }> {
	const now = await here();
	const rows = (await now?.store.outbox.toArray()) ?? [];
	const line = (await now?.store.state.get('line'))?.reason ?? '';
	const stuck = rows.filter(({ reason }) => reason !== '');
	const held = line ? rows : [...new Set(stuck.flatMap((row) => withFollowers(row, rows)))];
	const [first] = held.sort((a, b) => a.created - b.created);
	if (!now) return { count: 0, reason: '', isFull: false };
	if (!first) return { count: 0, reason: '', isFull: isFull() };
	const { reasonOf } = await import('./door');
	const reason = await reasonOf(now, { ...first, reason: first.reason || line });
	return { count: held.length, reason, isFull: isFull() };
}
