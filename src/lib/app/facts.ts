/** The server's public facts: which instance this is, and the teams that take alerts with their keys. */
import type { Facts } from '../domain/records';
import { device } from './here';

/** Null until the server was reached once. */
export const facts = (): Promise<Facts | null> => device.get('facts');

/** Asks the server for its public facts; keeps the old ones when it cannot be reached. */
export async function refreshFacts(): Promise<Facts | null> {
	try {
		const { Facts } = await import('../domain/records');
		const answer = await fetch('/api/heed/facts', { cache: 'no-store' });
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
