/** What a photo of 12 megapixels costs, from being chosen until it lies re-encoded and encrypted with the draft. */
import { writeFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { openBrowser, PHONE, setStage, signIn, type Stage } from '../../e2e/stage';
import { SLOWED } from '../slow';
import { judge, percentile, rounded } from '../verdict';
import { phonePhoto } from './photo';
import { seen, watch, watchFrames } from './watch';

const RUNS = 3;
const MOST = 1_000;
/** The longest that no frame may come. */
const STILL = 100;

let stage: Stage;
test.beforeAll(async () => {
	stage = await setStage();
});
test.afterAll(() => stage.close());

for (const [slowed, slow] of Object.entries(SLOWED))
	test(`a photo, four times slower: ${slowed}`, async () => {
		const browser = await openBrowser(PHONE);
		const { page } = browser;
		const photo = await phonePhoto(page, 1);
		// Handed over as a path: the page has no part in that.
		const path = test.info().outputPath('photo.jpg');
		await writeFile(path, photo);
		await signIn(page, stage.server.url, stage.people.Ana);
		await page.goto(`${stage.server.url}/alert/new?at=all`);
		await page.locator('textarea[name=story]').pressSequentially('First of all: ');
		await page.waitForURL(/\/alert\/[a-z0-9]{15}/);
		const field = page.locator('input[type=file]');
		await field.waitFor({ state: 'attached' });
		await page.waitForTimeout(5_000);
		await watch(page);
		await watchFrames(page);
		const fast = await slow(browser);
		const [times, gaps]: [number[], number[]] = [[], []];
		for (let run = 0; run < RUNS; run++) {
			await page.waitForTimeout(500);
			await seen(page);
			await field.setInputFiles(path);
			await expect(page.getByRole('img', { name: /^Photo/ })).toHaveCount(run + 1);
			const { chosen, pictures, frames } = await seen(page);
			const [from = NaN, to = NaN] = [chosen[0], pictures[0]];
			times.push(to - from);
			gaps.push(Math.max(...frames.map(({ at, gap }) => at - Math.max(from, at - gap))));
		}
		await fast();
		await browser.close();
		const size = `${(photo.length / 1e6).toFixed(1)} MB`;
		// Where every process is stopped, no frame comes for that reason alone now and then.
		const isScreen = slow === SLOWED['the screen alone, as developer tools do'];
		judge({
			what: `photo, 12 megapixels, until it is kept; ${isScreen ? 'screen slowed' : 'all slowed'}`,
			is: percentile(times, 0.5),
			aim: MOST,
			note: `${rounded(times)}; ${size}`
		});
		judge({
			what: '  the longest that the screen stood still',
			is: Math.max(...gaps),
			note: rounded(gaps),
			...(isScreen && { aim: STILL })
		});
	});
