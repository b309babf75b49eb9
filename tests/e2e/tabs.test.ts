/** Tabs that hold the lead and do nothing, and a tablet without a network. */
import { expect, test } from '@playwright/test';
import { fillAlert, openBrowser, PHONE, setStage, signIn, TABLET, type Stage } from './stage';

let stage: Stage;
test.beforeAll(async () => {
	stage = await setStage();
});
test.afterAll(() => stage.close());

test('a tab that the system has frozen does not keep another one’s alert from going', async () => {
	const { url } = stage.server;
	const phone = await openBrowser(PHONE);
	const first = phone.page;
	await signIn(first, url, stage.people.Ana);
	// The only tab there is leads; it has been to the server.
	await expect(first.getByRole('link', { name: 'New alert' })).toBeVisible();
	const leads = () =>
		first.evaluate(async () => {
			const { held = [] } = await navigator.locks.query();
			return held.some(({ name }) => name?.startsWith('heed-sync-'));
		});
	await expect.poll(leads).toBe(true);

	const second = await phone.context.newPage();
	await second.goto(`${url}/alert/new?at=all`);
	await fillAlert(second, { place: 'Dunapart', when: '', story: 'Written beside a frozen tab.' });
	await expect(second.getByText('Saved on this phone')).toBeVisible();
	const system = await phone.context.newCDPSession(first);
	await system.send('Page.setWebLifecycleState', { state: 'frozen' });
	await second.bringToFront();
	await second.getByRole('button', { name: 'Send' }).click();
	await second.waitForURL(/\/case\//);
	await expect(second.getByText('It has arrived.')).toBeVisible();

	// It wakes up, and everything goes on.
	await system.send('Page.setWebLifecycleState', { state: 'active' });
	await first.bringToFront();
	await first.goto(url);
	await expect(first.getByText('Written beside a frozen tab.')).toHaveCount(1);
	await phone.close();
});

test('the team works without a network, and what it did goes later', async () => {
	const { url } = stage.server;
	const tablet = await openBrowser(TABLET);
	const { page } = tablet;
	await signIn(page, url, stage.people.Cora);
	await page.goto(`${url}/team`);
	const line = page.locator('main a[href^="/team/"]').filter({ hasText: 'frozen tab' });
	await line.click();
	// The list says the same words: what counts is the case.
	await page.getByRole('button', { name: 'Take this case' }).waitFor();

	await tablet.context.setOffline(true);
	await page.reload();
	await expect(page.getByText('Written beside a frozen tab.').last()).toBeVisible();
	await page.getByRole('button', { name: 'Take this case' }).click();
	await page.getByLabel('Your message').fill('We are on it, and we had no network when we wrote this.');
	await page.getByRole('button', { name: 'Send' }).click();
	await expect(page.getByText('We are on it, and we had no network')).toBeVisible();
	await page.reload();
	await expect(page.getByText('We are on it, and we had no network')).toBeVisible();
	await expect(page.getByRole('status').filter({ hasText: 'not sent yet' }).first()).toBeVisible();

	await tablet.context.setOffline(false);
	const phone = await openBrowser(PHONE);
	await signIn(phone.page, url, stage.people.Ana);
	await phone.page.getByText('Written beside a frozen tab.').click();
	await expect(phone.page.getByText('We are on it, and we had no network')).toBeVisible();
	await phone.close();
	await tablet.close();
});
