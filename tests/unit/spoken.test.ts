/** Which languages a phone has the words of, as its service worker decides it. */
import { beforeEach, expect, test, vi } from 'vitest';
import { spoken } from '../../src/lib/domain/spoken';
import { keepWords } from '../../src/service-worker/words';

const HOST = 'https://heed.example';
const pathsOf = (version: string, locales = ['en', 'pl', 'de', 'ro', 'hu']) =>
	locales.flatMap((locale) =>
		['a', 'b'].map((part) => `/_app/immutable/words/${locale}.${part}${version}.js`)
	);

let cache: Map<string, Response>;
let reached: boolean;
beforeEach(() => {
	cache = new Map();
	reached = true;
	const fetched = (path: string): Response => {
		if (!reached) throw new TypeError('no network');
		return new Response(`fetched ${path}`);
	};
	vi.stubGlobal('fetch', ({ url }: Request) => Promise.resolve().then(() => fetched(new URL(url).pathname)));
	vi.stubGlobal('caches', {
		match: (path: string) => Promise.resolve(cache.get(path)?.clone()),
		open: () =>
			Promise.resolve({
				keys: () => Promise.resolve([...cache.keys()].map((path) => ({ url: HOST + path }))),
				delete: (path: string) => Promise.resolve(cache.delete(path)),
				addAll: async (paths: string[]) => {
					await Promise.resolve();
					for (const [path, response] of paths.map((path) => [path, fetched(path)] as const))
						cache.set(path, response);
				}
			})
	});
	return () => vi.unstubAllGlobals();
});

/** A worker of a version, on a device that reads these languages. */
function worker(version: string, languages: string[], { active = false } = {}) {
	const listeners = new Map<string, (event: object) => void>();
	const scope = {
		location: { origin: HOST },
		navigator: { languages },
		registration: { active: active ? {} : null },
		addEventListener: (name: string, listener: (event: object) => void) => listeners.set(name, listener)
	};
	keepWords(scope as unknown as ServiceWorkerGlobalScope, pathsOf(version), (locale) => {
		chosen = locale;
		return Promise.resolve();
	});
	const happen = (name: string, event: object = {}): Promise<unknown> => {
		let work: unknown;
		const take = (promise: unknown): unknown => (work = promise);
		listeners.get(name)?.({ waitUntil: take, respondWith: take, ...event });
		return Promise.resolve(work);
	};
	return {
		install: () => happen('install'),
		activate: () => happen('activate'),
		ask: (path: string) => happen('fetch', { request: new Request(HOST + path) }) as Promise<Response>,
		speak: async (locale: string) => {
			const answers: unknown[] = [];
			const ports = [{ postMessage: (answer: unknown) => answers.push(answer) }];
			await happen('message', { data: { speak: locale }, ports });
			return answers;
		}
	};
}

/** What the last page has said that it speaks. */
let chosen = '';

const here = () => [...cache.keys()].sort();

test('the languages that a browser names are those that are kept, and English where it names none of ours', () => {
	expect(spoken(['de-AT', 'en', 'fr'], [])).toEqual(['en', 'de']);
	expect(spoken(['ro'], ['hu'])).toEqual(['ro', 'hu']);
	expect(spoken(['fr-FR', 'nl'], [])).toEqual(['en']);
	expect(spoken(['fr-FR'], ['pl'])).toEqual(['pl']);
});

test('a phone fetches the words of its own languages alone', async () => {
	await worker('1', ['de-DE', 'hu']).install();
	expect(here()).toEqual(pathsOf('1', ['de', 'hu']).sort());
});

test('a new version brings the languages that the last one had, and lets go of the old words when it takes over', async () => {
	const first = worker('1', ['de']);
	await first.install();
	await first.speak('ro');
	const next = worker('2', ['de'], { active: true });
	await next.install();
	expect(here()).toEqual([...pathsOf('1', ['de', 'ro']), ...pathsOf('2', ['de', 'ro'])].sort());
	await next.activate();
	expect(here()).toEqual(pathsOf('2', ['de', 'ro']).sort());
});

test('after a version that kept all of them every language stays', async () => {
	await worker('2', ['de'], { active: true }).install();
	expect(here()).toEqual(pathsOf('2').sort());
});

test('an install without a network fails, and is no half', async () => {
	reached = false;
	await expect(worker('1', ['de']).install()).rejects.toThrow('no network');
	expect(here()).toEqual([]);
});

test('a page that speaks a language hears that it is here, or that it is not', async () => {
	const phone = worker('1', ['en']);
	await phone.install();
	expect(await phone.speak('pl')).toEqual([true]);
	expect(here()).toEqual(pathsOf('1', ['en', 'pl']).sort());
	reached = false;
	expect(await phone.speak('pl')).toEqual([true]);
	expect(await phone.speak('hu')).toEqual([false]);
	expect(chosen).toBe('pl');
	expect(here()).toEqual(pathsOf('1', ['en', 'pl']).sort());
});

test('words that are asked for are fetched once, and stay without a network', async () => {
	const phone = worker('1', ['en']);
	const [path = ''] = pathsOf('1', ['hu']);
	expect(await (await phone.ask(path)).text()).toBe(`fetched ${path}`);
	reached = false;
	expect(await (await phone.ask(path)).text()).toBe(`fetched ${path}`);
	await expect(phone.ask(pathsOf('1', ['ro'])[0] ?? '')).rejects.toThrow('no network');
});

test('nothing else is answered', async () => {
	expect(await worker('1', ['en']).ask('/_app/immutable/chunks/x.js')).toBeUndefined();
	expect(await worker('1', ['en']).ask('/_app/immutable/words/hu.a2.js')).toBeUndefined();
});
