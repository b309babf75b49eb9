/** Files in drafts, pictures first of all. They are kept with them, and go with them. */
import { keepBytes, recallBytes } from '../crypto/vault';
import { FILE_BYTES_MAX, type Attachment, type Photo } from '../domain/alert';
import { documentType, isOfType, pictureType, VOICE_TYPES, type FileType } from '../domain/file-type';
import type { Id } from '../domain/id';
import { PART_BYTES } from '../domain/parts';
import { fail, ok, type Result } from '../domain/result';
import { DRAWN, isOutOfRoom } from '../domain/room';
import type { Size } from '../picture/encode';
import { withRoom } from '../store/room';
import { freshId, readingKey, writingKey } from './drafts';
import { here } from './here';

export type PhotoError = {
	kind: 'not_picture' | 'too_large' | 'too_many_pixels' | 'undecodable' | 'too_many' | 'no_space';
};
/** `other`: not one of the kinds that are taken, or not what it says it is. `too_large`: for any of them. */
export type AttachError = { kind: 'other' | 'too_large' | 'no_space' };

/** Re-encodes the picture (so that no metadata is left) and keeps it with the draft, whose `photos` the caller extends. */
export async function attach(
	draft: Id,
	file: File,
	size: Size = 'usual'
): Promise<Result<Photo, PhotoError>> {
	if (!(await isRoomFor(Math.min(file.size, DRAWN[size])))) return fail({ kind: 'no_space' });
	const { encodeApart } = await import('../picture/encode-apart');
	const encoded = await encodeApart(file, size);
	if (!encoded.ok) return encoded;
	const { bytes, type, width, height } = encoded.value;
	const kept = await keepFile(draft, bytes, type);
	return kept.ok ? ok({ ...kept.value, type, width, height }) : kept;
}

/** Keeps the picture untouched, with all that the camera wrote into it; the caller extends the draft's `files`. */
export const keepOriginal = (draft: Id, file: File): Promise<Result<Attachment, AttachError>> =>
	asItIs(draft, file, pictureType, (type, kept) => ({ kind: 'original', type, name: nameOf(file), ...kept }));

/** Keeps a document as it is; the caller extends the draft's `files`. */
export const attachFile = (draft: Id, file: File): Promise<Result<Attachment, AttachError>> =>
	asItIs(
		draft,
		file,
		(bytes) => documentType(file.name, bytes),
		(type, kept) => ({ kind: 'document', type, name: nameOf(file), ...kept })
	);

/** Keeps what was recorded; the caller extends the draft's `files`. */
export const attachVoice = (
	draft: Id,
	recorded: Blob,
	seconds: number
): Promise<Result<Attachment, AttachError>> =>
	asItIs(
		draft,
		recorded,
		(bytes) => VOICE_TYPES.find((type) => isOfType(bytes, type)) ?? null,
		(type, kept) => ({ kind: 'voice', type, seconds: Math.round(seconds), ...kept })
	);

/** Looked at before anything else is done with it. */
async function asItIs<T extends FileType>(
	draft: Id,
	file: Blob,
	typeOf: (bytes: Uint8Array) => T | null,
	made: (type: T, kept: Kept) => Attachment
): Promise<Result<Attachment, AttachError>> {
	if (file.size > FILE_BYTES_MAX) return fail({ kind: 'too_large' });
	if (!(await isRoomFor(file.size))) return fail({ kind: 'no_space' });
	const bytes = new Uint8Array(await file.arrayBuffer());
	const type = bytes.length > 0 ? typeOf(bytes) : null;
	if (!type) return fail({ kind: 'other' });
	const kept = await keepFile(draft, bytes, type);
	return kept.ok ? ok(made(type, kept.value)) : kept;
}

type Kept = Pick<Attachment, 'file' | 'bytes' | 'parts'>;

async function keepFile(
	draft: Id,
	bytes: Uint8Array<ArrayBuffer>,
	type: FileType
): Promise<Result<Kept, { kind: 'no_space' }>> {
	const now = await atWork();
	const { store } = now;
	const file = freshId();
	const { key, by } = await writingKey(now);
	const box = await keepBytes(key, bytes, `picture|${file}`);
	try {
		await withRoom(store, () => store.pictures.put({ file, draft, type, box, by }));
	} catch (error) {
		if (isOutOfRoom(error)) return fail({ kind: 'no_space' });
		throw error;
	}
	return ok({ file, bytes: bytes.length, parts: Math.ceil(bytes.length / PART_BYTES) });
}

async function isRoomFor(size: number): Promise<boolean> {
	const { store } = await atWork();
	return (await import('./space')).hasRoom(store, size);
}

async function atWork() {
	const now = await here();
	if (!now) throw new Error('nobody is at work here');
	return now;
}

/** As it was called where it came from, as far as that is not too long. */
const nameOf = ({ name }: File): string => name.slice(-200) || '-';

/** A file goes along with this draft, and no longer with the one it was put into. */
export async function movePicture(file: Id, draft: Id): Promise<void> {
	await (await here())?.store.pictures.update(file, { draft });
}

/** Any file of a draft. */
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
