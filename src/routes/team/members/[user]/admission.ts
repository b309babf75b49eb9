import { ROLES, SECTORS, type Role } from '$lib/domain/lists';

/** How the digits were compared. Without one of them nobody is let in. */
export const WAYS = ['met', 'phone'] as const;
export const NEW_AGENCY = 'new';

export type Answers = {
	role: Role | '';
	agency: string;
	agencyName: string;
	sector: string;
	/** `2027-03-01`, as a date field gives it. */
	lastDay: string;
	way: (typeof WAYS)[number] | '';
};
export type Wrong = 'choose' | 'missing' | 'past';
type Sector = (typeof SECTORS)[number];
export type Admission = {
	role: Role;
	agency: string | { name: string; sector: Sector };
	until: number;
	met: boolean;
};

/** What is wrong at which field. `now` in ms. */
export function wrong(answers: Answers, now: number): Partial<Record<keyof Answers, Wrong>> {
	const problems: Partial<Record<keyof Answers, Wrong>> = {};
	for (const field of ['role', 'agency', 'way'] as const) {
		if (!answers[field]) problems[field] = 'choose';
	}
	if (answers.agency === NEW_AGENCY) {
		if (!answers.agencyName.trim()) problems.agencyName = 'missing';
		if (!answers.sector) problems.sector = 'choose';
	}
	if (answers.role === 'guest') {
		const until = endOf(answers.lastDay);
		if (until === null) problems.lastDay = 'missing';
		else if (until <= now) problems.lastDay = 'past';
	}
	return problems;
}

/** Where somebody is let in, or null while something is wrong. Only a guest has a last day. */
export function complete(answers: Answers, now: number): Admission | null {
	const role = ROLES.find((one) => one === answers.role);
	if (!role || Object.keys(wrong(answers, now)).length > 0) return null;
	const sector = SECTORS.find((one) => one === answers.sector);
	const isNew = answers.agency === NEW_AGENCY && sector !== undefined;
	return {
		role,
		agency: isNew ? { name: answers.agencyName.trim(), sector } : answers.agency,
		until: role === 'guest' ? (endOf(answers.lastDay) ?? 0) : 0,
		met: answers.way === 'met'
	};
}

/** The last moment of a day where the coordinator is, in ms; null for what is no day. */
function endOf(day: string): number | null {
	const time = new Date(`${day}T23:59:59.999`).getTime();
	return Number.isNaN(time) ? null : time;
}
