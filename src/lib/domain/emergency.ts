import type { TeamForm } from './form';

/**
 * Whom to call in danger: the number that the team has named, or its country's (two capital letters). 112 works in all of
 * Europe; in Britain another one is better known.
 */
export const emergencyNumber = (form?: Pick<TeamForm, 'emergency'>, country = ''): string =>
	form?.emergency || (country === 'GB' ? '999' : '112');
