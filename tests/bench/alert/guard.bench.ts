/** What it takes to look for names and numbers at each letter of a long text: beside the screen, and on it. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { APP, openBrowser, PHONE, setStage, signIn, type Stage } from '../../e2e/stage';
import { slowDown, slowScreen } from '../slow';
import { judge, percentile } from '../verdict';

const LENGTH = 4_000;
const KEYS = 100;
/** Stopping a process is coarser than one answer: so often each text is looked through in a row, and counts for their mean. */
const TIMES = 10;
const MOST_BESIDE = 30;
const MOST_ON_SCREEN = 8;
const SENTENCES = [
	'Yesterday Anna Miller came to me after the lesson and said that two boys from her class shout at her.',
	'She did not want to say who it was, but I think Tom Baker from nine b was there on Monday.',
	'We found stickers at the bus stop on Market Street, and somebody has written on the wall of the gym.',
	'Her mother can be reached under +44 20 7946 0958 in the evening, and would like to talk to somebody.',
	'The group is divided into two tables now, and the others laugh when one of them tells such a joke.'
];

let stage: Stage;
test.beforeAll(async () => {
	stage = await setStage();
});
test.afterAll(() => stage.close());

const long = (): string => {
	let text = '';
	for (let at = 0; text.length < LENGTH; at++) text += `${SENTENCES[at % SENTENCES.length]} `;
	return text.slice(0, LENGTH);
};

const fileOf = async (folder: string, start: string): Promise<string> => {
	const name = (await readdir(join(APP, '_app/immutable', folder))).find((one) => one.startsWith(start));
	return `/_app/immutable/${folder}/${name}`;
};

test('the guard, beside the screen', async () => {
	const browser = await openBrowser(PHONE);
	const { page } = browser;
	await page.goto(`${stage.server.url}/sign-in`);
	await page.getByLabel('User name').waitFor();
	const address = await fileOf('workers', 'guard.worker');
	const lists = await Promise.all(
		['en', 'pl', 'de', 'ro', 'hu'].map((language) => fileOf('assets', `names-${language}`))
	);
	await page.evaluate(
		async ({ address, lists }) => {
			const worker = new Worker(address, { type: 'module' });
			let left = lists.length;
			await new Promise<void>((resolve) => {
				worker.onmessage = () => {
					left -= 1;
					if (left === 0) resolve();
				};
				worker.postMessage({ lists });
			});
			Object.assign(window, { worker });
		},
		{ address, lists }
	);
	const fast = await slowDown(browser.profile);
	const { took, found } = await page.evaluate(
		async ({ text, keys, times }) => {
			const { worker } = window as unknown as { worker: Worker };
			const took: number[] = [];
			let found = 0;
			const ask = (texts: string[]): Promise<void> =>
				new Promise((resolve) => {
					let left = texts.length;
					worker.onmessage = ({ data }: MessageEvent<{ marks: object[] }>) => {
						found = data.marks.length;
						left -= 1;
						if (left === 0) resolve();
					};
					for (const one of texts) worker.postMessage({ id: 1, text: one, lang: 'en' });
				});
			for (let key = 0; key < keys; key++) {
				// Each text is a letter longer than the one before, as when somebody types.
				const start = text.length - keys * times;
				const texts = Array.from({ length: times }, (_, at) => text.slice(0, start + key * times + at + 1));
				const begun = performance.now();
				await ask(texts);
				took.push((performance.now() - begun) / times);
			}
			return { took, found };
		},
		{ text: long(), keys: KEYS, times: TIMES }
	);
	fast();
	expect(found).toBeGreaterThan(20);
	judge({
		what: `look through ${LENGTH} characters at a letter, beside the screen, p95`,
		is: percentile(took, 0.95),
		aim: MOST_BESIDE,
		note: `median ${percentile(took, 0.5).toFixed(1)}; every process slowed; ${found} marks`
	});
	await browser.close();
});

/** ms that the screen's own thread is kept by each letter, and by each answer of the guard, until all is laid out. */
type Kept = { letters: number[]; answers: number[] };

async function type(isGuarded: boolean): Promise<Kept> {
	const browser = await openBrowser(PHONE);
	const { page, context } = browser;
	await signIn(page, stage.server.url, stage.people.Ana);
	if (!isGuarded) await context.route(/guard\.worker/, (route) => route.abort());
	await page.addInitScript(() => {
		const kept: Kept = { letters: [], answers: [] };
		Object.assign(window, { kept });
		/** Between two listeners of an event all runs that the first has set off. */
		const around = (target: EventTarget, event: string, into: number[], capture: boolean): (() => void) => {
			let begun = 0;
			const begin = (): void => {
				// What the letter itself has left to lay out is not the guard's.
				document.body.getBoundingClientRect();
				begun = performance.now();
			};
			target.addEventListener(event, begin, capture);
			return () =>
				target.addEventListener(event, () => {
					document.body.getBoundingClientRect();
					into.push(performance.now() - begun);
				});
		};
		around(window, 'input', kept.letters, true)();
		const described = Object.getOwnPropertyDescriptor(Worker.prototype, 'onmessage');
		Object.defineProperty(Worker.prototype, 'onmessage', {
			...described,
			set(this: Worker, handler: unknown) {
				const end = around(this, 'message', kept.answers, false);
				described?.set?.call(this, handler);
				end();
			}
		});
	});
	await page.goto(`${stage.server.url}/alert/new?at=story`);
	const story = page.locator('textarea[name=story]');
	await story.fill(long());
	if (isGuarded) await page.locator('summary[id]').first().waitFor();
	await page.waitForTimeout(5_000);
	await slowScreen(browser);
	await page.evaluate(() =>
		Object.values((window as unknown as { kept: Kept }).kept).forEach((list) => (list.length = 0))
	);
	await story.press('End');
	await story.pressSequentially(' Then we all went home.'.repeat(5).slice(0, KEYS), { delay: 60 });
	await page.waitForTimeout(500);
	const kept = await page.evaluate(() => (window as unknown as { kept: Kept }).kept);
	await browser.close();
	return kept;
}

test('the guard, on the screen', async () => {
	const [guarded, alone] = [await type(true), await type(false)];
	expect(guarded.answers.length).toBeGreaterThan(KEYS / 2);
	const p95 = (all: number[]): number => percentile(all, 0.95);
	judge({
		what: 'its answer, until it is shown, on the screen’s thread, p95',
		is: p95(guarded.answers),
		aim: MOST_ON_SCREEN,
		note: `median ${percentile(guarded.answers, 0.5).toFixed(1)}, longest ${Math.max(...guarded.answers).toFixed(1)}`
	});
	judge({
		what: 'a letter with it, more than without it, p95',
		is: p95(guarded.letters) - p95(alone.letters),
		aim: MOST_ON_SCREEN,
		note: `p95 ${p95(guarded.letters).toFixed(1)} and ${p95(alone.letters).toFixed(1)}`
	});
});
