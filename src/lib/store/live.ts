import { Dexie, liveQuery } from 'dexie';

export { liveQuery };

const callbacks = new Set<() => void>();

/**
 * Calls back after every change of what this device remembers, by whichever tab; returns how to end it.
 * For what is computed with WebCrypto in between: Dexie's `liveQuery` loses sight of a query there, and misses changes.
 */
export function onChange(callback: () => void): () => void {
	Dexie.on('storagemutated', callback);
	callbacks.add(callback);
	return () => {
		Dexie.on('storagemutated').unsubscribe(callback);
		callbacks.delete(callback);
	};
}

/** Something changed that is no row: this tab was locked or unlocked. */
export function changed(): void {
	for (const callback of [...callbacks]) callback();
}
