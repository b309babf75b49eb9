/** The same words in two tabs, or in one that ends too early: nothing that was typed is lost, and it is sent once. */
import { expect, test, type Page } from '@playwright/test';
import { addOperator } from '../server';
import {
	fillAlert,
	openBrowser,
	PHONE,
	setStage,
	signIn,
	TABLET,
	unlock,
	waitUntilInstalled,
	type Browser,
	type Stage
} from './stage';

const WORDS = { place: 'Dunapart', when: 'yesterday' };
/** What the demo people have in their queue. */
const STORY = /Na przystanku przed szkołą/;

let stage: Stage;
let operator = '';
let open: Browser[] = [];
test.beforeAll(async () => {
	stage = await setStage();
	const [identity, password] = ['operator@example.org', 'operator-passphrase'];
	await addOperator(stage.server, identity, password);
	const answer = await fetch(`${stage.server.url}/api/collections/_superusers/auth-with-password`, {
		method: 'POST',
		headers: { 'Content-Type': 'application/json' },
		body: JSON.stringify({ identity, password })
	});
	operator = ((await answer.json()) as { token: string }).token;
});
test.afterEach(async () => {
	await Promise.all(open.map((browser) => browser.close()));
	open = [];
});
test.afterAll(() => stage.close());

/** How many rows the server has. */
async function count(collection: 'cases' | 'entries'): Promise<number> {
	const answer = await fetch(`${stage.server.url}/api/collections/${collection}/records?perPage=1`, {
		headers: { Authorization: operator }
	});
	return ((await answer.json()) as { totalItems: number }).totalItems;
}

const story = (page: Page) => page.getByLabel('What happened?');
const send = (page: Page) => page.getByRole('button', { name: 'Send' });
const isKept = (page: Page) => page.waitForURL(/\/alert\/[a-z0-9]{15}\?at=all$/);

/** A browser whose tabs can fall asleep. */
async function browse(options: Parameters<typeof openBrowser>[0] = PHONE): Promise<Browser> {
	const browser = await openBrowser(options);
	open.push(browser);
	// A tab that learns nothing of the others, as one that the system has put to sleep: what it asks stays without answer.
	await browser.context.addInitScript(() => {
		// eslint-disable-next-line @typescript-eslint/unbound-method -- called on each store below
		const get = IDBObjectStore.prototype.get;
		IDBObjectStore.prototype.get = function (key) {
			const isAsleep = sessionStorage.getItem('asleep') !== null;
			const isNews = /^(drafts|begun)$/.test(this.name) && this.transaction.mode === 'readonly';
			if (!isAsleep || !isNews) return get.call(this, key);
			sessionStorage.setItem('asleep', 'missed');
			return {} as IDBRequest;
		};
	});
	return browser;
}

/** Somebody with one draft, open in two tabs. */
async function twoTabs(words: string): Promise<[Page, Page]> {
	const browser = await browse();
	await signIn(browser.page, stage.server.url, stage.people.Ana);
	await browser.page.goto(`${stage.server.url}/alert/new?at=all`);
	await fillAlert(browser.page, { ...WORDS, story: words });
	await isKept(browser.page);
	const second = await browser.context.newPage();
	await second.goto(browser.page.url());
	await expect(story(second)).toHaveValue(words);
	return [browser.page, second];
}

const fallAsleep = (page: Page) => page.evaluate(() => sessionStorage.setItem('asleep', ''));
const wakeUp = (page: Page) => page.evaluate(() => sessionStorage.clear());
const drafts = (page: Page) => page.locator('section', { hasText: 'Drafts' }).getByRole('listitem');

test('two tabs write one draft together: each shows what the other wrote, and the caret stays', async () => {
	const [first, second] = await twoTabs('Stickers at the bus stop.');
	await story(second).focus();
	await story(second).evaluate((field: HTMLTextAreaElement) => field.setSelectionRange(8, 8));
	await story(first).press('End');
	await story(first).pressSequentially(' Again.');
	await expect(story(second)).toHaveValue('Stickers at the bus stop. Again.');
	await second.keyboard.type(' everywhere');
	await expect(story(first)).toHaveValue('Stickers everywhere at the bus stop. Again.');
	await first.goto(stage.server.url);
	await expect(drafts(first)).toHaveCount(1);
});

test('two tabs write over each other: both versions are kept, and each goes on by itself', async () => {
	const [first, second] = await twoTabs('Two boys');
	const photo = second.locator('input[type=file]');
	await photo.setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer: await picture(second) });
	await expect(second.getByRole('img', { name: 'Photo 1' })).toBeVisible();
	await expect(first.getByRole('img', { name: 'Photo 1' })).toBeVisible();
	const draft = first.url();
	await fallAsleep(second);
	await story(first).fill('Two boys in the hall');
	await story(second).fill('Two boys at the gate');
	await expect(second.getByText('This alert was changed in another tab as well.')).toBeVisible();
	await expect(story(second)).toBeFocused();
	await second.waitForURL((url) => url.href !== draft);
	await wakeUp(second);
	await second.keyboard.type(', laughing');
	await expect(second.getByRole('img', { name: 'Photo 1' })).toBeVisible();
	const third = await second.context().newPage();
	await third.goto(second.url());
	await expect(story(third)).toHaveValue('Two boys at the gate, laughing');
	await expect(third.getByRole('img', { name: 'Photo 1' })).toBeVisible();
	await third.close();
	expect(first.url()).toBe(draft);
	await expect(story(first)).toHaveValue('Two boys in the hall');

	await first.goto(stage.server.url);
	await expect(drafts(first)).toHaveCount(2);
	await first.getByRole('link', { name: /at the gate, laughing/ }).waitFor();
	await first.getByRole('link', { name: /in the hall/ }).click();
	// The other one loses nothing when one of them is sent.
	const cases = await count('cases');
	await send(first).click();
	await first.waitForURL(/\/case\//);
	await expect.poll(() => count('cases')).toBe(cases + 1);
	await expect(second.getByRole('img', { name: 'Photo 1' })).toBeVisible();
	await send(second).click();
	await second.waitForURL(/\/case\//);
	await expect.poll(() => count('cases')).toBe(cases + 2);
});

test('two tabs send one draft at once: it is one alert, and both lead to it', async () => {
	const [first, second] = await twoTabs('Sent by two at once.');
	const cases = await count('cases');
	// Pressed at once in both: whoever waits for the button to be still may come when the other's alert has gone.
	await Promise.all(
		[first, second].map((page) => send(page).evaluate((button: HTMLElement) => button.click()))
	);
	await Promise.all([first, second].map((page) => page.waitForURL(/\/case\//)));
	expect(first.url()).toBe(second.url());
	await expect(first.getByText('It has arrived').first()).toBeVisible();
	expect(await count('cases')).toBe(cases + 1);
	await first.goto(stage.server.url);
	await expect(first.getByRole('link', { name: /Sent by two at once/ })).toHaveCount(1);
	await expect(drafts(first)).toHaveCount(0);
});

test('sent in one tab: the other says so, or keeps what was typed there since', async () => {
	const [first, second] = await twoTabs('Sent from here.');
	const third = await first.context().newPage();
	await third.goto(first.url());
	await story(third).waitFor();
	await fallAsleep(third);
	await send(first).click();
	await first.waitForURL(/\/case\//);
	await expect(second.getByRole('heading', { name: 'This alert has been sent.' })).toBeVisible();
	await second.getByRole('link', { name: 'See the alert' }).click();
	await second.waitForURL(first.url());

	await story(third).press('End');
	await story(third).pressSequentially(' And then?');
	await expect(third.getByText('This alert was sent in another tab.')).toBeVisible();
	await second.goto(stage.server.url);
	await expect(drafts(second)).toHaveCount(1);
	await second.getByRole('link', { name: 'And then?' }).click();
	await expect(story(second)).toHaveValue('Sent from here. And then?');
});

test('words that another tab has written over are not sent in silence', async () => {
	const [first, second] = await twoTabs('An old word');
	await fallAsleep(second);
	await story(first).fill('A newer word');
	await expect(first.getByText('Saved on this phone')).toBeVisible();
	const cases = await count('cases');
	await send(second).click();
	await expect(second.getByText('This alert was changed in another tab as well.')).toBeVisible();
	await wakeUp(second);
	await second.getByRole('link', { name: 'See the other version' }).click();
	await expect(story(second)).toHaveValue('A newer word');
	await second.goto(stage.server.url);
	await expect(drafts(second)).toHaveCount(2);
	expect(await count('cases')).toBe(cases);
});

test('discarded in one tab: the other offers to undo it', async () => {
	const [first, second] = await twoTabs('Thrown away');
	await first.getByRole('button', { name: 'Discard' }).click();
	await first.getByRole('dialog').getByRole('button', { name: 'Discard' }).click();
	await expect(second.getByRole('heading', { name: 'The draft is discarded.' })).toBeVisible();
	await second.getByRole('button', { name: 'Undo' }).click();
	await expect(story(second)).toHaveValue('Thrown away');
});

test('a photo that is removed by mistake comes back in its place', async () => {
	const [page] = await twoTabs('With three photos');
	const buffer = await picture(page);
	const files = ['a', 'b', 'c'].map((name) => ({ name: `${name}.png`, mimeType: 'image/png', buffer }));
	await page.locator('input[type=file]').setInputFiles(files);
	await expect(page.getByRole('img', { name: 'Photo 3' })).toBeVisible();
	const [first, second, third] = await shown(page);
	await page.getByRole('button', { name: 'Remove photo 2' }).click();
	await expect(page.getByRole('status').filter({ hasText: 'Photo 2 is removed.' })).toBeVisible();
	await page.getByRole('button', { name: 'Remove photo 1' }).click();
	await expect(page.getByRole('img')).toHaveCount(1);
	await expect(page.getByRole('button', { name: 'Undo' }).first()).toBeFocused();
	await page.keyboard.press('Enter');
	await expect(page.getByRole('img', { name: 'Photo 1' })).toBeVisible();
	await expect(page.getByRole('button', { name: 'Remove photo 1' })).toBeFocused();
	expect(await shown(page)).toEqual([first, second, third]);
	await page.getByRole('button', { name: 'Undo' }).click();
	await expect(page.getByRole('img', { name: 'Photo 2' })).toBeVisible();
	expect(await shown(page)).toEqual([first, second, third]);
	await page.getByRole('button', { name: 'Remove photo 3' }).click();
	const later = await page.context().newPage();
	await later.goto(page.url());
	await expect(later.getByRole('img')).toHaveCount(2);
	expect(await shown(later)).toEqual([first, second]);
});

const shown = (page: Page): Promise<(string | undefined)[]> =>
	page.locator('[data-photo]').evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset.photo));

test.describe('words in a case', () => {
	const message = (page: Page) => page.getByLabel('Your message');

	/** Somebody of the team, in the same case in two tabs. */
	async function inCase(): Promise<[Page, Page]> {
		const { page, context } = await browse(TABLET);
		await signIn(page, stage.server.url, stage.people.Cora);
		await page.goto(`${stage.server.url}/team`);
		await page.getByRole('link', { name: STORY }).click();
		await message(page).waitFor();
		const second = await context.newPage();
		await second.goto(page.url());
		await message(second).waitFor();
		return [page, second];
	}

	test('are there after a reload, in another tab, and with the key again, each time for whom they were meant', async () => {
		const [first, second] = await inCase();
		await waitUntilInstalled(first);
		const audience = (page: Page) => page.locator('form').getByRole('radio', { name: 'Team', exact: true });
		await first.locator('form').getByText('Team', { exact: true }).click();
		await expect(audience(first)).toBeChecked();
		await message(first).pressSequentially('Only half a');
		await expect(message(second)).toHaveValue('Only half a');
		await message(second).press('End');
		await message(second).pressSequentially(' thought');
		await expect(message(first)).toHaveValue('Only half a thought');
		for (const page of [first, second]) await expect(audience(page)).toBeChecked();
		await second.close();
		await first.reload();
		await expect(message(first)).toHaveValue('Only half a thought');
		await expect(audience(first)).toBeChecked();

		const address = first.url();
		await first.getByRole('button', { name: 'Lock', exact: true }).click();
		await expect(message(first)).toHaveCount(0);
		await expect(first.getByText('Only half a thought')).toHaveCount(0);
		await first.goto(address);
		await unlock(first, stage.people.Cora);
		await expect(message(first)).toHaveValue('Only half a thought');
		await expect(audience(first)).toBeChecked();
	});

	test('of two tabs that do not hear each other are all kept, and said once', async () => {
		const [first, second] = await inCase();
		const entries = await count('entries');
		await message(first).fill('Hello');
		await expect(message(second)).toHaveValue('Hello');
		await fallAsleep(second);
		await message(first).fill('Hello from here');
		await expect.poll(() => second.evaluate(() => sessionStorage.getItem('asleep'))).toBe('missed');
		await wakeUp(second);
		await message(second).focus();
		await message(second).evaluate((field: HTMLTextAreaElement) => field.setSelectionRange(5, 5));
		await second.keyboard.type(' and there');
		await expect(message(second)).toHaveValue('Hello from here\nHello and there');
		await expect(message(first)).toHaveValue('Hello from here\nHello and there');
		await second.reload();
		await message(first).fill('Said by two tabs');
		await expect(message(second)).toHaveValue('Said by two tabs');
		await Promise.all([first, second].map((page) => page.getByRole('button', { name: 'Send' }).click()));
		await expect(message(first)).toHaveValue('');
		await expect(message(second)).toHaveValue('');
		await expect.poll(() => count('entries')).toBeGreaterThan(entries);
		await expect(first.getByRole('article').filter({ hasText: 'Said by two tabs' })).toHaveCount(1);
		await expect(first.getByText('Not sent yet')).toHaveCount(0);
	});
});

async function picture(page: Page): Promise<Buffer> {
	const url = await page.evaluate(() => {
		const canvas = Object.assign(document.createElement('canvas'), { width: 40, height: 30 });
		canvas.getContext('2d')?.fillRect(0, 0, 20, 20);
		return canvas.toDataURL('image/png');
	});
	return Buffer.from(url.split(',')[1] ?? '', 'base64');
}
