import type { Box } from '../crypto/vault';
import type { Id } from '../domain/id';
import type { Collection, Row } from '../domain/records';
import { putBegun } from './begun';
import { dropDraft, versionOf, type OpenedRow, type Parcel, type Store } from './person';
import { withRoom } from './room';
import { dropSummaries } from './summaries';

/** `changed`: other words stand there meanwhile, by another tab. `sent`: it is an alert already, in that case. */
export type Posted = 'posted' | 'changed' | { sent: Id };

/**
 * Sent means it survives a dead battery: what was written, what others will read, and the order to send it, or nothing.
 * Of two tabs that send one draft the second finds it sent here, however far it had come.
 */
export async function post(
	store: Store,
	/** One, or several that all go or none; what they are made of becomes the first. */
	parcels: Parcel | readonly [Parcel, ...Parcel[]],
	local: { [C in Collection]?: readonly Row<C>[] },
	kept: {
		/** Absent while locked: it opens with the next unlocking. */
		opened?: readonly OpenedRow[];
		identities?: { id: string; box: Box }[];
		files?: { id: string; box: Box }[];
		/** How much this device has now said under each key. */
		said?: readonly { key: string; seq: number }[];
	},
	/** What it is made of, and which writing of it: a draft, or what was begun in the case. */
	draft?: { id: string; version: number } | null,
	begun?: { id: string; at: number }
): Promise<Posted> {
	const all = 'item' in parcels ? ([parcels] as const) : parcels;
	const write = (sparing: boolean): PromiseLike<Posted> =>
		store.transaction('rw', store.tables, async (): Promise<Posted> => {
			if (draft) {
				const known = await versionOf(store, draft.id);
				if (known !== draft.version) return typeof known === 'number' ? 'changed' : known;
				await store.sent.add({ id: draft.id, case: all[0].item.case });
			}
			if (begun && (await putBegun(store, begun.id, null, begun.at)) === null) return 'changed';
			await store.outbox.bulkAdd(all.map(({ item }) => item));
			await store.batches.bulkAdd(all.map(({ batch }) => batch));
			await store.parts.bulkAdd(all.flatMap(({ parts }) => parts));
			await putRows(store, local);
			await store.opened.bulkAdd(kept.opened ?? []);
			await dropSummaries(
				store,
				all.map(({ item }) => item.case)
			);
			await store.state.bulkPut(
				(kept.said ?? []).map(({ key, seq }) => ({ name: `said|${key}`, value: seq }))
			);
			await store.identities.bulkPut(kept.identities ?? []);
			if (!sparing) await store.files.bulkPut(kept.files ?? []);
			if (draft) await dropDraft(store, draft.id);
			return 'posted';
		});
	return withRoom(store, write);
}

async function putRows(store: Store, rows: { [C in Collection]?: readonly Row<C>[] }): Promise<void> {
	for (const [name, some] of Object.entries(rows)) await store.table(name).bulkPut([...some]);
}
