import { readJoinLink } from '$lib/domain/join-link';
import { strengthOf, type Weakness } from '$lib/domain/phrase';
import { Login, normaliseLogin } from '$lib/domain/records';

/** A team that takes no alerts is known by its join link alone. */
export const BY_LINK = 'link';

export type Answers = { login: string; team: string; link: string; passphrase: string; kept: boolean };
export type Wrong = 'choose' | 'link' | 'login' | 'kept' | Weakness;

/** What is wrong at which field. */
export function wrong(answers: Answers): Partial<Record<keyof Answers, Wrong>> {
	const problems: Partial<Record<keyof Answers, Wrong>> = {};
	if (!Login.safeParse(normaliseLogin(answers.login)).success) problems.login = 'login';
	if (!answers.team) problems.team = 'choose';
	else if (!teamOf(answers)) problems.link = 'link';
	const strength = strengthOf(answers.passphrase, [answers.login]);
	if (strength !== 'strong') problems.passphrase = strength;
	else if (!answers.kept) problems.passphrase = 'kept';
	return problems;
}

/** The team's id, or null while the link is not whole. */
export const teamOf = ({ team, link }: Pick<Answers, 'team' | 'link'>): string | null =>
	team === BY_LINK ? (readJoinLink(link)?.team ?? null) : team;
