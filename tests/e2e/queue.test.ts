/** The queue of a team with many cases: what is found in it, what is shown of it, and by which keys. */
import { expect, test, type Page } from '@playwright/test';
import { manyEntries } from '../bench/many';
import {
	fillAlert,
	openBrowser,
	PHONE,
	sendAlert,
	setStage,
	signIn,
	TABLET,
	type Browser,
	type Stage
} from './stage';

/** More than are ever made at once. */
const CASES = 100;

let stage: Stage;
let phone: Browser;
let tablet: Browser;
test.beforeAll(async () => {
	test.setTimeout(180_000);
	stage = await setStage();
	[phone, tablet] = [await openBrowser(PHONE), await openBrowser(TABLET)];
	await signIn(phone.page, stage.server.url, stage.people.Ana);
	await signIn(tablet.page, stage.server.url, stage.people.Cora);
	await manyEntries(stage, CASES * 4);
	await alert('Naklejki wiszą na przystanku', 'Łódź');
});
test.afterAll(async () => {
	for (const browser of [phone, tablet]) await browser.close();
	await stage.close();
});

const alert = (story: string, place: string): Promise<void> =>
	sendAlert(phone.page, stage.server.url, { place, when: 'yesterday', story });

const lines = (page: Page) => page.locator('a[data-case]');
const field = (page: Page) => page.getByRole('searchbox');

test('all of it can be reached, though only what is near is made', async () => {
	const { page } = tablet;
	await page.goto(`${stage.server.url}/team`);
	await expect(lines(page).first()).toContainText('Naklejki', { timeout: 60_000 });
	const counts = await page.locator('h2 .tabular').allTextContents();
	const all = counts.reduce((sum, count) => sum + Number(count), 0);
	expect(all).toBeGreaterThan(CASES);
	const queue = page.locator('.queue');
	const height = await queue.evaluate(({ scrollHeight }) => scrollHeight);
	// What is passed on the way down is there whenever one looks, and again on the way up.
	const seen = new Set<string>();
	const look = async (): Promise<void> => {
		await expect.poll(() => blank(page)).toBe(0);
		for (const id of await idsOf(page)) seen.add(id);
		expect(await lines(page).count()).toBeLessThan(CASES);
	};
	const step = (by: number): Promise<void> => queue.evaluate((one, by) => one.scrollBy(0, by), by);
	for (let at = 0; at < height; at += 600) {
		await look();
		await step(600);
	}
	await look();
	expect(seen.size).toBe(all);
	await expect(page.getByRole('listitem').last()).toHaveAttribute('aria-posinset', counts.at(-1) ?? '');
	for (let at = 0; at < height; at += 900) {
		await step(-900);
		await look();
	}
	expect(await queue.evaluate(({ scrollTop }) => scrollTop)).toBe(0);
	// Nothing stays where somebody was who has jumped away, but what is first.
	const madeAt = (from: number, to: number): Promise<number> =>
		page.getByRole('listitem').evaluateAll(
			(all, [from, to]) => {
				const at = all.map((one) => Number(one.getAttribute('aria-posinset')));
				return at.filter((one) => one > from && one <= to).length;
			},
			[from, to] as const
		);
	await expect.poll(() => madeAt(60, CASES)).toBe(0);
	await step(1_500);
	await look();
	expect(await madeAt(20, 40)).toBeGreaterThan(10);
	await step(height);
	await look();
	await expect.poll(() => madeAt(14, 60)).toBe(0);
});

/** px of the list within sight that have no line yet. */
const blank = (page: Page): Promise<number> =>
	page.evaluate(() => {
		const places = [...document.querySelectorAll('.queue .place')].filter(
			(one) => one.childElementCount === 0
		);
		return places.reduce((sum, place) => {
			const { top, bottom } = place.getBoundingClientRect();
			return sum + Math.max(0, Math.min(bottom, innerHeight) - Math.max(top, 0));
		}, 0);
	});

const idsOf = (page: Page): Promise<string[]> =>
	lines(page).evaluateAll((all) => all.map((line) => line.getAttribute('data-case') ?? ''));

test('what was said is found, and what somebody looks for stands in no address', async () => {
	const { page } = tablet;
	await page.goto(`${stage.server.url}/team`);
	await lines(page).first().waitFor();
	await page.keyboard.press('/');
	await expect(field(page)).toBeFocused();
	await page.keyboard.type('wisza przyst');
	await expect(lines(page)).toHaveCount(1);
	await expect(page.getByText('1 case matches')).toBeVisible();
	expect(page.url()).not.toContain('wisza');
	await page.keyboard.type('x');
	await expect(page.getByText('Nothing here matches.')).toBeVisible();
	await page.getByRole('button', { name: 'Clear search and filter' }).click();
	await expect(field(page)).toHaveValue('');
	expect(await lines(page).count()).toBeGreaterThan(10);

	// What was looked for goes with the screen.
	await field(page).fill('naklejki');
	await page.getByRole('button', { name: 'Lock' }).click();
	await page.waitForURL((url) => !url.pathname.startsWith('/team'));
	await page.goto(`${stage.server.url}/unlock?to=/team`);
	await page.getByLabel('Passphrase', { exact: true }).fill(stage.people.Cora.passphrase);
	await page.getByRole('button', { name: 'Unlock' }).click();
	await lines(page).first().waitFor();
	await expect(field(page)).toHaveValue('');
});

test('a filter stays while cases are opened, and what arrives shows where it fits', async () => {
	const { page } = tablet;
	await page.goto(`${stage.server.url}/team`);
	await lines(page).first().waitFor();
	await page.getByRole('button', { name: 'Filter' }).click();
	await page.getByLabel('Place', { exact: true }).selectOption('Łódź');
	await expect(lines(page)).toHaveCount(1);
	await expect(page.getByRole('button', { name: 'Filter (1)' })).toBeVisible();

	// From the field down into what was found, and back to the list with the filter still on.
	await page.keyboard.press('Tab');
	await field(page).press('Enter');
	await expect(lines(page).first()).toBeFocused();
	await page.keyboard.press('Enter');
	await expect(page.getByRole('heading', { level: 1, name: 'Propaganda or symbols' })).toBeVisible();
	await expect(lines(page)).toHaveCount(1);
	await page.keyboard.press('Escape');
	await expect(page).toHaveURL(/\/team\?/);
	await expect(lines(page).first()).toBeFocused();

	await alert('Symbole w szatni', 'Łódź');
	await expect(lines(page)).toHaveCount(2);
	await alert('Chants in the canteen', 'Dunapart');
	await expect(page.getByText('2 cases match')).toBeVisible();
	await page.reload();
	await expect(lines(page)).toHaveCount(2);

	await page.keyboard.press('j');
	await expect(lines(page).nth(0)).toBeFocused();
	await page.keyboard.press('j');
	await expect(lines(page).nth(1)).toBeFocused();
	await page.keyboard.press('k');
	await expect(lines(page).nth(0)).toBeFocused();
});

test('keys lead on past what was made at first', async () => {
	const { page } = tablet;
	await page.goto(`${stage.server.url}/team`);
	await lines(page).first().waitFor();
	const passed = new Set<string>();
	const step = async (key: string): Promise<void> => {
		await page.keyboard.press(key);
		passed.add(await focused(page));
	};
	for (let at = 0; at < 45; at++) await step('j');
	expect(passed.size).toBe(45);
	const [here] = [...passed].slice(-1);
	for (let at = 0; at < 44; at++) await step('k');
	expect(passed.size).toBe(45);
	await expect(lines(page).first()).toBeFocused();

	// Whoever comes back out of a case is where they were, and a line with the focus stays however far one scrolls.
	for (let at = 0; at < 44; at++) await step('j');
	expect(await focused(page)).toBe(here);
	await page.keyboard.press('Enter');
	await page.getByRole('heading', { level: 1 }).nth(1).waitFor();
	await page.locator('.queue').evaluate((queue) => queue.scrollTo(0, 0));
	await page.keyboard.press('Escape');
	await expect.poll(() => focused(page)).toBe(here);
	await page.locator('.queue').evaluate((queue) => queue.scrollTo(0, 0));
	await expect(lines(page).first()).toBeInViewport();
	await step('j');
	expect(passed.size).toBe(46);
});

test('on a phone all lines are there again after a case, however fast one went on from a flick', async () => {
	const { page } = tablet;
	await page.setViewportSize(PHONE.viewport);
	await page.goto(`${stage.server.url}/team`);
	await lines(page).first().waitFor();
	for (const end of [true, false, true]) {
		await page.evaluate((end) => scrollTo(0, end ? document.body.scrollHeight : 0), end);
		await expect.poll(() => blank(page)).toBe(0);
	}
	// What has gone far is still being taken away when somebody taps.
	await page.evaluate(() => {
		scrollTo(0, 0);
		requestAnimationFrame(() => document.querySelector<HTMLElement>('a[data-case]')?.click());
	});
	await page.waitForURL(/team\/[a-z0-9]{15}/);
	await page.waitForTimeout(1_000);
	await page.goBack();
	await lines(page).first().waitFor();
	const flat = page.locator('.queue .place').filter({ visible: false });
	await expect(flat).toHaveCount(0);
	await expect.poll(() => blank(page)).toBe(0);
	await page.setViewportSize(TABLET.viewport);
});

test('what arrives takes nobody from where they are, and what they read is not made anew', async () => {
	const { page } = tablet;
	await page.goto(`${stage.server.url}/team`);
	await lines(page).first().waitFor();
	for (let at = 0; at < 40; at++) await page.keyboard.press('j');
	await expect.poll(() => blank(page)).toBe(0);
	const here = await focused(page);
	const before = await page.evaluateHandle(() =>
		[...document.querySelectorAll('a[data-case]')].filter((line) => {
			const { top, bottom } = line.getBoundingClientRect();
			return top >= 0 && bottom <= innerHeight;
		})
	);
	const top = (): Promise<number> =>
		page.evaluate(() => document.activeElement?.getBoundingClientRect().top ?? 0);
	const stood = await top();
	const counts = await page.locator('h2 .tabular').allTextContents();
	await alert('Chalk on the steps', 'Dunapart');
	await expect.poll(() => page.locator('h2 .tabular').allTextContents()).not.toEqual(counts);
	await expect.poll(() => focused(page)).toBe(here);
	const seen = await before.evaluate((all) => [all.length, all.filter((one) => one.isConnected).length]);
	expect(seen[0]).toBeGreaterThan(5);
	expect(seen[1]).toBe(seen[0]);
	expect(Math.abs((await top()) - stood)).toBeLessThan(100);
	await page.keyboard.press('j');
	expect(await focused(page)).not.toBe(here);
	await expect.poll(() => blank(page)).toBe(0);

	// The last line of a piece, and then one above it in its own group: it stands in the next piece.
	const place = page.locator('[role=listitem]:focus-within');
	const at = async (): Promise<number> => Number(await place.getAttribute('aria-posinset'));
	while ((await at()) % 2 !== 0) await page.keyboard.press('j');
	const [last, stoodAt] = [await focused(page), await at()];
	const row = await page.evaluateHandle(() => document.activeElement);
	await phone.page.goto(`${stage.server.url}/alert/new?at=all`);
	await fillAlert(phone.page, { place: 'Dunapart', when: 'yesterday', story: 'Paint on the wall' });
	await phone.page.getByRole('radio', { name: 'In the next days' }).check();
	await phone.page.getByRole('button', { name: 'Send' }).click();
	await phone.page.waitForURL(/\/case\//);
	await phone.page.getByRole('button', { name: 'I want to talk to a person' }).click();
	await expect(place).toHaveAttribute('aria-posinset', String(stoodAt + 1));
	expect(await focused(page)).toBe(last);
	expect(await row.evaluate((one) => one?.isConnected)).toBe(false);
});

const focused = (page: Page): Promise<string> =>
	page.evaluate(() => document.activeElement?.getAttribute('data-case') ?? '');

test('what somebody knows well is said once, and the cases can then be filtered by it, without a network too', async () => {
	const { page, context } = tablet;
	await page.goto(`${stage.server.url}/team`);
	await lines(page).first().waitFor();
	await page.getByRole('button', { name: 'Filter' }).click();
	await expect(page.getByLabel('My expertise')).toHaveCount(0);
	await page.getByRole('link', { name: 'Say what you know well, to filter by it' }).click();
	await page.locator('summary', { hasText: 'Where it happens' }).click();
	await page.getByRole('checkbox', { name: 'School grounds' }).check();
	await page.locator('summary', { hasText: 'Strands of extremism' }).click();
	await page.getByRole('checkbox', { name: 'Mixed or unclear' }).check();
	await page.getByRole('button', { name: 'Save' }).click();
	await expect(page.getByText('Saved. Your team’s experts see it.')).toBeVisible();

	await context.setOffline(true);
	await page.goto(`${stage.server.url}/team`);
	await lines(page).first().waitFor();
	const all = await lines(page).count();
	await page.getByRole('button', { name: 'Filter' }).click();
	await page.getByLabel('My expertise').check();
	await expect(page.getByRole('button', { name: 'Filter (1)' })).toBeVisible();
	await expect(lines(page).filter({ hasText: 'Naklejki wiszą' })).toHaveCount(1);
	expect(await lines(page).count()).toBeLessThan(all);

	// Without a network it is said that it is not kept, and what was chosen stays.
	await page.goto(`${stage.server.url}/team/expertise`);
	await expect(page.getByText('Mixed or unclear').first()).toBeVisible();
	await page.locator('summary', { hasText: 'Themes' }).click();
	await page.getByRole('checkbox', { name: 'Hate' }).check();
	await page.getByRole('button', { name: 'Save' }).click();
	await expect(page.getByRole('alert').getByText(/cannot be reached/)).toBeVisible();
	await expect(page.getByRole('checkbox', { name: 'Hate' })).toBeChecked();
	await context.setOffline(false);
	await page.getByRole('button', { name: 'Save' }).click();
	await expect(page.getByText('Saved. Your team’s experts see it.')).toBeVisible();

	// And it stands on the member's own page.
	await page.goto(`${stage.server.url}/team/members`);
	await page.getByRole('link', { name: /Cora/ }).click();
	await expect(page.getByRole('definition').filter({ hasText: 'Mixed or unclear' })).toBeVisible();
});
