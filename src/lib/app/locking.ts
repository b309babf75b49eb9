/** When this device locks: because somebody wants it, because nobody is there, or because the server is too far. */
import { isTooLongAway } from '../domain/away';
import { idleTime, type IdleMinutes } from '../domain/idle';
import type { Store } from '../store/person';
import * as held from './held';
import { device, here } from './here';
import { unregister } from './removing';

/** The vault key is forgotten everywhere: what was written stays, and opens with the passphrase. */
export const lock = held.close;

/** The person at work did something: the idle clock starts again. */
export const touch = held.touch;

/** Locks, and lets the next person sign in. Nothing is deleted; what is unsent goes when this person is back. */
export async function signOut(): Promise<void> {
	held.close();
	const now = await here();
	// A code under which nothing was written is a key to nothing.
	if (now && (await isEmpty(now.store))) {
		await device.changeCode(now.session.account, { code: null, signUp: null });
	}
	if (now) await unregister(now.session);
	await device.changeSession(() => null);
}

async function isEmpty({ drafts, entries, outbox }: Store): Promise<boolean> {
	const counts = await Promise.all([drafts.count(), entries.count(), outbox.count()]);
	return counts.every((count) => count === 0);
}

/** Locks when nobody did anything for as long as the team allows, or when the server was not reached for too long. */
export async function lockIfIdle(): Promise<void> {
	const now = await here();
	if (!now) return;
	const { session, store, vault } = now;
	const time = Date.now();
	if (time - session.latest > HOUR) {
		await device.changeSession((row) => ({ ...row, latest: Math.max(row.latest, time) }));
	}
	if (!vault) return;
	if (isTooLongAway(session, time)) held.close();
	else held.stay(await idleOf(store, session.account));
}

/** ms until the device locks by itself while nobody does anything. */
export async function idleOf(store: Store, user: string): Promise<number> {
	const seats = await store.memberships.where({ user }).toArray();
	const teams: { id: string; idle?: IdleMinutes }[] = await store.teams.toArray();
	return idleTime(
		seats.filter(({ ended }) => !ended),
		teams
	);
}

/** The server has answered this person. Written once an hour: each write makes all screens look again. */
export async function reached(): Promise<void> {
	const now = Date.now();
	await device.changeSession((session) => {
		const isNew = Math.abs(now - session.reached) > HOUR || session.latest > now;
		return isNew ? { ...session, reached: now, latest: now } : session;
	});
}

const HOUR = 3_600_000;
