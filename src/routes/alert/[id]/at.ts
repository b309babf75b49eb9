/** Where somebody is in the form: at one question, at all of them, or before sending. */
import type { Draft } from '$lib/domain/draft';
import { firstOpen, QUESTIONS, type Question } from '$lib/domain/questions';

export type At = Question | 'all' | 'review';

/** As an address says it; null where it does not. */
export const placeIn = (said: string | null): At | null =>
	([...QUESTIONS, 'all', 'review'] as const).find((at) => at === said) ?? null;

/** Where a draft is written on: a new one from the first question, another where something is missing. */
export const startOf = (draft: Draft, isWhole: boolean): At =>
	isWhole ? 'all' : (firstOpen(draft) ?? 'review');
