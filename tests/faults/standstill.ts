/**
 * Requests to the real server take as long as this machine takes for them, and no time at all: what the people in a schedule
 * call time stands still until the answer is here, and passes only for whoever is kept waiting for ever.
 */
import type { IncomingMessage } from 'node:http';
import { during, type Time } from './time';

const NTH = 'x-nth';
/** This process's own, whatever schedule has put in its place. */
const net = globalThis.fetch;

/** `fetch` to what is below `base` and deadlines are by this time from here on. */
export function standStill(time: Time, base: string): { passFor: (request: IncomingMessage) => void } {
	const passing = new Map<string, () => void>();
	let nth = 0;
	AbortSignal.timeout = (ms) => {
		const late = new AbortController();
		time.after(ms, () => late.abort());
		return late.signal;
	};
	globalThis.fetch = (input, init = {}) => {
		const url = input instanceof Request ? input.url : String(input);
		if (!url.startsWith(base)) return net(input, init);
		const headers = new Headers(init.headers);
		const name = String(nth++);
		headers.set(NTH, name);
		const answer = net(input, { ...init, headers });
		const isHere = answer.then((response) => response.clone().arrayBuffer());
		const passes = new Promise<void>((resolve) => passing.set(name, resolve));
		void during(Promise.race([isHere.catch(() => undefined), passes])).finally(() => passing.delete(name));
		return answer;
	};
	return { passFor: ({ headers }) => passing.get(String(headers[NTH]))?.() };
}
