/// <reference lib="webworker" />
import { keep, keepBytes, newDeviceKey } from '../lib/crypto/vault';
import { newId } from '../lib/domain/new-id';
import type { Shared } from '../lib/domain/shared';
import { LARGEST_SHARED, putShared, type SharedRow } from '../lib/store/shared';

const ADDRESS = '/share';

/**
 * What another app shares is posted to an address. The worker takes it, so that it never leaves the device: it puts it away
 * encrypted, locked or not, with a network or without, and the page that it leads to makes a draft of it.
 */
export function takeShares(worker: ServiceWorkerGlobalScope): void {
	worker.addEventListener('fetch', (event) => {
		const { method, url } = event.request;
		if (method === 'POST' && new URL(url).pathname === ADDRESS) event.respondWith(take(event.request));
	});
}

async function take(request: Request): Promise<Response> {
	// Where it could not be put away, the page finds nothing and says so.
	await putAway(await request.formData()).catch(() => undefined);
	return Response.redirect(new URL(ADDRESS, request.url).href, 303);
}

async function putAway(form: FormData): Promise<void> {
	const words = (name: string): string => form.getAll(name).find((value) => typeof value === 'string') ?? '';
	// A form in which no file was chosen has one without a name and without a byte.
	const files = form
		.getAll('files')
		.filter((value) => value instanceof File)
		.filter(({ name, size }) => name !== '' || size > 0);
	const key = await newDeviceKey();
	const id = newId((bytes) => crypto.getRandomValues(bytes));
	const shared: Shared = {
		title: words('title'),
		text: words('text'),
		url: words('url'),
		files: files.map(({ name, type, size }) => ({ name, type, size }))
	};
	const row: SharedRow = { at: Date.now(), id, key, box: await keep(key, shared, `shared|${id}`), files: [] };
	for (const [at, file] of files.entries()) row.files.push(await closed(file, `shared|${id}|${at}`));
	// The words count most: without room for the files, they are kept alone.
	await putShared(row).catch(() => putShared({ ...row, files: files.map(() => null) }));

	async function closed(file: File, context: string): Promise<SharedRow['files'][number]> {
		if (file.size > LARGEST_SHARED) return null;
		return keepBytes(key, new Uint8Array(await file.arrayBuffer()), context);
	}
}
