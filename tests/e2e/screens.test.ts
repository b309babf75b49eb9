/**
 * Every screen in the two longest languages, light and dark: read by a machine, with large letters, by thumb.
 * `npm run screens` takes pictures as well, for people to look at: test-results/screens.
 */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type AxeCore from 'axe-core';
import { expect, test, type Page } from '@playwright/test';
import { startServer, type Server } from '../server';
import { gpsPhoto } from './gps-photo';
import { APP, openBrowser, PHONE, setStage, waitUntilInstalled, type Person, type Stage } from './stage';

const RULES: AxeCore.RunOnly = {
	type: 'tag',
	values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
};
/** What a machine reads is the same in every language; how long the words are is not. */
const READ: Language = 'de';
/** All that another colour scheme changes. */
const CONTRAST: AxeCore.RunOnly = { type: 'rule', values: ['color-contrast'] };
const LANDSCAPE = { width: 1180, height: 820 };
const PORTRAIT = { width: 820, height: 1180 };
/** The smallest side of what a thumb must hit, in CSS px. */
const THUMB = 44;
const STORY = {
	de: 'Seit Montag kleben an der Bushaltestelle vor der Schule Aufkleber gegen Geflüchtete. Zwei Jungen aus der Neunten lachen darüber.',
	hu: 'Hétfő óta menekültellenes matricák vannak az iskola előtti buszmegállóban. Két kilencedikes fiú nevet rajtuk.'
};
const NAMED = {
	de: 'Lukas Schneider und Mehmet Yılmaz streiten jeden Tag. Die Mutter erreicht man unter 030 23125 111.',
	hu: 'Kovács Anna és Szabó Péter minden nap veszekszik. Az anyja száma 06 30 123 4567.'
};
type Language = keyof typeof STORY;
type Word = (key: string) => string;

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let stage: Stage;
let unfounded: Server;
test.beforeAll(async () => {
	[stage, unfounded] = await Promise.all([setStage(), startServer({ publicDir: APP })]);
});
test.afterAll(async () => {
	await stage.close();
	await unfounded.stop();
});

for (const [language, locale] of [
	['de', 'de-DE'],
	['hu', 'hu-HU']
] as const) {
	test(`every screen is for everybody: ${locale}`, async () => {
		const { url } = stage.server;
		const { Ana, Bartek, Cora } = stage.people;
		const word = await wordsIn(language);
		const { page, close } = await openBrowser({ ...PHONE, locale });
		const look = (name: string) => lookAt(page, `${language}-${name}`);
		const open = async (path: string) => {
			await page.goto(url + path);
			await page.locator('h1').first().waitFor();
		};

		await open('/');
		await look('welcome');
		await open('/sign-in');
		await look('sign-in');
		await page.getByRole('button', { name: word('sign_in') }).click();
		await page.getByText(word('passphrase_missing')).waitFor();
		await look('sign-in-problems');

		await signIn(page, url, word, Ana);
		await page.getByText(word('home_empty_title')).waitFor();
		await look('home-empty');
		await open('/library');
		await page.getByRole('listitem').first().waitFor();
		await look('library');
		await open('/library?part=term');
		await page.getByRole('listitem').first().waitFor();
		await look('library-words');
		for (const of of ['before/beforeyouwrite0', 'practice/stickersbusstop']) {
			await open(`/library/${of}`);
			await page.getByRole('listitem').first().waitFor();
			await look(`library-${of.replace('/', '-')}`);
		}
		await open('/settings');
		await look('settings');
		await lookAtNotices(page, open, look, word);
		for (const at of ['urgency', 'type', 'age', 'known', 'files', 'review']) {
			await open(`/alert/new?at=${at}`);
			await look(`alert-${at}`);
		}
		await open('/alert/new?at=story');
		await page.locator('[name=story]').fill(NAMED[language]);
		await page.locator('summary[id]').nth(1).click();
		await page.getByRole('button', { name: word('guard_fine') }).waitFor();
		await look('alert-guard');
		const person = word('guard_person').replace('{letter}', 'A');
		await page.getByRole('button', { name: word('guard_write').replace('{instead}', person) }).click();
		await page.getByRole('button', { name: word('undo') }).waitFor();
		await look('alert-guard-written');
		await page.locator('[name=story]').fill('');
		await page.locator('summary[id]').first().waitFor({ state: 'detached' });
		await open('/alert/new?at=all');
		await look('alert-empty');
		await page.getByRole('button', { name: word('send') }).click();
		await page.getByText(word('p_place')).waitFor();
		await look('alert-problems');
		await write(page, STORY[language]);
		await look('alert-filled');
		await page.locator('[name=urgency][value=danger]').check();
		await page.getByText(word('danger_text')).waitFor();
		await look('alert-danger');
		await page.getByRole('button', { name: word('discard') }).click();
		await page.getByRole('dialog').waitFor();
		await look('alert-discard');
		await page.getByRole('button', { name: word('discard_do'), exact: true }).click();
		await page.getByText(word('discarded')).waitFor();
		await look('alert-discarded');
		await page.getByRole('button', { name: word('undo') }).click();
		await page.locator('[name=story]').waitFor();
		await open('/');
		// What was emptied a moment before may still stand there as well.
		await page.getByText(word('draft_here')).first().waitFor();
		await page.getByRole('button', { name: word('lock') }).click();
		await page.getByText(word('home_locked')).waitFor();
		await look('home-locked');
		await open('/unlock');
		await look('unlock');
		await open('/no/such/place');
		await look('not-found');
		await signOut(page, url, word);

		await signIn(page, url, word, Bartek);
		await page.getByText(word('j_answered')).first().click();
		await page
			.getByText(/Schulsozialarbeit/)
			.first()
			.waitFor();
		await look('case-answered');
		await page.getByRole('button', { name: word('open_police'), exact: true }).click();
		await look('case-opening');
		await page.getByLabel(word('open_basis')).selectOption('vital_interest');
		await page.getByLabel(word('open_consent')).selectOption('given');
		await page.getByRole('button', { name: word('open_do'), exact: true }).click();
		const end = page.getByRole('button', {
			name: word('withdraw_title').replace('{who}', word('the_police'))
		});
		await end.waitFor();
		await look('case-opened');
		await end.click();
		await look('case-ending');
		await page.getByRole('button', { name: word('withdraw_do'), exact: true }).click();
		await page.getByRole('button', { name: word('open_police'), exact: true }).waitFor();
		await look('case-ended');
		await open('/alert/new?at=all');
		await write(page, STORY[language]);
		await page.locator('[name=urgency][value=danger]').check();
		await page.getByRole('button', { name: word('send') }).click();
		await page.getByText(word('j_received')).waitFor();
		await page.locator('article img').waitFor();
		await look('case-received');
		await open('/alert/new?at=all');
		await page.locator('[name=story]').fill(STORY[language]);
		await page.getByText(word('saved'), { exact: true }).waitFor();
		await open('/');
		await page.getByText(word('draft_here')).waitFor();
		await look('home');
		await signOut(page, url, word);

		await signIn(page, url, word, Cora);
		const queue = async () => {
			await open('/team');
			await page.locator('a[data-case]').first().waitFor();
		};
		const room = async () => {
			await queue();
			await page
				.getByRole('link', { name: STORY[language].slice(0, 20) })
				.first()
				.click();
			await page.locator('article img').waitFor();
		};
		for (const [device, size] of [
			['phone', PHONE.viewport],
			['landscape', LANDSCAPE],
			['portrait', PORTRAIT]
		] as const) {
			await page.setViewportSize(size);
			await queue();
			await look(`queue-${device}`);
			await page.getByRole('button', { name: word('queue_filter'), exact: true }).click();
			await page.getByRole('searchbox').fill('zzzz');
			await page.getByText(word('queue_none')).waitFor();
			await look(`queue-none-${device}`);
			await room();
			await look(`room-${device}`);
			await page.getByRole('button', { name: word('readers'), exact: true }).click();
			await look(`readers-${device}`);
			await page
				.getByRole('button', { name: word('open_more') })
				.first()
				.click();
			await page.getByRole('button', { name: word('open_do'), exact: true }).click();
			await page.getByText(word('field_choose')).first().waitFor();
			await look(`opening-${device}`);
			await page.getByRole('button', { name: word('close'), exact: true }).click();
			await page.getByRole('button', { name: word('refer'), exact: true }).click();
			await page
				.getByRole('dialog')
				.getByRole('button', { name: word('refer_do'), exact: true })
				.click();
			await page.getByText(word('refer_story_missing')).waitFor();
			await look(`refer-${device}`);
			await page.getByRole('button', { name: word('close'), exact: true }).click();
			await page.getByRole('button', { name: word('say_more') }).click();
			await look(`add-${device}`);
			const sheet = page.getByRole('dialog');
			const kind = (name: string) =>
				sheet
					.locator('button', { hasText: word(name) })
					.first()
					.click();
			await kind('kind_assessment');
			await sheet.getByRole('button', { name: word('say_do'), exact: true }).click();
			await sheet.getByText(word('assess_missing')).waitFor();
			await look(`assessment-${device}`);
			await page.getByRole('button', { name: word('close'), exact: true }).click();
			await page.getByRole('button', { name: word('say_more') }).click();
			await kind('kind_task');
			await sheet.getByLabel(word('task_text')).fill(STORY[language]);
			await sheet.locator('input[type=date]').fill('2020-01-01');
			await sheet.getByRole('button', { name: word('say_do'), exact: true }).click();
			await page.getByRole('button', { name: word('say_more') }).click();
			await kind('kind_proposal_hint');
			await sheet.getByRole('button', { name: word('say_do'), exact: true }).click();
			await sheet.getByText(word('say_missing')).first().waitFor();
			await look(`propose-${device}`);
			await sheet.getByLabel(word('propose_what')).fill(STORY[language]);
			await sheet.getByLabel(word('propose_options')).fill(`${word('type')}\n${word('theme')}`);
			await sheet.getByText(word('rule_consent')).click();
			await sheet.getByRole('button', { name: word('say_do'), exact: true }).click();
			const motion = page.locator('.motion').last();
			await motion.getByRole('button', { name: word('vote_do'), exact: true }).click();
			await motion.getByRole('radio', { name: word('vote_none') }).check();
			await motion.getByRole('button', { name: word('vote_do'), exact: true }).click();
			await look(`vote-${device}`);
			await page.getByLabel(word('vote_reason'), { exact: true }).fill(STORY[language]);
			await motion.getByRole('button', { name: word('vote_do'), exact: true }).click();
			await motion.getByText(word('decision_dissent')).waitFor();
			await look(`motion-${device}`);
			await page.getByLabel(word('phase')).selectOption('closed');
			await look(`phase-${device}`);
			await room();
		}

		await page.setViewportSize(PHONE.viewport);
		await page.goto(unfounded.url);
		await page.waitForURL('**/found');
		await page.getByRole('button', { name: word('found_do') }).waitFor();
		await look('found');
		await page.getByRole('button', { name: word('found_do') }).click();
		await page.getByText(word('found_check')).waitFor();
		await look('found-problems');
		await close();
	});
}

/** How somebody is told, with and without a server that answers, and how it is mended. */
async function lookAtNotices(
	page: Page,
	open: (path: string) => Promise<void>,
	look: (name: string) => Promise<void>,
	word: Word
): Promise<void> {
	await page.route('**/api/heed/notices/**', (route) => route.abort());
	await open('/settings/notices');
	await page.getByText(word('notices_lost')).waitFor();
	await look('notices-lost');
	const at = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString().replace('T', ' ');
	const other = { id: 'otherotherother', system: 'android', asked: '', heard: at(90), trouble: '' };
	await page.route('**/api/heed/notices/mine', (route) =>
		route.fulfill({
			json: {
				devices: [other],
				wishes: {
					noPush: [],
					noMail: ['seen'],
					quiet: { from: '22:00', to: '07:00' },
					zone: 'Europe/Berlin'
				},
				mail: { address: 'ana@jugend.example', confirmed: false, trouble: '' },
				duty: false
			}
		})
	);
	await open('/settings/notices');
	await page.getByText(word('notices_unconfirmed')).waitFor();
	await look('notices');
	await page.getByLabel(word('notices_address')).fill('ana');
	await page.getByRole('button', { name: word('notices_keep'), exact: true }).click();
	await page.getByText(word('notices_address_wrong')).waitFor();
	await look('notices-problems');
	await open('/settings/notices/mend');
	await look('notices-mend');
	await open('/confirm#code');
	await look('confirm');
	await open('/notified#somebodyelse000/team');
	await page.getByText(word('notified_other')).waitFor();
	await look('notified');
	await page.unroute('**/api/heed/notices/**');
	await page.unroute('**/api/heed/notices/mine');
}

/** Joining, letting people in, and the paper: with the words of two languages, by two persons at once. */
for (const [language, locale] of [
	['de', 'de-DE'],
	['hu', 'hu-HU']
] as const) {
	test(`joining and letting in is for everybody: ${locale}`, async () => {
		const { url } = stage.server;
		const word = await wordsIn(language);
		const [desk, phone] = [await openBrowser({ ...PHONE, locale }), await openBrowser({ ...PHONE, locale })];
		const team = (name: string) => lookAt(desk.page, `${language}-${name}`);
		const join = (name: string) => lookAt(phone.page, `${language}-${name}`);

		await signIn(desk.page, url, word, stage.people.Eszter);
		await desk.page.goto(`${url}/team/members`);
		await desk.page.getByRole('link', { name: word('invite'), exact: true }).click();
		await desk.page.locator('.qr path').waitFor();
		await team('invite');
		const link = await desk.page.locator('input[readonly]').inputValue();

		await desk.page.goto(`${url}/team/expertise`);
		await desk.page.locator('summary').first().waitFor();
		for (const list of await desk.page.locator('summary').all()) await list.click();
		await team('expertise');

		await phone.page.goto(`${url}/join`);
		await phone.page.getByRole('button', { name: word('join_check') }).click();
		await phone.page.getByText(word('field_missing')).waitFor();
		await join('join-link');
		await phone.page.getByRole('button', { name: word('scan_do') }).click();
		await phone.page.getByText(word('camera_none')).waitFor();
		await join('join-scan');
		await phone.page.goto('about:blank');
		await phone.page.goto(link.slice(0, -1) + (link.endsWith('0') ? '1' : '0'));
		await phone.page.getByText(word('join_other_team')).waitFor();
		await join('join-refused');
		await phone.page.goto('about:blank');
		await phone.page.goto(link);
		await phone.page.getByRole('button', { name: word('join_do'), exact: true }).click();
		await phone.page.getByText(word('passphrase_keep_first')).waitFor();
		await join('join-problems');
		await phone.page.getByRole('button', { name: word('passphrase_take_own') }).click();
		await join('join-own');
		await phone.page.getByRole('button', { name: word('passphrase_offer') }).click();
		await phone.page.getByLabel(word('passphrase_kept')).check();
		await phone.page.getByRole('radio', { name: word('purpose_team') }).check();
		await phone.page.locator('[name=name]').fill('Gerda');
		await phone.page.locator('[name=login]').fill(`gerda-${language}`);
		await phone.page.getByRole('button', { name: word('join_do'), exact: true }).click();
		await phone.page.locator('.qr path').waitFor();
		await join('waiting');

		await desk.page.goto(`${url}/team/members`);
		const asking = desk.page.getByRole('link', { name: word('asking_text') });
		await asking.waitFor();
		for (const [device, size] of [
			['phone', PHONE.viewport],
			['landscape', LANDSCAPE],
			['portrait', PORTRAIT]
		] as const) {
			await desk.page.setViewportSize(size);
			await team(`members-${device}`);
		}
		await desk.page.setViewportSize(PHONE.viewport);
		await asking.click();
		await desk.page.locator('.digits').waitFor();
		await desk.page.locator('[name=role][value=guest]').check();
		await desk.page.locator('[name=agency]').selectOption('new');
		await desk.page.getByRole('button', { name: word('admit_do') }).click();
		await desk.page.getByText(word('field_choose')).first().waitFor();
		await team('admit-problems');
		await desk.page.getByRole('button', { name: word('decline'), exact: true }).click();
		await desk.page.getByRole('dialog').waitFor();
		await team('decline');
		await desk.page.keyboard.press('Escape');
		await desk.page.locator('[name=role][value=expert]').check();
		await desk.page.locator('[name=way][value=phone]').check();
		await desk.page.locator('[name=agency]').selectOption({ index: 1 });
		await desk.page.getByRole('button', { name: word('admit_do') }).click();
		await desk.page.waitForURL('**/members?*');
		await phone.page.getByRole('link', { name: word('to_team_plain') }).waitFor();
		await join('admitted');

		await desk.page
			.getByRole('link', { name: /^Gerda/ })
			.first()
			.click();
		await desk.page.locator('.digits').waitFor();
		await team('member');
		await desk.page.getByRole('button', { name: word('end_membership') }).click();
		await desk.page.getByRole('dialog').waitFor();
		await team('end');
		await desk.page.keyboard.press('Escape');
		await desk.page.goto(`${url}/team/members`);
		await desk.page.getByRole('link', { name: /^Eszter/ }).click();
		await desk.page.locator('.qr path').waitFor();
		await team('member-me');
		await desk.page.goto(`${url}/library/practice/stickersbusstop`);
		await desk.page.getByRole('button', { name: word('library_adopt') }).waitFor();
		await lookAt(desk.page, `${language}-library-decide`);
		await desk.page.getByRole('button', { name: word('library_edit') }).click();
		await lookAt(desk.page, `${language}-library-edit`);
		await desk.page.goto(`${url}/team/rules`);
		await desk.page.getByRole('button', { name: word('rules_keep') }).click();
		await desk.page.getByText(word('rules_kept')).waitFor();
		await team('rules');
		await Promise.all([desk.close(), phone.close()]);
	});

	test(`being on call is for everybody: ${locale}`, async () => {
		const { url } = stage.server;
		const { Ana, Cora, Dorin, Eszter } = stage.people;
		const word = await wordsIn(language);
		const { page, close } = await openBrowser({ ...PHONE, locale });
		const look = (name: string) => lookAt(page, `${language}-${name}`);
		const onEach = async (name: string) => {
			for (const [device, size] of [
				['landscape', LANDSCAPE],
				['portrait', PORTRAIT],
				['phone', PHONE.viewport]
			] as const) {
				await page.setViewportSize(size);
				await look(`${name}-${device}`);
			}
		};
		const press = (key: string) => page.getByRole('button', { name: word(key), exact: true }).click();

		await signIn(page, url, word, Eszter);
		await page.goto(`${url}/team/duty`);
		await page.getByText(word('light_none')).first().waitFor();
		await look('duty-empty');
		await page.goto(`${url}/team/duty/change`);
		await press('shift_add');
		await press('away_add');
		await page.getByText(word('quiet_have')).click();
		await press('rules_keep');
		await page.getByText(word('duty_incomplete')).waitFor();
		await onEach('duty-change');
		const shift = page.locator('fieldset', { hasText: word('shift_deputy') }).last();
		await shift.getByLabel(word('shift_person'), { exact: true }).selectOption({ label: 'Dorin' });
		await shift.getByLabel(word('shift_deputy')).selectOption({ label: 'Eszter' });
		await page.getByLabel(word('away_person')).last().selectOption({ label: 'Cora' });
		for (const key of ['away_from', 'away_to']) await page.getByLabel(word(key)).last().fill('2099-12-24');
		await press('rules_keep');
		await page.waitForURL(/\/team\/duty\?/);
		await page.getByText(word('light_none')).first().waitFor();
		await onEach('duty');
		await signOut(page, url, word);

		await signIn(page, url, word, Ana);
		await page.goto(`${url}/alert/new?at=all`);
		await write(page, STORY[language]);
		await page.locator('[name=urgency][value=danger]').check();
		await page.getByRole('button', { name: word('send') }).click();
		await page.getByText(word('told_danger')).waitFor();
		await look('case-told');
		await signOut(page, url, word);

		await signIn(page, url, word, Dorin);
		await page.goto(`${url}/team`);
		await page
			.getByRole('button', { name: word('have'), exact: true })
			.first()
			.waitFor();
		await onEach('call');
		await signOut(page, url, word);

		await signIn(page, url, word, Cora);
		await page.goto(`${url}/team`);
		await page.getByRole('heading', { name: word('queue_pressing') }).waitFor();
		await look('queue-pressing');
		await page.locator('a[data-case]').first().click();
		await page.getByText(word('rung_take')).waitFor();
		await onEach('room-pressing');
		await close();
	});

	test(`writing without an account is for everybody: ${locale}`, async () => {
		const { url } = stage.server;
		const word = await wordsIn(language);
		const { page, close } = await openBrowser({ ...PHONE, locale });
		const look = (name: string) => lookAt(page, `${language}-${name}`);
		const press = (key: string) => page.getByRole('button', { name: word(key), exact: true }).click();

		await page.goto(url);
		await press('coded_begin');
		await write(page, STORY[language]);
		await press('send');
		await page.locator('ol.numbered').waitFor();
		const words = await page.locator('ol.numbered li span:last-child').allInnerTexts();
		await look('code');
		await press('code_kept');
		await look('code-drill');
		await page.goto(url);
		await page.getByText(word('code_note')).waitFor();
		await look('home-unkept');
		await page.goto(`${url}/settings`);
		await page.getByText(word('sign_out_unkept')).waitFor();
		await look('settings-unkept');
		await press('sign_out');
		await page.getByText(word('coded_here_text')).waitFor();
		await look('welcome-unkept');
		await page.getByRole('button', { name: word('coded_resume').replace('{time}', '') }).click();
		await page.getByText(word('code_note')).waitFor();
		await press('lock');
		await page.goto(`${url}/unlock`);
		await page.getByText(word('unlock_unkept')).waitFor();
		await look('unlock-unkept');
		await page.goto(`${url}/code`);
		await press('code_kept');
		await press('drill_do');
		await page.locator('textarea').fill(words.join(' '));
		await press('drill_do');
		await page.getByText(word('code_kept_text')).waitFor();
		await look('code-kept');
		await page.goto(`${url}/unlock`);
		await page
			.locator('form')
			.getByRole('button', { name: word('unlock') })
			.click();
		await page.getByText(word('return_missing')).waitFor();
		await look('unlock-code');
		await page.goto(`${url}/return`);
		await page.locator('textarea').fill([...words].reverse().join(' '));
		await press('return_do');
		await page.getByText(word('return_checksum')).waitFor();
		await look('return');
		await close();
	});

	test(`what the browser keeps and deletes is for everybody: ${locale}`, async () => {
		const { url } = stage.server;
		const word = await wordsIn(language);
		const { page, close } = await openBrowser({ ...PHONE, locale, userAgent: 'Mozilla/5.0 (iPhone)' });
		const look = (name: string) => lookAt(page, `${language}-${name}`);
		const press = (key: string) => page.getByRole('button', { name: word(key), exact: true }).click();
		await page.addInitScript(() => {
			Object.defineProperty(navigator, 'standalone', { value: false });
			navigator.storage.estimate = () => Promise.resolve({ usage: 0, quota: 1_234_567_890 });
			navigator.storage.persist = () => Promise.resolve(false);
		});

		await page.goto(url);
		await page.getByText(word('install_title')).waitFor();
		await look('welcome-install');
		await signIn(page, url, word, stage.people.Ana);
		await page.goto(`${url}/alert/new?at=all`);
		await page.locator('[name=story]').fill(STORY[language]);
		await page.getByText(word('saved'), { exact: true }).waitFor();
		await page.goto(url);
		await page.getByText(word('home_may_delete')).waitFor();
		await look('home-may-delete');
		for (const [device, size] of [
			['phone', PHONE.viewport],
			['landscape', LANDSCAPE],
			['portrait', PORTRAIT]
		] as const) {
			await page.setViewportSize(size);
			await page.goto(`${url}/settings`);
			await press('space_ask');
			await page.getByText(word('space_no')).waitFor();
			await look(`settings-unsent-${device}`);
			await press('remove');
			await page.getByText(word('remove_goes')).waitFor();
			await look(`remove-${device}`);
			await press('remove_do');
			await page.getByText(word('remove_again_text')).waitFor();
			await look(`remove-again-${device}`);
			await press('keep');
		}
		await page.setViewportSize(PHONE.viewport);
		await page.goto(`${url}/calendar.html`);
		await page.evaluate(async () => {
			for (const { name = '' } of await indexedDB.databases()) {
				if (name.startsWith('heed-')) indexedDB.deleteDatabase(name);
			}
		});
		await page.goto(url);
		await page.getByText(word('loss_sign_in')).waitFor();
		await look('home-loss');
		await page.goto(`${url}/calendar.html`);
		await page.evaluate(() => indexedDB.deleteDatabase('heed'));
		await page.goto(url);
		await page.getByText(word('loss_do')).waitFor();
		await look('welcome-loss');
		await close();
	});

	test(`what waits is for everybody: ${locale}`, async () => {
		const { url } = stage.server;
		const word = await wordsIn(language);
		const { page, context, close } = await openBrowser({ ...PHONE, locale });
		const look = (name: string) => lookAt(page, `${language}-${name}`);
		const press = (key: string) => page.getByRole('button', { name: word(key), exact: true }).click();

		await signIn(page, url, word, stage.people.Ana);
		await page.goto(`${url}/tray`);
		await page.getByText(word('tray_empty')).waitFor();
		await look('tray-empty');
		await context.setOffline(true);
		await page.goto(`${url}/alert/new?at=all`);
		await write(page, STORY[language]);
		await page.locator('.thumbnail').getByRole('button').click();
		await page.getByText(word('photo_removed').replace('{number}', '1')).waitFor();
		await look('alert-photo-removed');
		await press('undo');
		await page.locator('.thumbnail img').waitFor();
		await press('send');
		await page.waitForURL('**/case/*');
		await page.getByText(word('reason_network')).first().waitFor();
		await look('case-waiting');
		await page.locator('.thumb textarea').fill(STORY[language].slice(0, 40));
		await page.locator('.thumb').getByRole('button').last().click();
		await expect(page.locator('.thumb textarea')).toHaveValue('');
		await page.goto(`${url}/tray`);
		await page.getByText(word('tray_behind')).waitFor();
		await look('tray-waiting');

		await context.route('**/api/batch', (route) =>
			route.fulfill({ status: 400, contentType: 'application/json', body: '{"status":400,"data":{}}' })
		);
		await context.setOffline(false);
		await page.getByRole('button', { name: word('tray_edit'), exact: true }).waitFor();
		await page
			.locator('input[type=file]')
			.setInputFiles({ name: 'x.age', mimeType: '', buffer: Buffer.from('x') });
		await page.getByText(word('tray_not_heed')).waitFor();
		for (const [device, size] of [
			['phone', PHONE.viewport],
			['landscape', LANDSCAPE],
			['portrait', PORTRAIT]
		] as const) {
			await page.setViewportSize(size);
			await look(`tray-refused-${device}`);
		}
		await page.setViewportSize(PHONE.viewport);
		await press('tray_edit');
		await page.getByRole('dialog').waitFor();
		await look('tray-edit');
		await page.keyboard.press('Escape');
		await press('lock');
		await page.goto(`${url}/tray`);
		await page.locator('article').first().waitFor();
		await look('tray-locked');
		await close();
	});

	test(`the recovery key on paper is for everybody: ${locale}`, async () => {
		const word = await wordsIn(language);
		const server = await startServer({ publicDir: APP });
		const { page, close } = await openBrowser({ ...PHONE, locale });
		const look = (name: string) => lookAt(page, `${language}-${name}`);
		await page.goto(`${server.url}/found`);
		for (const [field, text] of Object.entries({
			code: server.env.HEED_FOUNDING_CODE ?? '',
			name: 'Eszter',
			login: 'eszter',
			teamName: 'Dunapart',
			areaName: 'Dunapart',
			agencyName: 'Town hall'
		})) {
			await page.locator(`[name=${field}]`).fill(text);
		}
		await page.locator('[name=country]').selectOption('HU');
		await page.locator('[name=sector]').selectOption('municipality');
		await page.getByLabel(word('passphrase_kept')).check();
		await page.getByRole('button', { name: word('found_do') }).click();
		await page.locator('ol.numbered').waitFor();
		await look('paper');
		await page.getByRole('button', { name: word('paper_kept') }).click();
		await look('drill');
		await page.getByRole('button', { name: word('drill_do') }).click();
		await page.locator('textarea').waitFor();
		await look('drill-slip');
		await page.getByRole('button', { name: word('paper_later') }).click();
		await page.getByText(word('paper_later_note')).waitFor();
		await look('founded');
		await close();
		await server.stop();
	});

	test(`coming back is for everybody: ${locale}`, async () => {
		const { url } = stage.server;
		const { Cora, Eszter } = stage.people;
		const word = await wordsIn(language);
		const [desk, phone] = [await openBrowser({ ...PHONE, locale }), await openBrowser({ ...PHONE, locale })];
		const team = (name: string) => lookAt(desk.page, `${language}-${name}`);
		const look = (name: string) => lookAt(phone.page, `${language}-${name}`);

		await phone.page.goto(`${url}/recover`);
		await phone.page.getByRole('button', { name: word('recover_do') }).click();
		await phone.page.getByText(word('passphrase_keep_first')).waitFor();
		await look('recover-problems');
		await phone.page.locator('[name=login]').fill(Cora.login);
		await phone.page.getByLabel(word('passphrase_kept')).check();
		await phone.page.getByRole('button', { name: word('recover_do') }).click();
		await phone.page.getByText(word('recover_asked_title')).waitFor();
		await look('recover-asked');

		await signIn(desk.page, url, word, Eszter);
		await desk.page.goto(`${url}/team/members`);
		const line = desk.page.getByRole('link', { name: word('recovery_line') });
		await line.waitFor();
		await team('members-recovery');
		await line.click();
		await desk.page.locator('.digits').waitFor();
		await team('recovery');
		await desk.page.getByRole('button', { name: word('recovery_same') }).click();
		await desk.page.getByText(word('recovery_approved').replace('{count}', '1')).waitFor();
		await desk.page.setViewportSize(LANDSCAPE);
		await team('recovery-approved');
		await desk.page.setViewportSize(PHONE.viewport);
		await desk.page.getByRole('button', { name: word('recovery_refuse') }).click();
		await desk.page.getByRole('dialog').waitFor();
		await team('recovery-refuse');
		await desk.page.keyboard.press('Escape');

		await signIn(phone.page, url, word, Cora);
		await phone.page.getByText(word('own_asked')).waitFor();
		await look('home-asked');
		await phone.page.setViewportSize(LANDSCAPE);
		await phone.page.goto(`${url}/team`);
		await phone.page.getByText(word('own_asked')).waitFor();
		await look('team-asked');
		await phone.page.setViewportSize(PHONE.viewport);
		await phone.page.getByRole('button', { name: word('own_refuse') }).click();
		await phone.page.getByText(word('own_asked')).waitFor({ state: 'detached' });
		await phone.page.goto(`${url}/recover`);
		await phone.page.getByText(word('recover_refused')).waitFor();
		await look('recover-refused');
		await phone.page.goto(`${url}/recover/paper`);
		await phone.page.locator('textarea').fill(Array<string>(14).fill('qqqqqq').join(' '));
		await phone.page.getByRole('button', { name: word('paper_use_do') }).click();
		await phone.page.getByText(word('paper_unknown').replace('{number}', '1')).waitFor();
		await look('paper-use');
		await phone.page.goto(`${url}/recover/drafts`);
		await phone.page.getByRole('button', { name: word('aside_do') }).click();
		await phone.page.getByText(word('passphrase_missing')).waitFor();
		await look('drafts-aside');
		await Promise.all([desk.close(), phone.close()]);
	});
}

async function lookAt(page: Page, name: string): Promise<void> {
	// What sticks to the screen's end stands at the page's end on a picture of the whole page.
	const photograph = async (kind: string) => {
		if (!process.env.PICTURES) return;
		const place = (position: string) =>
			page.evaluate((at) => {
				for (const bar of document.querySelectorAll<HTMLElement>('.thumb')) bar.style.position = at;
			}, position);
		await place('relative');
		await page.screenshot({ path: `test-results/screens/${name}-${kind}.png`, fullPage: true });
		await place('');
	};
	await page.locator('h1').first().waitFor({ state: 'attached' });
	await page.evaluate(() => window.scrollTo(0, 0));
	for (const colorScheme of ['light', 'dark'] as const) {
		await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
		await photograph(colorScheme);
		if (!name.startsWith(READ)) continue;
		const found = await violations(page, colorScheme === 'light' ? RULES : CONTRAST);
		expect.soft(found, `${name}, ${colorScheme}`).toEqual([]);
	}
	expect.soft(await cut(page), `${name}, cut`).toEqual([]);
	if ((page.viewportSize()?.width ?? 0) < 600)
		expect.soft(await small(page), `${name}, too small for a thumb`).toEqual([]);

	await page.evaluate(() => (document.documentElement.style.fontSize = '200%'));
	await photograph('large');
	expect.soft(await cut(page), `${name}, cut at 200 %`).toEqual([]);
	await page.evaluate(() => (document.documentElement.style.fontSize = ''));
}

/** What axe has against the page: rule and place. */
async function violations(page: Page, rules: AxeCore.RunOnly): Promise<string[]> {
	if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe);
	return page.evaluate(async (runOnly) => {
		const { axe } = window as unknown as { axe: typeof AxeCore };
		const found = await axe.run(document, { runOnly, resultTypes: ['violations'] });
		return found.violations.flatMap(({ id, nodes }) =>
			nodes.map(
				({ target, any }) => `${id}: ${target.join(' ')} ${any.map(({ message }) => message).join(' ')}`
			)
		);
	}, rules);
}

/** What stands beyond the edge of the screen, or of whatever clips it. Words that end in an ellipsis do so on purpose. */
function cut(page: Page): Promise<string[]> {
	return page.evaluate(() => {
		const root = document.scrollingElement ?? document.documentElement;
		const found =
			root.scrollWidth > root.clientWidth ? [`the page: ${root.scrollWidth} of ${root.clientWidth} px`] : [];
		for (const element of document.querySelectorAll<HTMLElement>('body *')) {
			if (!element.checkVisibility() || element.closest('.hidden-visually, .skip, svg')) continue;
			const { left, right, width } = element.getBoundingClientRect();
			if (width < 2) continue;
			let [start, end] = [0, root.clientWidth];
			let onPurpose = false;
			// What lies over everything is not clipped by what it stands in.
			const floats = (one: Element): boolean => one.matches('dialog, [popover]');
			let outer = floats(element) ? null : element.parentElement;
			for (; outer; outer = floats(outer) ? null : outer.parentElement) {
				const style = getComputedStyle(outer);
				if (style.textOverflow === 'ellipsis' || style.clipPath !== 'none') onPurpose = true;
				if (style.overflowX === 'visible') continue;
				const box = outer.getBoundingClientRect();
				[start, end] = [Math.max(start, box.left), Math.min(end, box.right)];
			}
			if (!onPurpose && (left < start - 1 || right > end + 1)) {
				found.push(`${element.tagName} ${element.className} ${element.textContent.trim().slice(0, 40)}`);
			}
		}
		return found;
	});
}

/** What a thumb could miss. A link within a sentence is as high as its line. */
function small(page: Page): Promise<string[]> {
	return page.evaluate((thumb) => {
		const all = document.querySelectorAll<HTMLElement>(
			'a[href], button, input, select, textarea, [role=button]'
		);
		return [...all].flatMap((element) => {
			if (!element.checkVisibility() || element.tabIndex < 0 || element.matches('.skip')) return [];
			const sentence = element.parentElement?.textContent.trim() ?? '';
			const inSentence =
				getComputedStyle(element).display === 'inline' && sentence.length > element.innerText.length + 1;
			if (element.matches('a') && inSentence) return [];
			const labels = element.matches('[type=radio], [type=checkbox], [type=file]')
				? (element as HTMLInputElement).labels
				: null;
			const boxes = [element, ...(labels ?? [])].map((target) => target.getBoundingClientRect());
			if (boxes.some(({ width, height }) => width >= thumb - 0.5 && height >= thumb - 0.5)) return [];
			const [{ width, height } = new DOMRect()] = boxes;
			return [
				`${element.tagName} ${element.innerText || element.id}: ${Math.round(width)} x ${Math.round(height)}`
			];
		});
	}, THUMB);
}

async function wordsIn(language: Language): Promise<Word> {
	const path = fileURLToPath(new URL(`../../src/lib/i18n/messages/${language}.json`, import.meta.url));
	const messages = JSON.parse(await readFile(path, 'utf8')) as Record<string, string>;
	return (key) => {
		const word = messages[key];
		if (!word) throw new Error(`no word for ${key} in ${language}`);
		return word;
	};
}

async function signIn(page: Page, url: string, word: Word, { login, passphrase }: Person): Promise<void> {
	await page.goto(`${url}/sign-in`);
	await page.locator('[name=username]').fill(login);
	await page.locator('[name=passphrase]').fill(passphrase);
	await page.getByRole('button', { name: word('sign_in') }).click();
	await page.waitForURL((address) => !address.pathname.startsWith('/sign-in'));
	await waitUntilInstalled(page);
}

async function signOut(page: Page, url: string, word: Word): Promise<void> {
	await page.goto(`${url}/settings`);
	await page.getByRole('button', { name: word('sign_out') }).click();
	await page.waitForURL((address) => address.pathname !== '/settings');
}

async function write(page: Page, story: string): Promise<void> {
	const whole = page.locator('main a[href="?at=all"]');
	await whole.or(page.locator('[name=story]')).first().waitFor();
	if (await whole.isVisible()) await whole.click();
	await page.locator('[name=theme][value=hate]').check();
	await page.locator('[name=type]').selectOption('propaganda');
	await page.locator('[name=setting]').selectOption('school_grounds');
	await page.locator('[name=place]').fill('Dunapart');
	await page.locator('[name=urgency][value=urgent]').check();
	await page.locator('[name=story]').fill(story);
	const photo = { name: 'IMG_1.jpg', mimeType: 'image/jpeg', buffer: await gpsPhoto(page) };
	await page.locator('input[type=file]').first().setInputFiles(photo);
	await page.locator('.thumbnail img').first().waitFor();
}
