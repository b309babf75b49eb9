/** The server's public facts: which instance this is, and the teams that take alerts with their keys. */
import type { Facts, RollPage } from '../domain/records';
import { fail, ok, type Result } from '../domain/result';
import { device } from './here';

/** Null until the server was reached once. */
export const facts = (): Promise<Facts | null> => device.get('facts');

/** Asks the server for its public facts; keeps the old ones when it cannot be reached. */
export async function refreshFacts(): Promise<Facts | null> {
	try {
		const [answer, { Facts }] = await Promise.all([
			fetch('/api/heed/facts', { cache: 'no-store' }),
			import('../domain/records')
		]);
		const fresh = Facts.safeParse(await answer.json());
		const known = await facts();
		// The instance id salts every passphrase: once known it is pinned, and another one is not believed.
		if (fresh.success && (!known?.instance || known.instance === fresh.data.instance)) {
			await device.set('facts', fresh.data);
		}
	} catch {
		// No network: what is known stays.
	}
	return facts();
}

/**
 * Follows the rolls of the teams that take alerts: without them nobody can tell whose circle the server shows, and an
 * alert is sealed to none.
 */
export async function refreshRolls(): Promise<void> {
	const known = await facts();
	if (!known?.instance) return;
	const { followTeam } = await import('../sync/following');
	for (const team of known.teams) await followTeam(device, { roll }, team, known.instance);
}

/** As `sync/remote` asks, without the SDK: nobody is signed in here. */
async function roll(
	team: string,
	since: number
): Promise<Result<RollPage, { kind: 'unreachable'; reason: 'network' }>> {
	try {
		const { RollPage } = await import('../domain/records');
		const answer = await fetch(`/api/heed/roll/${team}?since=${since}`, { cache: 'no-store' });
		return ok(RollPage.parse(await answer.json()));
	} catch {
		return fail({ kind: 'unreachable', reason: 'network' });
	}
}
