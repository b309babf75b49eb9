/** The proof of work as a person meets it: hardly, unless the clock is wrong or there were too many tries. */
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
