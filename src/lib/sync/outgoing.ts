/** What a person says, sealed and made ready to send. Nothing here touches the network or the store. */
import { newPair, type Pair } from '#age';
import type { Bytes } from '../crypto/bytes';
import { sealEntry, sealPart } from '../crypto/envelope';
import { vouch, type Hand } from '../crypto/hand';
import { sealGrant } from '../crypto/keyring';
import type { Alert, Attachment, Names, Photo } from '../domain/alert';
import type { Content, Opening } from '../domain/content';
import type { EntryHeader } from '../domain/envelope';
import type { Id } from '../domain/id';
import { newId } from '../domain/new-id';
import { dependencies, NOW, type Outgoing, type Write } from '../domain/outbox';
import { PART_BYTES } from '../domain/parts';
import type { Case, Entry, Grant, Key } from '../domain/records';
import { grantFields, keyFields } from '../domain/signed';
import type { Parcel, PartRow } from '../store/person';
import type { Addressee, ShownCircle } from './following';
import { besideId, caseIdOf } from './trust';

/** Who writes: the account, the hand that signs, and the device, which counts what it has said. */
export type Author = { recipient: string; device: Id; hand: Hand };
export type Files = ReadonlyMap<string, Bytes>;
/** Where something new stands among what was said under its key. */
export type Turn = Pick<EntryHeader, 'after' | 'seq' | 'roll'>;
/** What goes along with an alert: it is open to the police contact, and few are told more. */
export type Along = {
	police?: { circle: ShownCircle; act: Opening } | null;
	few?: { circle: ShownCircle; names: Names } | null;
	/** The team that refers it: its members read the thread as well. */
	sender?: { team: Id; circle: ShownCircle } | null;
};
/** An entry that goes along, as it was sealed; with a key of its own, where it has one. */
export type Beside = { header: EntryHeader; content: Content; identity: (Pair & { key: Id }) | null };

/**
 * An alert: a case, its reporter thread's key, a grant to the reporter and one to the team's circle, and the entry. The
 * police's circle gets a grant, and the act that says so stands right behind the alert; what few are told has a key of its
 * own. All of it goes in one batch.
 */
export type NewCase = {
	parcel: Parcel;
	local: { cases: Case[]; keys: Key[]; grants: Grant[]; entries: Entry[] };
	identity: Pair & { key: Id };
	header: EntryHeader;
	/** As it was sealed. */
	alert: Alert;
	beside: Beside[];
};

export async function makeAlert(
	said: Alert,
	team: Pick<Addressee, 'id' | 'roll' | 'circle'>,
	author: Author,
	files: Files,
	now: number,
	{ police, few, sender }: Along = {}
): Promise<NewCase> {
	const { user } = author.hand;
	const [pair, narrow] = [await newPair(), few ? await newPair() : null];
	const alert = {
		...said,
		photos: counted(said.photos, files),
		...(said.files && { files: counted(said.files, files) })
	};
	const routing: Case = {
		id: await caseIdOf({ maker: user, recipient: pair.recipient }),
		rev: 0,
		team: team.id,
		...(sender && { sender: sender.team }),
		theme: alert.theme,
		type: alert.type,
		place: alert.place,
		urgency: alert.urgency,
		phase: 'received',
		owner: '',
		created: serverTime(now)
	};
	const place = { team: team.id, case: routing.id, name: 'reporter', before: '' } as const;
	const key = await signKey(place, pair, author, narrow ? await besideId(narrow.recipient) : freshId());
	const grants = [await grantTo({ user }, author.recipient, key.id, pair, author.hand)];
	for (const { id, recipient } of [team.circle, ...(sender ? [sender.circle] : [])])
		grants.push(await grantTo({ via: id }, recipient, key.id, pair, author.hand));
	const turn = { after: [], seq: 1, roll: team.roll };
	const { entry, header } = await makeEntry(alert, routing, key, author, turn, now);
	const parts = await makeParts([...alert.photos, ...(alert.files ?? [])], entry, key, author.hand, files);
	const opened = { routing, key, pair, entry, author, turn, now };
	const pieces = [
		...(police ? [await openToPolice(police, opened)] : []),
		...(few && narrow ? [await tellFew(few, narrow, files, opened)] : [])
	];
	const local = {
		cases: [routing],
		keys: [key, ...pieces.flatMap(({ keys }) => keys)],
		grants: [...grants, ...pieces.flatMap((piece) => piece.grants)],
		entries: [entry, ...pieces.map((piece) => piece.entry)]
	};
	const writes = [
		create('cases', { ...routing, reporter: user }),
		...local.keys.map((row) => create('keys', row)),
		...local.grants.map((row) => create('grants', row)),
		...local.entries.map((row) => create('entries', row))
	];
	return {
		parcel: pack(entry, writes, [...parts, ...pieces.flatMap((piece) => piece.parts)], now),
		local,
		identity: { ...pair, key: key.id },
		header,
		alert,
		beside: pieces.map(({ beside }) => beside)
	};
}

/** A case that is just being opened, and the alert that does it. */
type Opened = {
	routing: Case;
	key: Key;
	pair: Pair;
	entry: Entry;
	author: Author;
	turn: Turn;
	now: number;
};
type Piece = { keys: Key[]; grants: Grant[]; entry: Entry; parts: PartRow[]; beside: Beside };

async function openToPolice(
	{ circle, act }: NonNullable<Along['police']>,
	{ routing, key, pair, entry: alert, author, turn, now }: Opened
): Promise<Piece> {
	const grant = await grantTo({ via: circle.id }, circle.recipient, key.id, pair, author.hand);
	const next = { ...turn, after: [alert.id], seq: turn.seq + 1 };
	const { entry, header } = await makeEntry(act, routing, key, author, next, now);
	return { keys: [], grants: [grant], entry, parts: [], beside: { header, content: act, identity: null } };
}

async function tellFew(
	{ circle, names }: NonNullable<Along['few']>,
	pair: Pair,
	files: Files,
	{ routing, entry: alert, author, turn, now }: Opened
): Promise<Piece> {
	const place = { team: routing.team, case: routing.id, name: 'narrow', before: '' } as const;
	const key = await signKey(place, pair, author);
	const { user } = author.hand;
	const grants = [
		await grantTo({ user }, author.recipient, key.id, pair, author.hand),
		await grantTo({ via: circle.id }, circle.recipient, key.id, pair, author.hand)
	];
	const content = { ...names, files: counted(names.files, files) };
	const { entry, header } = await makeEntry(content, routing, key, author, turn, now);
	const parts = await makeParts(content.files, entry, key, author.hand, files, alert.id);
	return {
		keys: [key],
		grants,
		entry,
		parts,
		beside: { header, content, identity: { ...pair, key: key.id } }
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
	{ hand }: Pick<Author, 'hand'>,
	id = freshId()
): Promise<Key> {
	const fields = keyFields({ ...place, id, recipient, maker: hand.user });
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

const counted = <T extends Photo | Attachment>(some: readonly T[], files: Files): T[] =>
	some.map((one) => ({ ...one, parts: partsOf(files.get(one.file)) }));

/** `item` is what they go along with. */
async function makeParts(
	some: readonly Pick<Attachment, 'file' | 'parts'>[],
	entry: Entry,
	key: Key,
	hand: Hand,
	files: Files,
	item = entry.id
): Promise<PartRow[]> {
	const rows: PartRow[] = [];
	for (const { file, parts: count } of some) {
		const bytes = files.get(file);
		if (bytes === undefined) throw new Error('a picture or a file of this alert is not on the device');
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
			rows.push({ id: freshId(), item, bytes: sealed.bytes, fields });
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
