/** What Heed starts with, and what a team makes of it. */
import { expect, test, type Page } from '@playwright/test';
import { fillAlert, openBrowser, PHONE, setStage, signIn, TABLET, type Stage } from './stage';

let stage: Stage;
test.beforeAll(async () => {
	stage = await setStage();
});
test.afterAll(() => stage.close());

const STICKERS = 'Stickers against refugees at the bus stop';
const OWN = 'Stickers at our bus stop';

test('whoever has no account reads what to know before writing, and all words, without a network', async () => {
	const { page, context, close } = await openBrowser(PHONE);
	await page.goto(stage.server.url);
	await page.getByRole('link', { name: 'Before you write: what to know' }).click();
	await expect(page.getByRole('heading', { name: 'Before you write', level: 1 })).toBeVisible();
	await expect(page.getByText('Do not interrogate. Listen, and ask openly.')).toBeVisible();
	await page.evaluate(async () => navigator.serviceWorker.ready.then(() => true));
	await page.reload();
	await context.setOffline(true);
	await page.goto(`${stage.server.url}/library?part=term`);
	await page.getByLabel('Search').fill('polaris');
	await expect(page.getByRole('listitem')).toHaveCount(1);
	await expect(page.getByText('Thinking in ‘us’ and ‘them’')).toBeVisible();
	await page.getByLabel('Search').fill('polarisxyz');
	await expect(page.getByText('Nothing here says that. Try another word.')).toBeVisible();
	await close();
});

test('a team says a practice in its own words, and whoever writes to it finds that one first', async () => {
	const { url } = stage.server;
	const { Eszter, Cora, Ana } = stage.people;
	const tablet = await openBrowser(TABLET);
	const { page } = tablet;
	await signIn(page, url, Eszter);
	await page.goto(`${url}/library`);
	await page.getByLabel('Search').fill('stickers');
	await page.getByRole('link', { name: new RegExp(STICKERS) }).click();
	await expect(page.getByText('Starter set', { exact: true })).toBeVisible();
	await page.getByRole('button', { name: 'Change the words' }).click();
	await page.getByLabel('Title').fill(OWN);
	await page
		.getByLabel('What was advised')
		.fill('Call the town: it sends somebody the same day.\nTell the class once.\n\n');
	await page.getByRole('button', { name: 'Save' }).click();
	await expect(page.getByText('Kept. Other devices have it from their next start on.')).toBeVisible();
	await expect(page.getByRole('heading', { name: OWN, level: 1 })).toBeVisible();
	await expect(page.getByText('From your team', { exact: true })).toBeVisible();
	await expect(page.getByRole('article').getByRole('listitem')).toHaveText([
		'Call the town: it sends somebody the same day.',
		'Tell the class once.'
	]);

	// An empty title is no title: nothing is lost, and it says so.
	await page.getByRole('button', { name: 'Change the words' }).click();
	await page.getByLabel('Title').fill(' ');
	await page.getByRole('button', { name: 'Save' }).click();
	await expect(page.getByText('Something is empty, or too long.')).toBeVisible();
	// What was changed stays on the device until it is given up.
	await page.getByLabel('Title').fill('Half a title');
	await expect(page.getByText('Something is empty, or too long.')).toBeVisible();
	await page.reload();
	await page.getByRole('button', { name: 'Change the words' }).click();
	await expect(page.getByLabel('Title')).toHaveValue('Half a title');
	await page.getByRole('button', { name: 'Cancel' }).click();
	await page.getByRole('dialog').getByRole('button', { name: 'Discard' }).click();
	await page.getByRole('button', { name: 'Change the words' }).click();
	await expect(page.getByLabel('Title')).toHaveValue(OWN);
	await page.getByRole('button', { name: 'Cancel' }).click();

	const phone = await openBrowser(PHONE);
	await signIn(phone.page, url, Ana);
	await phone.page.goto(`${url}/library`);
	await expect(phone.page.getByRole('listitem').first()).toContainText(OWN);
	await expect(phone.page.getByRole('heading', { level: 2 })).toHaveText(['From your team', 'Starter set']);
	await expect(phone.page.getByRole('listitem').filter({ hasText: STICKERS })).toHaveCount(0);

	await fillAlertOn(phone.page);
	const similar = phone.page.getByRole('region', { name: 'Others had something similar' });
	const first = similar.getByRole('group').first();
	await expect(first).toContainText(OWN);
	await first.locator('summary').click();
	await expect(first).toContainText('From the team that you write to. Nobody has rated it yet.');

	// Somebody who does not coordinate reads, and decides nothing.
	const other = await openBrowser(TABLET);
	await signIn(other.page, url, Cora);
	await other.page.goto(`${url}/library/practice/stickersbusstop`);
	await expect(other.page.getByRole('heading', { name: OWN, level: 1 })).toBeVisible();
	await expect(other.page.getByRole('button', { name: 'Change the words' })).toHaveCount(0);
	await other.close();

	await page.getByRole('button', { name: 'Go by the example again' }).click();
	await page.getByRole('dialog').getByRole('button', { name: 'Go by the example again' }).click();
	await expect(page.getByRole('heading', { name: STICKERS, level: 1 })).toBeVisible();

	await page.getByRole('button', { name: 'Do not offer as advice' }).click();
	await expect(page.getByText('Starter set · Not offered as advice')).toBeVisible();
	// The phone learns of it at its next start.
	await phone.page.goto(`${url}/library`);
	await expect(phone.page.getByRole('link', { name: STICKERS })).toContainText('Not offered as advice');
	await fillAlertOn(phone.page);
	await expect(
		similar.getByText('a person of your team reads your alert').or(similar.getByText('Nothing similar'))
	).toBeVisible();
	await expect(similar.getByText(STICKERS)).toHaveCount(0);

	await page.getByRole('button', { name: 'Remove' }).click();
	await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
	await expect(page.getByRole('button', { name: 'Bring back' })).toBeVisible();
	await phone.page.goto(`${url}/library`);
	await phone.page.getByRole('listitem').first().waitFor();
	await expect(phone.page.getByRole('link', { name: STICKERS })).toHaveCount(0);
	await phone.page.goto(`${url}/library/practice/stickersbusstop`);
	await expect(phone.page.getByText('This piece is not in the library.')).toBeVisible();
	await page.getByRole('button', { name: 'Bring back' }).click();
	await expect(page.getByRole('button', { name: 'Adopt as it is' })).toBeVisible();
	await phone.close();
	await tablet.close();
});

/** An alert that is like the practice, up to where its advice stands. */
async function fillAlertOn(page: Page): Promise<void> {
	await page.goto(`${stage.server.url}/alert/new?at=all`);
	await fillAlert(page, {
		place: 'Dunapart',
		when: 'yesterday',
		story: 'Somebody keeps putting stickers against migrants on the bus stop.'
	});
	await page.getByRole('button', { name: 'Send' }).click();
	await page.waitForURL(/\/case\//);
}

test('of two who decide at the same time the second is told, and keeps what was typed', async () => {
	const { url } = stage.server;
	const one = await openBrowser(TABLET);
	const other = await openBrowser(TABLET);
	for (const { page } of [one, other]) {
		await signIn(page, url, stage.people.Eszter);
		await page.goto(`${url}/library/term/polarisation000`);
		await page.getByRole('button', { name: 'Change the words' }).click();
	}
	const meaning = (page: typeof one.page) => page.getByLabel('What it means, in one sentence');
	await meaning(one.page).fill('Us against them, says one.');
	await one.page.getByRole('button', { name: 'Save' }).click();
	await expect(one.page.getByText('Kept. Other devices have it')).toBeVisible();
	await meaning(other.page).fill('Us against them, says the other.');
	await other.page.getByRole('button', { name: 'Save' }).click();
	await expect(other.page.getByText('Somebody else in your team has just decided about this.')).toBeVisible();
	await expect(other.page.getByText('Us against them, says one.')).toBeVisible();
	await expect(meaning(other.page)).toHaveValue('Us against them, says the other.');
	await other.page.getByRole('button', { name: 'Save' }).click();
	await expect(other.page.getByText('Kept. Other devices have it')).toBeVisible();
	await expect(other.page.getByText('Us against them, says the other.')).toBeVisible();
	await one.close();
	await other.close();
});
