/** Having asked to be let in, and nobody has answered yet, or with no. Light: the start page asks for it. */
import { digestOf } from '../crypto/proof';
import type { Id } from '../domain/id';
import type { Request } from '../domain/records';
import { keysFields } from '../domain/signed';
import { digitsOf } from './digits';
import { device, here, type Here } from './here';

/** What this person asked last, while nobody has let them in: they wait, or were declined. */
export type MyRequest = {
	team: Id;
	teamName: string;
	answer: '' | 'declined';
	/** Of the person's own keys: what a coordinator compares. */
	digits: string;
};

export async function myRequest(): Promise<MyRequest | null> {
	const now = await here();
	const account = now && (await device.account(now.session.account));
	const last = now && (await lastRequest(now));
	if (!account || !last || last.answer === 'admitted') return null;
	const { id, instance } = account;
	return {
		team: last.team,
		teamName: (await device.roll(last.team))?.roll?.name ?? '',
		answer: last.answer,
		digits: digitsOf(await digestOf(keysFields(instance, id, account)))
	};
}

/** What this person asked last, of `team` or of any. */
export async function lastRequest({ session, store }: Here, team?: Id): Promise<Request | undefined> {
	const mine = store.requests.filter((row) => row.user === session.account && (!team || row.team === team));
	return (await mine.toArray()).sort((a, b) => b.rev - a.rev)[0];
}
