import * as z from 'zod/mini';
import { Alert, Photo, PHOTOS_MAX, STORY_MAX } from './content';
import { Id } from './id';
import { SETTINGS, THEMES, TYPES, URGENCIES } from './lists';
import { fail, ok, type Result } from './result';

const shape = {
	id: Id,
	team: z.union([Id, z.literal('')]),
	theme: z.union([z.enum(THEMES), z.literal('')]),
	type: z.union([z.enum(TYPES), z.literal('')]),
	setting: z.union([z.enum(SETTINGS), z.literal('')]),
	place: z.string(),
	when: z.string(),
	urgency: z.union([z.enum(URGENCIES), z.literal('')]),
	story: z.string(),
	photos: z.array(Photo)
};
/** An alert in the making: anything may still be missing. What a newer app has put in goes along. */
export const Draft: z.ZodMiniType<Draft> = z.looseObject(shape);
export type Draft = z.infer<z.ZodMiniObject<typeof shape>>;

export type DraftField =
	'team' | 'theme' | 'type' | 'setting' | 'place' | 'when' | 'urgency' | 'story' | 'photos';
export type Problem = 'missing' | 'too_long' | 'too_many';
export type Problems = Partial<Record<DraftField, Problem>>;

/** The alert that this draft says, or what is wrong at which field. `now` in ms. */
export function toAlert(
	draft: Draft,
	now: number
): Result<Alert, { kind: 'incomplete'; problems: Problems }> {
	const problems: Problems = {};
	for (const field of ['team', 'theme', 'type', 'setting', 'urgency'] as const) {
		if (!draft[field]) problems[field] = 'missing';
	}
	for (const [field, max, required] of [
		['place', 120, true],
		['when', 200, false],
		['story', STORY_MAX, true]
	] as const) {
		const length = draft[field].trim().length;
		if (required && length === 0) problems[field] = 'missing';
		if (length > max) problems[field] = 'too_long';
	}
	if (draft.photos.length > PHOTOS_MAX) problems.photos = 'too_many';

	const { theme, type, setting, urgency, photos } = draft;
	const alert = Alert.safeParse({
		kind: 'alert',
		at: now,
		theme,
		type,
		setting,
		urgency,
		photos,
		place: draft.place.trim(),
		when: draft.when.trim(),
		story: draft.story.trim()
	});
	if (alert.success && Object.keys(problems).length === 0) return ok(alert.data);
	return fail({ kind: 'incomplete', problems });
}
