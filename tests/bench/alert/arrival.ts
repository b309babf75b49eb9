import type { Page } from '@playwright/test';

/** `at`: what a page waits for. `tap`: what it taps once that has stood there for `read` ms. CSS selectors. */
export type Arrival = { at: string; tap?: string; read?: number };

/** What this page opens from now on taps what is to be tapped, and notes when what it waits for is painted. */
export const expectArrival = (page: Page, wanted: Arrival): Promise<unknown> =>
	page.addInitScript(({ at, tap, read = 0 }) => {
		const painted = (done: () => void): void => void requestAnimationFrame(() => setTimeout(done));
		let untapped = tap;
		const observer = new MutationObserver(() => {
			const target = untapped && document.querySelector<HTMLElement>(untapped);
			if (target) {
				untapped = undefined;
				painted(() => {
					performance.mark('read');
					setTimeout(() => {
						performance.mark('tapped');
						target.click();
					}, read);
				});
			}
			if (untapped || !document.querySelector(at)) return;
			observer.disconnect();
			painted(() => performance.mark('arrived'));
		});
		observer.observe(document, { childList: true, subtree: true });
	}, wanted);

/** ms from the address on, without the time for reading: until there was something to read, and until it was there. */
export async function arrivedAfter(page: Page): Promise<{ read: number; arrived: number }> {
	await page.waitForFunction(() => performance.getEntriesByName('arrived').length > 0, null, {
		polling: 100
	});
	return page.evaluate(() => {
		const at = (name: string): number => performance.getEntriesByName(name)[0]?.startTime ?? 0;
		return { read: at('read'), arrived: at('arrived') - (at('tapped') - at('read')) };
	});
}
