/// <reference types="@sveltejs/kit" />
/// <reference lib="webworker" />
/**
 * The shell, kept on the device: after one visit the app starts without a network, at any address.
 * It answers nothing under /api, and its caches keep nothing of what people wrote: that lives in IndexedDB alone.
 */
import { build, files, version } from '$service-worker';
import { cleanupOutdatedCaches, PrecacheController, PrecacheRoute } from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';
import { GUARD_CACHE, ONLINE_CACHE, TEAM_CACHE } from '../lib/domain/kept';
import { keptTogether, keptWhenWanted } from './kept';
import { holdOpening } from './opening';
import { tellPushes } from './push';
import { takeShares } from './share';
import { keepWords, localeOf } from './words';
import { keep } from '../lib/store/notices';

/** Fewer than the connections that a browser has for one server: the page wants some, too. */
const LANES = 4;

const worker = globalThis as unknown as ServiceWorkerGlobalScope;

// What the system keeps for the home screen, from when it was put there: no screen shows it, and offline nobody misses it.
const isForTheSystem = (url: string): boolean => url.endsWith('.png');
// What was published lies in IndexedDB, in the one language that is wanted.
const isPublished = (url: string): boolean => url.endsWith('.json');

/** What the privacy guard needs: its worker, and the lists of names. */
const isGuard = (url: string): boolean => /\/(guard\.worker-[^/]+\.js|names-[a-z]+\.[^/]+\.json)$/.test(url);

/** The screens of a team: nobody else opens them. vite.config.ts names them so. */
const isTeam = (url: string): boolean => url.includes('/immutable/team/');

/** Screens that cannot do without the network: named so, too. */
const isOnline = (url: string): boolean => url.includes('/immutable/online/');

const isWords = (url: string): boolean => localeOf(url) !== '';

// Kit's build files carry a hash in their name; the others get the version as theirs.
const entries = [
	...build
		.filter((url) => !isPublished(url) && !isWords(url) && !isGuard(url) && !isTeam(url) && !isOnline(url))
		.map((url) => ({ url, revision: null })),
	...files.filter((url) => !isForTheSystem(url)).map((url) => ({ url, revision: version })),
	{ url: '/index.html', revision: version }
];
const precache = new PrecacheController();
precache.addToCacheList(entries);

// Workbox fetches one file after another: on a line with 300 ms there and back, most of a minute. These share the work.
worker.addEventListener('install', (event) => {
	for (let lane = 0; lane < LANES; lane++) {
		const some = new PrecacheController();
		some.addToCacheList(entries.filter((_, at) => at % LANES === lane));
		void some.install(event);
	}
});
worker.addEventListener('activate', (event) => void precache.activate(event));
registerRoute(new PrecacheRoute(precache));
cleanupOutdatedCaches();
keepWords(worker, build.filter(isWords), (locale) => keep('locale', locale));
keptTogether(worker, GUARD_CACHE, build.filter(isGuard));
keptTogether(worker, TEAM_CACHE, build.filter(isTeam));
keptWhenWanted(worker, ONLINE_CACHE, build.filter(isOnline));
holdOpening(worker);
takeShares(worker);
tellPushes(worker);
registerRoute(
	new NavigationRoute(precache.createHandlerBoundToURL('/index.html'), { denylist: [/^\/api\//, /^\/_\//] })
);

worker.addEventListener('message', (event: ExtendableMessageEvent) => {
	if ((event.data as { type?: string } | null)?.type === 'SKIP_WAITING') void worker.skipWaiting();
});

// The first visit is served without the worker; claiming makes the very next request work offline.
worker.addEventListener('activate', (event) => event.waitUntil(worker.clients.claim()));
