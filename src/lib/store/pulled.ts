/** What a pull brings into a person's store. */
import type { Table } from 'dexie';
import type { Collection, Row } from '../domain/records';
import type { ForeignRow, Store } from './person';
import { dropSummaries } from './summaries';

/** A page of a pull and the cursor behind it, in one transaction: a crash between them loses nothing. */
export async function receive(
	store: Store,
	rows: { [C in Collection]?: readonly Row<C>[] },
	foreign: readonly ForeignRow[],
	cursor: number
): Promise<void> {
	await store.transaction('rw', store.tables, async () => {
		await store.foreign.bulkPut([...foreign]);
		const news = new Set<string>();
		for (const [name, some] of Object.entries(rows)) {
			for (const row of await putNewer(store, name, some)) if ('case' in row) news.add(String(row.case));
		}
		await dropSummaries(store, [...news]);
		await store.state.put({ name: 'cursor', value: cursor, sums: 1 });
	});
}

export async function cursor(store: Store): Promise<number> {
	return (await store.state.get('cursor'))?.value ?? 0;
}

/** What is here already in a newer state stays: an old one that is shown again is not news. Says what is. */
async function putNewer(
	store: Store,
	name: string,
	rows: readonly { id: string; rev: number }[]
): Promise<{ id: string; rev: number }[]> {
	const table: Table<{ rev: number }, string> = store.table(name);
	const known = await table.bulkGet(rows.map(({ id }) => id));
	const revs = known.map((row) => row?.rev ?? -1);
	await table.bulkPut(rows.filter(({ rev }, at) => rev >= (revs[at] ?? -1)));
	return rows.filter(({ rev }, at) => rev > (revs[at] ?? -1));
}
