/**
 * A phone whose browser is killed (SIGKILL) again and again: while somebody types, at the tap on 'Send', while the text and
 * the picture are on their way, and right after it was opened anew. KILLS says how often; `npm run kills` says fifty.
 */
import { expect, test, type Page } from '@playwright/test';
import { addOperator, type Server } from '../server';
import { fillAlert, openBrowser, PHONE, setStage, signIn, unlock, type Browser, type Stage } from './stage';

const KILLS = Number(process.env.KILLS ?? 5);
const OPERATOR = { identity: 'operator@heed.invalid', password: 'operator-of-these-tests' };

let stage: Stage;
test.beforeAll(async () => {
	stage = await setStage();
});
test.afterAll(() => stage.close());

/** Nothing in it repeats, so that its bytes take their time on the line. */
async function noise(page: Page): Promise<Buffer> {
	const bytes = await page.evaluate(async () => {
		const canvas = new OffscreenCanvas(900, 700);
		const pen = canvas.getContext('2d');
		if (!pen) throw new Error('no canvas');
		const image = pen.createImageData(900, 700);
		for (let at = 0; at < image.data.length; at += 65_536) {
			crypto.getRandomValues(image.data.subarray(at, Math.min(at + 65_536, image.data.length)));
		}
		pen.putImageData(image, 0, 0);
		return [...new Uint8Array(await (await canvas.convertToBlob({ type: 'image/jpeg' })).arrayBuffer())];
	});
	return Buffer.from(bytes);
}

/** 1 Mbit/s up. */
async function slowDown({ context, page }: Browser): Promise<void> {
	const line = await context.newCDPSession(page);
	await line.send('Network.enable');
	await line.send('Network.emulateNetworkConditions', {
		offline: false,
		latency: 50,
		downloadThroughput: 1_000_000,
		uploadThroughput: 125_000
	});
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

type Row = { entry: string; count: number };

/** What lies on the server, past all rules: how many alerts, and how many with all parts of their picture. */
async function lookInside(server: Server): Promise<Record<'alerts' | 'whole', () => Promise<number>>> {
	await addOperator(server, OPERATOR.identity, OPERATOR.password);
	const path = `${server.url}/api/collections/_superusers/auth-with-password`;
	const headers = { 'Content-Type': 'application/json' };
	const signed = await fetch(path, { method: 'POST', headers, body: JSON.stringify(OPERATOR) });
	const { token } = (await signed.json()) as { token: string };
	const list = async (name: string, filter: string): Promise<Row[]> => {
		const query = new URLSearchParams({ perPage: '1000', filter });
		const answer = await fetch(`${server.url}/api/collections/${name}/records?${query}`, {
			headers: { Authorization: token }
		});
		return ((await answer.json()) as { items: Row[] }).items;
	};
	return {
		alerts: async () => (await list('entries', "kind = 'alert'")).length,
		whole: async () => {
			const byEntry = new Map<string, Row[]>();
			for (const blob of await list('blobs', ''))
				byEntry.set(blob.entry, [...(byEntry.get(blob.entry) ?? []), blob]);
			return [...byEntry.values()].filter((parts) => parts.length === parts[0]?.count).length;
		}
	};
}

test(`${KILLS} times killed, everything that was written is there once`, async () => {
	test.setTimeout(600_000 + KILLS * 60_000);
	const { url } = stage.server;
	const { Bartek } = stage.people;
	const { alerts, whole } = await lookInside(stage.server);
	const before = await alerts();

	let phone = await openBrowser(PHONE);
	await signIn(phone.page, url, Bartek);
	const photo = await noise(phone.page);
	const stories: string[] = [];

	for (let nth = 0; nth < KILLS; nth++) {
		const { page } = phone;
		await slowDown(phone);
		await page.goto(`${url}/alert/new?at=all`);
		const story = `Story ${nth} of somebody whose phone dies.`;
		await fillAlert(page, { place: 'Dunapart', when: '', story });
		await page
			.locator('input[type=file]')
			.setInputFiles({ name: 'x.jpg', mimeType: 'image/jpeg', buffer: photo });
		await expect(page.getByRole('img', { name: 'Photo 1' })).toBeVisible();
		await expect(page.getByText('Saved on this phone')).toBeVisible();
		stories.push(story);
		// Each kind of moment in turn, and by chance within it.
		const moment = nth % 5;
		if (moment === 0) await page.getByLabel('What happened?').pressSequentially(' And', { delay: 20 });
		if (moment > 0) await page.getByRole('button', { name: 'Send' }).click({ noWaitAfter: true });
		if (moment === 2) await pause(Math.random() * 400);
		if (moment === 3) await pause(400 + Math.random() * 2_000);
		if (moment === 4) await pause(2_000 + Math.random() * 4_000);
		await phone.kill();

		phone = await openBrowser(PHONE, phone.profile);
		await phone.page.goto(`${url}/unlock?to=/`);
		await unlock(phone.page, Bartek);
		if (moment === 4) {
			await phone.kill();
			phone = await openBrowser(PHONE, phone.profile);
			await phone.page.goto(`${url}/unlock?to=/`);
			await unlock(phone.page, Bartek);
		}
		await expect(phone.page.getByText(`Story ${nth} of`)).toHaveCount(1);
	}

	// What is still a draft is sent now; then all goes.
	const { page } = phone;
	for (const draft = page.locator('main a[href^="/alert/"]:not([href="/alert/new"])'); ;) {
		await page.goto(url);
		// Drafts and alerts come by themselves: each story is one of them.
		for (const nth of stories.keys()) await expect(page.getByText(`Story ${nth} of`)).toHaveCount(1);
		if ((await draft.count()) === 0) break;
		await draft.first().click();
		await page.getByRole('button', { name: 'Send' }).click();
		await page.waitForURL(/\/case\//);
	}

	await expect.poll(whole, { timeout: 300_000 }).toBe(KILLS);
	expect(await alerts()).toBe(before + KILLS);
	await expect
		.poll(() => page.evaluate(() => document.querySelector('[role=status]')?.textContent ?? ''))
		.not.toMatch(/wait/i);
	await phone.close();
});
