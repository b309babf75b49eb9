/** Rows that the world of the contract tests has no maker for. */
import * as w from '../contract/world';

/** What a part of a file holds here. */
export const BYTES = new Uint8Array([1, 2, 3]);

/** A team's decision on one of the practices. */
export const aPiece = (team: string, author: string) => ({
	id: w.id(),
	team,
	author,
	of: `practice/${w.id()}`,
	over: 0,
	based: 1,
	state: 'hidden',
	body: null
});

/** A request for new keys, with what is hidden in it. */
export const aRecovery = (world: w.World, user: string) => ({
	...w.aRecovery(world, { id: user }),
	ticket: w.digestOf('x')
});

/** The word of one of the team for it. */
export const anApproval = (recovery: string, by: string) => ({
	id: w.id(),
	recovery,
	by,
	before: w.aVerifier(),
	proof: w.aProof()
});

/** A row with its file, as browsers send it. */
export function formOf(row: Record<string, unknown>, bytes: Uint8Array<ArrayBuffer>): FormData {
	const form = new FormData();
	for (const [name, value] of Object.entries(row)) form.set(name, String(value));
	form.set('part', new Blob([bytes]), 'picture.jpg');
	return form;
}
