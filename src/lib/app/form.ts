/** What teams have made of the alert's form, as far as this device has heard. IndexedDB only: the form asks before it stands. */
import type { Form } from '../domain/form';
import type { Id } from '../domain/id';
import { PLAIN } from '../domain/offered';
import { device, here } from './here';

/** Null where the team is not known here. */
export const form = async (team: Id): Promise<Form | null> => (await forms([team])).get(team) ?? null;

/**
 * By team. Two ways lead here: what a member pulls, with every bell, and the server's public facts, with every start. While
 * somebody is signed in the first is never older; then the second is.
 */
export async function forms(teams: readonly Id[]): Promise<ReadonlyMap<Id, Form>> {
	const [now, facts] = await Promise.all([here(), device.get('facts')]);
	const ids = [...new Set(teams)];
	const rows = (await now?.store.teams.bulkGet(ids)) ?? [];
	const areas = (await now?.store.areas.bulkGet(rows.map((row) => row?.area ?? ''))) ?? [];
	return new Map(
		ids.flatMap((id, at): [Id, Form][] => {
			const [row, area] = [rows[at], areas[at]];
			const known = facts?.teams.find((team) => team.id === id);
			const main = row?.locale ?? known?.locale;
			if (!main) return [];
			const [newer, older] = now?.session.token ? [row, known] : [known, row];
			const country = area?.country ?? known?.country ?? '';
			return [[id, { ...PLAIN, ...(newer?.form ?? older?.form), main, country }]];
		})
	);
}
