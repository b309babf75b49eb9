/** From the link to the first case: joining, being compared and let in, and founding with its paper. */
import { expect, test } from '@playwright/test';
import { startServer } from '../server';
import { askToJoin, compareAndOpen, joinLink, makeAccount } from './invitation';
import { APP, digitsOn, openBrowser, PHONE, setStage, signIn, TABLET, type Stage } from './stage';

let stage: Stage;
test.beforeAll(async () => {
	stage = await setStage();
});
test.afterAll(() => stage.close());

/** The coordinator, and the join link as it stands on the invitation. */
async function coordinator() {
	const browser = await openBrowser(TABLET);
	const { page } = browser;
	await signIn(page, stage.server.url, stage.people.Eszter);
	const link = await joinLink(page, stage.server.url);
	return { ...browser, link };
}

test('a link, an account, digits compared: then the new member reads a case that was there before', async () => {
	const desk = await coordinator();
	const phone = await openBrowser(PHONE);
	await phone.page.goto(desk.link);
	await phone.page.getByRole('heading', { name: 'Join the team Dunapart' }).waitFor();
	// Nothing is made before the words are on paper and the purpose is said.
	await phone.page.getByRole('button', { name: 'Join' }).click();
	await expect(phone.page.getByText('Please write the words down first')).toBeVisible();
	await makeAccount(phone.page, { name: 'Gerda', login: 'gerda', purpose: 'I work in this team' });
	await phone.page.getByText('You have asked').waitFor();
	await expect(phone.page).toHaveURL(`${stage.server.url}/join`);
	const digits = await digitsOn(phone.page);
	expect(digits).toMatch(/^(\d{5} ){5}\d{5}$/);

	await compareAndOpen(desk.page, stage.server.url, 'Gerda', digits);
	await desk.page.getByRole('button', { name: 'Let in' }).click();
	await expect(desk.page.getByText('Please choose one.')).toHaveCount(3);
	await desk.page.getByRole('radio', { name: 'Compared by phone' }).check();
	await desk.page.getByRole('radio', { name: /^Member/ }).check();
	await desk.page.getByLabel('Agency').selectOption('new');
	await desk.page.getByLabel('Name of the agency').fill('Youth centre');
	await desk.page.getByLabel('Sector').selectOption('youth_work');
	await desk.page.getByRole('button', { name: 'Let in' }).click();
	const line = desk.page.getByRole('link', { name: /^Gerda/ });
	await expect(line).toContainText('Member · Youth centre');
	await expect(line).toContainText('Vouched for by Eszter');

	await phone.page.getByText('You are in: team Dunapart').waitFor();
	await phone.page.getByRole('link', { name: 'To the team' }).click();
	await phone.page.locator('a[data-case]').first().click();
	const room = phone.page.getByRole('list', { name: 'Conversation' });
	await expect(room.getByText('Na przystanku przed szkołą')).toBeVisible();
	await expect(room.getByText('Schulsozialarbeit')).toBeVisible();

	// Somebody who left reads nothing new: the session ends at once.
	await line.click();
	await desk.page.getByRole('button', { name: 'End membership' }).click();
	await desk.page.getByRole('button', { name: 'End it' }).click();
	await desk.page.getByText('Have left').waitFor();
	await expect(desk.page.getByRole('link', { name: /^Gerda/ })).toHaveCount(0);
	await Promise.all([desk.close(), phone.close()]);
});

test('a link that was altered on its way is refused, and the right one still works', async () => {
	const desk = await coordinator();
	const phone = await openBrowser(PHONE);
	const last = desk.link.endsWith('0') ? '1' : '0';
	await phone.page.goto(desk.link.slice(0, -1) + last);
	await expect(
		phone.page.getByText('This server shows another team than the link. Do not go on')
	).toBeVisible();
	await expect(phone.page.getByLabel('Your name')).toHaveCount(0);
	await phone.page.getByLabel('Join link').fill('https://example.org/join');
	await phone.page.getByRole('button', { name: 'Check the link' }).click();
	await expect(phone.page.getByText('This link is not whole.')).toBeVisible();

	await phone.page.getByLabel('Join link').fill(desk.link);
	await phone.page.getByRole('button', { name: 'Check the link' }).click();
	await phone.page.getByRole('heading', { name: 'Join the team Dunapart' }).waitFor();
	await makeAccount(phone.page, { name: 'Hedda', login: 'hedda', purpose: 'I write alerts' });
	await phone.page.getByRole('link', { name: 'New alert' }).click();
	await phone.page.getByRole('heading', { name: 'How soon does somebody need to look at it?' }).waitFor();
	await Promise.all([desk.close(), phone.close()]);
});

test('a guest comes until a day; somebody with an account only asks; a no is said in words', async () => {
	const desk = await coordinator();
	const phone = await openBrowser(PHONE);
	await signIn(phone.page, stage.server.url, stage.people.Ana);
	await phone.page.goto(desk.link);
	await phone.page.getByText('You are signed in as Ana.').waitFor();
	await askToJoin(phone.page);

	await compareAndOpen(desk.page, stage.server.url, 'Ana', await digitsOn(phone.page));
	await desk.page.getByRole('button', { name: 'Decline' }).click();
	await desk.page.getByRole('dialog').getByRole('button', { name: 'Decline' }).click();
	await phone.page.getByText('The team Dunapart did not let you in').waitFor();

	await phone.page.goto('about:blank');
	await phone.page.goto(desk.link);
	await askToJoin(phone.page);
	await compareAndOpen(desk.page, stage.server.url, 'Ana', await digitsOn(phone.page));
	await desk.page.getByRole('radio', { name: 'Compared face to face' }).check();
	await desk.page.getByRole('radio', { name: /^Guest/ }).check();
	await desk.page.getByLabel('Agency').selectOption({ label: 'Municipality of Dunapart' });
	await desk.page.getByRole('button', { name: 'Let in' }).click();
	await expect(desk.page.getByText('Please fill this in.')).toBeVisible();
	const day = new Date(Date.now() + 7 * 86_400_000);
	await desk.page.getByLabel('Last day').fill(day.toISOString().slice(0, 10));
	await desk.page.getByRole('button', { name: 'Let in' }).click();
	const line = desk.page.getByRole('link', { name: /^Ana/ });
	await expect(line).toContainText(
		`Guest · Municipality of Dunapart · until ${day.toLocaleDateString('en-GB', { dateStyle: 'long' })}`
	);
	await expect(line).toContainText('Verified in person');
	await phone.page.getByText('You are in: team Dunapart').waitFor();
	await expect(phone.page.getByText('Role: Guest.')).toBeVisible();
	await Promise.all([desk.close(), phone.close()]);
});

test('founding shows the recovery key, asks for its words, and believes no slip', async () => {
	const server = await startServer({ publicDir: APP });
	const { page, close } = await openBrowser(TABLET);
	await page.goto(`${server.url}/found`);
	await page.getByLabel('One-time code').fill(server.env.HEED_FOUNDING_CODE ?? '');
	await page.getByLabel('Your name').fill('Eszter');
	await page.getByLabel('User name').fill('eszter');
	await page.getByLabel('Name of the team').fill('Dunapart');
	await page.getByLabel('Municipality or district').fill('Dunapart');
	await page.getByLabel('Country').selectOption('HU');
	await page.getByLabel('Name of the agency').fill('Town hall');
	await page.getByLabel('Sector').selectOption('municipality');
	await page.getByLabel('I have written it down').check();
	await page.getByRole('button', { name: 'Found the team' }).click();

	await page.getByRole('heading', { name: 'The recovery key of your team' }).waitFor();
	const words = await page.locator('ol.numbered li > span:last-child').allTextContents();
	expect(words).toHaveLength(14);
	await page.getByRole('link', { name: 'Settings' }).click();
	await expect(page.getByText('Please keep the recovery key first')).toBeVisible();

	await page.getByRole('button', { name: 'It is on paper' }).click();
	const asked = page.getByLabel(/^Word \d+$/);
	await expect(asked).toHaveCount(3);
	await expect(page.getByText(words[0] ?? '', { exact: true })).toHaveCount(0);
	for (const field of await asked.all()) await field.fill('wrong');
	await page.getByRole('button', { name: 'Check' }).click();
	const all = page.getByLabel('All 14 words, in their order');
	await all.fill(words.with(4, words[5] ?? '').join(' '));
	await page.getByRole('button', { name: 'Check' }).click();
	await expect(page.getByText('Word 5 is another one.')).toBeVisible();

	// Put off in so many words: a notice stays until somebody says that it is on paper.
	await page.getByRole('button', { name: 'I will do this later' }).click();
	await page.getByRole('heading', { name: 'The team is founded' }).waitFor();
	await page.getByRole('link', { name: 'To the team' }).click();
	await page.getByRole('link', { name: 'Members' }).click();
	await expect(page.getByText('Nobody has checked')).toBeVisible();
	await expect(page.getByText('You are the only coordinator.')).toBeVisible();
	await page.getByRole('button', { name: 'I have it on paper' }).click();
	await expect(page.getByText('Nobody has checked')).toHaveCount(0);
	await close();
	await server.stop();
});
