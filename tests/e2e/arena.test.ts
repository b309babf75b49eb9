/** A team works on a case together: several people, each with a device, also without a network. */
import { expect, test, type Page } from '@playwright/test';
import { add, handOver, vote } from './room';
import {
	openBrowser,
	PHONE,
	sendAlert,
	setStage,
	signIn,
	TABLET,
	unlock,
	type Browser,
	type Stage
} from './stage';

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
	await sendAlert(phone.page, stage.server.url, { place: 'Dunapart', when: 'yesterday', story });
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
	await handOver(cora.page, 'Eszter');
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
	const sheet = await add(cora.page, 'Proposal');
	await sheet.getByRole('button', { name: 'Add' }).click();
	await expect(sheet.getByText('Please write something here.').first()).toBeVisible();
	await sheet.getByLabel('What is to be decided?').fill('How do we answer the chants?');
	await sheet.getByLabel('What can be chosen?').fill('Talk with the group first\nA lesson for all first');
	await sheet.getByText('By consent').click();
	await sheet.getByRole('button', { name: 'Add' }).click();
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

test('advice is rated by whoever asked, and a task is done by whoever took it', async () => {
	await alert('Flyers in the library');
	const sheet = await add(cora.page, 'Advice');
	await sheet.getByLabel('Start from the library').selectOption({ index: 1 });
	await expect(sheet.getByLabel('What do you advise?')).not.toHaveValue('');
	await sheet.getByLabel('What do you advise?').fill('Take them down together, and keep one.');
	// Locked half-way and closed: what was typed is there again, under the key alone.
	await cora.page.keyboard.press('Escape');
	const address = cora.page.url();
	await cora.page.getByRole('button', { name: 'Lock', exact: true }).click();
	await expect(cora.page.getByLabel('Your message')).toHaveCount(0);
	await cora.page.goto(address);
	await unlock(cora.page, stage.people.Cora);
	await cora.page.getByRole('button', { name: 'Add something' }).click();
	await cora.page
		.getByRole('dialog')
		.getByRole('button', { name: /Advice.*begun, not added yet/s })
		.click();
	await expect(sheet.getByLabel('What do you advise?')).toHaveValue('Take them down together, and keep one.');
	await sheet.getByRole('button', { name: 'Add' }).click();
	await expect(sheet).toBeHidden();

	await expect(phone.page.getByText('Take them down together, and keep one.')).toBeVisible();
	await phone.page.getByText('Partly', { exact: true }).click();
	await expect(phone.page.getByText('Your answer: Partly.')).toBeVisible();
	await expect(eszter.page.getByText('Whoever asked says: Partly')).toBeVisible();

	await add(cora.page, 'Task');
	await sheet.getByLabel('What is to be done?').fill('Ask the librarian what she saw');
	await sheet.getByLabel('Until when?').fill('2031-05-02');
	await sheet.getByRole('button', { name: 'Add' }).click();
	await expect(eszter.page.getByText('Nobody yet')).toBeVisible();
	await eszter.page.getByRole('button', { name: 'I will do it' }).click();
	await expect(cora.page.getByText('until 2 May 2031')).toBeVisible();
	await eszter.page.getByRole('button', { name: 'Done', exact: true }).click();
	await expect(cora.page.getByText('Eszter did this: Ask the librarian what she saw')).toBeVisible();

	await add(eszter.page, 'Assessment');
	const written = eszter.page.getByRole('dialog');
	await written.getByRole('button', { name: 'Add' }).click();
	await expect(written.getByText('Write at least one of these.')).toBeVisible();
	await written.getByLabel('Strengths, and what protects').fill('The class speaks up for each other.');
	await written.getByRole('button', { name: 'Add' }).click();
	await expect(cora.page.getByText('The class speaks up for each other.')).toBeVisible();
	await expect(phone.page.getByText(/librarian|speaks up/)).toHaveCount(0);
});

test('two alerts about the same are worked on as one case, and separated again', async () => {
	await alert('The same slogan near the bridge');
	const first = cora.page.url();
	await alert('A slogan near the bridge, written twice');
	await cora.page.getByRole('button', { name: 'Same as another alert' }).click();
	const sheet = cora.page.getByRole('dialog');
	const other = sheet.getByRole('radio', { name: /The same slogan near the bridge.*Perhaps the same/s });
	await other.check();
	await sheet.getByRole('button', { name: 'Work on them together' }).click();
	await expect(cora.page.getByText('The team works on this alert together with another one')).toBeVisible();
	await cora.page.getByRole('link', { name: 'To that case' }).click();
	await cora.page.waitForURL((url) => url.pathname === new URL(first).pathname);
	await expect(cora.page.getByText('A slogan near the bridge, written twice').last()).toBeVisible();
	await expect(cora.page.getByText('from: A slogan near the bridge, written twice').first()).toBeVisible();
	// Nothing turns to one of those who asked by itself.
	await expect(cora.page.locator('form').getByRole('radio', { name: 'Team', exact: true })).toBeChecked();
	await expect(cora.page.getByText('Whoever wrote “The same slogan near the bridge”').first()).toBeVisible();
	// Ana, who wrote both, learns nothing of it.
	await expect(phone.page.getByText(/together/)).toHaveCount(0);

	// Taken and closed for both, closed without a network: the phone shows the one that was joined.
	const why = 'The slogan is gone, and the school has reported it.';
	await cora.page.getByRole('button', { name: 'Take this case' }).click();
	await expect(cora.page.getByText('took the case')).toHaveCount(1);
	await expect(phone.page.getByText('Cora is taking care of it.')).toBeVisible();
	await cora.context.setOffline(true);
	await cora.page.getByLabel('Phase').selectOption('closed');
	await expect(cora.page.getByText('Everybody whose alert you work on here reads this, too.')).toHaveCount(2);
	await cora.page.getByLabel('Why?').fill(why);
	await cora.page.getByRole('button', { name: 'Set phase' }).click();
	await expect(cora.page.getByText(why)).toHaveCount(1);
	await cora.context.setOffline(false);
	await expect(phone.page.getByText(why)).toBeVisible();
	await expect(phone.page.getByText('The team has finished its work on this.')).toBeVisible();

	await eszter.page.goto(first);
	await eszter.page.getByRole('button', { name: 'Separate again: A slogan near the bridge' }).click();
	for (const { page } of [cora, eszter])
		await expect(page.getByText('from: A slogan near the bridge, written twice')).toHaveCount(0);
});
