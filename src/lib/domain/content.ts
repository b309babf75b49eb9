import * as z from 'zod/mini';
import { Id } from './id';
import { AUDIENCES, BASES, CIRCLES, CONSENTS, PHASES, SETTINGS, THEMES, TYPES, URGENCIES } from './lists';

export const STORY_MAX = 20_000;
export const MESSAGE_MAX = 10_000;
export const PHOTOS_MAX = 10;
export const REASON_MAX = 1_000;
export const ADVISED_MAX = 5;

/** A picture that was re-encoded on the device. Its bytes travel as sealed parts under `file`. */
export const Photo = z.object({
	file: Id,
	type: z.enum(['image/webp', 'image/jpeg']),
	bytes: z.int().check(z.positive()),
	width: z.int().check(z.positive()),
	height: z.int().check(z.positive()),
	parts: z.int().check(z.positive(), z.maximum(1000))
});
export type Photo = z.infer<typeof Photo>;

/** Milliseconds since 1970 by the author's clock: what was meant, never what decides. */
const At = z.int();

export const Alert = z.object({
	kind: z.literal('alert'),
	at: At,
	theme: z.enum(THEMES),
	type: z.enum(TYPES),
	setting: z.enum(SETTINGS),
	place: z.string().check(z.minLength(1), z.maxLength(120)),
	/** In the writer's words or as a date: 'yesterday after the match'. */
	when: z.string().check(z.maxLength(200)),
	urgency: z.enum(URGENCIES),
	story: z.string().check(z.minLength(1), z.maxLength(STORY_MAX)),
	photos: z.array(Photo).check(z.maxLength(PHOTOS_MAX)),
	/** The practices that its writer was shown as similar, the most similar first. */
	advised: z.optional(z.array(Id).check(z.maxLength(ADVISED_MAX)))
});

export const Message = z.object({
	kind: z.literal('message'),
	at: At,
	text: z.string().check(z.minLength(1), z.maxLength(MESSAGE_MAX))
});

/** A person of the team has opened the case. */
export const Seen = z.object({ kind: z.literal('seen'), at: At });

/** The author takes the case on. */
export const Take = z.object({ kind: z.literal('take'), at: At });

export const PhaseChange = z.object({ kind: z.literal('phase'), at: At, phase: z.enum(PHASES) });

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
		basis: z.enum(BASES),
		consent: z.enum(CONSENTS),
		reason: z.string().check(z.maxLength(REASON_MAX))
	})
	.check(z.refine(({ consent, reason }) => consent !== 'none' || reason.trim() !== ''));
export type Opening = z.infer<typeof Opening>;

/** From now on that party reads nothing new: a new key was made. What was read stays read. */
export const Withdrawal = z.object({
	kind: z.literal('withdrawal'),
	at: At,
	audience: z.enum(AUDIENCES),
	from: Party,
	reason: z.string().check(z.maxLength(REASON_MAX))
});

/** What a sealed entry holds. Adding a kind here is adding it everywhere. */
export const Content = z.discriminatedUnion('kind', [
	Alert,
	Message,
	Seen,
	Take,
	PhaseChange,
	Opening,
	Withdrawal
]);

export type Alert = z.infer<typeof Alert>;
export type Content = z.infer<typeof Content>;
