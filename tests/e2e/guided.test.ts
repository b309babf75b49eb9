/** The alert's form, one question a screen. */
import { expect, test, type Locator, type Page } from '@playwright/test';
import { openBrowser, PHONE, setStage, signIn, TABLET, type Browser, type Stage } from './stage';

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

const question = (page: Page, name: string): Locator => page.getByRole('heading', { level: 1, name });
const next = (page: Page): Locator => page.getByRole('button', { name: /^(Next|Skip|Send)$/ });

test('taps alone fill it, in at most 25', async () => {
	const { page } = browser;
	let taps = 0;
	const tap = async (what: Locator): Promise<void> => {
		await what.tap();
		taps += 1;
	};
	/** What is tapped at a question; one tap on an answer goes on, and several answers take 'Next'. */
	const answer = async (asked: string, ...what: Locator[]): Promise<void> => {
		await expect(question(page, asked)).toBeVisible();
		for (const one of what) await tap(one);
	};
	const row = (name: RegExp): Locator => page.getByRole('radio', { name });

	await page.goto(stage.server.url);
	await tap(page.getByRole('link', { name: 'New alert' }));
	await answer('How soon does somebody need to look at it?', row(/^Today/));
	await answer('What is it about?', row(/^Hate/));
	await answer('What comes closest?', row(/^Propaganda/));
	await answer('Where did it happen?', row(/^School grounds/));
	await answer('In which municipality?', page.getByRole('button', { name: 'Dunapart' }));
	await answer('When was it?', page.getByRole('button', { name: 'Yesterday' }));
	await answer('Where does it come from?', page.getByRole('radio').nth(1));
	const ages = page.locator('fieldset').first().locator('label');
	await answer('How old are the people in this?', ages.nth(2), next(page));
	const boxes = page.getByRole('checkbox');
	await answer('Whom or what is it directed against?', boxes.nth(2), next(page));
	await answer('How do you know of it?', boxes.first(), next(page));
	await answer('What happened?', next(page));
	await answer('What is going well?', next(page));
	await answer('What have you done so far?', next(page));
	await answer('What would help you?', boxes.first(), next(page));
	await answer('Photos', next(page));
	await answer('Ready to send?', next(page));
	await page.waitForURL(/\/case\//);
	console.log(`an alert by ${taps} taps`);
	expect(taps).toBeLessThanOrEqual(25);
	await expect(page.getByText('School grounds').first()).toBeVisible();
});

test('the keyboard alone fills it, and each question is where the reading goes on', async () => {
	const { page } = browser;
	await page.goto(`${stage.server.url}/alert/new`);
	const asked = async (name: string): Promise<void> => {
		await expect(question(page, name)).toBeFocused();
	};
	await page.getByRole('radio', { name: 'No hurry' }).focus();
	await page.keyboard.press('ArrowDown');
	// An arrow moves between answers and does not go on.
	await expect(page.getByRole('radio', { name: 'In the next days' })).toBeChecked();
	await page.keyboard.press('Enter');
	await asked('What is it about?');
	await page.keyboard.press('Tab');
	await page.keyboard.press('Space');
	await page.keyboard.press('Enter');
	await asked('What comes closest?');
	// What the team cannot do without is asked for before it goes on.
	await page.keyboard.press('Tab');
	await page.keyboard.press('Enter');
	await expect(page.getByText('Please choose')).toBeVisible();
	await expect(page.getByRole('radio').first()).toBeFocused();
	await page.keyboard.press('Space');
	await page.keyboard.press('Enter');
	await asked('Where did it happen?');
});

test('back and a reload lose nothing, and go back question by question', async () => {
	const { page } = browser;
	await page.goto(`${stage.server.url}/alert/new`);
	await page.getByRole('radio', { name: 'In the next days' }).tap();
	await page.getByRole('radio', { name: /^Polarisation/ }).tap();
	await page.getByRole('radio', { name: /^Disinformation/ }).tap();
	await expect(question(page, 'Where did it happen?')).toBeVisible();
	await page.getByRole('button', { name: 'Back' }).tap();
	await expect(page.getByRole('radio', { name: /^Disinformation/ })).toBeChecked();
	await page.goBack();
	await expect(page.getByRole('radio', { name: /^Polarisation/ })).toBeChecked();
	await page.reload();
	await expect(page.getByRole('radio', { name: /^Polarisation/ })).toBeChecked();
	await page.goBack();
	await expect(page.getByRole('radio', { name: 'In the next days' })).toBeChecked();
	// Left and opened again from the start, it goes on where something is missing.
	await page.goto(stage.server.url);
	await page.locator('main a[href^="/alert/"]:not([href="/alert/new"])').tap();
	await expect(question(page, 'In which municipality?')).toBeVisible();
});

test('danger shows whom to call before anything else, and the police are asked about', async () => {
	const { page } = browser;
	await page.goto(`${stage.server.url}/alert/new`);
	await page.getByRole('radio', { name: /^Somebody is in danger/ }).tap();
	const call = page.getByRole('alert').getByRole('link', { name: 'Call 112 first.' });
	await expect(call).toHaveAttribute('href', 'tel:112');
	await expect(page.getByText('Heed is no emergency service')).toBeVisible();
	await expect(question(page, 'How soon does somebody need to look at it?')).toBeVisible();
	await page.goto(page.url().replace(/\?.*|$/, '?at=police'));
	await page.getByRole('radio', { name: /^Yes/ }).tap();
	await expect(question(page, 'Ready to send?')).toBeVisible();
	await expect(page.getByText('and its police contact will read this')).toBeVisible();
});

test('a question without an incident takes the short path, and is reviewed before it goes', async () => {
	const { page } = browser;
	await page.goto(`${stage.server.url}/alert/new`);
	await page.getByRole('button', { name: /^I only have a question/ }).tap();
	await page.getByRole('radio', { name: /^Polarisation/ }).tap();
	await page.getByLabel('In which municipality?').fill('Dunapart');
	await next(page).tap();
	await page.getByLabel('What would you like to know?').fill('How do we begin a lesson about rumours?');
	await next(page).tap();
	await next(page).tap();
	await next(page).tap();
	await expect(question(page, 'Ready to send?')).toBeVisible();
	await expect(page.getByText('How do we begin a lesson')).toBeVisible();
	await page.getByRole('link', { name: 'Change: Place' }).tap();
	await expect(page.getByLabel('In which municipality?')).toHaveValue('Dunapart');
	await page.goBack();
	await page.getByRole('button', { name: 'Send' }).tap();
	await page.waitForURL(/\/case\//);

	// Whatever advice stands there, a person is one tap away; and the team sees that first.
	await page.getByRole('button', { name: 'I want to talk to a person' }).tap();
	await expect(page.getByText('You asked to talk to a person')).toBeVisible();
	const desk = await openBrowser(TABLET);
	await signIn(desk.page, stage.server.url, stage.people.Cora);
	await desk.page.goto(`${stage.server.url}/team`);
	const line = desk.page.locator('[data-case]', { hasText: 'How do we begin a lesson' });
	await expect(line).toContainText('Wants a person');
	await desk.close();
});

test('whoever asked for all questions at once gets them so the next time', async () => {
	const { page } = browser;
	await page.goto(`${stage.server.url}/alert/new`);
	await page.getByRole('link', { name: 'All questions on one page' }).tap();
	await expect(page.getByLabel('What happened?')).toBeVisible();
	await page.goto(`${stage.server.url}/alert/new`);
	await expect(page.getByLabel('What happened?')).toBeVisible();
	await page.getByRole('link', { name: 'One question at a time' }).tap();
	await expect(question(page, 'How soon does somebody need to look at it?')).toBeVisible();
	await page.goto(`${stage.server.url}/alert/new`);
	await expect(question(page, 'How soon does somebody need to look at it?')).toBeVisible();
});
