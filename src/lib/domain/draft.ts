import * as z from 'zod/mini';
import { emptyDraft } from './blank';
import {
	Alert,
	ASIDE_MAX,
	Attachment,
	FILES_MAX,
	NAMES_MAX,
	OwnKey,
	Photo,
	PHOTOS_MAX,
	STORY_MAX,
	type Names
} from './alert';
import { Id } from './id';
import {
	AGES,
	CERTAINTIES,
	MOTIVES,
	NEEDS,
	SETTINGS,
	SOURCES,
	THEMES,
	TYPES,
	URGENCIES,
	WAYS_TO_KNOW
} from './lists';
import { fail, ok, type Result } from './result';

const NONE = z.literal('');
/** What a version that did not ask has left out. */
const text = z._default(z.string(), '');
const shape = {
	id: Id,
	team: z.union([Id, NONE]),
	theme: z.union([z.enum(THEMES), NONE]),
	type: z.union([z.enum(TYPES), OwnKey, NONE]),
	motives: z._default(z.array(z.union([z.enum(MOTIVES), OwnKey])), []),
	source: z._default(z.union([z.enum(SOURCES), OwnKey, NONE]), ''),
	age: z._default(z.union([z.enum(AGES), NONE]), ''),
	harmed: z._default(z.union([z.enum(AGES), NONE]), ''),
	setting: z.union([z.enum(SETTINGS), OwnKey, NONE]),
	place: z.string(),
	/** Of the place, where it was chosen from the list; another place has none. */
	area: text,
	when: z.string(),
	known: z._default(z.array(z.enum(WAYS_TO_KNOW)), []),
	certainty: z._default(z.union([z.enum(CERTAINTIES), NONE]), ''),
	urgency: z.union([z.enum(URGENCIES), NONE]),
	story: z.string(),
	strengths: text,
	done: text,
	needs: z._default(z.array(z.union([z.enum(NEEDS), OwnKey])), []),
	/** Whether it is open to the police contact, once that was asked. */
	police: z._default(z.enum(['', 'yes', 'no']), ''),
	photos: z.array(Photo),
	/** Originals among them are for few, as the names are. */
	files: z._default(z.array(Attachment), []),
	/** Of persons: the narrow audience alone reads them. */
	names: text,
	/** Who has a stand-in in it, and what the guard is to let stand: neither is sent. */
	persons: z._default(
		z.array(z.object({ letter: z.string(), first: z.array(z.string()), last: z.array(z.string()) })),
		[]
	),
	fine: z._default(z.array(z.string()), [])
};
/** An alert in the making: anything may still be missing. What a newer app has put in goes along. */
export const Draft: z.ZodMiniType<Draft> = z.looseObject(shape);
export type Draft = z.infer<z.ZodMiniObject<typeof shape>>;

/** What may be wrong. */
export type DraftField =
	| 'team'
	| 'theme'
	| 'type'
	| 'place'
	| 'when'
	| 'urgency'
	| 'story'
	| 'strengths'
	| 'done'
	| 'photos'
	| 'files'
	| 'names';
export type Problem = 'missing' | 'too_long' | 'too_many';
export type Problems = Partial<Record<DraftField, Problem>>;

/** The alert that this draft says, or what is wrong at which field. `now` in ms. */
export function toAlert(
	draft: Draft,
	now: number
): Result<Alert, { kind: 'incomplete'; problems: Problems }> {
	const problems: Problems = {};
	for (const field of ['team', 'theme', 'type', 'urgency'] as const) {
		if (!draft[field]) problems[field] = 'missing';
	}
	if (draft.place.trim() === '') problems.place = 'missing';
	for (const [field, max] of [
		['place', 120],
		['when', 200],
		['story', STORY_MAX],
		['strengths', ASIDE_MAX],
		['done', ASIDE_MAX],
		['names', NAMES_MAX]
	] as const) {
		if (draft[field].trim().length > max) problems[field] = 'too_long';
	}
	if (draft.photos.length > PHOTOS_MAX) problems.photos = 'too_many';

	if (draft.files.length > FILES_MAX) problems.files = 'too_many';

	const { theme, type, urgency, photos } = draft;
	const alert = Alert.safeParse({
		kind: 'alert',
		at: now,
		theme,
		type,
		urgency,
		photos,
		place: draft.place.trim(),
		when: draft.when.trim(),
		story: draft.story.trim(),
		...given({
			motives: draft.motives,
			source: draft.source,
			age: draft.age,
			harmed: draft.harmed,
			setting: draft.setting,
			area: draft.area,
			known: draft.known,
			certainty: draft.certainty,
			strengths: draft.strengths.trim(),
			done: draft.done.trim(),
			needs: draft.needs,
			files: draft.files.filter((file) => !isForFew(file))
		})
	});
	if (alert.success && Object.keys(problems).length === 0) return ok(alert.data);
	return fail({ kind: 'incomplete', problems });
}

/** What a draft says to few alone, or null where that is nothing. It goes with the alert. */
export function toNames({ names, files }: Draft, now: number): Names | null {
	const [text, originals] = [names.trim(), files.filter(isForFew)];
	return text === '' && originals.length === 0 ? null : { kind: 'names', at: now, text, files: originals };
}

const isForFew = ({ kind }: Attachment): boolean => kind === 'original';

/** The draft that says again what an alert said, with other words and files where they are given. */
export function toDraft(
	{ kind: _kind, at: _at, advised: _advised, ...said }: Alert,
	id: Id,
	team: Draft['team'],
	instead: Partial<Pick<Draft, 'story' | 'photos' | 'files' | 'names' | 'police'>> = {}
): Draft {
	return Object.assign(emptyDraft(id, team), said, instead);
}

/** Without what says nothing. */
const given = (answers: Record<string, string | readonly unknown[]>): typeof answers =>
	Object.fromEntries(Object.entries(answers).filter(([, said]) => said.length > 0));
