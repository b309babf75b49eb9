/**
 * age, asked in a worker: its post-quantum half is plain JavaScript and takes a slow phone 15 ms each time, which a
 * screen would feel. In the browser `#age` (package.json) means this file, elsewhere `age.ts` itself.
 */
import type { Age, Answer } from './age.worker';

export type { Pair } from './age';

type Waiting = { resolve: (value: unknown) => void; reject: (cause: Error) => void };
type Helper = { worker: Worker; waiting: Map<number, Waiting> };

/** As many as help; started when the others are busy. The screen hardly works meanwhile: it waits for them. */
const MOST = Math.min(3, navigator.hardwareConcurrency);
const helpers: Helper[] = [];
let asked = 0;

export const newPair: Age['newPair'] = () => ask('newPair');
export const recipientOf: Age['recipientOf'] = (identity) => ask('recipientOf', identity);
export const seal: Age['seal'] = (bytes, recipient) => ask('seal', bytes, recipient);
export const open: Age['open'] = (sealed, identity) => ask('open', sealed, identity);

function ask<N extends keyof Age>(name: N, ...given: Parameters<Age[N]>): ReturnType<Age[N]> {
	const id = (asked += 1);
	const { worker, waiting } = freest();
	const answer = new Promise((resolve, reject) => waiting.set(id, { resolve, reject }));
	worker.postMessage({ id, name, given });
	return answer as ReturnType<Age[N]>;
}

function freest(): Helper {
	const [first] = [...helpers].sort((a, b) => a.waiting.size - b.waiting.size);
	return first && (first.waiting.size === 0 || helpers.length >= MOST) ? first : start();
}

function start(): Helper {
	const worker = new Worker(new URL('./age.worker.ts', import.meta.url), { type: 'module' });
	const waiting: Helper['waiting'] = new Map();
	const helper = { worker, waiting };
	helpers.push(helper);
	worker.onmessage = ({ data: { id, value, failed } }: MessageEvent<Answer>) => {
		if (failed) waiting.get(id)?.reject(new Error('age refused'));
		else waiting.get(id)?.resolve(value);
		waiting.delete(id);
	};
	// It did not load, or the system ended it: who waits hears of it, and the next call starts another one.
	worker.onerror = () => {
		worker.terminate();
		helpers.splice(helpers.indexOf(helper), 1);
		for (const { reject } of waiting.values()) reject(new Error('the worker with age stopped'));
	};
	return helper;
}
