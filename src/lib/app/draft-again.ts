/** An alert that was refused becomes a draft again, with all that went along with it. */
import { openPart } from '../crypto/envelope';
import type { Bytes } from '../crypto/bytes';
import { keep, keepBytes } from '../crypto/vault';
import type { Begun } from '../domain/begun';
import { carriedBy, renamed } from '../domain/carried';
import type { Alert, Attachment, Photo } from '../domain/alert';
import type { Content } from '../domain/content';
import { toDraft } from '../domain/draft';
import type { Id } from '../domain/id';
import type { Outgoing } from '../domain/outbox';
import type { Instead } from '../store/tray';
import { openIdentities } from '../sync/opening';
import { freshId } from '../sync/outgoing';
import { readTrust } from '../sync/trust';
import { device, type Here } from './here';
import { contentOf } from './tray';

type Unlocked = Here & { vault: CryptoKey };

/**
 * Under new ids: the old draft was sent, and a tab that still shows it does not write it again. `said`: its words and those
 * of what follows it; what was for few stays for few. Null where something of it does not open. `files`: as they were called.
 */
export async function draftAgain(
	now: Unlocked,
	item: Outgoing,
	alert: Alert,
	said: readonly Begun[]
): Promise<{ draft: Instead['draft']; files: Id[] } | null> {
	const { store, vault } = now;
	const beside = await besideOf(now, item);
	if (beside.includes(null)) return null;
	const names = beside.find((content) => content?.kind === 'names');
	const carried = { photos: alert.photos, files: [...(alert.files ?? []), ...(names?.files ?? [])] };
	const id = freshId();
	const files = new Map<Id, Id>();
	const pictures = [];
	for (const one of carriedBy(carried)) {
		const bytes = await bytesOf(now, item, one);
		if (!bytes) return null;
		const file = freshId();
		const box = await keepBytes(vault, bytes, `picture|${file}`);
		files.set(one.file, file);
		pictures.push({ file, draft: id, type: one.type, box, by: 'vault' as const });
	}
	const words = (isForFew: boolean): string[] =>
		said.flatMap(({ text, audience }) => ((audience === 'narrow') === isForFew ? [text] : []));
	const draft = toDraft(alert, id, (await store.cases.get(item.case))?.team ?? '', {
		story: words(false).join('\n\n'),
		names: [...(names?.text ? [names.text] : []), ...words(true)].join('\n\n'),
		police: beside.some((content) => content?.kind === 'opening') ? 'yes' : '',
		...renamed(carried, (file) => files.get(file) ?? null)
	});
	const box = await keep(vault, draft, `draft|${id}`);
	const row = { id, updated: Date.now(), dropped: 0, version: 1, box, by: 'vault' as const };
	return { draft: { row, pictures }, files: [...files.keys()] };
}

/** What else the item says: names for few, and that it is open to somebody more. */
async function besideOf(now: Unlocked, { id }: Outgoing): Promise<(Content | null)[]> {
	const writes = (await now.store.batches.get(id))?.writes ?? [];
	const others = writes.filter(({ collection, id: entry }) => collection === 'entries' && entry !== id);
	return Promise.all(others.map((entry) => contentOf(now, entry.id)));
}

/** From its sealed parts, which are all here: nothing of it was sent. Null where they do not open. */
async function bytesOf(
	{ store, vault, session }: Unlocked,
	item: Outgoing,
	{ file, parts: count }: Photo | Attachment
): Promise<Bytes | null> {
	const { account } = session;
	const rolls = await device.rolls();
	const [trust, identities] = [
		await readTrust(store, rolls),
		await openIdentities(store, vault, account, rolls)
	];
	const rows = await store.parts.where({ item: item.id }).toArray();
	const parts = rows
		.filter(({ fields }) => fields.file === file)
		.sort((a, b) => Number(a.fields.index) - Number(b.fields.index));
	const team = (await store.cases.get(item.case))?.team ?? '';
	const pieces: Bytes[] = [];
	for (const [index, { bytes, fields }] of parts.entries()) {
		const key = String(fields.key);
		const identity = await identities(key);
		if (!identity) return null;
		const place = { case: item.case, key, file, index, count, author: account };
		const opened = await openPart(bytes, place, identity, trust.verifiersOf(account, team, 0));
		if (!opened.ok) return null;
		pieces.push(opened.value);
	}
	return parts.length === count ? new Uint8Array(await new Blob(pieces).arrayBuffer()) : null;
}
