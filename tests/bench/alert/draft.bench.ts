/** How soon a letter that was typed lies encrypted on the disk, beside what IndexedDB alone takes for as much. */
import { expect, test } from '@playwright/test';
import { openBrowser, PHONE, setStage, signIn, type Stage } from '../../e2e/stage';
import { slowScreen } from '../slow';
import { judge, percentile } from '../verdict';
import { givePut, rawKeys, rawPuts, seen, watch } from './watch';

const KEYS = 200;
/** ms from one key to the next: quicker than anybody types on a phone. */
const PAUSE = 60;
const MOST = 16;
const TIMES_RAW = 2;
const TEXT = 'Two groups sit at two tables now and do not talk. ';

let stage: Stage;
test.beforeAll(async () => {
	stage = await setStage();
});
test.afterAll(() => stage.close());

test('from a key press to an encrypted draft', async () => {
	const browser = await openBrowser(PHONE);
	const { page } = browser;
	await signIn(page, stage.server.url, stage.people.Ana);
	await page.goto(`${stage.server.url}/alert/new?at=all`);
	const story = page.locator('textarea[name=story]');
	await story.pressSequentially('First of all: ');
	await page.waitForURL(/\/alert\/[a-z0-9]{15}/);
	await page.waitForTimeout(4_000);
	await watch(page);
	await slowScreen(browser);
	const text = TEXT.repeat(KEYS / TEXT.length);
	await story.pressSequentially(text, { delay: PAUSE });
	await page.waitForTimeout(1_000);

	const { keys, drafts } = await seen(page);
	expect(keys).toHaveLength(KEYS);
	const waits = keys.map(({ pressed, heard, length }) => {
		const kept = drafts.find((draft) => draft.length >= length);
		if (!kept) throw new Error(`letter ${length} was never kept`);
		return { pressed: kept.written - pressed, heard: kept.written - heard };
	});
	const bytes = drafts.at(-1)?.bytes ?? 0;
	await givePut(page);
	const raw = await rawPuts(page, KEYS, bytes, PAUSE);
	const bare = await rawKeys(page, text, bytes, PAUSE);
	const [whole, after] = [waits.map(({ pressed }) => pressed), waits.map(({ heard }) => heard)];
	const p99 = percentile(whole, 0.99);
	const rawP99 = percentile(raw, 0.99);
	judge({
		what: 'key press to an encrypted draft on the disk, p99 of 200',
		is: p99,
		aim: MOST,
		note: `median ${percentile(whole, 0.5).toFixed(1)}, from when the page hears of it ${percentile(after, 0.5).toFixed(1)}; ${drafts.length} writes`
	});
	judge({
		what: '  the same in bare puts of as much into IndexedDB, p99 to p99',
		is: p99 / rawP99,
		aim: TIMES_RAW,
		unit: '',
		note: `put: p99 ${rawP99.toFixed(1)} ms, median ${percentile(raw, 0.5).toFixed(1)} ms`
	});
	const bareP99 = percentile(bare, 0.99);
	judge({
		what: '  the same in keys to a bare put, from a field alone on a page',
		is: p99 / bareP99,
		aim: TIMES_RAW,
		unit: '',
		note: `key to put: p99 ${bareP99.toFixed(1)} ms, median ${percentile(bare, 0.5).toFixed(1)} ms`
	});
	await browser.close();
});
