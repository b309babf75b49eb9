/** Rows that the world of the contract tests has no maker for. */
import * as w from '../contract/world';

const LATER = '2999-12-31 23:59:59.000Z';

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

/** A device that is told. */
export const aDevice = (user: string) => ({
	...{ id: w.id(), user, endpoint: `https://fcm.googleapis.com/${w.id()}` },
	...{ p256dh: 'B'.repeat(87), auth: 'A'.repeat(22), locale: 'pl', system: 'android' }
});

/** What waits to be told. */
export const aNotice = (user: string, more: Record<string, unknown> = {}) => ({
	...{
		id: w.id(),
		kind: 'alert',
		user,
		device: '',
		tag: 'alert',
		token: w.id() + w.id() + '00',
		urgent: false
	},
	...{ due: LATER, ends: LATER, state: 'waiting', ...more }
});

/** How somebody wants to be told. */
export const aWish = (user: string) => ({ id: w.id(), user, wishes: null, address: 'somebody@heed.invalid' });

/** A climb, at its first rung. */
export const aLadder = (team: string, kase: string, more: Record<string, unknown> = {}) => ({
	...{ id: w.id(), team, case: kase, urgency: 'danger', steps: [], next: LATER },
	...more
});

/** A rota that names nobody. */
export const ROTA = {
	...{ zone: 'Europe/Warsaw', shifts: [], away: [], quiet: null, points: [] },
	minutes: { danger: [5, 5, 10], urgent: [60, 60, 120] }
};
