import type { App } from '$lib/app';

const ACTS = ['keydown', 'pointerdown', 'input', 'scroll'] as const;
/** ms: how exact the idle time is; and browsers end a service worker that hears nothing for 30 s. */
const LOOK = 10_000;

/** Tells the app that somebody is there, and lets it lock when nobody was. Once, for as long as the page lives. */
export function idle(app: Pick<App, 'touch' | 'lockIfIdle'>): void {
	let told = Date.now();
	const act = (): void => {
		if (Date.now() - told < LOOK) return;
		const at = Date.now();
		told = at;
		// Whoever comes back after the time must not start the clock anew before it was looked at.
		void app.lockIfIdle().then(() => app.touch(at));
	};
	const look = (): void => void app.lockIfIdle();
	setInterval(look, LOOK);
	for (const name of ACTS) document.addEventListener(name, act, { capture: true, passive: true });
	document.addEventListener('visibilitychange', look);
	look();
}
