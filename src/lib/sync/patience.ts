/**
 * How long answers are waited for. A deadline that only `AbortSignal.any` knows of is cleared away before its time in some
 * engines, and then what waits does so for ever: here each one is held by what it ends.
 */
export function patience(): { within: (ms: number) => AbortSignal; end: () => void } {
	const waiting = new Set<AbortController>();
	let isOver = false;
	return {
		/** Aborts after `ms`, or at the end. */
		within: (ms) => {
			const one = new AbortController();
			if (isOver) one.abort();
			waiting.add(one);
			AbortSignal.timeout(ms).addEventListener('abort', () => {
				waiting.delete(one);
				one.abort();
			});
			return one.signal;
		},
		end: () => {
			isOver = true;
			for (const one of waiting) one.abort();
			waiting.clear();
		}
	};
}
