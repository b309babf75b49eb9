/** The words for what is wrong: most people never need them, so they load with the first problem. */
import type { AttachError, PhotoError } from '$lib/app';
import type { Draft, DraftField, Problem, Problems } from '$lib/domain/draft';
import type { Question } from '$lib/domain/questions';
import { isOutOfRoom } from '$lib/domain/room';
import * as m from '$lib/i18n/generated/messages';

export type Wrong = Partial<Record<DraftField, string | undefined>>;
/** What is said on top of the form, and whether unlocking is the way on. */
export type Refusal = { text: string; unlock: boolean };

const MISSING: Partial<Record<DraftField, () => string>> = { place: m.p_place };

/** Why the whole of it was not sent. */
export const REFUSAL = {
	incomplete: m.problem_summary,
	locked: m.send_locked,
	no_team: m.send_no_team,
	no_narrow: m.send_no_narrow,
	closed: m.send_closed,
	no_space: m.send_no_space
};

/** Why what was typed is not kept on this device. */
export const notSaved = (cause: unknown): string => (isOutOfRoom(cause) ? m.not_saved_room() : m.not_saved());

/** One sentence for each field that has a problem. */
export function sentences(problems: Problems): Wrong {
	const said = Object.entries(problems) as [DraftField, Problem][];
	return Object.fromEntries(said.map(([field, problem]) => [field, sentence(field, problem)]));
}

/** What keeps a question from being left: no answer, or no team for the place. */
export const missingAt = (question: Question, draft: Draft): Wrong =>
	sentences({
		...(draft[question as 'place'].trim() === '' && { [question]: 'missing' }),
		...(draft.team === '' && { team: 'missing' })
	});

const REFUSED: Record<PhotoError['kind'], (inputs: { name: string }) => string> = {
	not_picture: m.photo_not_picture,
	too_large: m.photo_too_large,
	too_many_pixels: m.photo_too_many_pixels,
	undecodable: m.photo_undecodable,
	too_many: m.photo_too_many,
	no_space: m.photo_no_space
};

/** Why a file did not become a photo. */
export const refused = (kind: PhotoError['kind'], name: string): string => REFUSED[kind]({ name });

const REFUSED_FILE: Record<AttachError['kind'], (inputs: { name: string }) => string> = {
	other: m.file_not_document,
	too_large: m.file_too_large,
	no_space: m.file_no_space
};

/** Why a document, a recording or an original did not come along. */
export const refusedFile = (kind: AttachError['kind'], name: string): string => REFUSED_FILE[kind]({ name });

function sentence(field: DraftField, problem: Problem): string {
	if (problem === 'too_long') return m.p_too_long();
	if (problem === 'too_many') return field === 'files' ? m.p_files() : m.p_photos();
	return (MISSING[field] ?? m.field_choose)();
}
