/** The privacy guard beside what somebody writes: what it marks, what one can do about it, and that it holds nothing up. */
import { expect, test, type Locator, type Page } from '@playwright/test';
import {
	fillAlert,
	openBrowser,
	PHONE,
	setStage,
	signIn,
	TABLET,
	unlock,
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
});
test.afterEach(() => browser.close());
test.afterAll(() => stage.close());

const story = (page: Page): Locator => page.locator('textarea[name=story]');
/** What was found, as it is listed. */
const found = (page: Page): Locator => page.locator('summary[id]');
const button = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true });

async function write(page: Page, text: string): Promise<void> {
	await page.goto(`${stage.server.url}/alert/new?at=story`);
	await story(page).fill(text);
}

test('the keyboard alone reaches what was marked, decides on it, and takes it back', async () => {
	const { page } = browser;
	const { keyboard } = page;
	const text = 'Anna Miller said that Tom Baker shouts. I told Anna Miller to come.';
	await write(page, text);
	await expect(found(page)).toHaveText(['“Anna Miller” may be a name', '“Tom Baker” may be a name']);
	await expect(page.getByRole('status').filter({ hasText: 'who is meant' })).toHaveText(
		'2 things in this text may tell who is meant'
	);
	// In the text each place has a mark that is more than a colour.
	const marks = page.locator('.behind mark');
	await expect(marks).toHaveText(['Anna Miller', 'Tom Baker', 'Anna Miller']);
	await expect(marks.first()).toHaveCSS('text-decoration-line', 'underline');

	await story(page).focus();
	await keyboard.press('Tab');
	await expect(found(page).first()).toBeFocused();
	await keyboard.press('Enter');
	await expect(page.getByText('A name tells at once who is meant.').first()).toBeVisible();
	await keyboard.press('Tab');
	await expect(button(page, 'Replace with “Person A”').first()).toBeFocused();
	await expect(button(page, 'Replace with “Person A”').first()).toHaveAccessibleDescription(
		'“Anna Miller” may be a name'
	);
	await keyboard.press('Enter');
	await expect(story(page)).toHaveValue('Person A said that Tom Baker shouts. I told Person A to come.');
	await expect(button(page, 'Undo')).toBeFocused();
	await expect(button(page, 'Undo')).toHaveAccessibleDescription(
		'Instead of “Anna Miller” it says “Person A” now.'
	);

	await keyboard.press('Enter');
	await expect(story(page)).toHaveValue(text);
	await expect(found(page).first()).toBeFocused();
	await expect(found(page)).toHaveCount(2);
});

test('a person has the same stand-in wherever the alert names her, and few can read who it is', async () => {
	const { page } = browser;
	await write(page, 'Yesterday Anna Miller came to me. ');
	await button(page, 'Replace with “Person A”').click();
	await story(page).press('End');
	await story(page).pressSequentially('Her friend Tom Baker was there. Then Anna left. ');
	await expect(found(page)).toHaveText(['“Tom Baker” may be a name', '“Anna” may be a name']);
	await found(page).first().click();
	await button(page, 'Move to the names').first().click();
	await found(page).first().click();
	// Whether it is the same Anna nobody can know but who writes.
	await expect(button(page, 'Replace with “Person C”')).toBeVisible();
	await button(page, 'Replace with “Person A”').click();
	await expect(story(page)).toHaveValue(
		'Yesterday Person A came to me. Her friend Person B was there. Then Person A left. '
	);

	// Another question of the same alert, and a reload in between.
	await button(page, 'Next').click();
	await page.waitForURL(/at=strengths/);
	await page.reload();
	const strengths = page.locator('textarea[name=strengths]');
	await strengths.fill('I know that Anna plays chess.');
	await expect(found(page)).toHaveText(['“Anna” may be a name']);
	await expect(button(page, 'Replace with “Person A”')).toBeVisible();
	await button(page, 'Replace with “Person A”').click();
	await expect(strengths).toHaveValue('I know that Person A plays chess.');
	await page.goto(`${page.url().replace(/\?.*/, '')}?at=files`);
	await expect(page.locator('textarea[name=names]')).toHaveValue('Person B: Tom Baker');
});

test('what somebody lets stand stays quiet in this alert, and nothing holds it up', async () => {
	const { page } = browser;
	await write(page, 'In the classroom Tom Baker laughed. Call +44 20 7946 0958.');
	await expect(found(page)).toHaveText([
		'“Tom Baker” may be a name',
		'“+44 20 7946 0958” looks like a phone number'
	]);
	await found(page).first().click();
	await button(page, 'This is fine').first().click();
	await expect(button(page, 'Undo')).toBeFocused();
	await page.waitForURL(/\/alert\/[a-z0-9]{15}/);
	await page.reload();
	await expect(story(page)).toHaveValue(/Tom Baker/);
	await expect(found(page)).toHaveText(['“+44 20 7946 0958” looks like a phone number']);
	// A word is not marked while it is being written: it may become another one.
	await story(page).fill('It was Tom');
	await expect(found(page)).toHaveCount(0);
	await expect(found(page)).toHaveText(['“Tom” may be a name']);

	// All of it is sent as it stands, with marks that nobody has decided on.
	await page.goto(`${page.url().replace(/\?.*/, '')}?at=all`);
	await fillAlert(page, { place: 'Dunapart', when: 'Monday', story: 'It was Tom Baker, +44 20 7946 0958.' });
	await expect(found(page)).toHaveText(['“+44 20 7946 0958” looks like a phone number']);
	await button(page, 'Send').click();
	await page.waitForURL(/\/case\//);
	await expect(page.getByText('It was Tom Baker, +44 20 7946 0958.')).toBeVisible();
});

test('words in a case are marked too, for whoever asks and for the team, but not among the few', async () => {
	const { page } = browser;
	await page.goto(`${stage.server.url}/alert/new?at=all`);
	await fillAlert(page, { place: 'Dunapart', when: 'Monday', story: 'Person A has drawn on the wall.' });
	await button(page, 'Send').click();
	await page.waitForURL(/\/case\//);
	const message = page.getByLabel('Your message');
	await message.fill('Today Tom Baker came by himself. ');
	await expect(found(page)).toHaveText(['“Tom Baker” may be a name']);
	await expect(page.locator('.behind mark')).toHaveText(['Tom Baker']);
	await expect(button(page, 'Move to the names')).toHaveCount(0);
	// Who that is, the alert has said of somebody else already.
	await button(page, 'Replace with “Person B”').click();
	await expect(message).toHaveValue('Today Person B came by himself. ');
	await button(page, 'Send').click();
	await expect(page.getByText('Today Person B came by himself.')).toBeVisible();
	await expect(message).toHaveValue('');
	await expect(found(page)).toHaveCount(0);

	const desk = await openBrowser(TABLET);
	await signIn(desk.page, stage.server.url, stage.people.Eszter);
	await desk.page.goto(`${stage.server.url}/team`);
	await desk.page.getByRole('link', { name: /Person A has drawn/ }).click();
	const words = desk.page.getByLabel('Your message');
	// Whoever works on it is no secret here.
	await words.fill('I told Tom Baker, and Cora knows. ');
	await expect(found(desk.page)).toHaveText(['“Tom Baker” may be a name']);
	await desk.page.getByText('Narrow circle', { exact: true }).click();
	await expect(found(desk.page)).toHaveCount(0);
	await expect(words).toHaveValue('I told Tom Baker, and Cora knows. ');
	await desk.page.locator('form label', { hasText: 'Team' }).click();
	await expect(found(desk.page)).toHaveCount(1);
	await words.fill('');

	await button(desk.page, 'Add something').click();
	const sheet = desk.page.getByRole('dialog');
	await sheet.getByRole('button', { name: /^Assessment/ }).click();
	await sheet.locator('textarea[name=concerns]').fill('Tom Baker is alone a lot. ');
	await sheet.locator('textarea[name=needs]').fill('Somebody whom Tom Baker trusts. ');
	await expect(found(desk.page)).toHaveCount(2);
	await button(desk.page, 'Replace with “Person C”').first().click();
	await expect(sheet.locator('textarea[name=concerns]')).toHaveValue('Person C is alone a lot. ');
	// It is the same person in the whole form.
	await button(desk.page, 'Replace with “Person C”').first().click();
	await expect(sheet.locator('textarea[name=needs]')).toHaveValue('Somebody whom Person C trusts. ');
	await desk.close();
});

test('it works without a network from the second time on, and says what it cannot do the first time', async () => {
	const { page, context } = browser;
	await context.route(/names-[a-z]+\.[^/]+\.json/, (route) => route.abort());
	await write(page, 'Tom Baker has the number +44 20 7946 0958.');
	await expect(found(page)).toHaveText(['“+44 20 7946 0958” looks like a phone number']);
	await expect(page.getByText('Heed cannot recognise all names yet.')).toBeVisible();
	await context.unroute(/names-[a-z]+\.[^/]+\.json/);
	await page.reload();
	await expect(found(page)).toHaveCount(2);
	await expect(page.getByText('Heed cannot recognise all names yet.')).toBeHidden();
	const isKept = () => page.evaluate(async () => (await (await caches.open('heed-guard')).keys()).length);
	await expect.poll(isKept).toBe(6);

	await context.setOffline(true);
	await stage.server.kill();
	await page.reload();
	await page.getByRole('link', { name: 'Unlock' }).or(story(page)).first().waitFor();
	if (!(await story(page).isVisible())) {
		await page.goto(`${stage.server.url}/unlock`);
		await unlock(page, stage.people.Ana);
	}
	await story(page).fill('This time it was Sarah Fisher.');
	await expect(found(page)).toHaveText(['“Sarah Fisher” may be a name']);
	await context.setOffline(false);
	stage = await setStage();
});
