/** Heed as an app among others: on the home screen, in the list of those that something is shared with, with a number at its icon. */
import { rm } from 'node:fs/promises';
import { expect, test, type Page } from '@playwright/test';
import { gpsPhoto } from './gps-photo';
import { openBrowser, PHONE, setStage, signIn, unlock, waitUntilInstalled, type Stage } from './stage';
import { bytesUnder, foundIn, overhear, tracesOf } from './traces';

const CANARY = 'kanarienteilenqzx';
const WORDS = {
	title: 'Match report',
	text: `They chant it again, ${CANARY}.`,
	url: 'https://news.example/match'
};
const STORY = `Match report\nThey chant it again, ${CANARY}.\nhttps://news.example/match`;
const PDF = { name: 'minutes.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7 minutes') };
const FILM = { name: 'film.mp4', mimeType: 'video/mp4', buffer: Buffer.from('moov') };

let stage: Stage;
test.beforeAll(async () => {
	stage = await setStage();
});
test.afterAll(() => stage.close());

type Files = { name: string; mimeType: string; buffer: Buffer }[];

/** As a system does it that hands something over: a form from nowhere, to the address in the manifest. */
async function share(page: Page, words: Partial<typeof WORDS>, files: Files = []): Promise<void> {
	await page.goto('about:blank');
	// Hidden, so that the browser does not remember what was typed there.
	const fields = Object.entries(words).map(
		([name, value]) => `<input type="hidden" name="${name}" value="${value}">`
	);
	await page.setContent(
		`<form method="post" enctype="multipart/form-data" action="${stage.server.url}/share">
			${fields.join('')}<input type="file" name="files" multiple><button>Share</button>
		</form>`
	);
	if (files.length > 0) await page.locator('[type=file]').setInputFiles(files);
	await page.getByRole('button', { name: 'Share' }).click();
}

/** The draft that this page has gone to holds just this. */
async function expectDraft(page: Page, story: string, photos: number): Promise<void> {
	await page.waitForURL(/\/alert\/[a-z0-9]{15}(\?|$)/);
	await page.goto(`${page.url().replace(/\?.*/, '')}?at=all`);
	await expect(page.locator('[name=story]')).toHaveValue(story);
	await expect(page.getByRole('img', { name: /^Photo/ })).toHaveCount(photos);
}

test('what another app shares becomes a draft, without a network, open or locked', async () => {
	const { url } = stage.server;
	const { context, page, close } = await openBrowser(PHONE);
	await signIn(page, url, stage.people.Ana);
	const jpeg = { name: 'stand.jpg', mimeType: 'image/jpeg', buffer: await gpsPhoto(page) };
	const drawn = await page.evaluate(async () => {
		const canvas = new OffscreenCanvas(300, 200);
		canvas.getContext('2d')?.fillRect(0, 0, 150, 200);
		return [...new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer())];
	});
	const png = { name: 'screen.png', mimeType: 'image/png', buffer: Buffer.from(drawn) };
	const heard = overhear(context);
	await context.setOffline(true);

	await share(page, WORDS, [jpeg]);
	await expectDraft(page, STORY, 1);
	expect(foundIn(await tracesOf(page), [CANARY])).toEqual([]);

	await page.getByRole('button', { name: 'Lock', exact: true }).click();
	await share(page, { text: 'While locked' }, [png, PDF, FILM]);
	await expect(page.getByText(/^“film.mp4” is no PDF/)).toBeVisible();
	await page.getByRole('link', { name: 'On to the draft' }).click();
	await expectDraft(page, 'While locked', 1);
	await expect(page.getByText('minutes.pdf', { exact: true })).toBeVisible();

	await page.goto(`${url}/share`);
	await expect(page.getByText('Nothing is waiting here.')).toBeVisible();
	await context.setOffline(false);
	await page.goto(`${url}/unlock`);
	await unlock(page, stage.people.Ana);
	await expect(page.getByRole('link', { name: /Match report/ })).toBeVisible();
	await expect(page.getByRole('link', { name: /While locked/ })).toBeVisible();
	const sent = heard.filter((bytes) => !bytes.includes(`${url}/share\n`));
	expect(foundIn(sent, ['news.example'])).toEqual([]);
	await close();
});

test('with nobody at work it waits on the phone, closed, until somebody signs in', async () => {
	const { url } = stage.server;
	const first = await openBrowser(PHONE);
	await first.page.goto(url);
	await waitUntilInstalled(first.page);
	await share(first.page, WORDS);
	await expect(first.page.getByText('What you shared is kept on this phone')).toBeVisible();
	await expect(first.page).toHaveURL(`${url}/share`);
	await first.context.close();
	const files = await bytesUnder(first.profile);
	for (const form of [Buffer.from(CANARY), Buffer.from(CANARY, 'utf16le')]) {
		expect(files.filter(({ bytes }) => bytes.includes(form)).map(({ path }) => path)).toEqual([]);
	}

	// Whoever signs in by another way is asked: it may have been somebody else's.
	const { page, context, profile } = await openBrowser(PHONE, first.profile);
	await signIn(page, url, stage.people.Bartek);
	await expect(page.getByText('It is not a draft yet.')).toBeVisible();
	await page.getByRole('link', { name: 'Make a draft of it' }).click();
	await expectDraft(page, STORY, 0);
	await page.goto(url);
	await expect(page.getByRole('link', { name: /Match report/ })).toBeVisible();
	await expect(page.getByText('It is not a draft yet.')).toHaveCount(0);
	await context.close();
	await rm(profile, { recursive: true });
});

test('without an account it becomes a draft at once, and without a worker the page says what to do', async () => {
	const { url } = stage.server;
	const { page, close } = await openBrowser({ ...PHONE, locale: 'de-DE' });
	await page.goto(url);
	await waitUntilInstalled(page);
	await share(page, { text: 'Nur eine Frage' });
	await page.getByRole('button', { name: 'Ohne Konto schreiben' }).click();
	await expectDraft(page, 'Nur eine Frage', 0);
	await close();

	const bare = await openBrowser({ ...PHONE, serviceWorkers: 'block' });
	await share(bare.page, WORDS);
	await expect(bare.page.getByText('Nothing is waiting here.')).toBeVisible();
	await expect(bare.page).toHaveURL(`${url}/share`);
	await bare.close();
});

test('the icon counts what is new, and nothing when it was read or nobody is here', async () => {
	const { url } = stage.server;
	const { context, page, close } = await openBrowser(PHONE);
	const counts: number[] = [];
	await context.exposeFunction('badged', (count: number) => void counts.push(count));
	await context.addInitScript(() => {
		const { badged } = window as unknown as { badged: (count: number) => Promise<void> };
		navigator.setAppBadge = (count = -1) => badged(count);
	});
	await signIn(page, url, stage.people.Bartek);
	await expect.poll(() => counts.at(-1)).toBe(1);
	await page.getByRole('link', { name: /Answered/ }).click();
	await expect.poll(() => counts.at(-1)).toBe(0);
	expect(counts).toEqual([...new Set(counts)]);
	await close();
});

test('Heed offers the home screen once it was worth something, and not again after a no', async () => {
	const { url } = stage.server;
	const { context, page, close } = await openBrowser(PHONE);
	await context.addInitScript(() => {
		const answered = {
			prompt: () => Promise.resolve(),
			userChoice: Promise.resolve({ outcome: 'accepted' })
		};
		// Not the browser's own, which comes when it likes; this one after the app listens.
		addEventListener('beforeinstallprompt', (event) => event.isTrusted && event.stopImmediatePropagation());
		addEventListener('load', () => {
			setTimeout(() => {
				dispatchEvent(Object.assign(new Event('beforeinstallprompt'), answered));
				document.documentElement.dataset.offered = '';
			}, 500);
		});
	});
	const open = async (path: string) => {
		await page.goto(url + path);
		await page.locator('html[data-offered]').waitFor();
		await page.locator('main h1').waitFor();
	};
	const offer = page.getByRole('heading', { name: 'Put Heed on the home screen' });
	const button = page.getByRole('button', { name: 'Put Heed on the home screen' });
	await signIn(page, url, stage.people.Ana);
	await open('/settings');
	await expect(button).toBeVisible();
	await open('/');
	await page.getByRole('link', { name: 'New alert' }).waitFor();
	await page.waitForTimeout(1_000);
	await expect(offer).toHaveCount(0);
	await open('/settings');
	await page.getByRole('button', { name: 'Sign out' }).click();

	await signIn(page, url, stage.people.Bartek);
	await open('/');
	await expect(offer).toBeVisible();
	await page.getByRole('button', { name: 'Not now' }).click();
	await expect(offer).toHaveCount(0);
	await open('/');
	await page.getByRole('link', { name: 'New alert' }).waitFor();
	await page.waitForTimeout(1_000);
	await expect(offer).toHaveCount(0);
	await open('/settings');
	await button.click();
	await expect(button).toHaveCount(0);
	await close();
});
