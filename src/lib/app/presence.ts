/** Who is at work here, as every screen needs to know it. Light: no schema, no cipher. */
import { isTooLongAway } from '../domain/away';
import type { Id } from '../domain/id';
import type { Role } from '../domain/lists';
import { device, here } from './here';

export type Me = {
	id: Id;
	name: string;
	login: string;
	locked: boolean;
	/** The server wants a sign-in before anything comes or goes. */
	signedOut: boolean;
	/** It opens only after the server was reached again. */
	tooLongAway: boolean;
	roles: { team: Id; teamName: string; role: Role }[];
};

export async function me(): Promise<Me | null> {
	const now = await here();
	const account = now && (await device.account(now.session.account));
	if (!account) return null;
	const { session, store, vault } = now;
	const { id, name, login } = account;
	const seats = await store.memberships.where({ user: id }).toArray();
	const roles = await Promise.all(
		seats
			.filter(({ ended }) => !ended)
			.map(async ({ team, role }) => ({ team, role, teamName: (await store.teams.get(team))?.name ?? '' }))
	);
	const tooLongAway = isTooLongAway(session, Date.now());
	return { id, name, login, locked: !vault, signedOut: !session.token, tooLongAway, roles };
}
