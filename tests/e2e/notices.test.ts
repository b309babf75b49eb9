/**
 * Notices on a device: what a push becomes in the real service worker, where a tap leads, and what the server hears. No push
 * service can be reached from here, so subscribing is stood in for, and pushes are delivered by the browser's own protocol.
 */
import { readFile } from 'node:fs/promises';
import { expect, test, type BrowserContext, type Page } from '@playwright/test';
import { LOCALES, type Locale } from '../../src/lib/domain/lists';
import type { MyNotices, Nudge } from '../../src/lib/domain/notice';
import { deliver, shown, standIn, tap, titles, workerOf } from './push';
import {
	openBrowser,
	PHONE,
	setStage,
	signIn,
	TABLET,
	unlock,
	waitUntilInstalled,
	type Stage
} from './stage';

const KEY = 'B'.repeat(87);
const CASE = 'abcdefghijklmno';
const SUBSCRIPTION = {
	endpoint: 'https://fcm.googleapis.com/fcm/send/one',
	keys: { p256dh: 'B'.repeat(87), auth: 'A'.repeat(22) }
};

let stage: Stage;
test.beforeAll(async () => {
	stage = await setStage();
});
test.afterAll(() => stage.close());

type Asked = { method: string; path: string; body: unknown };

/** The server's routes for notices, as docs/notices.md has them. */
async function answerFor(context: BrowserContext, mine: () => MyNotices): Promise<Asked[]> {
	const asked: Asked[] = [];
	await context.route('**/api/heed/notices/**', async (route) => {
		const request = route.request();
		const path = new URL(request.url()).pathname.replace('/api/heed/notices/', '');
		if (path === 'mine') return route.fulfill({ json: mine() });
		asked.push({ method: request.method(), path, body: request.postDataJSON() as unknown });
		return route.fulfill({ status: 204 });
	});
	await context.route('**/api/heed/facts', async (route) => {
		const answer = await route.fetch();
		const facts = (await answer.json()) as object;
		await route.fulfill({ json: { ...facts, push: KEY } });
	});
	return asked;
}

const nudge = (given: Partial<Nudge> = {}): Nudge => ({
	v: 1,
	id: 'nudgenudgenudge',
	kind: 'answer',
	tag: 'case-abcdefghijklmno',
	token: 't'.repeat(32),
	case: CASE,
	person: 'personpersonper',
	...given
});

const NOTHING: MyNotices = {
	devices: [],
	wishes: { noPush: [], noMail: [], quiet: null, zone: 'UTC' },
	mail: { address: '', confirmed: false, trouble: '' },
	duty: false
};

const NOWHERE = { system: 'android', asked: '', heard: '', trouble: '' } as const;

const idOf = (page: Page): Promise<string> =>
	page.evaluate(
		() =>
			new Promise<string>((resolve) => {
				indexedDB.open('heed').onsuccess = ({ target }) => {
					const db = (target as IDBOpenDBRequest).result;
					const asked = db.transaction('kept').objectStore('kept').get('session');
					asked.onsuccess = () => {
						db.close();
						resolve((asked.result as { value: { account: string } }).value.account);
					};
				};
			})
	);

test('a push is always shown, once a tag, and says nothing of a case', async () => {
	const { context, page, close } = await openBrowser(PHONE);
	await standIn(context, SUBSCRIPTION);
	const asked = await answerFor(context, () => NOTHING);
	await page.goto(stage.server.url);
	await waitUntilInstalled(page);

	await deliver(page, nudge());
	await expect.poll(() => titles(page)).toEqual(['Somebody has answered']);
	await expect
		.poll(() => asked)
		.toEqual([{ method: 'POST', path: 'token', body: { token: 't'.repeat(32), did: 'shown' } }]);
	await deliver(page, nudge());
	await deliver(page, nudge({ id: 'nudgenudgenudg2', kind: 'seen' }));
	await expect.poll(() => titles(page)).toEqual(['A person has read it']);
	await deliver(page, nudge({ kind: 'danger', tag: 'danger', id: 'nudgenudgenudg3' }));
	await expect
		.poll(async () => (await shown(page)).find(({ tag }) => tag === 'danger'))
		.toEqual({
			title: 'Immediate danger: please look now',
			body: 'Nobody has said yet that they have it.',
			tag: 'danger',
			actions: ['have', 'open'],
			stays: true
		});
	for (const broken of [
		'',
		'{',
		JSON.stringify({ v: 2 }),
		'\u0000\u0001',
		JSON.stringify(nudge({ tag: 'A b' }))
	])
		await deliver(page, broken);
	await expect
		.poll(async () => (await titles(page)).filter((title) => title === 'There is something new'))
		.toHaveLength(1);
	expect(await shown(page)).toHaveLength(3);
	const said = (await shown(page)).flatMap(({ title, body }) => [title, body]).join();
	expect(said).not.toContain(CASE);
	await close();
});

test('the words are in the language of this device, whichever page last spoke', async () => {
	const { context, page, close } = await openBrowser({ ...PHONE, locale: 'de-DE' });
	await standIn(context, SUBSCRIPTION);
	await answerFor(context, () => NOTHING);
	await page.goto(stage.server.url);
	await waitUntilInstalled(page);
	const languages = page.locator('.language select').first();
	for (const locale of ['de', ...LOCALES.filter((one) => one !== 'de')] as Locale[]) {
		if (locale !== 'de') await languages.selectOption(locale);
		await expect(page.locator('html')).toHaveAttribute('lang', locale);
		const words = new URL(`../../src/lib/i18n/messages/${locale}.json`, import.meta.url);
		const { push_answer: title } = JSON.parse(await readFile(words, 'utf8')) as Record<string, string>;
		await deliver(page, nudge({ tag: locale }));
		await expect
			.poll(async () => (await shown(page)).find(({ tag }) => tag === locale)?.title, locale)
			.toBe(title);
	}
	await close();
});

test('a push is shown though what this device keeps of notices does not answer', async () => {
	const { context, page, close } = await openBrowser({ ...PHONE, locale: 'de-DE' });
	await standIn(context, SUBSCRIPTION);
	const asked = await answerFor(context, () => NOTHING);
	await page.goto(stage.server.url);
	await waitUntilInstalled(page);
	await deliver(page, nudge({ tag: 'before' }));
	await expect.poll(() => titles(page)).toHaveLength(1);
	// Whoever holds the store for writing lets nobody else in.
	await page.evaluate(
		() =>
			new Promise<void>((resolve, reject) => {
				const opened = indexedDB.open('notices');
				opened.onerror = () => reject(new Error('not opened'));
				opened.onsuccess = () => {
					const rows = opened.result.transaction('rows', 'readwrite').objectStore('rows');
					const hold = (): void => {
						rows.count().onsuccess = hold;
					};
					hold();
					resolve();
				};
			})
	);
	await deliver(page, nudge({ tag: 'one' }));
	await deliver(page, nudge({ tag: 'two' }));
	const german = 'Jemand hat geantwortet';
	await expect.poll(() => titles(page)).toEqual([german, german, german]);

	// And ‘I have it’ goes all the same.
	await deliver(page, nudge({ kind: 'danger', tag: 'three', token: 'h'.repeat(32) }));
	await expect.poll(() => titles(page)).toHaveLength(4);
	await tap(workerOf(context), 'three', 'have');
	const had = { method: 'POST', path: 'token', body: { token: 'h'.repeat(32), did: 'have' } };
	expect(asked).toContainEqual(had);
	await expect.poll(() => titles(page)).toContain('Ihr Team weiß jetzt, dass Sie sich kümmern');
	await close();
});

test('a tap leads to what it speaks of: open, locked, closed, or as somebody else', async () => {
	const { url } = stage.server;
	const { context, page, close } = await openBrowser(PHONE);
	await standIn(context, SUBSCRIPTION);
	await answerFor(context, () => NOTHING);
	await signIn(page, url, stage.people.Bartek);
	await page.goto(url);
	const line = page.getByRole('link', { name: /Answered/ });
	const path = (await line.getAttribute('href')) ?? '';
	const person = await idOf(page);
	const mine = nudge({ person, case: path.replace('/case/', '') });

	await deliver(page, mine);
	await expect.poll(() => titles(page)).toHaveLength(1);
	await tap(workerOf(context), mine.tag);
	await page.waitForURL(`**${path}`);
	await page.getByText(/./).first().waitFor();
	await expect.poll(() => titles(page)).toEqual([]);

	await page.goto(url);
	await page.getByRole('button', { name: 'Lock', exact: true }).click();
	await page.getByRole('link', { name: 'Unlock' }).first().waitFor();
	await deliver(page, mine);
	await expect.poll(() => titles(page)).toHaveLength(1);
	await tap(workerOf(context), mine.tag);
	await page.waitForURL(`**/unlock?to=${encodeURIComponent(path)}`);
	await unlock(page, stage.people.Bartek);
	await page.waitForURL(`**${path}`);

	// With no page open: the worker opens this address, and it leads there by itself.
	await page.goto(`${url}/settings`);
	await page.getByRole('heading', { level: 1 }).waitFor();
	await deliver(page, mine);
	await expect.poll(() => titles(page)).toHaveLength(1);
	const worker = workerOf(context);
	await page.goto('about:blank');
	const [address = ''] = await tap(worker, mine.tag);
	expect(address).toBe(`/notified#${person}${path}`);
	await page.goto(url + address);
	await page.waitForURL((at) => at.pathname === path || at.pathname === '/unlock');

	await page.goto(url);
	await deliver(page, { ...mine, person: 'somebodyelse000' });
	await expect.poll(() => titles(page)).toHaveLength(1);
	await tap(workerOf(context), mine.tag);
	await expect(page.getByRole('heading', { name: 'This is for somebody else' })).toBeVisible();
	await page.getByRole('link', { name: 'Sign in' }).click();
	await page.waitForURL(`**/sign-in?to=${encodeURIComponent(path)}`);
	await close();
});

test('a tap takes nothing away that was typed and is not kept: it asks, and leads there or stays', async () => {
	const { url } = stage.server;
	const { context, page, close } = await openBrowser(TABLET);
	await standIn(context, SUBSCRIPTION);
	await answerFor(context, () => NOTHING);
	await signIn(page, url, stage.people.Eszter);
	await page.goto(`${url}/team/duty/change`);
	await page.getByRole('button', { name: 'Add a shift' }).click();
	const until = page.getByRole('group', { name: 'Shift 1' }).getByLabel('Until');
	await until.fill('11:11');
	const mine = nudge({ person: await idOf(page), kind: 'call', case: '', tag: 'call' });
	const arrive = async (): Promise<void> => {
		await deliver(page, mine);
		await expect.poll(() => titles(page)).toHaveLength(1);
		await tap(workerOf(context), mine.tag);
	};

	await arrive();
	const question = page.getByRole('dialog', { name: 'Leave what you have begun here?' });
	await question.getByRole('button', { name: 'Go back' }).click();
	await expect(question).toHaveCount(0);
	await expect(until).toHaveValue('11:11');
	await expect(until).toBeFocused();
	expect(new URL(page.url()).pathname).toBe('/team/duty/change');

	await arrive();
	await page.keyboard.press('Escape');
	await expect(question).toHaveCount(0);
	await arrive();
	await question.getByRole('button', { name: 'Open the notice' }).click();
	await page.waitForURL(`${url}/team`);

	// Where nothing was typed, nothing is asked.
	await page.goto(`${url}/team/duty`);
	await page.getByRole('heading', { level: 1 }).waitFor();
	await arrive();
	await page.waitForURL(`${url}/team`);
	await close();
});

test('‘I have it’ reaches the server, and where there is no network it waits and says so', async () => {
	const { context, page, close } = await openBrowser(PHONE);
	await standIn(context, SUBSCRIPTION);
	const asked = await answerFor(context, () => NOTHING);
	await page.goto(stage.server.url);
	await waitUntilInstalled(page);
	const had = () =>
		asked.filter(({ body }) => (body as { did?: string }).did === 'have').map(({ body }) => body);

	await deliver(page, nudge({ kind: 'urgent', tag: 'one', token: 'a'.repeat(32) }));
	await expect.poll(() => titles(page)).toEqual(['Urgent: please look soon']);
	await tap(workerOf(context), 'one', 'have');
	await expect.poll(() => titles(page)).toEqual(['Your team has been told that you have it']);
	expect(had()).toEqual([{ token: 'a'.repeat(32), did: 'have' }]);

	await deliver(page, nudge({ kind: 'danger', tag: 'one', token: 'b'.repeat(32) }));
	await expect.poll(() => titles(page)).toEqual(['Immediate danger: please look now']);
	await context.unroute('**/api/heed/notices/**');
	await context.route('**/api/heed/notices/**', (route) => route.abort());
	await tap(workerOf(context), 'one', 'have');
	await expect.poll(() => titles(page)).toEqual(['Not sent yet: it goes as soon as there is a network']);
	await context.unroute('**/api/heed/notices/**');
	const later: unknown[] = [];
	await context.route('**/api/heed/notices/token', (route) => {
		later.push(route.request().postDataJSON());
		return route.fulfill({ status: 204 });
	});
	await page.reload();
	await expect.poll(() => titles(page)).toEqual(['Your team has been told that you have it']);
	expect(later).toEqual([{ token: 'b'.repeat(32), did: 'have' }]);
	await close();
});

test('somebody is told on this device once they say so, sees whether it hears, and is told no more when they leave', async () => {
	const { url } = stage.server;
	const { context, page, close } = await openBrowser(PHONE);
	await standIn(context, SUBSCRIPTION);
	let mine = NOTHING;
	const asked = await answerFor(context, () => mine);
	await signIn(page, url, stage.people.Bartek);
	await page.goto(`${url}/settings/notices`);
	await page.getByRole('button', { name: 'Tell me on this device' }).click();
	await expect(page.getByRole('region', { name: 'On this device' })).toBeFocused();
	await expect
		.poll(() => asked.map(({ method, path }) => `${method} ${path.replace(/\/.*/, '')}`))
		.toEqual(['PUT device', 'POST device']);
	const { id, ...device } = asked[0]?.body as { id: string };
	expect(device).toEqual({
		subscription: { endpoint: SUBSCRIPTION.endpoint, ...SUBSCRIPTION.keys },
		locale: 'en',
		system: 'desktop'
	});
	expect(asked[1]?.path).toBe(`device/${id}`);

	const asOf = (asks: number, hears: number, trouble = '') => {
		const at = (ms: number): string => (ms ? new Date(Date.now() - ms).toISOString().replace('T', ' ') : '');
		mine = { ...NOTHING, devices: [{ id, system: 'desktop', asked: at(asks), heard: at(hears), trouble }] };
	};
	for (const [asks, hears, trouble, words] of [
		[1_000, 0, '', /^A test is on its way/],
		[2_000, 1_000, '', /^Notices reach this device/],
		[1_000_000, 2_000_000, '', /^The last test did not come through/],
		[2_000, 1_000, 'elsewhere', /^The push service did not take/]
	] as const) {
		asOf(asks, hears, trouble);
		await page.reload();
		await expect(page.getByText(words)).toBeVisible();
	}
	await expect(page.getByRole('link', { name: 'If no notices come' })).toBeVisible();

	await page.getByRole('checkbox', { name: 'Somebody has answered you E-mail' }).uncheck();
	await expect(page.getByText('Saved.')).toBeVisible();
	await page.getByRole('checkbox', { name: 'Keep what can wait' }).check();
	await expect
		.poll(() => asked.at(-1)?.body)
		.toMatchObject({
			noPush: [],
			noMail: ['answer'],
			quiet: { from: '22:00', to: '07:00' }
		});
	await page.getByLabel('E-mail address').fill('nobody');
	await page.getByRole('button', { name: 'Save' }).click();
	await expect(page.getByText('This is no e-mail address.')).toBeVisible();
	await page.getByLabel('E-mail address').fill('bartek@school.example');
	mine = { ...mine, mail: { address: 'bartek@school.example', confirmed: false, trouble: '' } };
	await page.getByRole('button', { name: 'Save' }).click();
	await expect(page.getByText('Not confirmed yet.')).toBeVisible();
	mine = { ...mine, mail: { ...mine.mail, trouble: 'mail_550' } };
	await page.reload();
	await expect(page.getByText('The last e-mail to this address was not delivered.')).toBeVisible();
	await page.goto(`${url}/confirm#${'c'.repeat(32)}`);
	await page.getByRole('button', { name: 'Confirm' }).click();
	await expect(page.getByText('Your address is confirmed.')).toBeVisible();
	expect(asked.at(-1)).toEqual({ method: 'POST', path: 'confirm', body: { code: 'c'.repeat(32) } });

	// A device that is dropped takes its button along: who pressed it goes on from what is left.
	const others = ['otherotherother', 'thirdthirdthird'].map((id) => ({ ...NOWHERE, id }));
	mine = { ...mine, devices: [...mine.devices, ...others] };
	await page.goto(`${url}/settings/notices`);
	const list = page.getByRole('region', { name: 'Your other devices' });
	for (const left of [1, 0]) {
		mine = { ...mine, devices: mine.devices.slice(0, 1 + left) };
		await list.getByRole('button').last().click();
		await expect(list.getByRole('button')).toHaveCount(left);
		await expect(left ? list : page.getByRole('main')).toBeFocused();
	}

	// Each start renews it; who signs out is told here no more.
	asked.length = 0;
	await page.goto(`${url}/settings`);
	await expect.poll(() => asked.map(({ method, path }) => `${method} ${path}`)).toEqual(['PUT device']);
	await page.getByRole('button', { name: 'Sign out' }).click();
	await expect
		.poll(() => asked.map(({ method, path }) => `${method} ${path}`))
		.toContain(`DELETE device/${id}`);
	await close();
});

test('a question comes once, after something was sent, and ‘Not now’ ends it', async () => {
	const { url } = stage.server;
	const { context, page, close } = await openBrowser(PHONE);
	await standIn(context, SUBSCRIPTION);
	const asked = await answerFor(context, () => NOTHING);
	await signIn(page, url, stage.people.Cora);
	await page.goto(`${url}/team`);
	const question = page.getByRole('heading', { name: 'Shall we tell you when somebody needs you?' });
	await expect(question).toBeVisible();
	// Closed without an answer is no refusal: it is said, and one may try again.
	await page.evaluate(() => (Notification.requestPermission = () => Promise.resolve('default')));
	const yes = page.getByRole('button', { name: 'Tell me on this device' });
	await yes.click();
	await expect(page.getByText('The browser’s question was closed without an answer')).toBeVisible();
	await expect(yes).toBeFocused();
	await page.getByRole('button', { name: 'Not now' }).click();
	await expect(question).toHaveCount(0);
	await expect(page.getByText('Notices can be turned on later, in the settings.')).toBeFocused();
	await page.reload();
	await page.locator('a[data-case]').first().waitFor();
	await expect(question).toHaveCount(0);
	expect(asked).toEqual([]);
	await close();
});
