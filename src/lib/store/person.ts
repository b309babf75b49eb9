import { Dexie, type EntityTable, type Table } from 'dexie';
import type { Box } from '../crypto/vault';
import type { Outgoing } from '../domain/outbox';
import type { Collection, Row } from '../domain/records';

/** `by` says which key closed it: the vault's, or the device's where the draft was begun while locked. */
type Closed = { box: Box; by: 'vault' | 'device' };
/** `dropped` (ms) is set by discarding, so that it can be undone. */
export type DraftRow = Closed & { id: string; updated: number; dropped: number };
export type PictureRow = Closed & { file: string; draft: string; type: string };

/** One record to write in the batch that carries an item. */
export type Write = {
	collection: string;
	id: string;
	verb: 'create' | 'update';
	body: Record<string, unknown>;
};
/** Sealed and ready; the batch is one transaction on the server, sent when all its parts are up. */
export type OutgoingRow = Outgoing & { writes: Write[]; digest: string; parts: number };
export type PartRow = {
	id: string;
	item: string;
	sent: 0 | 1;
	bytes: Box;
	fields: Record<string, string | number>;
};

/** What was opened once: content as JSON, or why it does not open. Under the vault key. `doubted`: taken for forged. */
export type OpenedRow = { id: string; case: string; box: Box; doubted?: 1 };

/**
 * Somebody's public keys as this device first believed them. `how`: as a team's roll has them, as they were first seen,
 * compared face to face, or confirmed here after a change. `changed`: what the server shows now is something else.
 */
export type Pin = {
	id: string;
	name: string;
	kind: 'named' | 'coded';
	keys: string;
	recipient: string;
	verifier: string;
	how: 'roll' | 'first' | 'met' | 'confirmed';
	/** '' while nothing changed, the digest of the new keys, or 'forged' where they are not even signed. */
	changed: string;
	/** ms */
	at: number;
};

/** Drafts under a vault that new keys have replaced, with that vault: they open with the old passphrase alone. */
export type AsideRow = { id: string; vault: Box; drafts: DraftRow[]; pictures: PictureRow[] };

type Synced = { [C in Collection]: EntityTable<Row<C>, 'id'> };
type Tables = Synced & {
	drafts: EntityTable<DraftRow, 'id'>;
	pictures: EntityTable<PictureRow, 'file'>;
	outbox: EntityTable<OutgoingRow, 'id'>;
	parts: EntityTable<PartRow, 'id'>;
	opened: EntityTable<OpenedRow, 'id'>;
	/** Identities of keys (`id` = key id), and the person's own under 'me'. */
	identities: EntityTable<{ id: string; box: Box }, 'id'>;
	files: EntityTable<{ id: string; box: Box }, 'id'>;
	state: EntityTable<{ name: string; value: number }, 'name'>;
	pins: EntityTable<Pin, 'id'>;
	aside: EntityTable<AsideRow, 'id'>;
};
export type Store = Dexie & Tables;

/** One person's store. rev 0 marks what this device wrote and no pull has brought back yet. */
export function openStore(account: string): Store {
	const db = new Dexie(`heed-${account}`) as Store;
	db.version(1).stores({
		users: 'id',
		agencies: 'id',
		areas: 'id',
		teams: 'id',
		memberships: 'id, team, user',
		keys: 'id, case',
		grants: 'id, key',
		cases: 'id, team',
		entries: 'id, case, [author+kind]',
		blobs: 'id, file',
		drafts: 'id',
		pictures: 'file, draft',
		outbox: 'id, case',
		parts: 'id, item',
		opened: 'id, case',
		identities: 'id',
		files: 'id',
		state: 'name'
	});
	db.version(2).stores({ pins: 'id', requests: 'id, team', recoveries: 'id', approvals: 'id, recovery' });
	db.version(3).stores({ aside: 'id' });
	db.version(4).stores({ opened: 'id, case, doubted' });
	return db;
}

/** Sent means it survives a dead battery: what was written, what others will read, and the order to send it, or nothing. */
export async function post(
	store: Store,
	item: OutgoingRow,
	parts: readonly PartRow[],
	local: { [C in Collection]?: readonly Row<C>[] },
	kept: {
		/** Absent while locked: it opens with the next unlocking. */
		opened?: OpenedRow;
		identities?: { id: string; box: Box }[];
		files?: { id: string; box: Box }[];
		/** How much this device has now said under a key. */
		said?: { key: string; seq: number };
	},
	draft?: string
): Promise<void> {
	await store.transaction('rw', store.tables, async () => {
		await store.outbox.add(item);
		await store.parts.bulkAdd([...parts]);
		await putRows(store, local);
		if (kept.opened) await store.opened.add(kept.opened);
		if (kept.said) await store.state.put({ name: `said|${kept.said.key}`, value: kept.said.seq });
		await store.identities.bulkPut(kept.identities ?? []);
		await store.files.bulkPut(kept.files ?? []);
		if (draft) await dropDraft(store, draft);
	});
}

/** A page of a pull and the cursor behind it, in one transaction: a crash between them loses nothing. */
export async function receive(
	store: Store,
	rows: { [C in Collection]?: readonly Row<C>[] },
	cursor: number
): Promise<void> {
	await store.transaction('rw', store.tables, async () => {
		for (const [name, some] of Object.entries(rows)) await putNewer(store, name, some);
		await store.state.put({ name: 'cursor', value: cursor });
	});
}

export async function cursor(store: Store): Promise<number> {
	return (await store.state.get('cursor'))?.value ?? 0;
}

/** The draft and its pictures, for good. */
export async function dropDraft(store: Store, id: string): Promise<void> {
	await store.transaction('rw', store.drafts, store.pictures, async () => {
		await store.drafts.delete(id);
		await store.pictures.where({ draft: id }).delete();
	});
}

/** What is here already in a newer state stays: an old one that is shown again is not news. */
async function putNewer(
	store: Store,
	name: string,
	rows: readonly { id: string; rev: number }[]
): Promise<void> {
	const table: Table<{ rev: number }, string> = store.table(name);
	const known = await table.bulkGet(rows.map(({ id }) => id));
	await table.bulkPut(rows.filter(({ rev }, at) => rev >= (known[at]?.rev ?? 0)));
}

async function putRows(store: Store, rows: { [C in Collection]?: readonly Row<C>[] }): Promise<void> {
	for (const [name, some] of Object.entries(rows)) await store.table(name).bulkPut([...some]);
}
