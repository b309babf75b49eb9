import type { Write } from '../domain/outbox';
/** Who reads: making an audience's key, opening it to somebody more, and making a new one when somebody reads no more. */
import type { Pair } from '#age';
import type { Hand } from '../crypto/hand';
import type { Party } from '../domain/content';
import type { Grant, Key } from '../domain/records';
import { newestOf } from '../domain/roll';

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
