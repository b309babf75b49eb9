/** The parts of a draft that the first keystroke needs: no schema, so that nothing heavy loads before it. */
import type { Draft } from './draft';

export const emptyDraft = (id: Draft['id'], team: string): Draft => ({
	id,
	team,
	theme: '',
	type: '',
	setting: '',
	place: '',
	when: '',
	urgency: '',
	story: '',
	photos: []
});

/** Nothing was said yet: such a draft is not kept. */
export const isBlank = (draft: Draft): boolean =>
	!draft.theme &&
	!draft.type &&
	!draft.setting &&
	!draft.urgency &&
	!draft.place.trim() &&
	!draft.when.trim() &&
	!draft.story.trim() &&
	draft.photos.length === 0;

/** What somebody has said in a draft, to compare it by: neither which draft it is nor for whom. */
export const said = ({ theme, type, setting, place, when, urgency, story, photos }: Draft): string =>
	JSON.stringify([theme, type, setting, place, when, urgency, story, ...photos.map(({ file }) => file)]);
