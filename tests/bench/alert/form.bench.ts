/** How soon the form shows that it was tapped, at each of its questions and on the page with all of them. */
import { expect, test, type Locator } from '@playwright/test';
import { openBrowser, PHONE, setStage, signIn, type Browser, type Stage } from '../../e2e/stage';
import { slowScreen } from '../slow';
import { judge, percentile } from '../verdict';
import { notePaints, paintsOf } from './paints';

const MOST = 100;
const SENTENCE = 'Two groups sit at two tables.';

let stage: Stage;
let browser: Browser;
test.beforeEach(async () => {
	stage = await setStage();
	browser = await openBrowser(PHONE);
	await signIn(browser.page, stage.server.url, stage.people.Ana);
});
test.afterEach(async () => {
	await browser.close();
	await stage.close();
});

async function open(at: string): Promise<void> {
	const { page } = browser;
	await page.goto(`${stage.server.url}/alert/new?at=${at}`);
	await page.getByRole('button', { name: /^(Next|Skip|Send)$/ }).waitFor();
	// What starts after the first screen is not what is measured here.
	await page.waitForTimeout(5_000);
	await notePaints(page);
	await slowScreen(browser);
}

async function judgePaints(where: string): Promise<void> {
	// A frame's time is told after it.
	await browser.page.waitForTimeout(500);
	const paints = await paintsOf(browser.page);
	expect(paints.length).toBeGreaterThan(5);
	const [worst] = paints.sort((one, other) => other.took - one.took);
	judge({
		what: `tap or key to next paint, ${where}, the slowest`,
		is: worst?.took ?? NaN,
		aim: MOST,
		note: `${worst?.what} at ${worst?.at}; median ${percentile(
			paints.map(({ took }) => took),
			0.5
		).toFixed(0)} of ${paints.length} above 16 ms`
	});
}

test('one question at a time', async () => {
	const { page } = browser;
	await open('urgency');
	const asked = async (name: string, ...what: Locator[]): Promise<void> => {
		await page.getByRole('heading', { level: 1, name }).waitFor();
		for (const one of what) await one.tap();
	};
	const [radio, box] = [page.getByRole('radio'), page.getByRole('checkbox')];
	const next = page.getByRole('button', { name: /^(Next|Skip|Send)$/ });
	const write = async (field: Locator): Promise<void> => {
		await field.tap();
		await field.pressSequentially(SENTENCE, { delay: 60 });
		await next.tap();
	};

	await asked('How soon does somebody need to look at it?', radio.first());
	await asked('What is it about?', page.getByRole('radio', { name: /^Hate/ }));
	await asked('What comes closest?', radio.nth(1));
	await asked('Where did it happen?', page.getByRole('button', { name: 'Back' }));
	await asked('What comes closest?', radio.nth(1));
	await asked('Where did it happen?', page.getByRole('radio', { name: /^School grounds/ }));
	await asked('In which municipality?');
	await page.getByLabel('In which municipality?').pressSequentially('Dunapart', { delay: 60 });
	await next.tap();
	await asked('When was it?', page.getByRole('button', { name: 'Yesterday' }));
	await asked('Where does it come from?', radio.nth(1));
	await asked('How old are the people in this?', page.locator('fieldset label').nth(2), next);
	await asked('Whom or what is it directed against?', box.nth(2), box.nth(3), next);
	await asked('How do you know of it?', box.first(), next);
	await asked('What happened?');
	await write(page.getByLabel('What happened?'));
	await asked('What is going well?');
	await write(page.getByLabel('What is going well?'));
	await asked('What have you done so far?', next);
	await asked('What would help you?', box.first(), next);
	await asked('Photos', next);
	await asked('Ready to send?');
	await judgePaints('one question at a time');
});

test('all questions on one page', async () => {
	const { page } = browser;
	await open('all');
	await page.getByRole('radio', { name: /^Hate/ }).tap();
	await page.getByLabel('What comes closest?').selectOption('propaganda');
	await page.getByLabel('Where did it happen?').selectOption('school_grounds');
	const place = page.getByLabel('In which municipality?');
	await place.tap();
	await place.pressSequentially('Dunapart', { delay: 60 });
	await page.getByRole('radio', { name: 'Today or tomorrow' }).tap();
	const story = page.getByLabel('What happened?');
	await story.tap();
	await story.pressSequentially(SENTENCE, { delay: 60 });
	await page.locator('details.more > summary').tap();
	await page.locator('details.more').getByRole('checkbox').nth(3).tap();
	await page.getByLabel('What is going well?').tap();
	await judgePaints('all questions on one page');
});
