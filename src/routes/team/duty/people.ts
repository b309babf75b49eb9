import type { TeamPage } from '$lib/app';
import * as m from '$lib/i18n/generated/messages';

/** Somebody of the team, also who has left it. */
export function nameIn(team: TeamPage, person: string): string {
	const known = [...team.members, ...team.former].find(({ user }) => user === person);
	return known?.name || m.name_unknown();
}

/** Who may be on call: whoever is in the team for good. */
export const onCall = (team: TeamPage): TeamPage['members'] =>
	team.members.filter(({ role }) => role !== 'guest');
