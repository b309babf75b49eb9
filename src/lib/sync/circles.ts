import type { Write } from '../domain/outbox';
/** Keeping a team's circles in order: new generations after somebody has left, and grants for whoever lacks one. */
import type { Hand } from '../crypto/hand';
import { textDigest } from '../crypto/bytes';
import { missingGrants, outdatedCircles } from '../domain/circles';
import { newestOf, type Roll } from '../domain/roll';

import { linkWrite } from './admission';
import { readerFor } from './audience';
import { create, grantTo, makeKey, serverTime } from './outgoing';
import type { Trust } from './trust';

/** How many writes go in one batch: the server takes 50, and another waits for it. */
const BATCH = 40;

/**
 * The batches that put the circles in order, each whole in itself; none when nothing is to be done. Somebody whose keys
 * changed, or are not known here, is left out until they are confirmed. `identities` opens what the coordinator holds.
 */
export async function orderCircles(
	roll: Roll,
	trust: Trust,
	me: { recipient: string; hand: Hand },
	identities: (key: string) => Promise<string | null>,
	now: number
): Promise<Write[][]> {
	const batches: Write[][] = [];
	let followed = roll;
	for (const name of outdatedCircles(roll)) {
		const old = newestOf(roll, name);
		if (!old) continue;
		const { key, pair } = await makeKey({ team: roll.team, case: '', name, before: old.key }, me);
		const own = await grantTo({ user: me.hand.user }, me.recipient, key.id, pair, me.hand);
		const recipient = await textDigest(key.recipient);
		const link = await linkWrite(followed, { do: 'circle', key: key.id, name, recipient }, me.hand, now);
		followed = link.roll;
		const retired: Write = {
			...{ collection: 'keys', id: old.key, verb: 'update', body: { ended: serverTime(now) } }
		};
		const spare = roll.spare && trust.ring.keys.get(roll.spare.key);
		const paper = spare
			? [create('grants', await grantTo({ via: spare.id }, spare.recipient, key.id, pair, me.hand))]
			: [];
		batches.push([create('keys', key), create('grants', own), ...paper, retired, link.write]);
	}
	// The others are granted the new generations in the next round, when those have come back signed and on the roll.
	const grants: Write[] = [];
	for (const { key, user } of missingGrants(trust.ring, roll, now)) {
		const reader = readerFor(trust, { user });
		const identity = reader && (await identities(key));
		if (!reader || !identity) continue;
		grants.push(create('grants', await grantTo({ user }, reader.recipient, key, { identity }, me.hand)));
	}
	for (let at = 0; at < grants.length; at += BATCH) batches.push(grants.slice(at, at + BATCH));
	return batches;
}
