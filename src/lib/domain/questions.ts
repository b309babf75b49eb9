/** The questions of the alert's form, in their order: which of them stand for a draft, and which may be left out. */
import type { Draft } from './draft';

export const QUESTIONS = [
	'urgency',
	'theme',
	'type',
	'setting',
	'place',
	'when',
	'source',
	'age',
	'motives',
	'known',
	'story',
	'strengths',
	'done',
	'needs',
	'files',
	'police'
] as const;
export type Question = (typeof QUESTIONS)[number];

/** Without an incident nobody is asked who did what to whom. */
const OF_AN_INCIDENT: ReadonlySet<Question> = new Set([
	'setting',
	'when',
	'source',
	'age',
	'motives',
	'known',
	'strengths',
	'done'
]);
/** What the team cannot do without. */
const REQUIRED: ReadonlySet<Question> = new Set(['urgency', 'theme', 'type', 'place']);

export const mayBeSkipped = (question: Question): boolean => !REQUIRED.has(question);

/** Whether the police contact comes into it: then its reading is asked about, and never taken for granted. */
export const concernsPolice = ({ urgency, needs }: Pick<Draft, 'urgency' | 'needs'>): boolean =>
	urgency === 'danger' || needs.includes('police');

export function questionsFor(draft: Pick<Draft, 'type' | 'urgency' | 'needs'>): Question[] {
	return QUESTIONS.filter((question) => {
		if (question === 'police') return concernsPolice(draft);
		return draft.type !== 'question' || !OF_AN_INCIDENT.has(question);
	});
}
