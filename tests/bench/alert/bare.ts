/** The least that a form can be: one page that works without a network. What it takes here is the machine and the browser. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const PAGE = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Bare</title>
<form><label><input type="radio" name="urgency" value="calm"> Calm</label><textarea name="story"></textarea></form>
<script>navigator.serviceWorker?.register('/worker.js')</script></html>`;
const WORKER = `addEventListener('install', (event) => event.waitUntil(caches.open('bare').then((cache) => cache.add('/'))));
addEventListener('fetch', (event) => event.respondWith(caches.match('/').then((kept) => kept ?? fetch(event.request))));`;

/** On a free port of this machine. */
export async function serveBareForm(): Promise<{ port: number; close: () => Promise<void> }> {
	const server = createServer(({ url }, answer) => {
		const isWorker = url === '/worker.js';
		answer.setHeader('content-type', isWorker ? 'text/javascript' : 'text/html');
		answer.end(isWorker ? WORKER : PAGE);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		port: (server.address() as AddressInfo).port,
		close: () =>
			new Promise((resolve) => {
				server.closeAllConnections();
				server.close(() => resolve());
			})
	};
}
