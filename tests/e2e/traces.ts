import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BrowserContext, Page } from '@playwright/test';

/** Everything that this browser asks for from now on, workers too: addresses, headers and bodies. */
export function overhear(context: BrowserContext): Buffer[] {
	const heard: Buffer[] = [];
	context.on('request', (request) => {
		const headers = JSON.stringify(request.headers());
		heard.push(Buffer.from(`${request.url()}\n${headers}\n`), request.postDataBuffer() ?? Buffer.alloc(0));
	});
	return heard;
}

/** What a page leaves behind that is no database: the Cache API, web storage, the tab's history and its title. */
export async function tracesOf(page: Page): Promise<Buffer[]> {
	const texts = await page.evaluate(async () => {
		const found = [document.title, location.href, JSON.stringify(history.state)];
		for (const storage of [localStorage, sessionStorage]) found.push(JSON.stringify(Object.entries(storage)));
		for (const name of await caches.keys()) {
			found.push(name);
			const cache = await caches.open(name);
			for (const request of await cache.keys()) {
				found.push(request.url, (await (await cache.match(request))?.text()) ?? '');
			}
		}
		return found;
	});
	const session = await page.context().newCDPSession(page);
	const { entries } = await session.send('Page.getNavigationHistory');
	return [...texts, JSON.stringify(entries)].map((text) => Buffer.from(text));
}

/** The pieces of text that are in any of the places, plain, in base64, or as JSON writes them. */
export function foundIn(places: readonly Buffer[], pieces: readonly string[]): string[] {
	return pieces.filter((piece) => {
		const forms = [
			piece,
			encodeURIComponent(piece),
			Buffer.from(piece).toString('base64').slice(0, -4),
			JSON.stringify(piece).slice(1, -1)
		];
		return places.some((bytes) => forms.some((form) => bytes.includes(form)));
	});
}

/** Every file of a browser's profile. */
export async function bytesUnder(folder: string): Promise<{ path: string; bytes: Buffer }[]> {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true });
	const files = entries
		.filter((entry) => entry.isFile())
		.map(({ parentPath, name }) => join(parentPath, name));
	return Promise.all(files.map(async (path) => ({ path, bytes: await readFile(path) })));
}
