import { readdir, readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test, type Page } from '@playwright/test';
import { LOCALES } from '../../src/lib/domain/lists';
import { APP, openBrowser, PHONE, setStage, signIn, waitUntilInstalled, type Stage } from './stage';

const KB = 1000;
const WRITING_JS = 90 * KB;
const WHOLE_JS = 115 * KB;
const WRITING_ALL = 150 * KB;
const PRECACHE = 450 * KB;

let stage: Stage;
test.beforeAll(async () => {
	stage = await setStage();
});
test.afterAll(() => stage.close());

type Loaded = { path: string; wire: number; script: boolean };

/** Everything the page itself asks for, with its bytes on the wire (headers not counted, so it is added below). */
async function record(page: Page): Promise<Loaded[]> {
	const loaded: Loaded[] = [];
	const cdp = await page.context().newCDPSession(page);
	const known = new Map<string, { path: string; script: boolean }>();
	await cdp.send('Network.enable');
	cdp.on('Network.responseReceived', ({ requestId, response, type }) => {
		known.set(requestId, {
			path: new URL(response.url).pathname,
			script: type === 'Script' || response.mimeType.includes('javascript')
		});
	});
	cdp.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
		const what = known.get(requestId);
		if (what) loaded.push({ ...what, wire: encodedDataLength });
	});
	return loaded;
}

const sum = (loaded: Loaded[]) => loaded.reduce((total, { wire }) => total + wire, 0);

/** The scripts that these cannot run without: what they import, and what that imports. Paths as the browser asks for them. */
async function needed(paths: string[]): Promise<string[]> {
	const found = new Set<string>();
	const open = [...paths];
	for (let path = open.pop(); path; path = open.pop()) {
		if (found.has(path)) continue;
		found.add(path);
		const code = await readFile(join(APP, path), 'utf8');
		for (const [, from] of code.matchAll(/(?:from|import)\s*["'`](\.{1,2}\/[^"'`]+\.js)["'`]/g)) {
			open.push(posix.join(posix.dirname(path), from ?? ''));
		}
	}
	return [...found];
}

/** Which of these scripts hold a word in a language. */
async function saying(word: string, locale: string, paths: string[]): Promise<string[]> {
	const messages = new URL(`../../src/lib/i18n/messages/${locale}.json`, import.meta.url);
	const text = (JSON.parse(await readFile(messages, 'utf8')) as Record<string, string>)[word];
	if (!text) throw new Error(`no ${word} in ${locale}`);
	return holding(text, paths);
}

/** Which of these scripts hold this. */
async function holding(what: string, paths: string[]): Promise<string[]> {
	const codes = await Promise.all(paths.map((path) => readFile(join(APP, path), 'utf8')));
	return paths.filter((_, i) => codes[i]?.includes(what));
}

/** As gzip leaves them: on the wire each brings its headers along, which count in the whole. */
async function gzipped(paths: string[]): Promise<number> {
	const sizes = await Promise.all(
		paths.map(async (path) => gzipSync(await readFile(join(APP, path))).length)
	);
	return sizes.reduce((total, size) => total + size, 0);
}

/** Where an alert is begun, what says that it takes an answer, and what it may weigh until then. */
const STARTS = [
	{ name: 'question by question', path: '/alert/new', ready: 'input[name=urgency]', js: WRITING_JS },
	// Every question on one page, for whoever asked for it: they come in a piece of their own, with all the words.
	{ name: 'on one page', path: '/alert/new?at=all', ready: 'textarea[name=story]', js: WHOLE_JS }
];
for (const start of STARTS)
	test(`an alert, ${start.name}: its page is light, and loads nothing heavy`, async () => {
		const isWhole = start.js === WHOLE_JS;
		const { url } = stage.server;
		// Signed in, but as a first visit: no service worker and no cache help.
		const browser = await openBrowser({ ...PHONE, serviceWorkers: 'block' });
		await signIn(browser.page, url, stage.people.Ana, { worker: false });
		const cdp = await browser.context.newCDPSession(browser.page);
		await cdp.send('Network.enable');
		await cdp.send('Network.setCacheDisabled', { cacheDisabled: true });
		await browser.page.goto('about:blank');
		await cdp.send('Network.clearBrowserCache');

		const loaded = await record(browser.page);
		await browser.page.addInitScript((ready) => {
			new MutationObserver((_, observer) => {
				if (!document.querySelector(ready)) return;
				observer.disconnect();
				performance.mark('writable');
			}).observe(document, { childList: true, subtree: true });
		}, start.ready);
		await browser.page.goto(url + start.path);
		const field = browser.page.locator(start.ready).first();
		await field.waitFor();
		await browser.page.waitForLoadState('networkidle').catch(() => undefined);
		// What had arrived by the moment the field stood there; what comes after it (other questions, the engine) does not
		// keep anybody from answering.
		const arrived = await browser.page.evaluate(() => {
			const [mark] = performance.getEntriesByName('writable');
			const resources = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
			return resources
				.filter(({ responseEnd }) => mark && responseEnd <= mark.startTime)
				.map(({ name }) => new URL(name).pathname);
		});
		const before = loaded.filter(({ path }) => path === '/alert/new' || arrived.includes(path));
		await (isWhole ? field.fill('a') : field.click());
		await browser.page.waitForURL(/\/alert\/[a-z0-9]{15}/);

		const scripts = before.filter(({ script }) => script).map(({ path }) => path);
		// Quick hide, Kit's start, and the nodes of this route. How much of what is not needed has arrived as well depends on the moment.
		const roots = scripts.filter((path) => /\/(entry|nodes)\/|^\/hide\.js$/.test(path));
		expect(roots.length).toBe(6);
		// And the words of the form in the language of this browser. No other language travels, and no word of another screen.
		const word = isWhole ? 'q_story' : 'q_urgency';
		const said = await Promise.all(LOCALES.map((locale) => saying(word, locale, scripts)));
		const words = said[0] ?? [];
		expect(words.length).toBe(1);
		expect(said.flat()).toEqual(words);
		if (!isWhole) expect(await saying('sign_out_safe', 'en', scripts)).toEqual([]);
		// Nor the library of all shapes, which something small could take along that shares a piece with it.
		if (!isWhole) expect(await holding('invalid_type', scripts)).toEqual([]);
		const parts = isWhole
			? [...(await saying('q_urgency', 'en', scripts)), ...(await holding('rows="5"', scripts))]
			: [];
		expect(parts.length).toBeGreaterThanOrEqual(isWhole ? 2 : 0);
		const must = await needed([...roots, ...words, ...parts]);
		expect(scripts).toEqual(expect.arrayContaining(must));
		const js = await gzipped(must);
		console.log(
			`an alert, ${start.name}: scripts ${js} B gzip, all ${sum(before)} B on the wire, ${before.length} requests`
		);
		expect(must.length).toBeGreaterThan(10);
		expect(js).toBeLessThanOrEqual(start.js);
		// What else has begun to travel by then depends on the moment, as above.
		const wire = sum(before.filter(({ path, script }) => !script || must.includes(path)));
		expect(wire).toBeLessThanOrEqual(WRITING_ALL);
		await browser.close();
	});

test('a screen stands before age, Argon2id and the PocketBase SDK are asked for', async () => {
	const { url } = stage.server;
	const browser = await openBrowser({ ...PHONE, serviceWorkers: 'block' });
	const html = await (await fetch(`${url}/sign-in`)).text();
	const loaded = await record(browser.page);
	await browser.page.goto(`${url}/sign-in`);
	await browser.page.getByLabel('User name').waitFor();
	const sofar = [...loaded];
	const bodies = await Promise.all(
		sofar.filter(({ script }) => script).map(({ path }) => readFile(join(APP, path), 'utf8'))
	);
	const text = html + bodies.join('\n');
	const all = (await readdir(join(APP, '_app'), { recursive: true })).filter((path) => path.endsWith('.js'));
	const build = await Promise.all(all.map((path) => readFile(join(APP, '_app', path), 'utf8')));
	for (const mark of ['age-encryption.org/v1', 'WebAssembly', 'autoCancellation']) {
		expect(text.includes(mark), mark).toBe(false);
		// The mark is right: it stands somewhere in the build.
		expect(
			build.some((code) => code.includes(mark)),
			mark
		).toBe(true);
	}
	await browser.close();
});

test('after one visit everything is on the device, and it starts without a network every time', async () => {
	const { url } = stage.server;
	const browser = await openBrowser(PHONE);
	await signIn(browser.page, url, stage.people.Bartek);
	await waitUntilInstalled(browser.page);

	const cached = await browser.page.evaluate(async () => {
		const paths: string[] = [];
		for (const name of await caches.keys()) {
			for (const request of await (await caches.open(name)).keys()) paths.push(new URL(request.url).pathname);
		}
		return paths;
	});
	const sizes = await Promise.all(
		cached.map(async (path) => gzipSync(await readFile(join(APP, path))).length)
	);
	const total = sizes.reduce((all, size) => all + size, 0);
	console.log(`precached: ${cached.length} files, ${total} B gzip`);
	expect(cached.length).toBeGreaterThan(20);
	expect(cached.filter((path) => path.endsWith('.png'))).toEqual([]);
	expect(total).toBeLessThanOrEqual(PRECACHE);
	// Bartek is of no team: its screens are no load of his.
	expect(cached.filter(isOfTeam)).toEqual([]);

	await browser.context.setOffline(true);
	for (const path of ['/', '/alert/new', '/settings', '/case/abcdefghijklmno', '/library', '/unlock', '/']) {
		await browser.page.goto(`${url}${path}`);
		await expect(browser.page.locator('main h1, main h2').first()).toBeVisible();
		await browser.page.reload();
		await expect(browser.page.locator('main h1, main h2').first()).toBeVisible();
	}
	await browser.close();
});

for (const [whose, isTheirs] of [
	['a team’s', (path: string) => isOfTeam(path)],
	['that is kept when it is wanted', (path: string) => path.includes('/immutable/online/')]
] as const)
	test(`no other screen needs one ${whose}`, async () => {
		const all = (await readdir(join(APP, '_app'), { recursive: true })).filter((path) =>
			path.endsWith('.js')
		);
		const paths = all.map((path) => `/_app/${path}`);
		const [theirs, others] = [paths.filter(isTheirs), paths.filter((path) => !isTheirs(path))];
		expect(theirs.length).toBeGreaterThan(5);
		const reached = await needed(others);
		expect(reached.length).toBeGreaterThan(30);
		expect(reached.filter(isTheirs)).toEqual([]);
		// The walk is right: it needs what all have.
		expect((await needed(theirs)).filter((path) => !isTheirs(path)).length).toBeGreaterThan(5);
	});

test('a team’s screens are on its members’ devices before they open one', async () => {
	const { url } = stage.server;
	const { context, page, close } = await openBrowser(PHONE);
	await signIn(page, url, stage.people.Cora);
	const kept = () =>
		page.evaluate(async () => {
			const requests = await (await caches.open('heed-team')).keys();
			return requests.map((request) => new URL(request.url).pathname);
		});
	await expect.poll(async () => (await kept()).filter(isOfTeam).length).toBeGreaterThan(0);
	await context.setOffline(true);
	await page.goto(`${url}/team`);
	await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
	await close();
});

const isOfTeam = (path: string): boolean => path.includes('/immutable/team/');

test('a language comes when it is chosen, once with a network, and stays', async () => {
	const { url } = stage.server;
	const { context, page, close } = await openBrowser(PHONE);
	await signIn(page, url, stage.people.Bartek);
	const words = () =>
		page.evaluate(async () => {
			const requests = await (await caches.open('heed-words')).keys();
			return requests.map((request) => /words\/(\w+)/.exec(request.url)?.[1]).sort();
		});
	const choose = (language: string) => page.locator('.language select').selectOption(language);
	const title = (name: string) => page.getByRole('heading', { name, level: 1 });
	expect(await words()).toEqual(['en', 'en', 'en']);

	await page.goto(`${url}/settings`);
	await context.setOffline(true);
	await choose('hu');
	await expect(page.getByRole('alert').getByText('Magyar is not on this device yet.')).toBeVisible();
	await expect(page.locator('.language select')).toHaveValue('en');
	await expect(title('Settings')).toBeVisible();

	await context.setOffline(false);
	await choose('hu');
	await expect(title('Beállítások')).toBeVisible();
	expect(await words()).toEqual(['en', 'en', 'en', 'hu', 'hu', 'hu']);
	await context.setOffline(true);
	for (const [language, name] of [
		['en', 'Settings'],
		['hu', 'Beállítások']
	] as const) {
		await choose(language);
		await expect(title(name)).toBeVisible();
		await page.reload();
		await expect(title(name)).toBeVisible();
	}

	// Where a browser has let go of the words, a start without a network finds others.
	await page.evaluate(async () => {
		const cache = await caches.open('heed-words');
		for (const request of await cache.keys())
			if (request.url.includes('/words/hu')) await cache.delete(request);
	});
	const cdp = await context.newCDPSession(page);
	await cdp.send('Network.enable');
	await cdp.send('Network.clearBrowserCache');
	await page.reload();
	await expect(title('Settings')).toBeVisible();
	await expect(page.locator('html')).toHaveAttribute('lang', 'en');
	await context.setOffline(false);
	await page.reload();
	await expect(title('Beállítások')).toBeVisible();
	await close();
});
