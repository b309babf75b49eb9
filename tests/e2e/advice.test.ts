/** Advice on the phone, from what was published before: without a network, with its reasons. */
import { expect, test, type Page } from '@playwright/test';
import {
	fillAlert,
	openBrowser,
	PHONE,
	setStage,
	signIn,
	TABLET,
	waitUntilInstalled,
	type Browser,
	type Stage
} from './stage';

let stage: Stage;
let browser: Browser;
test.beforeAll(async () => {
	stage = await setStage();
});
test.beforeEach(async () => {
	browser = await openBrowser(PHONE);
	await signIn(browser.page, stage.server.url, stage.people.Ana);
	await waitUntilInstalled(browser.page);
	await expect.poll(() => editions(browser.page)).toHaveLength(1);
});
test.afterEach(() => browser.close());
test.afterAll(() => stage.close());

/** Which editions of what was published are on the device. */
const editions = (page: Page): Promise<string[]> =>
	page.evaluate(async () => {
		if (!(await indexedDB.databases()).some(({ name }) => name === 'library')) return [];
		const opening = indexedDB.open('library');
		const db = await new Promise<IDBDatabase>((resolve) => {
			opening.onsuccess = () => resolve(opening.result);
		});
		const asking = db.transaction('rows').objectStore('rows').getAll();
		const rows = await new Promise<{ name: string; source: string }[]>((resolve) => {
			asking.onsuccess = () => resolve(asking.result as { name: string; source: string }[]);
		});
		db.close();
		return rows.filter(({ name }) => name === 'edition').map(({ source }) => source);
	});

async function send(page: Page, story: string, type: string, setting: string): Promise<void> {
	await page.goto(`${stage.server.url}/alert/new?at=all`);
	await fillAlert(page, { place: 'Dunapart', when: 'yesterday', story });
	await page.getByLabel('What comes closest?').selectOption(type);
	await page.getByLabel('Where did it happen?').selectOption(setting);
	await page.getByRole('button', { name: 'Send' }).click();
	await page.waitForURL(/\/case\//);
}

/** The team can read it, whatever becomes of this browser. */
const arrived = (page: Page): Promise<void> => expect(page.getByText('It has arrived.')).toBeVisible();

test('without a network: what to do first, what was similar and why, and that a person reads it', async () => {
	const { page, context } = browser;
	await context.setOffline(true);
	await send(
		page,
		'Somebody keeps putting stickers against migrants on the bus shelter.',
		'propaganda',
		'street'
	);
	const first = page.getByRole('region', { name: 'What you can do now' });
	await expect(first.getByRole('listitem').first()).toContainText('Photograph it once');
	await expect(first).toContainText('Do not stay there alone');
	const similar = page.getByRole('region', { name: 'Others had something similar' });
	const best = similar.getByRole('group').first();
	await expect(best).toContainText('Stickers against refugees at the bus stop');
	await expect(best).toContainText('Alike: Propaganda or symbols');
	await expect(best).toContainText('You wrote: stickers');
	await expect(similar).toContainText('a person of your team reads your alert');
	const advised = best.getByText('What was advised');
	await expect(advised).toBeHidden();
	await best.locator('summary').focus();
	await page.keyboard.press('Enter');
	await expect(advised).toBeVisible();
	await expect(best).toContainText('Nobody has rated it yet');
});

test('where nothing is similar it says so, and what to do first all the same', async () => {
	const { page } = browser;
	await send(page, 'The new heating is loud, and nobody repairs it.', 'other', 'health');
	await expect(
		page.getByRole('region', { name: 'What you can do now' }).getByRole('listitem')
	).not.toHaveCount(0);
	const similar = page.getByRole('region', { name: 'Others had something similar' });
	await expect(similar).toContainText('Nothing similar is known here yet.');
	await expect(similar.getByRole('group')).toHaveCount(0);
	await arrived(page);
});

test('it comes in the language of the screen once there is a network for it', async () => {
	const { page } = browser;
	await send(page, 'In the class chat they share pictures that mock Jews.', 'hate_speech', 'online_closed');
	const similar = page.locator('details').first();
	await expect(similar).toContainText('Antisemitic memes in the class chat');
	await arrived(page);
	const english = await editions(page);
	const address = page.url();
	await page.goto(`${stage.server.url}/settings`);
	await page.getByLabel('Language').selectOption('de');
	await expect.poll(() => editions(page)).not.toEqual(english);
	await page.goto(address);
	await expect(similar).toContainText('Antisemitische Memes im Klassenchat');
});

test('the team sees for whom nothing similar was known, and what the others were shown', async () => {
	const team = await openBrowser(TABLET);
	await signIn(team.page, stage.server.url, stage.people.Cora);
	await team.page.goto(`${stage.server.url}/team`);
	const line = (words: RegExp) => team.page.getByRole('link', { name: words });
	await expect(line(/The new heating is loud/)).toContainText('Needs an expert');
	await expect(line(/In the class chat/)).toContainText('Advice shown, awaits a person');
	await line(/In the class chat/).click();
	const alert = team.page.getByRole('article').filter({ hasText: 'pictures that mock Jews' });
	await expect(alert).toContainText('Antisemitic memes in the class chat');
	await team.close();
});
