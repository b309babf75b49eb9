/** What teams have made of the alert's form, as far as this device has heard. IndexedDB only: the form asks before it stands. */
import type { TeamForm } from '../domain/form';
import type { Id } from '../domain/id';
import { PLAIN } from '../domain/offered';
import { device, here } from './here';

/** Undefined where none is known here: then the form is as it is. */
export const form = async (team: Id): Promise<TeamForm | undefined> => (await forms([team])).get(team);

/**
 * By team. Two ways lead here: what a member pulls, with every bell, and the server's public facts, with every start. While
 * somebody is signed in the first is never older; then the second is.
 */
export async function forms(teams: readonly Id[]): Promise<ReadonlyMap<Id, TeamForm>> {
	const [now, facts] = await Promise.all([here(), device.get('facts')]);
	const ids = [...new Set(teams)];
	const rows = (await now?.store.teams.bulkGet(ids)) ?? [];
	return new Map(
		ids.flatMap((id, at): [Id, TeamForm][] => {
			const known = facts?.teams.find((team) => team.id === id);
			const [newer, older] = now?.session.token ? [rows[at], known] : [known, rows[at]];
			const form = newer?.form ?? older?.form;
			// A row that an older app has stored may lack what the schema fills in.
			return form ? [[id, { ...PLAIN, ...form }]] : [];
		})
	);
}
