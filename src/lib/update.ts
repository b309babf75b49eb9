/**
 * The installed app and its next version. A new one waits until somebody agrees, or until nobody types; what was typed is
 * in IndexedDB either way, which no version touches by taking over.
 */
import type { Workbox } from 'workbox-window';

let workbox: Workbox | null = null;
let ready = false;
let tell: () => void = () => undefined;
let written: () => Promise<unknown> = () => Promise.resolve();

/** Registers the service worker. Once, from the root layout. */
export async function install(): Promise<void> {
	if (workbox || !('serviceWorker' in navigator)) return;
	const { Workbox } = await import('workbox-window');
	// `isUpdate` stays false in the session that first installed the worker, so remember what was here before.
	let controlled = navigator.serviceWorker.controller !== null;
	workbox = new Workbox('/service-worker.js', { type: 'classic' });
	workbox.addEventListener('waiting', () => {
		ready = true;
		tell();
	});
	navigator.serviceWorker.addEventListener('controllerchange', () => {
		// Also where nobody here has heard that it waits: the timers of a tab behind others are slow.
		if (controlled) void written().then(() => location.reload());
		controlled = true;
	});
	await workbox.register();
}

/** Calls back when a new version waits, also when it already did. */
export function onUpdate(callback: () => void): void {
	tell = callback;
	if (ready) callback();
}

/** What is waited for before this tab loads the new version. */
export function beforeUpdate(wait: () => Promise<unknown>): void {
	written = wait;
}

/** The new version takes over and every open tab of this browser loads it. Call it when nothing is being typed. */
export function applyUpdate(): void {
	workbox?.messageSkipWaiting();
}
