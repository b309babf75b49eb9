/** What the server has for this person, brought to the device. */
import { COLLECTIONS, type Collection, type Entry, type Row } from '../domain/records';
import type { ForeignRow, Store } from '../store/person';
import { cursor, receive } from '../store/pulled';
import type { Remote, Unreachable } from './remote';

type Rows = { [C in Collection]?: Row<C>[] };

/** Pulls until nothing is left. The reason when the server could not be reached, else null. `came` is told of each page with news. */
export async function pullAll(
	store: Store,
	remote: Pick<Remote, 'pull'>,
	came: () => void = () => undefined
): Promise<Unreachable | null> {
	let since = await cursor(store);
	const met = new Set<string>();
	for (;;) {
		const page = await remote.pull(since);
		if (!page.ok) return page.error;
		const { rows, foreign } = parse(page.value.rows);
		// A new grant or membership opens what is older than the cursor, as who asks to be let in may be: start over before moving it.
		if ((await opensMore(store, rows, met)) && since > 0) {
			since = 0;
			continue;
		}
		const { upto } = page.value;
		const isNews = foreign.length > 0 || Object.keys(rows).length > 0;
		if (isNews || upto !== since) await receive(store, rows, foreign, upto);
		if (isNews) came();
		since = upto;
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

/**
 * Whether there is something that neither the store nor this pull has met before, and that shows what is older than it:
 * a grant, membership or request, and an entry of somebody unknown. Each counts once. A grant that was made here does
 * where its team is new to this device.
 */
async function opensMore(
	store: Store,
	{ grants = [], memberships = [], requests = [], entries = [] }: Rows,
	met: Set<string>
): Promise<boolean> {
	const isNew = (id: string): boolean => {
		const before = met.size;
		return met.add(id).size > before;
	};
	const live = grants.filter(({ id, ended }) => !ended && isNew(id));
	for (const [at, known] of (await store.grants.bulkGet(live.map(({ id }) => id))).entries()) {
		const key = known?.rev === 0 ? await store.keys.get(live[at]?.key ?? '') : undefined;
		if (!known || (key && !(await store.teams.get(key.team)))) return true;
	}
	for (const [table, ids] of [
		[store.memberships, memberships.filter(({ ended }) => !ended).map(({ id }) => id)],
		[store.requests, requests.filter(({ answer }) => !answer).map(({ id }) => id)],
		[store.users, entries.map(({ author }) => author)]
	] as const) {
		const fresh = ids.filter(isNew);
		if (fresh.length > 0 && (await table.where('id').anyOf(fresh).count()) < fresh.length) return true;
	}
	return false;
}

/** What an older app kept of a newer server without understanding it: what this one understands takes its place. */
export async function adopt(store: Store): Promise<void> {
	const kept = await store.foreign.toArray();
	if (kept.length === 0) return;
	const known: Record<string, unknown[]> = {};
	for (const { collection, row } of kept) (known[collection] ??= []).push(row);
	const { rows, foreign } = parse(known);
	const still = new Set(foreign.map(({ id }) => id));
	const understood = kept.map(({ id }) => id).filter((id) => !still.has(id));
	if (understood.length === 0) return;
	await store.transaction('rw', store.tables, async () => {
		await receive(store, rows, [], await cursor(store));
		await store.foreign.bulkDelete(understood);
	});
}

/** Rows of a newer server are kept as they came: whole ones that do not parse, and fields that nobody here knows. */
function parse(all: Record<string, readonly unknown[] | undefined>): { rows: Rows; foreign: ForeignRow[] } {
	const rows: Record<string, unknown[]> = {};
	const foreign: ForeignRow[] = [];
	for (const [collection, some] of Object.entries(all)) {
		const shape = isKnown(collection) ? COLLECTIONS[collection] : null;
		for (const row of some ?? []) {
			const parsed = shape?.safeParse(row);
			if (parsed?.success) (rows[collection] ??= []).push({ ...(row as object), ...parsed.data });
			else if (isRow(row)) foreign.push({ id: `${collection}|${row.id}`, collection, row });
		}
	}
	return { rows, foreign };
}

const isKnown = (name: string): name is Collection => Object.hasOwn(COLLECTIONS, name);

const isRow = (row: unknown): row is { id: string } =>
	typeof row === 'object' && row !== null && 'id' in row && typeof row.id === 'string';
