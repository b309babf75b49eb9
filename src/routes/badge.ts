import type { App } from '$lib/app';
import { onChange } from '$lib/store/live';

/** ms of quiet after a change: who types is not disturbed. */
const QUIET = 2_000;

/**
 * Shows at the app's icon how many of somebody's own alerts have something new: a number, never a word. Where an icon can
 * show none, nothing happens. Once, for as long as the page lives. While no page does, the service worker adds what it has
 * shown since.
 */
export function badge(app: Pick<App, 'alerts'>): void {
	if (!('setAppBadge' in navigator)) return;
	let shown = -1;
	const look = async (): Promise<void> => {
		const count = (await app.alerts()).filter(({ unread }) => unread).length;
		if (count === shown) return;
		shown = count;
		// The system may not want it.
		await navigator.setAppBadge(count).catch(() => undefined);
		if ('serviceWorker' in navigator) navigator.serviceWorker.controller?.postMessage({ counted: count });
	};
	let timer: ReturnType<typeof setTimeout>;
	const soon = (): void => {
		clearTimeout(timer);
		timer = setTimeout(() => void look().catch(reportError), QUIET);
	};
	soon();
	onChange(soon);
	document.addEventListener('visibilitychange', () => {
		if (document.visibilityState !== 'visible') return;
		shown = -1;
		soon();
	});
}
