/** What it takes to find what is similar among ten thousand practices, in the product's own worker. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { APP, openBrowser, PHONE, setStage, type Stage } from '../../e2e/stage';
import { LEXICON } from '../../match/lexicon';
import { slowDown } from '../slow';
import { judge, percentile, rounded } from '../verdict';
import { madeUp } from './practices';

const PRACTICES = 10_000;
const SITUATIONS = 200;
/** Stopping a process is coarser than one answer: so often each one is asked for in a row, and counts for their mean. */
const TIMES = 20;
const LOADS = 5;
const MOST = 5;
const MOST_TO_LOAD = 150;

let stage: Stage;
test.beforeAll(async () => {
	stage = await setStage();
});
test.afterAll(() => stage.close());

test('match over ten thousand practices', async () => {
	const workers = '_app/immutable/workers';
	const name = (await readdir(join(APP, workers))).find((one) => one.startsWith('match.worker'));
	const browser = await openBrowser(PHONE);
	const { page } = browser;
	await page.goto(`${stage.server.url}/sign-in`);
	await page.getByLabel('User name').waitFor();
	const { practices, situations } = madeUp(1, PRACTICES, SITUATIONS);
	const built = await page.evaluate(
		async ({ address, practices, lexicon }) => {
			const start = (): Worker => new Worker(address, { type: 'module' });
			/** Asks as the app does, and resolves with the last answer. */
			const ask = (worker: Worker, questions: object[]): Promise<{ index?: object; found?: object[] }> =>
				new Promise((resolve) => {
					let left = questions.length;
					worker.onmessage = ({ data }) => {
						left -= 1;
						if (left === 0) resolve(data as { index?: object; found?: object[] });
					};
					for (const question of questions) {
						const { from } = question as { from?: { index: object } | null };
						const lists = Object.values(from?.index ?? {}).filter((one) => ArrayBuffer.isView(one));
						worker.postMessage(
							{ id: 1, ...question },
							lists.map(({ buffer }) => buffer)
						);
					}
				});
			const worker = start();
			const begun = performance.now();
			const { index } = await ask(worker, [{ practices, lexicon }]);
			const took = performance.now() - begun;
			worker.terminate();
			const database = await new Promise<IDBDatabase>((resolve) => {
				const asked = indexedDB.open('bench', 1);
				asked.onupgradeneeded = () => void asked.result.createObjectStore('rows', { keyPath: 'name' });
				asked.onsuccess = () => resolve(asked.result);
			});
			const rows = (mode: IDBTransactionMode): IDBObjectStore =>
				database.transaction('rows', mode).objectStore('rows');
			const put = rows('readwrite').put({ name: 'index', index, lexicon });
			await new Promise((resolve) => (put.onsuccess = resolve));
			const read = async (): Promise<object> => {
				const asked = rows('readonly').get('index');
				await new Promise((resolve) => (asked.onsuccess = resolve));
				return asked.result as object;
			};
			Object.assign(window, { start, ask, read });
			return took;
		},
		{ address: `/${workers}/${name}`, practices, lexicon: LEXICON }
	);
	judge({ what: 'index 10,000 practices, once for an edition, not slowed down', is: built });

	const fast = await slowDown(browser.profile);
	const { loads, answers, found } = await page.evaluate(
		async ({ situations, times, loads }) => {
			type Ask = (worker: Worker, questions: object[]) => Promise<{ found?: object[] }>;
			const { start, ask, read } = window as unknown as {
				start: () => Worker;
				ask: Ask;
				read: () => Promise<object>;
			};
			const [first, ...others] = situations;
			const took = { loads: [] as number[], answers: [] as number[], found: 0 };
			let worker = start();
			for (let load = 0; load < loads; load++) {
				worker.terminate();
				worker = start();
				// It is there, and knows nothing yet.
				await ask(worker, [{ like: {}, from: null }]);
				const begun = performance.now();
				await ask(worker, [{ like: {}, from: await read() }]);
				took.loads.push(performance.now() - begun);
			}
			await ask(
				worker,
				Array.from({ length: times }, () => ({ like: first, from: null }))
			);
			for (const like of others) {
				const questions = Array.from({ length: times }, () => ({ like, from: null }));
				const begun = performance.now();
				const answer = await ask(worker, questions);
				took.answers.push((performance.now() - begun) / times);
				took.found += answer.found?.length ?? 0;
			}
			return took;
		},
		{ situations, times: TIMES, loads: LOADS }
	);
	fast();
	expect(found).toBe((SITUATIONS - 1) * 5);
	judge({
		what: 'load their index from IndexedDB until the first answer',
		is: percentile(loads, 0.5),
		aim: MOST_TO_LOAD,
		note: rounded(loads)
	});
	judge({
		what: `match, p95 of ${SITUATIONS} situations`,
		is: percentile(answers, 0.95),
		aim: MOST,
		note: `median ${percentile(answers, 0.5).toFixed(1)}`
	});
	await browser.close();
});
