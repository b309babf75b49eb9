/** What goes wrong while somebody writes, and what is said then: nothing typed is ever lost. */
import { expect, test, type Locator, type Page } from '@playwright/test';
import { startServer } from '../server';
import { gpsPhoto } from './gps-photo';
import {
	APP,
	fillAlert,
	openBrowser,
	PHONE,
	setStage,
	signIn,
	TABLET,
	unlock,
	waitUntilInstalled,
	type Browser,
	type Stage
} from './stage';

const WORDS = {
	place: 'Dunapart',
	when: 'yesterday',
	story: 'Stickers at the bus stop, and nobody says anything.'
};

let stage: Stage;
let open: Browser[] = [];
test.beforeAll(async () => {
	stage = await setStage();
});
test.afterEach(async () => {
	await Promise.all(open.map((browser) => browser.close()));
	open = [];
});
test.afterAll(() => stage.close());

async function browse(options: Parameters<typeof openBrowser>[0] = PHONE): Promise<Page> {
	const browser = await openBrowser(options);
	open.push(browser);
	return browser.page;
}

async function writeAs(name: keyof Stage['people'], path = '/alert/new?at=all'): Promise<Page> {
	const page = await browse();
	await signIn(page, stage.server.url, stage.people[name]);
	await page.goto(stage.server.url + path);
	return page;
}

const story = (page: Page): Locator => page.getByLabel('What happened?');
const send = (page: Page): Locator => page.getByRole('button', { name: 'Send' });

test('a file that is no photo is refused in a sentence, and the text stays', async () => {
	const page = await writeAs('Ana');
	await story(page).fill(WORDS.story);
	await page.getByText('Saved on this phone', { exact: true }).waitFor();
	const good = await gpsPhoto(page);
	const files: [name: string, buffer: Buffer, sentence: RegExp][] = [
		['notes.jpg', Buffer.from('Only words, whatever the name says.'), /“notes\.jpg” is not a picture/],
		[
			'script.svg',
			Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'),
			/“script\.svg” is not a picture/
		],
		['empty.jpg', Buffer.alloc(0), /“empty\.jpg” is not a picture/],
		['large.jpg', Buffer.concat([good, Buffer.alloc(21 * 1024 * 1024)]), /“large\.jpg” is larger than 20 MB/],
		['wide.png', pngHeader(10_000, 5_001), /“wide\.png” has more than 50 megapixels/],
		['wide.jpg', withSize(good, 10_000, 5_001), /“wide\.jpg” has more than 50 megapixels/],
		['short.jpg', good.subarray(0, good.length / 4), /“short\.jpg” cannot be read/],
		['hollow.png', pngHeader(640, 480), /“hollow\.png” cannot be read/]
	];
	for (const [name, buffer, sentence] of files) {
		await page.locator('input[type=file]').setInputFiles({ name, mimeType: 'image/jpeg', buffer });
		await expect(page.getByRole('alert').filter({ hasText: sentence })).toBeVisible();
		await expect(story(page)).toHaveValue(WORDS.story);
		expect(await page.getByRole('img', { name: /^Photo/ }).count(), name).toBe(0);
	}
	// A good one among bad ones is taken, and each bad one is named.
	await page.locator('input[type=file]').setInputFiles([
		{ name: 'a.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('no') },
		{ name: 'b.jpg', mimeType: 'image/jpeg', buffer: good },
		{ name: 'c.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('no') }
	]);
	await expect(page.getByRole('img', { name: 'Photo 1' })).toBeVisible();
	await expect(page.getByText(/“a\.jpg” is not a picture/)).toBeVisible();
	await expect(page.getByText(/“c\.jpg” is not a picture/)).toBeVisible();
	await page.reload();
	await expect(story(page)).toHaveValue(WORDS.story);
	await expect(page.getByRole('img', { name: /^Photo/ })).toHaveCount(1);
});

test('an empty form says at each field what is missing, and nothing is sent', async () => {
	const page = await writeAs('Ana');
	await send(page).click();
	await expect(page.getByText('Some things are still missing.')).toBeVisible();
	for (const question of ['What is it about?', 'How soon does somebody need to look at it?']) {
		await expect(page.getByRole('radiogroup', { name: question })).toHaveAccessibleDescription(
			'Please choose one.'
		);
	}
	await expect(page.getByLabel('What comes closest?')).toHaveAccessibleDescription(/Please choose one\./);
	await expect(page.getByLabel('In which municipality?')).toHaveAccessibleDescription(
		/Please name the municipality/
	);
	// What may stay empty is not asked for.
	for (const question of ['When was it?', 'Where did it happen?', 'What happened?']) {
		await expect(page.getByLabel(question)).not.toHaveAttribute('aria-invalid');
	}
	await expect(page.getByRole('radio', { name: /^Radicalisation/ })).toBeFocused();

	await page.getByLabel('In which municipality?').fill('Dunapart');
	await expect(page.getByText(/Please name the municipality/)).toBeHidden();
	await send(page).click();
	await expect(page.getByText('Please choose one.')).toHaveCount(3);
	await page.goto(stage.server.url);
	await expect(page.getByText('On its way')).toHaveCount(0);
	await expect(page.getByText('Received')).toHaveCount(0);
});

test('a wrong passphrase is said at the field, at the door and at the lock', async () => {
	const { url } = stage.server;
	const page = await browse();
	const passphrase = page.getByLabel('Passphrase', { exact: true });
	await page.goto(`${url}/sign-in`);
	await page.getByRole('button', { name: 'Sign in' }).click();
	await expect(page.getByText('Please enter your user name.')).toBeVisible();
	await expect(page.getByText('Please enter your passphrase.')).toBeVisible();
	await expect(page.getByLabel('User name')).toBeFocused();
	await page.getByLabel('User name').fill(stage.people.Ana.login);
	await passphrase.fill('four words but wrong');
	await page.getByRole('button', { name: 'Sign in' }).click();
	await expect(page.getByText('User name and passphrase do not match.')).toBeVisible();
	await expect(page.getByLabel('User name')).toHaveValue(stage.people.Ana.login);
	await expect(passphrase).toHaveValue('four words but wrong');

	// Written by a thumb: a capital first, a space last.
	await page.getByLabel('User name').fill(` ${stage.people.Ana.login.toUpperCase()} `);
	await passphrase.fill(stage.people.Ana.passphrase);
	await page.getByRole('button', { name: 'Sign in' }).click();
	await expect(page.getByRole('link', { name: 'New alert' })).toBeVisible();

	await page.getByRole('button', { name: 'Lock' }).click();
	await page.goto(`${url}/unlock`);
	await page.getByRole('button', { name: 'Unlock' }).click();
	await expect(page.getByText('Please enter your passphrase.')).toBeVisible();
	await passphrase.fill('four words but wrong');
	await page.getByRole('button', { name: 'Unlock' }).click();
	await expect(page.getByText('This passphrase does not open it.')).toBeVisible();
	await expect(passphrase).toBeFocused();
	await unlock(page, stage.people.Ana);
	await expect(page.getByRole('button', { name: 'Lock' })).toBeVisible();
});

test('with the server gone, signing in says so, and works when it is back', async () => {
	const { url, dataDir } = stage.server;
	const page = await browse();
	await page.goto(`${url}/sign-in`);
	await page.getByLabel('User name').fill(stage.people.Ana.login);
	await page.getByLabel('Passphrase', { exact: true }).fill(stage.people.Ana.passphrase);
	await waitUntilInstalled(page);
	await stage.server.kill();
	await page.getByRole('button', { name: 'Sign in' }).click();
	await expect(page.getByText('Heed cannot be reached at the moment.')).toBeVisible();
	await expect(page.getByLabel('User name')).toHaveValue(stage.people.Ana.login);

	stage.server = await startServer({ publicDir: APP, dataDir, port: Number(new URL(url).port) });
	await page.getByRole('button', { name: 'Sign in' }).click();
	await expect(page.getByRole('link', { name: 'New alert' })).toBeVisible();
});

test('founding with a wrong code says so at the code, keeps every answer, and works with the right one', async () => {
	const server = await startServer({ publicDir: APP });
	const page = await browse();
	await page.goto(server.url);
	await page.waitForURL('**/found');
	await page.getByRole('button', { name: 'Found the team' }).click();
	await expect(page.getByText('Please look at the marked fields.')).toBeVisible();
	await expect(page.getByLabel('One-time code')).toBeFocused();

	await page.getByLabel('One-time code').fill('not-the-code');
	await page.getByLabel('Your name').fill('Eszter');
	await page.getByLabel('User name').fill('eszter');
	await page.getByRole('button', { name: 'Use my own instead' }).click();
	await page.getByLabel('Passphrase', { exact: true }).fill('too short');
	await page.getByLabel('Name of the team').fill('Dunapart');
	await page.getByLabel('Municipality or district').fill('Dunapart');
	await page.getByLabel('Country').selectOption('HU');
	await page.getByLabel('Name of the agency').fill('Town of Dunapart');
	await page.getByLabel('Sector').selectOption('municipality');
	await page.getByRole('button', { name: 'Found the team' }).click();
	await expect(page.getByText('This is too short')).toBeVisible();
	await expect(page.getByLabel('Passphrase', { exact: true })).toBeFocused();

	await page.getByLabel('Passphrase', { exact: true }).fill('lamp river seven clouds');
	await page.getByRole('button', { name: 'Found the team' }).click();
	await expect(page.getByText('This code is not right.')).toBeVisible();
	await expect(page.getByLabel('One-time code')).toBeFocused();
	await expect(page.getByLabel('Name of the agency')).toHaveValue('Town of Dunapart');

	await page.getByLabel('One-time code').fill(server.env.HEED_FOUNDING_CODE ?? '');
	await page.getByRole('button', { name: 'Found the team' }).click();
	await expect(page.getByRole('heading', { name: 'The recovery key of your team' })).toBeFocused();
	await page.getByRole('button', { name: 'I will do this later' }).click();
	await expect(page.getByRole('heading', { name: 'The team is founded' })).toBeFocused();
	await expect(page.getByLabel('Join link')).toHaveValue(/\/join#[a-z0-9]{15}\./);
	await server.stop();
});

test('what is written while locked goes without unlocking, and what is only begun opens with the passphrase', async () => {
	const { url } = stage.server;
	const page = await writeAs('Ana', '/');
	await page.getByRole('button', { name: 'Lock' }).click();
	await expect(page.getByText('Your alerts are locked.')).toBeVisible();
	await page.getByRole('link', { name: 'New alert' }).click();
	await fillAlert(page, { ...WORDS, story: 'Sent while locked, with cold hands.' });
	await send(page).click();
	await page.waitForURL('**/unlock?to=**');
	await page.goto(url);
	await expect(page.getByText('Received').first()).toBeVisible();
	await expect(page.getByText('cold hands')).toHaveCount(0);

	await page.getByRole('link', { name: 'New alert' }).click();
	await story(page).fill('Begun while locked, with warm hands.');
	await page.getByText('Saved on this phone', { exact: true }).waitFor();
	await page.getByRole('link', { name: 'Unlock' }).click();
	await unlock(page, stage.people.Ana);
	await expect(page.getByText('warm hands')).toBeVisible();

	// Locked again, the draft that was adopted no longer shows its words.
	await page.getByRole('button', { name: 'Lock' }).click();
	await expect(page.getByText('Locked draft').first()).toBeVisible();
	await expect(page.getByText(/(cold|warm) hands/)).toHaveCount(0);
	await page.getByRole('link', { name: 'Locked draft' }).first().click();
	await page.locator('main').getByRole('link', { name: 'Unlock' }).click();
	await unlock(page, stage.people.Ana);
	await expect(story(page)).toHaveValue('Begun while locked, with warm hands.');
});

test('a draft that is discarded by mistake comes back, and one that is discarded stays away', async () => {
	const page = await writeAs('Bartek');
	await story(page).fill(WORDS.story);
	await page.getByRole('button', { name: 'Discard this draft' }).click();
	await page.getByRole('button', { name: 'Keep it' }).click();
	await expect(story(page)).toHaveValue(WORDS.story);
	await page.getByRole('button', { name: 'Discard this draft' }).click();
	await page.getByRole('dialog').waitFor();
	await page.keyboard.press('Escape');
	await expect(page.getByRole('dialog')).toHaveCount(0);

	const discard = async () => {
		await page.getByRole('button', { name: 'Discard this draft' }).click();
		await page.getByRole('button', { name: 'Discard', exact: true }).click();
		await expect(page.getByRole('heading', { name: 'The draft is discarded.' })).toBeVisible();
	};
	await discard();
	await page.getByRole('button', { name: 'Undo' }).click();
	await expect(story(page)).toHaveValue(WORDS.story);
	const address = page.url();
	await discard();
	await page.goto(stage.server.url);
	await page.getByRole('link', { name: /Answered/ }).waitFor();
	await expect(page.getByText(WORDS.story)).toHaveCount(0);
	await page.goto(address);
	await expect(page.getByRole('heading', { name: 'This draft is not on this phone.' })).toBeVisible();
});

test('two tabs of one browser show the same', async () => {
	const first = await writeAs('Bartek', '/');
	await first.getByRole('link', { name: /Answered/ }).click();
	await first.waitForURL(/\/case\//);
	const second = await first.context().newPage();
	await second.goto(first.url());
	await second.getByLabel('Your message').waitFor();

	await first.getByLabel('Your message').fill('One more thing: they come back on Friday.');
	await send(first).click();
	await expect(second.getByText('One more thing: they come back on Friday.')).toHaveCount(1);
	await expect(first.getByLabel('Your message')).toHaveValue('');
	await second.getByLabel('Your message').fill('And from the second tab.');
	await send(second).click();
	await expect(first.getByText('And from the second tab.')).toHaveCount(1);
	await expect(first.getByText('Not sent yet')).toHaveCount(0);
	await expect(second.getByText('Not sent yet')).toHaveCount(0);

	await first.getByRole('button', { name: 'Lock' }).click();
	await expect(second.getByText('And from the second tab.')).toHaveCount(0);
});

test('the language can be changed before signing in, in place, and stays', async () => {
	const page = await browse();
	await page.goto(`${stage.server.url}/sign-in`);
	await page.getByLabel('User name').fill('ana');
	await page.getByLabel('Language').selectOption('hu');
	await expect(page.getByRole('heading', { name: 'Bejelentkezés' })).toBeVisible();
	await expect(page).toHaveTitle(/Bejelentkezés/);
	await expect(page.locator('html')).toHaveAttribute('lang', 'hu');
	await expect(page.locator('[name=username]')).toHaveValue('ana');
	await page.goto(stage.server.url);
	await expect(page.getByRole('link', { name: 'Bejelentkezés' })).toBeVisible();
});

test('signing in, writing and sending need no pointer', async () => {
	const page = await browse(TABLET);
	const { keyboard } = page;
	const focused = page.locator(':focus');
	const tabTo = async (target: Locator) => {
		for (let i = 0; i < 40; i++) {
			await keyboard.press('Tab');
			if (await target.evaluate((element) => element === document.activeElement)) return;
		}
		throw new Error(`Tab does not reach ${String(target)}; it stands at ${await focused.innerText()}.`);
	};
	const first = (name: string) => page.locator(`[name=${name}]`).first();

	await page.goto(`${stage.server.url}/sign-in`);
	await page.getByLabel('User name').waitFor();
	await tabTo(page.getByRole('link', { name: 'Skip to content' }));
	await expect(focused).toBeInViewport();
	await keyboard.press('Enter');
	await tabTo(page.getByLabel('User name'));
	await keyboard.type(stage.people.Ana.login);
	await tabTo(page.getByLabel('Passphrase', { exact: true }));
	await keyboard.type(stage.people.Ana.passphrase);
	await keyboard.press('Enter');
	await page.waitForURL(`${stage.server.url}/`);

	const write = page.getByRole('link', { name: 'New alert' });
	await write.waitFor();
	await tabTo(write);
	await keyboard.press('Enter');
	const whole = page.getByRole('link', { name: 'All questions on one page' });
	await whole.waitFor();
	await tabTo(whole);
	await keyboard.press('Enter');
	await story(page).waitFor();
	await tabTo(first('theme'));
	await keyboard.press('Space');
	await keyboard.press('ArrowDown');
	await expect(page.getByRole('radio', { name: /^Polarisation/ })).toBeChecked();
	// The address follows the draft now, and the place on the page is kept.
	await page.waitForURL(/\/alert\/[a-z0-9]{15}\?at=all$/);
	await expect(page.getByRole('radio', { name: /^Polarisation/ })).toBeFocused();
	await tabTo(first('type'));
	await keyboard.press('ArrowDown');
	await keyboard.press('ArrowDown');
	await tabTo(first('setting'));
	await keyboard.press('ArrowDown');
	await tabTo(first('place'));
	await keyboard.type('Dunapart');
	await tabTo(first('when'));
	await tabTo(first('urgency'));
	await keyboard.press('ArrowDown');
	await expect(page.getByRole('radio', { name: 'In the next days' })).toBeChecked();
	await tabTo(story(page));
	await keyboard.type('Typed without a pointer.');
	await tabTo(page.locator('input[type=file]').first());
	await tabTo(send(page));
	await keyboard.press('Space');
	await page.waitForURL(/\/case\//);
	await expect(page.getByText('It has arrived')).toBeVisible();
	await tabTo(page.getByLabel('Your message'));
	await keyboard.type('And this as well.');
	await keyboard.press('Control+Enter');
	await expect(page.getByText('And this as well.')).toHaveCount(1);
	await expect(page.getByLabel('Your message')).toHaveValue('');
});

/** A PNG that says how large it is and holds nothing else. */
function pngHeader(width: number, height: number): Buffer {
	const png = Buffer.from('89504e470d0a1a0a0000000d4948445200000000000000000802000000', 'hex');
	png.writeUInt32BE(width, 16);
	png.writeUInt32BE(height, 20);
	return Buffer.concat([png, Buffer.alloc(64)]);
}

/** The same JPEG, but its frame header says another size. */
function withSize(jpeg: Buffer, width: number, height: number): Buffer {
	const large = Buffer.from(jpeg);
	const frame = large.indexOf(Buffer.from([0xff, 0xc0]));
	large.writeUInt16BE(height, frame + 5);
	large.writeUInt16BE(width, frame + 7);
	return large;
}
