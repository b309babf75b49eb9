import { GUARD_CACHE } from '../domain/kept';
import { isOutOfRoom } from '../domain/room';
import type { Store } from './person';

/**
 * Writes what a person wrote. Where there is no room for it, pictures that the server has make some, and it is written
 * once more, `sparing` what can be fetched again; if that fails too, the browser's own error is thrown (`isOutOfRoom`).
 */
export async function withRoom<T>(store: Store, write: (sparing: boolean) => PromiseLike<T>): Promise<T> {
	try {
		return await write(false);
	} catch (error) {
		if (!isOutOfRoom(error)) throw error;
		await makeRoom(store);
		return write(true);
	}
}

/**
 * Lets go of what can be fetched again: the names that the guard knows, and the kept pictures that the server has. rev 0 is
 * what no pull has brought back yet, be it one part: it stays.
 */
export async function makeRoom({ blobs, files }: Store): Promise<void> {
	if ('caches' in globalThis) {
		// One by one: a cache as a whole goes only when nobody has it open.
		const names = await caches.open(GUARD_CACHE);
		await Promise.all((await names.keys()).map((request) => names.delete(request)));
	}
	const parts = await blobs.toArray();
	const onlyHere = new Set(parts.filter(({ rev }) => rev === 0).map(({ file }) => file));
	await files.bulkDelete([...new Set(parts.map(({ file }) => file))].filter((file) => !onlyHere.has(file)));
}
