/** What a team says when it works on a case. Structured prose and dates; no scores, of cases or of persons. */
import * as z from 'zod/mini';
import { Id } from './id';
import { At, Day } from './when';

/** Of one answer of an assessment or an evaluation. */
export const PROSE_MAX = 5_000;
export const ADVICE_MAX = 10_000;
export const TASK_MAX = 1_000;
export const WITH_MAX = 200;

const prose = (max: number) => z.string().check(z.maxLength(max));
const words = (max: number) => z.string().check(z.minLength(1), z.maxLength(max));

/** What the team advises. `practice`: the piece of the library that it was taken from. */
export const Advice = z.object({
	kind: z.literal('advice'),
	at: At,
	text: words(ADVICE_MAX),
	practice: z.optional(Id)
});

export const HELPED = ['yes', 'partly', 'no'] as const;
export type Helped = (typeof HELPED)[number];

/** Whether advice helped, by whoever asked for it. */
export const Rating = z.object({
	kind: z.literal('rating'),
	at: At,
	/** The entry with the advice. */
	on: Id,
	helped: z.enum(HELPED),
	text: prose(TASK_MAX)
});
export type Rating = z.infer<typeof Rating>;

export const ASSESSED = ['concerns', 'needs', 'strengths', 'changes', 'plan'] as const;
export type Assessed = (typeof ASSESSED)[number];

/** How the team sees a situation now. `changes`: since the one before. */
export const Assessment = z
	.object({
		kind: z.literal('assessment'),
		at: At,
		concerns: prose(PROSE_MAX),
		needs: prose(PROSE_MAX),
		strengths: prose(PROSE_MAX),
		changes: prose(PROSE_MAX),
		plan: prose(PROSE_MAX)
	})
	.check(z.refine((said) => ASSESSED.some((name) => said[name].trim() !== '')));
export type Assessment = z.infer<typeof Assessment>;

export const TASK_STATES = ['open', 'done', 'dropped'] as const;
export type TaskState = (typeof TASK_STATES)[number];

/** Something that somebody is to do. Without `to` it is nobody's yet. */
export const Task = z.object({
	kind: z.literal('task'),
	at: At,
	text: words(TASK_MAX),
	to: z.optional(Id),
	due: z.optional(Day)
});
export type Task = z.infer<typeof Task>;

/** How a task stands from now on: all of it, so that the newest word is enough. */
export const Progress = z.object({
	kind: z.literal('progress'),
	at: At,
	/** The entry with the task. */
	on: Id,
	state: z.enum(TASK_STATES),
	to: z.optional(Id),
	due: z.optional(Day),
	text: prose(TASK_MAX)
});
export type Progress = z.infer<typeof Progress>;

/** What was talked about, on the telephone or in passing, and with whom. */
export const Call = z.object({
	kind: z.literal('call'),
	at: At,
	with: words(WITH_MAX),
	on: Day,
	text: words(ADVICE_MAX)
});

/** What came of it all, as the team sees it. */
export const Evaluation = z.object({
	kind: z.literal('evaluation'),
	at: At,
	helped: z.enum(HELPED),
	changed: words(PROSE_MAX),
	/** What one would do differently. */
	differently: prose(PROSE_MAX)
});

/** This alert is about the same as another one: the team works on both as one case, that one. No entry moves. */
export const Merge = z.object({ kind: z.literal('merge'), at: At, into: Id });

/** It stands by itself again. */
export const Split = z.object({ kind: z.literal('split'), at: At });
