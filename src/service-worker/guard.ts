/// <reference lib="webworker" />
import { GUARD_CACHE } from '../lib/domain/guard/kept';
import { keptWhenWanted } from './kept';

/** What the privacy guard needs, by its name: its worker, and the lists of names. */
export const isGuard = (path: string): boolean =>
	/\/(guard\.worker-[^/]+\.js|names-[a-z]+\.[^/]+\.json)$/.test(path);

/** Keeps the guard from when somebody first writes freely; from then on each new version of it, too. */
export function keepGuard(worker: ServiceWorkerGlobalScope, files: readonly string[]): void {
	const kept = keptWhenWanted(worker, GUARD_CACHE, files);

	async function keepAgain(): Promise<void> {
		if ((await kept.here()).length > 0) await kept.keep(files);
	}

	// A version that cannot have them all does not wait for them: what is missing comes when it is wanted.
	worker.addEventListener('install', (event) => event.waitUntil(keepAgain().catch(() => undefined)));
}
