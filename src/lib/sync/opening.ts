/** Opening what was brought, with the keys this person holds. Heavy: load it where something waits to be opened. */
import { openEntry } from '../crypto/envelope';
import { keyring, once } from '../crypto/keyring';
import { keep, recall, type Box } from '../crypto/vault';
import { genuineGrants } from '../domain/holders';
import { openedContext, type Opened } from '../domain/opened';
import type { Entry } from '../domain/records';
import type { Roll } from '../domain/roll';
import type { OpenedRow, Store } from '../store/person';
import { dropSummaries } from '../store/summaries';
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
	const found: IdentityRow[] = [];
	const identities = await identitiesOf(store, vault, user, trust, (row) => found.push(row));
	const cases = new Map((await store.cases.toArray()).map((row) => [row.id, row]));
	const teams = new Map((await store.teams.toArray()).map((team) => [team.id, team.roll]));

	const openRow = async (entry: Entry): Promise<OpenedRow | null> => {
		const identity = await identities(entry.key);
		const routing = cases.get(entry.case);
		if (!identity || !routing) return null;
		const opened = await openOne(entry, routing.team, identity, trust);
		// Who is not on the roll yet may be on what this device could not fetch of it: that waits.
		const isBehind = (teams.get(routing.team) ?? 0) > (rolls.get(routing.team)?.seq ?? 0);
		if ('wrong' in opened && opened.wrong === 'forged' && isBehind) return null;
		const row = { id: entry.id, case: entry.case, box: await keep(vault, opened, openedContext(entry.id)) };
		return 'wrong' in opened && opened.wrong === 'forged' ? { ...row, doubted: 1 } : row;
	};
	// Each write makes the screens read again: a handful at a time shows progress and costs little. The workers have the
	// next handful while one is written.
	let written: Promise<unknown> = Promise.resolve();
	for (let at = 0; at < entries.length; at += TOGETHER) {
		const rows = await Promise.all(entries.slice(at, at + TOGETHER).map(openRow));
		await written;
		const opened = rows.filter((row) => row !== null);
		const keys = found.splice(0);
		written = store.transaction('rw', store.opened, store.identities, store.summaries, async () => {
			await store.identities.bulkPut(keys);
			await store.opened.bulkPut(opened);
			await dropSummaries(
				store,
				opened.map((row) => row.case)
			);
		});
	}
	await written;
}

const TOGETHER = 25;

type IdentityRow = { id: string; box: Box };

async function openOne(entry: Entry, team: string, identity: string, trust: Trust): Promise<Opened> {
	const { id, key, kind, author } = entry;
	const place = { team, case: entry.case, entry: id, key, kind, author };
	const opened = await openEntry(entry.sealed, place, identity, trust.verifiersOf(author, team, entry.rev));
	if (!opened.ok) return { wrong: opened.error.kind };
	const { header, content, device } = opened.value;
	const isTheirs = await trust.mayHaveWritten(entry);
	const isAtPlace = device === undefined || trust.beginsHere(entry, header, device);
	return isTheirs && isAtPlace ? { header, content } : { wrong: 'forged' };
}

/** Looks up a key's identity: kept ones first, then through the grants. */
export async function openIdentities(
	store: Store,
	vault: CryptoKey,
	user: string,
	rolls: ReadonlyMap<string, Roll>
): Promise<(key: string) => Promise<string | null>> {
	return identitiesOf(store, vault, user, await readTrust(store, rolls), (row) => store.identities.put(row));
}

async function identitiesOf(
	store: Store,
	vault: CryptoKey,
	user: string,
	{ ring }: Trust,
	keepRow: (row: IdentityRow) => unknown
): Promise<(key: string) => Promise<string | null>> {
	const mine = await recallIdentity(store, vault, 'me');
	const grants = [...ring.keys.values()].flatMap((key) => genuineGrants(ring, key));
	const find = mine ? keyring({ keys: ring.keys, grants }, { user, identity: mine }) : null;
	return once(async (key) => {
		const kept = await recallIdentity(store, vault, key);
		if (kept || !find) return kept;
		const identity = await find(key);
		if (identity) await keepRow({ id: key, box: await keep(vault, identity, `identity|${key}`) });
		return identity;
	});
}

async function recallIdentity(store: Store, vault: CryptoKey, id: string): Promise<string | null> {
	const row = await store.identities.get(id);
	return row ? String(await recall(vault, row.box, `identity|${id}`)) : null;
}
