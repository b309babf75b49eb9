/// <reference types="@sveltejs/kit" />
/// <reference lib="webworker" />
/**
 * The shell, kept on the device: after one visit the app starts without a network, at any address.
 * It answers nothing under /api, and keeps nothing of what people wrote: that lives in IndexedDB alone.
 */
import { build, files, version } from '$service-worker';
import { createHandlerBoundToURL, precacheAndRoute, cleanupOutdatedCaches } from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';
import { holdOpening } from './opening';

const worker = globalThis as unknown as ServiceWorkerGlobalScope;

// Kit's build files carry a hash in their name; the others get the version as theirs.
precacheAndRoute([
	...build.map((url) => ({ url, revision: null })),
	...files.map((url) => ({ url, revision: version })),
	{ url: '/index.html', revision: version }
]);
cleanupOutdatedCaches();
holdOpening(worker);
registerRoute(
	new NavigationRoute(createHandlerBoundToURL('/index.html'), { denylist: [/^\/api\//, /^\/_\//] })
);

worker.addEventListener('message', (event: ExtendableMessageEvent) => {
	if ((event.data as { type?: string } | null)?.type === 'SKIP_WAITING') void worker.skipWaiting();
});

// The first visit is served without the worker; claiming makes the very next request work offline.
worker.addEventListener('activate', (event) => event.waitUntil(worker.clients.claim()));
