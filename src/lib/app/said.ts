/** What was said in a case, as far as this device can read it. WebCrypto and IndexedDB only. */
import { recall } from '../crypto/vault';
import { Content } from '../domain/content';
import type { Said } from '../domain/fold';
import type { Id } from '../domain/id';
import { AUDIENCES } from '../domain/lists';
import { Opened, openedContext } from '../domain/opened';
import type { Entry } from '../domain/records';
import type { OpenedRow } from '../store/person';
import type { Here } from './here';

/** In three requests for the whole case: one by one, two hundred entries would ask the store six hundred times. */
export async function saidIn(id: Id, { store, vault }: Here): Promise<Said[]> {
	const [entries, rows] = await Promise.all([
		store.entries.where({ case: id }).toArray(),
		vault ? store.opened.where({ case: id }).toArray() : []
	]);
	const keys = await store.keys.bulkGet([...new Set(entries.map(({ key }) => key))]);
	const names = new Map(keys.flatMap((key) => (key ? [[key.id, key.name]] : [])));
	const opened = new Map(rows.map((row) => [row.id, row]));
	return Promise.all(entries.map((entry) => say(entry, names, vault, opened.get(entry.id))));
}

async function say(
	entry: Entry,
	names: ReadonlyMap<string, string>,
	vault: CryptoKey | null,
	row: OpenedRow | undefined
): Promise<Said> {
	const { id, kind, author, created } = entry;
	const rev = entry.rev === 0 ? null : entry.rev;
	const name = names.get(entry.key);
	const audience = AUDIENCES.find((one) => one === name) ?? 'reporter';
	const said = { id, rev, kind, author, audience, time: Date.parse(created), header: null };
	if (!vault) return { ...said, content: 'locked' };
	if (!row) return { ...said, content: 'unreadable' };
	const opened = Opened.parse(await recall(vault, row.box, openedContext(id)));
	if ('wrong' in opened) return { ...said, content: opened.wrong };
	const { header } = opened;
	const content = Content.safeParse(opened.content);
	if (!content.success) return { ...said, header, content: 'unknown' };
	// What is written on the outside and what is inside have to say the same.
	return { ...said, header, content: content.data.kind === kind ? content.data : 'misplaced' };
}
