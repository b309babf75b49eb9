/** What was refused comes back: words to write on, and acts that shall not happen. Loads age where it opens pictures. */
import { openPart } from '../crypto/envelope';
import type { Bytes } from '../crypto/bytes';
import { keep, keepBytes, recall } from '../crypto/vault';
import { together, type Begun } from '../domain/begun';
import type { Alert, Content, Photo } from '../domain/content';
import { toDraft } from '../domain/draft';
import type { Id } from '../domain/id';
import { AUDIENCES } from '../domain/lists';
import { Opened, openedContext } from '../domain/opened';
import type { Outgoing } from '../domain/outbox';
import { mayLeave, withFollowers } from '../domain/tray';
import { fail, ok, type Result } from '../domain/result';
import { isOutOfRoom } from '../domain/room';
import { takeOut, type Instead } from '../store/tray';
import { openIdentities, openNew } from '../sync/opening';
import { freshId } from '../sync/outgoing';
import { readTrust } from '../sync/trust';
import { inTurn } from './author';
import { begun, close } from './begun';
import { device, unlocked, type Here } from './here';
import { contentOf, wordsOf } from './tray';

/** `gone`: it was tried again, or more was said after it. `unreadable`: its words do not open here. */
export type TakeBackError = { kind: 'locked' | 'gone' | 'unreadable' | 'no_space' };
/** Where the words are now. */
export type TakenBack = { draft: Id } | { case: Id } | null;
type Unlocked = Here & { vault: CryptoKey };

/**
 * Takes a refused item back, with what can only be sent after it. An alert becomes a draft again, with the words of what
 * follows it below its own; a message becomes half-said words in its case; what has no words is gone.
 */
export async function takeBack(id: Id): Promise<Result<TakenBack, TakeBackError>> {
	const now = await unlocked();
	if (!now) return fail({ kind: 'locked' });
	return inTurn(now, async () => {
		const { store, vault, session } = now;
		// What was sent while the device was locked may not have been opened since.
		await openNew(store, vault, session.account, await device.rolls());
		const outbox = await store.outbox.toArray();
		const item = outbox.find((one) => one.id === id);
		if (!item || !mayLeave(item)) return fail({ kind: 'gone' });
		const leaving = withFollowers(item, outbox);
		const contents = await Promise.all(leaving.map((one) => contentOf(now, one.id)));
		const words = contents.flatMap((content) => (content && wordsOf(content)) ?? []).join('\n\n');
		const alert = contents.find((content) => content?.kind === 'alert');
		if (contents.includes(null)) return fail({ kind: 'unreadable' });

		const draft = alert ? await draftOf(now, item, alert, words) : null;
		if (alert && !draft) return fail({ kind: 'unreadable' });
		const half = alert ? null : await halfSaid(now, leaving, contents);
		const files = alert?.photos.map(({ file }) => file) ?? [];
		const said = await saidBy(now, leaving);
		try {
			for (;;) {
				const begun = half && (await belowBegun(now, item.case, half));
				const done = await takeOut(store, leaving, { draft, begun, files, said });
				if (done === 'gone') return fail({ kind: 'gone' });
				if (done === 'out') break;
			}
		} catch (error) {
			if (isOutOfRoom(error)) return fail({ kind: 'no_space' });
			throw error;
		}
		return ok(draft ? { draft: draft.row.id } : half ? { case: item.case } : null);
	});
}

/** Under new ids: the old draft was sent, and a tab that still shows it does not write it again. */
async function draftOf(
	now: Unlocked,
	item: Outgoing,
	alert: Alert,
	story: string
): Promise<Instead['draft']> {
	const { store, vault } = now;
	const routing = await store.cases.get(item.case);
	const id = freshId();
	const photos: Photo[] = [];
	const pictures = [];
	for (const photo of alert.photos) {
		const bytes = await pictureOf(now, item, photo);
		if (!bytes) return null;
		const file = freshId();
		const box = await keepBytes(vault, bytes, `picture|${file}`);
		photos.push({ ...photo, file });
		pictures.push({ file, draft: id, type: photo.type, box, by: 'vault' as const });
	}
	const draft = toDraft(alert, id, routing?.team ?? '', { story, photos });
	const box = await keep(vault, draft, `draft|${id}`);
	return { row: { id, updated: Date.now(), dropped: 0, version: 1, box, by: 'vault' }, pictures };
}

/** From its sealed parts, which are all here: nothing of it was sent. Null where they do not open. */
async function pictureOf(
	{ store, vault, session }: Unlocked,
	item: Outgoing,
	photo: Photo
): Promise<Bytes | null> {
	const { account } = session;
	const rolls = await device.rolls();
	const [trust, identities] = [
		await readTrust(store, rolls),
		await openIdentities(store, vault, account, rolls)
	];
	const rows = await store.parts.where({ item: item.id }).toArray();
	const parts = rows
		.filter(({ fields }) => fields.file === photo.file)
		.sort((a, b) => Number(a.fields.index) - Number(b.fields.index));
	const team = (await store.cases.get(item.case))?.team ?? '';
	const pieces: Bytes[] = [];
	for (const [index, { bytes, fields }] of parts.entries()) {
		const key = String(fields.key);
		const identity = await identities(key);
		if (!identity) return null;
		const place = { case: item.case, key, file: photo.file, index, count: photo.parts, author: account };
		const opened = await openPart(bytes, place, identity, trust.verifiersOf(account, team, 0));
		if (!opened.ok) return null;
		pieces.push(opened.value);
	}
	return parts.length === photo.parts ? new Uint8Array(await new Blob(pieces).arrayBuffer()) : null;
}

/** What this device, and no other one, counted. */
async function saidBy(
	{ store, vault, session }: Unlocked,
	items: readonly Outgoing[]
): Promise<Instead['said']> {
	const name = (await device.account(session.account))?.device;
	const rows = await store.opened.bulkGet(items.map(({ id }) => id));
	const opened = await Promise.all(
		rows.map(async (row) => row && Opened.parse(await recall(vault, row.box, openedContext(row.id))))
	);
	return opened.flatMap((one) =>
		one && 'header' in one && one.header.device === name ? [{ key: one.header.key, seq: one.header.seq }] : []
	);
}

/** Their words as one, for those whom they were for. */
async function halfSaid(
	{ store }: Unlocked,
	items: readonly Outgoing[],
	contents: readonly (Content | null)[]
): Promise<Begun | null> {
	const said: Begun[] = [];
	for (const [at, { id }] of items.entries()) {
		const content = contents[at];
		const text = content && wordsOf(content);
		if (!text) continue;
		const entry = await store.entries.get(id);
		const key = entry && (await store.keys.get(entry.key));
		said.push({ text, audience: AUDIENCES.find((name) => name === key?.name) ?? '' });
	}
	return said.length > 0 ? said.reduce(together) : null;
}

/** Below what was begun there already, and over no later writing of it. */
async function belowBegun({ vault }: Unlocked, id: Id, half: Begun): Promise<Instead['begun']> {
	const { words, at } = (await begun(id)) ?? { words: null, at: 0 };
	return { id, box: await close(vault, id, words ? together(words, half) : half), over: at };
}
