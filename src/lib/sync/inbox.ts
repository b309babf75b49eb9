/** What the server has for this person, brought to the device. */
import { COLLECTIONS, type Collection, type Entry, type Pull, type Row } from '../domain/records';
import { cursor, receive, type Store } from '../store/person';
import type { Remote, Unreachable } from './remote';

const NAMES = Object.keys(COLLECTIONS) as Collection[];

type Rows = { [C in Collection]?: Row<C>[] };

/** Pulls until nothing is left. The reason when the server could not be reached, else null. */
export async function pullAll(store: Store, remote: Pick<Remote, 'pull'>): Promise<Unreachable | null> {
	let since = await cursor(store);
	const met = new Set<string>();
	for (;;) {
		const page = await remote.pull(since);
		if (!page.ok) return page.error;
		const rows = parse(page.value);
		// A new grant or membership opens what is older than the cursor, as who asks to be let in may be: start over before moving it.
		if ((await opensMore(store, rows, met)) && since > 0) {
			since = 0;
			continue;
		}
		await receive(store, rows, page.value.upto);
		since = page.value.upto;
		if (!page.value.more) return null;
	}
}

/** What came and was neither opened nor found wrong yet. */
export async function unopened(store: Store): Promise<Entry[]> {
	const opened = new Set(await store.opened.toCollection().primaryKeys());
	const all = await store.entries.toCollection().primaryKeys();
	const missing = all.filter((id) => !opened.has(id));
	return (await store.entries.bulkGet(missing)).flatMap((entry) => entry ?? []);
}

/** Whether there is a grant, membership or request that neither the store nor this pull has met before; each counts once. */
async function opensMore(
	store: Store,
	{ grants = [], memberships = [], requests = [] }: Rows,
	met: Set<string>
): Promise<boolean> {
	let more = false;
	const open = requests.map(({ id, answer }) => ({ id, ended: answer }));
	for (const [table, rows] of [
		[store.grants, grants],
		[store.memberships, memberships],
		[store.requests, open]
	] as const) {
		for (const { id, ended } of rows) {
			if (ended || met.has(id)) continue;
			met.add(id);
			more ||= (await table.where({ id }).count()) === 0;
		}
	}
	return more;
}

function parse({ rows }: Pull): Rows {
	const parsed: Record<string, unknown[]> = {};
	for (const name of NAMES) {
		const shape = COLLECTIONS[name];
		// What does not parse comes from a newer server: it stays there, and a newer app asks for it from 0.
		parsed[name] = (rows[name] ?? []).flatMap((row) => {
			const result = shape.safeParse(row);
			return result.success ? [result.data] : [];
		});
	}
	return parsed;
}
