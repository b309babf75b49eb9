/** A team refers a case to another one: what goes along is chosen, and each side sees how it stands. */
import { expect, test, type Page } from '@playwright/test';
import { enterRoom, refer as write, referred } from './room';
import { foundSecond, putWithin } from './second';
import { openBrowser, PHONE, sendAlert, setStage, signIn, TABLET, type Browser, type Stage } from './stage';

const STORY = 'Leaflets in the changing room, and the coach laughed about them';

let stage: Stage;
let phone: Browser, cora: Browser, eszter: Browser, magda: Browser;
/** Where Cora has the case open. */
let origin: string;
test.beforeAll(async () => {
	stage = await setStage();
	const other = await foundSecond(stage, 'Hegyalja', 'magda');
	await foundSecond(stage, 'Zemplén', 'zofia');
	await foundSecond(stage, 'Elsewhere', 'otto');
	await putWithin(stage, ['Dunapart', 'Hegyalja'], 'Zemplén');
	[phone, cora] = [await openBrowser(PHONE), await openBrowser(TABLET)];
	[eszter, magda] = [await openBrowser(TABLET), await openBrowser(TABLET)];
	const { Ana, Cora, Eszter } = stage.people;
	await signIn(phone.page, stage.server.url, Ana);
	await signIn(cora.page, stage.server.url, Cora);
	await signIn(eszter.page, stage.server.url, Eszter);
	await signIn(magda.page, stage.server.url, other);

	const words = { place: 'Hegyalja', when: 'at half past three', story: STORY };
	await sendAlert(phone.page, stage.server.url, words, 'Dunapart');
	for (const { page } of [cora, eszter]) await enterRoom(page, stage.server.url, STORY.slice(0, 30));
	origin = cora.page.url();
});
test.afterAll(async () => {
	for (const browser of [phone, cora, eszter, magda]) await browser.close();
	await stage.close();
});

const refer = (page: Page, extract: string): Promise<void> =>
	write(page, 'Hegyalja', { extract, reason: 'The club plays in their town.' });

/** The other team opens what was referred to it. */
async function receive(extract: string): Promise<void> {
	const { page } = magda;
	await page.goto(`${stage.server.url}/team`);
	const line = page.getByRole('link', { name: new RegExp(extract) });
	await expect(line).toContainText('referred by Dunapart');
	await line.click();
	await expect(page.getByText('Referred by the team Dunapart')).toBeVisible();
	await expect(page.getByText(extract).last()).toBeVisible();
}

test('the other team reads what was written for it and nothing else, declines with a reason, and the sender sees it', async () => {
	const extract = 'A youth club of yours has leaflets lying about';
	// Nothing is sent of what lacks its basis.
	await cora.page.getByRole('button', { name: 'Refer to another team' }).click();
	const sheet = cora.page.getByRole('dialog');
	await sheet.getByRole('button', { name: 'Refer', exact: true }).click();
	await expect(sheet.getByText('Write what they need to know.')).toBeVisible();
	await sheet.getByRole('button', { name: 'Cancel' }).click();

	await cora.context.setOffline(true);
	await refer(cora.page, extract);
	await expect(referred(cora.page, extract)).toContainText('Not answered yet');
	await cora.context.setOffline(false);
	await receive(extract);
	const { page } = magda;
	await expect(page.getByText('The club plays in their town.')).toBeVisible();
	for (const words of ['changing room', 'coach', 'half past three'])
		await expect(page.getByText(words)).toHaveCount(0);

	await page.getByRole('button', { name: 'Decline' }).click();
	await page.getByRole('button', { name: 'Decline' }).click();
	await expect(page.getByText('Please say why.')).toBeVisible();
	await page.getByLabel('Why?').fill('That club is in the next county.');
	await page.getByRole('button', { name: 'Decline' }).click();
	await expect(page.getByText('Magda declined the referral')).toBeVisible();

	// Both of the team that sent it see it, on top until somebody acts, and in the record.
	for (const browser of [cora, eszter]) {
		await expect(
			browser.page.getByText('The team Hegyalja has declined what was referred there.')
		).toBeVisible();
		await expect(referred(browser.page, extract)).toContainText('Declined');
		await expect(referred(browser.page, extract)).toContainText('That club is in the next county.');
	}
	await cora.page.getByRole('button', { name: 'Take this case' }).click();
	await expect(cora.page.getByText('The team Hegyalja has declined')).toBeHidden();
});

test('accepted and then handed back; the team that sent it opens its own referral and works on nothing there', async () => {
	const extract = 'The leaflets are back in your swimming hall';
	await refer(cora.page, extract);
	await receive(extract);
	await magda.page.getByRole('button', { name: 'Accept' }).click();
	await expect(referred(cora.page, extract)).toContainText('Accepted');
	await expect(referred(eszter.page, extract)).toContainText('Accepted');

	const { page } = eszter;
	await page
		.getByRole('listitem')
		.filter({ hasText: extract })
		.getByRole('link', { name: 'Open what was sent' })
		.click();
	await expect(page.getByText('Your team has referred this to the team Hegyalja.')).toBeVisible();
	for (const name of ['Take this case', 'Set phase', 'Make a proposal', 'Refer to another team', 'Accept'])
		await expect(page.getByRole('button', { name })).toHaveCount(0);
	await page.getByLabel('Your message').fill('Thank you for looking into it.');
	await page.getByRole('button', { name: 'Send' }).click();
	await expect(magda.page.getByText('Thank you for looking into it.')).toBeVisible();
	await page.getByRole('link', { name: 'To your own case' }).click();

	await magda.page.getByRole('button', { name: 'Hand back' }).click();
	await magda.page.getByLabel('Why?').fill('The hall is closed now.');
	await magda.page.getByRole('button', { name: 'Hand back' }).click();
	await expect(
		cora.page.getByText('The team Hegyalja has handed back what was referred there.')
	).toBeVisible();
	await expect(page.getByText('The team Hegyalja has handed back what was referred there.')).toBeVisible();
});

test('accepted and withdrawn at the same time: both sides say the same, and one act settles it', async () => {
	const extract = 'A song at the town fair is about to be sung again';
	await refer(cora.page, extract);
	await receive(extract);
	await cora.page
		.getByRole('listitem')
		.filter({ hasText: extract })
		.getByRole('link', { name: 'Open what was sent' })
		.click();
	// What has been seen of each other before is not at the same time.
	await expect(cora.page.getByText('Magda opened the alert')).toBeVisible();
	for (const { context } of [cora, magda]) await context.setOffline(true);
	await magda.page.getByRole('button', { name: 'Accept' }).click();
	await cora.page.getByRole('button', { name: 'Withdraw the referral' }).click();
	await cora.page.getByLabel('Why?').fill('It was a rumour.');
	await cora.page.getByRole('button', { name: 'Withdraw the referral' }).click();
	// Said without the other, before either can hear of it.
	await expect(magda.page.getByText('Magda accepted the referral')).toBeVisible();
	await expect(cora.page.getByText('Cora withdrew the referral')).toBeVisible();
	for (const { context } of [cora, magda]) await context.setOffline(false);
	const contrary = (page: Page) =>
		page.getByText(
			'Different answers were given at the same time: Withdrawn and Accepted. “Withdrawn” counts.'
		);
	for (const { page } of [cora, magda]) await expect(contrary(page)).toBeVisible();
	await expect(magda.page.getByRole('button', { name: 'Leave it so' })).toHaveCount(0);
	await cora.page.getByRole('button', { name: 'Leave it so' }).click();
	for (const { page } of [cora, magda]) {
		await expect(contrary(page)).toBeHidden();
		await expect(page.getByRole('button', { name: 'Accept' })).toHaveCount(0);
	}
	await cora.page.goto(origin);
});

test('up to the region comes first, then neighbours, then whoever else there is, without a network too', async () => {
	const { page, context } = cora;
	await page.goto(origin);
	await context.setOffline(true);
	await page.getByRole('button', { name: 'Refer to another team' }).click();
	const sheet = page.getByRole('dialog');
	const up = sheet.getByRole('radiogroup', { name: 'Up: to the region or the nation' });
	await expect(up.getByRole('radio')).toHaveCount(1);
	await expect(up.getByRole('radio', { name: 'Zemplén (Zemplén)' })).toBeVisible();
	const others = sheet.getByRole('radiogroup', { name: 'To others' });
	await expect(others.locator('label')).toHaveText([
		/Hegyalja \(Hegyalja\)\s*Next to your area/,
		/^\s*Elsewhere \(Elsewhere\)\s*$/,
		/Police contact/
	]);
	// One choice of all of them.
	await up.getByRole('radio').check();
	await others.getByRole('radio').first().check();
	await expect(up.getByRole('radio')).not.toBeChecked();
	await expect(sheet.getByText('The members of the team Hegyalja read what you send here')).toBeVisible();
	await sheet.getByRole('button', { name: 'Cancel' }).click();
	await context.setOffline(false);
});

test('the police contact reads the extract that was written for it, and nothing else of the case', async () => {
	const extract = 'A leaflet names a date for a gathering';
	await cora.page.goto(origin);
	await cora.page.getByRole('button', { name: 'Refer to another team' }).click();
	const sheet = cora.page.getByRole('dialog');
	await sheet.getByRole('radio', { name: 'Police contact of this team: an extract' }).check();
	await expect(
		sheet.getByText('This does not let the police read anything else in this case.')
	).toBeVisible();
	await sheet.getByLabel('What do they need to know?').fill(extract);
	await sheet.getByLabel('Basis').selectOption('legal_duty');
	await sheet.getByLabel('Consent').selectOption('given');
	await sheet.getByRole('button', { name: 'Hand over the extract' }).click();
	await sheet.getByRole('button', { name: 'Close' }).last().click();
	await expect(cora.page.getByText('Cora handed the police contact this extract.')).toBeVisible();
	await expect(eszter.page.getByText(extract)).toBeVisible();

	const dorin = await openBrowser(TABLET);
	const { page } = dorin;
	await signIn(page, stage.server.url, stage.people.Dorin);
	await page.goto(origin);
	await expect(page.getByText(extract)).toBeVisible();
	for (const words of ['changing room', 'swimming hall', 'youth club'])
		await expect(page.getByText(words)).toHaveCount(0);
	await dorin.close();
});

test('whoever asked for advice sees nothing of any of it, and whoever referred has no alert of their own by it', async () => {
	const { page } = phone;
	await cora.page.getByLabel('Your message').fill('We keep an eye on it.');
	await cora.page.getByRole('button', { name: 'Send' }).click();
	await expect(page.getByText('We keep an eye on it.')).toBeVisible();
	await expect(
		page.getByText(/Hegyalja has|youth club|swimming hall|town fair|gathering|eferr|leaflet names/)
	).toHaveCount(0);
	await cora.page.goto(`${stage.server.url}/`);
	await expect(cora.page.getByRole('link', { name: /New alert/ }).first()).toBeVisible();
	await expect(cora.page.getByText(/swimming hall|town fair/)).toHaveCount(0);
});
