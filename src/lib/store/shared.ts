/**
 * What another app has shared with Heed, until somebody takes it in. In a database of its own: the service worker writes it,
 * and it is nobody's yet.
 */
import type { Box } from '../crypto/vault';
import type { Id } from '../domain/id';
import { bare } from './bare';

/** `at` (ms) is its name here. Its key opens nothing else, cannot be read out, and goes with it. */
export type SharedRow = {
	at: number;
	/** Of the draft that it becomes: taken in twice, it is still one. */
	id: Id;
	key: CryptoKey;
	box: Box;
	/** In the order that `box` names them. Null where one is not here: it was too large, or there was no room. */
	files: (Box | null)[];
};

const within = bare('shared', 'at');

/** Bytes of one file; what is larger is not kept. */
export const LARGEST_SHARED = 32 * 1024 * 1024;

export const putShared = (row: SharedRow): Promise<unknown> => within('readwrite', (rows) => rows.put(row));

/** When each of them came, the newest last. */
export const sharedTimes = async (): Promise<number[]> =>
	(await within('readonly', (rows) => rows.getAllKeys())) as number[];

export const getShared = (at: number): Promise<SharedRow | undefined> =>
	within('readonly', (rows) => rows.get(at) as IDBRequest<SharedRow | undefined>);

export const dropShared = (at: number): Promise<unknown> => within('readwrite', (rows) => rows.delete(at));

/** All that came up to this moment (ms). */
export const dropSharedUntil = (time: number): Promise<unknown> =>
	within('readwrite', (rows) => rows.delete(IDBKeyRange.upperBound(time)));
