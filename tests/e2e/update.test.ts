import { appendFile, cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import {
	APP,
	openBrowser,
	PHONE,
	setStage,
	signIn,
	waitUntilInstalled,
	type Browser,
	type Stage
} from './stage';

let stage: Stage;
let app: string;
let browser: Browser;
test.beforeEach(async () => {
	app = await mkdtemp(join(tmpdir(), 'heed-app-'));
	await cp(APP, app, { recursive: true });
	stage = await setStage(app);
	browser = await openBrowser(PHONE);
	await signIn(browser.page, stage.server.url, stage.people.Bartek);
	await waitUntilInstalled(browser.page);
});
test.afterEach(async () => {
	await browser.close();
	await stage.close();
	await rm(app, { recursive: true, force: true });
});

const story = (page: Page) => page.getByLabel('What happened?');
const message = (page: Page) => page.getByLabel('Your message');
const use = (page: Page) => page.getByRole('button', { name: 'Use it' });

async function begin(page: Page, words: string): Promise<void> {
	await page.goto(`${stage.server.url}/alert/new?at=all`);
	await story(page).fill(words);
	await page.waitForURL(/\/alert\/[a-z0-9]{15}\?at=all$/);
}

/** A deploy: the worker's script is another one now. */
const deploy = () => appendFile(join(app, 'service-worker.js'), '\n// the next version\n');

const isWaiting = (page: Page): Promise<boolean> =>
	page.evaluate(async () => !!(await navigator.serviceWorker.getRegistration())?.waiting);

/** The tab goes behind another one: a browser without a window never says so by itself. */
async function cover(page: Page, value = 'hidden'): Promise<void> {
	await page.evaluate((value) => {
		Object.defineProperty(document, 'visibilityState', { value, configurable: true });
		document.dispatchEvent(new Event('visibilitychange'));
	}, value);
}

/** All that is kept for the person at work, as it lies there; and which caches there are. */
const kept = (page: Page): Promise<{ rows: string; caches: string[]; databases: string }> =>
	page.evaluate(async () => {
		const databases = await indexedDB.databases();
		const rows: Record<string, unknown> = {};
		for (const { name = '' } of databases.filter(({ name }) => name?.startsWith('heed-'))) {
			const opened = indexedDB.open(name);
			await new Promise((resolve) => (opened.onsuccess = resolve));
			for (const table of ['drafts', 'begun', 'outbox', 'entries', 'opened', 'identities']) {
				const all = opened.result.transaction(table).objectStore(table).getAll();
				await new Promise((resolve) => (all.onsuccess = resolve));
				rows[`${name} ${table}`] = all.result;
			}
			opened.result.close();
		}
		const plain = (_: string, value: unknown): unknown =>
			value instanceof Uint8Array ? [...value].join(' ') : value;
		return {
			rows: JSON.stringify(rows, plain),
			caches: await caches.keys(),
			databases: JSON.stringify(databases.sort((a, b) => (a.name ?? '').localeCompare(b.name ?? '')))
		};
	});

test('a new version waits while somebody types, and costs no draft when it is taken', async () => {
	const { page, context } = browser;
	// It hears of the new version too late: a browser slows down the timers of what is behind, and this is the one for it.
	const behind = await context.newPage();
	await behind.addInitScript(() => {
		const after = setTimeout as (act: () => void, ms?: number) => number;
		const slow = (act: () => void, ms?: number): number => after(act, ms === 200 ? 600_000 : ms);
		Object.assign(window, { setTimeout: slow });
	});
	await behind.goto(stage.server.url);
	await begin(page, 'Half a sentence, then the bell');
	await deploy();
	await page.reload();
	await expect(use(page)).toBeVisible();
	await expect(story(page)).toHaveValue('Half a sentence, then the bell');
	await story(page).press('End');
	await story(page).pressSequentially(' rang.');
	await cover(page);
	expect(await isWaiting(page)).toBe(true);

	await expect(use(behind)).toHaveCount(0);
	const reloaded = [page, behind].map((tab) => tab.waitForEvent('load'));
	await use(page).click();
	await Promise.all(reloaded);
	await expect(story(page)).toHaveValue('Half a sentence, then the bell rang.');
	await expect(use(page)).toHaveCount(0);
});

test('a new version takes over by itself in all tabs once nobody types, and everything is there', async () => {
	const { page, context } = browser;
	const other = await context.newPage();
	await other.goto(stage.server.url);
	await other.getByRole('link', { name: /Answered/ }).click();
	await message(other).pressSequentially('Half a message');
	await begin(page, 'Half a sentence');
	await deploy();
	await other.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update());
	await expect(use(other)).toBeVisible();

	// One tab types; in the other somebody goes on to another screen, and then to another tab.
	let loads = 0;
	for (const tab of [page, other]) tab.on('load', () => loads++);
	await story(page).press('End');
	await story(page).pressSequentially(' and more');
	await other.getByRole('link', { name: 'Heed, Start' }).click();
	await other.getByRole('link', { name: /Answered/ }).click();
	// It goes away in the moment in which the screen has come: both are a reason to ask.
	await Promise.all([
		cover(other),
		other.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
	]);
	await expect(message(other)).toHaveValue('Half a message');
	await page.keyboard.type('.');
	await expect(story(page)).toHaveValue('Half a sentence and more.');
	expect(await isWaiting(other)).toBe(true);
	expect(loads).toBe(0);
	await cover(other, 'visible');

	await expect(use(page)).toBeVisible();
	await story(page).blur();
	// Until the last letter lies there.
	let before = await kept(other);
	const isStill = async (): Promise<boolean> => {
		const since = before;
		await page.waitForTimeout(500);
		before = await kept(other);
		return before.rows === since.rows;
	};
	await expect.poll(isStill, { intervals: [0] }).toBe(true);
	// Somebody looks at both, and asks for nothing.
	await page.waitForTimeout(2_500);
	expect(loads).toBe(0);
	const reloaded = [page, other].map((tab) => tab.waitForEvent('load'));
	await cover(page);
	await Promise.all(reloaded);
	await expect.poll(() => isWaiting(other)).toBe(false);
	await expect(use(other)).toHaveCount(0);
	await expect(message(other)).toHaveValue('Half a message');
	// What people wrote is no part of the app that was replaced.
	const after = await kept(other);
	expect(after).toEqual(before);
	expect(after.rows).toContain('drafts');
	expect(after.caches.every((name) => /^workbox-precache|^heed-(words|guard|online|team)$/.test(name))).toBe(
		true
	);

	await expect(story(page)).toHaveValue('Half a sentence and more.');
	await expect(page.getByRole('button', { name: 'Lock', exact: true })).toBeVisible();
});

test('a new version takes over when a screen is left, and not while something stands there that nothing keeps', async () => {
	const { page, context } = browser;
	const other = await context.newPage();
	await other.goto(`${stage.server.url}/recover`);
	await other.locator('main h1').waitFor();
	await deploy();
	await begin(page, 'Half a sentence');
	await expect(use(page)).toBeVisible();
	await page.getByRole('link', { name: 'Heed, Start' }).click();
	await page.getByRole('link', { name: /Half a sentence/ }).waitFor();
	expect(await isWaiting(page)).toBe(true);

	await other.close();
	// What a closed tab held is let go of a moment later.
	await expect
		.poll(() =>
			page.evaluate(async () =>
				(await navigator.locks.query()).held?.filter(({ name }) => name === 'heed-typing')
			)
		)
		.toEqual([]);
	const reloaded = page.waitForEvent('load');
	await page.getByRole('link', { name: /Half a sentence/ }).click();
	await reloaded;
	await expect(story(page)).toHaveValue('Half a sentence');
	await expect(use(page)).toHaveCount(0);
	await expect(page.getByRole('button', { name: 'Lock', exact: true })).toBeVisible();
});
