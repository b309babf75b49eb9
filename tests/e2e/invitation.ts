/** Coming into a team by its link: what whoever comes does, and the coordinator who lets them in. */
import { expect, type Page } from '@playwright/test';
import { digitsOn } from './stage';

/** The join link as it stands on a coordinator's invitation. */
export async function joinLink(page: Page, url: string): Promise<string> {
	await page.goto(`${url}/team`);
	await page.getByRole('link', { name: 'Members' }).click();
	await page.getByRole('link', { name: 'Invite people' }).click();
	return page.getByLabel('Join link', { exact: true }).inputValue();
}

/** On the join page, by somebody who has no account yet; the passphrase is the one that is offered. */
export async function makeAccount(
	page: Page,
	who: { name: string; login: string; purpose: string }
): Promise<{ login: string; passphrase: string }> {
	await page.getByRole('radio', { name: who.purpose }).check();
	await page.getByLabel('Your name').fill(who.name);
	await page.getByLabel('User name').fill(who.login);
	await page.getByLabel('I have written it down').check();
	const passphrase = await page.locator('input[name=passphrase]').inputValue();
	await page.getByRole('button', { name: 'Join' }).click();
	return { login: who.login, passphrase };
}

/** On the join page, by somebody who has an account. */
export async function askToJoin(page: Page): Promise<void> {
	await page.getByRole('button', { name: 'Ask to be let in' }).click();
	await page.getByText('You have asked').waitFor();
}

/** What a coordinator is asked about somebody, who is seen to have the same digits as `digits`. */
export async function compareAndOpen(page: Page, url: string, name: string, digits: string): Promise<void> {
	await page.goto(`${url}/team/members`);
	await page.getByRole('link', { name }).click();
	await page.getByRole('heading', { name: `Let ${name} in?` }).waitFor();
	expect(await digitsOn(page)).toBe(digits);
}

/** The coordinator's yes, there; `lastDay` is a guest's, as YYYY-MM-DD. */
export async function letIn(
	page: Page,
	place: { name: string; role: 'Member' | 'Guest'; agency: string; lastDay?: string }
): Promise<void> {
	await page.getByRole('radio', { name: 'Compared face to face' }).check();
	await page.getByRole('radio', { name: new RegExp(`^${place.role}`) }).check();
	await page.getByLabel('Agency').selectOption({ label: place.agency });
	if (place.lastDay) await page.getByLabel('Last day').fill(place.lastDay);
	await page.getByRole('button', { name: 'Let in' }).click();
	await expect(page.getByRole('link', { name: new RegExp(`^${place.name}`) })).toContainText(place.role);
}
