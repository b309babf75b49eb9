/** What others did in a similar situation, and what comes first in any: plaintext, de-identified, on every device. */
import * as z from 'zod/mini';
import { Id } from './id';
import { AGES, LOCALES, MOTIVES, NEEDS, SECTORS, SETTINGS, SOURCES, THEMES, TYPES } from './lists';

const sentences = (max: number) => z.string().check(z.minLength(1), z.maxLength(max));

/** The same in each language it exists in. */
export const PracticeText = z.object({
	title: sentences(80),
	/** What was noticed, as its writer would have told it. */
	situation: sentences(1_000),
	/** What was advised, in its order. */
	advised: z.array(sentences(400)).check(z.minLength(1), z.maxLength(9)),
	/** How it turned out. */
	outcome: sentences(800),
	/** What those involved would do differently. */
	differently: z.optional(sentences(600)),
	/** What protected, or would have. */
	protects: z.optional(sentences(600))
});
export type PracticeText = z.infer<typeof PracticeText>;

/** A facet that is absent or empty says nothing: it neither matches nor differs. */
const Facets = {
	themes: z._default(z.array(z.enum(THEMES)), []),
	types: z._default(z.array(z.enum(TYPES)), []),
	settings: z._default(z.array(z.enum(SETTINGS)), []),
	ages: z._default(z.array(z.enum(AGES)), []),
	motives: z._default(z.array(z.enum(MOTIVES)), []),
	sources: z._default(z.array(z.enum(SOURCES)), []),
	needs: z._default(z.array(z.enum(NEEDS)), [])
};

export const Practice = z.object({
	id: Id,
	/** Counts up with each change of what it says. */
	version: z.int().check(z.positive()),
	...Facets,
	/** Who took part. */
	sectors: z._default(z.array(z.enum(SECTORS)), []),
	/** How many said that it helped, of how many who were asked. */
	helped: z.optional(z.object({ yes: z.int().check(z.nonnegative()), of: z.int().check(z.positive()) })),
	texts: z
		.partialRecord(z.enum(LOCALES), PracticeText)
		.check(z.refine((texts) => Object.keys(texts).length > 0))
});
export type Practice = z.infer<typeof Practice>;

export const Steps = z.array(sentences(240)).check(z.minLength(2), z.maxLength(4));

/** What comes first where this is the type, or this the setting: for whoever noticed it, today. */
export const FirstSteps = z.object({
	for: z.union([z.object({ type: z.enum(TYPES) }), z.object({ setting: z.enum(SETTINGS) })]),
	version: z.int().check(z.positive()),
	texts: z.record(z.enum(LOCALES), Steps)
});
export type FirstSteps = z.infer<typeof FirstSteps>;

/** A word that those who work together share: what it means, in one sentence, and whose definition that follows. */
export const TermText = z.object({ term: sentences(80), meaning: sentences(240), after: sentences(160) });
export type TermText = z.infer<typeof TermText>;
export const Term = z.object({
	id: Id,
	version: z.int().check(z.positive()),
	texts: z.record(z.enum(LOCALES), TermText)
});

/** What is to be read before the first alert is written. */
export const BeforeText = z.object({
	title: sentences(80),
	parts: z
		.array(
			z.object({
				heading: sentences(80),
				points: z.array(sentences(260)).check(z.minLength(1), z.maxLength(9))
			})
		)
		.check(z.minLength(1), z.maxLength(9))
});
export type BeforeText = z.infer<typeof BeforeText>;
export const Before = z.object({
	id: Id,
	version: z.int().check(z.positive()),
	texts: z.record(z.enum(LOCALES), BeforeText)
});

/**
 * What words say, by language: which say nothing of a situation, and which mean the same as others in other languages. Data,
 * not code: a language more is a file more.
 */
export const Lexicon = z.partialRecord(
	z.enum(LOCALES),
	z.object({
		/** Whether it joins words: then what begins a word may stand inside one. */
		joins: z.boolean(),
		/** Words that say nothing of a situation, parted by spaces and folded as in `domain/words`. */
		stop: z.string(),
		/** By concept the beginnings of the words that say it, parted by spaces and folded. The same names in every language. */
		concepts: z.record(z.string(), z.string())
	})
);
export type Lexicon = z.infer<typeof Lexicon>;

/** All that a device has on its shelf, its texts in one language. */
export const Shelf = z.object({
	practices: z.array(Practice),
	lexicon: Lexicon,
	firstSteps: z.array(z.object({ for: FirstSteps.shape.for, version: z.int(), steps: Steps })),
	glossary: z.array(z.extend(TermText, { id: Id, version: z.int() })),
	/** One, or none. */
	before: z.array(z.extend(BeforeText, { id: Id, version: z.int() }))
});
export type Shelf = z.infer<typeof Shelf>;
