/** What opens a case, and what goes along with it. Apart from all else that can be said, since writing one needs no more. */
import * as z from 'zod/mini';
import { DOCUMENT_TYPES, PICTURE_TYPES, VOICE_TYPES } from './file-type';
import { Id } from './id';
import {
	AGES,
	BASES,
	CERTAINTIES,
	CONSENTS,
	MOTIVES,
	NEEDS,
	SETTINGS,
	SOURCES,
	THEMES,
	TYPES,
	URGENCIES,
	WAYS_TO_KNOW,
	isOwn,
	type Consent,
	type Own
} from './lists';
import { At } from './when';

export const STORY_MAX = 20_000;
/** Of what goes well, and of what was done already. */
export const ASIDE_MAX = 5_000;
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
export const agreed = {
	basis: z.enum(BASES),
	consent: z.enum(CONSENTS),
	reason: z.string().check(z.maxLength(REASON_MAX))
};
/** Without consent there is a reason. */
export const isAgreed = z.refine<{ consent: Consent; reason: string }>(
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
export type Alert = z.infer<typeof Alert>;

/** Who it is about, by name, and pictures as they were taken: for the narrow audience, beside an alert. */
export const Names = z.object({
	kind: z.literal('names'),
	at: At,
	text: z.string().check(z.maxLength(NAMES_MAX)),
	files: attachments
});
export type Names = z.infer<typeof Names>;
