import type { Page } from '@playwright/test';

/** `took`: ms from the tap or key to the frame that shows what came of it. `at`: the question, or all of them. */
export type Paint = { took: number; what: string; at: string };

/** Notes every interaction of this page from here on; it has to stay the same document. */
export const notePaints = (page: Page): Promise<void> =>
	page.evaluate(() => {
		const paints: Paint[] = [];
		Object.assign(window, { paints });
		const note = (list: PerformanceObserverEntryList): void => {
			for (const entry of list.getEntries() as (PerformanceEventTiming & { interactionId: number })[]) {
				if (entry.interactionId === 0) continue;
				const { target } = entry;
				const said = target instanceof HTMLElement ? target.textContent.trim() || target.tagName : '';
				const at = new URLSearchParams(location.search).get('at') ?? location.pathname;
				paints.push({ took: entry.duration, what: `${entry.name} ${said.slice(0, 30)}`, at });
			}
		};
		// Shorter ones than 16 ms are not told. TypeScript does not know the threshold yet.
		const watched: PerformanceObserverInit & { durationThreshold: number } = {
			type: 'event',
			durationThreshold: 16
		};
		new PerformanceObserver(note).observe(watched);
	});

export const paintsOf = (page: Page): Promise<Paint[]> =>
	page.evaluate(() => (window as unknown as { paints: Paint[] }).paints);
