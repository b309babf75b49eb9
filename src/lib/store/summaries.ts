/**
 * Summaries of cases, one sealed box each. One is there as long as nothing of its case has changed: whoever writes or
 * deletes entries, or what was opened of them, drops it in the same transaction.
 */
import type { SummaryRow, Store } from './person';

/** In the transaction that changes what was said in these cases, or what was opened of it. */
export const dropSummaries = (store: Store, cases: readonly string[]): PromiseLike<void> =>
	store.summaries.bulkDelete([...new Set(cases)]);

/**
 * Marks summaries as being made, before what they are made of is read: who changes that meanwhile takes the mark away.
 */
export const claimSummaries = (store: Store, cases: readonly string[], mark: string): PromiseLike<unknown> =>
	store.summaries.bulkPut(cases.map((id) => ({ id, mark })));

/** Keeps those whose mark is still there. Says which. */
export const keepSummaries = (
	store: Store,
	rows: readonly Required<SummaryRow>[]
): PromiseLike<readonly SummaryRow[]> =>
	store.transaction('rw', store.summaries, async () => {
		const claims = await store.summaries.bulkGet(rows.map(({ id }) => id));
		const kept = rows.filter(({ mark }, at) => claims[at]?.mark === mark);
		await store.summaries.bulkPut(kept);
		return kept;
	});

/**
 * Whether what lies there may be believed. An app that knew none has pulled where the cursor does not say otherwise: then
 * they go, and are made again. Where nothing was ever pulled there are none to be kept.
 */
export async function trustSummaries(store: Store): Promise<boolean> {
	const row = await store.state.get('cursor');
	if (!row || row.sums) return row !== undefined;
	await store.transaction('rw', store.state, store.summaries, async () => {
		const now = await store.state.get('cursor');
		if (!now || now.sums) return;
		await store.summaries.clear();
		await store.state.put({ ...now, sums: 1 });
	});
	return true;
}
