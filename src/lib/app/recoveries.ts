import type { Write } from '../domain/outbox';
/** Members who forgot the passphrase: approving after the digits were compared by voice, refusing, and letting back in. */
import { attest } from '../crypto/proof';
import { missingGrants } from '../domain/circles';
import type { Id } from '../domain/id';
import { lostKeys } from '../domain/recovery';
import { isSeated } from '../domain/roll';
import { fail, ok, type Result } from '../domain/result';
import { approvalFields } from '../domain/signed';

import { linkWrite } from '../sync/admission';
import { pullAll } from '../sync/inbox';
import { create, freshId, grantTo } from '../sync/outgoing';
import { refuse } from '../sync/recovery';
import { connect } from '../sync/remote';
import { readTrust } from '../sync/trust';
import { ownHand } from './author';
import { look } from './engine';
import { device, here, unlocked } from './here';
import { isGenuine } from './recovery-lines';
import { asCoordinator, order, type TeamError } from './team';

/** The digits were the same by voice: these new keys are that person's. */
export async function approve(id: Id): Promise<Result<undefined, TeamError>> {
	const now = await unlocked();
	const hand = now && (await ownHand(now));
	const account = now && (await device.account(now.session.account));
	const row = await now?.store.recoveries.get(id);
	if (!now || !hand || !account) return fail({ kind: 'locked' });
	const pin = row && (await now.store.pins.get(row.user));
	if (!row || !pin?.verifier || !(await isGenuine(account.instance, row)))
		return fail({ kind: 'not_trusted' });
	const before = pin.verifier;
	const proof = await attest(hand.key, 'approval', approvalFields(account.instance, row, before));
	const remote = connect(location.origin, now.session.token);
	const outcome = await remote.write([
		create('approvals', { id: freshId(), recovery: id, by: hand.user, before, proof })
	]);
	if (outcome.is === 'unreachable' || (await pullAll(now.store, remote)))
		return fail({ kind: 'unreachable' });
	look();
	// An answer that was lost: then it is there already.
	const mine = await now.store.approvals.where({ recovery: id }).toArray();
	return mine.some(({ by }) => by === hand.user) ? ok(undefined) : fail({ kind: 'refused' });
}

/** Nobody asked for it who may: by the person on another device, or by a coordinator. */
export async function refuseRecovery(id: Id): Promise<Result<undefined, TeamError>> {
	const now = await here();
	if (!now) return fail({ kind: 'locked' });
	if (!(await refuse(id, now.session.token))) return fail({ kind: 'unreachable' });
	await pullAll(now.store, connect(location.origin, now.session.token));
	look();
	return ok(undefined);
}

/**
 * Writes the new keys on the roll, and grants anew what was granted to the old ones. The link comes last: until it is
 * there, all of it can be done again, and what was granted already is not granted twice.
 */
export async function letBack(id: Id): Promise<Result<undefined, TeamError>> {
	const done = await asCoordinator(
		async ({ store }) => (await store.recoveries.get(id))?.team,
		async ({ now, roll, me, identities }) => {
			const row = await now.store.recoveries.get(id);
			const trust = await readTrust(now.store, await device.rolls());
			const pin = row && trust.pins.get(row.user);
			const seat = row && roll.seats[row.user];
			const at = Date.now();
			if (!row || !pin || pin.changed !== '') return null;
			if (pin.recipient !== row.recipient || pin.verifier !== row.verifier) return null;

			const circles = missingGrants(trust.ring, roll, at).filter(({ user }) => user === row.user);
			const cases = lostKeys(trust.ring, row.user, row.done);
			const writes: Write[] = [];
			for (const key of [...circles.map((one) => one.key), ...cases.map((one) => one.id)]) {
				const identity = await identities(key);
				if (!identity) continue;
				const grant = await grantTo({ user: row.user }, pin.recipient, key, { identity }, me.hand);
				writes.push(create('grants', grant));
			}
			const batches: Write[][] = [];
			for (let from = 0; from < writes.length; from += BATCH) batches.push(writes.slice(from, from + BATCH));
			// Who only asked for advice is on no roll.
			const { keys, verifier } = pin;
			if (!seat || !isSeated(seat, at) || seat.keys === keys) return batches;
			const { role, until } = seat;
			const act = { do: 'admit' as const, user: row.user, keys, verifier, role, until, met: false };
			return [...batches, [(await linkWrite(roll, act, me.hand, at)).write]];
		}
	);
	const team = (await (await here())?.store.recoveries.get(id))?.team;
	return done.ok && team ? order(team) : done;
}

/** The server takes 50 writes at once. */
const BATCH = 40;
