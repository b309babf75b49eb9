/** A team works on a case together: several people, each with a device, also without a network. */
import { expect, test, type Page } from '@playwright/test';
import { fillAlert, openBrowser, PHONE, setStage, signIn, TABLET, type Browser, type Stage } from './stage';

let stage: Stage;
let phone: Browser;
let cora: Browser;
let eszter: Browser;
test.beforeAll(async () => {
	stage = await setStage();
	[phone, cora, eszter] = [await openBrowser(PHONE), await openBrowser(TABLET), await openBrowser(TABLET)];
	const { Ana, Cora, Eszter } = stage.people;
	await signIn(phone.page, stage.server.url, Ana);
	await signIn(cora.page, stage.server.url, Cora);
	await signIn(eszter.page, stage.server.url, Eszter);
});
test.afterAll(async () => {
	for (const browser of [phone, cora, eszter]) await browser.close();
	await stage.close();
});

/** Ana's alert, as she has it and as both experts have it open. */
async function alert(story: string): Promise<void> {
	await phone.page.goto(`${stage.server.url}/alert/new?at=all`);
	await fillAlert(phone.page, { place: 'Dunapart', when: 'yesterday', story });
	await phone.page.getByRole('button', { name: 'Send' }).click();
	await phone.page.waitForURL(/\/case\//);
	for (const { page } of [cora, eszter]) {
		await page.goto(`${stage.server.url}/team`);
		await page.getByRole('link', { name: new RegExp(story) }).click();
		await expect(page.getByRole('heading', { level: 1, name: 'Propaganda or symbols' })).toBeVisible();
		await expect(page.getByText(story).last()).toBeVisible();
	}
}

const owner = (page: Page) => page.locator('.owner p');

test('two who take a case without a network both see it afterwards, and one act settles it everywhere', async () => {
	await alert('Leaflets lay on the desks');
	for (const { context, page } of [cora, eszter]) {
		// What has been seen of each other before is not at the same time.
		await expect(page.getByText('opened the alert')).not.toHaveCount(0);
		await context.setOffline(true);
		await page.getByRole('button', { name: 'Take this case' }).click();
		await expect(owner(page)).toContainText('You');
	}
	for (const { context } of [cora, eszter]) await context.setOffline(false);
	for (const { page } of [cora, eszter])
		await expect(page.getByText('Several people took this on at the same time')).toBeVisible();
	const said = await Promise.all(
		[cora, eszter].map(({ page }) => page.getByText('Several people took this on').textContent())
	);
	expect(said[0]).toBe(said[1]);

	await cora.page.getByRole('button', { name: 'Leave it so' }).click();
	for (const { page } of [cora, eszter])
		await expect(page.getByText('Several people took this on at the same time')).toBeHidden();
	// It stayed with whoever it counted as.
	const keeper = said[0]?.includes('counts as Cora’s') ? cora : eszter;
	await expect(owner(keeper.page)).toContainText('You');
});

test('a case is handed over, and closed with a reason that whoever asked reads', async () => {
	await alert('Symbols on the lockers');
	await cora.page.getByRole('button', { name: 'Take this case' }).click();
	await cora.page.getByRole('button', { name: 'Hand over' }).click();
	await cora.page.getByRole('dialog').getByText('Eszter').click();
	await cora.page.getByRole('dialog').getByRole('button', { name: 'Hand over' }).click();
	await expect(owner(eszter.page)).toContainText('You');
	await expect(eszter.page.getByText('Cora handed the case to Eszter')).toBeVisible();

	await eszter.page.getByLabel('Phase').selectOption('closed');
	await eszter.page.getByRole('button', { name: 'Set phase' }).click();
	await expect(eszter.page.getByText('Please say why')).toBeVisible();
	await eszter.page.getByLabel('Why?').fill('The lockers are clean, and the class has talked about it.');
	await eszter.page.getByRole('button', { name: 'Set phase' }).click();
	await expect(
		phone.page.getByText('The lockers are clean, and the class has talked about it.')
	).toBeVisible();
});

test('a team decides together: dissent stands beside the decision, and whoever asked sees none of it', async () => {
	await alert('Chants in the canteen');
	await cora.page.getByRole('button', { name: 'Make a proposal' }).click();
	const sheet = cora.page.getByRole('dialog');
	await sheet.getByRole('button', { name: 'Make a proposal' }).click();
	await expect(sheet.getByText('Write what is to be decided.')).toBeVisible();
	await sheet.getByLabel('What is to be decided?').fill('How do we answer the chants?');
	await sheet.getByLabel('What can be chosen?').fill('Talk with the group first\nA lesson for all first');
	await sheet.getByRole('button', { name: 'Make a proposal' }).click();
	await expect(sheet).toBeHidden();

	for (const { page } of [cora, eszter])
		await expect(page.getByText('How do we answer the chants?')).toBeVisible();
	await vote(cora.page, 'Talk with the group first');
	await eszter.page.getByRole('button', { name: 'Vote', exact: true }).click();
	await eszter.page.getByRole('radio', { name: 'Against it' }).check();
	await eszter.page.getByRole('button', { name: 'Vote', exact: true }).click();
	await expect(eszter.page.getByText('Who is against it says why')).toBeVisible();
	await eszter.page.getByLabel('Why').fill('Both put the blame on the pupils.');
	await eszter.page.getByRole('button', { name: 'Vote', exact: true }).click();
	for (const { page } of [cora, eszter]) {
		await expect(page.getByText('Nothing stands by this rule yet.')).toBeVisible();
		await expect(page.locator('.motion').getByText('Both put the blame on the pupils.')).toBeVisible();
	}

	await cora.page.getByRole('button', { name: 'Record the decision' }).click();
	await cora.page.getByRole('radio', { name: 'Talk with the group first' }).check();
	await cora.page.getByLabel('What was agreed').fill('Cora talks with them on Monday.');
	await cora.page.getByRole('button', { name: 'Record the decision' }).click();
	for (const { page } of [cora, eszter]) {
		await expect(page.getByText('Decided: Talk with the group first')).toBeVisible();
		await expect(page.locator('.motion').getByText('Both put the blame on the pupils.')).toBeVisible();
		await expect(page.getByRole('button', { name: 'Vote', exact: true })).toHaveCount(0);
	}

	// Ana hears what she is told, and of the rest not even that it is there.
	await cora.page.getByLabel('Your message').fill('We talk with the group on Monday.');
	await cora.page.getByRole('button', { name: 'Send' }).click();
	await expect(phone.page.getByText('We talk with the group on Monday.')).toBeVisible();
	await expect(phone.page.getByText(/chants\?|blame|Decided|voted/)).toHaveCount(0);
});

async function vote(page: Page, option: string): Promise<void> {
	await page.getByRole('button', { name: 'Vote', exact: true }).click();
	await page.getByRole('radio', { name: option }).check();
	await page.getByRole('button', { name: 'Vote', exact: true }).click();
	await expect(page.getByRole('button', { name: 'Change my vote' })).toBeVisible();
}
