import * as z from 'zod/mini';
import { agreed, Alert, isAgreed, Names, REASON_MAX, STORY_MAX } from './alert';
import { Advice, Assessment, Call, Evaluation, Merge, Progress, Rating, Split, Task } from './casework';
import { Id } from './id';
import { AUDIENCES, CIRCLES, PHASES, type Phase } from './lists';
import { At, Day } from './when';

export const MESSAGE_MAX = 10_000;

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

export type Content = z.infer<typeof Content>;
