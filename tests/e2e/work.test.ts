/**
 * The slow steps of a sign-in as a person meets them: hardly, unless the clock is wrong, there were too many tries, or the
 * device has no memory for them.
 */
import { expect, test } from '@playwright/test';
import { openBrowser, PHONE, setStage, signIn, type Browser, type Stage } from './stage';

const DAY = 24 * 60 * 60 * 1000;

let stage: Stage;
let browser: Browser;
test.beforeAll(async () => {
	// As a server asks for it that was told nothing.
	stage = await setStage(undefined, { HEED_WORK_BITS: '' });
});
test.afterAll(() => stage.close());
test.beforeEach(async () => {
	browser = await openBrowser(PHONE);
});
test.afterEach(() => browser.close());

test('a sign-in shows the work that is asked for', async () => {
	const { url } = stage.server;
	expect(await (await fetch(`${url}/api/heed/facts`)).json()).toMatchObject({ work: 18 });
	const sent = browser.page.waitForRequest('**/auth-with-password*');
	await signIn(browser.page, url, stage.people.Ana);
	expect(await (await sent).headerValue('X-Heed-Work')).toMatch(/^\d{4}-\d{2}-\d{2}\.\d+$/);
});

test('a device whose date is wrong is told so', async () => {
	const { page } = browser;
	await page.clock.setFixedTime(Date.now() - 3 * DAY);
	await page.goto(`${stage.server.url}/sign-in`);
	await page.getByLabel('User name').fill(stage.people.Bartek.login);
	await page.getByLabel('Passphrase', { exact: true }).fill(stage.people.Bartek.passphrase);
	await page.getByRole('button', { name: 'Sign in' }).click();
	await expect(page.getByText('Please check its date and time')).toBeVisible();
});

test('after too many wrong passphrases the pause is said', async () => {
	const { page } = browser;
	await page.route('**/auth-with-password*', (route) => route.fulfill({ status: 429, json: {} }));
	await page.goto(`${stage.server.url}/sign-in`);
	await page.getByLabel('User name').fill(stage.people.Cora.login);
	await page.getByLabel('Passphrase', { exact: true }).fill(stage.people.Cora.passphrase);
	await page.getByRole('button', { name: 'Sign in' }).click();
	await expect(page.getByText('Please wait ten minutes')).toBeVisible();
});

test('a device that has no memory for it says so, and the next try opens', async () => {
	// With the pauses that follow wrong passphrases it would take longer.
	test.setTimeout(120_000);
	const { page } = browser;
	const worker = '**/stretch.worker-*.js';
	await page.route(worker, async (route) => {
		const response = await route.fetch();
		const full = "WebAssembly.compile = () => Promise.reject(new RangeError('out of memory'));";
		await route.fulfill({ response, body: full + (await response.text()) });
	});
	const stopped = page.getByText('This device could not finish this.');
	const { login, passphrase } = stage.people.Dorin;
	await page.goto(`${stage.server.url}/sign-in`);
	await page.getByLabel('User name').fill(login);
	await page.getByLabel('Passphrase', { exact: true }).fill(passphrase);
	for (let tries = 0; tries < 8; tries++) {
		await page.getByRole('button', { name: 'Sign in' }).click();
		await expect(stopped).toBeVisible();
	}
	await page.unroute(worker);
	await page.getByRole('button', { name: 'Sign in' }).click();
	await page.waitForURL((address) => !address.pathname.startsWith('/sign-in'));
});
