import { Dexie, type EntityTable, type Transaction } from 'dexie';
import type { Box } from '../crypto/vault';
import type { Id } from '../domain/id';
import { dependencies, type Outgoing, type Write } from '../domain/outbox';
import type { Collection, Row } from '../domain/records';
import { withRoom } from './room';

/** `by` says which key closed it: the vault's, or the device's where the draft was begun while locked. */
type Closed = { box: Box; by: 'vault' | 'device' };
/**
 * `dropped` (ms) is set by discarding, so that it can be undone. `version` counts how often it was written: who writes on
 * from another one than this has not seen these words, and writes a draft beside it.
 */
export type DraftRow = Closed & { id: string; updated: number; dropped: number; version: number };
type Uncounted = Omit<DraftRow, 'version'> & Partial<DraftRow>;
export type PictureRow = Closed & { file: string; draft: string; type: string };

/** Sealed and ready: one transaction on the server. `id` is its item's and its entry's. */
export type BatchRow = { id: string; writes: Write[]; digest: string };
/** A part of a file, that follows the entry it belongs to. */
export type PartRow = { id: string; item: string; bytes: Box; fields: Record<string, string | number> };
/** An item as it is made, with all that is to be sent of it. */
export type Parcel = { item: Outgoing; batch: BatchRow; parts: readonly PartRow[] };

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

/**
 * What the queue says of a case (`id`), under the vault key. It goes in the transaction that changes what it was made of.
 * Without `box` somebody is at making it: `mark` says who, and afterwards which making it was.
 */
export type SummaryRow = { id: string; mark: string; box?: Box };

/** What somebody began to say in a case (`id`), under the vault key. */
export type BegunRow = { id: string; box: Box; updated: number };

/** A row of a newer server that this app does not understand: kept as it came, for the app that will. */
export type ForeignRow = { id: string; collection: string; row: unknown };

/** What lay under a vault that new keys have replaced, with that vault: it opens with the old passphrase alone. */
export type AsideRow = {
	id: string;
	vault: Box;
	/** Without `version`, and without what was begun, where they were put aside before there were any. */
	drafts: Uncounted[];
	pictures: PictureRow[];
	begun?: BegunRow[];
};

type Synced = { [C in Collection]: EntityTable<Row<C>, 'id'> };
type Tables = Synced & {
	drafts: EntityTable<DraftRow, 'id'>;
	pictures: EntityTable<PictureRow, 'file'>;
	/** Small, since it is read at each step; what is heavy lies in `batches` and `parts`. */
	outbox: EntityTable<Outgoing, 'id'>;
	batches: EntityTable<BatchRow, 'id'>;
	parts: EntityTable<PartRow, 'id'>;
	opened: EntityTable<OpenedRow, 'id'>;
	/** Identities of keys (`id` = key id), and the person's own under 'me'. */
	identities: EntityTable<{ id: string; box: Box }, 'id'>;
	files: EntityTable<{ id: string; box: Box }, 'id'>;
	/**
	 * `reason`: in the row 'line' alone, why nothing gets through. `sums`: in the row 'cursor' alone, written by an app that
	 * keeps summaries.
	 */
	state: EntityTable<{ name: string; value: number; reason?: Outgoing['reason']; sums?: 1 }, 'name'>;
	pins: EntityTable<Pin, 'id'>;
	aside: EntityTable<AsideRow, 'id'>;
	begun: EntityTable<BegunRow, 'id'>;
	summaries: EntityTable<SummaryRow, 'id'>;
	/** Drafts (`id`) that became an alert in `case`: no tab that still shows one writes or sends it again. */
	sent: EntityTable<{ id: string; case: Id }, 'id'>;
	foreign: EntityTable<ForeignRow, 'id'>;
};
export type Store = Dexie & Tables;

const nameOf = (account: string): string => `heed-${account}`;

/** One person's store. rev 0 marks what this device wrote and no pull has brought back yet. */
export function openStore(account: string): Store {
	const db = new Dexie(nameOf(account)) as Store;
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
	db.version(5).stores({ begun: 'id', sent: 'id', foreign: 'id', batches: 'id' });
	db.version(6).stores({ summaries: 'id', entries: 'id, case, kind, [author+kind]' });
	db.version(7).stores({ ladders: 'id, case' });
	// At each opening: an older app may have been here since, and writes as it always did.
	db.on('ready', (opened) => withRoom(opened as Store, () => bringUp(opened as Store)), true);
	return db;
}

/** For good. Waits until every tab has closed it. */
export async function deleteStore(account: string): Promise<void> {
	await Dexie.delete(nameOf(account));
}

/** Whether the store is as it was left: somebody's own identity is in it from the first moment on. */
export async function isWhole({ identities }: Store): Promise<boolean> {
	return (await identities.get('me')) !== undefined;
}

/**
 * What an answer leaves of these items, in one transaction. Nothing is put back that another tab has settled meanwhile, and
 * what the server has is kept no longer.
 */
export async function settle(
	store: Store,
	ids: readonly string[],
	part: string | null,
	after: (item: Outgoing) => Outgoing | null
): Promise<void> {
	await store.transaction('rw', store.outbox, store.batches, store.parts, async () => {
		for (const item of await store.outbox.bulkGet([...ids])) {
			if (!item) continue;
			const next = after(item);
			if (part !== null && !next?.left.includes(part)) await store.parts.delete(part);
			if (next === null || next.filed) await store.batches.delete(item.id);
			if (next) await store.outbox.put(next);
			else await store.outbox.delete(item.id);
		}
	});
}

/** What was written up to version 4, as it is written now. */
async function bringUp(store: Store): Promise<void> {
	await store.transaction('rw', store.drafts, store.outbox, store.batches, store.parts, async (now) => {
		const drafts = now.table<Uncounted>('drafts');
		// A count of its own: nobody has built on these words yet.
		const old = drafts.filter(({ version }) => version === undefined);
		await old.modify((row) => void (row.version = row.updated));
		await textFirst(now);
	});
}

/** An item carried its writes, and its files went first, to be linked to the entry by the batch. */
async function textFirst(now: Transaction): Promise<void> {
	type Before = Omit<Outgoing, 'makes' | 'needs' | 'filed' | 'left'> & { writes: Write[]; digest: string };
	const isBefore = (row: Outgoing | Before): row is Before => 'writes' in row;
	const parts = now.table<PartRow & { sent?: 0 | 1 }>('parts');
	const before = (await now.table<Outgoing | Before>('outbox').toArray()).filter(isBefore);
	for (const { writes: all, digest, ...item } of before) {
		const rows = await parts.where({ item: item.id }).sortBy('fields.index');
		const left = rows.filter(({ sent }) => sent !== 1).map(({ id }) => id);
		// What is up already is linked by the batch as before; what is not names its entry itself.
		const writes = all.filter(({ id }) => !left.includes(id));
		await now
			.table('outbox')
			.put({ ...item, ...dependencies(writes), filed: false, left, parts: rows.length });
		await now.table('batches').put({ id: item.id, writes, digest });
		for (const { sent, ...row } of rows) {
			if (sent === 1) await parts.delete(row.id);
			else await parts.put({ ...row, fields: { ...row.fields, entry: item.id } });
		}
	}
}

/**
 * Writes a draft over the version it builds on, and over nothing else: not over other words, and never where it was sent.
 */
export async function putDraft(
	store: Store,
	row: Omit<DraftRow, 'version'>,
	over: number
): Promise<'kept' | 'changed'> {
	const put = store.transaction('rw', store.drafts, store.sent, () =>
		// Asked and written in one go, as a key press waits for it; whoever turns out to be late takes it back.
		Promise.all([
			versionOf(store, row.id).then((known) => {
				if (known !== over) throw LATE;
			}),
			store.drafts.put({ ...row, version: over + 1 })
		])
	);
	return put.then(
		() => 'kept',
		(error: unknown) => {
			if (error === LATE) return 'changed';
			throw error;
		}
	);
}

const LATE = new Error('a draft was written, or sent, elsewhere');

/** Which writing of a draft is kept, 0 for none; or where it was sent. */
export async function versionOf(store: Store, draft: string): Promise<number | { sent: Id }> {
	const [sent, row] = await Promise.all([store.sent.get(draft), store.drafts.get(draft)]);
	return sent ? { sent: sent.case } : (row?.version ?? 0);
}

/** The draft and its pictures, for good. */
export async function dropDraft(store: Store, id: string): Promise<void> {
	await store.transaction('rw', store.drafts, store.pictures, async () => {
		await store.drafts.delete(id);
		await store.pictures.where({ draft: id }).delete();
	});
}
