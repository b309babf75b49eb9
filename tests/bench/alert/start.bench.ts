/** How long somebody waits until the alert's form takes the first answer, and the first letter. */
import { expect, test, type Page } from '@playwright/test';
import {
	openBrowser,
	PHONE,
	setStage,
	signIn,
	waitUntilInstalled,
	type Browser,
	type Stage
} from '../../e2e/stage';
import { openLine, type Shaped } from '../../net/shaping';
import { slowScreen } from '../slow';
import { judge, percentile, rounded } from '../verdict';
import { arrivedAfter, expectArrival, type Arrival } from './arrival';
import { serveBareForm } from './bare';

/** 1.6 Mbit/s each way and 150 ms there and back, for all that page and service worker ask for together. */
const LINE = { rate: 200_000, roundTrip: 150, failing: 0, cutEvery: 0, seed: 1 };
const RUNS = 5;
const FIRST_VISIT = 1_800;
const SECOND_VISIT = 400;
const OFFLINE = 300;
/** ms that somebody reads what Heed is before going on, at the least. */
const READ = 3_000;

/** As addresses; and what takes an answer there. */
const QUESTION = { path: '/alert/new?at=urgency', at: 'input[name=urgency][value=calm]' };
const TYPING = { path: '/alert/new?at=all', at: 'textarea[name=story]' };
type Form = typeof QUESTION;

let stage: Stage;
let line: Shaped;
test.beforeEach(async () => {
	stage = await setStage();
	line = await openLine(Number(new URL(stage.server.url).port), LINE);
});
test.afterEach(async () => {
	await line.close();
	await stage.close();
});

/** It does take an answer: the radio a tap, the field letters, and what was said is kept. */
async function answer(page: Page): Promise<void> {
	const story = page.locator(TYPING.at);
	if (await story.isVisible()) {
		await story.pressSequentially('Yesterday');
		await expect(story).toHaveValue('Yesterday');
		await page.getByText('Saved on this phone', { exact: true }).waitFor();
	} else {
		await page.locator(QUESTION.at).tap();
		await page.getByRole('heading', { level: 1, name: 'What is it about?' }).waitFor();
	}
	await page.waitForURL(/\/alert\/[a-z0-9]{15}/);
}

async function visit(browser: Browser, path: string, wanted: Arrival): ReturnType<typeof arrivedAfter> {
	await expectArrival(browser.page, wanted);
	await slowScreen(browser);
	await browser.page.goto(line.url + path, { waitUntil: 'commit' });
	const times = await arrivedAfter(browser.page);
	await answer(browser.page);
	return times;
}

test('a bare form, to compare with', async () => {
	const bare = await serveBareForm();
	const bareLine = await openLine(bare.port, LINE);
	const see = async (browser: Pick<Browser, 'context' | 'page'>): Promise<number> => {
		await expectArrival(browser.page, { at: QUESTION.at });
		await slowScreen(browser);
		await browser.page.goto(bareLine.url, { waitUntil: 'commit' });
		return (await arrivedAfter(browser.page)).arrived;
	};
	const [first, warm]: [number[], number[]] = [[], []];
	for (let run = 0; run < RUNS; run++) {
		const browser = await openBrowser(PHONE);
		first.push(await see(browser));
		await browser.page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
		await browser.context.setOffline(true);
		warm.push(await see({ context: browser.context, page: await browser.context.newPage() }));
		await browser.close();
	}
	judge({ what: 'a bare form, first visit', is: middle(first), note: rounded(first) });
	judge({ what: 'a bare form, warm start without a network', is: middle(warm), note: rounded(warm) });
	await bareLine.close();
	await bare.close();
});

const arrivals = (times: readonly { arrived: number }[]): number[] => times.map(({ arrived }) => arrived);
const middle = (values: readonly number[]): number => percentile(values, 0.5);

test('the first visit of somebody without an account', async () => {
	const times: Awaited<ReturnType<typeof arrivedAfter>>[] = [];
	for (let run = 0; run < RUNS; run++) {
		const browser = await openBrowser(PHONE);
		const tap = '.thumb button';
		times.push(await visit(browser, '/', { tap, read: READ, at: QUESTION.at }));
		await browser.close();
	}
	const all = arrivals(times);
	judge({
		what: 'first visit, nothing on the phone, to the first question',
		is: middle(all),
		aim: FIRST_VISIT,
		note: rounded(all)
	});
	judge({
		what: '  of this until ‘Write without an account’ can be tapped',
		is: middle(times.map(({ read }) => read))
	});
});

/** A profile in which Ana is signed in. */
async function signedIn(worker: boolean): Promise<Browser> {
	const browser = await openBrowser(worker ? PHONE : { ...PHONE, serviceWorkers: 'block' });
	await signIn(browser.page, line.url, stage.people.Ana, { worker });
	return browser;
}

for (const [what, form] of Object.entries({ 'first question': QUESTION, 'field for letters': TYPING }))
	test(`nothing of the app on the phone: ${what}`, async () => {
		const all: number[] = [];
		for (let run = 0; run < RUNS; run++) {
			const before = await signedIn(false);
			const tools = await before.context.newCDPSession(before.page);
			await tools.send('Network.clearBrowserCache');
			await before.context.close();
			// Another start of the browser: no connection is open, and the service worker comes over the same line.
			const browser = await openBrowser(PHONE, before.profile);
			all.push((await visit(browser, form.path, { at: form.at })).arrived);
			await browser.close();
		}
		judge({
			what: `first visit to the form itself, to the ${what}`,
			is: middle(all),
			aim: FIRST_VISIT,
			note: rounded(all)
		});
	});

test('later visits, with and without a network', async () => {
	const browser = await signedIn(true);
	const { context, page } = browser;
	await page.goto(line.url + QUESTION.path);
	await waitUntilInstalled(page);
	await page.waitForTimeout(3_000);
	await page.goto('about:blank');

	/** In a tab that shows another page of Heed's; `asleep`: the browser has ended the service worker, as within minutes. */
	const later = async ({ path, at }: Form, asleep: boolean): Promise<number> => {
		const tab = await context.newPage();
		await tab.goto(`${line.url}/calendar.html`);
		if (asleep) {
			const tools = await context.newCDPSession(tab);
			await tools.send('ServiceWorker.enable');
			await tools.send('ServiceWorker.stopAllWorkers');
			await tools.detach();
		}
		const { arrived } = await visit({ ...browser, page: tab }, path, { at });
		await tab.close();
		return arrived;
	};
	const measure = async (what: string, asleep: boolean, aim?: number): Promise<void> => {
		for (const [to, form] of Object.entries({ question: QUESTION, typing: TYPING })) {
			const all: number[] = [];
			for (let run = 0; run < RUNS; run++) all.push(await later(form, asleep));
			judge({
				what: `${what}, to ${to}`,
				is: middle(all),
				note: rounded(all),
				...(aim !== undefined && { aim })
			});
		}
	};

	await measure('second visit, minutes later, online', true, SECOND_VISIT);
	await context.setOffline(true);
	await measure('warm start without a network', false, OFFLINE);
	await measure('  the same minutes later', true);
	await browser.close();
});
