import { app, type Me } from '$lib/app';
import type { Id } from '$lib/domain/id';
import { which, type Place } from '$lib/ui/which';

/** As whose the library is shown: the team that an address names, or the own, or the only one that takes alerts. */
export async function whose(
	me: Me | null | undefined,
	params: URLSearchParams
): Promise<{ team: Id | null; place: Place | null }> {
	const place = which(me, params);
	if (place) return { team: place.team, place };
	const teams = (await app.facts())?.teams ?? [];
	const asked = teams.find(({ id }) => id === params.get('team'));
	const only = teams.length === 1 ? teams[0] : undefined;
	return { team: (asked ?? only)?.id ?? null, place: null };
}
