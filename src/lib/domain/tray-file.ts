/**
 * What a sealed file carries from one device of a person to another: what waits, as it was sealed, and drafts. What is
 * shown of it is made from what is sent, so that no file can show one thing and send another.
 */
import * as z from 'zod/mini';
import { DOCUMENT_TYPES, PICTURE_TYPES, VOICE_TYPES } from './file-type';
import { Draft } from './draft';
import { Id } from './id';
import type { Write } from './outbox';
import { Case, Digest, Entry, Grant, Key } from './records';

const Body = z.record(z.string(), z.unknown());
const Writing = z.object({
	collection: z.enum(['cases', 'keys', 'grants', 'entries']),
	id: Id,
	verb: z.enum(['create', 'update']),
	body: Body
});
/** `bytes` are base64, in drafts' files too. */
const CarriedPart = z.object({
	id: Id,
	bytes: z.string(),
	fields: z.object({
		key: Id,
		entry: Id,
		owner: Id,
		file: Id,
		index: z.int().check(z.nonnegative()),
		count: z.int().check(z.positive()),
		digest: Digest
	})
});
const Carried = z.object({
	id: Id,
	case: Id,
	/** ms */
	created: z.int().check(z.nonnegative()),
	/** The words are on the server; there are no writes then. */
	filed: z.boolean(),
	writes: z.array(Writing),
	digest: z.union([Digest, z.literal('')]),
	parts: z.array(CarriedPart)
});
const FileType = z.enum([...VOICE_TYPES, ...DOCUMENT_TYPES, ...PICTURE_TYPES]);
/** `pictures` are all its files: the name is from when there were no others. */
const CarriedDraft = z.object({
	draft: Draft,
	updated: z.int(),
	pictures: z.array(z.object({ file: Id, type: FileType, bytes: z.string() }))
});
const TrayFile = z.object({ items: z.array(Carried), drafts: z.array(CarriedDraft) });

export type Carried = z.infer<typeof Carried>;
export type CarriedDraft = z.infer<typeof CarriedDraft>;
export type TrayFile = z.infer<typeof TrayFile>;
/** What a device knows of an item before the server does. */
export type LocalRows = { cases: Case[]; keys: Key[]; grants: Grant[]; entries: Entry[] };
export type Taken = { items: (Carried & { rows: LocalRows })[]; drafts: CarriedDraft[] };

/** Null unless all of it is what `user`'s own device could have written. */
export function readTrayFile(value: unknown, user: Id): Taken | null {
	const file = TrayFile.safeParse(value);
	if (!file.success) return null;
	const items = file.data.items.flatMap((item) => {
		const rows = rowsOf(item, user);
		return rows ? [{ ...item, rows }] : [];
	});
	return items.length === file.data.items.length ? { items, drafts: file.data.drafts } : null;
}

function rowsOf(item: Carried, user: Id): LocalRows | null {
	const { id, case: place, filed, writes, digest, parts } = item;
	if (!parts.every(({ fields }) => fields.owner === user)) return null;
	if (filed) return writes.length === 0 && parts.length > 0 ? { ...NONE } : null;
	if (!writes.every((one) => one.verb === 'create' || isHint(one, place))) return null;
	try {
		const rows = {
			cases: made(writes, 'cases', item).map((row) => Case.parse(row)),
			keys: made(writes, 'keys', item).map((row) => Key.parse(row)),
			grants: made(writes, 'grants', item).map((row) => Grant.parse(row)),
			entries: made(writes, 'entries', item).map((row) => Entry.parse(row))
		};
		const [entry, ...more] = rows.entries;
		const isWhole =
			entry?.id === id &&
			entry.digest === digest &&
			more.every(({ kind }) => BESIDE.includes(kind)) &&
			parts.every(({ fields }) => rows.entries.some((one) => one.id === fields.entry));
		const isTheirs =
			rows.entries.every(({ author, case: at }) => author === user && at === place) &&
			rows.keys.every(({ maker, case: at }) => maker === user && at === place) &&
			rows.grants.every(({ giver }) => giver === user) &&
			rows.cases.every((one) => one.id === place) &&
			rows.cases.length <= 1;
		return isWhole && isTheirs ? rows : null;
	} catch {
		return null;
	}
}

/** What may go along with an alert. */
const BESIDE = ['opening', 'names'];

const NONE: LocalRows = { cases: [], keys: [], grants: [], entries: [] };

/** What moves along with a statement: the case's routing hints, and the end of a grant. */
function isHint({ collection, id, body }: Write, place: Id): boolean {
	const names = Object.keys(body);
	if (collection === 'cases') return id === place && names.every((name) => ['owner', 'phase'].includes(name));
	return collection === 'grants' && names.every((name) => name === 'ended');
}

/** As the server will show them; it sets the time of its own. */
function made(writes: readonly Write[], name: string, { created }: Carried): Record<string, unknown>[] {
	const time = new Date(created).toISOString().replace('T', ' ');
	return writes
		.filter(({ collection, verb }) => collection === name && verb === 'create')
		.map(({ id, body }) => ({ ...body, id, rev: 0, created: time }));
}
