/** Who reads what: told before the first letter, held by keys, opened with a reason, ended with a new key. */
import { expect, test, type Page } from '@playwright/test';
import PocketBase from 'pocketbase';
import type { Entry, Membership } from '../../src/lib/domain/records';
import { addOperator } from '../server';
import { choose, enterRoom, say } from './room';
import {
	kept,
	openBrowser,
	PHONE,
	setStage,
	signIn,
	TABLET,
	type Browser,
	type Name,
	type Stage
} from './stage';

const AMONG_US = 'Unter uns: Der Vater war schon einmal bei mir.';
const AFTER = 'Das ist nur noch unter uns, Herr Bartek.';
const OPENER = 'Na przystanku';

let stage: Stage;
const open: Browser[] = [];
test.beforeAll(async () => {
	stage = await setStage();
});
test.afterAll(async () => {
	for (const browser of open) await browser.close();
	await stage.close();
});

async function enter(name: Name, phone = false): Promise<Page> {
	const browser = await openBrowser(phone ? PHONE : TABLET);
	open.push(browser);
	await signIn(browser.page, stage.server.url, stage.people[name]);
	return browser.page;
}

const openRoom = (page: Page): Promise<void> => enterRoom(page, stage.server.url, OPENER);

/** Quick hide works behind an open dialog: it must not lie under one. */
async function keepsCornerFree(page: Page): Promise<void> {
	const corner = await page.locator('#hide').boundingBox();
	const dialog = await page.getByRole('dialog').boundingBox();
	expect(dialog?.y).toBeGreaterThanOrEqual((corner?.y ?? Infinity) + (corner?.height ?? 0));
}

const keysOf = async (page: Page): Promise<string[]> =>
	(await kept<{ case: string; name: string }>(page, 'keys'))
		.filter((key) => key.case !== '')
		.map(({ name }) => name);

async function asOperator(): Promise<PocketBase> {
	const [login, passphrase] = ['operator@example.org', 'operator-passphrase'];
	await addOperator(stage.server, login, passphrase);
	const operator = new PocketBase(stage.server.url);
	await operator.collection('_superusers').authWithPassword(login, passphrase);
	return operator;
}

test('what the team says among itself, and what is opened and ended, is what each device holds', async () => {
	const cora = await enter('Cora');
	await openRoom(cora);
	await expect(
		cora.getByText('The person seeking advice and the team read this. Not the police.')
	).toBeVisible();
	await expect(cora.getByText('not confirmed').first()).toBeVisible();
	await choose(cora, 'Team');
	await expect(
		cora.getByText('Only the team reads this. Neither the person seeking advice nor the police.')
	).toBeVisible();
	await cora.getByRole('button', { name: 'By name' }).click();
	await expect(cora.getByText('You and Eszter', { exact: true })).toBeVisible();
	await say(cora, AMONG_US);
	await cora.getByRole('button', { name: 'Who reads this' }).click();
	await keepsCornerFree(cora);
	await cora.keyboard.press('Escape');
	await expect(cora.getByRole('article').filter({ hasText: AMONG_US })).toContainText('Team only');

	const eszter = await enter('Eszter');
	await openRoom(eszter);
	await expect(eszter.getByText(AMONG_US)).toBeVisible();

	// The reporter lets the police in, after saying why.
	const bartek = await enter('Bartek', true);
	await bartek.getByRole('link', { name: new RegExp(OPENER) }).click();
	await expect(
		bartek.getByText('You and the team Dunapart read this. Not the police.').first()
	).toBeVisible();
	await bartek.getByRole('button', { name: 'Open to the police contact' }).click();
	const form = bartek.getByRole('dialog');
	await keepsCornerFree(bartek);
	await form.getByRole('button', { name: 'Open it' }).click();
	await expect(form.getByText('Please choose one.').first()).toBeVisible();
	await form.getByLabel('Basis').selectOption('child_protection');
	await form.getByLabel('Consent').selectOption('none');
	await form.getByRole('button', { name: 'Open it' }).click();
	await expect(
		form.getByText('Please say why it has to be without consent.', { exact: false })
	).toBeVisible();
	await form.getByLabel('Why without consent?').fill('The family cannot be asked.');
	await form.getByRole('button', { name: 'Open it' }).click();
	await expect(form).toBeHidden();
	await expect(
		bartek.getByText('Bartek opened this: the police contact now reads all of it, from the beginning.')
	).toBeVisible();
	await expect(
		bartek.getByText('You, the team Dunapart and the police contact read this.', { exact: true }).first()
	).toBeVisible();

	const dorin = await enter('Dorin');
	await openRoom(dorin);
	const act = dorin.getByRole('article').filter({ hasText: 'Bartek opened this' });
	await expect(act).toContainText('A child or young person needs protection');
	await expect(act).toContainText('The family cannot be asked.');
	await expect(dorin.getByText('Schulsozialarbeit')).toBeVisible();
	expect(await keysOf(dorin)).toEqual(['reporter']);

	// What comes through to the phone comes after what the team said among itself: that never does.
	await say(cora, 'Danke!', 'Person seeking advice');
	await expect(bartek.getByText('Danke!')).toBeVisible();
	expect(await bartek.getByText(AMONG_US).count()).toBe(0);
	expect(await keysOf(bartek)).toEqual(['reporter']);
	await expect(dorin.getByText('Danke!')).toBeVisible();

	// Ended: a new key, for everybody but the police.
	await bartek.getByRole('button', { name: 'End access: the police contact' }).click();
	await expect(bartek.getByRole('dialog')).toContainText(
		'What was read stays read. From now on the police contact reads nothing new here.'
	);
	await bartek.getByRole('dialog').getByRole('button', { name: 'End access' }).click();
	await expect(bartek.getByText('Bartek ended this', { exact: false })).toBeVisible();
	await expect(
		cora.getByText('The person seeking advice and the team read this. Not the police.')
	).toBeVisible();
	await say(cora, AFTER);
	await expect(bartek.getByText(AFTER)).toBeVisible();
	expect(await keysOf(bartek)).toEqual(['reporter', 'reporter']);
	await expect(dorin.getByText('Schulsozialarbeit')).toBeHidden();
	await dorin.reload();
	await expect(dorin.getByText('Danke!')).toBeHidden();
	expect(await keysOf(dorin)).toEqual(['reporter']);
	expect(await dorin.getByText(AFTER).count()).toBe(0);

	// Somebody with the whole server in hand puts words into another's mouth, and moves what was said.
	const operator = await asOperator();
	const entries = await operator.collection('entries').getFullList<Entry>({ sort: 'rev' });
	const answer = entries.find(({ kind }) => kind === 'message');
	const alert = entries.find(({ kind }) => kind === 'alert');
	const copied = {
		case: answer?.case,
		key: answer?.key,
		kind: 'message',
		sealed: answer?.sealed,
		digest: answer?.digest
	};
	await operator.collection('entries').create({ ...copied, id: 'forged000000000', author: alert?.author });
	await operator.collection('entries').create({ ...copied, id: 'moved0000000000', author: answer?.author });
	for (const page of [cora, bartek]) {
		const forged = page.getByRole('article').filter({ hasText: 'Not authentic' });
		await expect(forged).toContainText('under the name of Bartek');
		await expect(forged).toContainText('Do not act on it');
		await expect(page.getByRole('article').filter({ hasText: 'Not what it says it is' })).toBeVisible();
		await expect(page.getByText('Schulsozialarbeit')).toHaveCount(1);
	}
});

test('a guest reads and answers what was opened, until the last day is over', async () => {
	const cora = await enter('Cora');
	await openRoom(cora);
	await say(cora, 'Only among us', 'Team');
	const frieda = await enter('Frieda');
	await frieda.goto(`${stage.server.url}/team`);
	await expect(frieda.getByText('No cases yet.')).toBeVisible();

	await cora.getByRole('button', { name: 'Who reads this' }).click();
	const sheet = cora.getByRole('dialog');
	await sheet.getByRole('button', { name: 'Open to somebody more' }).first().click();
	await sheet.getByText('Frieda').click();
	await sheet.getByLabel('Basis').selectOption('public_task');
	await sheet.getByLabel('Consent').selectOption('given');
	await sheet.getByRole('button', { name: 'Open it' }).click();
	await expect(sheet.getByRole('button', { name: 'Open it' })).toBeHidden();
	await cora.keyboard.press('Escape');
	await openRoom(frieda);
	await expect(frieda.getByText('Only among us')).toHaveCount(0);
	await say(frieda, 'Seen this elsewhere, too');
	await expect(cora.getByText('Seen this elsewhere, too')).toBeVisible();

	// Invited for seven days. The server's clock cannot be moved: that day is moved before it instead.
	const operator = await asOperator();
	const memberships = operator.collection('memberships');
	const { id } = await memberships.getFirstListItem<Membership>('role = "guest"');
	const until = (time: number): Promise<unknown> =>
		memberships.update(id, { until: new Date(time).toISOString().replace('T', ' ') });
	await until(Date.now() + 7 * 86_400_000);
	await say(cora, 'While the guest is here', 'Person seeking advice');
	await expect(frieda.getByText('While the guest is here')).toBeVisible();
	await until(Date.now() - 1_000);
	// The server looks each minute.
	await operator.crons.run('heedLeaving');
	await expect(frieda.getByText('Only among us')).toHaveCount(0);
	await expect(frieda.getByText('This case is not on this device.')).toBeVisible();
	expect(await kept(frieda, 'entries')).toEqual([]);
	await say(cora, 'After the guest has gone');
	await expect(cora.getByText('After the guest has gone')).toBeVisible();
	await frieda.reload();
	await expect(frieda.getByText('After the guest has gone')).toHaveCount(0);
	expect(await kept(frieda, 'entries')).toEqual([]);
});
