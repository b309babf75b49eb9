/** What a passphrase and sealed entries cost a cheap phone, slowed down fourfold in two ways. */
import { expect, test, type Page } from '@playwright/test';
import { openBrowser, PHONE, setStage, signIn, unlock, type Stage } from '../e2e/stage';
import { manyEntries } from './many';
import { SLOWED } from './slow';

const ENTRIES = 200;

let stage: Stage;
test.beforeEach(async () => {
	stage = await setStage();
});
test.afterEach(() => stage.close());

const say = (what: string, ms: number): void => console.log(`${what.padEnd(52)} ${(ms / 1000).toFixed(2)} s`);

/** How many entries lie opened on the device. */
const openedOn = (page: Page): Promise<number> =>
	page.evaluate(async () => {
		const names = (await indexedDB.databases()).map(({ name }) => name ?? '');
		const name = names.find((one) => one.startsWith('heed-')) ?? '';
		const database = await new Promise<IDBDatabase>((resolve) => {
			const asked = indexedDB.open(name);
			asked.onsuccess = () => resolve(asked.result);
		});
		const count = await new Promise<number>((resolve) => {
			const asked = database.transaction('opened').objectStore('opened').count();
			asked.onsuccess = () => resolve(asked.result);
		});
		database.close();
		return count;
	});

for (const [slowed, slow] of Object.entries(SLOWED))
	test(`four times slower: ${slowed}`, async () => {
		console.log(slowed);
		const { url } = stage.server;
		const phone = await openBrowser(PHONE);
		await signIn(phone.page, url, stage.people.Cora);
		await expect.poll(() => openedOn(phone.page)).toBeGreaterThan(0);
		const before = await openedOn(phone.page);
		await phone.page.getByRole('button', { name: 'Lock' }).click();
		await manyEntries(stage, ENTRIES);
		// What comes while locked is kept closed.
		await phone.page.goto(`${url}/unlock`);
		await phone.page.waitForTimeout(8_000);

		await phone.page.evaluate(() => {
			const tasks: number[] = [];
			Object.assign(window, { tasks });
			const note = (list: PerformanceObserverEntryList): void => {
				for (const { duration } of list.getEntries()) tasks.push(duration);
			};
			new PerformanceObserver(note).observe({ type: 'longtask' });
		});
		/** The longest that the screen did not answer since it was last asked. */
		const longest = (): Promise<number> =>
			phone.page.evaluate(() => {
				const { tasks } = window as unknown as { tasks: number[] };
				return Math.max(0, ...tasks.splice(0));
			});
		const fast = await slow(phone);
		let start = Date.now();
		await unlock(phone.page, stage.people.Cora);
		say('unlock, Argon2id (64 MiB) and all', Date.now() - start);
		say('  the longest that the screen did not answer', await longest());

		start = Date.now();
		await expect
			.poll(() => openedOn(phone.page), { intervals: [50], timeout: 120_000 })
			.toBeGreaterThanOrEqual(before + ENTRIES);
		say(`open ${ENTRIES} entries the first time`, Date.now() - start);
		say('  the longest that the screen did not answer', await longest());

		// From memory to memory: the list of all cases is made of their summaries.
		await phone.page.getByRole('link', { name: 'Settings' }).click();
		await phone.page.getByRole('link', { name: 'Team', exact: true }).waitFor();
		const shown = await phone.page.evaluate(async (cases) => {
			const begun = performance.now();
			document.querySelector<HTMLAnchorElement>('nav a[href="/team"]')?.click();
			while (document.querySelectorAll('main li a[href^="/team/"]').length < cases)
				await new Promise((resolve) => setTimeout(resolve, 5));
			return performance.now() - begun;
		}, ENTRIES / 4);
		say('show the queue that is made of them, from the tap on', shown);
		await fast();
		await phone.close();
	});
