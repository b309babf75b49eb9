import type { TeamPage } from '$lib/app';
import * as m from '$lib/i18n/generated/messages';
import { locale } from '$lib/ui/locale.svelte';
import { region } from '$lib/ui/time';

/** Somebody of the team, also who has left it. */
export function nameIn(team: TeamPage, person: string): string {
	const known = [...team.members, ...team.former].find(({ user }) => user === person);
	return known?.name || m.name_unknown();
}

export const listed = (names: readonly string[]): string =>
	new Intl.ListFormat(region(locale()), { type: 'conjunction' }).format(names);

/** Who may be on call: whoever is in the team for good. */
export const onCall = (team: TeamPage): TeamPage['members'] =>
	team.members.filter(({ role }) => role !== 'guest');
