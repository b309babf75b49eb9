/** The door for whoever has no account: a team may close it, and then says so. */
import type { Outgoing, Reason } from '../domain/outbox';
import type { Facts } from '../domain/records';
import { facts, refreshFacts } from './facts';
import { device, type Here } from './here';

/** Why something waits. `closed`: no team takes it without an account any more. */
export type Waiting = Reason | '' | 'refused' | 'closed';

/** Whether this person has no account, and the team takes nothing from such. */
export async function isClosed({ session }: Here, team: string): Promise<boolean> {
	if (!(await device.account(session.account))?.coded) return false;
	const isOpen = (known: Facts | null): boolean =>
		known === null || known.teams.some(({ id, coded }) => id === team && coded);
	return !isOpen(await facts()) && !isOpen(await refreshFacts());
}

/** The answer's reason, or that it means a closed door. */
export async function reasonOf(now: Here, { reason, case: id, makes }: Outgoing): Promise<Waiting> {
	if (reason === 'sign_in') return (await device.code(now.session.account))?.refused ? 'closed' : reason;
	if (reason !== 'refused' || !makes.includes(id)) return reason;
	const known = await facts();
	const team = (await now.store.cases.get(id))?.team;
	const account = await device.account(now.session.account);
	const isShut = !known?.teams.some((one) => one.id === team && one.coded);
	return account?.coded && isShut ? 'closed' : reason;
}
