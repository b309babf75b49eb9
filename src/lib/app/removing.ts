/** Taking a person off this device, for good. */
import type { Session } from '../store/device';
import { deleteStore } from '../store/person';
import * as held from './held';
import { device, here } from './here';
import { unmark } from './marker';

/** What only this device has of the person at work. */
export type Unsent = {
	drafts: number;
	/** Half-said, or said and on its way. */
	words: number;
};

export async function unsent(): Promise<Unsent> {
	const now = await here();
	if (!now) return { drafts: 0, words: 0 };
	const { drafts, aside, begun, outbox } = now.store;
	const old = await aside.toArray();
	const counts = await Promise.all([
		drafts.filter(({ dropped }) => dropped === 0).count(),
		begun.count(),
		outbox.count()
	]);
	const [current, half, sent] = counts;
	return {
		drafts: old.reduce((sum, row) => sum + row.drafts.length, current),
		words: old.reduce((sum, { begun: aside = [] }) => sum + aside.length, half + sent)
	};
}

/** All that the person at work has on this device goes, in every tab. Nobody else's is touched. */
export async function remove(): Promise<void> {
	const now = await here();
	if (!now) return;
	held.close();
	await unregister(now.session);
	// From here on nobody is at work: the engines stop, and the other tabs go to the start.
	await dropAccount(now.session.account);
	void import('../store/notices').then(({ drop }) => drop(now.session.account)).catch(() => undefined);
	if (await device.isEmpty()) unmark();
	// A tab that sleeps may hold it up. It is written down, and what is left is closed to everybody.
	void finishRemovals();
}

/** It is told here no more, until it is back. Whoever leaves does so, whatever comes of that, and soon: a line that hangs holds nobody. */
export async function unregister(session: Session): Promise<void> {
	if ((await device.get('told'))?.[session.account] !== 'yes') return;
	const left = import('./notices').then(({ leave }) => leave(session, 'again')).catch(() => undefined);
	await Promise.race([left, new Promise<void>((resolve) => setTimeout(resolve, PATIENCE))]);
}

/** ms */
const PATIENCE = 3_000;

/** Everything on the device that is this account's, at once; its store is noted as still to be deleted. */
export const dropAccount = (id: string): Promise<void> =>
	device.together(async () => {
		const login = (await device.account(id))?.login;
		const recovery = await device.get('recovery');
		const asker = recovery?.is === 'asked' ? recovery.asked.login : recovery?.login;
		if (recovery && asker === login) await device.forget('recovery');
		await device.dropAccount(id);
		await device.change('tries', {}, ({ [id]: _, ...others }) => others);
		const told = await device.change('told', {}, ({ [id]: _, ...others }) => others);
		// Where nobody else is told here the subscription has ended: the push service says so, and nothing needs to be kept.
		if (!Object.entries(told).some(([one, wish]) => one !== id && wish === 'yes'))
			await device.change('untold', {}, ({ [id]: _, ...others }) => others);
		await device.changeSession((session) => (session.account === id ? null : session));
		await device.change('lost', [], (ids) => ids.filter((one) => one !== id));
		await device.change('removing', [], (ids) => [...ids, id]);
	});

/** What was removed, and is not deleted yet. One tab at a time: the next one must not delete what is made anew. */
export async function finishRemovals(): Promise<void> {
	await navigator.locks.request('heed-removing', async () => {
		for (const account of (await device.get('removing')) ?? []) {
			await untilStopped(account);
			await deleteStore(account);
			await device.change('removing', [], (ids) => ids.filter((id) => id !== account));
		}
	});
}

/** Before somebody who was removed moves in again: the new store is no part of the old one. */
export async function finishRemoval(account: string): Promise<void> {
	if ((await device.get('removing'))?.includes(account)) await finishRemovals();
}

/** A round that is under way comes to its end first, in whichever tab; one that hangs is not waited for. */
async function untilStopped(account: string): Promise<void> {
	const signal = AbortSignal.timeout(2_000);
	await navigator.locks.request(`heed-sync-${account}`, { signal }, () => undefined).catch(() => undefined);
}
