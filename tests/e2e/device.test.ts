/** What a device does for whoever holds it, and against whoever finds it. */
import { rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test, type BrowserContext, type Page } from '@playwright/test';
import { startServer } from '../server';
import {
	APP,
	fillAlert,
	openBrowser,
	PHONE,
	setStage,
	signIn,
	TABLET,
	unlock,
	type Browser,
	type Stage,
	onOnePage
} from './stage';
import { bytesUnder } from './traces';

const MINUTE = 60_000;
const DAY = 86_400_000;
const WORDS = { place: 'Dunapart', when: 'yesterday', story: 'Stickers at the bus stop.' };

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

async function signedIn(name: keyof Stage['people'] = 'Ana', path = '/'): Promise<Page> {
	const page = await browse();
	await signIn(page, stage.server.url, stage.people[name]);
	await page.goto(stage.server.url + path);
	return page;
}

const lock = (page: Page) => page.getByRole('button', { name: 'Lock', exact: true });
const hide = (page: Page) => page.getByRole('link', { name: 'Hide', exact: true });
const passphrase = (page: Page) => page.getByLabel('Passphrase', { exact: true });
const tryWith = async (page: Page, words: string) => {
	await passphrase(page).fill(words);
	await page.getByRole('button', { name: 'Unlock' }).click();
};

test.describe('the key', () => {
	test('outlives a reload, and is in no row', async () => {
		const page = await signedIn();
		await expect(lock(page)).toBeVisible();
		await page.reload();
		await expect(lock(page)).toBeVisible();
		// The device's own two are the only ones: with one it signs, with the other it closes what is begun while locked.
		expect(await keysIn(page)).toEqual(['accounts']);
		await lock(page).click();
		await page.goto(`${stage.server.url}/alert/new?at=all`);
		await page.getByLabel('What happened?').fill(WORDS.story);
		await page.waitForURL(/\/alert\/[a-z0-9]{15}\?at=all$/);
		expect(await keysIn(page)).toEqual(['accounts', 'kept']);
	});

	test('is lost with the worker that held it', async () => {
		const page = await signedIn();
		await expect(lock(page)).toBeVisible();
		// A page that is open tells it to the next worker.
		await page.goto('about:blank');
		const cdp = await page.context().newCDPSession(page);
		await cdp.send('ServiceWorker.enable');
		await cdp.send('ServiceWorker.stopAllWorkers');
		await page.goto(stage.server.url);
		await expect(page.getByText('Your alerts are locked.')).toBeVisible();
	});

	test('is known to all tabs or to none', async () => {
		const first = await browse({ ...PHONE, serviceWorkers: 'block' });
		await signIn(first, stage.server.url, stage.people.Bartek, { worker: false });
		await first.getByRole('link', { name: /Answered/ }).waitFor();
		const second = await first.context().newPage();
		await second.goto(stage.server.url);
		await expect(lock(second)).toBeVisible();

		await lock(first).click();
		await expect(second.getByText('Your alerts are locked.')).toBeVisible();
		await second.reload();
		await expect(second.getByText('Your alerts are locked.')).toBeVisible();

		await first.goto(`${stage.server.url}/unlock?to=/settings`);
		await second.goto(`${stage.server.url}/unlock`);
		await unlock(second, stage.people.Bartek);
		await first.waitForURL(`${stage.server.url}/settings`);
		await expect(lock(first)).toBeVisible();
		// Whoever is in is not kept at the lock, however they came back to it.
		await second.goto(`${stage.server.url}/unlock?to=/settings`);
		await second.waitForURL(`${stage.server.url}/settings`);
	});

	test('is forgotten when nobody did anything for five minutes, also by whoever would ask for it then', async () => {
		const page = await browse();
		await page.clock.install();
		await signIn(page, stage.server.url, stage.people.Ana);
		await expect(lock(page)).toBeVisible();
		await page.clock.fastForward(4 * MINUTE);
		const told = page.evaluate(
			() =>
				new Promise<void>((resolve) => {
					new BroadcastChannel('heed-vault').onmessage = ({ data }: MessageEvent<{ say: string }>) =>
						data.say === 'touch' && resolve();
				})
		);
		await page.keyboard.press('Shift');
		// It is told a moment later, and here minutes pass in less.
		await told;
		await page.clock.fastForward(4 * MINUTE);
		await expect(lock(page)).toBeVisible();
		await page.clock.fastForward(2 * MINUTE);
		await expect(page.getByText('Your alerts are locked.')).toBeVisible();
		await page.reload();
		await expect(page.getByText('Your alerts are locked.')).toBeVisible();
	});

	test('is forgotten sooner where the team wants it for a role', async () => {
		const { url } = stage.server;
		const rules = await signedIn('Eszter', '/team/rules');
		await rules.getByLabel('Member').selectOption('1 minute');
		await rules.getByRole('button', { name: 'Save' }).click();
		await expect(rules.getByText('Saved. It counts for the whole team.')).toBeVisible();

		const page = await browse();
		await page.clock.install();
		await signIn(page, url, stage.people.Cora);
		await page.goto(`${url}/settings`);
		await expect(page.getByText('Member')).toBeVisible();
		// The time is taken up at the next look; a minute later it is over.
		await page.clock.runFor(15_000);
		await expect(lock(page)).toBeVisible();
		await page.clock.fastForward(1.5 * MINUTE);
		await expect(page.getByRole('link', { name: 'Unlock' }).first()).toBeVisible();
	});
});

test.describe('what is found on the disk after locking', () => {
	const CANARIES = {
		draft: 'kanarienentwurfqzx',
		lockedDraft: 'kanarisperreqzx',
		story: 'żółwiowekanarkiqzx',
		message: 'kanarikérdésqzx',
		unsent: 'canarstersqzx',
		answer: 'canaryanswerqzx'
	};

	test('are none of the words that were written and read, and no key that opens them', async () => {
		const { url } = stage.server;
		const phone = await openBrowser(PHONE);
		const tablet = await openBrowser(TABLET);
		const keys = [await catchKeys(phone.context), await catchKeys(tablet.context)];

		await signIn(phone.page, url, stage.people.Ana);
		await phone.page.goto(`${url}/alert/new?at=all`);
		await phone.page.getByLabel('What happened?').fill(`Half a thought, ${CANARIES.draft}`);
		await phone.page.waitForURL(/\/alert\/[a-z0-9]{15}\?at=all$/);
		await phone.page.goto(`${url}/alert/new?at=all`);
		await fillAlert(phone.page, { ...WORDS, when: CANARIES.story, story: `Ktoś rysuje ${CANARIES.story}` });
		await phone.page.getByRole('button', { name: 'Send' }).click();
		await phone.page.waitForURL(/\/case\//);
		await phone.page.getByLabel('Your message').fill(`És még: ${CANARIES.message}`);
		await phone.page.getByRole('button', { name: 'Send' }).click();
		await expect(phone.page.getByText(CANARIES.message)).toBeVisible();
		await expect(phone.page.getByText('Not sent yet')).toHaveCount(0);

		await signIn(tablet.page, url, stage.people.Cora);
		await tablet.page.goto(`${url}/team`);
		await tablet.page.getByRole('link', { name: new RegExp(CANARIES.story) }).click();
		await expect(tablet.page.getByText(CANARIES.message)).toBeVisible();
		await tablet.page.getByLabel('Your message').fill(`We look into ${CANARIES.answer}`);
		await tablet.page.getByRole('button', { name: 'Send' }).click();
		await expect(phone.page.getByText(CANARIES.answer)).toBeVisible();
		await tablet.page.getByLabel('Your message').fill(`And further ${CANARIES.unsent}`);
		await phone.page.reload();
		await expect(phone.page.getByText(CANARIES.answer)).toBeVisible();

		await lock(tablet.page).click();
		await lock(phone.page).click();
		await phone.page.goto(`${url}/alert/new?at=all`);
		await phone.page.getByLabel('What happened?').fill(`While locked, ${CANARIES.lockedDraft}`);
		await phone.page.waitForURL(/\/alert\/[a-z0-9]{15}\?at=all$/);

		for (const [index, browser] of [phone, tablet].entries()) {
			const raw = keys[index] ?? [];
			expect(raw.length, 'the vault key was seen').toBeGreaterThan(0);
			await browser.context.close();
			const files = await bytesUnder(browser.profile);
			const holds = (form: string | Buffer) => files.filter(({ bytes }) => bytes.includes(form));
			// The search itself works: the municipality is routing, and lies open.
			expect(holds('Dunapart').length).toBeGreaterThan(0);
			for (const canary of Object.values(CANARIES)) {
				for (const form of [
					Buffer.from(canary),
					Buffer.from(canary, 'utf16le'),
					Buffer.from(canary, 'latin1')
				]) {
					expect(
						holds(form).map(({ path }) => path),
						canary
					).toEqual([]);
				}
			}
			for (const key of raw) {
				for (const form of [key, key.toString('hex'), key.toString('base64url').slice(0, -2)]) {
					expect(
						holds(form).map(({ path }) => path),
						'a key'
					).toEqual([]);
				}
			}
			await rm(browser.profile, { recursive: true });
		}
	});
});

test.describe('quick hide', () => {
	test('stands in the same corner of every screen', async () => {
		const page = await browse();
		const { url } = stage.server;
		const places = new Set<string>();
		const look = async (name: string) => {
			await page.locator('h1').first().waitFor();
			const box = await hide(page).boundingBox();
			expect(box, name).not.toBeNull();
			if (box) places.add([box.x + box.width, box.y, box.height].map(Math.round).join(' '));
		};
		for (const path of ['/', '/sign-in', '/no/such/place']) {
			await page.goto(url + path);
			await look(path);
		}
		await signIn(page, url, stage.people.Ana);
		for (const path of ['/', '/alert/new', '/settings', '/case/abcdefghijklmno']) {
			await page.goto(url + path);
			await look(path);
		}
		await page.goto(`${url}/alert/new?at=all`);
		await page.getByRole('button', { name: 'Send' }).scrollIntoViewIfNeeded();
		await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
		await look('scrolled');
		await lock(page).click();
		await page.goto(`${url}/unlock`);
		await look('unlock');
		const server = await startServer({ publicDir: APP });
		await page.goto(`${server.url}/found`);
		await look('found');
		await server.stop();
		expect([...places]).toHaveLength(1);
	});

	test('locks, and leaves nothing of Heed to go back or forward to', async () => {
		const { url } = stage.server;
		const page = await signedIn('Bartek');
		await page.getByRole('link', { name: /Answered/ }).click();
		await page.getByLabel('Your message').fill('Not sent yet');
		await page.getByRole('link', { name: 'Heed, Start' }).click();
		await page.getByRole('link', { name: 'New alert' }).click();
		await onOnePage(page);
		await page.getByLabel('What happened?').fill(WORDS.story);
		await page.goto(`${url}/settings`);
		await page.getByRole('link', { name: 'Heed, Start' }).click();
		await page.getByRole('link', { name: /Answered/ }).waitFor();
		await page.goBack();
		await page.getByRole('heading', { name: 'Settings' }).waitFor();
		const other = await page.context().newPage();
		await other.goto(url);
		await expect(lock(other)).toBeVisible();

		await hide(page).click();
		await page.waitForURL(`${url}/calendar.html`);
		await expect(other.getByText('Your alerts are locked.')).toBeVisible();
		await other.close();
		await expectNothingOfHeed(page);

		// Whoever opens it again finds it locked, and may hide again.
		await page.goto(url);
		await expect(page.getByText('Your alerts are locked.')).toBeVisible();
		await page.getByRole('link', { name: 'Unlock' }).first().click();
		await passphrase(page).waitFor();
		await hide(page).click();
		await page.waitForURL(`${url}/calendar.html`);
		await expectNothingOfHeed(page);
	});

	test('covers what lies behind another site, too', async () => {
		const site = createServer((_, response) =>
			response.end('<!doctype html><title>Weather</title><h1>Sunny</h1>')
		);
		await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
		const elsewhere = `http://127.0.0.1:${(site.address() as AddressInfo).port}/`;
		const page = await signedIn();
		await page.goto(`${stage.server.url}/settings`);
		await page.goto(elsewhere);
		await page.goto(stage.server.url);
		await hide(page).click();
		await page.waitForURL('**/calendar.html');
		await page.waitForFunction(() => history.state !== null);
		await go(page, 'back');
		await go(page, 'back');
		await expect(page).toHaveTitle('Weather');
		await go(page, 'back');
		await page.waitForURL('**/calendar.html');
		await expectNothingOfHeed(page);
		site.close();
	});

	test('works before the app has started, and when it cannot', async () => {
		const page = await browse({ ...PHONE, locale: 'hu-HU', serviceWorkers: 'block' });
		await page.route('**/_app/**/*.js', () => undefined);
		await page.goto(stage.server.url, { waitUntil: 'commit' });
		await page.getByRole('link', { name: 'Elrejtés' }).click();
		await page.waitForURL('**/calendar.html');
		await expect(page.getByRole('heading')).toContainText(/\d{4}\. [a-zá-ű]+/i);
	});

	test('works with Escape twice, with an open dialog, and without a network', async () => {
		const page = await signedIn('Ana', '/alert/new?at=all');
		await page.keyboard.press('Escape');
		await page.waitForTimeout(1_200);
		await page.keyboard.press('Escape');
		await page.getByLabel('What happened?').fill(WORDS.story);
		await expect(page.getByText('Saved on this phone', { exact: true })).toBeVisible();
		await page.context().setOffline(true);
		await page.keyboard.press('Escape');
		await page.keyboard.press('Escape');
		await page.waitForURL('**/calendar.html');
		await expect(page.getByRole('table')).toBeVisible();

		await page.context().setOffline(false);
		await page.goto(`${stage.server.url}/unlock?to=/alert/new?at=all`);
		await unlock(page, stage.people.Ana);
		await page.getByLabel('What happened?').fill(WORDS.story);
		await page.getByRole('button', { name: 'Discard this draft' }).click();
		await page.getByRole('dialog').waitFor();
		const corner = await hide(page).or(page.locator('#hide')).first().boundingBox();
		await page.mouse.click((corner?.x ?? 0) + 20, (corner?.y ?? 0) + 20);
		await page.waitForURL('**/calendar.html');
	});

	test('leaves a calendar that says nothing, and that three presses lead back from', async () => {
		const page = await signedIn();
		await hide(page).click();
		await page.waitForURL('**/calendar.html');
		const month = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric' }).format(new Date());
		await expect(page).toHaveTitle(month);
		await expect(page.locator('[aria-current=date]')).toHaveText(String(new Date().getDate()));
		expect(await page.content()).not.toMatch(/heed/i);
		await page.locator('#after').click();
		await expect(page).not.toHaveTitle(month);
		await page.locator('#now').click();
		await expect(page).toHaveTitle(month);
		await page.locator('#now').click();
		await page.locator('#now').click();
		await expect(page.getByText('Your alerts are locked.')).toBeVisible();
	});

	async function expectNothingOfHeed(page: Page): Promise<void> {
		const cdp = await page.context().newCDPSession(page);
		const history = async () => {
			const { entries } = await cdp.send('Page.getNavigationHistory');
			return entries.map(({ url, title }) => `${new URL(url).pathname} ${title}`);
		};
		const month = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric' }).format(new Date());
		const left = ['blank ', `/calendar.html ${month}`, `/calendar.html ${month}`];
		await expect.poll(history).toEqual(left);
		for (const way of ['back', 'back', 'back', 'forward', 'forward', 'forward', 'back', 'forward'] as const) {
			await go(page, way);
			expect(page.url()).toMatch(/^about:blank$|\/calendar\.html$/);
		}
		expect(await history()).toEqual(left);
	}

	async function go(page: Page, way: 'back' | 'forward'): Promise<void> {
		await (way === 'back' ? page.goBack({ waitUntil: 'commit' }) : page.goForward({ waitUntil: 'commit' }));
		// Whatever answers to that comes after it.
		await page.waitForTimeout(300);
	}
});

test.describe('a wrong passphrase', () => {
	test('costs time after the third, also after a reload and with the clock set back, and nothing else', async () => {
		const page = await signedIn('Ana', '/alert/new?at=all');
		await page.getByLabel('What happened?').fill(WORDS.story);
		await page.waitForURL(/\/alert\/[a-z0-9]{15}\?at=all$/);
		await lock(page).click();
		await page.goto(`${stage.server.url}/unlock`);
		const waiting = page.getByText(/^Too many wrong tries\. Next try in: \d+ seconds?$/);
		for (let i = 0; i < 3; i++) {
			await expect(waiting).toHaveCount(0);
			await tryWith(page, `four words but wrong ${i}`);
			await expect(page.getByText('This passphrase does not open it.')).toBeVisible();
			await expect(page.getByRole('button', { name: 'Unlock' })).toHaveText('Unlock');
		}
		await expect(waiting).toBeVisible();
		await expect(page.getByRole('button', { name: 'Unlock' })).toBeDisabled();
		await expect(waiting).toHaveCount(0);

		await tryWith(page, 'four words but wrong again');
		await expect(waiting).toBeVisible();
		const wrong = await triesIn(page);
		await page.reload();
		await expect(waiting).toBeVisible();
		await page.clock.setSystemTime(Date.now() - DAY);
		await page.reload();
		await expect(waiting).toBeVisible();
		await passphrase(page).fill(stage.people.Ana.passphrase);
		await passphrase(page).press('Enter');
		expect(await triesIn(page)).toBe(wrong);
		await expect(waiting).toHaveCount(0);
		await expect(passphrase(page)).toHaveValue(stage.people.Ana.passphrase);

		await page.getByRole('button', { name: 'Unlock' }).click();
		await page.waitForURL(`${stage.server.url}/`);
		expect(await triesIn(page)).toBe(0);
		await expect(page.getByText(WORDS.story)).toBeVisible();
	});

	test('costs time at the door as well', async () => {
		const page = await browse();
		await page.goto(`${stage.server.url}/sign-in`);
		await page.getByLabel('User name').fill(stage.people.Ana.login);
		for (let i = 0; i < 3; i++) {
			await passphrase(page).fill(`four words but wrong ${i}`);
			await page.getByRole('button', { name: 'Sign in' }).click();
			await expect(page.getByText('User name and passphrase do not match.')).toBeVisible();
			await expect(page.getByRole('button', { name: 'Sign in' })).toHaveText('Sign in');
		}
		await expect(page.getByText(/Next try in: \d seconds?/)).toBeVisible();
		await expect(page.getByRole('button', { name: 'Sign in' })).toBeDisabled();
		await expect(page.getByRole('button', { name: 'Sign in' })).toBeEnabled();
	});
});

test('thirty days without the server it stays locked until it was reached, and writes on', async () => {
	const { url } = stage.server;
	const page = await signedIn('Bartek', '/alert/new?at=all');
	await page.getByLabel('What happened?').fill(WORDS.story);
	await page.waitForURL(/\/alert\/[a-z0-9]{15}\?at=all$/);
	await page.context().setOffline(true);

	await page.clock.setSystemTime(Date.now() + 31 * DAY);
	await page.goto(`${url}/unlock`);
	await expect(page.getByText('This device has not reached Heed for more than 30 days.')).toBeVisible();
	await tryWith(page, stage.people.Bartek.passphrase);
	await expect(page.getByText('Heed could not be reached.')).toBeVisible();
	await page.goto(`${url}/alert/new?at=all`);
	await page.getByLabel('What happened?').fill('Written after thirty days.');
	await page.waitForURL(/\/alert\/[a-z0-9]{15}\?at=all$/);

	// The clock is set right again, or back: what was seen was seen.
	await page.clock.setSystemTime(Date.now());
	await page.goto(`${url}/unlock`);
	await tryWith(page, stage.people.Bartek.passphrase);
	await expect(page.getByText('Heed could not be reached.')).toBeVisible();

	// The kept session reaches the server by itself.
	await page.context().setOffline(false);
	await expect(page.getByText('Everything you wrote is still here.')).toBeVisible();
	await page.context().setOffline(true);
	await unlock(page, stage.people.Bartek);
	await expect(page.getByText(WORDS.story)).toBeVisible();
	await expect(page.getByText('Written after thirty days.')).toBeVisible();
});

/** The tables with a row that holds a key of WebCrypto, in any database of this origin. */
function keysIn(page: Page): Promise<string[]> {
	return page.evaluate(async () => {
		const found: string[] = [];
		const holdsKey = (value: unknown): boolean =>
			value instanceof CryptoKey ||
			(typeof value === 'object' &&
				value !== null &&
				!ArrayBuffer.isView(value) &&
				Object.values(value).some(holdsKey));
		const done = <T>(request: IDBRequest<T>): Promise<T> =>
			new Promise((resolve, reject) => {
				request.onsuccess = () => resolve(request.result);
				request.onerror = () => reject(new Error('cannot be read'));
			});
		for (const { name = '' } of await indexedDB.databases()) {
			const db = await done(indexedDB.open(name));
			for (const table of db.objectStoreNames) {
				for (const row of await done<unknown[]>(db.transaction(table).objectStore(table).getAll())) {
					if (holdsKey(row)) found.push(table);
				}
			}
			db.close();
		}
		return found;
	});
}

/** How many wrong ones are counted for whoever is at work. */
function triesIn(page: Page): Promise<number> {
	return page.evaluate(async () => {
		const db = await new Promise<IDBDatabase>((resolve) => {
			const request = indexedDB.open('heed');
			request.onsuccess = () => resolve(request.result);
		});
		const get = (name: string): Promise<Record<string, { wrong: number } | undefined>> =>
			new Promise((resolve) => {
				const request = db.transaction('kept').objectStore('kept').get(name);
				request.onsuccess = () =>
					resolve((request.result as { value: Record<string, { wrong: number } | undefined> }).value);
			});
		const session = (await get('session')) as unknown as { account: string };
		const tries = await get('tries');
		db.close();
		return tries[session.account]?.wrong ?? 0;
	});
}

/** The raw bytes of every AES key that the pages of this browser import: the vault's is among them. */
async function catchKeys(context: BrowserContext): Promise<Buffer[]> {
	const caught: Buffer[] = [];
	await context.exposeFunction('caughtKey', (bytes: number[]) => void caught.push(Buffer.from(bytes)));
	await context.addInitScript(() => {
		const { caughtKey } = window as unknown as { caughtKey: (bytes: number[]) => void };
		crypto.subtle.importKey = new Proxy(crypto.subtle.importKey.bind(crypto.subtle), {
			apply: (importKey, _, [format, raw, algorithm, ...rest]: Parameters<SubtleCrypto['importKey']>) => {
				if (algorithm === 'AES-GCM') caughtKey([...(raw as Uint8Array)]);
				return importKey(format as 'raw', raw, algorithm, ...rest);
			}
		});
	});
	return caught;
}
