/**
 * The whole life of a case, in the browsers of seven people: two alerts, one case, a guest for a week, a decision, tasks,
 * a referral, another owner, an end. After each step it is looked at what those have who are not to read all of it: on
 * their screens, in their own store, and in every byte that the server has sent them.
 */
import { expect, test, type Page } from '@playwright/test';
import { anOperator, call, mustBe, update, type Row, type Someone } from '../contract/world';
import { askToJoin, compareAndOpen, joinLink, letIn, makeAccount } from './invitation';
import { catchUp, foundWith, heldOn, openedOn, openOnlooker, sentOf, wake, type Onlooker } from './onlooker';
import { add, choose, enterRoom, handOver, refer, referred, say, vote } from './room';
import { foundSecond } from './second';
import {
	digitsOn,
	openBrowser,
	PHONE,
	sendAlert,
	setStage,
	signIn,
	TABLET,
	unlock,
	type Account,
	type Browser,
	type Stage
} from './stage';

const DAY = 86_400_000;

/** What is said, each with a word that stands nowhere else, by which it is known wherever it turns up. */
const SAID = {
	ana: 'Stickers on the lockers, and larkspurqx laughed',
	bartek: 'The same stickers in the tamariskqx corridor',
	team: 'Among us: the saxifrageqx family is known here',
	few: 'For the two of us: the oleanderqx matter',
	guest: 'I have met this elsewhere, as gentianqx',
	after: 'The guest has gone, so now helleboreqx',
	proposal: 'How do we go about verbenaqx?',
	option: 'A talk with the celandineqx group',
	other: 'A lesson for all, with yarrowqx',
	dissent: 'It puts the blame on the spurgeqx pupils',
	decision: 'Cora talks with them, betonyqx comes along',
	next: 'Cora comes to the mugwortqx class',
	answer: 'Thank you for writing, we have looked into mallowqx',
	advice: 'Take them down together, and keep the tansyqx one',
	thanks: 'Thank you, the bedstrawqx class waits for her',
	task: 'Ask the caretaker about woodruffqx',
	first: 'The agrimonyqx club is in your county',
	because: 'The family cannot be asked, bryonyqx',
	no: 'That club has moved, says comfreyqx',
	second: 'The dittanyqx club trains in your hall',
	between: 'The hall is the one by the fennelqx road',
	owner: 'I go on from here, and bring the lovageqx leaflet',
	closed: 'The lockers are clean, and the class has the chervilqx rules'
};
type Said = keyof typeof SAID;
const EVERYTHING = Object.keys(SAID) as Said[];
const wordOf = (said: Said): string => /[a-z]+qx/.exec(SAID[said])?.[0] ?? said;

/** An onlooker, and what is theirs up to now: nothing of this is ever taken for granted. */
type Reader = Onlooker & {
	said: Said[];
	entries: string[];
	cases: string[];
	keys: string[];
};

let stage: Stage;
let operator: Someone;
let ana: Reader, bartek: Reader, frieda: Reader, magda: Reader;
let cora: Browser, eszter: Browser, gerda: Browser;
let gerdas: Account;
/** Names by the ids of accounts. */
let people: ReadonlyMap<string, string>;
/** Cases by whose alert they began with. */
const cases = { ana: '', bartek: '' };

const open: { close: () => Promise<void> }[] = [];

async function reader(shape: typeof PHONE | typeof TABLET): Promise<Reader> {
	const onlooker = await openOnlooker(shape, stage.server.url);
	open.push(onlooker);
	return { ...onlooker, said: [], entries: [], cases: [], keys: [] };
}

async function tablet(): Promise<Browser> {
	const browser = await openBrowser(TABLET);
	open.push(browser);
	return browser;
}

test.beforeAll(async () => {
	stage = await setStage();
	const { server, people: named } = stage;
	const magdas = await foundSecond(stage, 'Hegyalja', 'magda');
	operator = await anOperator(server);
	[ana, bartek, magda] = await Promise.all([reader(PHONE), reader(PHONE), reader(TABLET)]);
	[cora, eszter, gerda] = await Promise.all([tablet(), tablet(), tablet()]);
	frieda = await reader(TABLET);
	await Promise.all([
		signIn(ana.page, ana.url, named.Ana),
		signIn(bartek.page, bartek.url, named.Bartek),
		signIn(magda.page, magda.url, magdas),
		signIn(cora.page, server.url, named.Cora),
		signIn(eszter.page, server.url, named.Eszter)
	]);
	await seatGerda();
	await unseatFrieda();
	// What he wrote before all of this.
	const before = await rows('cases');
	bartek.cases.push(...before.map(({ id }) => String(id)));
	bartek.keys.push('reporter');
	bartek.entries.push('alert by Bartek', 'seen by Cora', 'message by Cora');
	people = new Map((await rows('users')).map(({ id, name }) => [String(id), String(name)]));
});
test.afterAll(async () => {
	for (const one of open) await one.close();
	await stage.close();
});

/** A third one works in the team: she comes by its link, like anybody. */
async function seatGerda(): Promise<void> {
	const { url } = stage.server;
	await gerda.page.goto(await joinLink(eszter.page, url));
	gerdas = await makeAccount(gerda.page, { name: 'Gerda', login: 'gerda', purpose: 'I work in this team' });
	await gerda.page.getByText('You have asked').waitFor();
	await compareAndOpen(eszter.page, url, 'Gerda', await digitsOn(gerda.page));
	await letIn(eszter.page, { name: 'Gerda', role: 'Member', agency: 'Municipality of Dunapart' });
	await gerda.page.getByText('You are in: team Dunapart').waitFor();
}

/** The demo's guest has no last day: she is to come anew, for a week. */
async function unseatFrieda(): Promise<void> {
	const { page } = eszter;
	await page.goto(`${stage.server.url}/team/members`);
	await page.getByRole('link', { name: /^Frieda/ }).click();
	await page.getByRole('button', { name: 'End membership' }).click();
	await page.getByRole('button', { name: 'End it' }).click();
	await page.getByText('Have left').waitFor();
}

/** Of the server's own rows, past its rules. */
async function rows(collection: string, query = ''): Promise<Row[]> {
	const path = `/api/collections/${collection}/records?perPage=200&${query}`;
	return (await mustBe(200, call(stage.server, 'GET', path, { as: operator }))).body.items ?? [];
}

const newestRev = async (): Promise<number> => Number((await rows('entries', 'sort=-rev'))[0]?.rev);

/** What this reader has is what they had, and `more`, and nothing else anywhere. */
async function has(
	one: Reader,
	more: { said?: Said[]; entries?: string[]; keys?: string[]; cases?: string[] } = {}
): Promise<void> {
	one.said.push(...(more.said ?? []));
	one.entries.push(...(more.entries ?? []));
	one.keys.push(...(more.keys ?? []));
	one.cases.push(...(more.cases ?? []));
	await catchUp(one.page, await newestRev());
	for (const said of more.said ?? []) await expect(one.page.getByText(SAID[said]).last()).toBeVisible();
	expect(await openedOn(one.page, people)).toEqual([...one.entries].sort());
	expect(await heldOn(one.page)).toEqual({ keys: [...one.keys].sort(), cases: [...one.cases].sort() });
	await findsNothingElse(one);
}

/** Neither on the screen nor in what came over the line. */
async function findsNothingElse(one: Reader): Promise<void> {
	const others = Object.values(cases).filter((id) => id !== '' && !one.cases.includes(id));
	const strange = EVERYTHING.filter((said) => !one.said.includes(said)).map(wordOf);
	expect(await foundWith(one, [...strange, ...others])).toEqual([]);
	expect(sentOf(one.wire, one.cases, one.keys)).toEqual([]);
}

/** What Ana's phone says of how far it is, in her case and on the list of what she wrote. */
async function anaReads(
	station: 'Received' | 'Seen' | 'Answered',
	sentence: string,
	more?: Parameters<typeof has>[1]
): Promise<void> {
	const { page } = ana;
	const journey = page.getByRole('region', { name: 'Where your alert is' });
	await expect(journey.getByRole('status')).toHaveText(sentence);
	await expect(journey.getByRole('listitem').filter({ hasText: station })).toHaveAttribute(
		'aria-current',
		'step'
	);
	await has(ana, more);
	await page.getByRole('link', { name: 'Heed, Start' }).click();
	const line = page.getByRole('link', { name: SAID.ana });
	await expect(line).toContainText(sentence);
	await expect(line).toContainText(station);
	await findsNothingElse(ana);
	await line.click();
	await journey.waitFor();
}

const caseOn = (page: Page): string => new URL(page.url()).pathname.split('/').at(-1) ?? '';
const TO_ANA = /Whoever wrote/;
const TAKEN = 'Cora is taking care of it.';
const answeredFor = (name: string): string =>
	`The team has answered, and ${name} is taking care of it. You can write back at any time.`;
const ANSWERED = answeredFor('Cora');
const CLOSED = 'The team has finished its work on this. You can still write.';

test('an alert goes its whole way, and everybody reads what is theirs and nothing else', async () => {
	const { url } = stage.server;
	const team = [cora.page, eszter.page, gerda.page];

	await test.step('an alert is received, and seen only when a person has opened it', async () => {
		await sendAlert(ana.page, ana.url, { place: 'Dunapart', when: 'yesterday', story: SAID.ana }, 'Dunapart');
		cases.ana = caseOn(ana.page);
		await anaReads('Received', 'It has arrived. Somebody of the team will open it next.', {
			...{ said: ['ana'], entries: ['alert by Ana'] },
			...{ cases: [cases.ana], keys: ['reporter'] }
		});
		await enterRoom(cora.page, url, SAID.ana);
		await anaReads('Seen', 'Somebody of the team has opened it.', { entries: ['seen by Cora'] });
	});

	await test.step('somebody takes it on', async () => {
		await cora.page.getByRole('button', { name: 'Take this case' }).click();
		await anaReads('Seen', TAKEN, { entries: ['take by Cora'] });
	});

	await test.step('another alert is about the same thing, and both are worked on as one case', async () => {
		await sendAlert(
			bartek.page,
			bartek.url,
			{ place: 'Dunapart', when: 'on Monday', story: SAID.bartek },
			'Dunapart'
		);
		cases.bartek = caseOn(bartek.page);
		await enterRoom(cora.page, url, SAID.bartek);
		await cora.page.getByRole('button', { name: 'Same as another alert' }).click();
		const sheet = cora.page.getByRole('dialog');
		await sheet.getByRole('radio', { name: new RegExp(SAID.ana) }).check();
		await sheet.getByRole('button', { name: 'Work on them together' }).click();
		await cora.page.getByRole('link', { name: 'To that case' }).click();
		for (const page of [eszter.page, gerda.page]) await enterRoom(page, url, SAID.ana);
		for (const page of team) await expect(page.getByText(SAID.bartek).last()).toBeVisible();
		for (const page of team) await expect(page.getByText('Gerda opened the alert')).toHaveCount(2);

		const seen = ['seen by Eszter', 'seen by Gerda'];
		await anaReads('Seen', TAKEN, { entries: seen });
		await has(bartek, {
			...{ said: ['bartek'], entries: ['alert by Bartek', 'seen by Cora', ...seen] },
			...{ cases: [cases.bartek], keys: ['reporter'] }
		});
	});

	await test.step('the team speaks among itself, and two of it apart', async () => {
		await say(cora.page, SAID.team, 'Team');
		await say(cora.page, SAID.few, 'Narrow circle');
		await expect(eszter.page.getByText(SAID.few)).toBeVisible();
		await expect(gerda.page.getByText(SAID.team)).toBeVisible();
		await anaReads('Seen', TAKEN);
	});

	await test.step('a guest is invited for seven days, and reads what was opened to her', async () => {
		await signIn(frieda.page, frieda.url, stage.people.Frieda);
		const link = new URL(await joinLink(eszter.page, url));
		await frieda.page.goto(frieda.url + link.pathname + link.search + link.hash);
		await askToJoin(frieda.page);
		await compareAndOpen(eszter.page, url, 'Frieda', await digitsOn(frieda.page));
		const lastDay = new Date(Date.now() + 7 * DAY).toISOString().slice(0, 10);
		await letIn(eszter.page, { name: 'Frieda', role: 'Guest', agency: 'Municipality of Dunapart', lastDay });
		await frieda.page.getByText('Role: Guest.').waitFor();
		await enterRoom(eszter.page, url, SAID.ana);
		await frieda.page.goto(`${frieda.url}/team`);
		await expect(frieda.page.getByText('No cases yet.')).toBeVisible();
		await has(frieda);

		await cora.page.getByRole('button', { name: 'Who reads this' }).click();
		const sheet = cora.page.getByRole('dialog');
		await sheet.getByRole('button', { name: /^Open to somebody more.*Team$/ }).click();
		await sheet.getByText('Frieda').click();
		await sheet.getByLabel('Basis').selectOption('public_task');
		await sheet.getByLabel('Consent').selectOption('given');
		await sheet.getByRole('button', { name: 'Open it' }).click();
		await expect(sheet.getByRole('button', { name: 'Open it' })).toBeHidden();
		await cora.page.keyboard.press('Escape');
		await frieda.page.locator('a[data-case]').click();
		await expect(frieda.page.getByText(SAID.team)).toBeVisible();
		await say(frieda.page, SAID.guest);
		for (const page of team) await expect(page.getByText(SAID.guest)).toBeVisible();
		await has(frieda, {
			said: ['team', 'guest'],
			entries: ['message by Cora', 'opening by Cora', 'message by Frieda'],
			...{ cases: [cases.ana], keys: ['team'] }
		});
		await anaReads('Seen', TAKEN);
	});

	await test.step('when her days are over her device loses it, and what is said then is under a key without her', async () => {
		const [seat] = await rows('memberships', `filter=user="${idOf('Frieda')}"%26%26ended=""`);
		const left = Date.parse(String(seat?.until)) - Date.now();
		expect(left).toBeGreaterThan(6 * DAY);
		expect(left).toBeLessThan(8 * DAY);
		// The server's clock cannot be moved: that day is moved before it instead. The devices' clocks go on by as much.
		const until = new Date(Date.now() - 1_000).toISOString().replace('T', ' ');
		await mustBe(200, update(stage.server, operator, 'memberships', String(seat?.id), { until }));
		await wake(frieda.page);
		await expect(frieda.page.getByText('This case is not on this device.')).toBeVisible();
		await aWeekPasses();
		await losesAll(frieda);

		const before = new Set((await teamKeys()).map(({ id }) => id));
		await say(cora.page, SAID.after, 'Team');
		for (const page of team) await expect(page.getByText(SAID.after)).toBeVisible();
		const [fresh, ...more] = (await teamKeys()).filter(({ id }) => !before.has(id));
		expect(more).toEqual([]);
		const grants = await rows('grants', `filter=key="${String(fresh?.id)}"`);
		expect(grants.length).toBeGreaterThan(0);
		expect(grants.filter(({ user }) => user === idOf('Frieda'))).toEqual([]);
		await findsNothingElse(frieda);
		await anaReads('Seen', TAKEN);
	});

	await test.step('a proposal, votes with a dissent, and a decision', async () => {
		const sheet = await add(cora.page, 'Proposal');
		await sheet.getByLabel('What is to be decided?').fill(SAID.proposal);
		await sheet.getByLabel('What can be chosen?').fill(`${SAID.option}\n${SAID.other}`);
		await sheet.getByText('By majority').click();
		await sheet.getByRole('button', { name: 'Add' }).click();
		await expect(sheet).toBeHidden();
		await vote(cora.page, SAID.option);
		await vote(eszter.page, SAID.option);
		await vote(gerda.page, 'Against it', SAID.dissent);
		for (const page of team) {
			await expect(page.locator('.motion').getByText(SAID.dissent)).toBeVisible();
			await expect(page.getByText('Change my vote')).toBeVisible();
		}
		await cora.page.getByRole('button', { name: 'Record the decision' }).click();
		await cora.page.getByRole('radio', { name: SAID.option }).check();
		await cora.page.getByLabel('What was agreed').fill(SAID.decision);
		await cora.page.getByRole('button', { name: 'Record the decision' }).click();
		for (const page of team) {
			await expect(page.getByText(`Decided: ${SAID.option}`)).toBeVisible();
			await expect(page.locator('.motion').getByText(SAID.dissent)).toBeVisible();
		}
		await anaReads('Seen', TAKEN);
	});

	await test.step('whoever asked is told what comes next, is answered, and says whether advice helped', async () => {
		await cora.page.getByLabel('Phase').selectOption('planned');
		await cora.page.getByLabel('What comes next?').fill(SAID.next);
		await cora.page.getByRole('button', { name: 'Set phase' }).click();
		await anaReads('Seen', TAKEN, { said: ['next'], entries: ['phase by Cora'] });
		await has(bartek, { said: ['next'], entries: ['phase by Cora'] });
		await say(cora.page, SAID.answer, TO_ANA);
		await anaReads('Answered', ANSWERED, { said: ['answer'], entries: ['message by Cora'] });

		const sheet = await add(eszter.page, 'Advice');
		await choose(sheet, TO_ANA);
		await sheet.getByLabel('What do you advise?').fill(SAID.advice);
		await sheet.getByRole('button', { name: 'Add' }).click();
		await expect(sheet).toBeHidden();
		await ana.page.getByText('Partly', { exact: true }).click();
		await expect(eszter.page.getByText('Whoever asked says: Partly')).toBeVisible();
		await say(ana.page, SAID.thanks);
		for (const page of team) await expect(page.getByText(SAID.thanks)).toBeVisible();
		await anaReads('Answered', ANSWERED, {
			said: ['advice', 'thanks'],
			entries: ['advice by Eszter', 'rating by Ana', 'message by Ana']
		});
	});

	await test.step('tasks are given and done', async () => {
		const sheet = await add(cora.page, 'Task');
		await sheet.getByLabel('What is to be done?').fill(SAID.task);
		await sheet.getByLabel('Until when?').fill('2031-05-02');
		await sheet.getByRole('button', { name: 'Add' }).click();
		await eszter.page.getByRole('button', { name: 'I will do it' }).click();
		await eszter.page.getByRole('button', { name: 'Done', exact: true }).click();
		for (const page of team) await expect(page.getByText(`Eszter did this: ${SAID.task}`)).toBeVisible();
		await anaReads('Answered', ANSWERED);
	});

	await test.step('another team declines what is referred to it, with its reason', async () => {
		const { page } = magda;
		await refer(cora.page, 'Hegyalja', { extract: SAID.first, reason: SAID.because });
		await enterRoom(page, magda.url, SAID.first);
		await page.getByRole('button', { name: 'Decline' }).click();
		await page.getByLabel('Why?').fill(SAID.no);
		await page.getByRole('button', { name: 'Decline' }).click();
		for (const one of team) {
			await expect(referred(one, SAID.first)).toContainText('Declined');
			await expect(referred(one, SAID.first)).toContainText(SAID.no);
		}
		await has(magda, {
			said: ['first', 'because', 'no'],
			entries: ['alert by Cora', 'seen by Magda', 'answer by Magda'],
			...{ cases: [caseOn(page)], keys: ['reporter'] }
		});
		await anaReads('Answered', ANSWERED);
	});

	await test.step('and accepts the next one', async () => {
		const { page } = magda;
		await refer(eszter.page, 'Hegyalja', { extract: SAID.second, reason: SAID.because });
		await enterRoom(page, magda.url, SAID.second);
		await page.getByRole('button', { name: 'Accept' }).click();
		for (const one of team) await expect(referred(one, SAID.second)).toContainText('Accepted');
		await say(page, SAID.between);
		await has(magda, {
			said: ['second', 'between'],
			entries: ['alert by Eszter', 'seen by Magda', 'answer by Magda', 'message by Magda'],
			...{ cases: [caseOn(page)], keys: ['reporter'] }
		});
		await anaReads('Answered', ANSWERED);
	});

	await test.step('the case is handed over', async () => {
		await handOver(cora.page, 'Gerda');
		await expect(gerda.page.locator('.owner p')).toContainText('You');
		await say(gerda.page, SAID.owner, TO_ANA);
		await anaReads('Answered', answeredFor('Gerda'), {
			said: ['owner'],
			entries: ['assign by Cora', 'message by Gerda']
		});
		await has(bartek, { entries: ['assign by Cora'] });
	});

	await test.step('it is closed, and everybody who asked reads why', async () => {
		await gerda.page.getByLabel('Phase').selectOption('closed');
		await gerda.page.getByLabel('Why?').fill(SAID.closed);
		await gerda.page.getByRole('button', { name: 'Set phase' }).click();
		const more = { said: ['closed' as const], entries: ['phase by Gerda'] };
		await anaReads('Answered', CLOSED, more);
		await expect(bartek.page.getByText(CLOSED)).toBeVisible();
		await has(bartek, more);
	});

	await test.step('in the end nobody finds more, wherever they look', async () => {
		const [declined = '', accepted = ''] = magda.cases;
		for (const id of [cases.ana, cases.bartek, accepted])
			for (const path of ['case', 'team']) await looksAt(ana, `/${path}/${id}`);
		for (const path of ['/', '/tray', '/settings', '/library', '/team', '/alert/new'])
			await looksAt(ana, path);
		await has(ana);

		await looksAt(bartek, `/case/${cases.bartek}`);
		await looksAt(bartek, `/team/${cases.ana}`);
		await has(bartek);

		for (const id of [cases.ana, cases.bartek, declined, accepted]) await looksAt(magda, `/team/${id}`);
		await looksAt(magda, '/team');
		await has(magda);

		for (const id of [cases.ana, accepted]) await looksAt(frieda, `/team/${id}`);
		await looksAt(frieda, '/team');
		await losesAll(frieda);

		// Of the team not everybody reads what was said to few.
		expect((await heldOn(gerda.page)).keys).not.toContain('narrow');
		expect((await heldOn(eszter.page)).keys).toContain('narrow');
		await expect(gerda.page.getByText(SAID.few)).toHaveCount(0);
		await expect(eszter.page.getByText(SAID.few)).toBeVisible();
	});
});

/** The screen of an address, whoever has learned it. */
async function looksAt(one: Reader, path: string): Promise<void> {
	await one.page.goto(one.url + path);
	await one.page.getByRole('heading').first().waitFor();
	await catchUp(one.page, await newestRev());
	await findsNothingElse(one);
}

/** Nothing of any case is left on the device, and nothing opens there. */
async function losesAll({ page }: Reader): Promise<void> {
	await expect.poll(async () => openedOn(page, people)).toEqual([]);
	await expect.poll(async () => heldOn(page)).toEqual({ cases: [], keys: [] });
	for (const said of EVERYTHING) expect(await page.content()).not.toContain(wordOf(said));
}

/** Seven days and one go by on every device; each has locked itself meanwhile. */
async function aWeekPasses(): Promise<void> {
	const later = Date.now() + 8 * DAY;
	const { people: named, server } = stage;
	const all: [Page, Pick<Account, 'passphrase'>, string, string][] = [
		[ana.page, named.Ana, ana.url, `/case/${cases.ana}`],
		[frieda.page, named.Frieda, frieda.url, `/team/${cases.ana}`],
		[cora.page, named.Cora, server.url, `/team/${cases.ana}`],
		[eszter.page, named.Eszter, server.url, `/team/${cases.ana}`],
		[gerda.page, gerdas, server.url, `/team/${cases.ana}`]
	];
	for (const [page, person, url, to] of all) {
		await page.clock.setSystemTime(later);
		await page.goto(`${url}/unlock?to=${to}`);
		await unlock(page, person);
	}
}

/** Every generation of what the team says among itself of Ana's case. */
const teamKeys = (): Promise<Row[]> => rows('keys', `filter=case="${cases.ana}"%26%26name="team"`);

const idOf = (name: string): string => [...people].find(([, other]) => other === name)?.[0] ?? '';
