/**
 * A thousand cases with twenty thousand entries on a tablet, slowed down fourfold: the queue after unlocking, a long case,
 * and the way through all of the list. `ARENA_CASES` makes it smaller, to try the bench itself.
 */
import { expect, test, type Page } from '@playwright/test';
import { openBrowser, setStage, signIn, TABLET, unlock, type Browser, type Stage } from '../../e2e/stage';
import { manyEntries } from '../many';
import { SLOWED } from '../slow';
import { judge, percentile, rounded } from '../verdict';
import { showBareList } from './bare';
import { countOn, fill } from './fill';

const CASES = Number(process.env.ARENA_CASES ?? 1_000);
const ENTRIES = 20;
const LONG = 200;
const TIMES = 3;
/** ms; what has not come by then does not come. */
const LONGEST = 120_000;
const MOST = { queue: 1_000, room: 500, task: 50 };

let stage: Stage;
let tablet: Browser;
test.beforeAll(async () => {
	stage = await setStage();
	tablet = await openBrowser(TABLET);
});
test.afterAll(async () => {
	await tablet.close();
	await stage.close();
});

// One test: whatever is missed, the cases are made once.
test('a thousand cases', async () => {
	test.setTimeout(1_800_000);
	const { page } = tablet;
	// An alert and three messages each are sealed, sent, pulled and opened as ever.
	await manyEntries(stage, CASES * 4);
	await signIn(page, stage.server.url, stage.people.Cora);
	await page.goto(`${stage.server.url}/team`);
	const opened = async (): Promise<number> => {
		// A device that nobody touches locks, and opens nothing more.
		await page.keyboard.press('Shift');
		return countOn(page, 'opened');
	};
	await expect.poll(opened, { intervals: [1_000], timeout: 900_000 }).toBeGreaterThanOrEqual(CASES * 4);
	const { cases, entries } = await fill(page, ENTRIES, LONG);
	console.log(`${cases} cases with ${entries} entries`);
	await page.reload();
	const begun = Date.now();
	await expect.poll(() => countOn(page, 'summaries'), { intervals: [200], timeout: 300_000 }).toBe(cases);
	judge({ what: 'sum up all of them, once, not slowed down', is: Date.now() - begun });
	for (const [how, slow] of Object.entries(SLOWED)) {
		console.log(`\n${how}`);
		await unlockAndOpen(slow);
		await scrollThrough(slow);
	}
});

type Slow = (browser: Browser) => Promise<() => unknown>;

async function unlockAndOpen(slow: Slow): Promise<void> {
	const { page } = tablet;
	const queues: number[] = [];
	const rooms: number[] = [];
	const whole: number[] = [];
	const tasks = { unlocking: 0, room: 0 };
	for (let time = 0; time < TIMES; time++) {
		await page.goto(`${stage.server.url}/team`);
		await page.locator('a[data-case]').first().waitFor();
		await page.getByRole('button', { name: 'Lock' }).click();
		await page.goto(`${stage.server.url}/unlock?to=/team`);
		await page.getByLabel('Passphrase', { exact: true }).waitFor();
		// What a start brings with it is over.
		await page.waitForTimeout(3_000);
		await watch(page);
		const fast = await slow(tablet);
		await unlock(page, stage.people.Cora);
		queues.push(await shown(page, 'a[data-case] .title'));
		tasks.unlocking = Math.max(tasks.unlocking, ...(await longTasks(page)));
		await page.waitForTimeout(4_000);
		await longTasks(page);
		const id = await longCase(page);
		rooms.push(await tap(page, id, 1));
		whole.push(await tap(page, id, LONG));
		tasks.room = Math.max(tasks.room, ...(await longTasks(page)));
		await fast();
	}
	const middle = (all: readonly number[]): number => percentile(all, 0.5);
	const queue = { what: 'queue shown, from the key on', is: middle(queues), note: rounded(queues) };
	judge({ ...queue, aim: MOST.queue });
	judge({ what: '– the longest task until then', is: tasks.unlocking });
	const room = {
		what: `a case of ${LONG} entries, until it is read`,
		is: middle(rooms),
		note: rounded(rooms)
	};
	judge({ ...room, aim: MOST.room });
	judge({ what: '– until the last of them is there', is: middle(whole), note: rounded(whole) });
	judge({ what: '– the longest task until then', is: tasks.room });
}

async function scrollThrough(slow: Slow): Promise<void> {
	const { page } = tablet;
	await showBareList(page, CASES / 2);
	judge({ what: 'the longest task while scrolling through a bare list', ...(await scrolled(slow)) });
	await page.goto(`${stage.server.url}/team`);
	await page.locator('a[data-case]').first().waitFor();
	await page.waitForTimeout(4_000);
	const what = 'the longest task while scrolling through all';
	judge({ what, ...(await scrolled(slow)), aim: MOST.task });
}

async function scrolled(slow: Slow): Promise<{ is: number; note: string }> {
	const { page } = tablet;
	// What looks where the list stands is in the page before anybody watches.
	await isAtEnd(page);
	await watch(page);
	const fast = await slow(tablet);
	await scroll(page);
	const long = await longTasks(page);
	await fast();
	return { is: Math.max(0, ...long), note: `${long.length} over 50 ms: ${rounded(long)}` };
}

type Watched = { tasks: number[]; opened: number; shown: Record<string, number> };

/** Notes from here on when the vault was opened, and every task of more than 50 ms. */
const watch = (page: Page): Promise<void> =>
	page.evaluate((longest) => {
		const watched: Watched = { tasks: [], opened: 0, shown: {} };
		Object.assign(window, { watched });
		new PerformanceObserver((list) => {
			for (const { duration } of list.getEntries()) watched.tasks.push(duration);
		}).observe({ type: 'longtask' });
		// The tab tells the others when it has the key.
		new BroadcastChannel('heed-vault').onmessage = ({ data }: MessageEvent<{ say: string }>) => {
			if (data.say === 'open') watched.opened = performance.now();
		};
		Object.assign(window, {
			until: (selector: string, count: number): Promise<number> =>
				new Promise((resolve, reject) => {
					const look = (): void => {
						if (document.querySelectorAll(selector).length < count) return;
						observer.disconnect();
						clearTimeout(deadline);
						// The frame that shows it, and what comes right after it.
						requestAnimationFrame(() => {
							const { port1, port2 } = new MessageChannel();
							port1.onmessage = () => resolve(performance.now());
							port2.postMessage(null);
						});
					};
					const observer = new MutationObserver(look);
					observer.observe(document, { childList: true, subtree: true });
					const deadline = setTimeout(() => {
						const there = document.querySelectorAll(selector).length;
						reject(new Error(`${there} of ${count} ${selector} at ${location.pathname}`));
					}, longest);
					look();
				})
		});
		const { until } = window as unknown as { until: (selector: string, count: number) => Promise<number> };
		void until('a[data-case] .title', 1).then((at) => (watched.shown['a[data-case] .title'] = at));
	}, LONGEST);

/** ms from the key until this was shown. */
async function shown(page: Page, selector: string): Promise<number> {
	await page.waitForFunction(
		(selector) => (window as unknown as { watched: Watched }).watched.shown[selector],
		selector,
		{ polling: 200, timeout: LONGEST }
	);
	return page.evaluate((selector) => {
		const { watched } = window as unknown as { watched: Watched };
		return (watched.shown[selector] ?? NaN) - watched.opened;
	}, selector);
}

/** Those since it was last asked. */
const longTasks = (page: Page): Promise<number[]> =>
	page.evaluate(() => (window as unknown as { watched: Watched }).watched.tasks.splice(0));

/** The case with the most entries. */
async function longCase(page: Page): Promise<string> {
	return page.evaluate(async (long) => {
		const names = (await indexedDB.databases()).map(({ name }) => name ?? '');
		const name = names.find((one) => /^heed-[a-z0-9]{15}$/.test(one)) ?? '';
		const database = await new Promise<IDBDatabase>((resolve) => {
			const asked = indexedDB.open(name);
			asked.onsuccess = () => resolve(asked.result);
		});
		const entries = database.transaction('entries').objectStore('entries').index('case');
		const ids = await new Promise<string[]>((resolve) => {
			const cursor = entries.openKeyCursor(null, 'nextunique');
			const found: string[] = [];
			cursor.onsuccess = () => {
				if (!cursor.result) {
					resolve(found);
					return;
				}
				found.push(cursor.result.key as string);
				cursor.result.continue();
			};
		});
		for (const id of ids) {
			const count = await new Promise<number>((resolve) => {
				const asked = entries.count(id);
				asked.onsuccess = () => resolve(asked.result);
			});
			if (count >= long) {
				database.close();
				return id;
			}
		}
		throw new Error('no case is so long');
	}, LONG);
}

/** ms from the tap until so many entries of the case stand there; then back to the queue. */
async function tap(page: Page, id: string, count: number): Promise<number> {
	const took = await page.evaluate(
		async ({ id, count }) => {
			const { until } = window as unknown as { until: (selector: string, count: number) => Promise<number> };
			// Its line may be far below: any line leads to any case, until the list is made anew.
			const own = document.querySelector<HTMLElement>(`a[data-case="${id}"]`);
			const line = own ?? document.querySelector<HTMLElement>('a[data-case]');
			if (!own) line?.setAttribute('href', `/team/${id}`);
			const begun = performance.now();
			line?.click();
			return (await until('.room ol > li', count)) - begun;
		},
		{ id, count }
	);
	await page.waitForTimeout(2_000);
	await page.evaluate(() => {
		history.back();
	});
	await page.locator('.room ol').waitFor({ state: 'detached' });
	return took;
}

/** As fast as a flick goes, from the first case to the last. By the wheel: Chromium moves nothing by a finger it is made to imagine. */
async function scroll(page: Page): Promise<void> {
	const line = await page.context().newCDPSession(page);
	for (let flicks = 0; flicks < 200 && !(await isAtEnd(page)); flicks++) {
		const flick = { x: 200, y: 600, yDistance: -4_000, speed: 4_000, gestureSourceType: 'mouse' } as const;
		await line.send('Input.synthesizeScrollGesture', flick);
	}
	expect.soft(await isAtEnd(page), 'the last case was reached').toBe(true);
	await line.detach();
}

const isAtEnd = (page: Page): Promise<boolean> =>
	page.locator('.queue').evaluate((queue) => queue.scrollTop + queue.clientHeight > queue.scrollHeight - 2);
