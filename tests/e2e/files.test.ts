/** What an alert carries beside its words: for the team, and for few. */
import { readFile } from 'node:fs/promises';
import { expect, test, type Page } from '@playwright/test';
import { gpsPhoto } from './gps-photo';
import {
	fillAlert,
	openBrowser,
	PHONE,
	setStage,
	signIn,
	TABLET,
	type Browser,
	type Name,
	type Stage
} from './stage';

const STORY = 'Two older boys shouted at the girls in front of the sports hall.';
const NAMES = 'Jan Kowalski and Piotr Nowak';
const PDF = Buffer.from('%PDF-1.4\n1 0 obj <</Type/Catalog>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n');
/** A microphone that hums, and that nobody is asked for. */
const MICROPHONE = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];

let stage: Stage;
const open: Browser[] = [];
test.beforeAll(async () => {
	stage = await setStage();
});
test.afterAll(async () => {
	for (const browser of open) await browser.close();
	await stage.close();
});

async function enter(name: Name): Promise<Page> {
	const browser = await openBrowser(name === 'Ana' ? { ...PHONE, args: MICROPHONE } : TABLET);
	open.push(browser);
	await signIn(browser.page, stage.server.url, stage.people[name]);
	return browser.page;
}

async function openRoom(page: Page): Promise<void> {
	await page.goto(`${stage.server.url}/team`);
	await page.getByRole('link', { name: /Two older boys/ }).click();
	await expect(page.getByText(STORY).last()).toBeVisible();
}

async function addDocument(page: Page, name: string, buffer: Buffer): Promise<void> {
	const choosing = page.waitForEvent('filechooser');
	await page.getByRole('button', { name: 'Add a document' }).click();
	await (await choosing).setFiles({ name, mimeType: 'application/pdf', buffer });
}

async function saved(page: Page, name: string): Promise<{ name: string; bytes: Buffer }> {
	const downloading = page.waitForEvent('download');
	await page.getByRole('link', { name: `Save: ${name}` }).click();
	const download = await downloading;
	return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

/** The sound is there, and this browser can play it. */
const plays = (page: Page): Promise<boolean> =>
	page.locator('audio').evaluate(async (audio: HTMLAudioElement) => {
		audio.muted = true;
		await audio.play();
		audio.pause();
		return audio.src.startsWith('blob:') && audio.error === null;
	});

test('a voice note and a document reach the team, names and an original the coordinators alone', async () => {
	const ana = await enter('Ana');
	const photo = await gpsPhoto(ana);
	await ana.goto(`${stage.server.url}/alert/new`);
	await fillAlert(ana, { place: 'Dunapart', when: 'yesterday', story: STORY });

	await ana.getByRole('button', { name: 'Record a voice note' }).click();
	await expect(ana.getByText('0:01')).toBeVisible();
	await ana.keyboard.press('Enter');
	await expect(ana.getByText(/^Voice note, 0:0[12]$/)).toBeVisible();
	expect(await plays(ana)).toBe(true);
	await ana.getByRole('button', { name: /^Remove: Voice note/ }).click();
	await expect(ana.locator('audio')).toHaveCount(0);
	await ana.getByRole('button', { name: 'Undo' }).click();
	await expect(ana.locator('audio')).toHaveCount(1);

	await addDocument(ana, 'letter.pdf', Buffer.from('<!doctype html><script>document.title = "run"</script>'));
	await expect(ana.getByText(/“letter.pdf” is no PDF/)).toBeVisible();
	await addDocument(ana, 'Bericht.pdf', PDF);
	await expect(ana.getByText('Bericht.pdf')).toBeVisible();
	await expect(ana.getByText(/letter.pdf/)).toHaveCount(0);

	await ana.getByLabel('Names, where they matter').fill(NAMES);
	await ana.getByText('For the photos you add next').click();
	await ana.getByLabel('Keep the original as evidence, too').check();
	await ana
		.locator('input[type=file]')
		.setInputFiles({ name: 'IMG_1.jpg', mimeType: 'image/jpeg', buffer: photo });
	await expect(ana.getByRole('img', { name: 'Photo 1' })).toBeVisible();
	await expect(ana.getByText('Original IMG_1.jpg, for few only')).toBeVisible();
	await expect(ana.getByText('Saved on this phone')).toBeVisible();

	// What was kept is there again.
	await ana.reload();
	await expect(ana.getByLabel('Names, where they matter')).toHaveValue(NAMES);
	await expect(ana.getByText('Original IMG_1.jpg, for few only')).toBeVisible();
	await ana.getByRole('button', { name: 'Send' }).click();
	await ana.waitForURL(/\/case\//);
	const few = ana.getByRole('article').filter({ hasText: NAMES });
	await expect(few).toContainText('Only you and the circle of coordinators');
	await expect(ana.getByText('It has arrived').first()).toBeVisible();

	const cora = await enter('Cora');
	await openRoom(cora);
	await expect(cora.locator('audio')).toBeVisible();
	expect(await plays(cora)).toBe(true);
	await expect(cora.getByText('opens outside Heed, at your own risk', { exact: false })).toBeVisible();
	expect(await saved(cora, 'Bericht.pdf')).toEqual({ name: 'Bericht.pdf', bytes: PDF });
	await expect(cora.getByRole('img', { name: 'Photo 1' })).toBeVisible();
	expect(await cora.getByText('IMG_1').count()).toBe(0);
	expect(await cora.getByText('Kowalski').count()).toBe(0);
	expect(await cora.locator('iframe, object, embed').count()).toBe(0);

	const eszter = await enter('Eszter');
	await openRoom(eszter);
	await expect(eszter.getByRole('article').filter({ hasText: NAMES })).toContainText('Only you');
	const original = await saved(eszter, 'Original IMG_1.jpg, for few only');
	expect(original.name).toBe('IMG_1.jpg');
	expect(original.bytes.equals(photo)).toBe(true);
});
