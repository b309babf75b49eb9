/**
 * What the server keeps and a pull brings: plaintext routing data around sealed bytes. The migrations
 * in pb_migrations say the same in PocketBase's words; tests/contract holds the two together.
 * An absent relation is '' as PocketBase writes it.
 */
import * as z from 'zod/mini';
import { Knows } from './expertise';
import { TeamForm } from './form';
import { Id } from './id';
import { Ladder, TeamLadder } from './ladder';
import { AUDIENCES, CIRCLES, LOCALES, PHASES, ROLES, SECTORS, URGENCIES } from './lists';

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

/** An Ed25519 public key: 32 bytes, standard base64. */
export const Verifier = z.string().check(z.regex(/^[A-Za-z0-9+/]{43}=$/));
/** An Ed25519 signature: 64 bytes, standard base64. What it covers is said in `crypto/proof.ts`. */
export const Proof = z.string().check(z.regex(/^[A-Za-z0-9+/]{86}==$/));
/** The same, or a locked device's signature with its certificate: `crypto/hand.ts` writes and reads it. */
const HandProof = z
	.string()
	.check(z.regex(/^[A-Za-z0-9+/]{86}==(\.[a-z0-9]{15}\.[A-Za-z0-9+/]{43}=\.[A-Za-z0-9+/]{86}==)?$/));
/** RFC 8785 JSON, signed as it stands. */
const Statement = z.string().check(z.minLength(2), z.maxLength(4000));

/** Login: immutable, part of the salt. NFC, trimmed, lower-case. */
export const Login = z
	.string()
	.check(z.minLength(3), z.maxLength(60), z.regex(/^[\p{Ll}\p{Lo}\p{N}][\p{Ll}\p{Lo}\p{N}._@-]*$/u));

export const BLOB_PART_BYTES = 1024 * 1024;

/** `coded` is somebody without a name, who comes back by a return code. `proof` is the person's own, over all of it. */
export const Person = z.object({
	id: Id,
	rev: Rev,
	kind: z.enum(['named', 'coded']),
	name: Name,
	recipient: Recipient,
	verifier: Verifier,
	proof: Proof
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
	/** Whether it takes alerts without an account. */
	coded: z.boolean(),
	/** `seq` of the newest link of its roll: a device that knows less asks for the rest. */
	roll: Rev,
	/** Minutes until a device locks by itself, by role; what is absent is the default. */
	idle: z.record(z.string(), z.int().check(z.minimum(1), z.maximum(60))),
	/** What it has made of the alert's form; absent from an older server. */
	form: z.optional(TeamForm),
	/** Who is on call, and who is told next; absent where nothing is set, or where a newer server says what this app does not understand. */
	ladder: z.catch(z.optional(TeamLadder), undefined),
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
	/** A guest's last moment. */
	until: OptionalTime,
	ended: OptionalTime,
	/** Empty for whoever does not work on the team's cases; absent from an older server. */
	knows: z.optional(Knows)
});

/**
 * The public half of a circle's or an audience's key, signed by its maker. `case` is '' for a circle. `before` is the
 * generation that it replaces: a new one is made when somebody leaves or an opening is withdrawn.
 */
export const Key = z.object({
	id: Id,
	rev: Rev,
	team: Id,
	case: OptionalId,
	name: z.enum([...CIRCLES, 'recovery', ...AUDIENCES]),
	before: OptionalId,
	recipient: Recipient,
	maker: Id,
	proof: HandProof,
	ended: OptionalTime
});

/**
 * A key's identity, sealed to a person (`user`) or to a circle key (`via`): exactly one of them is set. Signed by its
 * giver. Whoever holds the key sees who else does; `sealed` is '' where it was not sealed to the one who asks.
 */
export const Grant = z.object({
	id: Id,
	rev: Rev,
	key: Id,
	user: OptionalId,
	via: OptionalId,
	sealed: z.union([Base64(12_000), z.literal('')]),
	/** Of `sealed`. */
	digest: Digest,
	giver: Id,
	proof: HandProof,
	ended: OptionalTime
});

/** Somebody with an account asks to be admitted to a team. A coordinator answers. */
export const Request = z.object({
	id: Id,
	rev: Rev,
	team: Id,
	user: Id,
	answer: z.enum(['', 'admitted', 'declined'])
});

/**
 * Somebody who forgot the passphrase asks for new keys. Two members approve, time passes, then the person finishes.
 * `proof` is made with the new keys, over the login: who asks knows no more of the own account.
 */
export const Recovery = z.object({
	id: Id,
	rev: Rev,
	team: Id,
	user: Id,
	login: Login,
	recipient: Recipient,
	verifier: Verifier,
	proof: Proof,
	created: Time,
	/** When it was finished, or refused by the person on another device or by a coordinator. */
	done: OptionalTime,
	refused: OptionalTime
});

export const Approval = z.object({
	id: Id,
	rev: Rev,
	recovery: Id,
	by: Id,
	/** The key whose place the new ones take. */
	before: Verifier,
	proof: Proof
});

/** Routing data only: what was said is in the entries. */
export const Case = z.object({
	id: Id,
	rev: Rev,
	team: Id,
	/** The team that referred it; absent from an older server. */
	sender: z.optional(OptionalId),
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
export type Request = z.infer<typeof Request>;
export type Recovery = z.infer<typeof Recovery>;
export type Approval = z.infer<typeof Approval>;
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
	requests: Request,
	recoveries: Recovery,
	approvals: Approval,
	cases: Case,
	entries: Entry,
	blobs: Blob,
	ladders: Ladder
} as const;
export type Collection = keyof typeof COLLECTIONS;
export type Row<C extends Collection> = z.infer<(typeof COLLECTIONS)[C]>;

/** One page of `GET /api/heed/pull?since=REV`: everything of the caller with since < rev <= upto. `more` asks for the next page. */
export const Pull = z.object({
	upto: Rev,
	more: z.boolean(),
	/** By collection. A newer server may have more of them than this app knows. */
	rows: z.record(z.string(), z.array(z.unknown()))
});
export type Pull = z.infer<typeof Pull>;

/** `GET /api/heed/facts`: what may be known before sign-in. Kept on the device, since an alert needs a team's circle key offline. */
export const Facts = z.object({
	instance: z.union([Id, z.literal('')]),
	version: z.string(),
	/** Zero bits of work asked for before sign-up and sign-in; absent from an older server. */
	work: z.optional(z.int().check(z.nonnegative(), z.maximum(24))),
	/** The key of its pushes, base64url; '' where it sends none, absent from an older server. */
	push: z.optional(z.string().check(z.regex(/^([A-Za-z0-9_-]{87})?$/))),
	teams: z.array(
		z.object({
			id: Id,
			name: Name,
			area: Name,
			/** Its area and those around it, the next one first; absent from an older server. */
			areas: z.optional(z.array(Id)),
			country: z.string(),
			locale: z.enum(LOCALES),
			coded: z.boolean(),
			roll: Rev,
			/** Absent from an older server; without it where a newer one says what this app does not understand. */
			form: z.catch(z.optional(TeamForm), undefined),
			/** Of the members. */
			circle: z.object({ id: Id, recipient: Recipient }),
			/** Of the coordinators and the police, by name; absent from an older server. */
			circles: z.optional(z.array(z.object({ name: ListKey, id: Id, recipient: Recipient })))
		})
	)
});
export type Facts = z.infer<typeof Facts>;

/** `GET /api/heed/roll/{team}?since=SEQ`: the links after it, in order, at most 200. `more` asks for the next ones. */
export const RollPage = z.object({
	more: z.boolean(),
	links: z.array(z.object({ seq: z.int().check(z.positive()), text: Statement, proof: Proof }))
});
export type RollPage = z.infer<typeof RollPage>;

/** The one spelling under which a person's login is stored and salted. */
export const normaliseLogin = (typed: string): string => typed.normalize('NFC').trim().toLowerCase();

/** Stands where an account without a name has none. It is signed like a name, and never shown. */
export const NAMELESS = '-';

/** What a new account sends. `auth` is PocketBase's password: 32 bytes, base64url. */
export const NewAccount = z.object({
	id: Id,
	login: Login,
	name: Name,
	locale: z.enum(LOCALES),
	kind: z.enum(['named', 'coded']),
	recipient: Recipient,
	verifier: Verifier,
	proof: Proof,
	wrapped: Base64(2000),
	auth: z.string().check(z.regex(/^[A-Za-z0-9_-]{43}$/))
});
export type NewAccount = z.infer<typeof NewAccount>;

/** What only the person has: the age identity, and the seed of the signing key. The server keeps it wrapped. */
export const Secrets = z.object({ identity: z.string(), seed: z.string() });
export type Secrets = z.infer<typeof Secrets>;

const NewGrant = z.object({ id: Id, sealed: Base64(12_000), digest: Digest, proof: Proof });
const NewLink = z.object({ text: Statement, proof: Proof });

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
			proof: Proof,
			/** To the founder, and to the printed recovery key. */
			grant: NewGrant,
			spare: NewGrant
		})
	),
	/** The printed recovery key: a circle that nobody is in. `ticket` is SHA-256 of what its holder shows to the server. */
	recovery: z.object({ id: Id, recipient: Recipient, proof: Proof, ticket: Digest }),
	/** The first links of the team's roll. */
	roll: z.array(NewLink).check(z.minLength(1), z.maxLength(20))
});
export type Founding = z.infer<typeof Founding>;
