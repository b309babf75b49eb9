/** What was sent along in a case: kept here, or fetched in parts, opened and kept. */
import { keepBytes, recallBytes } from '../crypto/vault';
import type { Attachment, Photo } from '../domain/alert';
import { isOfType } from '../domain/file-type';
import type { Id } from '../domain/id';
import { fail, ok, type Result } from '../domain/result';
import { isOutOfRoom } from '../domain/room';
import { device, unlocked } from './here';

/** `other`: it is not what its sender says. */
export type AbsentFile = { kind: 'not_here' | 'damaged' | 'other' };

/** A picture that was drawn anew where it came from. */
export async function photo(id: Id, wanted: Photo): Promise<Result<Blob, { kind: 'not_here' | 'damaged' }>> {
	const bytes = await bytesOf(id, wanted);
	return bytes.ok ? ok(new Blob([bytes.value], { type: wanted.type })) : bytes;
}

/** Looked at before it is handed out: a recording as what it is, anything else as bytes that no browser opens by itself. */
export async function file(id: Id, wanted: Attachment): Promise<Result<Blob, AbsentFile>> {
	const bytes = await bytesOf(id, wanted);
	if (!bytes.ok) return bytes;
	if (!isOfType(bytes.value, wanted.type)) return fail({ kind: 'other' });
	const type = wanted.kind === 'voice' ? wanted.type : 'application/octet-stream';
	return ok(new Blob([bytes.value], { type }));
}

type Bytes = Promise<Result<Uint8Array<ArrayBuffer>, { kind: 'not_here' | 'damaged' }>>;

/** A screen asks again at each change; fetching takes longer than that. */
const beingFetched = new Map<Id, Bytes>();

function bytesOf(id: Id, wanted: Pick<Attachment, 'file' | 'parts'>): Bytes {
	const { file } = wanted;
	const asked = beingFetched.get(file) ?? fetchBytes(id, wanted).finally(() => beingFetched.delete(file));
	beingFetched.set(file, asked);
	return asked;
}

async function fetchBytes(id: Id, { file, parts }: Pick<Attachment, 'file' | 'parts'>): Bytes {
	const now = await unlocked();
	if (!now) return fail({ kind: 'not_here' });
	const { store, vault, session } = now;
	const kept = await store.files.get(file);
	if (kept) return ok(await recallBytes(vault, kept.box, `file|${file}`));

	const { fetchFile } = await import('../sync/files');
	const bytes = await fetchFile(store, vault, session, await device.rolls(), { case: id, file, parts });
	if (!bytes.ok) return bytes;
	// Without room it is shown all the same, and fetched again the next time.
	await store.files
		.put({ id: file, box: await keepBytes(vault, bytes.value, `file|${file}`) })
		.catch((error: unknown) => isOutOfRoom(error) || Promise.reject(error as Error));
	return bytes;
}
