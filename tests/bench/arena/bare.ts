/** The least that such a list can be: two plain texts a line, made near what is seen. What it takes is the machine and the browser. */
import type { Page } from '@playwright/test';

const PAGE = `<!doctype html><title>Bare</title>
<style>
	body { margin: 0; font: 1rem/1.5 system-ui }
	.queue { block-size: 700px; overflow: auto }
	.queue > div { contain: content; block-size: 136px }
</style>
<div class="queue"></div>`;

/** On the page that is open; as many pieces of two lines, one made or taken away a frame. */
export async function showBareList(page: Page, pieces: number): Promise<void> {
	await page.goto('about:blank');
	await page.setContent(PAGE);
	await page.evaluate((pieces) => {
		const queue = document.querySelector('.queue');
		const fill = (piece: Element): void => {
			const nth = Number(piece.id);
			const words = Array.from({ length: 14 }, (_, at) => `word${(nth * 31 + at * 7) % 997}`).join(' ');
			for (let line = 0; line < 2; line++) {
				const one = document.createElement('p');
				one.append(words, document.createElement('br'), `Urgent · A school · ${nth}`);
				piece.append(one);
			}
		};
		let waiting: IntersectionObserverEntry[] = [];
		let frame = 0;
		const next = (): void => {
			const one = waiting.shift();
			frame = waiting.length > 0 ? requestAnimationFrame(next) : 0;
			if (one?.isIntersecting) fill(one.target);
			else one?.target.replaceChildren();
		};
		const observer = new IntersectionObserver(
			(entries) => {
				waiting = waiting.filter(({ target }) => entries.every((entry) => entry.target !== target));
				waiting.push(
					...entries.filter(({ target, isIntersecting }) => target.hasChildNodes() !== isIntersecting)
				);
				if (waiting.length > 0) frame ||= requestAnimationFrame(next);
			},
			{ rootMargin: '400px 0px', scrollMargin: '400px 0px' }
		);
		for (let nth = 0; nth < pieces; nth++) {
			const piece = document.createElement('div');
			piece.id = String(nth);
			queue?.append(piece);
			observer.observe(piece);
		}
	}, pieces);
}
