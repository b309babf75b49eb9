import { strengthOf, type Weakness } from '$lib/domain/phrase';
import { Login, normaliseLogin } from '$lib/domain/records';

/** What somebody comes for. Whoever writes alerts needs nobody's leave. */
export const PURPOSES = ['alerts', 'team'] as const;

export type Answers = {
	name: string;
	login: string;
	passphrase: string;
	/** The offered words were written down. */
	kept: boolean;
	purpose: (typeof PURPOSES)[number] | '';
};
export type Wrong = 'missing' | 'choose' | 'login' | 'kept' | Weakness;

/** What is wrong at which field. */
export function wrong(answers: Answers): Partial<Record<keyof Answers, Wrong>> {
	const problems: Partial<Record<keyof Answers, Wrong>> = {};
	if (!answers.name.trim()) problems.name = 'missing';
	if (!Login.safeParse(normaliseLogin(answers.login)).success) problems.login = 'login';
	const strength = strengthOf(answers.passphrase, [answers.login, answers.name]);
	if (strength !== 'strong') problems.passphrase = strength;
	else if (!answers.kept) problems.passphrase = 'kept';
	if (!answers.purpose) problems.purpose = 'choose';
	return problems;
}
