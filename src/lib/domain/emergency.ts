import type { TeamForm } from './form';

/** Countries of Europe with a number that people know better than 112, which works in all of them. */
const NUMBERS: Record<string, string> = { GB: '999' };

/** Whom to call in danger: the number that the team has named, or its country's (two capital letters). */
export const emergencyNumber = (form?: Pick<TeamForm, 'emergency'>, country = ''): string =>
	form?.emergency || NUMBERS[country] || '112';
