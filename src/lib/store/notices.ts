/** What the service worker knows while no page is open: how this device is told, and what it still has to say. */
import type { Locale } from '../domain/lists';
import type { Nudge } from '../domain/notice';
import { bare } from './bare';

type Kept = {
	/** What is spoken here. */
	locale: Locale;
	/** What this device is known by at the server, to prove that a new one takes its place. */
	subscription: { endpoint: string; auth: string };
	/** What the page showed at the icon, and when (ms). */
	counted: { count: number; at: number };
};

/** A word that the server has not heard yet. `said`: whoever tapped knows that it waits. `at` in ms. */
export type Owed = { nudge: Nudge; did: 'shown' | 'have'; at: number; said: boolean };

type Row = { name: string; value: unknown };
const within = bare('notices', 'name');

export async function kept<N extends keyof Kept>(name: N): Promise<Kept[N] | null> {
	const row = (await within('readonly', (rows) => rows.get(name))) as Row | undefined;
	return (row?.value as Kept[N] | undefined) ?? null;
}

export const keep = <N extends keyof Kept>(name: N, value: Kept[N]): Promise<unknown> =>
	within('readwrite', (rows) => rows.put({ name, value }));

export const forget = (name: keyof Kept): Promise<unknown> =>
	within('readwrite', (rows) => rows.delete(name));

const OWED = 'owed|';
const nameOf = ({ nudge, did }: Owed): string => `${OWED}${nudge.token}|${did}`;

/** The same word for the same notice is owed once. */
export const owe = (owed: Owed): Promise<unknown> =>
	within('readwrite', (rows) => rows.put({ name: nameOf(owed), value: owed }));

export const paid = (owed: Owed): Promise<unknown> =>
	within('readwrite', (rows) => rows.delete(nameOf(owed)));

export async function allOwed(): Promise<Owed[]> {
	const range = IDBKeyRange.bound(OWED, `${OWED}\uffff`);
	const rows = (await within('readonly', (all) => all.getAll(range))) as Row[];
	return rows.map(({ value }) => value as Owed);
}

/** What was still to be said for somebody who is removed from here, and what the icon showed of theirs. */
export async function drop(person: string): Promise<void> {
	const theirs = (await allOwed()).filter(({ nudge }) => nudge.person === person);
	await Promise.all([...theirs.map(paid), forget('counted')]);
}
