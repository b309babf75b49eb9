import { SECTORS } from '$lib/domain/lists';
import { strengthOf, type Weakness } from '$lib/domain/phrase';
import { Login, normaliseLogin } from '$lib/domain/records';

export type Answers = Record<
	'code' | 'name' | 'login' | 'passphrase' | 'teamName' | 'areaName' | 'country' | 'agencyName' | 'sector',
	string
>;
export type Wrong = 'missing' | 'choose' | 'login' | Weakness;

/** What is wrong at which field. */
export function wrong(answers: Answers): Partial<Record<keyof Answers, Wrong>> {
	const problems: Partial<Record<keyof Answers, Wrong>> = {};
	for (const field of ['code', 'name', 'teamName', 'areaName', 'agencyName'] as const) {
		if (!answers[field].trim()) problems[field] = 'missing';
	}
	for (const field of ['country', 'sector'] as const) {
		if (!answers[field]) problems[field] = 'choose';
	}
	if (!Login.safeParse(normaliseLogin(answers.login)).success) problems.login = 'login';
	const strength = strengthOf(answers.passphrase, [answers.login, answers.name]);
	if (strength !== 'strong') problems.passphrase = strength;
	return problems;
}

/** The answers as they are sent, or null while something is wrong. */
export function complete(answers: Answers): (Answers & { sector: (typeof SECTORS)[number] }) | null {
	const sector = SECTORS.find((each) => each === answers.sector);
	if (!sector || Object.keys(wrong(answers)).length > 0) return null;
	const trimmed = Object.fromEntries(
		Object.entries(answers).map(([field, value]) => [field, field === 'passphrase' ? value : value.trim()])
	) as Answers;
	return { ...trimmed, login: normaliseLogin(answers.login), sector };
}
