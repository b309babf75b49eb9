/** Room that runs short, a browser that deletes, and several people on one phone. */
import { expect, test, type Locator, type Page } from '@playwright/test';
import { gpsPhoto } from './gps-photo';
import {
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

const WORDS = { place: 'Dunapart', when: 'yesterday', story: 'Stickers at the bus stop.' };
const IPHONE =
	'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1';

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

const story = (page: Page): Locator => page.getByLabel('What happened?');
const button = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true });
const saved = (page: Page): Promise<void> => page.getByText('Saved on this phone', { exact: true }).waitFor();

async function draft(page: Page, words: string): Promise<void> {
	await page.goto(`${stage.server.url}/alert/new?at=all`);
	await story(page).fill(words);
	await page.waitForURL(/\/alert\/[a-z0-9]{15}\?at=all$/);
}

async function signOut(page: Page): Promise<void> {
	await page.goto(`${stage.server.url}/settings`);
	await button(page, 'Sign out').click();
	await page.getByRole('link', { name: 'Sign in' }).waitFor();
}

test.describe('the browser', () => {
	/** Answers as told, and counts how often it was asked. */
	async function asked(page: Page, answer: boolean): Promise<() => Promise<number>> {
		let times = 0;
		await page.exposeFunction('persistAsked', () => {
			times++;
		});
		await page.addInitScript((says) => {
			const { persistAsked } = window as unknown as { persistAsked: () => void };
			let kept = false;
			navigator.storage.persist = () => {
				persistAsked();
				kept = localStorage.getItem('says') === 'yes' || says;
				return Promise.resolve(kept);
			};
			navigator.storage.persisted = () => Promise.resolve(kept);
		}, answer);
		return () => Promise.resolve(times);
	}

	test('is asked to keep what was written once there is a draft, once, and again when somebody wants it', async () => {
		const { url } = stage.server;
		const page = await browse();
		const times = await asked(page, false);
		await signIn(page, url, stage.people.Ana);
		await page.goto(`${url}/alert/new?at=all`);
		await story(page).waitFor();
		await page.goto(`${url}/settings`);
		await page.getByText('This browser may delete what you write').waitFor();
		expect(await times()).toBe(0);

		await draft(page, WORDS.story);
		await expect.poll(times).toBe(1);
		await story(page).fill(`${WORDS.story} And more.`);
		await page.reload();
		await story(page).fill(`${WORDS.story} And yet more.`);
		await saved(page);
		await page.goto(url);
		// Something waits, and the answer was no.
		await page.getByRole('link', { name: /^This browser may delete what is not sent yet/ }).click();
		expect(await times()).toBe(1);

		await button(page, 'Ask the browser to keep it').click();
		await page.getByText('The browser has said no for now.').waitFor();
		expect(await times()).toBe(2);
		await page.evaluate(() => localStorage.setItem('says', 'yes'));
		await button(page, 'Ask the browser to keep it').click();
		await page.getByText('This browser keeps what you write until you delete it.').waitFor();
		await expect(button(page, 'Ask the browser to keep it')).toHaveCount(0);
	});

	test('that has little room left takes words, and says which picture it did not take', async () => {
		const { url } = stage.server;
		const page = await browse();
		// Chromium tells every page the same; Firefox and Safari say what is left.
		await page.addInitScript(() => {
			const left = () => Number(localStorage.getItem('left') ?? 4_000_000);
			navigator.storage.estimate = () => Promise.resolve({ usage: 1_000_000, quota: 1_000_000 + left() });
		});
		await signIn(page, url, stage.people.Ana);
		await draft(page, WORDS.story);
		const photo = { name: 'wall.jpg', mimeType: 'image/jpeg', buffer: await gpsPhoto(page) };
		await page.locator('input[type=file]').setInputFiles(photo);
		await page.getByText('There is no room on this phone for “wall.jpg”.').waitFor();
		await story(page).fill(`${WORDS.story} Two boys.`);
		await saved(page);
		await page.reload();
		await expect(story(page)).toHaveValue(`${WORDS.story} Two boys.`);
		await page.goto(`${url}/settings`);
		await page.getByText('There is hardly any room left for Heed on this device.').waitFor();

		await page.evaluate(() => localStorage.setItem('left', '43456789'));
		await page.reload();
		await page.getByText('Room left for Heed on this device: about 40 MB.').waitFor();
		await page.goBack();
		await page.locator('input[type=file]').setInputFiles(photo);
		await expect(page.getByRole('img', { name: 'Photo 1' })).toBeVisible();
	});

	test('that has none says why nothing was saved, keeps what was, and goes on when there is some', async () => {
		const { url } = stage.server;
		const page = await browse();
		await limit(page, 12_000_000);
		await signIn(page, url, stage.people.Bartek);
		await draft(page, WORDS.story);
		await fillAlert(page, WORDS);
		await saved(page);
		await fill(page);
		await story(page).fill('What does not fit any more. '.repeat(100));
		await page.getByText('There is no room left on this phone, so this was not saved.').waitFor();
		// On the screen is what was saved.
		await page.reload();
		await expect(story(page)).toHaveValue(WORDS.story);
		await button(page, 'Send').click();
		await page.getByText('there is no room left on this phone to send it').waitFor();

		await limit(page, 100_000_000);
		await page.reload();
		await expect(story(page)).toHaveValue(WORDS.story);
		await button(page, 'Send').click();
		await page.waitForURL(/\/case\//);
	});

	test('that has none lets pictures go which the team has, so that words are saved', async () => {
		const { url } = stage.server;
		const page = await browse();
		await limit(page, 16_000_000);
		await signIn(page, url, stage.people.Bartek);
		await draft(page, WORDS.story);
		await fillAlert(page, { ...WORDS, story: 'The picture has arrived.' });
		await page.locator('input[type=file]').setInputFiles({
			...{ name: 'wall.jpg', mimeType: 'image/jpeg' },
			buffer: await noise(page)
		});
		await page.getByRole('img', { name: 'Photo 1' }).waitFor();
		await button(page, 'Send').click();
		await page.waitForURL(/\/case\//);
		await page.getByText('It has arrived').first().waitFor();
		const address = page.url();
		await expect(page.locator('article img')).toBeVisible();

		await fill(page);
		await page.goto(`${url}/alert/new?at=all`);
		await story(page).fill('What finds its room. '.repeat(100));
		await saved(page);
		// It is fetched again, though there is no room to keep it.
		await fill(page);
		await page.goto(address);
		await expect(page.locator('article img')).toBeVisible();
	});

	test('that has none for what comes says so, and takes it in once there is some', async () => {
		const { url } = stage.server;
		const page = await browse();
		await limit(page, 12_000_000);
		await signIn(page, url, stage.people.Bartek);
		await draft(page, WORDS.story);
		await fillAlert(page, { ...WORDS, story: 'Somebody will answer this.' });
		await button(page, 'Send').click();
		await page.waitForURL(/\/case\//);
		await page.getByText('It has arrived').first().waitFor();
		await fill(page);

		const cora = await browse(TABLET);
		await signIn(cora, url, stage.people.Cora);
		await cora.goto(page.url());
		await cora.getByLabel('Your message').fill('An answer. '.repeat(500));
		await button(cora, 'Send').click();
		const little = page.getByText('There is hardly any room left for Heed on this device.');
		await little.waitFor();

		await limit(page, 100_000_000);
		await expect(page.getByText('An answer.').first()).toBeVisible();
		await expect(little).toHaveCount(0);
	});

	/**
	 * How much the browser gives. Less than before is to be said before anything is written: afterwards it takes a while to
	 * be noticed. More is how room comes back: what is deleted in Chromium counts until it has tidied up, whenever that is.
	 */
	async function limit(page: Page, quotaSize: number): Promise<void> {
		const cdp = await page.context().newCDPSession(page);
		await cdp.send('Storage.overrideQuotaForOrigin', { origin: stage.server.url, quotaSize });
	}

	/** Writes until nothing more fits. */
	async function fill(page: Page): Promise<void> {
		await page.evaluate(async () => {
			const request = indexedDB.open('elsewhere');
			request.onupgradeneeded = () => request.result.createObjectStore('rows', { autoIncrement: true });
			await new Promise((resolve, reject) => {
				request.onsuccess = resolve;
				request.onerror = reject;
			});
			const fits = (size: number): Promise<boolean> =>
				new Promise((resolve) => {
					const write = request.result.transaction('rows', 'readwrite');
					write.objectStore('rows').add(crypto.getRandomValues(new Uint8Array(size)));
					write.oncomplete = () => resolve(true);
					write.onabort = () => resolve(false);
				});
			for (const size of [60_000, 1_000]) while (await fits(size));
			request.result.close();
		});
	}

	/** A picture of some 600 kB that nothing makes smaller. */
	async function noise(page: Page): Promise<Buffer> {
		const bytes = await page.evaluate(async () => {
			const canvas = new OffscreenCanvas(1600, 1200);
			const pen = canvas.getContext('2d');
			if (!pen) throw new Error('no canvas');
			const image = pen.createImageData(1600, 1200);
			for (let at = 0; at < image.data.length; at += 65_536) {
				crypto.getRandomValues(image.data.subarray(at, at + 65_536));
			}
			pen.putImageData(image, 0, 0);
			const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.5 });
			return [...new Uint8Array(await blob.arrayBuffer())];
		});
		return Buffer.from(bytes);
	}
});

test.describe('what the browser has deleted', () => {
	const lost = (page: Page) =>
		page.getByRole('heading', { name: 'This browser has deleted what Heed kept here' });

	test('is said once on the way in, and never on a first visit', async () => {
		const { url } = stage.server;
		const page = await browse();
		await page.goto(url);
		await page.getByRole('link', { name: 'Sign in' }).waitFor();
		await expect(lost(page)).toHaveCount(0);
		await signIn(page, url, stage.people.Ana);
		await draft(page, WORDS.story);
		const [cookie] = (await page.context().cookies()).filter(({ name }) => name === 'heed_kept');
		expect(cookie).toMatchObject({ value: '1', sameSite: 'Strict', path: '/' });

		await evict(page);
		await page.goto(url);
		await expect(lost(page)).toBeVisible();
		await expect(page.getByText('Everything that was sent is safe.')).toBeVisible();
		expect(await page.locator('main').innerText()).not.toContain('Ana');
		await button(page, 'Understood').click();
		await expect(lost(page)).toHaveCount(0);
		await page.reload();
		await page.getByRole('link', { name: 'Sign in' }).waitFor();
		await expect(lost(page)).toHaveCount(0);
	});

	test('is still said to whoever has signed in without reading it', async () => {
		const { url } = stage.server;
		const page = await browse();
		await signIn(page, url, stage.people.Ana);
		await draft(page, WORDS.story);
		await evict(page);
		await signIn(page, url, stage.people.Ana);
		await page.goto(url);
		await expect(lost(page)).toBeVisible();
		await expect(page.getByText(WORDS.story)).toHaveCount(0);
		await button(page, 'Understood').click();
		await expect(lost(page)).toHaveCount(0);
		await page.reload();
		await expect(button(page, 'Lock')).toBeVisible();
		await expect(lost(page)).toHaveCount(0);
	});

	test('is said where one person’s things went alone, to that person alone, and signing in brings back what was sent', async () => {
		const { url } = stage.server;
		const page = await browse();
		await signIn(page, url, stage.people.Ana);
		await signOut(page);
		await signIn(page, url, stage.people.Bartek);
		await draft(page, WORDS.story);
		const bartek = await accountHere(page);
		await page.goto(`${url}/calendar.html`);
		await page.evaluate(
			(name) =>
				new Promise((resolve, reject) => {
					const request = indexedDB.deleteDatabase(name);
					request.onsuccess = resolve;
					request.onerror = reject;
				}),
			`heed-${bartek}`
		);
		await page.goto(url);
		await expect(lost(page)).toBeVisible();
		await signOut(page);
		await expect(lost(page)).toHaveCount(0);
		await signIn(page, url, stage.people.Ana);
		await page.goto(url);
		await page.getByText('Nothing here yet.').waitFor();
		await expect(lost(page)).toHaveCount(0);
		await signOut(page);

		await signIn(page, url, stage.people.Bartek);
		await page.goto(url);
		await page.getByRole('link', { name: /Answered.*Na przystanku/ }).waitFor();
		await expect(lost(page)).toBeVisible();
		await button(page, 'Understood').click();
		await expect(lost(page)).toHaveCount(0);
	});

	/** As a browser does when room runs short: the databases go, and nobody is asked. */
	async function evict(page: Page): Promise<void> {
		await page.goto('about:blank');
		const cdp = await page.context().newCDPSession(page);
		await cdp.send('Storage.clearDataForOrigin', { origin: stage.server.url, storageTypes: 'indexeddb' });
	}
});

test.describe('an iPhone', () => {
	const advice = (page: Page) =>
		page.getByRole('heading', { name: 'Before you write: put Heed on the home screen' });

	async function iPhone(standalone: boolean): Promise<Page> {
		const page = await browse({ ...PHONE, userAgent: IPHONE });
		await page.addInitScript((value) => {
			Object.defineProperty(navigator, 'standalone', { value });
		}, standalone);
		await page.goto(stage.server.url);
		await page.getByRole('link', { name: 'Sign in' }).waitFor();
		return page;
	}

	test('gets the advice to install in a tab, until it was read or there is a draft', async () => {
		const { url } = stage.server;
		const page = await iPhone(false);
		await expect(advice(page)).toBeVisible();
		await expect(page.getByText('Choose “Add to Home Screen”')).toBeVisible();
		await signIn(page, url, stage.people.Ana);
		await page.goto(url);
		await expect(advice(page)).toBeVisible();
		await draft(page, WORDS.story);
		await page.goto(url);
		await page.getByText(WORDS.story).waitFor();
		// What was begun in the tab does not come along: now it would only mislead.
		await expect(advice(page)).toHaveCount(0);

		const other = await iPhone(false);
		await button(other, 'Understood').click();
		await expect(advice(other)).toHaveCount(0);
		await other.reload();
		await other.getByRole('link', { name: 'Sign in' }).waitFor();
		await expect(advice(other)).toHaveCount(0);
	});

	test('gets none from the home screen', async () => {
		await expect(advice(await iPhone(true))).toHaveCount(0);
	});
});

test.describe('several people on one phone', () => {
	test('know nothing of each other, and nobody takes anything from another', async () => {
		const { url } = stage.server;
		const page = await browse();
		const { context } = { context: page.context() };
		await signIn(page, url, stage.people.Ana);
		await draft(page, 'What Ana has not finished.');
		await context.setOffline(true);
		await page.goto(`${url}/alert/new?at=all`);
		await fillAlert(page, { ...WORDS, story: 'What Ana said on the way.' });
		await saved(page);
		await button(page, 'Send').click();
		await page.waitForURL(/\/case\//);
		await page.goto(`${url}/settings`);
		await page.getByText('2 things of yours are not sent yet.').waitFor();
		await button(page, 'Sign out').click();
		await page.getByRole('link', { name: 'Sign in' }).waitFor();
		const ana = await databases(page);

		// The network is there again, but nothing of Ana's goes under another name, and nothing is seen.
		await context.setOffline(false);
		const seen: string[] = [];
		const look = async () => seen.push(await page.locator('body').innerText());
		await look();
		await page.goto(`${url}/sign-in`);
		await look();
		await signIn(page, url, stage.people.Frieda);
		for (const path of ['/', '/settings', '/alert/new', '/unlock']) {
			await page.goto(url + path);
			await page.locator('h1').first().waitFor();
			await look();
		}
		for (const text of seen) expect(text).not.toMatch(/\bAna\b|things? not sent|finished|on the way/i);

		await page.goto(`${url}/settings`);
		await page.getByText('Nothing is deleted:').waitFor();
		await button(page, 'Remove from this device').click();
		await page.getByText('Nothing of yours is only here: nothing is lost.').waitFor();
		await button(page, 'Remove').click();
		await page.getByRole('link', { name: 'Sign in' }).waitFor();
		await expect.poll(() => databases(page)).toEqual(ana);

		await signIn(page, url, stage.people.Ana);
		await page.goto(url);
		await page.getByText('What Ana has not finished.').waitFor();
		await page.getByRole('link', { name: /What Ana said on the way/ }).click();
		await expect(page.getByText('It has arrived').first()).toBeVisible();
	});

	test('remove themselves in two steps, in every tab, locked or not, and come back to an empty place', async () => {
		const { url } = stage.server;
		const page = await browse();
		await signIn(page, url, stage.people.Bartek);
		await draft(page, 'A first draft.');
		await draft(page, 'A second draft.');
		await page.goto(url);
		const bartek = await accountHere(page);
		const other = await page.context().newPage();
		await other.goto(url);
		await other.getByRole('link', { name: /Answered.*Na przystanku/ }).click();
		await other.waitForURL(/\/case\//);
		await button(page, 'Lock').click();
		await other.waitForURL(/\/unlock/);

		await page.goto(`${url}/settings`);
		await button(page, 'Remove from this device').click();
		await page.getByText('2 drafts').waitFor();
		const first = await button(page, 'Remove').boundingBox();
		await button(page, 'Remove').click();
		await page.getByRole('heading', { name: 'Really delete it?' }).waitFor();
		await expect(button(page, 'Keep it')).toBeFocused();
		expect(overlap(first, await button(page, 'Delete for good').boundingBox())).toBe(false);
		await button(page, 'Keep it').click();
		await expect(page.getByRole('dialog')).toHaveCount(0);
		expect(await databases(page)).toContain(`heed-${bartek}`);

		await button(page, 'Remove from this device').click();
		await button(page, 'Remove').click();
		await button(page, 'Delete for good').click();
		await page.waitForURL(`${url}/`);
		await other.waitForURL(`${url}/`);
		for (const tab of [page, other]) await tab.getByRole('link', { name: 'Sign in' }).waitFor();
		await expect.poll(() => databases(page)).toEqual(['heed']);
		await other.reload();
		await other.getByRole('link', { name: 'Sign in' }).waitFor();
		expect(await databases(other)).toEqual(['heed']);
		expect(await rowsAbout(page, bartek, stage.people.Bartek.login)).toEqual([]);
		// On purpose: nobody is told that something is missing.
		await expect(page.getByText('This browser has deleted')).toHaveCount(0);

		// The tab that was open all the time can be used again.
		await signIn(other, url, stage.people.Bartek);
		await other.goto(url);
		await other.getByRole('link', { name: /Answered.*Na przystanku/ }).waitFor();
		await expect(other.getByText('A first draft.')).toHaveCount(0);
		await expect(other.getByText('This browser has deleted')).toHaveCount(0);
		await draft(other, 'A new one.');
		await button(other, 'Lock').click();
		await other.goto(`${url}/unlock`);
		await unlock(other, stage.people.Bartek);
		await other.getByText('A new one.').waitFor();
	});

	test('without an account: the code that nobody has kept is named, and goes with the rest', async () => {
		const { url } = stage.server;
		const page = await browse();
		await page.goto(url);
		await button(page, 'Write without an account').click();
		await fillAlert(page, WORDS);
		await saved(page);
		await button(page, 'Send').click();
		await page.waitForURL(/\/code\?/);
		await page.getByRole('link', { name: 'I will do this later' }).click();
		await page.getByText('It has arrived').first().waitFor();

		// Everything is sent; only the way back is not kept.
		await page.goto(`${url}/settings`);
		await button(page, 'Remove from this device').click();
		await page.getByText('Without it, nobody gets back to what you sent.').waitFor();
		const first = await button(page, 'Remove').boundingBox();
		await button(page, 'Remove').click();
		expect(overlap(first, await button(page, 'Delete for good').boundingBox())).toBe(false);
		await button(page, 'Delete for good').click();
		await page.getByRole('link', { name: 'Sign in' }).waitFor();
		await expect(page.getByText('Written on this phone without an account')).toHaveCount(0);
		await expect.poll(() => databases(page)).toEqual(['heed']);
	});

	test('the second question stands elsewhere than the first, on a tablet too and in the longest words', async () => {
		for (const [size, locale, words] of [
			[TABLET, 'de-DE', ['Von diesem Gerät entfernen', 'Entfernen', 'Endgültig löschen']],
			[PHONE, 'hu-HU', ['Eltávolítás erről az eszközről', 'Eltávolítás', 'Végleges törlés']]
		] as const) {
			const page = await browse({ ...size, locale });
			const [remove, one, two] = words;
			await page.goto(`${stage.server.url}/sign-in`);
			await page.locator('[name=username]').fill(stage.people.Ana.login);
			await page.locator('input[type=password]').fill(stage.people.Ana.passphrase);
			await page.locator('form button.main').click();
			await page.waitForURL((address) => !address.pathname.startsWith('/sign-in'));
			await waitUntilInstalled(page);
			await draft2(page);
			await page.goto(`${stage.server.url}/settings`);
			await button(page, remove).click();
			const first = await button(page, one).boundingBox();
			await button(page, one).click();
			expect(overlap(first, await button(page, two).boundingBox())).toBe(false);
		}
	});

	async function draft2(page: Page): Promise<void> {
		await page.goto(`${stage.server.url}/alert/new?at=all`);
		await page.locator('[name=story]').fill(WORDS.story);
		await page.waitForURL(/\/alert\/[a-z0-9]{15}\?at=all$/);
	}
});

type Box = Awaited<ReturnType<Locator['boundingBox']>>;
function overlap(a: Box, b: Box): boolean {
	if (!a || !b) throw new Error('not on the screen');
	const apart = (from: 'x' | 'y', size: 'width' | 'height') =>
		a[from] + a[size] <= b[from] || b[from] + b[size] <= a[from];
	return !apart('x', 'width') && !apart('y', 'height');
}

/** Without what was published: it is nobody's. */
const databases = (page: Page): Promise<string[]> =>
	page.evaluate(async () =>
		(await indexedDB.databases())
			.map(({ name = '' }) => name)
			.filter((name) => !['library', 'notices', 'shared'].includes(name))
			.sort()
	);

/** Who is at work, as the device remembers it. */
function accountHere(page: Page): Promise<string> {
	return page.evaluate(async () => {
		const request = indexedDB.open('heed');
		await new Promise((resolve) => (request.onsuccess = resolve));
		const get = request.result.transaction('kept').objectStore('kept').get('session');
		await new Promise((resolve) => (get.onsuccess = resolve));
		request.result.close();
		return (get.result as { value: { account: string } }).value.account;
	});
}

/** The device's rows that name somebody: an id or a login anywhere in them. */
function rowsAbout(page: Page, id: string, login: string): Promise<string[]> {
	return page.evaluate(
		async ([id, login]) => {
			const found: string[] = [];
			const here = (await indexedDB.databases()).map(({ name = '' }) => name);
			for (const name of ['heed', 'notices'].filter((one) => here.includes(one))) {
				const request = indexedDB.open(name);
				await new Promise((resolve) => (request.onsuccess = resolve));
				for (const table of request.result.objectStoreNames) {
					const all = request.result.transaction(table).objectStore(table).getAll();
					await new Promise((resolve) => (all.onsuccess = resolve));
					for (const row of all.result as unknown[]) {
						const text = JSON.stringify(row);
						if (text.includes(id) || text.includes(`"${login}"`)) found.push(`${table}: ${text}`);
					}
				}
				request.result.close();
			}
			return found;
		},
		[id, login] as const
	);
}
