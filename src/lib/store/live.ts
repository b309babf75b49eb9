import { Dexie, liveQuery, type ObservabilitySet } from 'dexie';

export { liveQuery };

const callbacks = new Set<() => void>();

/** Written at every key and shown on few screens, or made of what lies there already. Of each change Dexie says which tables it touched. */
const TYPED = /^idb:\/\/[^/]+\/(drafts|begun|summaries)\//;

/**
 * Calls back after every change of what this device remembers, by whichever tab; returns how to end it. After one of what
 * is being typed alone only with `typed`.
 * For what is computed with WebCrypto in between: Dexie's `liveQuery` loses sight of a query there, and misses changes.
 */
export function onChange(callback: () => void, { typed = false } = {}): () => void {
	const hear = (parts: ObservabilitySet): void => {
		if (typed || !Object.keys(parts).every((part) => TYPED.test(part))) callback();
	};
	Dexie.on('storagemutated', hear);
	callbacks.add(callback);
	return () => {
		Dexie.on('storagemutated').unsubscribe(hear);
		callbacks.delete(callback);
	};
}

/** Something changed that is no row: this tab was locked or unlocked. */
export function changed(): void {
	for (const callback of [...callbacks]) callback();
}
