/** Where it was: found in the list as one types, without a network too; and anything else as text. */
import { expect, test, type Locator, type Page } from '@playwright/test';
import { openBrowser, PHONE, setStage, signIn, type Browser, type Stage } from './stage';

let stage: Stage;
let browser: Browser;
test.beforeAll(async () => {
	stage = await setStage();
	browser = await openBrowser(PHONE);
	await signIn(browser.page, stage.server.url, stage.people.Ana);
	await expect.poll(() => lists(browser.page)).toEqual(['places HU']);
});
test.afterAll(async () => {
	await browser.close();
	await stage.close();
});

/** Of which countries the municipalities are on the device. */
const lists = (page: Page): Promise<string[]> =>
	page.evaluate(async () => {
		if (!(await indexedDB.databases()).some(({ name }) => name === 'library')) return [];
		const opening = indexedDB.open('library');
		const db = await new Promise<IDBDatabase>((resolve) => {
			opening.onsuccess = () => resolve(opening.result);
		});
		const asking = db.transaction('rows').objectStore('rows').getAllKeys();
		const keys = await new Promise<string[]>((resolve) => {
			asking.onsuccess = () => resolve(asking.result as string[]);
		});
		db.close();
		return keys.filter((key) => key.startsWith('places'));
	});

async function toPlace(at: 'all' | 'place'): Promise<{ page: Page; field: Locator; options: Locator }> {
	const { page } = browser;
	await page.goto(`${stage.server.url}/alert/new?at=${at}`);
	return {
		page,
		field: page.getByRole('combobox', { name: 'In which municipality?' }),
		options: page.getByRole('listbox').getByRole('option')
	};
}

test("the team's own area stands there, and one tap goes on", async () => {
	const { page, field } = await toPlace('place');
	const own = page.getByRole('button', { name: 'Dunapart' });
	await expect(own).toContainText('The area of your team');
	await field.fill('D');
	await expect(own).toHaveCount(0);
	await field.fill('');
	await own.tap();
	await expect(page.getByRole('heading', { name: 'When was it?' })).toBeVisible();
	await page.goBack();
	await expect(field).toHaveValue('Dunapart');
	await expect(own).toHaveAttribute('aria-pressed', 'true');
});

test('without a network and by keys alone: the arrows go through what was found, Enter chooses, Escape closes', async () => {
	await browser.context.setOffline(true);
	const { page, field, options } = await toPlace('all');
	await field.focus();
	await page.keyboard.type('szekesf');
	await expect(options).toHaveText(['Székesfehérvár 8000–8019']);
	await expect(page.getByRole('status').filter({ hasText: '1 place found' })).toBeAttached();
	await expect(field).toHaveAttribute('aria-expanded', 'true');
	await page.keyboard.press('Escape');
	await expect(options).toHaveCount(0);
	await expect(field).toHaveValue('szekesf');

	await page.keyboard.press('ArrowDown');
	await expect(options).toHaveCount(1);
	await page.keyboard.press('ArrowDown');
	await expect(options).toHaveAttribute('aria-selected', 'true');
	await expect(field).toHaveAttribute('aria-activedescendant', (await options.getAttribute('id')) ?? '');
	await page.keyboard.press('Enter');
	await expect(field).toHaveValue('Székesfehérvár');
	await expect(field).toBeFocused();
	await expect(options).toHaveCount(0);
	await browser.context.setOffline(false);
});

test('what is in no list stays as it was written, and other countries are looked through when asked', async () => {
	const { page, field, options } = await toPlace('all');
	await field.pressSequentially('dabrowa g');
	const none = page.getByText('Not in the list.');
	await expect(none.last()).toBeVisible();
	await page.getByRole('button', { name: 'Look in other countries' }).tap();
	await expect(options).toHaveText(['Dąbrowa Górnicza śląskie, Poland']);
	expect(await lists(page)).toHaveLength(4);

	await browser.context.setOffline(true);
	await field.fill('The old mill');
	await expect(none.last()).toBeVisible();
	await page.getByLabel('When was it?').focus();
	await expect(field).toHaveValue('The old mill');
	await expect(none).toHaveCount(0);

	await field.fill('dabrowa g');
	await options.tap();
	await expect(field).toHaveValue('Dąbrowa Górnicza');
	await browser.context.setOffline(false);
});
