import { SvelteMap, SvelteSet } from 'svelte/reactivity';

/** As far as a flick goes while a piece is made. */
const REACH = '400px 0px';
/** Of a part, until one was seen; and by which name it is then known. */
const HEIGHT = '4.25rem';
const USUAL = '';

/** A piece that has gained or lost parts is not as high as it was. */
const named = (key: string, parts: number): string => `${key} ${parts}`;

export type Nearness = {
	/** Whether the piece is near what is seen, and to be made. Reactive. */
	has: (key: string) => boolean;
	/** Makes a piece before it is near, for a key that leads there. */
	add: (key: string) => void;
	/** How high (CSS) a piece of so many parts stands while it is not made: as it was, or as others are. Reactive. */
	height: (key: string, parts: number) => string;
	/** Attaches to the piece: an element that is always there, and has its parts as children while it is made. */
	watch: (key: string) => (piece: HTMLElement) => () => void;
};

/**
 * Which pieces of a long list are near what is seen. One a frame comes or goes, the nearest first, so that no finger waits for
 * what many of them cost together. A piece that holds the focus stays.
 */
export function nearness(): Nearness {
	type Waiting = { key: string; isNear: boolean; distance: number };
	const near = new SvelteSet<string>();
	const heights = new SvelteMap<string, string>();
	const waiting = new Map<HTMLElement, Waiting>();
	const keys = new WeakMap<Element, string>();
	let frame = 0;

	function next(): void {
		const [nearest] = [...waiting].sort(([, a], [, b]) => a.distance - b.distance);
		frame = waiting.size > 1 ? requestAnimationFrame(next) : 0;
		if (!nearest) return;
		const [piece, { key, isNear }] = nearest;
		waiting.delete(piece);
		if (isNear) {
			near.add(key);
			return;
		}
		const [height, parts] = [piece.offsetHeight, piece.childElementCount];
		if (height === 0 || piece.contains(document.activeElement)) return;
		heights.set(named(key, parts), `${height}px`);
		near.delete(key);
	}

	// What scrolls may be the page or a part of it. A browser that does not know the second makes what is seen alone.
	const observer = new IntersectionObserver(
		(entries) => {
			for (const { target, isIntersecting: isNear, boundingClientRect: box } of entries) {
				const [piece, key] = [target as HTMLElement, keys.get(target)];
				// What is not shown at all, behind a case on a phone, comes back as it was.
				if (key === undefined || box.height === 0) {
					waiting.delete(piece);
					continue;
				}
				// What comes as high as its place was moves nothing below it.
				const parts = piece.childElementCount;
				if (parts > 0 && !heights.has(USUAL)) heights.set(USUAL, `${box.height / parts}px`);
				const distance = Math.abs(box.top + box.height / 2 - innerHeight / 2);
				if (near.has(key) === isNear) waiting.delete(piece);
				else waiting.set(piece, { key, isNear, distance });
			}
			if (waiting.size > 0) frame ||= requestAnimationFrame(next);
		},
		{ rootMargin: REACH, scrollMargin: REACH }
	);

	return {
		has: (key) => near.has(key),
		add: (key) => near.add(key),
		height: (key, parts) =>
			heights.get(named(key, parts)) ?? `calc(${parts} * ${heights.get(USUAL) ?? HEIGHT})`,
		watch: (key) => (piece) => {
			keys.set(piece, key);
			observer.observe(piece);
			return () => {
				observer.unobserve(piece);
				waiting.delete(piece);
				near.delete(key);
			};
		}
	};
}
