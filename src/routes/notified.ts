import { goto } from '$app/navigation';
import type { App } from '$lib/app';
import { onChange } from '$lib/store/live';

/** ms of quiet after a change: who types is not disturbed. */
const QUIET = 2_000;

/**
 * Goes where the service worker was asked to go, has it say what it could not say before, and renews this device's
 * subscription at each start and for each person. Once, for as long as the page lives.
 */
export function hearNotices(app: Pick<App, 'me' | 'notices'>): void {
	if (!('serviceWorker' in navigator)) return;
	const { serviceWorker } = navigator;
	serviceWorker.addEventListener('message', ({ data, ports }: MessageEvent) => {
		const { goTo } = (data ?? {}) as { goTo?: unknown };
		if (typeof goTo !== 'string' || !/^\/(notified#|$)/.test(goTo)) return;
		ports[0]?.postMessage(true);
		void goto(goTo);
	});

	const settle = (): void =>
		void serviceWorker.ready.then(({ active }) => active?.postMessage({ settle: true }));
	settle();

	let renewed = '';
	const look = async (): Promise<void> => {
		const me = await app.me();
		const id = me && !me.signedOut ? me.id : '';
		if (id === renewed) return;
		renewed = id;
		if (id && 'Notification' in globalThis && Notification.permission === 'granted')
			await (await app.notices()).renew();
	};
	let timer: ReturnType<typeof setTimeout>;
	const soon = (): void => {
		clearTimeout(timer);
		timer = setTimeout(() => void look().catch(reportError), QUIET);
	};
	soon();
	onChange(soon);
	addEventListener('online', () => {
		settle();
		// What was meant for the start may have found no network then.
		renewed = '';
		soon();
	});
}
