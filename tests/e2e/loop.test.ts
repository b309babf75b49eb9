import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import exifr from 'exifr';
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
	type Stage
} from './stage';
import { foundIn, overhear, tracesOf } from './traces';

const STORY =
	'Dwaj chłopcy z dziewiątej klasy rysują żółwiowe kanarki na ławkach i śmieją się z Zdzisławaxqzowej.';
const WHEN = 'wczoraj po kanarkowym meczu wqzxvbnkqj';
const ANSWER = 'Danke, wir kümmern uns kanarienvogelqzx darum.';
/** Pieces of what is typed that occur nowhere else. */
const CANARIES = ['żółwiowe', 'Zdzisławaxqz', 'kanarkowym', 'wqzxvbnkqj', 'kanarienvogelqzx', 'CanaryCam'];

let stage: Stage;
/** What the browsers sent, and what they kept beside their databases. */
const traces: Buffer[] = [];
test.beforeAll(async () => {
	stage = await setStage();
});
test.afterAll(() => stage.close());

test('an alert drafted without a network survives everything, reaches the team, and is answered', async () => {
	const { url } = stage.server;
	let phone = await openBrowser(PHONE);
	await signIn(phone.page, url, stage.people.Ana);
	await expect(phone.page.getByRole('link', { name: 'New alert' })).toBeVisible();
	await waitUntilInstalled(phone.page);

	// No network at all from here on: the server is gone, and the phone knows that it is offline.
	await stage.server.kill();
	await phone.context.setOffline(true);
	await phone.page.goto(`${url}/alert/new?at=all`);
	const photo = await gpsPhoto(phone.page);
	expect(await exifr.gps(photo)).toMatchObject({ latitude: expect.closeTo(47.4978, 3) as unknown as number });

	await fillAlert(phone.page, { place: 'Dunapart', when: WHEN, story: STORY });
	await phone.page
		.locator('input[type=file]')
		.setInputFiles({ name: 'IMG_1.jpg', mimeType: 'image/jpeg', buffer: photo });
	await expect(phone.page.getByRole('img', { name: 'Photo 1' })).toBeVisible();
	await expect(phone.page.getByText('Saved on this phone')).toBeVisible();
	const draft = new URL(phone.page.url()).pathname;
	expect(draft).toMatch(/^\/alert\/[a-z0-9]{15}$/);

	// A hard reload on the deep link, still without a network.
	await phone.page.reload();
	await expect(phone.page.getByLabel('What happened?')).toHaveValue(STORY);

	// The battery dies. The same profile opens again at the same address, still without a network.
	await phone.kill();
	phone = await openBrowser({ ...PHONE, offline: true }, phone.profile);
	const sent = overhear(phone.context);
	await phone.page.goto(`${url}${draft}`);
	await phone.page.locator('main').getByRole('link', { name: 'Unlock' }).click();
	await unlock(phone.page, stage.people.Ana);
	await expect(phone.page.getByLabel('What happened?')).toHaveValue(STORY);
	await expect(phone.page.getByRole('img', { name: 'Photo 1' })).toBeVisible();

	await phone.page.getByRole('button', { name: 'Send' }).click();
	await phone.page.waitForURL(/\/case\//);
	await expect(phone.page.getByText(/Waiting for a network|Ready to go/).first()).toBeVisible();
	expect(await phone.page.getByText('It has arrived').count()).toBe(0);

	// The network is back. Nobody touches the phone.
	stage.server = await startServer({
		publicDir: APP,
		dataDir: stage.server.dataDir,
		port: Number(new URL(url).port)
	});
	await phone.context.setOffline(false);
	await expect(phone.page.getByText('It has arrived').first()).toBeVisible();

	// Without the page's own policy, so that the test may read the picture's bytes.
	const tablet = await openBrowser({ ...TABLET, bypassCSP: true });
	const read = overhear(tablet.context);
	await signIn(tablet.page, url, stage.people.Cora);
	await tablet.page.goto(`${url}/team`);
	await tablet.page.getByRole('link', { name: /kanarki/ }).click();
	await expect(tablet.page.getByText(STORY).last()).toBeVisible();
	const image = tablet.page.locator('img[src^="blob:"]').first();
	await expect(image).toBeVisible();
	const opened = await image.evaluate(async (img: HTMLImageElement) => {
		const bytes = new Uint8Array(await (await fetch(img.src)).arrayBuffer());
		return { width: img.naturalWidth, bytes: [...bytes] };
	});
	expect(opened.width).toBe(640);
	const bytes = Buffer.from(opened.bytes);
	expect(photo.includes('Exif') && photo.includes('CanaryCam')).toBe(true);
	expect(bytes.includes('EXIF') || bytes.includes('Exif') || bytes.includes('CanaryCam')).toBe(false);
	expect(bytes.subarray(8, 12).toString()).toBe('WEBP');

	await tablet.page.getByRole('button', { name: 'Take this case' }).click();
	await tablet.page.getByLabel('Phase').selectOption('intake');
	await tablet.page.getByLabel('Your message').fill(ANSWER);
	await tablet.page.getByRole('button', { name: 'Send' }).click();

	await expect(phone.page.getByText(ANSWER)).toBeVisible();
	await expect(phone.page.getByText('The team has answered').first()).toBeVisible();
	await phone.page.getByLabel('Your message').fill('Dziękuję kanarkowym!');
	await phone.page.getByRole('button', { name: 'Send' }).click();
	await expect(tablet.page.getByText('Dziękuję kanarkowym!')).toBeVisible();

	for (const { page } of [phone, tablet]) traces.push(...(await tracesOf(page)));
	traces.push(...sent, ...read);
	await phone.close();
	await tablet.close();
});

test('neither what was sent nor what lies beside the databases has any of the words that were typed', () => {
	// The search itself works: the address of the case is in it, and the name of the place is sent in the open.
	expect(foundIn(traces, ['/case/', 'Dunapart', 'precache'])).toHaveLength(3);
	expect(foundIn(traces, CANARIES)).toEqual([]);
});

test('the server holds none of the words that were typed', async () => {
	const files = await readdir(stage.server.dataDir, { recursive: true, withFileTypes: true });
	const paths = files.filter((file) => file.isFile()).map((file) => join(file.parentPath, file.name));
	expect(paths.some((path) => path.endsWith('data.db'))).toBe(true);
	const places = [
		...(await Promise.all(paths.map((path) => readFile(path)))),
		Buffer.from(stage.server.logs())
	];
	// The search itself works: a name that the server may know is found.
	expect(places.some((bytes) => bytes.includes('Dunapart'))).toBe(true);
	expect(foundIn(places, CANARIES)).toEqual([]);
});
