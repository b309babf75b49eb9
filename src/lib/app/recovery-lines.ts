/** Members who forgot the passphrase, as the team's screens ask for them. Light: no cipher, no SDK. */
import { digestOf, isAttested } from '../crypto/proof';
import type { Id } from '../domain/id';
import type { Recovery } from '../domain/records';
import { isSeated } from '../domain/roll';
import { keysFields, recoveryFields } from '../domain/signed';
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
	/** The new keys are there, and this person has compared them: a coordinator lets them back in. */
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
		if (!seat || !isSeated(seat, Date.now())) continue;
		const keys = await digestOf(keysFields(account.instance, row.user, row));
		const isDone = row.done !== '';
		// Once they are on the roll, or where this person cannot vouch for them, there is nothing to do here.
		if (isDone && (seat.keys === keys || pin?.keys !== keys || pin.changed !== '')) continue;
		lines.push({
			...{ id: row.id, user: row.user, name: pin?.name ?? '', at: Date.parse(row.created.replace(' ', 'T')) },
			digits: digitsOf(await digestOf(recoveryFields(account.instance, row))),
			...{ approvals: approvals.length, approved, isDone }
		});
	}
	return lines;
}

/** Signed with the very keys that are asked for. */
export const isGenuine = (instance: string, row: Recovery): Promise<boolean> =>
	isAttested(row.verifier, 'recovery', recoveryFields(instance, row), row.proof);
