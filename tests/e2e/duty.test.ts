/** Who is on call, and what is pressing: set by a coordinator, told rung by rung, ended by ‘I have it’, said to who wrote it. */
import { expect, test, type Page } from '@playwright/test';
import * as w from '../contract/world';
import {
	fillAlert,
	openBrowser,
	PATIENCE,
	PHONE,
	setStage,
	signIn,
	TABLET,
	unlock,
	type Browser,
	type Name,
	type Stage
} from './stage';

let stage: Stage;
let operator: w.Someone;
const browsers = new Map<Name, Browser>();
const page = (name: Name): Page => {
	const found = browsers.get(name);
	if (!found) throw new Error(`${name} has no browser`);
	return found.page;
};
test.beforeAll(async () => {
	test.setTimeout(240_000);
	stage = await setStage();
	operator = await w.anOperator(stage.server);
	for (const [name, device] of [
		['Ana', PHONE],
		['Cora', TABLET],
		['Dorin', PHONE],
		['Eszter', TABLET]
	] as const) {
		const browser = await openBrowser(device);
		browsers.set(name, browser);
		await signIn(browser.page, stage.server.url, stage.people[name]);
	}
	await reachByMail('Cora', 'Dorin', 'Eszter');
});
test.afterAll(async () => {
	for (const browser of browsers.values()) await browser.close();
	await stage.close();
});
test.beforeEach(() => test.setTimeout(3 * PATIENCE));

const open = (name: Name, path: string) => page(name).goto(stage.server.url + path);

/** Ana's alert about somebody who is in danger now. */
async function danger(story: string): Promise<void> {
	await open('Ana', '/alert/new?at=all');
	await fillAlert(page('Ana'), { place: 'Dunapart', when: 'today', story });
	await page('Ana').getByRole('radio', { name: 'Somebody is in danger now' }).check();
	await page('Ana').getByRole('button', { name: 'Send' }).click();
	await page('Ana').waitForURL(/\/case\//);
}

/** A rung waits only for whom something reaches. */
async function reachByMail(...names: Name[]): Promise<void> {
	const path = '/api/collections/users/records?perPage=100';
	const { body } = await w.mustBe(200, w.call(stage.server, 'GET', path, { as: operator }));
	for (const { id: user, login } of body.items as { id: string; login: string }[]) {
		if (!names.some((name) => stage.people[name].login === login)) continue;
		const row = { id: w.id(), user, address: `${login}@team.example`, confirmed: w.NOW };
		await w.mustBe(200, w.create(stage.server, operator, 'wishes', row));
	}
}

/** The minutes until the next rung are over. */
async function letPass(): Promise<void> {
	const { server } = stage;
	const path = `/api/collections/ladders/records?filter=${encodeURIComponent("next != ''")}`;
	const { body } = await w.mustBe(200, w.call(server, 'GET', path, { as: operator }));
	const items = body.items as { id: string }[];
	expect(items.length).toBeGreaterThan(0);
	const next = '2026-01-01 00:00:00.000Z';
	for (const { id } of items) await w.mustBe(200, w.update(server, operator, 'ladders', id, { next }));
	// The server looks each minute.
	await w.mustBe(204, w.call(server, 'POST', '/api/crons/ladder', { as: operator }));
}

const enter = async (name: Name, what: string): Promise<void> => {
	const link = page(name).getByRole('link', { name: what, exact: true });
	await link.focus();
	await page(name).keyboard.press('Enter');
};

test('a coordinator sets who is on call without a mouse, and everybody of the team reads it', async () => {
	await open('Eszter', '/team');
	const { keyboard } = page('Eszter');
	await enter('Eszter', 'On call');
	await expect(page('Eszter').getByText('Nobody is on call now.')).toBeVisible();
	await enter('Eszter', 'Set who is on call');
	await page('Eszter').getByRole('button', { name: 'Add a shift' }).focus();
	await keyboard.press('Enter');
	const shift = page('Eszter').getByRole('group', { name: 'Shift 1' });
	await expect(shift.getByLabel('Who', { exact: true })).toBeFocused();

	// Nobody is chosen yet: it says so, and leads there.
	await page('Eszter').getByRole('button', { name: 'Save' }).focus();
	await keyboard.press('Enter');
	await expect(shift.getByText('Please choose somebody.')).toBeVisible();
	await expect(shift.getByLabel('Who', { exact: true })).toBeFocused();
	await keyboard.type('Cora');
	await keyboard.press('Tab');
	for (const day of ['Saturday', 'Sunday']) {
		await shift.getByRole('checkbox', { name: day }).focus();
		await keyboard.press('Space');
	}
	await shift.getByLabel('From').fill('00:00');
	await shift.getByLabel('Until').fill('00:00');
	await expect(shift.getByText('It lasts into the next day.')).toBeVisible();
	await shift.getByLabel('Who stands in').focus();
	await keyboard.type('Eszter');
	await page('Eszter').getByRole('button', { name: 'Save' }).focus();
	await keyboard.press('Enter');

	for (const name of ['Eszter', 'Cora', 'Dorin'] as const) {
		if (name !== 'Eszter') await open(name, '/team/duty');
		await expect(page(name).getByText('On call now: Cora.')).toBeVisible();
		await expect(page(name).getByText('stands in: Eszter')).toBeVisible();
		await expect(page(name).getByText(/^Danger: at once who is on call, after 5 min/)).toBeVisible();
	}
	await expect(page('Cora').getByRole('link', { name: 'Set who is on call' })).toHaveCount(0);
	await expect(page('Eszter').getByText('No device gets notices').first()).toBeVisible();
	await page('Dorin').getByRole('button', { name: 'Ask for a test' }).click();
	await expect(page('Dorin').getByText('None of your devices gets notices yet.')).toBeVisible();
});

test('what two coordinators set at the same time is both kept', async () => {
	await open('Eszter', '/team/duty/change');
	const quiet = page('Eszter').getByRole('checkbox', { name: /There are quiet hours/ });
	await quiet.check();
	// Somebody else, or another tab.
	const other = await browsers.get('Eszter')?.context.newPage();
	if (!other) throw new Error('no tab');
	await other.goto(`${stage.server.url}/team/duty/change`);
	await other.getByRole('checkbox', { name: /^Dorin/ }).check();
	await other.getByRole('button', { name: 'Save' }).click();
	await other.waitForURL(/\/team\/duty\?/);
	await other.close();
	await page('Eszter').getByRole('button', { name: 'Save' }).click();
	await expect(page('Eszter').getByText('Those whom the team has named.')).toBeVisible();
	await expect(page('Eszter').getByText('From 20:00 to 07:00 nobody is told')).toBeVisible();
});

test('somebody who may not open it is asked to call, has it, and everybody sees that', async () => {
	const story = 'He has a knife in his bag';
	await danger(story);
	await expect(page('Ana').getByText('We told who is on call.')).toBeVisible();
	await expect(page('Ana').getByText('we tell all contact points')).toBeVisible();

	await open('Cora', '/team');
	const line = page('Cora').getByRole('link', { name: new RegExp(story) });
	await expect(line).toContainText(/next told (\w+, )?\d\d:\d\d/);
	await expect(page('Cora').getByRole('heading', { name: 'Waits for ‘I have it’' })).toBeVisible();
	await line.click();
	const rungs = page('Cora').getByRole('region', { name: 'Who has been told' });
	await expect(rungs).toContainText('Who is on call was told.');
	await expect(rungs).toContainText('All contact points are told, unless somebody has it by then.');
	// Taking it is the same: there is one main action.
	await expect(page('Cora').getByRole('button', { name: 'I have it: take this case' })).toHaveCount(1);
	await expect(page('Cora').getByRole('button', { name: 'I have it', exact: true })).toHaveCount(0);

	await open('Dorin', '/team');
	await expect(page('Dorin').getByRole('heading', { level: 1 })).toBeVisible();
	await expect(page('Dorin').getByText(/asks for a call/)).toHaveCount(0);
	await letPass();
	await expect(page('Dorin').getByText(/asks for a call now: somebody is in danger/)).toBeVisible();
	await expect(page('Dorin').getByText(story)).toHaveCount(0);
	await expect(page('Ana').getByText('We told all contact points.')).toBeVisible();
	await expect(rungs).toContainText('All contact points were told.');

	// Without a network nobody is told that it has worked.
	const dorin = browsers.get('Dorin');
	await dorin?.context.setOffline(true);
	await page('Dorin').getByRole('button', { name: 'I have it' }).click();
	await expect(page('Dorin').getByText('This has not arrived')).toBeVisible();
	await dorin?.context.setOffline(false);
	await page('Dorin').getByRole('button', { name: 'I have it' }).click();
	await expect(page('Dorin').getByText('You have said that you have it')).toBeVisible();
	// The button is gone: who pressed it goes on from what it says.
	await expect(page('Dorin').locator(':focus')).toContainText('You have said that you have it');

	await expect(rungs).toContainText('‘I have it’: Dorin');
	await expect(page('Cora').getByRole('button', { name: 'Take this case' })).toHaveText('Take this case');
	await expect(page('Ana').getByText('A person has said: I have it.')).toBeVisible();
	await expect(page('Ana').getByText('A person has it and takes care of it.')).toBeVisible();
	await expect(page('Ana').getByText('Dorin')).toHaveCount(0);
});

test('taking it without a network counts when it arrives, and says so until then', async () => {
	const story = 'They want to fight at three';
	await danger(story);
	await open('Cora', '/team');
	await page('Cora')
		.getByRole('link', { name: new RegExp(story) })
		.click();
	const rungs = page('Cora').getByRole('region', { name: 'Who has been told' });
	await expect(rungs).toContainText('Who is on call was told.');
	await expect(page('Cora').getByText(story).last()).toBeVisible();
	const cora = browsers.get('Cora');
	await cora?.context.setOffline(true);
	await page('Cora').getByRole('button', { name: 'I have it: take this case' }).click();
	await expect(rungs).toContainText('You have taken it. As soon as this arrives');
	await expect(page('Ana').getByText('A person has said: I have it.')).toHaveCount(0);
	await cora?.context.setOffline(false);
	await expect(rungs).toContainText('‘I have it’: You');
	await expect(page('Ana').getByText('A person has said: I have it.')).toBeVisible();
});

test('whoever wrote it is promised nothing that this phone has not heard of', async () => {
	const promise = page('Ana').getByText('If nobody has by then, we tell');
	await danger('Somebody threatens her at the door');
	await expect(promise).toBeVisible();
	await browsers.get('Ana')?.context.setOffline(true);
	const thread = page('Ana').url();
	// In a page that runs the clock shows 1970 while it is set, and an answer that comes then would count from there.
	await page('Ana').goto('about:blank');
	await page('Ana').clock.install({ time: Date.now() + 20 * 60_000 });
	await page('Ana').goto(thread);
	// Nobody touched it for so long: it has locked.
	await unlock(page('Ana'), stage.people.Ana);
	await expect(page('Ana').getByText('This phone has heard nothing new since.')).toBeVisible();
	await expect(promise).toHaveCount(0);
	await browsers.get('Ana')?.context.setOffline(false);
});
