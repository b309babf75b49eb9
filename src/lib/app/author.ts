/** Who writes on this device, and where in a conversation something new stands. */
import type { Hand } from '../crypto/hand';
import { signingKey } from '../crypto/proof';
import { recall } from '../crypto/vault';
import { AFTER_MAX } from '../domain/envelope';
import { Opened, openedContext } from '../domain/opened';
import type { Key } from '../domain/records';
import type { Author, Turn } from '../sync/outgoing';
import { device, type Here } from './here';

/** The person's own hand while unlocked; this device's, good for new alerts only, while locked. */
export async function author(now: Here): Promise<Author | null> {
	const account = await device.account(now.session.account);
	if (!account) return null;
	const { id: user, recipient, device: name, certificate } = account;
	const own = await ownHand(now);
	return { recipient, device: name, hand: own ?? { user, key: account.hand, certificate } };
}

/** The hand that signs everything; null while locked. */
export async function ownHand({ session, store, vault }: Here): Promise<Hand | null> {
	const row = await store.identities.get('sign');
	if (!vault || !row) return null;
	const seed = String(await recall(vault, row.box, 'identity|sign'));
	return { user: session.account, key: await signingKey(seed), certificate: null };
}

/** One at a time in all tabs: each thing said counts on from the one before. */
export function inTurn<T>(now: Here, say: () => Promise<T>): Promise<T> {
	return navigator.locks.request(`heed-say-${now.session.account}`, say);
}

/** After everything that this person can read under the key. Call it in turn. */
export async function nextTurn({ store, vault }: Here, key: Key): Promise<Turn> {
	const entries = await store.entries.where({ case: key.case }).toArray();
	const under = entries.filter((entry) => entry.key === key.id).map(({ id }) => id);
	const seen = new Set<string>();
	for (const row of await store.opened.bulkGet(under)) {
		if (!row || !vault) continue;
		const opened = Opened.parse(await recall(vault, row.box, openedContext(row.id)));
		if ('header' in opened) opened.header.after.forEach((id) => seen.add(id));
	}
	const said = (await store.state.get(`said|${key.id}`))?.value ?? 0;
	const roll = (await device.roll(key.team))?.roll?.seq ?? 0;
	return { after: under.filter((id) => !seen.has(id)).slice(-AFTER_MAX), seq: said + 1, roll };
}
