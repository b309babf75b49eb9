import type { Box } from '../crypto/vault';
import type { Store } from './person';

/**
 * Writes half-said words over the writing they build on, 0 for none, and over no other; null takes them away. Says which writing it
 * is now, or null where another tab has written meanwhile.
 */
export async function putBegun(
	store: Store,
	id: string,
	box: Box | null,
	over: number
): Promise<number | null> {
	return store.transaction('rw', store.begun, async () => {
		if (((await store.begun.get(id))?.updated ?? 0) !== over) return null;
		if (!box) {
			await store.begun.delete(id);
			return 0;
		}
		// Never the same twice in a row, however fast somebody types.
		const updated = Math.max(Date.now(), over + 1);
		await store.begun.put({ id, box, updated });
		return updated;
	});
}
