/** What the server has for this person, brought to the device and opened. */
import { openEntry } from '../crypto/envelope';
import { identityOf } from '../crypto/keyring';
import { keep, recall } from '../crypto/vault';
import { genuineGrants } from '../domain/holders';
import { openedContext, type Opened } from '../domain/opened';
import { COLLECTIONS, type Collection, type Entry, type Pull, type Row } from '../domain/records';
import type { Roll } from '../domain/roll';
import { cursor, receive, type Store } from '../store/person';
import type { Remote, Unreachable } from './remote';
import { readTrust, type Trust } from './trust';

const NAMES = Object.keys(COLLECTIONS) as Collection[];

type Rows = { [C in Collection]?: Row<C>[] };

/** Pulls until nothing is left. The reason when the server could not be reached, else null. */
export async function pullAll(store: Store, remote: Pick<Remote, 'pull'>): Promise<Unreachable | null> {
	let since = await cursor(store);
	const met = new Set<string>();
	for (;;) {
		const page = await remote.pull(since);
		if (!page.ok) return page.error;
		const rows = parse(page.value);
		// A new grant or membership opens what is older than the cursor: start over before moving it.
		if ((await opensMore(store, rows, met)) && since > 0) {
			since = 0;
			continue;
		}
		await receive(store, rows, page.value.upto);
		since = page.value.upto;
		if (!page.value.more) return null;
	}
}

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

	for (const entry of entries) {
		const identity = await identities(entry.key);
		const found = cases.get(entry.case);
		if (!identity || !found) continue;
		const opened = await openOne(entry, found.team, identity, trust);
		// Who is not on the roll yet may be on what this device could not fetch of it: that waits.
		const isBehind = (teams.get(found.team) ?? 0) > (rolls.get(found.team)?.seq ?? 0);
		if ('wrong' in opened && opened.wrong === 'forged' && isBehind) continue;
		const box = await keep(vault, opened, openedContext(entry.id));
		await store.opened.put({ id: entry.id, case: entry.case, box });
	}
}

async function openOne(entry: Entry, team: string, identity: string, trust: Trust): Promise<Opened> {
	const { id, key, kind, author } = entry;
	const place = { team, case: entry.case, entry: id, key, kind, author };
	const opened = await openEntry(entry.sealed, place, identity, trust.verifiersOf(author));
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
	const genuine = { keys: ring.keys, grants };
	return async (key) => {
		const kept = await recallIdentity(store, vault, key);
		if (kept) return kept;
		const identity = mine && (await identityOf(key, genuine, { user, identity: mine }));
		if (identity)
			await store.identities.put({ id: key, box: await keep(vault, identity, `identity|${key}`) });
		return identity;
	};
}

async function recallIdentity(store: Store, vault: CryptoKey, id: string): Promise<string | null> {
	const row = await store.identities.get(id);
	return row ? String(await recall(vault, row.box, `identity|${id}`)) : null;
}

async function unopened(store: Store): Promise<Entry[]> {
	const opened = new Set(await store.opened.toCollection().primaryKeys());
	return (await store.entries.toArray()).filter(({ id }) => !opened.has(id));
}

/** Whether there is a grant or membership that neither the store nor this pull has met before; each counts once. */
async function opensMore(
	store: Store,
	{ grants = [], memberships = [] }: Rows,
	met: Set<string>
): Promise<boolean> {
	let more = false;
	for (const [table, rows] of [
		[store.grants, grants],
		[store.memberships, memberships]
	] as const) {
		for (const { id, ended } of rows) {
			if (ended || met.has(id)) continue;
			met.add(id);
			more ||= (await table.where({ id }).count()) === 0;
		}
	}
	return more;
}

function parse({ rows }: Pull): Rows {
	const parsed: Record<string, unknown[]> = {};
	for (const name of NAMES) {
		const shape = COLLECTIONS[name];
		// What does not parse comes from a newer server: it stays there, and a newer app asks for it from 0.
		parsed[name] = (rows[name] ?? []).flatMap((row) => {
			const result = shape.safeParse(row);
			return result.success ? [result.data] : [];
		});
	}
	return parsed;
}
