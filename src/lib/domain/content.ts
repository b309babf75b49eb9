import * as z from 'zod/mini';
import { Advice, Assessment, Call, Evaluation, Merge, Progress, Rating, Split, Task } from './casework';
import { DOCUMENT_TYPES, PICTURE_TYPES, VOICE_TYPES } from './file-type';
import { Id } from './id';
import {
	AGES,
	AUDIENCES,
	BASES,
	CERTAINTIES,
	CIRCLES,
	CONSENTS,
	MOTIVES,
	NEEDS,
	PHASES,
	SETTINGS,
	SOURCES,
	THEMES,
	TYPES,
	URGENCIES,
	WAYS_TO_KNOW,
	isOwn,
	type Consent,
	type Own,
	type Phase
} from './lists';
import { At, Day } from './when';

export const STORY_MAX = 20_000;
/** Of what goes well, and of what was done already. */
export const ASIDE_MAX = 5_000;
export const MESSAGE_MAX = 10_000;
export const PHOTOS_MAX = 10;
export const REASON_MAX = 1_000;
export const ADVISED_MAX = 5;
export const FILES_MAX = 10;
export const FILE_BYTES_MAX = 25 * 1024 * 1024;
export const VOICE_SECONDS_MAX = 10 * 60;
export const NAMES_MAX = 2_000;
export const PARTS_MAX = 1000;

/** A file's bytes travel as sealed parts under `file`. */
const bytes = {
	file: Id,
	bytes: z.int().check(z.positive()),
	parts: z.int().check(z.positive(), z.maximum(PARTS_MAX))
};

/** A picture that was re-encoded on the device. */
export const Photo = z.object({
	...bytes,
	type: z.enum(['image/webp', 'image/jpeg']),
	width: z.int().check(z.positive()),
	height: z.int().check(z.positive())
});
export type Photo = z.infer<typeof Photo>;

const FileName = z.string().check(z.minLength(1), z.maxLength(200));

/** What goes along as it is. Its type is its sender's word: who reads it looks at the bytes first. */
export const Attachment = z.discriminatedUnion('kind', [
	/** Recorded in the app. */
	z.object({
		kind: z.literal('voice'),
		...bytes,
		type: z.enum(VOICE_TYPES),
		seconds: z.int().check(z.nonnegative())
	}),
	z.object({ kind: z.literal('document'), ...bytes, type: z.enum(DOCUMENT_TYPES), name: FileName }),
	/** A picture nobody has touched, kept as evidence: with all that the camera wrote into it. */
	z.object({ kind: z.literal('original'), ...bytes, type: z.enum(PICTURE_TYPES), name: FileName })
]);
export type Attachment = z.infer<typeof Attachment>;
const attachments = z.array(Attachment).check(z.maxLength(FILES_MAX));

export const OwnKey = z.custom<Own>((key) => typeof key === 'string' && isOwn(key));
/** An answer of a list, or one that the team has added to it. */
const answer = <const K extends readonly [string, ...string[]]>(keys: K) => z.union([z.enum(keys), OwnKey]);
const answers = <const K extends readonly [string, ...string[]]>(keys: K) =>
	z.array(answer(keys)).check(z.maxLength(30));

/** The official code of a municipality under its country's: 'PL-2465011'. */
export const AreaCode = z.string().check(z.regex(/^[A-Z]{2}-[A-Z0-9]{2,14}$/));

/** On what it rests that somebody more learns of a case. */
const agreed = {
	basis: z.enum(BASES),
	consent: z.enum(CONSENTS),
	reason: z.string().check(z.maxLength(REASON_MAX))
};
/** Without consent there is a reason. */
const isAgreed = z.refine<{ consent: Consent; reason: string }>(
	({ consent, reason }) => consent !== 'none' || reason.trim() !== ''
);

/** An alert with it is a referral: a member of that team wrote it, out of that case. */
export const Origin = z.object({ team: Id, case: Id, ...agreed }).check(isAgreed);
export type Origin = z.infer<typeof Origin>;

/** What is optional was left out by its writer, or comes from a version that did not ask. */
export const Alert = z.object({
	kind: z.literal('alert'),
	at: At,
	theme: z.enum(THEMES),
	type: answer(TYPES),
	motives: z.optional(answers(MOTIVES)),
	source: z.optional(answer(SOURCES)),
	/** Of those whom it is about, and of those who are harmed. */
	age: z.optional(z.enum(AGES)),
	harmed: z.optional(z.enum(AGES)),
	setting: z.optional(answer(SETTINGS)),
	place: z.string().check(z.minLength(1), z.maxLength(120)),
	area: z.optional(AreaCode),
	known: z.optional(z.array(z.enum(WAYS_TO_KNOW))),
	certainty: z.optional(z.enum(CERTAINTIES)),
	/** In the writer's words or as a date: 'yesterday after the match'. */
	when: z.string().check(z.maxLength(200)),
	urgency: z.enum(URGENCIES),
	story: z.string().check(z.maxLength(STORY_MAX)),
	/** What goes well, and what protects. */
	strengths: z.optional(z.string().check(z.maxLength(ASIDE_MAX))),
	done: z.optional(z.string().check(z.maxLength(ASIDE_MAX))),
	needs: z.optional(answers(NEEDS)),
	photos: z.array(Photo).check(z.maxLength(PHOTOS_MAX)),
	files: z.optional(attachments),
	/** The practices that its writer was shown as similar, the most similar first. */
	advised: z.optional(z.array(Id).check(z.maxLength(ADVISED_MAX))),
	from: z.optional(Origin)
});

/** Who it is about, by name, and pictures as they were taken: for the narrow audience, beside an alert. */
export const Names = z.object({
	kind: z.literal('names'),
	at: At,
	text: z.string().check(z.maxLength(NAMES_MAX)),
	files: attachments
});
export type Names = z.infer<typeof Names>;

/** `mentions`: whom it asks to look at it, of those who read it. */
export const Message = z.object({
	kind: z.literal('message'),
	at: At,
	text: z.string().check(z.minLength(1), z.maxLength(MESSAGE_MAX)),
	mentions: z.optional(z.array(Id).check(z.maxLength(20)))
});

/** Its reporter wants to talk to a person, whatever advice was shown. */
export const Ask = z.object({ kind: z.literal('ask'), at: At });

/** A person of the team has opened the case. */
export const Seen = z.object({ kind: z.literal('seen'), at: At });

/** The author takes the case on. */
export const Take = z.object({ kind: z.literal('take'), at: At });

/** Somebody is to take the case on from here: it is handed over, or given to whom it fits best. */
export const Assign = z.object({ kind: z.literal('assign'), at: At, to: Id });

/** Of some phases whoever asked for advice is told why. */
export const REASONED: readonly Phase[] = ['paused', 'redirected', 'closed'];

/**
 * `reason`: why, where that was said; `REASONED` phases are not set without one by this app, and an older one did. `next`:
 * what is expected until `due`, its last day.
 */
export const PhaseChange = z.object({
	kind: z.literal('phase'),
	at: At,
	phase: z.enum(PHASES),
	reason: z.optional(z.string().check(z.maxLength(REASON_MAX))),
	next: z.optional(z.string().check(z.maxLength(REASON_MAX))),
	due: z.optional(Day)
});

export const OPTIONS_MAX = 6;
export const OPTION_MAX = 200;
/** How a team decides: nobody is against it, or more are for it than for all else. */
export const RULES = ['consent', 'majority'] as const;
export type Rule = (typeof RULES)[number];

/** What is to be decided together: one way or several. `until` is the last day to vote. */
export const Proposal = z.object({
	kind: z.literal('proposal'),
	at: At,
	text: z.string().check(z.minLength(1), z.maxLength(MESSAGE_MAX)),
	options: z
		.array(z.string().check(z.minLength(1), z.maxLength(OPTION_MAX)))
		.check(z.minLength(1), z.maxLength(OPTIONS_MAX)),
	rule: z.enum(RULES),
	until: z.optional(Day)
});
export type Proposal = z.infer<typeof Proposal>;

/** The place of an option in its proposal. */
const Option = z.int().check(z.minimum(0), z.maximum(OPTIONS_MAX - 1));

/** For one of the options, for none of them, or neither. Who is for none says why: dissent is recorded with its reason. */
export const Vote = z
	.object({
		kind: z.literal('vote'),
		at: At,
		/** The entry with the proposal. */
		on: Id,
		for: z.union([Option, z.literal('none'), z.literal('abstain')]),
		reason: z.string().check(z.maxLength(REASON_MAX))
	})
	.check(z.refine((vote) => vote.for !== 'none' || vote.reason.trim() !== ''));
export type Vote = z.infer<typeof Vote>;

/** What was decided on a proposal: one of its options, or none. It is said by a person, and not by a count. */
export const Decision = z.object({
	kind: z.literal('decision'),
	at: At,
	on: Id,
	for: z.union([Option, z.literal('none')]),
	text: z.string().check(z.maxLength(MESSAGE_MAX))
});
export type Decision = z.infer<typeof Decision>;

/** A person, or a circle of a team. */
export const Party = z.union([z.object({ user: Id }), z.object({ team: Id, circle: z.enum(CIRCLES) })]);
export type Party = z.infer<typeof Party>;

/** What is said under an audience's key is from now on open to somebody more. */
export const Opening = z
	.object({
		kind: z.literal('opening'),
		at: At,
		audience: z.enum(AUDIENCES),
		to: Party,
		...agreed
	})
	.check(isAgreed);
export type Opening = z.infer<typeof Opening>;

/** From now on that party reads nothing new: a new key was made. What was read stays read. */
export const Withdrawal = z.object({
	kind: z.literal('withdrawal'),
	at: At,
	audience: z.enum(AUDIENCES),
	from: Party,
	reason: z.string().check(z.maxLength(REASON_MAX))
});

/** To another team: what was written for it, and the case that this opened there. */
export const Referral = z
	.object({
		kind: z.literal('referral'),
		at: At,
		to: Id,
		case: Id,
		text: z.string().check(z.minLength(1), z.maxLength(STORY_MAX)),
		...agreed
	})
	.check(isAgreed);

/** The other team takes a referral on, does not, or hands it back; or whoever referred it takes it back. */
export const ANSWERS = ['accepted', 'declined', 'returned', 'withdrawn'] as const;
export type Answer = (typeof ANSWERS)[number];

/** What is said to a referral, in the case that it opened. All but a yes has its reason. */
export const ReferralAnswer = z
	.object({
		kind: z.literal('answer'),
		at: At,
		answer: z.enum(ANSWERS),
		reason: z.string().check(z.maxLength(REASON_MAX))
	})
	.check(z.refine(({ answer, reason }) => answer === 'accepted' || reason.trim() !== ''));

/** What the police contact is told of a case, written for it: the rest of the case stays closed to it. */
export const PoliceExtract = z
	.object({
		kind: z.literal('extract'),
		at: At,
		text: z.string().check(z.minLength(1), z.maxLength(MESSAGE_MAX)),
		...agreed
	})
	.check(isAgreed);

/** What a sealed entry holds. Adding a kind here is adding it everywhere. */
export const Content = z.discriminatedUnion('kind', [
	Alert,
	Names,
	Message,
	Ask,
	Seen,
	Take,
	Assign,
	PhaseChange,
	Proposal,
	Vote,
	Decision,
	Advice,
	Rating,
	Assessment,
	Task,
	Progress,
	Call,
	Evaluation,
	Merge,
	Split,
	Opening,
	Withdrawal,
	Referral,
	ReferralAnswer,
	PoliceExtract
]);

export type Alert = z.infer<typeof Alert>;
export type Content = z.infer<typeof Content>;
