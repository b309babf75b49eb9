/** What people do in the room of a case. Each act ends when it shows on the screen of whoever did it. */
import { expect, type Locator, type Page } from '@playwright/test';

/** From the team's list to the case that was written up with these words. */
export async function enterRoom(page: Page, url: string, opener: string): Promise<void> {
	await page.goto(`${url}/team`);
	await page.getByRole('link', { name: new RegExp(opener) }).click();
	await expect(page.getByText(opener).last()).toBeVisible();
}

export const choose = (page: Page | Locator, audience: string | RegExp): Promise<void> =>
	page.getByRole('group', { name: 'Who will read it' }).getByText(audience, { exact: true }).click();

/** To whom is chosen already, unless it is said. */
export async function say(page: Page, text: string, audience?: string | RegExp): Promise<void> {
	if (audience) await choose(page, audience);
	await page.getByLabel('Your message').fill(text);
	await page.getByRole('button', { name: 'Send' }).click();
	await expect(page.getByRole('article').filter({ hasText: text })).toBeVisible();
}

/** The form for something that is added to the case. */
export async function add(page: Page, kind: string): Promise<Locator> {
	await page.getByRole('button', { name: 'Add something' }).click();
	const sheet = page.getByRole('dialog');
	await sheet.getByRole('button', { name: new RegExp(`^${kind}`) }).click();
	return sheet;
}

/** `why` is asked of whoever is against it, and may be said by all. */
export async function vote(page: Page, option: string, why = ''): Promise<void> {
	await page.getByRole('button', { name: 'Vote', exact: true }).click();
	await page.getByRole('radio', { name: option }).check();
	if (why) await page.getByLabel('Why').fill(why);
	await page.getByRole('button', { name: 'Vote', exact: true }).click();
	await expect(page.getByRole('button', { name: 'Change my vote' })).toBeVisible();
}

/** Hands the case, which is this person's, to somebody else. */
export async function handOver(page: Page, to: string): Promise<void> {
	await page.getByRole('button', { name: 'Hand over' }).click();
	const sheet = page.getByRole('dialog');
	await sheet.getByText(to).click();
	await sheet.getByRole('button', { name: 'Hand over' }).click();
	await expect(sheet).toBeHidden();
}

/** Writes for another team what it needs to know, on a basis and without consent. */
export async function refer(
	page: Page,
	team: string,
	words: { extract: string; reason: string }
): Promise<void> {
	await page.getByRole('button', { name: 'Refer to another team' }).click();
	const sheet = page.getByRole('dialog');
	await sheet.getByRole('radio', { name: `${team} (${team})` }).check();
	await expect(sheet.getByText(`The members of the team ${team} read what you send here`)).toBeVisible();
	await sheet.getByLabel('What do they need to know?').fill(words.extract);
	await sheet.getByLabel('Basis').selectOption('public_task');
	await sheet.getByLabel('Consent').selectOption('none');
	await sheet.getByLabel('Why without consent?').fill(words.reason);
	await sheet.getByRole('button', { name: 'Refer', exact: true }).click();
	await expect(sheet.getByText('This does not tell the person seeking advice')).toBeVisible();
	await sheet.getByRole('button', { name: 'Close' }).last().click();
}

/** What became of a referral, as the room that it went out from says. */
export const referred = (page: Page, extract: string): Locator =>
	page.getByRole('listitem').filter({ hasText: extract }).getByRole('definition').first();
