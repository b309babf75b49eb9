import type { Attachment } from 'svelte/attachments';
import type { App } from '$lib/app';

const ACTS = ['keydown', 'pointerdown', 'input', 'scroll'] as const;
const MINUTE = 60_000;

/** Tells the app that somebody is there, at most once a minute, and lets it lock when nobody was. */
export function idle(app: Pick<App, 'touch' | 'lockIfIdle'>): Attachment<Document> {
	return (document) => {
		let told = Date.now();
		const act = (): void => {
			if (Date.now() - told < MINUTE) return;
			told = Date.now();
			// Whoever comes back after the time must not start the clock anew before it was looked at.
			void app.lockIfIdle().then(() => app.touch());
		};
		const look = (): void => void app.lockIfIdle();
		const timer = setInterval(look, MINUTE / 2);
		for (const name of ACTS) document.addEventListener(name, act, { capture: true, passive: true });
		document.addEventListener('visibilitychange', look);
		return () => {
			clearInterval(timer);
			for (const name of ACTS) document.removeEventListener(name, act, { capture: true });
			document.removeEventListener('visibilitychange', look);
		};
	};
}
