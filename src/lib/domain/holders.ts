/**
 * Who may read and who may write under a key, by what is signed. Nothing here looks at what the server says of a
 * person: only at keys and grants whose proofs were checked, and at the rolls that the device has followed.
 */
import type { Id } from './id';
import type { Grant, Key } from './records';
import { CIRCLES_OF, type CircleKey, type Roll } from './roll';

/**
 * Keys and grants whose makers' and givers' signatures were checked; rolls by their team. `founding`: keys whose case's
 * id is made of their public half, so that no other key can pass for a case's first one; and those of the narrow audience
 * after which that one is called. `teams`: whose case each is, as
 * the server routes it; it counts only for who does not hold the first key, which says it under its maker's signature.
 */
export type Ring = {
	keys: ReadonlyMap<string, Key>;
	founding: ReadonlySet<string>;
	grants: readonly Grant[];
	rolls: ReadonlyMap<string, Roll>;
	teams: ReadonlyMap<string, Id>;
};

/** The roll that has this circle key as its own, and the key as the roll has it. */
export function circleOf(ring: Pick<Ring, 'rolls'>, key: string): { roll: Roll; circle: CircleKey } | null {
	for (const roll of ring.rolls.values()) {
		const circle = roll.circles.find((one) => one.key === key);
		if (circle) return { roll, circle };
	}
	return null;
}

/**
 * The keys of a case that somebody entitled to it has made, the reporter's first. A case has one first key of its
 * reporter; an audience's first key is made by the reporter or by a member of the team, and the next by whoever holds
 * the one before. Who was let into another audience alone is not shown the first one: there the team speaks, by its roll.
 */
export function keysOf(ring: Ring, caseId: string): Key[] {
	const all = [...ring.keys.values()].filter((key) => key.case === caseId).sort(byRev);
	const first = all.find(({ id, name }) => ring.founding.has(id) && name === 'reporter');
	const home = first?.team ?? ring.teams.get(caseId);
	const genuine = first
		? [first]
		: all.filter(
				({ name, team, maker }) => name !== 'reporter' && team === home && isMember(ring, team, maker)
			);
	const isEntitled = ({ name, before, team, maker }: Key): boolean =>
		before === ''
			? name !== 'reporter' &&
				(isMember(ring, team, maker) || (name === 'narrow' && maker === first?.maker)) &&
				isHeld(ring, genuine, maker)
			: isHeld(
					ring,
					genuine.filter((held) => held.id === before && held.name === name),
					maker
				);
	// One key's holders may make the next: again until nothing is added.
	for (let added = true; added;) {
		const more = all.filter((key) => !genuine.includes(key) && key.team === home && isEntitled(key));
		genuine.push(...more);
		added = more.length > 0;
	}
	return genuine;
}

const isHeld = (ring: Ring, keys: readonly Key[], user: string): boolean =>
	keys.some((key) => isHolder(ring, key, user));

/** Whether a person is, or ever was, of those who work on the team's cases. */
export const isMember = ({ rolls }: Pick<Ring, 'rolls'>, team: string, user: string): boolean =>
	rolls.get(team)?.seats[user]?.roles.some((role) => CIRCLES_OF[role].includes('members')) ?? false;

/**
 * The newest generation of an audience's key, or null where the case has no such audience. That a key has ended is the
 * server's word: it could lead a writer back to an older one, so only what is signed counts, the key that replaced it.
 */
export function newestKey(keys: readonly Key[], name: Key['name']): Key | null {
	const all = keys.filter((key) => key.name === name);
	return all.findLast(({ id }) => !all.some(({ before }) => before === id)) ?? null;
}

/** Whether `user` ever held the key: its maker, somebody it was granted to, or a member of a circle it was granted to. */
export function isHolder(ring: Ring, key: Key, user: string): boolean {
	return key.maker === user || genuineGrants(ring, key).some((grant) => reaches(ring, grant, user));
}

/**
 * The key's grants that somebody gave who held it. The maker holds it from the start; each genuine grant makes holders
 * whose grants count in turn, so a stranger's grant never does, whatever name it carries.
 */
export function genuineGrants(ring: Ring, key: Key): Grant[] {
	const all = ring.grants.filter((grant) => grant.key === key.id);
	const genuine: Grant[] = [];
	for (let added = true; added;) {
		const more = all.filter(
			(grant) =>
				!genuine.includes(grant) &&
				(grant.giver === key.maker ||
					genuine.some((held) => reaches(ring, held, grant.giver) || reachesByPaper(ring, held, grant.giver)))
		);
		genuine.push(...more);
		added = more.length > 0;
	}
	return genuine;
}

/** A grant reaches a member of its circle who was not gone before that generation of the circle's key was made. */
export function reaches(ring: Ring, { user, via }: Grant, person: string): boolean {
	if (via === '') return user === person;
	const found = circleOf(ring, via);
	const seat = found?.roll.seats[person];
	if (!found || !seat) return false;
	const stayed = seat.left === 0 || seat.left > found.circle.seq;
	return stayed && seat.roles.some((role) => CIRCLES_OF[role].includes(found.circle.name));
}

/**
 * A circle's key that was granted to the printed one came to whoever has shown on the roll to hold the paper, and had
 * not left before that generation was made.
 */
function reachesByPaper(ring: Ring, { key, via }: Grant, person: string): boolean {
	const found = circleOf(ring, key);
	const seat = found?.roll.seats[person];
	if (!found || !seat?.paper || via === '' || found.roll.spare?.key !== via) return false;
	return seat.left === 0 || seat.left > found.circle.seq;
}

const byRev = (a: Key, b: Key): number => (a.rev || Infinity) - (b.rev || Infinity) || (a.id < b.id ? -1 : 1);
