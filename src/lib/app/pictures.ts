/** Pictures in drafts. They are kept with them, and go with them. */
import { keepBytes, recallBytes } from '../crypto/vault';
import type { Photo } from '../domain/content';
import type { Id } from '../domain/id';
import { PART_BYTES } from '../domain/parts';
import { fail, ok, type Result } from '../domain/result';
import { isOutOfRoom } from '../domain/room';
import { withRoom } from '../store/room';
import { freshId, readingKey, writingKey } from './drafts';
import { here } from './here';

export type PhotoError = {
	kind: 'not_picture' | 'too_large' | 'too_many_pixels' | 'undecodable' | 'too_many' | 'no_space';
};

/** Re-encodes the picture (so that no metadata is left) and keeps it with the draft, whose `photos` the caller extends. */
export async function attach(draft: Id, file: File): Promise<Result<Photo, PhotoError>> {
	const now = await here();
	if (!now) throw new Error('nobody is at work here');
	const { hasRoom } = await import('./space');
	if (!(await hasRoom(now.store, file.size))) return fail({ kind: 'no_space' });
	const { encode } = await import('../picture/encode');
	const encoded = await encode(file);
	if (!encoded.ok) return encoded;
	const { bytes, type, width, height } = encoded.value;
	const id = freshId();
	const { key, by } = await writingKey();
	const box = await keepBytes(key, bytes, `picture|${id}`);
	try {
		await withRoom(now.store, () => now.store.pictures.put({ file: id, draft, type, box, by }));
	} catch (error) {
		if (isOutOfRoom(error)) return fail({ kind: 'no_space' });
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

/** A picture goes along with this draft, and no longer with the one it was put into. */
export async function movePicture(file: Id, draft: Id): Promise<void> {
	await (await here())?.store.pictures.update(file, { draft });
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
