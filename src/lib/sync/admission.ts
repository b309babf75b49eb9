import type { Write } from '../domain/outbox';
/** Letting somebody into a team: a link on its roll, the membership, and the circles' keys, every generation of them. */
import type { Hand } from '../crypto/hand';
import { digestOf } from '../crypto/proof';
import { writeLink } from '../crypto/roll';
import type { Circle, Role } from '../domain/lists';
import { CIRCLES_OF, type Act, type Link, type Roll } from '../domain/roll';
import { keysFields } from '../domain/signed';

import { create, freshId, grantTo } from './outgoing';

export type HeldCircle = { id: string; name: Circle; identity: string };
/** Somebody's pinned keys. */
export type Keys = { user: string; recipient: string; verifier: string };
export type Place = { agency: string; role: Role; until: number; met: boolean };

/** One batch: all of it or nothing. `hand` is a coordinator's, who holds `circles`. The roll is what it will be then. */
export async function makeAdmission(
	roll: Roll,
	hand: Hand,
	circles: readonly HeldCircle[],
	person: Keys,
	place: Place,
	now: number
): Promise<{ writes: Write[]; roll: Roll }> {
	const { user, recipient, verifier } = person;
	const { agency, role, until, met } = place;
	const keys = await digestOf(keysFields(roll.instance, user, person));
	const act: Act = { do: 'admit', user, keys, verifier, role, until, met };
	const next = await linkWrite(roll, act, hand, now);
	const ends = until === 0 ? '' : new Date(until).toISOString().replace('T', ' ');
	const membership = { id: freshId(), team: roll.team, user, agency, role, until: ends, ended: '' };
	const writes = [next.write, create('memberships', membership)];
	for (const { id, name, identity } of circles) {
		if (!CIRCLES_OF[role].includes(name)) continue;
		writes.push(create('grants', await grantTo({ user }, recipient, id, { identity }, hand)));
	}
	return { writes, roll: next.roll };
}

/** The next link of a roll, ready to be sent. With the printed key's hand, `of` says so. */
export async function linkWrite(
	roll: Roll,
	act: Act,
	hand: Hand,
	now: number,
	of: Link['hand'] = 'own'
): Promise<{ write: Write; roll: Roll }> {
	const { link, roll: next } = await writeLink(roll, roll.team, act, hand.user, hand.key, now, of);
	const row = { id: freshId(), team: roll.team, seq: next.seq, by: hand.user, ...link };
	return { write: create('roll', row), roll: next };
}
