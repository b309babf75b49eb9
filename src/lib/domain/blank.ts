/** The parts of a draft that the first keystroke needs: no schema, so that nothing heavy loads before it. */
import type { Draft } from './draft';

export const emptyDraft = (id: Draft['id'], team: string): Draft => ({
	id,
	team,
	...structuredClone(NOTHING)
});

const NOTHING: Omit<Draft, 'id' | 'team'> = {
	theme: '',
	type: '',
	motives: [],
	source: '',
	age: '',
	harmed: '',
	setting: '',
	place: '',
	area: '',
	when: '',
	known: [],
	certainty: '',
	urgency: '',
	story: '',
	strengths: '',
	done: '',
	needs: [],
	police: '',
	photos: [],
	files: [],
	names: '',
	persons: [],
	fine: []
};
const FIELDS = Object.keys(NOTHING) as (keyof typeof NOTHING)[];

/** Nothing was said yet, whatever was decided about words that are gone: such a draft is not kept. */
export const isBlank = (draft: Draft): boolean =>
	FIELDS.every((field) => {
		const value = draft[field];
		const isAbout = field === 'persons' || field === 'fine';
		return isAbout || (typeof value === 'string' ? value.trim() : value).length === 0;
	});

/** What somebody has said in a draft, to compare it by: neither which draft it is nor for whom. */
export const said = (draft: Draft): string =>
	JSON.stringify(
		FIELDS.map((field) =>
			field === 'photos' || field === 'files' ? draft[field].map(({ file }) => file) : draft[field]
		)
	);
