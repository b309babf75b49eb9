/** What a person says, sealed and made ready to send. Nothing here touches the network or the store. */
import { newPair, type Pair } from '../crypto/age';
import type { Bytes } from '../crypto/bytes';
import { sealEntry, sealPart } from '../crypto/envelope';
import { sealGrant } from '../crypto/keyring';
import type { Alert, Content } from '../domain/content';
import type { Id } from '../domain/id';
import { newId } from '../domain/new-id';
import { PART_BYTES } from '../domain/parts';
import type { Case, Entry, Facts, Grant, Key } from '../domain/records';
import type { OutgoingRow, PartRow, Write } from '../store/person';

export type Author = { user: string; recipient: string };
export type Files = ReadonlyMap<string, Bytes>;

/** An alert: a case, its reporter thread's key, a grant to the reporter and one to the team's circle, and the entry. */
export type NewCase = {
	item: OutgoingRow;
	parts: PartRow[];
	local: { cases: Case[]; keys: Key[]; entries: Entry[] };
	identity: Pair & { key: Id };
};

export async function makeAlert(
	alert: Alert,
	team: Facts['teams'][number],
	author: Author,
	files: Files,
	now: number
): Promise<NewCase> {
	const [caseId, keyId] = [freshId(), freshId()];
	const pair = await newPair();
	const created = serverTime(now);
	const key: Key = {
		id: keyId,
		rev: 0,
		team: team.id,
		case: caseId,
		name: 'reporter',
		recipient: pair.recipient,
		maker: author.user,
		ended: ''
	};
	const routing: Case = {
		id: caseId,
		rev: 0,
		team: team.id,
		theme: alert.theme,
		type: alert.type,
		place: alert.place,
		urgency: alert.urgency,
		phase: 'received',
		owner: '',
		created
	};
	const entry = await makeEntry(alert, routing, key, author.user, now);
	const parts = await makeParts(alert, entry, key, author.user, files);
	const writes = [
		create('cases', { ...routing, reporter: author.user }),
		create('keys', key),
		create('grants', await grantTo({ user: author.user }, author.recipient, keyId, pair, author.user)),
		create('grants', await grantTo({ via: team.circle.id }, team.circle.recipient, keyId, pair, author.user)),
		create('entries', entry),
		...parts.map(linkTo(entry))
	];
	const item = waitingItem(entry, writes, parts.length, now);
	return {
		item,
		parts,
		local: { cases: [routing], keys: [key], entries: [entry] },
		identity: { ...pair, key: keyId }
	};
}

/** Anything said later in a case. `change` moves the case's routing hints along in the same transaction. */
export async function makeStatement(
	content: Content,
	routing: Case,
	key: Key,
	author: string,
	change: Partial<Pick<Case, 'owner' | 'phase'>>,
	now: number
): Promise<{ item: OutgoingRow; entry: Entry }> {
	const entry = await makeEntry(content, routing, key, author, now);
	const writes = [create('entries', entry)];
	if (Object.keys(change).length > 0) {
		writes.push({ collection: 'cases', id: routing.id, verb: 'update', body: change });
	}
	return { item: waitingItem(entry, writes, 0, now), entry };
}

/** A grant of `pair` to a person or to a circle. */
export async function grantTo(
	to: { user: string } | { via: string },
	recipient: string,
	key: string,
	pair: Pick<Pair, 'identity'>,
	giver: string
): Promise<Grant> {
	const sealed = await sealGrant(pair.identity, recipient);
	return { id: freshId(), rev: 0, key, user: '', via: '', ...to, sealed, giver, ended: '' };
}

export const freshId = (): Id => newId((bytes) => crypto.getRandomValues(bytes));

/** A write of everything but what only the server sets. */
export function create(collection: string, row: { id: string } & Record<string, unknown>): Write {
	const body = Object.fromEntries(Object.entries(row).filter(([name]) => !SERVER_SETS.has(name)));
	return { collection, id: row.id, verb: 'create', body };
}

const SERVER_SETS = new Set(['id', 'rev', 'created']);

async function makeEntry(
	content: Content,
	routing: Case,
	key: Key,
	author: string,
	now: number
): Promise<Entry> {
	const id = freshId();
	const place = { team: routing.team, case: routing.id, entry: id, key: key.id, kind: content.kind, author };
	const { sealed, digest } = await sealEntry(place, content, key.recipient);
	return {
		id,
		rev: 0,
		case: routing.id,
		key: key.id,
		kind: content.kind,
		author,
		sealed,
		digest,
		created: serverTime(now)
	};
}

async function makeParts(
	alert: Alert,
	entry: Entry,
	key: Key,
	owner: string,
	files: Files
): Promise<PartRow[]> {
	const rows: PartRow[] = [];
	for (const { file, parts: count } of alert.photos) {
		const bytes = files.get(file);
		if (!bytes) throw new Error('a picture of this alert is not on the device');
		for (let index = 0; index < count; index++) {
			const slice = bytes.slice(index * PART_BYTES, (index + 1) * PART_BYTES);
			const sealed = await sealPart(
				{ case: entry.case, key: key.id, file, index, count },
				slice,
				key.recipient
			);
			const fields = { key: key.id, owner, file, index, count, digest: sealed.digest };
			rows.push({ id: freshId(), item: entry.id, sent: 0, bytes: sealed.bytes, fields });
		}
	}
	return rows;
}

const linkTo =
	(entry: Entry) =>
	({ id }: PartRow): Write => ({ collection: 'blobs', id, verb: 'update', body: { entry: entry.id } });

function waitingItem(entry: Entry, writes: Write[], parts: number, now: number): OutgoingRow {
	const { id, digest } = entry;
	return {
		id,
		case: entry.case,
		created: now,
		attempts: 0,
		notBefore: 0,
		reason: '',
		status: 'waiting',
		writes,
		digest,
		parts
	};
}

/** The server's way to write a time; it sets its own when the record arrives. */
const serverTime = (now: number): string => new Date(now).toISOString().replace('T', ' ');
