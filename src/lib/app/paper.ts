/** Whether the founder has shown that the printed recovery key is on paper. The words themselves are kept nowhere. */
import type { Id } from '../domain/id';
import { here } from './here';

/** Under this name the person's store says that it is still to be shown. */
export const unproven = (team: Id): string => `paper|${team}`;

export async function isUnproven(team: Id): Promise<boolean> {
	const now = await here();
	return (await now?.store.state.get(unproven(team))) !== undefined;
}

/** The words were asked for, and were right; or somebody has them and says so. */
export async function provePaper(team: Id): Promise<void> {
	const now = await here();
	await now?.store.state.delete(unproven(team));
}
