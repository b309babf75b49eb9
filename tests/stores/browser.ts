/**
 * What a page has and Node has not, for writing stores outside of one: to be imported before the app. No tab ever gets the
 * lead, so that nothing is sent but what the writer sends. Keys can be read back here, or nobody could keep them in a file.
 */
import 'fake-indexeddb/auto';

const kept = new Map<string, string>();
const never = new Promise<never>(() => undefined);
const locks = {
	request: (name: string, ...rest: unknown[]): Promise<unknown> =>
		name.startsWith('heed-say-') ? Promise.resolve((rest.at(-1) as () => unknown)()) : never,
	query: () => Promise.resolve({ held: [] })
};
const page = {
	navigator: { locks, userAgent: '' },
	location: { origin: 'http://heed.test', protocol: 'http:' },
	document: { visibilityState: 'hidden', cookie: '', addEventListener: () => undefined },
	localStorage: {
		getItem: (name: string) => kept.get(name) ?? null,
		setItem: (name: string, value: string) => void kept.set(name, value),
		removeItem: (name: string) => void kept.delete(name)
	},
	addEventListener: () => undefined,
	reportError: console.error,
	fetch: () => Promise.reject(new TypeError('there is no network'))
};
for (const [name, value] of Object.entries(page)) {
	Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
}

const { subtle } = crypto;
const generate = subtle.generateKey.bind(subtle) as (...all: unknown[]) => Promise<CryptoKey>;
Object.defineProperty(subtle, 'generateKey', {
	value: (algorithm: unknown, _: boolean, usages: unknown) => generate(algorithm, true, usages)
});
