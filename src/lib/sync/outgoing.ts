/** What a person says, sealed and made ready to send. Nothing here touches the network or the store. */
import { newPair, type Pair } from '#age';
import type { Bytes } from '../crypto/bytes';
import { sealEntry, sealPart } from '../crypto/envelope';
import { vouch, type Hand } from '../crypto/hand';
import { sealGrant } from '../crypto/keyring';
import type { Alert, Content } from '../domain/content';
import type { EntryHeader } from '../domain/envelope';
import type { Id } from '../domain/id';
import { newId } from '../domain/new-id';
import { dependencies, NOW, type Outgoing, type Write } from '../domain/outbox';
import { PART_BYTES } from '../domain/parts';
import type { Case, Entry, Grant, Key } from '../domain/records';
import { grantFields, keyFields } from '../domain/signed';
import type { Parcel, PartRow } from '../store/person';
import { caseIdOf } from './trust';

/** Who writes: the account, the hand that signs, and the device, which counts what it has said. */
export type Author = { recipient: string; device: Id; hand: Hand };
export type Files = ReadonlyMap<string, Bytes>;
/** Where something new stands among what was said under its key. */
export type Turn = Pick<EntryHeader, 'after' | 'seq' | 'roll'>;
/** A team as an alert needs it: the circle that the roll vouches for, and how much of the roll was known. */
export type Addressee = { id: Id; roll: number; circle: { id: Id; recipient: string } };

/** An alert: a case, its reporter thread's key, a grant to the reporter and one to the team's circle, and the entry. */
export type NewCase = {
	parcel: Parcel;
	local: { cases: Case[]; keys: Key[]; grants: Grant[]; entries: Entry[] };
	identity: Pair & { key: Id };
	header: EntryHeader;
	/** As it was sealed. */
	alert: Alert;
};

export async function makeAlert(
	said: Alert,
	team: Addressee,
	author: Author,
	files: Files,
	now: number
): Promise<NewCase> {
	const { user } = author.hand;
	const pair = await newPair();
	const alert = {
		...said,
		photos: said.photos.map((photo) => ({ ...photo, parts: partsOf(files.get(photo.file)) }))
	};
	const routing: Case = {
		id: await caseIdOf({ maker: user, recipient: pair.recipient }),
		rev: 0,
		team: team.id,
		theme: alert.theme,
		type: alert.type,
		place: alert.place,
		urgency: alert.urgency,
		phase: 'received',
		owner: '',
		created: serverTime(now)
	};
	const place = { team: team.id, case: routing.id, name: 'reporter', before: '' } as const;
	const key = await signKey(place, pair, author);
	const grants = [
		await grantTo({ user }, author.recipient, key.id, pair, author.hand),
		await grantTo({ via: team.circle.id }, team.circle.recipient, key.id, pair, author.hand)
	];
	const turn = { after: [], seq: 1, roll: team.roll };
	const { entry, header } = await makeEntry(alert, routing, key, author, turn, now);
	const parts = await makeParts(alert, entry, key, author.hand, files);
	const writes = [
		create('cases', { ...routing, reporter: user }),
		create('keys', key),
		...grants.map((grant) => create('grants', grant)),
		create('entries', entry)
	];
	return {
		parcel: pack(entry, writes, parts, now),
		local: { cases: [routing], keys: [key], grants, entries: [entry] },
		identity: { ...pair, key: key.id },
		header,
		alert
	};
}

/** Anything said later in a case. `change` moves the case's routing hints along in the same transaction. */
export async function makeStatement(
	content: Content,
	routing: Case,
	key: Key,
	author: Author,
	turn: Turn,
	change: Partial<Pick<Case, 'owner' | 'phase'>>,
	now: number,
	/** What goes before it in the same batch. */
	along: readonly Write[] = []
): Promise<{ parcel: Parcel; entry: Entry; header: EntryHeader }> {
	const { entry, header } = await makeEntry(content, routing, key, author, turn, now);
	const writes = [...along, create('entries', entry)];
	if (Object.keys(change).length > 0) {
		writes.push({ collection: 'cases', id: routing.id, verb: 'update', body: change });
	}
	return { parcel: pack(entry, writes, [], now), entry, header };
}

/** A new key, signed by its maker. Nobody holds it until it is granted. */
export async function makeKey(
	place: Pick<Key, 'team' | 'case' | 'name' | 'before'>,
	{ hand }: Pick<Author, 'hand'>
): Promise<{ key: Key; pair: Pair }> {
	const pair = await newPair();
	return { key: await signKey(place, pair, { hand }), pair };
}

async function signKey(
	place: Pick<Key, 'team' | 'case' | 'name' | 'before'>,
	{ recipient }: Pick<Pair, 'recipient'>,
	{ hand }: Pick<Author, 'hand'>
): Promise<Key> {
	const fields = keyFields({ ...place, id: freshId(), recipient, maker: hand.user });
	return { ...fields, rev: 0, proof: await vouch(hand, 'key', fields), ended: '' };
}

/** A grant of `pair` to a person or to a circle, signed by its giver. */
export async function grantTo(
	to: { user: string } | { via: string },
	recipient: string,
	key: string,
	pair: Pick<Pair, 'identity'>,
	hand: Hand
): Promise<Grant> {
	const { sealed, digest } = await sealGrant(pair.identity, recipient);
	const fields = grantFields({ id: freshId(), key, user: '', via: '', ...to, digest, giver: hand.user });
	return { ...fields, rev: 0, sealed, proof: await vouch(hand, 'grant', fields), ended: '' };
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
	{ hand, device }: Author,
	turn: Turn,
	now: number
): Promise<{ entry: Entry; header: EntryHeader }> {
	const { kind } = content;
	const place = {
		team: routing.team,
		case: routing.id,
		entry: freshId(),
		key: key.id,
		kind,
		author: hand.user
	};
	const header: EntryHeader = { ...place, ...turn, device };
	const { sealed, digest } = await sealEntry(header, content, key.recipient, hand);
	const { entry: id, author } = place;
	const created = serverTime(now);
	const entry = { id, rev: 0, case: routing.id, key: key.id, kind, author, sealed, digest, created };
	return { entry, header };
}

// Counted when it is sent: the draft may come from a version that cut files otherwise.
const partsOf = (bytes: Bytes | undefined): number => Math.ceil((bytes?.length ?? 0) / PART_BYTES);

async function makeParts(alert: Alert, entry: Entry, key: Key, hand: Hand, files: Files): Promise<PartRow[]> {
	const rows: PartRow[] = [];
	for (const { file, parts: count } of alert.photos) {
		const bytes = files.get(file);
		if (bytes === undefined) throw new Error('a picture of this alert is not on the device');
		for (let index = 0; index < count; index++) {
			const slice = bytes.slice(index * PART_BYTES, (index + 1) * PART_BYTES);
			const place = { case: entry.case, key: key.id, file, index, count };
			const sealed = await sealPart({ ...place, author: hand.user }, slice, key.recipient, hand);
			const fields = {
				key: key.id,
				entry: entry.id,
				owner: hand.user,
				file,
				index,
				count,
				digest: sealed.digest
			};
			rows.push({ id: freshId(), item: entry.id, bytes: sealed.bytes, fields });
		}
	}
	return rows;
}

function pack({ id, case: kase, digest }: Entry, writes: Write[], parts: PartRow[], now: number): Parcel {
	const item: Outgoing = {
		id,
		case: kase,
		created: now,
		attempts: 0,
		notBefore: NOW,
		reason: '',
		status: 'waiting',
		...dependencies(writes),
		filed: false,
		left: parts.map((part) => part.id),
		parts: parts.length
	};
	return { item, batch: { id, writes, digest }, parts };
}

/** The server's way to write a time; it sets its own when the record arrives. */
export const serverTime = (now: number): string => new Date(now).toISOString().replace('T', ' ');
