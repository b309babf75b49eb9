/** How much room the browser gives Heed on this device, and for how long. */
import { believable, hasRoomFor } from '../domain/room';
import type { Store } from '../store/person';
import { makeRoom } from '../store/room';
import { device } from './here';

/** Whether a file of `size` bytes may be added, so that words still fit. Makes room for it where that helps. */
export async function hasRoom(store: Store, size: number): Promise<boolean> {
	if (hasRoomFor(size, await roomLeft())) return true;
	await makeRoom(store);
	return hasRoomFor(size, await roomLeft());
}

export type Space = {
	/** The browser keeps all this until somebody deletes it. Null before it was asked. */
	durable: boolean | null;
	/** Bytes, or null where the browser does not tell. */
	left: number | null;
};

export async function space(): Promise<Space> {
	const durable = (await storage()?.persisted?.()) || ((await device.get('durable')) === null ? null : false);
	return { durable, left: await roomLeft() };
}

let asked: Promise<void> | undefined;

/** After the first draft, and once: before it nobody would know why a browser asks. */
export const askOnce = (): Promise<void> =>
	(asked ??= device.get('durable').then(async (answer) => {
		if (answer === null) await ask();
	}));

/** Asks the browser to keep all this until somebody deletes it. The answer is kept. */
export async function ask(): Promise<void> {
	await device.set('durable', (await storage()?.persist?.()) ?? false);
}

/** Bytes, or null where the browser does not tell. */
async function roomLeft(): Promise<number | null> {
	const { quota, usage } = (await storage()?.estimate?.()) ?? {};
	return quota === undefined || usage === undefined ? null : believable(Math.max(0, quota - usage));
}

/** Older browsers have it in part, or not at all. */
const storage = (): Partial<StorageManager> | undefined =>
	(navigator as { storage?: Partial<StorageManager> }).storage;
