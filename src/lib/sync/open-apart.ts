import type { Store } from '../store/person';
import { unopened } from './inbox';
import type { Errand } from './opening.worker';

/** Opens what came in, in a worker that lives as long as `ended` allows. One errand at a time. */
export function openApart(account: string, store: Store, ended: AbortSignal) {
	let worker: Worker | null = null;
	ended.addEventListener('abort', () => worker?.terminate());

	return async (vault: CryptoKey): Promise<void> => {
		if ((await unopened(store)).length === 0) return;
		const running = (worker ??= new Worker(new URL('./opening.worker.ts', import.meta.url), {
			type: 'module'
		}));
		await new Promise<void>((resolve, reject) => {
			const finish = (fault: string): void => {
				running.onmessage = running.onerror = null;
				if (fault === '') resolve();
				else reject(new Error(fault));
			};
			running.onmessage = ({ data }: MessageEvent<string>) => finish(data);
			running.onerror = ({ message }) => finish(message);
			ended.addEventListener('abort', () => finish(''), { once: true });
			running.postMessage({ account, vault } satisfies Errand);
		});
	};
}
