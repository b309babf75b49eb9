/**
 * A database of one table, without a library: small enough for the service worker. Not called as the persons' stores are:
 * nobody counts it as one of theirs.
 */
export type Rows = <T>(mode: IDBTransactionMode, act: (rows: IDBObjectStore) => IDBRequest<T>) => Promise<T>;

/** `key` names the field that a row goes by. What is asked is durable when it resolves. */
export const bare =
	(database: string, key: string): Rows =>
	async <T>(mode: IDBTransactionMode, act: (rows: IDBObjectStore) => IDBRequest<T>): Promise<T> => {
		const db = await open(database, key);
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
	};

const ROWS = 'rows';

function open(database: string, keyPath: string): Promise<IDBDatabase> {
	return new Promise((resolve, reject) => {
		const opened = indexedDB.open(database, 1);
		opened.onupgradeneeded = () => void opened.result.createObjectStore(ROWS, { keyPath });
		opened.onsuccess = () => resolve(opened.result);
		opened.onerror = () => reject(opened.error ?? new Error('not opened'));
	});
}
