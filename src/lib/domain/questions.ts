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
	'type',
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
const REQUIRED = ['urgency', 'theme', 'type', 'place'] as const;

export const mayBeSkipped = (question: Question): boolean =>
	!REQUIRED.some((required) => required === question);

/** Whether the police contact comes into it: then its reading is asked about, and never taken for granted. */
export const concernsPolice = ({ urgency, needs }: Pick<Draft, 'urgency' | 'needs'>): boolean =>
	urgency === 'danger' || needs.includes('police');

export function questionsFor(draft: Pick<Draft, 'type' | 'urgency' | 'needs'>): Question[] {
	return QUESTIONS.filter((question) => {
		if (question === 'police') return concernsPolice(draft);
		return draft.type !== 'question' || !OF_AN_INCIDENT.has(question);
	});
}

/** The one that comes after it, also where it is no longer asked itself; null at the end. */
export function questionAfter(question: Question, draft: Draft): Question | null {
	const at = QUESTIONS.indexOf(question);
	return questionsFor(draft).find((other) => QUESTIONS.indexOf(other) > at) ?? null;
}

/** The first without which the alert cannot go; null where nothing keeps it. */
export const firstOpen = (draft: Draft): Question | null =>
	REQUIRED.find((question) => draft[question].trim() === '') ?? null;
