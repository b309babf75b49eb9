import { Dexie, liveQuery } from 'dexie';

export { liveQuery };

/**
 * Calls back after every change of what this device remembers, by whichever tab; returns how to end it.
 * For what is computed with WebCrypto in between: Dexie's `liveQuery` loses sight of a query there, and misses changes.
 */
export function onChange(callback: () => void): () => void {
	Dexie.on('storagemutated', callback);
	return () => Dexie.on('storagemutated').unsubscribe(callback);
}
