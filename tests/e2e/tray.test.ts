/** What waits is in the tray: it is carried to another device, arrives once, and comes back where it was refused. */
import { readFile } from 'node:fs/promises';
import { expect, test, type Page } from '@playwright/test';
import { gpsPhoto } from './gps-photo';
import { fillAlert, openBrowser, PHONE, setStage, signIn, TABLET, type Stage } from './stage';

let stage: Stage;
test.beforeAll(async () => {
	stage = await setStage();
});
test.afterAll(() => stage.close());

async function write(page: Page, story: string): Promise<void> {
	await page.goto(`${stage.server.url}/alert/new?at=all`);
	await fillAlert(page, { place: 'Dunapart', when: 'yesterday', story });
	const photo = await gpsPhoto(page);
	await page
		.locator('input[type=file]')
		.setInputFiles({ name: 'IMG_1.jpg', mimeType: 'image/jpeg', buffer: photo });
	await expect(page.getByRole('img', { name: 'Photo 1' })).toBeVisible();
}

async function send(page: Page): Promise<void> {
	await page.getByRole('button', { name: 'Send' }).click();
	await page.waitForURL(/\/case\//);
}

/** Every row of a table of the person's own. */
const rows = (page: Page, table: string): Promise<unknown[]> =>
	page.evaluate(async (name) => {
		const own = (await indexedDB.databases()).find((one) => one.name?.startsWith('heed-'))?.name ?? '';
		const db = await new Promise<IDBDatabase>((resolve) => {
			const asked = indexedDB.open(own);
			asked.onsuccess = () => resolve(asked.result);
		});
		const all = await new Promise<unknown[]>((resolve) => {
			const asked = db.transaction(name).objectStore(name).getAll();
			asked.onsuccess = () => resolve(asked.result as unknown[]);
		});
		db.close();
		return all;
	}, table);

test('an alert that finds no network is carried to another device, arrives from there, and arrives once', async () => {
	const { url } = stage.server;
	const phone = await openBrowser(PHONE);
	await signIn(phone.page, url, stage.people.Ana);
	await phone.context.setOffline(true);
	await write(phone.page, 'Stickers at the bus stop in the old town');
	await send(phone.page);

	// By keyboard alone, from the line that says that something waits.
	const link = phone.page.getByRole('link', { name: '1 thing not sent yet.' });
	await link.focus();
	await phone.page.keyboard.press('Enter');
	await expect(phone.page.getByRole('heading', { name: 'Stickers at the bus stop' })).toBeVisible();
	await expect(phone.page.locator('article')).toContainText('Waiting for a network');
	const button = phone.page.getByRole('button', { name: 'Save all as a sealed file' });
	await button.focus();
	const [download] = await Promise.all([
		phone.page.waitForEvent('download'),
		phone.page.keyboard.press('Enter')
	]);
	expect(download.suggestedFilename()).toMatch(/^heed-not-sent-\d{4}-\d\d-\d\d\.age$/);
	const file = await readFile(await download.path());
	expect(file.subarray(0, 21).toString()).toBe('age-encryption.org/v1');
	await expect(phone.page.getByRole('heading', { name: 'Stickers at the bus stop' })).toBeVisible();

	const tablet = await openBrowser(TABLET);
	await signIn(tablet.page, url, stage.people.Ana);
	await tablet.page.goto(`${url}/settings`);
	await tablet.page.getByRole('link', { name: 'Not sent yet' }).click();
	await expect(tablet.page.getByText('Everything has arrived.')).toBeVisible();
	const input = tablet.page.locator('input[type=file]');
	await input.setInputFiles({ name: 'x.age', mimeType: '', buffer: file.subarray(0, -1) });
	await expect(tablet.page.getByRole('alert')).toContainText('does not open');
	await input.setInputFiles({ name: 'x.age', mimeType: '', buffer: file });
	await expect(tablet.page.getByText('1 thing taken in.')).toBeVisible();
	await expect.poll(() => rows(tablet.page, 'outbox')).toEqual([]);
	await expect.poll(() => rows(tablet.page, 'blobs')).toHaveLength(1);
	await input.setInputFiles({ name: 'x.age', mimeType: '', buffer: file });
	await expect(tablet.page.getByText('1 was here already, or has arrived.')).toBeVisible();
	await tablet.page.goto(url);
	await tablet.page.getByRole('link', { name: /Stickers at the bus stop/ }).click();
	await expect(tablet.page.getByText('It has arrived').first()).toBeVisible();
	await expect(tablet.page.locator('img[src^="blob:"]').first()).toBeVisible();

	// The phone finds its network: what is there already is not there twice.
	await phone.context.setOffline(false);
	await expect.poll(() => rows(phone.page, 'outbox')).toEqual([]);
	await expect(phone.page.getByText('Everything has arrived.')).toBeVisible();
	const cora = await openBrowser(TABLET);
	await signIn(cora.page, url, stage.people.Cora);
	await cora.page.goto(`${url}/team`);
	await expect(cora.page.getByRole('link', { name: /Stickers at the bus stop/ })).toHaveCount(1);
	expect(await rows(cora.page, 'blobs')).toHaveLength(1);
	await Promise.all([phone.close(), tablet.close(), cora.close()]);
});

test('what was refused comes back as a draft, with its words and its picture, and is sent again', async () => {
	const { url } = stage.server;
	const { page, context, close } = await openBrowser(PHONE);
	await signIn(page, url, stage.people.Bartek);
	// Until further notice the server takes nothing that is written.
	let refuses = true;
	await context.route('**/api/batch', (route) =>
		refuses
			? route.fulfill({ status: 400, contentType: 'application/json', body: '{"status":400,"data":{}}' })
			: route.continue()
	);
	await write(page, 'Leaflets in the sports hall');
	await send(page);
	await expect(page.getByText('The server did not accept it').first()).toBeVisible();
	await page.getByRole('main').getByRole('link', { name: 'Not sent yet' }).click();
	await expect(page.locator('article')).toContainText('The server did not accept it');

	refuses = false;
	await page.getByRole('button', { name: 'Edit' }).click();
	await page.waitForURL(/\/alert\//);
	await expect(page.getByLabel('What happened?')).toHaveValue('Leaflets in the sports hall');
	await expect(page.getByRole('img', { name: 'Photo 1' })).toBeVisible();
	expect(await rows(page, 'outbox')).toEqual([]);
	expect(await rows(page, 'drafts')).toHaveLength(1);
	await page.getByLabel('What happened?').fill('Leaflets in the sports hall, again');
	await send(page);
	await expect(page.getByText('It has arrived').first()).toBeVisible();
	await expect(page.locator('img[src^="blob:"]').first()).toBeVisible();
	await page.goto(url);
	await expect(page.getByRole('link', { name: /Leaflets/ })).toHaveCount(1);
	await close();
});
