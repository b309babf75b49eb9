import type { Me } from '$lib/app';
import type { Id } from '$lib/domain/id';
import type { Role } from '$lib/domain/lists';

export type Place = { team: Id; teamName: string; role: Role };

/**
 * The team that an address is about, as somebody who is in it: the named one, or else the first. Who is in it twice, as
 * after coming back with the printed key, coordinates it.
 */
export function which(me: Me | null | undefined, params: URLSearchParams): Place | null {
	const asked = params.get('team');
	const roles = me?.roles ?? [];
	const team = asked ?? roles[0]?.team;
	const seats = roles.filter((role) => role.team === team);
	return seats.find(({ role }) => role === 'coordinator') ?? seats[0] ?? null;
}

/** The same page of the same team. */
export const within = (path: string, team: Id): string => `/team/${path}?team=${team}`;
