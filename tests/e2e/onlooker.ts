/** Somebody who may read some of a case and not all: what their device has of it, and all that was ever sent to them. */
import { expect, type Page } from '@playwright/test';
import type { Case, Entry, Key } from '../../src/lib/domain/records';
import { kept, openBrowser, PHONE, TABLET } from './stage';
import { foundIn } from './traces';
import { openWire, type Wire } from './wire';

export type Onlooker = {
	page: Page;
	/** By this person's own way to the server. */
	url: string;
	wire: Wire;
	close: () => Promise<void>;
};

export async function openOnlooker(shape: typeof PHONE | typeof TABLET, to: string): Promise<Onlooker> {
	const [browser, wire] = await Promise.all([openBrowser(shape), openWire(to)]);
	const close = async (): Promise<void> => {
		await browser.close();
		await wire.close();
	};
	return { page: browser.page, url: wire.url, wire, close };
}

/** The device asks the server now, as when the network comes back, and not with the next bell or minute. */
export const wake = (page: Page): Promise<boolean> => page.evaluate(() => dispatchEvent(new Event('online')));

/** All up to `rev` has come to the device, and what this person may open of it is open. */
export async function catchUp(page: Page, rev: number): Promise<void> {
	await wake(page);
	await expect
		.poll(async () => (await kept<State>(page, 'state')).find(({ name }) => name === 'cursor')?.value)
		.toBeGreaterThanOrEqual(rev);
	await expect.poll(async () => idsIn(page, 'opened')).toEqual(await idsIn(page, 'entries'));
}

type State = { name: string; value: number };

const idsIn = async (page: Page, table: string): Promise<string[]> =>
	(await kept<{ id: string }>(page, table)).map(({ id }) => id).sort();

/** What opened on the device, as 'message by Cora'. `people`: names by ids. */
export async function openedOn(page: Page, people: ReadonlyMap<string, string>): Promise<string[]> {
	const entries = await kept<Entry>(page, 'entries');
	return entries.map(({ kind, author }) => `${kind} by ${people.get(author) ?? author}`).sort();
}

/** The cases that the device knows of, and the names of those of their keys that it can use. */
export async function heldOn(page: Page): Promise<{ cases: string[]; keys: string[] }> {
	const usable = new Set(await idsIn(page, 'identities'));
	const keys = (await kept<Key>(page, 'keys')).filter((key) => key.case !== '' && usable.has(key.id));
	const cases = (await kept<Case>(page, 'cases')).map(({ id }) => id);
	return { cases: cases.sort(), keys: keys.map(({ name }) => name).sort() };
}

/** The words that stand on the page, hidden or not, or in anything that the server has sent. */
export async function foundWith({ page, wire }: Onlooker, words: readonly string[]): Promise<string[]> {
	return foundIn([Buffer.from(await page.content()), ...wire.heard()], words);
}

/** Of what the server has sent, what belongs to another case than these, or to a key that is named otherwise. */
export function sentOf(wire: Wire, cases: readonly string[], names: readonly string[]): string[] {
	const keys = wire.rows('keys').filter((key) => key.case !== '');
	const own = new Set(keys.map(({ id }) => id));
	return [
		...keys
			.filter((key) => !cases.includes(key.case) || !names.includes(key.name))
			.map(({ name }) => `a key: ${name}`),
		...wire
			.rows('cases')
			.filter(({ id }) => !cases.includes(id))
			.map(({ id }) => `a case: ${id}`),
		...[...wire.rows('entries'), ...wire.rows('blobs')]
			.filter(({ key }) => !own.has(key))
			.map(({ id }) => `under another key: ${id}`)
	];
}
