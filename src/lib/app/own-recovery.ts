/** What a person at work here must know of new keys for the own account. Light: the first screens ask for it. */
import { digestOf } from '../crypto/proof';
import type { Id } from '../domain/id';
import { isSeated } from '../domain/roll';
import { keysFields } from '../domain/signed';
import { device, here } from './here';
import { hasLost } from './recovery-lines';

export type OwnRecovery =
	/** Somebody asks for new keys, who may be somebody else. */
	| { is: 'asked'; id: Id; at: number }
	/** The new keys are here, and the team has not given back yet what the old ones could read. */
	| { is: 'awaited'; team: Id; teamName: string }
	/** Drafts under the passphrase of before. */
	| { is: 'aside'; drafts: number };

export async function ownRecovery(): Promise<OwnRecovery[]> {
	const now = await here();
	const account = now && (await device.account(now.session.account));
	if (!now || !account) return [];
	const { store } = now;
	const mine = await store.recoveries.filter(({ user }) => user === account.id).toArray();
	const asked = mine
		.filter(({ done, refused }) => done === '' && refused === '')
		.map(({ id, created }) => ({ is: 'asked' as const, id, at: Date.parse(created.replace(' ', 'T')) }));

	const awaited: OwnRecovery[] = [];
	const done = mine.filter((row) => row.done !== '');
	if (done.length > 0) {
		const keys = await digestOf(keysFields(account.instance, account.id, account));
		for (const [team, roll] of await device.rolls()) {
			const seat = roll.seats[account.id];
			const isMember = seat !== undefined && isSeated(seat, Date.now());
			const last = done.findLast((row) => row.team === team);
			const isOut = isMember ? seat.keys !== keys : last !== undefined && (await hasLost(store, last));
			if (isOut) awaited.push({ is: 'awaited', team, teamName: roll.name });
		}
	}
	const rows = await store.aside.toArray();
	// A message that was half said counts as one: it comes back the same way.
	const drafts = rows.reduce((count, { drafts, begun = [] }) => count + drafts.length + begun.length, 0);
	return [...asked, ...awaited, ...(drafts > 0 ? [{ is: 'aside' as const, drafts }] : [])];
}
