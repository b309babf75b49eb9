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
	/** Attaches to a piece of so many parts: an element that is there in any case, and has children while it is made. */
	watch: (key: string, parts: number) => (piece: HTMLElement) => () => void;
};

/**
 * Which pieces of a long list are near what is seen. One a frame comes or goes, the nearest first, so that no finger waits for
 * what many of them cost together. A piece that holds the focus stays.
 */
export function nearness(): Nearness {
	type Waiting = { piece: HTMLElement; key: string; parts: number; isNear: boolean; distance: number };
	const near = $state<Record<string, boolean>>({});
	const heights = $state<Record<string, string>>({});
	const watched = new WeakMap<Element, { key: string; parts: number }>();
	let waiting: Waiting[] = [];
	let frame = 0;

	function next(): void {
		const [nearest, ...rest] = waiting.sort((a, b) => a.distance - b.distance);
		waiting = rest;
		frame = rest.length > 0 ? requestAnimationFrame(next) : 0;
		if (!nearest) return;
		const { piece, key, parts, isNear } = nearest;
		if (isNear) {
			near[key] = true;
			return;
		}
		const height = piece.offsetHeight;
		if (height === 0 || piece.contains(document.activeElement)) return;
		heights[named(key, parts)] = `${height}px`;
		near[key] = false;
	}

	function forget(piece: HTMLElement): void {
		waiting = waiting.filter((one) => one.piece !== piece);
	}

	// What scrolls may be the page or a part of it. A browser that does not know the second makes what is seen alone.
	const observer = new IntersectionObserver(
		(entries) => {
			for (const { target, isIntersecting: isNear, boundingClientRect: box } of entries) {
				const [piece, known] = [target as HTMLElement, watched.get(target)];
				forget(piece);
				// What is not shown at all, behind a case on a phone, comes back as it was.
				if (!known || box.height === 0) continue;
				const { key, parts } = known;
				// What comes as high as its place was moves nothing below it.
				if (piece.childElementCount > 0) heights[USUAL] ??= `${box.height / parts}px`;
				const distance = Math.abs(box.top + box.height / 2 - innerHeight / 2);
				if ((near[key] ?? false) !== isNear) waiting.push({ piece, key, parts, isNear, distance });
			}
			if (waiting.length > 0) frame ||= requestAnimationFrame(next);
		},
		{ rootMargin: REACH, scrollMargin: REACH }
	);

	return {
		has: (key) => near[key] ?? false,
		add: (key) => (near[key] = true),
		height: (key, parts) => heights[named(key, parts)] ?? `calc(${parts} * ${heights[USUAL] ?? HEIGHT})`,
		watch: (key, parts) => (piece) => {
			watched.set(piece, { key, parts });
			observer.observe(piece);
			return () => {
				observer.unobserve(piece);
				forget(piece);
				near[key] = false;
			};
		}
	};
}
