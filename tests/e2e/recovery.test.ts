/** Forgetting the passphrase: asked on a new device, compared by voice, refused or approved, and reading again. */
import { expect, test, type Page } from '@playwright/test';
import { startServer } from '../server';
import {
	APP,
	digitsOn,
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
test.beforeAll(async () => {
	stage = await setStage(undefined, { HEED_RECOVERY_DELAY_MINUTES: '0' });
});
test.afterAll(() => stage.close());

/** A second member, so that two can approve. */
async function letGerdaIn(desk: Page): Promise<Browser> {
	const gerda = await openBrowser(PHONE);
	await desk.goto(`${stage.server.url}/team/invite`);
	await gerda.page.goto(await desk.getByLabel('Join link', { exact: true }).inputValue());
	await gerda.page.getByRole('radio', { name: 'I work in this team' }).check();
	await gerda.page.getByLabel('Your name').fill('Gerda');
	await gerda.page.getByLabel('User name').fill('gerda');
	await gerda.page.getByLabel('I have written it down').check();
	await gerda.page.getByRole('button', { name: 'Join' }).click();
	await gerda.page.getByText('You have asked').waitFor();
	await desk.goto(`${stage.server.url}/team/members`);
	await desk.getByRole('link', { name: 'Gerda' }).click();
	await desk.getByRole('radio', { name: 'Compared by phone' }).check();
	await desk.getByRole('radio', { name: /^Member/ }).check();
	await desk.getByLabel('Agency').selectOption({ label: 'Municipality of Dunapart' });
	await desk.getByRole('button', { name: 'Let in' }).click();
	await gerda.page.getByText('You are in: team Dunapart').waitFor();
	return gerda;
}

/** Somebody takes the device up again: it does not wait until it asks by itself. */
const takeUp = (page: Page): Promise<boolean> =>
	page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));

/** Asks for new keys, and says which passphrase will open them. */
async function askForKeys(page: Page, login: string): Promise<string> {
	await page.goto(`${stage.server.url}/sign-in`);
	await page.getByRole('link', { name: 'Passphrase forgotten?' }).click();
	// The page before has a field of the same name.
	await page.getByRole('heading', { name: 'New keys for a forgotten passphrase' }).waitFor();
	await page.getByLabel('User name').fill(login);
	// The words are fetched when they are first asked for.
	await expect(page.locator('ol.card li')).toHaveCount(6);
	const passphrase = (await page.locator('ol.card li').allTextContents())
		.map((word) => word.trim())
		.join(' ');
	await page.getByLabel('I have written it down').check();
	await page.getByRole('button', { name: 'Ask for new keys' }).click();
	await page.getByRole('heading', { name: 'You have asked for new keys' }).waitFor();
	return passphrase;
}

async function approve(page: Page, digits: string, name = 'Cora'): Promise<void> {
	await page.goto(`${stage.server.url}/team/members`);
	await page.getByRole('link', { name: new RegExp(`^${name}.*Compare the digits on the phone`) }).click();
	await page.getByRole('heading', { name: `New keys for ${name}?` }).waitFor();
	expect(await digitsOn(page)).toBe(digits);
	await page.getByRole('button', { name: 'The digits are the same' }).click();
	await page.getByText('You have approved').waitFor();
}

test('a forgotten passphrase: refused by the person, then approved by two, and everything reads again', async () => {
	const { url } = stage.server;
	const { Cora, Eszter } = stage.people;
	const desk = await openBrowser(TABLET);
	await signIn(desk.page, url, Eszter);
	const gerda = await letGerdaIn(desk.page);

	// Her old phone: an alert of her own, and a draft that nobody else has.
	const old = await openBrowser(PHONE);
	await signIn(old.page, url, Cora);
	await old.page.goto(`${url}/alert/new?at=all`);
	await fillAlert(old.page, { place: 'Dunapart', when: 'today', story: 'A sticker at the tram.' });
	await old.page.getByRole('button', { name: 'Send' }).click();
	await expect(old.page.getByText('It has arrived').first()).toBeVisible();
	await old.page.goto(`${url}/alert/new?at=all`);
	await old.page.getByLabel('What happened?').fill('Only on this phone.');
	await expect(old.page.getByText('Saved on this phone')).toBeVisible();
	await old.page.goto(`${url}/`);

	const phone = await openBrowser(PHONE);
	await askForKeys(phone.page, 'cora');
	await expect(old.page.getByText('Somebody asks for new keys for your account.')).toBeVisible();
	await old.page.getByRole('button', { name: 'It was not me: refuse' }).click();
	await expect(old.page.getByText('Somebody asks for new keys for your account.')).toHaveCount(0);
	await phone.page.reload();
	await expect(phone.page.getByText('This was refused')).toBeVisible();
	await phone.page.getByRole('button', { name: 'Ask again' }).click();

	const passphrase = await askForKeys(phone.page, 'Cora');
	const digits = await digitsOn(phone.page);
	expect(digits).toMatch(/^(\d{5} ){5}\d{5}$/);
	// What was asked stays on the device.
	await phone.page.reload();
	await phone.page.getByRole('heading', { name: 'You have asked for new keys' }).waitFor();
	expect(await digitsOn(phone.page)).toBe(digits);

	await approve(gerda.page, digits);
	await expect(phone.page.getByText('Approved: 1 of 2')).toBeVisible();
	await approve(desk.page, digits);
	await takeUp(phone.page);
	await phone.page.getByRole('heading', { name: 'You have new keys' }).waitFor();
	await phone.page.getByRole('link', { name: 'Sign in' }).click();
	await signIn(phone.page, url, { ...Cora, passphrase });
	await expect(phone.page.getByText('still has to give back')).toBeVisible();

	await desk.page.goto(`${url}/team/members`);
	await desk.page.getByRole('link', { name: /^Cora.*give back/ }).click();
	await desk.page.getByRole('button', { name: 'Give it back' }).click();
	await expect(desk.page.getByRole('link', { name: /^Cora/ })).toContainText('Vouched for by Eszter');
	// For somebody who only reads the roll, too.
	await gerda.page.goto(`${url}/team/members`);
	await expect(gerda.page.getByRole('link', { name: /^Cora/ })).toContainText('Vouched for by Eszter');

	await expect(phone.page.getByText('still has to give back')).toHaveCount(0);
	await phone.page.goto(`${url}/`);
	await phone.page.getByRole('link', { name: /A sticker at the tram/ }).click();
	await expect(phone.page.getByText('A sticker at the tram.').last()).toBeVisible();
	await phone.page.goto(`${url}/team`);
	await phone.page.locator('a[data-case]').filter({ hasNotText: 'tram' }).first().click();
	const room = phone.page.getByRole('list', { name: 'Conversation' });
	await expect(room.getByText('Na przystanku przed szkołą')).toBeVisible();
	await phone.page.getByLabel('Your message').fill('I am back.');
	await phone.page.getByRole('button', { name: 'Send' }).click();
	await expect(room.getByText('I am back.')).toBeVisible();

	await gerda.page.goto(`${url}/team`);
	await gerda.page.locator('a[data-case]').filter({ hasNotText: 'tram' }).first().click();
	await expect(gerda.page.getByText('I am back.').last()).toBeVisible();
	await expect(gerda.page.getByText(/not authentic|not believed/)).toHaveCount(0);

	// Who only asked for advice comes back in the same way, and is on no roll.
	const his = await openBrowser(PHONE);
	const words = await askForKeys(his.page, 'bartek');
	const read = await digitsOn(his.page);
	await approve(gerda.page, read, 'Bartek');
	await approve(desk.page, read, 'Bartek');
	await takeUp(his.page);
	await his.page.getByRole('heading', { name: 'You have new keys' }).waitFor();
	await his.page.getByRole('link', { name: 'Sign in' }).click();
	await signIn(his.page, url, { ...stage.people.Bartek, passphrase: words });
	await expect(his.page.getByText('still has to give back')).toBeVisible();
	await desk.page.goto(`${url}/team/members`);
	await desk.page.getByRole('link', { name: /^Bartek.*give back/ }).click();
	await desk.page.getByRole('button', { name: 'Give it back' }).click();
	await expect(his.page.getByText('still has to give back')).toHaveCount(0);
	await his.page.goto(`${url}/`);
	await his.page.getByRole('link', { name: /Na przystanku przed szkołą/ }).click();
	await his.page.getByLabel('Your message').fill('With new keys.');
	await his.page.getByRole('button', { name: 'Send' }).click();
	await expect(his.page.getByText('With new keys.')).toBeVisible();
	// Cora has compared nothing: two others have, and signed that.
	await expect(room.getByText('With new keys.')).toBeVisible();
	await expect(phone.page.getByText(/not authentic|not believed/)).toHaveCount(0);
	await his.close();

	// The old phone: the new passphrase opens the account, the old one the draft.
	await old.page.goto(`${url}/sign-in`);
	await signIn(old.page, url, { ...Cora, passphrase }, { worker: false });
	await old.page.goto(`${url}/`);
	await old.page.getByText('1 draft on this device opens only with your old passphrase.').waitFor();
	await old.page.getByRole('link', { name: 'I remember the old passphrase' }).click();
	await old.page.getByLabel('Passphrase', { exact: true }).fill('another one entirely');
	await old.page.getByRole('button', { name: 'Open them' }).click();
	await expect(old.page.getByText('This passphrase does not open it.')).toBeVisible();
	await old.page.getByLabel('Passphrase', { exact: true }).fill(Cora.passphrase);
	await old.page.getByRole('button', { name: 'Open them' }).click();
	await old.page.getByRole('link', { name: /Only on this phone/ }).click();
	await expect(old.page.getByLabel('What happened?')).toHaveValue('Only on this phone.');
	await Promise.all([desk.close(), gerda.close(), old.close(), phone.close()]);
});

test('the words on the paper bring the keys back to somebody new, and everybody sees how', async () => {
	const server = await startServer({ publicDir: APP });
	const desk = await openBrowser(TABLET);
	await desk.page.goto(`${server.url}/found`);
	await desk.page.getByLabel('One-time code').fill(server.env.HEED_FOUNDING_CODE ?? '');
	await desk.page.getByLabel('Your name').fill('Eszter');
	await desk.page.getByLabel('User name').fill('eszter');
	await desk.page.getByLabel('Name of the team').fill('Dunapart');
	await desk.page.getByLabel('Municipality or district').fill('Dunapart');
	await desk.page.getByLabel('Country').selectOption('HU');
	await desk.page.getByLabel('Name of the agency').fill('Town hall');
	await desk.page.getByLabel('Sector').selectOption('municipality');
	await desk.page.getByLabel('I have written it down').check();
	await desk.page.getByRole('button', { name: 'Found the team' }).click();
	await desk.page.getByRole('heading', { name: 'The recovery key of your team' }).waitFor();
	const words = await desk.page.locator('ol.numbered li > span:last-child').allTextContents();
	await desk.page.getByRole('button', { name: 'I will do this later' }).click();
	const link = await desk.page.getByLabel('Join link', { exact: true }).inputValue();
	await waitUntilInstalled(desk.page);
	await desk.page.goto(`${server.url}/alert/new?at=all`);
	await fillAlert(desk.page, { place: 'Dunapart', when: 'today', story: 'Written before the loss.' });
	await desk.page.getByRole('button', { name: 'Send' }).click();
	await expect(desk.page.getByText('It has arrived').first()).toBeVisible();

	const phone = await openBrowser(PHONE);
	await phone.page.goto(link);
	await phone.page.getByRole('radio', { name: 'I write alerts' }).check();
	await phone.page.getByLabel('Your name').fill('Ildikó');
	await phone.page.getByLabel('User name').fill('ildiko');
	await phone.page.getByLabel('I have written it down').check();
	await phone.page.getByRole('button', { name: 'Join' }).click();
	await phone.page.getByRole('link', { name: 'New alert' }).waitFor();
	await waitUntilInstalled(phone.page);
	await phone.page.goto(`${server.url}/recover`);
	await phone.page.getByRole('link', { name: 'Use the printed recovery key' }).click();
	const all = phone.page.getByLabel('All 14 words, in their order');
	const use = phone.page.getByRole('button', { name: 'Bring the keys back' });
	await use.click();
	await expect(phone.page.getByText('Please fill this in.')).toBeVisible();
	await all.fill(words.slice(1).join(' '));
	await use.click();
	await expect(phone.page.getByText('Words typed: 13 of 14.')).toBeVisible();
	await all.fill(words.with(2, 'qqqqqq').join(' '));
	await use.click();
	await expect(phone.page.getByText('Word 3 is none that the paper can have.')).toBeVisible();
	await all.fill(words.map((word, i) => `${i + 1}. ${word.toUpperCase()},`).join('\n'));
	await use.click();
	await phone.page.getByRole('heading', { name: 'You coordinate the team Dunapart' }).waitFor();
	await phone.page.getByRole('link', { name: 'To the team' }).click();
	const line = (page: Page) => page.getByRole('link', { name: /^Ildikó/ });
	await expect(line(phone.page)).toContainText('Came back with the printed key');
	await phone.page.goto(`${server.url}/team`);
	await phone.page.locator('a[data-case]').first().click();
	await expect(phone.page.getByText('Written before the loss.').last()).toBeVisible();

	// The one who was there sees it, and reads what the newcomer writes as genuine.
	await phone.page.getByLabel('Your message').fill('I found the paper.');
	await phone.page.getByRole('button', { name: 'Send' }).click();
	await desk.page.goto(`${server.url}/team/members`);
	await expect(line(desk.page)).toContainText('Came back with the printed key');
	await expect(desk.page.getByRole('link', { name: /^Eszter/ })).toContainText('Founded the team');
	await desk.page.goto(`${server.url}/team`);
	await desk.page.locator('a[data-case]').first().click();
	await expect(desk.page.getByText('I found the paper.').last()).toBeVisible();

	// A coordinator now like any other: lets somebody in, who reads what was there.
	const other = await openBrowser(PHONE);
	await other.page.goto(link);
	await other.page.getByRole('radio', { name: 'I work in this team' }).check();
	await other.page.getByLabel('Your name').fill('Jana');
	await other.page.getByLabel('User name').fill('jana');
	await other.page.getByLabel('I have written it down').check();
	await other.page.getByRole('button', { name: 'Join' }).click();
	await other.page.getByText('You have asked').waitFor();
	await phone.page.goto(`${server.url}/team/members`);
	await phone.page.getByRole('link', { name: 'Jana' }).click();
	await phone.page.getByRole('radio', { name: 'Compared by phone' }).check();
	await phone.page.getByRole('radio', { name: /^Member/ }).check();
	await phone.page.getByLabel('Agency').selectOption({ label: 'Town hall' });
	await phone.page.getByRole('button', { name: 'Let in' }).click();
	await other.page.getByRole('link', { name: 'To the team' }).click();
	await other.page.locator('a[data-case]').first().click();
	await expect(other.page.getByText('Written before the loss.').last()).toBeVisible();
	await Promise.all([desk.close(), phone.close(), other.close()]);
	await server.stop();
});
