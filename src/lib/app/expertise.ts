/** What members of a team have said to know well. IndexedDB only. */
import { isVersed, saysAnything, type ExpertiseName, type Knows } from '../domain/expertise';
import type { TeamForm } from '../domain/form';
import type { Id } from '../domain/id';
import { form } from './form';
import { here, type Here } from './here';

/** `form`: in whose words answers are said. */
export type Expertise = {
	knows: Record<ExpertiseName, string[]>;
	isSaid: boolean;
	form: TeamForm | undefined;
};

/** This person's own in a team. */
export async function expertise(team: Id): Promise<Expertise | null> {
	const now = await here();
	if (!now) return null;
	const knows = (await knowing(now, team)).get(now.session.account) ?? {};
	const { theme = [], type = [], setting = [], strand = [] } = knows;
	return { knows: { theme, type, setting, strand }, isSaid: saysAnything(knows), form: await form(team) };
}

/** By person, of all who are in a team and have said anything. */
export async function knowing({ store }: Pick<Here, 'store'>, team: Id): Promise<ReadonlyMap<Id, Knows>> {
	const rows = await store.memberships.where({ team }).toArray();
	return new Map(
		rows.flatMap(({ user, ended, knows }): [Id, Knows][] =>
			!ended && knows && saysAnything(knows) ? [[user, knows]] : []
		)
	);
}

/** Who of a team knows well what a case is about. */
export async function versedIn(
	now: Pick<Here, 'store'>,
	team: Id,
	about: Parameters<typeof isVersed>[1]
): Promise<Id[]> {
	return [...(await knowing(now, team))].flatMap(([id, knows]) => (isVersed(knows, about) ? [id] : []));
}
