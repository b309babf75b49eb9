/** What of an alert is compared with what is known: its facets and its words. Whatever is absent says nothing. */
import * as z from 'zod/mini';
import { AGES, LOCALES, MOTIVES, NEEDS, SETTINGS, SOURCES, THEMES, TYPES } from './lists';

export const Situation = z.object({
	theme: z.optional(z.enum(THEMES)),
	type: z.optional(z.enum(TYPES)),
	setting: z.optional(z.enum(SETTINGS)),
	age: z.optional(z.enum(AGES)),
	motives: z.optional(z.array(z.enum(MOTIVES))),
	source: z.optional(z.enum(SOURCES)),
	needs: z.optional(z.array(z.enum(NEEDS))),
	story: z.optional(z.string()),
	/** In which the story is written, where its words do not tell. */
	locale: z.optional(z.enum(LOCALES))
});
export type Situation = z.infer<typeof Situation>;
