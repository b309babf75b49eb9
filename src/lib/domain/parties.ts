/** Who is let in where: persons and circles, as the genuine grants of an audience's key say. */
import type { Party } from './content';
import { circleOf, genuineGrants, isMember, reaches, type Ring } from './holders';
import type { Id } from './id';
import type { Grant, Key } from './records';
import { CIRCLES_OF, inCircle, isSeated, newestOf, type Roll, type Seat } from './roll';

/**
 * Everybody the key is open to now; who has left is not among them. That a grant has ended is the server's word alone,
 * and could hide a reader: what ends one here is the next key, made without that party.
 */
export function partiesOf(ring: Ring, key: Key, at: number): Party[] {
	return everOpenTo(ring, key).filter((party) => !('user' in party) || !hasLeft(ring, key, party.user, at));
}

/** Everybody the key was ever open to: what was read stays read. Who made it knows it, granted or not. */
export function everOpenTo(ring: Ring, key: Key): Party[] {
	const grants = genuineGrants(ring, key);
	const isGranted = grants.some((grant) => reaches(ring, grant, key.maker));
	const granted = grants.flatMap((grant) => partyOf(ring, grant) ?? []);
	const parties: Party[] = isGranted ? granted : [...granted, { user: key.maker }];
	return parties.filter((one, index) => parties.findIndex((other) => isSame(one, other)) === index);
}

/** To whom a grant is; null for a circle that no roll here knows. */
export function partyOf(ring: Pick<Ring, 'rolls'>, { user, via }: Pick<Grant, 'user' | 'via'>): Party | null {
	if (user !== '') return { user };
	const found = circleOf(ring, via);
	return found && { team: found.roll.team, circle: found.circle.name };
}

/** Whether the key still opens to a circle's earlier key, or to somebody who has left: then the next writer makes a new one. */
export function isOutdated(ring: Ring, key: Key, at: number): boolean {
	return genuineGrants(ring, key).some(({ user, via }) => {
		if (user !== '') return hasLeft(ring, key, user, at);
		const found = circleOf(ring, via);
		return found !== null && newestOf(found.roll, found.circle.name)?.key !== via;
	});
}

export function isSame(one: Party, other: Party): boolean {
	if ('user' in one) return 'user' in other && one.user === other.user;
	return !('user' in other) && one.team === other.team && one.circle === other.circle;
}

/** Everybody whom these come to, one by one, circles taken apart by their rolls. */
export function personsOf(rolls: ReadonlyMap<string, Roll>, parties: readonly Party[], at: number): Id[] {
	const all = parties.flatMap((party): Id[] => {
		if ('user' in party) return [party.user];
		const roll = rolls.get(party.team);
		return roll ? inCircle(roll, party.circle, at).map(({ user }) => user) : [];
	});
	return [...new Set(all)];
}

/** A person whom one of these circles lets in anyway. */
export function isWithin(
	rolls: ReadonlyMap<string, Roll>,
	circles: readonly Party[],
	user: Id,
	at: number
): boolean {
	return circles.some((party) => {
		if ('user' in party) return false;
		const seat = rolls.get(party.team)?.seats[user];
		return seat !== undefined && isSeated(seat, at) && CIRCLES_OF[seat.role].includes(party.circle);
	});
}

/**
 * Whether a person who is, or was, in the team of the case is in it no more, nor in the one for which they opened it. Who
 * never was in any, was invited by name.
 */
function hasLeft(ring: Ring, key: Key, user: string, at: number): boolean {
	const seatIn = (team: string): Seat | undefined => ring.rolls.get(team)?.seats[user];
	const isIn = (team: string): boolean => {
		const seat = seatIn(team);
		return seat !== undefined && isSeated(seat, at);
	};
	const { team, maker, name } = key;
	const senders = name === 'reporter' ? sendersOf(ring, key, user) : [];
	if (senders.length > 0) return ![team, ...senders].some(isIn);
	// Who asked for advice reads the own thread, whatever becomes of a seat.
	return seatIn(team) !== undefined && !isIn(team) && !(name === 'reporter' && user === maker);
}

/**
 * The teams for which somebody has referred what this thread is about: whoever makes its first key, and grants it to the
 * members of another team that they work for, asks for that team and not for themselves.
 */
function sendersOf(ring: Ring, key: Key, user: string): Id[] {
	let first = key;
	// Once round: whoever signs keys could lead them in a circle.
	for (const met = new Set<Key>(); !met.has(first); first = ring.keys.get(first.before) ?? first)
		met.add(first);
	if (first.before !== '' || first.maker !== user) return [];
	return genuineGrants(ring, first).flatMap(({ giver, via }) => {
		const team = giver === user && via !== '' ? circleOf(ring, via)?.roll.team : undefined;
		return team !== undefined && team !== key.team && isMember(ring, team, user) ? [team] : [];
	});
}
