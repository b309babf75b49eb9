/** Members who forgot the passphrase, as the team's screens ask for them. Light: no cipher, no SDK. */
import { digestOf, isAttested } from '../crypto/proof';
import type { Id } from '../domain/id';
import type { Recovery } from '../domain/records';
import { isSeated } from '../domain/roll';
import { keysFields, recoveryFields } from '../domain/signed';
import type { Store } from '../store/person';
import { digitsOf } from './digits';
import { device, here } from './here';

export type RecoveryLine = {
	id: Id;
	user: Id;
	name: string;
	/** ms */
	at: number;
	/** What the person reads aloud. */
	digits: string;
	/** How many have approved. */
	approvals: number;
	/** This person has. */
	approved: boolean;
	/** The new keys are there, and were compared: a coordinator gives back what the old ones could read. */
	isDone: boolean;
};

/** What waits for somebody in this team, oldest first. What is not signed with the keys it asks for is not shown. */
export async function recoveries(team: Id): Promise<RecoveryLine[]> {
	const now = await here();
	const account = now && (await device.account(now.session.account));
	if (!now || !account) return [];
	const { store } = now;
	const seats = (await device.roll(team))?.roll?.seats ?? {};
	const lines: RecoveryLine[] = [];
	const rows = await store.recoveries.filter((row) => row.team === team && row.refused === '').toArray();
	for (const row of rows.sort((a, b) => a.rev - b.rev)) {
		if (row.user === account.id || !(await isGenuine(account.instance, row))) continue;
		const approvals = await store.approvals.where({ recovery: row.id }).toArray();
		const approved = approvals.some(({ by }) => by === account.id);
		const pin = await store.pins.get(row.user);
		const seat = seats[row.user];
		const isMember = seat !== undefined && isSeated(seat, Date.now());
		const keys = await digestOf(keysFields(account.instance, row.user, row));
		const isDone = row.done !== '';
		// Once all is given back, or where this device does not believe in them, there is nothing to do here.
		const isBack = isMember ? seat.keys === keys : isDone && !(await hasLost(store, row));
		if (isDone && (isBack || pin?.keys !== keys || pin.changed !== '')) continue;
		lines.push({
			...{ id: row.id, user: row.user, name: pin?.name ?? '', at: Date.parse(row.created.replace(' ', 'T')) },
			digits: digitsOf(await digestOf(recoveryFields(account.instance, row))),
			...{ approvals: approvals.length, approved, isDone }
		});
	}
	return lines;
}

/** Whether something was granted to the old keys, and not to the new ones yet. */
export async function hasLost(
	store: Store,
	{ user, done }: Pick<Recovery, 'user' | 'done'>
): Promise<boolean> {
	const theirs = await store.grants.filter((grant) => grant.user === user).toArray();
	const held = new Set(theirs.filter(({ ended }) => ended === '').map(({ key }) => key));
	return theirs.some(({ key, ended }) => ended === done && !held.has(key));
}

/** Signed with the very keys that are asked for. */
export const isGenuine = (instance: string, row: Recovery): Promise<boolean> =>
	isAttested(row.verifier, 'recovery', recoveryFields(instance, row), row.proof);
