/// <reference lib="webworker" />
/**
 * Files that not everybody needs, each kept from when it is first wanted. In a cache of their own: no version takes away
 * what an earlier one has kept.
 */
export type Kept = {
	/** The paths that are here. */
	here: () => Promise<string[]>;
	/** Fails, and keeps none, where one of them cannot be fetched or kept. */
	keep: (paths: readonly string[]) => Promise<void>;
};

/**
 * Answers for `files`, which are paths of this version, and lets go of those of another. `along`: what is kept together
 * with a path.
 */
export function keptWhenWanted(
	worker: ServiceWorkerGlobalScope,
	name: string,
	files: readonly string[],
	along: (path: string) => readonly string[] = (path) => [path]
): Kept {
	async function here(): Promise<string[]> {
		const requests = await (await caches.open(name)).keys();
		return requests.map(({ url }) => new URL(url).pathname);
	}

	async function keep(paths: readonly string[]): Promise<void> {
		const known = await here();
		await (await caches.open(name)).addAll(paths.filter((path) => !known.includes(path)));
	}

	async function clear(): Promise<void> {
		const cache = await caches.open(name);
		const old = (await here()).filter((path) => !files.includes(path));
		await Promise.all(old.map((path) => cache.delete(path)));
	}

	async function answer(request: Request, path: string): Promise<Response> {
		// The server's answers vary by headers that a worker does not see.
		const find = () => caches.match(path, { cacheName: name, ignoreVary: true });
		const found = await find();
		if (found) return found;
		// Where it cannot be kept it is fetched all the same, and the browser says what is wrong.
		await keep(along(path)).catch(() => undefined);
		return (await find()) ?? fetch(request);
	}

	worker.addEventListener('activate', (event) => event.waitUntil(clear()));
	worker.addEventListener('fetch', (event) => {
		const { origin, pathname } = new URL(event.request.url);
		if (origin === worker.location.origin && files.includes(pathname))
			event.respondWith(answer(event.request, pathname));
	});
	return { here, keep };
}

/**
 * The same of files that are wanted together: from when one is first wanted on, all of them are kept, and those of each new
 * version too. A page may ask for them by this name before (`wanted` in the message).
 */
export function keptTogether(worker: ServiceWorkerGlobalScope, name: string, files: readonly string[]): void {
	const kept = keptWhenWanted(worker, name, files, () => files);
	const keepAll = async (): Promise<void> => {
		if ((await kept.here()).length > 0) await kept.keep(files);
	};
	// A version that cannot have them all does not wait for them: what is missing comes when it is wanted.
	worker.addEventListener('install', (event) => event.waitUntil(keepAll().catch(() => undefined)));
	worker.addEventListener('message', (event: ExtendableMessageEvent) => {
		const { wanted } = (event.data ?? {}) as { wanted?: unknown };
		if (wanted === name) event.waitUntil(kept.keep(files).catch(() => undefined));
	});
}
