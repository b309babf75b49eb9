/** Who reads: making an audience's key, opening it to somebody more, and making a new one when somebody reads no more. */
import type { Pair } from '../crypto/age';
import type { Hand } from '../crypto/envelope';
import type { Party } from '../domain/content';
import { circleOf, genuineGrants, type Ring } from '../domain/holders';
import type { Grant, Key } from '../domain/records';
import { CIRCLES_OF, isSeated, newestOf, type Roll } from '../domain/roll';
import type { Write } from '../store/person';
import { create, grantTo, makeKey } from './outgoing';
import type { Trust } from './trust';

/** Somebody to seal to: a person or a circle's key, with the public half that this device believes. */
export type Reader = ({ user: string } | { via: string }) & { recipient: string };
export type Made = { key: Key; pair: Pair; grants: Grant[]; writes: Write[] };

/** A key for an audience of a case, granted to its maker first and then to `readers`. */
export async function makeAudience(
	place: Pick<Key, 'team' | 'case' | 'name' | 'before'>,
	me: { recipient: string; hand: Hand },
	readers: readonly Reader[]
): Promise<Made> {
	const { key, pair } = await makeKey(place, me);
	const { user } = me.hand;
	const others = readers.filter((reader) => !('user' in reader) || reader.user !== user);
	const grants: Grant[] = [];
	for (const { recipient, ...to } of [{ user, recipient: me.recipient }, ...others]) {
		grants.push(await grantTo(to, recipient, key.id, pair, me.hand));
	}
	const writes = [create('keys', key), ...grants.map((grant) => create('grants', grant))];
	return { key, pair, grants, writes };
}

/** The party's public half as this device believes it, or null: unknown, changed and not confirmed, or gone. */
export function readerFor({ ring, pins }: Pick<Trust, 'ring' | 'pins'>, party: Party): Reader | null {
	if ('user' in party) {
		const pin = pins.get(party.user);
		return pin?.changed === '' && pin.recipient !== ''
			? { user: party.user, recipient: pin.recipient }
			: null;
	}
	const roll = ring.rolls.get(party.team);
	const circle = roll && newestOf(roll, party.circle);
	const key = circle && ring.keys.get(circle.key);
	return key ? { via: key.id, recipient: key.recipient } : null;
}

/** Everybody the key is open to now, as parties; who has left is not among them. */
export function partiesOf(ring: Ring, key: Key, at: number): Party[] {
	const live = genuineGrants(ring, key).filter(({ ended }) => ended === '');
	const parties = live.flatMap(({ user, via }): Party[] => {
		if (via === '') return hasLeft(ring.rolls, key, user, at) ? [] : [{ user }];
		const found = circleOf(ring, via);
		return found ? [{ team: found.roll.team, circle: found.circle.name }] : [];
	});
	return parties.filter((one, index) => parties.findIndex((other) => isSame(one, other)) === index);
}

export const isSame = (one: Party, other: Party): boolean => JSON.stringify(one) === JSON.stringify(other);

/** Whether the key still opens to a circle's earlier key, or to somebody who has left: then the next writer makes a new one. */
export function isOutdated(ring: Ring, key: Key, at: number): boolean {
	return genuineGrants(ring, key)
		.filter(({ ended }) => ended === '')
		.some(({ user, via }) => {
			if (via === '') return hasLeft(ring.rolls, key, user, at);
			const found = circleOf(ring, via);
			return found !== null && newestOf(found.roll, found.circle.name)?.key !== via;
		});
}

/** Whether a person who is, or was, in the team of the case is in it no more. Who never was, was invited by name. */
function hasLeft(rolls: ReadonlyMap<string, Roll>, { team, maker, name }: Key, user: string, at: number) {
	const seat = rolls.get(team)?.seats[user];
	// Who asked for advice reads the own thread, whatever becomes of a seat.
	return seat !== undefined && !isSeated(seat, at) && !(name === 'reporter' && user === maker);
}

/** A person whom a circle already lets read needs no grant by name. */
export function readsThrough(ring: Ring, circles: readonly Party[], user: string, at: number): boolean {
	return circles.some((party) => {
		if ('user' in party) return false;
		const seat = ring.rolls.get(party.team)?.seats[user];
		return seat !== undefined && isSeated(seat, at) && CIRCLES_OF[seat.role].includes(party.circle);
	});
}
