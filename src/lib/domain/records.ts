/**
 * What the server keeps and a pull brings: plaintext routing data around sealed bytes. The migrations
 * in pb_migrations say the same in PocketBase's words; tests/contract holds the two together.
 * Unknown fields are dropped on reading. An absent relation is '' as PocketBase writes it.
 */
import * as z from 'zod/mini';
import { Id } from './id';
import { CIRCLES, LOCALES, PHASES, ROLES, SECTORS, URGENCIES } from './lists';

const OptionalId = z.union([Id, z.literal('')]);
const Rev = z.int().check(z.nonnegative());
const Time = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}\.\d{3}Z$/));
const OptionalTime = z.union([Time, z.literal('')]);
/** Stable key of a configurable list. */
const ListKey = z.string().check(z.regex(/^[a-z0-9_]{1,40}$/));
const Name = z.string().check(z.minLength(1), z.maxLength(120));
/** Standard base64, padded; `max` counts characters. */
const Base64 = (max: number) =>
	z.string().check(z.minLength(4), z.maxLength(max), z.regex(/^[A-Za-z0-9+/]+={0,2}$/));
/** SHA-256 of the sealed bytes, lower-case hex. */
export const Digest = z.string().check(z.regex(/^[0-9a-f]{64}$/));
/** An age hybrid (post-quantum) recipient. */
export const Recipient = z.string().check(z.maxLength(2500), z.regex(/^age1pq1[02-9ac-hj-np-z]+$/));

export const BLOB_PART_BYTES = 1024 * 1024;

export const Person = z.object({
	id: Id,
	rev: Rev,
	name: Name,
	recipient: Recipient
});

export const Agency = z.object({
	id: Id,
	rev: Rev,
	team: Id,
	name: Name,
	sector: z.enum(SECTORS)
});

export const Area = z.object({
	id: Id,
	rev: Rev,
	name: Name,
	country: z.string().check(z.regex(/^[A-Z]{2}$/)),
	parent: OptionalId
});

export const Team = z.object({
	id: Id,
	rev: Rev,
	name: Name,
	area: Id,
	locale: z.enum(LOCALES),
	open: z.boolean(),
	/** Part of the join link; only coordinators receive it. */
	invite: z.optional(z.string())
});

export const Membership = z.object({
	id: Id,
	rev: Rev,
	team: Id,
	user: Id,
	agency: OptionalId,
	role: z.enum(ROLES),
	ended: OptionalTime
});

/** The public half of a circle's or an audience's key. `case` is '' for a circle. */
export const Key = z.object({
	id: Id,
	rev: Rev,
	team: Id,
	case: OptionalId,
	name: z.enum([...CIRCLES, 'reporter', 'team', 'narrow', 'invited']),
	recipient: Recipient,
	maker: Id,
	ended: OptionalTime
});

/** A key's identity, sealed to a person (`user`) or to a circle key (`via`): exactly one of them is set. */
export const Grant = z.object({
	id: Id,
	rev: Rev,
	key: Id,
	user: OptionalId,
	via: OptionalId,
	sealed: Base64(12_000),
	giver: Id,
	ended: OptionalTime
});

/** Routing data only: what was said is in the entries. */
export const Case = z.object({
	id: Id,
	rev: Rev,
	team: Id,
	theme: ListKey,
	type: ListKey,
	place: z.string().check(z.maxLength(120)),
	urgency: z.enum(URGENCIES),
	phase: z.enum(PHASES),
	owner: OptionalId,
	created: Time
});

/** One sealed statement. `kind` is open, so that an old app keeps what a newer one wrote. */
export const Entry = z.object({
	id: Id,
	rev: Rev,
	case: Id,
	key: Id,
	kind: ListKey,
	author: Id,
	sealed: Base64(400_000),
	digest: Digest,
	created: Time
});

/** One sealed part of a file. `file` groups the parts of one file; `entry` is '' until the batch that sends it. */
export const Blob = z.object({
	id: Id,
	rev: Rev,
	key: Id,
	entry: OptionalId,
	owner: Id,
	file: Id,
	index: z.int().check(z.nonnegative(), z.maximum(999)),
	count: z.int().check(z.positive(), z.maximum(1000)),
	digest: Digest,
	part: z.string()
});

export type Person = z.infer<typeof Person>;
export type Agency = z.infer<typeof Agency>;
export type Area = z.infer<typeof Area>;
export type Team = z.infer<typeof Team>;
export type Membership = z.infer<typeof Membership>;
export type Key = z.infer<typeof Key>;
export type Grant = z.infer<typeof Grant>;
export type Case = z.infer<typeof Case>;
export type Entry = z.infer<typeof Entry>;
export type Blob = z.infer<typeof Blob>;

/** Every synced collection under its name on the server. */
export const COLLECTIONS = {
	users: Person,
	agencies: Agency,
	areas: Area,
	teams: Team,
	memberships: Membership,
	keys: Key,
	grants: Grant,
	cases: Case,
	entries: Entry,
	blobs: Blob
} as const;
export type Collection = keyof typeof COLLECTIONS;
export type Row<C extends Collection> = z.infer<(typeof COLLECTIONS)[C]>;

/** One page of `GET /api/heed/pull?since=REV`: everything of the caller with since < rev <= upto. `more` asks for the next page. */
export const Pull = z.object({
	upto: Rev,
	more: z.boolean(),
	rows: z.partial(
		z.object({
			users: z.array(z.unknown()),
			agencies: z.array(z.unknown()),
			areas: z.array(z.unknown()),
			teams: z.array(z.unknown()),
			memberships: z.array(z.unknown()),
			keys: z.array(z.unknown()),
			grants: z.array(z.unknown()),
			cases: z.array(z.unknown()),
			entries: z.array(z.unknown()),
			blobs: z.array(z.unknown())
		})
	)
});
export type Pull = z.infer<typeof Pull>;

/** `GET /api/heed/facts`: what may be known before sign-in. Kept on the device, since an alert needs a team's circle key offline. */
export const Facts = z.object({
	instance: z.union([Id, z.literal('')]),
	version: z.string(),
	teams: z.array(
		z.object({
			id: Id,
			name: Name,
			area: Name,
			country: z.string(),
			locale: z.enum(LOCALES),
			circle: z.object({ id: Id, recipient: Recipient })
		})
	)
});
export type Facts = z.infer<typeof Facts>;

/** Login: immutable, part of the salt. NFC, trimmed, lower-case. */
export const Login = z
	.string()
	.check(z.minLength(3), z.maxLength(60), z.regex(/^[\p{Ll}\p{Lo}\p{N}][\p{Ll}\p{Lo}\p{N}._@-]*$/u));

/** The one spelling under which a person's login is stored and salted. */
export const normaliseLogin = (typed: string): string => typed.normalize('NFC').trim().toLowerCase();

/** What a new account sends. `auth` is PocketBase's password: 32 bytes, base64url. */
export const NewAccount = z.object({
	id: Id,
	login: Login,
	name: Name,
	locale: z.enum(LOCALES),
	recipient: Recipient,
	wrapped: Base64(2000),
	auth: z.string().check(z.regex(/^[A-Za-z0-9_-]{43}$/))
});
export type NewAccount = z.infer<typeof NewAccount>;

/** `POST /api/heed/found`: one transaction makes the instance, the first coordinator, the team, its circle keys and grants. */
export const Founding = z.object({
	code: z.string().check(z.minLength(1)),
	instance: Id,
	account: NewAccount,
	agency: z.object({ id: Id, name: Name, sector: z.enum(SECTORS) }),
	area: z.object({ id: Id, name: Name, country: z.string().check(z.regex(/^[A-Z]{2}$/)) }),
	team: z.object({
		id: Id,
		name: Name,
		locale: z.enum(LOCALES),
		invite: z.string().check(z.regex(/^[a-z0-9]{30}$/))
	}),
	membership: Id,
	circles: z.array(
		z.object({
			id: Id,
			name: z.enum(CIRCLES),
			recipient: Recipient,
			grant: z.object({ id: Id, sealed: Base64(12_000) })
		})
	)
});
export type Founding = z.infer<typeof Founding>;
