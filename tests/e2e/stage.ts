/** A Heed with its demo people, and browsers as they hold them. */
import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { chromium, type BrowserContext, type BrowserContextOptions, type Page } from '@playwright/test';
import { startServer, type Server } from '../server';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const SEED = join(ROOT, 'build/node/seed.mjs');
export const APP = join(ROOT, 'build/app');
/** ms that anything may take before it counts as never: longer than any pause of the app's own. */
export const PATIENCE = 90_000;

export type Name = 'Ana' | 'Bartek' | 'Cora' | 'Dorin' | 'Eszter' | 'Frieda';
export type Account = { login: string; passphrase: string };
export type Person = Account & { name: Name };
export type Stage = { server: Server; people: Record<Name, Person>; close: () => Promise<void> };

/** A copy of the one that this process founds and fills when it is first asked. */
export async function setStage(publicDir = APP, env: Record<string, string> = {}): Promise<Stage> {
	const { dataDir: ground, people } = await (founded ??= found());
	const dataDir = await mkdtemp(join(tmpdir(), 'heed-data-'));
	await cp(ground, dataDir, { recursive: true });
	const server = await startServer({ dataDir, publicDir, env });
	return { server, people, close: () => server.stop() };
}

type Ground = Pick<Stage, 'people'> & { dataDir: string };
let founded: Promise<Ground> | null = null;

async function found(): Promise<Ground> {
	const server = await startServer();
	const { url, env, dataDir } = server;
	const { stdout } = await promisify(execFile)(process.execPath, [SEED, url, env.HEED_FOUNDING_CODE ?? '']);
	await server.kill();
	process.once('exit', () => rmSync(dataDir, { recursive: true, force: true }));
	const people = stdout
		.trim()
		.split('\n')
		.map((line) => JSON.parse(line) as Person);
	return {
		dataDir,
		people: Object.fromEntries(people.map((person) => [person.name, person])) as Stage['people']
	};
}

const ARGS = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync'
];

export const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true } as const;
export const TABLET = { viewport: { width: 1180, height: 820 }, hasTouch: true } as const;

export type Browser = {
	context: BrowserContext;
	page: Page;
	profile: string;
	/** Ends the browser as an empty battery would; the profile stays. */
	kill: () => Promise<void>;
	/** Ends it and removes the profile. */
	close: () => Promise<void>;
};

/** A browser with a profile folder of its own, or with one that a killed browser left behind. */
export async function openBrowser(
	{ args = [], ...options }: BrowserContextOptions & { args?: readonly string[] },
	profile?: string
): Promise<Browser> {
	const folder = profile ?? (await mkdtemp(join(tmpdir(), 'heed-profile-')));
	const context = await chromium.launchPersistentContext(folder, {
		executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
		args: [...ARGS, ...args],
		locale: 'en-GB',
		...options
	});
	context.setDefaultTimeout(PATIENCE);
	context.setDefaultNavigationTimeout(PATIENCE);
	const page = context.pages()[0] ?? (await context.newPage());
	return {
		context,
		page,
		profile: folder,
		kill: async () => {
			for (const pid of await mainProcesses(folder)) process.kill(pid, 'SIGKILL');
			await context.close().catch(() => undefined);
		},
		close: async () => {
			await context.close();
			await rm(folder, { recursive: true, force: true });
		}
	};
}

/** Signs in, and waits until the service worker holds the key: from there on a reload stays open. */
export async function signIn(
	page: Page,
	url: string,
	{ login, passphrase }: Account,
	{ worker = true } = {}
): Promise<void> {
	await page.goto(`${url}/sign-in`);
	await page.getByLabel('User name').fill(login);
	await page.getByLabel('Passphrase', { exact: true }).fill(passphrase);
	await page.getByRole('button', { name: 'Sign in' }).click();
	await page.waitForURL((address) => !address.pathname.startsWith('/sign-in'));
	if (worker) await waitUntilInstalled(page);
}

export async function unlock(page: Page, { passphrase }: Pick<Account, 'passphrase'>): Promise<void> {
	await page.getByLabel('Passphrase', { exact: true }).fill(passphrase);
	await page.getByRole('button', { name: 'Unlock' }).click();
	await page.waitForURL((address) => !address.pathname.startsWith('/unlock'));
}

/** The service worker has everything and answers for this page: from here on no network is needed. */
export async function waitUntilInstalled(page: Page): Promise<void> {
	await page.evaluate(async () => {
		const { serviceWorker } = navigator;
		const { active } = await serviceWorker.ready;
		const next = (target: EventTarget, type: string): Promise<unknown> =>
			new Promise((resolve) => target.addEventListener(type, resolve, { once: true }));
		if (active && active.state !== 'activated') await next(active, 'statechange');
		if (!serviceWorker.controller) await next(serviceWorker, 'controllerchange');
	});
}

/** The form as somebody has it who knows its questions, in whichever way it stands. */
export async function onOnePage(page: Page): Promise<void> {
	const whole = page.getByRole('link', { name: 'All questions on one page' });
	await whole.or(page.getByLabel('What happened?')).waitFor();
	if (await whole.isVisible()) await whole.click();
}

/** On one page, as somebody who knows the questions does. */
export async function fillAlert(
	page: Page,
	words: { place: string; when: string; story: string }
): Promise<void> {
	await onOnePage(page);
	await page.getByRole('radio', { name: /^Hate/ }).check();
	await page.getByLabel('What comes closest?').selectOption('propaganda');
	await page.getByLabel('Where did it happen?').selectOption('school_grounds');
	await page.getByLabel('In which municipality?').fill(words.place);
	await page.getByLabel('When was it?').fill(words.when);
	await page.getByRole('radio', { name: 'Today or tomorrow' }).check();
	await page.getByLabel('What happened?').fill(words.story);
}

/** Sends an alert, and leads to where its writer sees what becomes of it. `team`: by name, where several may be meant. */
export async function sendAlert(
	page: Page,
	url: string,
	words: { place: string; when: string; story: string },
	team?: string
): Promise<void> {
	await page.goto(`${url}/alert/new?at=all`);
	await fillAlert(page, words);
	if (team) await page.getByLabel('Which team?').selectOption({ label: team });
	await page.getByRole('button', { name: 'Send' }).click();
	await page.waitForURL(/\/case\//);
}

/** Rows of a table of the person's own store on this device. */
export function kept<T>(page: Page, table: string): Promise<T[]> {
	return page.evaluate(async (name) => {
		const [own] = (await indexedDB.databases()).filter((db) => /^heed-[a-z0-9]{15}$/.test(db.name ?? ''));
		const db = await new Promise<IDBDatabase>((resolve, reject) => {
			const request = indexedDB.open(own?.name ?? '');
			request.onsuccess = () => resolve(request.result);
			request.onerror = () => reject(new Error('no store'));
		});
		const rows = await new Promise<unknown[]>((resolve) => {
			const request = db.transaction(name).objectStore(name).getAll();
			request.onsuccess = () => resolve(request.result);
		});
		db.close();
		return rows as T[];
	}, table);
}

async function mainProcesses(profile: string): Promise<number[]> {
	const found: number[] = [];
	for (const name of await readdir('/proc')) {
		if (!/^\d+$/.test(name)) continue;
		const command = await readFile(`/proc/${name}/cmdline`, 'utf8').catch(() => '');
		if (command.includes(profile) && !command.includes('--type=')) found.push(Number(name));
	}
	return found;
}

/** The digits that two people compare, as they stand on a screen. */
export async function digitsOn(page: Page): Promise<string> {
	const groups = page.locator('.digits [aria-hidden]');
	// They are worked out beside the sentence that says what they are for.
	await groups.first().waitFor();
	return (await groups.allTextContents()).join(' ');
}
