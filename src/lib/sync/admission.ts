/** Letting somebody into a team: the membership, and the circles' keys granted by somebody who holds them. */
import type { Circle, Role } from '../domain/lists';
import { freshId, grantTo } from './outgoing';
import type { Remote } from './remote';

/** The police circle stays apart from the members' one: an alert is read without the security authorities. */
export const CIRCLES_OF: Record<Role, readonly Circle[]> = {
	expert: ['members'],
	coordinator: ['members', 'coordinators', 'police'],
	police: ['police'],
	guest: []
};

export type HeldCircle = { id: string; name: Circle; identity: string };

/** `giver` is an active coordinator who holds `circles`. Throws when the server refuses. */
export async function admit(
	remote: Pick<Remote, 'create'>,
	giver: string,
	circles: readonly HeldCircle[],
	member: { user: string; recipient: string; team: string; agency: string; role: Role }
): Promise<void> {
	const { user, recipient, team, agency, role } = member;
	await remote.create('memberships', { id: freshId(), team, user, agency, role, ended: '' });
	for (const { id, name, identity } of circles) {
		if (!CIRCLES_OF[role].includes(name)) continue;
		const { rev: _, ...grant } = await grantTo({ user }, recipient, id, { identity }, giver);
		await remote.create('grants', grant);
	}
}
