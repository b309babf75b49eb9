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
	/** Without an account: there is no name, and a return code opens it. */
	coded: boolean;
	/** The return code lies on this device still, and opens it for whoever has it. */
	unkept: boolean;
	roles: { team: Id; teamName: string; role: Role }[];
};

export async function me(): Promise<Me | null> {
	const now = await here();
	const account = now && (await device.account(now.session.account));
	if (!account) return null;
	const { session, store, vault } = now;
	const { id, name, login, coded = false } = account;
	const unkept = !!(await device.code(id))?.code;
	const seats = await store.memberships.where({ user: id }).toArray();
	const roles = await Promise.all(
		seats
			.filter(({ ended }) => !ended)
			.map(async ({ team, role }) => ({ team, role, teamName: (await store.teams.get(team))?.name ?? '' }))
	);
	const tooLongAway = isTooLongAway(session, Date.now());
	const [locked, signedOut] = [!vault, !session.token];
	return { id, name, login, locked, signedOut, tooLongAway, coded, unkept, roles };
}
