/** Without an account: alert first, then a return code that leads back and goes nowhere. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, type Page, type Request } from '@playwright/test';
import { readCode } from '../../src/lib/crypto/code';
import { LOCALES } from '../../src/lib/domain/lists';
import {
	fillAlert,
	openBrowser,
	PHONE,
	setStage,
	signIn,
	TABLET,
	waitUntilInstalled,
	type Browser,
	type Stage,
	onOnePage
} from './stage';

const STORY = 'Two boys in year nine drew symbols on a bench behind the hall.';
const ANSWER = 'Thank you. We will speak to the hall keeper tomorrow.';
const BACK = 'There was a third one today.';
const WORDS = { place: 'Dunapart', when: 'yesterday', story: STORY };

let stage: Stage;
test.beforeAll(async () => {
	// The real price of a door without a name.
	stage = await setStage(undefined, { HEED_WORK_BITS: '8' });
});
test.afterAll(() => stage.close());

/** Everything that a browser sends from here on: addresses, headers and bodies. */
function sent(browser: Browser): string[] {
	const all: string[] = [];
	browser.context.on('request', (request: Request) => {
		const body = request.postDataBuffer()?.toString('latin1') ?? '';
		all.push(`${request.method()} ${request.url()}\n${JSON.stringify(request.headers())}\n${body}`);
	});
	return all;
}

/** The first visit, until the phone has what it needs to write without a network. */
async function visit(page: Page, url: string): Promise<void> {
	const roll = page.waitForResponse(/\/api\/heed\/roll\//);
	await page.goto(url);
	await waitUntilInstalled(page);
	await (await roll).finished();
}

async function begin(page: Page, url: string): Promise<void> {
	await page.goto(url);
	await page.getByRole('button', { name: 'Write without an account' }).click();
	await page.waitForURL('**/alert/new');
}

/** The draft is kept, and has its own address. */
async function kept(page: Page): Promise<void> {
	await page.waitForURL(/\/alert\/[a-z0-9]{15}\?at=all$/);
	await expect(page.getByText('Saved on this phone', { exact: true })).toBeVisible();
	// That was said of the first letters already: the last ones need a moment to lie there, too.
	await page.waitForTimeout(500);
}

async function cardOf(page: Page): Promise<string[]> {
	const words = page.locator('ol.numbered li span:last-child');
	await words.last().waitFor();
	return words.allInnerTexts();
}

/** Answers what is asked with what the card said. */
async function prove(page: Page, words: readonly string[]): Promise<void> {
	await page.getByRole('button', { name: 'I have kept it' }).click();
	for (const field of await page.getByLabel(/^Word \d+$/).all()) {
		const id = (await field.getAttribute('id')) ?? '';
		const label = await page.locator(`label[for="${id}"]`).textContent();
		await field.fill(words[Number(/\d+/.exec(label ?? '')?.[0]) - 1] ?? '');
	}
	await page.getByRole('button', { name: 'Check' }).click();
	await page.getByRole('heading', { name: 'Your return code is kept' }).waitFor();
}

async function comeBack(page: Page, url: string, words: string): Promise<void> {
	await page.goto(`${url}/sign-in`);
	await page.getByRole('link', { name: 'I have a return code' }).click();
	await page.getByLabel('Return code').fill(words);
	await page.getByRole('button', { name: 'Come back' }).click();
}

async function lists(): Promise<string[][]> {
	const texts = await Promise.all(
		LOCALES.map((locale) => readFile(new URL(`../../src/lib/words/${locale}.txt`, import.meta.url), 'utf8'))
	);
	return texts.map((text) => text.trim().split('\n'));
}

test('an alert comes first, and its code leads back from anywhere without ever being sent', async () => {
	const { url } = stage.server;
	const phone = await openBrowser(PHONE);
	const requests = sent(phone);
	await visit(phone.page, url);

	// No network: everything up to sending happens here.
	await phone.context.setOffline(true);
	await begin(phone.page, url);
	await fillAlert(phone.page, WORDS);
	await kept(phone.page);
	// A reload, a lock, a tab that the system has ended: it opens again without words, and nothing is lost.
	await phone.page.reload();
	await expect(phone.page.getByLabel('What happened?')).toHaveValue(STORY);
	await phone.page.getByRole('button', { name: 'Lock' }).click();
	await phone.page.goto(`${url}/unlock?to=${new URL(url).pathname}`);
	await expect(phone.page.getByText('this phone opens without it')).toBeVisible();
	await phone.page.locator('form').getByRole('button', { name: 'Unlock' }).click();
	await phone.page.getByRole('link', { name: /Draft, only on this phone/ }).click();
	// Up to here nothing of it was even tried to be sent.
	expect(requests.filter((one) => one.startsWith('POST'))).toEqual([]);
	await phone.page.getByRole('button', { name: 'Send' }).click();

	await phone.page.waitForURL(/\/code\?/);
	const words = await cardOf(phone.page);
	expect(words).toHaveLength(10);
	await phone.page.getByRole('link', { name: 'I will do this later' }).click();
	await phone.page.waitForURL('**/case/*');
	await expect(phone.page.getByText(/Waiting for a network|Ready to go/).first()).toBeVisible();

	// The network is back, and nobody touches the phone.
	await phone.context.setOffline(false);
	await expect(phone.page.getByText('It has arrived').first()).toBeVisible();

	const tablet = await openBrowser(TABLET);
	await signIn(tablet.page, url, stage.people.Cora);
	await tablet.page.goto(`${url}/team`);
	await tablet.page.getByRole('link', { name: /symbols on a bench/ }).click();
	await expect(tablet.page.getByText(STORY).last()).toBeVisible();
	await expect(tablet.page.getByRole('button', { name: 'without an account' })).toBeVisible();
	await expect(tablet.page.getByText('Person seeking advice').first()).toBeVisible();
	await tablet.page.getByLabel('Your message').fill(ANSWER);
	await tablet.page.getByRole('button', { name: 'Send' }).click();
	await expect(phone.page.getByText(ANSWER)).toBeVisible();

	await phone.page.goto(url);
	await phone.page.getByRole('link', { name: /return code is not kept yet/ }).click();
	expect(await cardOf(phone.page)).toEqual(words);
	await prove(phone.page, words);
	await phone.page.goto(url);
	expect(await phone.page.getByText('not kept yet').count()).toBe(0);
	// From here on this phone needs the words as well.
	await phone.page.getByRole('button', { name: 'Lock' }).click();
	await phone.page.goto(`${url}/unlock`);
	await phone.page.locator('form').getByRole('button', { name: 'Unlock' }).click();
	await expect(phone.page.getByText('Please type your return code.')).toBeVisible();
	await phone.page.getByLabel('Return code').fill(words.join(' ').toUpperCase());
	await phone.page.locator('form').getByRole('button', { name: 'Unlock' }).click();
	await phone.page.getByRole('link', { name: /symbols on a bench/ }).click();
	await expect(phone.page.getByText(ANSWER)).toBeVisible();

	// Another device, on which somebody first mistypes.
	const other = await openBrowser(PHONE);
	const others = sent(other);
	await comeBack(other.page, url, [words[1], words[0], ...words.slice(2)].join(' '));
	await expect(other.page.getByText('together they are no return code')).toBeVisible();
	await other.page.getByLabel('Return code').fill(['xyzzy', ...words.slice(1)].join(' '));
	await other.page.getByRole('button', { name: 'Come back' }).click();
	await expect(other.page.getByText('Word 1, “xyzzy”')).toBeVisible();
	await other.page.getByLabel('Return code').fill(words.slice(1).join(' '));
	await other.page.getByRole('button', { name: 'Come back' }).click();
	await expect(other.page.getByText('Words typed: 9.')).toBeVisible();
	await other.page.getByLabel('Return code').fill(`1. ${words.join(',\n')}`);
	await other.page.getByRole('button', { name: 'Come back' }).click();
	await other.page.getByRole('link', { name: /symbols on a bench/ }).click();
	await expect(other.page.getByText(ANSWER)).toBeVisible();
	await other.page.getByLabel('Your message').fill(BACK);
	await other.page.getByRole('button', { name: 'Send' }).click();
	await expect(tablet.page.getByText(BACK)).toBeVisible();
	await expect(phone.page.getByText(BACK)).toBeVisible();

	await Promise.all([phone.close(), other.close(), tablet.close()]);
	await isNowhere(words, [...requests, ...others]);
});

/** Neither the words nor the bytes they stand for are in what was sent, or in what the server keeps and prints. */
async function isNowhere(words: readonly string[], requests: readonly string[]): Promise<void> {
	const read = await readCode(words.join(' '), await lists());
	if (!read.ok) throw new Error('the card is no code');
	const bytes = Buffer.from(read.value);
	const forms = [
		words.join(' '),
		words.slice(0, 2).join(' '),
		words.slice(0, 2).join('%20'),
		bytes.toString('hex').slice(0, -2),
		bytes.toString('base64').slice(0, -1),
		bytes.toString('base64url').slice(0, -1),
		bytes.subarray(0, 11).toString('latin1')
	];
	const names = await readdir(stage.server.dataDir, { recursive: true, withFileTypes: true });
	const files = names.filter((file) => file.isFile()).map((file) => join(file.parentPath, file.name));
	const kept = await Promise.all(files.map((path) => readFile(path, 'latin1')));
	const places = [...requests, ...kept, stage.server.logs()];
	// The search itself works: what was sent, and what the server may know, is found.
	expect(requests.some((one) => one.includes('X-Heed-Work'.toLowerCase()))).toBe(true);
	expect(requests.some((one) => one.includes('"login":"r-'))).toBe(true);
	expect(kept.some((one) => one.includes('Dunapart'))).toBe(true);
	for (const form of forms) expect(places.filter((one) => one.includes(form)).length, form).toBe(0);
}

test('signing out before the code was kept loses nothing; a server that answers with another row gets nothing', async () => {
	const { url } = stage.server;
	const { page, context, close } = await openBrowser(PHONE);
	await begin(page, url);
	await onOnePage(page);
	await page.getByLabel('What happened?').fill('A draft that stays.');
	await kept(page);
	await page.goto(`${url}/settings`);
	await expect(page.getByText('Your return code is not kept yet')).toBeVisible();
	await page.getByRole('link', { name: 'Show the return code' }).click();
	const words = await cardOf(page);
	await page.goto(`${url}/settings`);
	await page.getByRole('button', { name: 'Sign out' }).click();
	await page.getByRole('button', { name: /^Go on: / }).click();
	await page.getByRole('link', { name: /A draft that stays/ }).click();
	await fillAlert(page, { ...WORDS, story: 'A draft that stays, and goes.' });
	await page.getByRole('button', { name: 'Send' }).click();
	await page.waitForURL(/\/code\?/);
	await page.getByRole('link', { name: 'I will do this later' }).click();
	await expect(page.getByText('It has arrived').first()).toBeVisible();
	await page.goto(`${url}/settings`);
	await page.getByRole('button', { name: 'Sign out' }).click();
	await page.getByRole('button', { name: /^Go on: / }).waitFor();
	await close();

	// Somebody else's row, in answer to this code.
	const thief = await openBrowser(PHONE);
	await signIn(thief.page, url, stage.people.Ana, { worker: false });
	const ana = await thief.page.evaluate(async () => {
		const open = indexedDB.open('heed');
		await new Promise((resolve) => (open.onsuccess = resolve));
		const all = open.result.transaction('accounts').objectStore('accounts').getAll();
		await new Promise((resolve) => (all.onsuccess = resolve));
		const [{ id, recipient, verifier }] = all.result as [Record<string, string>];
		return { id, recipient, verifier };
	});
	await thief.close();
	const other = await openBrowser(PHONE);
	let lies = true;
	await other.context.route('**/auth-with-password', async (route) => {
		const answer = await route.fetch();
		const { record, ...rest } = (await answer.json()) as { record: object };
		await route.fulfill({ response: answer, json: { ...rest, record: { ...record, ...(lies && ana) } } });
	});
	await comeBack(other.page, url, words.join(' '));
	await expect(other.page.getByText('Nothing is here under this code.')).toBeVisible();
	lies = false;
	await other.page.getByRole('button', { name: 'Come back' }).click();
	await other.page.getByRole('link', { name: /A draft that stays, and goes/ }).waitFor();
	await other.close();
	expect(context.pages()).toEqual([]);
});

test('a lost answer to the sign-up costs nothing', async () => {
	const { url } = stage.server;
	const { page, context, close } = await openBrowser({ ...PHONE, serviceWorkers: 'block' });
	await begin(page, url);
	let lost = 0;
	await context.route('**/api/collections/users/records', async (route) => {
		if (route.request().method() !== 'POST' || lost > 0) return route.fallback();
		lost++;
		await route.fetch();
		await route.abort();
	});
	await fillAlert(page, { ...WORDS, story: 'An answer went missing.' });
	await page.getByRole('button', { name: 'Send' }).click();
	await page.waitForURL(/\/code\?/);
	await page.getByRole('link', { name: 'I will do this later' }).click();
	await expect(page.getByText('It has arrived').first()).toBeVisible();
	expect(lost).toBe(1);
	await close();
});

test('kept, locked and reloaded before there is a network: the alert goes all the same', async () => {
	const { url } = stage.server;
	const { page, context, close } = await openBrowser(PHONE);
	await visit(page, url);
	await context.setOffline(true);
	await begin(page, url);
	await fillAlert(page, { ...WORDS, story: 'It went while nobody could read it.' });
	await kept(page);
	await page.getByRole('button', { name: 'Send' }).click();
	await page.waitForURL(/\/code\?/);
	const words = await cardOf(page);
	await prove(page, words);
	await page.getByRole('button', { name: 'Lock' }).click();
	await page.getByText('Your alerts are locked.').waitFor();
	await page.reload();
	await page.getByText('Your alerts are locked.').waitFor();
	await context.setOffline(false);
	await expect(page.getByText('It has arrived')).toBeVisible();

	// Whoever finds the phone now finds nothing to tap: the words are asked for.
	await page.goto(`${url}/code`);
	await page.getByText('There is no return code to keep here').waitFor();
	await page.goto(`${url}/unlock`);
	await page.getByLabel('Return code').fill(words.join(' '));
	await page.locator('form').getByRole('button', { name: 'Unlock' }).click();
	await page.getByRole('link', { name: /It went while nobody/ }).waitFor();
	await close();
});

test('a team closes this door: it is not offered, and what waits for it is kept', async () => {
	const { url } = stage.server;
	const [phone, desk] = [await openBrowser(PHONE), await openBrowser(TABLET)];
	await visit(phone.page, url);
	await begin(phone.page, url);
	await fillAlert(phone.page, { ...WORDS, story: 'Written before the door was shut.' });
	await phone.context.setOffline(true);
	await kept(phone.page);

	await signIn(desk.page, url, stage.people.Eszter);
	await desk.page.goto(`${url}/team/rules`);
	const door = desk.page.getByRole('checkbox', { name: /Also without an account/ });
	await door.uncheck();
	await desk.page.getByRole('button', { name: 'Save' }).click();
	await desk.page.getByText('It counts for the whole team').waitFor();

	// Sent before this phone knew: it waits, and says why.
	await phone.page.getByRole('button', { name: 'Send' }).click();
	await phone.page.waitForURL(/\/code\?/);
	await phone.page.getByRole('link', { name: 'I will do this later' }).click();
	await phone.context.setOffline(false);
	await expect(
		phone.page.getByText('The team does not take alerts without an account any more.').first()
	).toBeVisible();
	await phone.page.goto(`${url}/alert/new?at=all`);
	await fillAlert(phone.page, { ...WORDS, story: 'Written after it.' });
	await phone.page.getByRole('button', { name: 'Send' }).click();
	await expect(
		phone.page.getByText('This team does not take alerts without an account any more')
	).toBeVisible();

	const fresh = await openBrowser(PHONE);
	await fresh.page.goto(url);
	await fresh.page.getByRole('link', { name: 'Sign in' }).waitFor();
	expect(await fresh.page.getByRole('button', { name: 'Write without an account' }).count()).toBe(0);
	await fresh.close();

	// The door opens again, and what waited goes.
	await door.check();
	await desk.page.getByRole('button', { name: 'Save' }).click();
	await desk.page.getByText('It counts for the whole team').waitFor();
	await phone.page.goto(url);
	await phone.page.getByRole('link', { name: /before the door was shut/ }).click();
	await expect(phone.page.getByText('It has arrived').first()).toBeVisible();
	await Promise.all([phone.close(), desk.close()]);
});
