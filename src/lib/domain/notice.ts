/**
 * Notices: contentless nudges by push or e-mail. A row of the outbox is one nudge for one device, or one e-mail for one
 * person; the courier leases it, sends it, and settles it. docs/notices.md is the whole of it; pb_hooks/lib/notices.js
 * says the same on the server.
 */
import * as z from 'zod/mini';
import { Id } from './id';
import { LOCALES } from './lists';

/**
 * `danger`, `urgent`: a case that waits for whoever answers for it. `call`: the same, to somebody who may not open it: the
 * team asks for a call. `above`: a team below has nobody who answered. `police`: something was opened to the police contact.
 * `alert`: a new case without haste. `message`: who asked for advice has written. `seen`, `answer`: to who asked for advice.
 * `test`: whether this device hears. `red`, `confirm`: e-mails alone, about a device that does not, and about an address.
 */
export const NOTICES = [
	'danger',
	'urgent',
	'call',
	'above',
	'police',
	'alert',
	'message',
	'seen',
	'answer',
	'test',
	'red',
	'confirm'
] as const;
export type NoticeKind = (typeof NOTICES)[number];

/** Kinds that somebody is asked to answer for: ‘I have it’ stops the ladder. */
export const PRESSING = ['danger', 'urgent', 'call', 'above'] as const satisfies readonly NoticeKind[];
/** Kinds that somebody may switch off, by push and by e-mail each. */
export const CHOSEN = [
	'police',
	'alert',
	'message',
	'seen',
	'answer'
] as const satisfies readonly NoticeKind[];
export type ChosenKind = (typeof CHOSEN)[number];

/** Opens one row's doors without a session: 32 letters of chance, sent to one device alone. */
const Token = z.string().check(z.regex(/^[a-z0-9]{32}$/));

/** What a push carries, and all of it. `case` is '' where there is none that the person may open. */
export const Nudge = z.object({
	v: z.literal(1),
	id: Id,
	kind: z.enum(NOTICES),
	/** A later one with the same tag takes the place of an earlier one. */
	tag: z.string().check(z.regex(/^[a-z0-9-]{1,40}$/)),
	token: Token,
	case: z.union([Id, z.literal('')]),
	/** Whom it is for: several people may use a device. */
	person: Id
});
export type Nudge = z.infer<typeof Nudge>;

/** Bytes of every push before it is encrypted, whatever it says. */
export const NUDGE_BYTES = 256;

/** A browser's push subscription, as `PushSubscription.toJSON()` writes it. */
export const Subscription = z.object({
	endpoint: z.string().check(z.maxLength(2000)),
	/** 65 bytes and 16 bytes, base64url. */
	p256dh: z.string().check(z.regex(/^[A-Za-z0-9_-]{87}=?$/)),
	auth: z.string().check(z.regex(/^[A-Za-z0-9_-]{22}(==)?$/))
});
export type Subscription = z.infer<typeof Subscription>;

/** An e-mail: to whom, in which language, and how many of which kind it tells of. */
export const Letter = z.object({
	to: z.string().check(z.minLength(3), z.maxLength(254)),
	locale: z.enum(LOCALES),
	counts: z.partialRecord(z.enum(NOTICES), z.int().check(z.positive()))
});
export type Letter = z.infer<typeof Letter>;

/** One leased row: a push or a letter. `seconds` is how long it is of use from now on. */
export const Leased = z.object({
	nudge: Nudge,
	seconds: z.int().check(z.nonnegative()),
	by: z.union([z.object({ push: Subscription }), z.object({ mail: Letter })])
});
export type Leased = z.infer<typeof Leased>;

/** The mail server, where push services are named by their host. */
export const MAIL = '';

/**
 * `POST /api/heed/courier/lease`: `urgent` asks for pressing ones alone, `without` for none by these push services, or by
 * `MAIL`: they have as many from this courier as they get at once.
 */
export const LEASED_MAX = 100;
export const Lease = z.object({
	by: Id,
	most: z.int().check(z.minimum(1), z.maximum(LEASED_MAX)),
	urgent: z.boolean(),
	without: z.array(z.string().check(z.maxLength(253))).check(z.maxLength(10))
});
export type Lease = z.infer<typeof Lease>;

/** Its answer. `wait` is after how many ms something is due that is not yet; null where nothing is. */
export const LeaseAnswer = z.object({ leased: z.array(Leased), wait: z.nullable(z.int()) });
export type LeaseAnswer = z.infer<typeof LeaseAnswer>;

/**
 * What became of a leased row. `sent`: taken by the push service or the mail server. `gone`: there is no such subscription any
 * more. `wait`: again after so many seconds, for as long as it is of use. `kept`: not again; the reason stands at the device, or beside the address.
 */
export const Settled = z.discriminatedUnion('did', [
	z.object({ id: Id, did: z.literal('sent') }),
	z.object({ id: Id, did: z.literal('gone'), why: z.string().check(z.maxLength(40)) }),
	z.object({
		id: Id,
		did: z.literal('wait'),
		seconds: z.int().check(z.minimum(0), z.maximum(86_400)),
		why: z.string().check(z.maxLength(40))
	}),
	z.object({ id: Id, did: z.literal('kept'), why: z.string().check(z.maxLength(40)) })
]);
export type Settled = z.infer<typeof Settled>;

/** `POST /api/heed/courier/settle`. */
export const Settlement = z.object({ by: Id, settled: z.array(Settled).check(z.maxLength(LEASED_MAX)) });
export type Settlement = z.infer<typeof Settlement>;

const Hour = z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$/));
/** From one time of the day to another, over midnight too; in a named zone. */
export const Hours = z.object({ from: Hour, to: Hour });
export type Hours = z.infer<typeof Hours>;
/** An IANA name such as `Europe/Warsaw`. */
export const Zone = z.string().check(z.regex(/^[A-Za-z_+-]{1,30}(\/[A-Za-z_+-]{1,30}){0,2}$/));

/** How somebody wants to be told. What is absent is as it comes: pushes, and e-mails behind them. */
export const Wishes = z.object({
	/** Kinds that are not pushed, and not written. */
	noPush: z.array(z.enum(CHOSEN)).check(z.maxLength(CHOSEN.length)),
	noMail: z.array(z.enum(CHOSEN)).check(z.maxLength(CHOSEN.length)),
	/** When nothing comes that can wait; null: at any time. */
	quiet: z.nullable(Hours),
	zone: Zone
});
export type Wishes = z.infer<typeof Wishes>;

/** What runs underneath: each needs other steps when notices do not come. */
export const SYSTEMS = ['android', 'ios', 'desktop'] as const;
export type System = (typeof SYSTEMS)[number];

/** `PUT /api/heed/notices/device`. `id` is this installation's, made on it. */
export const NewDevice = z.object({
	id: Id,
	subscription: Subscription,
	locale: z.enum(LOCALES),
	system: z.enum(SYSTEMS)
});
export type NewDevice = z.infer<typeof NewDevice>;

const Time = z.string();
/** `GET /api/heed/notices/mine`. Times are the server's, '' for never. */
export const MyNotices = z.object({
	devices: z.array(
		z.object({
			id: Id,
			system: z.enum(SYSTEMS),
			/** When a test was last asked for, and when this device last said that a notice was shown. */
			asked: Time,
			heard: Time,
			/** Why the push service did not take the last one; '' where it did. */
			trouble: z.string()
		})
	),
	wishes: Wishes,
	/** `trouble`: why the last letter there was refused for good; '' where it was taken. */
	mail: z.object({ address: z.string(), confirmed: z.boolean(), trouble: z.string() }),
	/** Somebody who is told of what is pressing, and may not switch that off. */
	duty: z.boolean()
});
export type MyNotices = z.infer<typeof MyNotices>;

/** `green`: a test came through since it was last asked for; `red`: it did not, or there is trouble; `none`: nothing to try, or not tried yet. */
const LIGHTS = ['green', 'red', 'waiting', 'none'] as const;
export type Light = (typeof LIGHTS)[number];

/** `GET /api/heed/notices/points/{team}`: each contact point with its light; to others than a coordinator the own alone. `mail`: letters reach it. */
export const Points = z.array(z.object({ user: Id, light: z.enum(LIGHTS), at: Time, mail: z.boolean() }));
export type Points = z.infer<typeof Points>;
