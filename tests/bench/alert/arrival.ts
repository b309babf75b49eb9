import type { BrowserContext, Page } from '@playwright/test';

/** What a page waits for, and what it taps as soon as it stands there. CSS selectors. */
export type Arrival = { at: string; tap?: string };

/**
 * Every page that opens from now on taps what is to be tapped, as quickly as nobody could, and notes when what it waits for
 * is painted.
 */
export const expectArrival = (context: BrowserContext, wanted: Arrival): Promise<unknown> =>
	context.addInitScript(({ at, tap }) => {
		const painted = (done: () => void): void => void requestAnimationFrame(() => setTimeout(done));
		let untapped = tap;
		const observer = new MutationObserver(() => {
			const target = untapped && document.querySelector<HTMLElement>(untapped);
			if (target) {
				untapped = undefined;
				painted(() => {
					performance.mark('tapped');
					target.click();
				});
			}
			if (untapped || !document.querySelector(at)) return;
			observer.disconnect();
			painted(() => performance.mark('arrived'));
		});
		observer.observe(document, { childList: true, subtree: true });
	}, wanted);

/** ms from the address on: until the tap, where there was one, and until it was there. */
export async function arrivedAfter(page: Page): Promise<{ tapped: number; arrived: number }> {
	await page.waitForFunction(() => performance.getEntriesByName('arrived').length > 0, null, {
		polling: 100
	});
	return page.evaluate(() => {
		const at = (name: string): number => performance.getEntriesByName(name)[0]?.startTime ?? 0;
		return { tapped: at('tapped'), arrived: at('arrived') };
	});
}
