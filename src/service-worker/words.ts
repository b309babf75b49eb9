/// <reference lib="webworker" />
import { LOCALES } from '../lib/domain/lists';
import { spoken } from '../lib/domain/spoken';

const CACHE = 'heed-words';

/** The language that a file holds the words of, by its name; '' where it holds something else. */
export const localeOf = (path: string): string => /\/words\/([a-z]+)\.[^/]+\.js$/.exec(path)?.[1] ?? '';

/**
 * Keeps the words of the languages that are spoken on this device, each from the first time on. The others would be four
 * fifths of all words. In a cache of their own: no version takes a language away that an earlier one has kept.
 */
export function keepWords(worker: ServiceWorkerGlobalScope, files: readonly string[]): void {
	/** Fails, and keeps none, where one of them cannot be fetched or kept. */
	async function keep(locales: readonly string[]): Promise<void> {
		const here = await kept();
		const cache = await caches.open(CACHE);
		await cache.addAll(files.filter((path) => locales.includes(localeOf(path)) && !here.includes(path)));
	}

	async function keepSpoken(): Promise<void> {
		// A version before there was this cache kept all languages, and nobody knows which of them was chosen.
		const here = (await kept()).map(localeOf);
		const isUnknown = worker.registration.active !== null && here.length === 0;
		await keep(isUnknown ? LOCALES : spoken(worker.navigator.languages, here));
	}

	async function clear(): Promise<void> {
		const cache = await caches.open(CACHE);
		const old = (await kept()).filter((path) => !files.includes(path));
		await Promise.all(old.map((path) => cache.delete(path)));
	}

	async function answer(request: Request, path: string): Promise<Response> {
		// The server's answers vary by headers that a worker does not see.
		const find = () => caches.match(path, { cacheName: CACHE, ignoreVary: true });
		const here = await find();
		if (here) return here;
		// Where it cannot be kept it is fetched all the same, and the browser says what is wrong.
		await keep([localeOf(path)]).catch(() => undefined);
		return (await find()) ?? fetch(request);
	}

	worker.addEventListener('install', (event) => event.waitUntil(keepSpoken()));
	worker.addEventListener('activate', (event) => event.waitUntil(clear()));
	worker.addEventListener('fetch', (event) => {
		const { origin, pathname } = new URL(event.request.url);
		if (origin === worker.location.origin && files.includes(pathname))
			event.respondWith(answer(event.request, pathname));
	});
	// A page says what it speaks, and hears whether that is here.
	worker.addEventListener('message', (event: ExtendableMessageEvent) => {
		const { speak } = (event.data ?? {}) as { speak?: unknown };
		if (typeof speak !== 'string') return;
		const tell = (isHere: boolean): void => event.ports[0]?.postMessage(isHere);
		const done = keep([speak]).then(
			() => tell(true),
			() => tell(false)
		);
		event.waitUntil(done);
	});
}

/** Paths. */
async function kept(): Promise<string[]> {
	const requests = await (await caches.open(CACHE)).keys();
	return requests.map(({ url }) => new URL(url).pathname);
}
