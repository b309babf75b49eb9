/** What of an alert is compared with what is known: its facets and its words. Whatever is absent says nothing. */
import * as z from 'zod/mini';
import type { Alert } from './alert';
import {
	AGES,
	LOCALES,
	MOTIVES,
	NEEDS,
	SETTINGS,
	SOURCES,
	THEMES,
	TYPES,
	isOwn,
	type Locale,
	type Own
} from './lists';

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

/** What an alert says that can be compared, in the language it is shown in. */
export const situationOf = (alert: Omit<Alert, 'kind' | 'at'>, locale: Locale): Situation => ({
	theme: alert.theme,
	...(isCommon(alert.type) && { type: alert.type }),
	...(alert.setting && isCommon(alert.setting) && { setting: alert.setting }),
	...(alert.age && { age: alert.age }),
	...(alert.source && isCommon(alert.source) && { source: alert.source }),
	motives: (alert.motives ?? []).filter(isCommon),
	needs: (alert.needs ?? []).filter(isCommon),
	story: alert.story,
	locale
});

/** An answer that not one team alone knows. */
export const isCommon = <K extends string>(key: K | Own): key is K => !isOwn(key);
