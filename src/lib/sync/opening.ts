/** Opening what was brought, with the keys this person holds. Heavy: load it where something waits to be opened. */
import { openEntry } from '../crypto/envelope';
import { keyring } from '../crypto/keyring';
import { keep, recall } from '../crypto/vault';
import { genuineGrants } from '../domain/holders';
import { openedContext, type Opened } from '../domain/opened';
import type { Entry } from '../domain/records';
import type { Roll } from '../domain/roll';
import type { OpenedRow, Store } from '../store/person';
import { unopened } from './inbox';
import { readTrust, type Trust } from './trust';

/**
 * Opens what was not opened yet and keeps it under the vault key. What has no key yet waits for its grant. What opens
 * and is not by whom or where it says is kept as that: it is shown, never as genuine.
 */
export async function openNew(
	store: Store,
	vault: CryptoKey,
	user: string,
	rolls: ReadonlyMap<string, Roll>
): Promise<void> {
	const entries = await unopened(store);
	if (entries.length === 0) return;
	const trust = await readTrust(store, rolls);
	const identities = await identitiesOf(store, vault, user, trust);
	const cases = new Map((await store.cases.toArray()).map((row) => [row.id, row]));
	const teams = new Map((await store.teams.toArray()).map((team) => [team.id, team.roll]));

	const openRow = async (entry: Entry): Promise<OpenedRow | null> => {
		const identity = await identities(entry.key);
		const found = cases.get(entry.case);
		if (!identity || !found) return null;
		const opened = await openOne(entry, found.team, identity, trust);
		// Who is not on the roll yet may be on what this device could not fetch of it: that waits.
		const isBehind = (teams.get(found.team) ?? 0) > (rolls.get(found.team)?.seq ?? 0);
		if ('wrong' in opened && opened.wrong === 'forged' && isBehind) return null;
		const row = { id: entry.id, case: entry.case, box: await keep(vault, opened, openedContext(entry.id)) };
		return 'wrong' in opened && opened.wrong === 'forged' ? { ...row, doubted: 1 } : row;
	};
	// Each write makes the screens read again: a handful at a time shows progress, keeps the workers busy, and costs little.
	for (let at = 0; at < entries.length; at += TOGETHER) {
		const rows = await Promise.all(entries.slice(at, at + TOGETHER).map(openRow));
		await store.opened.bulkPut(rows.filter((row) => row !== null));
	}
}

const TOGETHER = 25;

async function openOne(entry: Entry, team: string, identity: string, trust: Trust): Promise<Opened> {
	const { id, key, kind, author } = entry;
	const place = { team, case: entry.case, entry: id, key, kind, author };
	const opened = await openEntry(entry.sealed, place, identity, trust.verifiersOf(author, team, entry.rev));
	if (!opened.ok) return { wrong: opened.error.kind };
	return (await trust.mayHaveWritten(entry)) ? opened.value : { wrong: 'forged' };
}

/** Looks up a key's identity: kept ones first, then through the grants. */
export async function openIdentities(
	store: Store,
	vault: CryptoKey,
	user: string,
	rolls: ReadonlyMap<string, Roll>
): Promise<(key: string) => Promise<string | null>> {
	return identitiesOf(store, vault, user, await readTrust(store, rolls));
}

async function identitiesOf(
	store: Store,
	vault: CryptoKey,
	user: string,
	{ ring }: Trust
): Promise<(key: string) => Promise<string | null>> {
	const mine = await recallIdentity(store, vault, 'me');
	const grants = [...ring.keys.values()].flatMap((key) => genuineGrants(ring, key));
	const find = mine ? keyring({ keys: ring.keys, grants }, { user, identity: mine }) : null;
	return async (key) => {
		const kept = await recallIdentity(store, vault, key);
		if (kept || !find) return kept;
		const identity = await find(key);
		if (identity)
			await store.identities.put({ id: key, box: await keep(vault, identity, `identity|${key}`) });
		return identity;
	};
}

async function recallIdentity(store: Store, vault: CryptoKey, id: string): Promise<string | null> {
	const row = await store.identities.get(id);
	return row ? String(await recall(vault, row.box, `identity|${id}`)) : null;
}
