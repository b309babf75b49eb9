import { mount, unmount } from 'svelte';
import { goto } from '$app/navigation';
import type { App } from '$lib/app';
import { later } from '$lib/i18n/catalogue';
import { onChange } from '$lib/store/live';
import { isUnkept } from '$lib/ui/typing';

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
		go(goTo).catch(reportError);
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

/** Where the last tap leads. */
let wanted = '/';
let isAsking = false;

/** Asks first where something on the screen would be lost; who taps another notice meanwhile is led to that one. */
async function go(to: string): Promise<void> {
	wanted = to;
	if (isAsking) return;
	isAsking = true;
	try {
		if (!isUnkept() || (await isLeft())) await goto(wanted);
	} finally {
		isAsking = false;
	}
}

/** Whether somebody leaves what they have begun. */
async function isLeft(): Promise<boolean> {
	const { default: Leaving } = await later(import('./Leaving.svelte'));
	const before = document.activeElement;
	let asking = {};
	const leaves = await new Promise<boolean>((resolve) => {
		const props = {
			onact: () => resolve(true),
			// Whoever leaves closes it, too, and says so in the same moment.
			onclose: () => queueMicrotask(() => resolve(false))
		};
		asking = mount(Leaving, { target: document.body, props });
	});
	await unmount(asking);
	if (before instanceof HTMLElement) before.focus();
	return leaves;
}
