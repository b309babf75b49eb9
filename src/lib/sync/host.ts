/**
 * What the engine needs of a browser: one runner among all tabs, a word between them, and time. A simulation has one of
 * its own.
 */
import type { Wake } from './engine';

export type Host = {
	/** ms */
	now: () => number;
	/** 0 to 1. */
	chance: () => number;
	/** Ends after `ms`, or when the signal says so. Never rejects. */
	sleep: (ms: number, signal: AbortSignal) => Promise<void>;
	/**
	 * Runs `work` when no other tab does, or at once with `steal`, and until the signal given to `work` says that another
	 * tab has taken over. Never rejects because of `ended`.
	 */
	lead: (work: (lost: AbortSignal) => Promise<void>, ended: AbortSignal, steal: boolean) => Promise<void>;
	/** A word to the other tabs of this person, and theirs. */
	channel: (hear: (word: Word) => void) => { say: (word: Word) => void; close: () => void };
	/** What may have ended a pause: the network is back, or somebody looks. */
	onHope: (hope: () => void, ended: AbortSignal) => void;
	/** Whether a person sees this tab. */
	isSeen: () => boolean;
	report: (error: unknown) => void;
};

/** `wake`: the runner is to go on, and to answer with `heard`. */
export type Word = { wake: Wake } | { heard: true };

/** As browsers have it. */
export function browser(user: string): Host {
	return {
		now: Date.now,
		chance: Math.random,
		sleep: (ms, signal) =>
			new Promise((resolve) => {
				if (signal.aborted) {
					resolve();
					return;
				}
				const done = (): void => {
					clearTimeout(timer);
					signal.removeEventListener('abort', done);
					resolve();
				};
				// Longer than this a browser's timer does not count.
				const timer = setTimeout(done, Math.min(ms, 2 ** 31 - 1));
				signal.addEventListener('abort', done);
			}),
		lead: async (work, ended, steal) => {
			const lost = new AbortController();
			const name = `heed-sync-${user}`;
			const run = (): Promise<void> => work(lost.signal);
			try {
				// What steals cannot be taken back by a signal.
				await (steal
					? navigator.locks.request(name, { steal }, run)
					: navigator.locks.request(name, { signal: ended }, run));
			} catch (error) {
				if (!isAbort(error)) throw error;
			} finally {
				lost.abort();
			}
		},
		channel: (hear) => {
			const channel = new BroadcastChannel(`heed-${user}`);
			channel.onmessage = ({ data }: MessageEvent<Word>) => hear(data);
			return { say: (word) => channel.postMessage(word), close: () => channel.close() };
		},
		onHope: (hope, signal) => {
			addEventListener('online', hope, { signal });
			document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && hope(), {
				signal
			});
			addEventListener('resume', hope, { signal });
		},
		isSeen: () => document.visibilityState === 'visible',
		// Called as a method of this object it would throw, and end the loop that reports.
		report: (error) => reportError(error)
	};
}

const isAbort = (error: unknown): boolean => error instanceof DOMException && error.name === 'AbortError';
