/**
 * What another app has shared with Heed, until somebody takes it in. In a database of its own, and without a library: it
 * is the one thing that the service worker writes, and nobody's yet.
 */
import type { Box } from '../crypto/vault';
import type { Id } from '../domain/id';

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

/** Durable when it resolves. */
async function within<T>(mode: IDBTransactionMode, act: (rows: IDBObjectStore) => IDBRequest<T>): Promise<T> {
	const db = await open();
	try {
		return await new Promise<T>((resolve, reject) => {
			const work = db.transaction(ROWS, mode);
			const asked = act(work.objectStore(ROWS));
			work.oncomplete = () => resolve(asked.result);
			work.onabort = () => reject(work.error ?? new Error('stopped'));
		});
	} finally {
		db.close();
	}
}

const ROWS = 'rows';

/** Not called as the persons' stores are: nobody counts it as one of theirs. */
function open(): Promise<IDBDatabase> {
	return new Promise((resolve, reject) => {
		const opened = indexedDB.open('shared', 1);
		opened.onupgradeneeded = () => void opened.result.createObjectStore(ROWS, { keyPath: 'at' });
		opened.onsuccess = () => resolve(opened.result);
		opened.onerror = () => reject(opened.error ?? new Error('not opened'));
	});
}
