/** Who is at work here, as every screen needs to know it. Light: no schema, no cipher. */
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
	roles: { team: Id; teamName: string; role: Role }[];
};

const IDLE = 5 * 60_000;

export async function me(): Promise<Me | null> {
	const now = await here();
	const account = now && (await device.account(now.session.account));
	if (!account) return null;
	const { session, store } = now;
	const seats = await store.memberships.where({ user: account.id }).toArray();
	const roles = await Promise.all(
		seats
			.filter(({ ended }) => !ended)
			.map(async ({ team, role }) => ({ team, role, teamName: (await store.teams.get(team))?.name ?? '' }))
	);
	const { id, name, login } = account;
	return { id, name, login, locked: !session.vault, signedOut: !session.token, roles };
}

/** The person at work did something: the idle clock starts again. */
export function touch(): Promise<void> {
	return device.changeSession((session) => ({ ...session, active: Date.now() }));
}

/** Locks when nobody did anything for five minutes, also while the app was closed. */
export function lockIfIdle(): Promise<void> {
	return device.changeSession((session) => {
		const idle = Date.now() - session.active;
		return idle > IDLE || idle < 0 ? withoutVault(session) : session;
	});
}

/** The vault key is forgotten: what was written stays, and opens with the passphrase. */
export const lock = (): Promise<void> => device.changeSession(withoutVault);

/** Locks, and lets the next person sign in. Nothing is deleted; what is unsent goes when this person is back. */
export const signOut = (): Promise<void> => device.changeSession(() => null);

const withoutVault = <T extends { vault?: CryptoKey }>({ vault: _, ...rest }: T): Omit<T, 'vault'> => rest;
