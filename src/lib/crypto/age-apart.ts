/**
 * age, asked in a worker: its post-quantum half is plain JavaScript and takes a slow phone 15 ms each time, which a
 * screen would feel. In the browser `#age` (package.json) means this file, elsewhere `age.ts` itself.
 */
import type { Age, Answer } from './age.worker';

export type { Pair } from './age';

let worker: Worker | undefined;
let asked = 0;
const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (cause: Error) => void }>();

export const newPair: Age['newPair'] = () => ask('newPair');
export const recipientOf: Age['recipientOf'] = (identity) => ask('recipientOf', identity);
export const seal: Age['seal'] = (bytes, recipient) => ask('seal', bytes, recipient);
export const open: Age['open'] = (sealed, identity) => ask('open', sealed, identity);

function ask<N extends keyof Age>(name: N, ...given: Parameters<Age[N]>): ReturnType<Age[N]> {
	const id = (asked += 1);
	const answer = new Promise((resolve, reject) => waiting.set(id, { resolve, reject }));
	(worker ??= start()).postMessage({ id, name, given });
	return answer as ReturnType<Age[N]>;
}

function start(): Worker {
	const fresh = new Worker(new URL('./age.worker.ts', import.meta.url), { type: 'module' });
	fresh.onmessage = ({ data: { id, value, failed } }: MessageEvent<Answer>) => {
		if (failed) waiting.get(id)?.reject(new Error('age refused'));
		else waiting.get(id)?.resolve(value);
		waiting.delete(id);
	};
	// It did not load, or the system ended it: who waits hears of it, and the next call starts another one.
	fresh.onerror = () => {
		fresh.terminate();
		worker = undefined;
		for (const { reject } of waiting.values()) reject(new Error('the worker with age stopped'));
		waiting.clear();
	};
	return fresh;
}
