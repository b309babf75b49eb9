/** What is not sent yet. Only WebCrypto and IndexedDB: this must load fast and work with no network at all. */
import { keep, keepBytes, recall, recallBytes } from '../crypto/vault';
import type { Photo } from '../domain/content';
import { emptyDraft, isBlank } from '../domain/blank';
import type { Draft } from '../domain/draft';
import type { Id } from '../domain/id';
import type { Type } from '../domain/lists';
import { newId } from '../domain/new-id';
import { PART_BYTES } from '../domain/parts';
import { fail, ok, type Result } from '../domain/result';
import { dropDraft, type DraftRow } from '../store/person';
import { device, deviceKey, here, unlocked } from './here';

/** `opening`: the first words, null while locked. `updated` in ms. */
export type DraftLine = { id: Id; opening: string | null; type: Type | ''; updated: number };
export type PhotoError = {
	kind: 'not_picture' | 'too_large' | 'too_many_pixels' | 'undecodable' | 'too_many' | 'no_space';
};

export async function drafts(): Promise<DraftLine[]> {
	const now = await here();
	const rows = (await now?.store.drafts.toArray()) ?? [];
	const shown = rows.filter(({ dropped }) => dropped === 0).sort((a, b) => b.updated - a.updated);
	return Promise.all(
		shown.map(async (row) => {
			const draft = await read(row);
			const { story, type } = draft ?? { story: null, type: '' as const };
			return { id: row.id, opening: story?.slice(0, 120) ?? null, type, updated: row.updated };
		})
	);
}

/** For the only team there is, or for none yet. Nothing is stored until something is said. */
export async function newDraft(): Promise<Draft> {
	const teams = (await device.get('facts'))?.teams ?? [];
	const [only] = teams.length === 1 ? teams : [];
	return emptyDraft(freshId(), only?.id ?? '');
}

export async function draft(id: Id): Promise<Draft | 'locked' | null> {
	const now = await here();
	const row = await now?.store.drafts.get(id);
	if (!row || row.dropped > 0) return null;
	return (await read(row)) ?? 'locked';
}

const queue = new Map<Id, Promise<void>>();

/** Durable when it resolves. Calls for one draft land in the order they were made. */
export function saveDraft(draft: Draft): Promise<void> {
	const before = queue.get(draft.id) ?? Promise.resolve();
	const after = before.catch(() => undefined).then(() => write(draft));
	queue.set(draft.id, after);
	return after;
}

export async function discardDraft(id: Id): Promise<void> {
	const now = await here();
	await queue.get(id)?.catch(() => undefined);
	await now?.store.drafts.update(id, { dropped: Date.now() });
}

export async function restoreDraft(id: Id): Promise<void> {
	const now = await here();
	await now?.store.drafts.update(id, { dropped: 0 });
}

/** What was begun while locked moves under the vault, so that it can no longer be read without the passphrase. */
export async function adoptDrafts(): Promise<void> {
	const now = await unlocked();
	if (!now) return;
	const begun = (await now.store.drafts.toArray()).filter(({ by }) => by === 'device');
	for (const row of begun) {
		const draft = await read(row);
		const box = draft && (await keep(now.vault, draft, `draft|${row.id}`));
		// Only where nothing was typed meanwhile: the newer words win, and are adopted the next time.
		const same = now.store.drafts.where({ id: row.id }).filter(({ updated }) => updated === row.updated);
		if (box) await same.modify({ box, by: 'vault' });
	}
	for (const row of (await now.store.pictures.toArray()).filter(({ by }) => by === 'device')) {
		const picture = await pictureBytes(row.file);
		if (!picture) continue;
		const box = await keepBytes(now.vault, picture.bytes, `picture|${row.file}`);
		await now.store.pictures.update(row.file, { box, by: 'vault' });
	}
}

/** Discarding can be undone for a day; then the draft goes for good. */
export async function clearDropped(): Promise<void> {
	const now = await here();
	const old = (await now?.store.drafts.toArray()) ?? [];
	for (const { id, dropped } of old) {
		if (now && dropped > 0 && dropped < Date.now() - 86_400_000) await dropDraft(now.store, id);
	}
}

/** Re-encodes the picture (so that no metadata is left) and keeps it with the draft, whose `photos` the caller extends. */
export async function attach(draft: Id, file: File): Promise<Result<Photo, PhotoError>> {
	const now = await here();
	if (!now) throw new Error('nobody is at work here');
	const { encode } = await import('../picture/encode');
	const encoded = await encode(file);
	if (!encoded.ok) return encoded;
	const { bytes, type, width, height } = encoded.value;
	const id = freshId();
	const { key, by } = await writingKey();
	const box = await keepBytes(key, bytes, `picture|${id}`);
	try {
		await now.store.pictures.put({ file: id, draft, type, box, by });
	} catch (error) {
		if (error instanceof Error && /Quota/.test(`${error.name} ${error.message}`))
			return fail({ kind: 'no_space' });
		throw error;
	}
	return ok({
		file: id,
		type,
		bytes: bytes.length,
		width,
		height,
		parts: Math.ceil(bytes.length / PART_BYTES)
	});
}

export async function draftPhoto(file: Id): Promise<Blob | null> {
	const bytes = await pictureBytes(file);
	return bytes && new Blob([bytes.bytes], { type: bytes.type });
}

/** Null while it lies under a vault that is locked, or is not here. */
export async function pictureBytes(
	file: Id
): Promise<{ bytes: Uint8Array<ArrayBuffer>; type: string } | null> {
	const now = await here();
	const row = await now?.store.pictures.get(file);
	const key = row && (await readingKey(row.by));
	if (!row || !key) return null;
	return { bytes: await recallBytes(key, row.box, `picture|${file}`), type: row.type };
}

async function write(draft: Draft): Promise<void> {
	const now = await here();
	if (!now) throw new Error('nobody is at work here');
	if (isBlank(draft)) return dropDraft(now.store, draft.id);
	const { key, by } = await writingKey();
	const box = await keep(key, draft, `draft|${draft.id}`);
	await now.store.drafts.put({ id: draft.id, updated: Date.now(), dropped: 0, box, by });
}

async function read({ id, box, by }: DraftRow): Promise<Draft | null> {
	const key = await readingKey(by);
	if (!key) return null;
	// The schema's library loads only where there is something to read.
	const { Draft } = await import('../domain/draft');
	return Draft.parse(await recall(key, box, `draft|${id}`));
}

async function writingKey(): Promise<{ key: CryptoKey; by: 'vault' | 'device' }> {
	const vault = (await here())?.vault;
	return vault ? { key: vault, by: 'vault' } : { key: await deviceKey(), by: 'device' };
}

// What was begun while locked can be read on until the next unlocking, as the page that writes it needs to.
async function readingKey(by: 'vault' | 'device'): Promise<CryptoKey | null> {
	return by === 'device' ? deviceKey() : ((await here())?.vault ?? null);
}

const freshId = (): Id => newId((bytes) => crypto.getRandomValues(bytes));
