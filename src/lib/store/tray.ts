/** What a person takes out of the outbox, and what a sealed file puts into it: each in one transaction. */
import type { Box } from '../crypto/vault';
import type { LocalRows } from '../domain/tray-file';
import { mayLeave, withFollowers } from '../domain/tray';
import { dependencies, NOW, tryAgain, type Outgoing, type Write } from '../domain/outbox';
import { putBegun } from './begun';
import type { DraftRow, PartRow, PictureRow, Store } from './person';
import { withRoom } from './room';
import { dropSummaries } from './summaries';

/** What the words become, and what else is no longer true. */
export type Instead = {
	draft: { row: DraftRow; pictures: readonly PictureRow[] } | null;
	/** Half-said words, and over which writing of them. */
	begun: { id: string; box: Box; over: number } | null;
	files: readonly string[];
	/** What this device counted as said under keys that stay. */
	said: readonly { key: string; seq: number }[];
};
export type Arriving = {
	item: Pick<Outgoing, 'id' | 'case' | 'created' | 'filed'>;
	writes: Write[];
	digest: string;
	parts: readonly PartRow[];
	rows: LocalRows;
};
export type ArrivingDraft = { row: DraftRow; pictures: readonly PictureRow[] };

/**
 * Takes out a refused item and what can only be sent after it, and puts what a person makes of it in their place.
 * `gone`: anything of it was tried again or grew meanwhile; `changed`: what was begun did. Then nothing is done.
 */
export async function takeOut(
	store: Store,
	leaving: readonly Pick<Outgoing, 'id'>[],
	{ draft, begun, files, said }: Instead
): Promise<'out' | 'gone' | 'changed'> {
	return withRoom(store, () =>
		store.transaction('rw', store.tables, async () => {
			const outbox = await store.outbox.toArray();
			const first = outbox.find(({ id }) => id === leaving[0]?.id);
			const still = first && mayLeave(first) ? withFollowers(first, outbox) : [];
			if (still.length !== leaving.length || !still.every(({ id }) => leaving.some((one) => one.id === id)))
				return 'gone';
			if (begun && (await putBegun(store, begun.id, begun.box, begun.over)) === null) return 'changed';

			await dropSummaries(
				store,
				still.map((one) => one.case)
			);
			for (const { id } of still) {
				for (const write of (await store.batches.get(id))?.writes ?? []) await undo(store, write);
				await store.batches.delete(id);
				await store.parts.where({ item: id }).delete();
				await store.outbox.delete(id);
			}
			// Nothing came after it: the next thing said takes its number, and nobody sees a gap.
			for (const { key, seq } of [...said].sort((a, b) => b.seq - a.seq)) {
				const row = store.state.where({ name: `said|${key}` });
				await row.filter(({ value }) => value === seq).modify({ value: seq - 1 });
			}
			await store.files.bulkDelete([...files]);
			if (draft) await store.pictures.bulkPut([...draft.pictures]);
			if (draft) await store.drafts.add(draft.row);
			return 'out';
		})
	);
}

/** What only this device knew goes; what it showed as ended before the server had ended it, is not. */
async function undo(store: Store, { collection, id, verb }: Write): Promise<void> {
	if (verb === 'update') {
		if (collection === 'grants') await store.grants.update(id, { ended: '' });
		return;
	}
	const row = await store.table<{ rev: number }, string>(collection).get(id);
	if (row && row.rev > 0) return;
	await store.table(collection).delete(id);
	if (collection === 'entries') await store.opened.delete(id);
	if (collection === 'keys') {
		await store.identities.delete(id);
		await store.state.delete(`said|${id}`);
	}
}

/**
 * Adds what is not here yet. What the server has of it already is not sent again, and nothing that is here is changed.
 * Says how many were new.
 */
export async function takeIn(
	store: Store,
	items: readonly Arriving[],
	drafts: readonly ArrivingDraft[]
): Promise<number> {
	return withRoom(store, () =>
		store.transaction('rw', store.tables, async () => {
			let added = 0;
			for (const one of items) added += Number(await arrive(store, one));
			for (const { row, pictures } of drafts) {
				await store.pictures.bulkPut([...pictures]);
				await store.drafts.add(row);
				added += 1;
			}
			return added;
		})
	);
}

async function arrive(store: Store, { item, writes, digest, parts, rows }: Arriving): Promise<boolean> {
	const { id, filed: wasFiled, case: kase, created } = item;
	if (await store.outbox.get(id)) return false;
	const entry = await store.entries.get(id);
	// All of it has been sent from here, and has only not come back yet.
	if (entry?.rev === 0) return false;
	const filed = wasFiled || entry !== undefined;
	const there = await store.blobs.bulkGet(parts.map((part) => part.id));
	const left = parts.filter((_, at) => !there[at]);
	if (filed && left.length === 0) return false;

	if (!filed) {
		await dropSummaries(store, [kase]);
		for (const [name, some] of Object.entries(rows)) {
			const known = await store.table(name).bulkGet(some.map((row) => row.id));
			await store.table(name).bulkAdd(some.filter((_, at) => !known[at]));
		}
		await store.batches.put({ id, writes, digest });
	}
	await store.parts.bulkPut(left);
	await store.outbox.add({
		...{ id, case: kase, created, attempts: 0, notBefore: NOW, reason: '', status: 'waiting' },
		...{ ...dependencies(writes), filed, left: left.map((part) => part.id), parts: parts.length }
	});
	return true;
}

/** A person wants it tried now: the refused again, the others without the rest of their pause. */
export async function askAgain(store: Store, id?: string): Promise<void> {
	const some = id === undefined ? store.outbox.toCollection() : store.outbox.where({ id });
	await some.modify((item) => {
		if (item.status === 'refused') Object.assign(item, tryAgain(item));
		else item.notBefore = NOW;
	});
}
