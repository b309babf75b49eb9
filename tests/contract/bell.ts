/** An open app, as the server sees it: a connection that hears the bell. */
import type { Server } from '../server';
import { call, type Someone } from './world';

/** Long enough for a bell to have come if it were to come. */
const QUIET = 150;

export async function listen(server: Server, as: Someone | undefined, topics = ['bell']) {
	const closing = new AbortController();
	const response = await fetch(`${server.url}/api/realtime`, {
		signal: closing.signal,
		headers: { 'Accept-Encoding': 'gzip' }
	});
	if (!response.body) throw new Error('no stream');
	const messages: { event: string; data: string }[] = [];
	let tell = () => {};
	const read = async (reader: ReadableStreamDefaultReader<string>) => {
		for (let rest = ''; ;) {
			const { value, done } = await reader.read();
			if (done) return;
			const parts = (rest + value).split('\n\n');
			rest = parts.pop() ?? '';
			for (const part of parts) {
				const field = (name: string) => new RegExp(`^${name}:(.*)$`, 'm').exec(part)?.[1] ?? '';
				messages.push({ event: field('event'), data: field('data') });
				tell();
			}
		}
	};
	read(response.body.pipeThrough(new TextDecoderStream()).getReader()).catch(() => {});
	const next = async (count: number) => {
		const deadline = Date.now() + 2000;
		while (messages.length < count && Date.now() < deadline) {
			await new Promise<void>((resolve) => {
				tell = resolve;
				setTimeout(resolve, 50);
			});
		}
		return messages.length;
	};

	await next(1);
	const { clientId } = JSON.parse(messages.shift()?.data ?? '{}') as { clientId: string };
	const subscribe = (subscriptions: string[]) =>
		call(server, 'POST', '/api/realtime', { as, body: { clientId, subscriptions } });
	const subscribed = await subscribe(topics);
	return {
		close: () => closing.abort(),
		headers: response.headers,
		status: subscribed.status,
		subscribe,
		messages,
		/** How often it rang since it was last asked. */
		rings: async (atLeast: number) => {
			await next(atLeast);
			if (atLeast === 0) await new Promise((resolve) => setTimeout(resolve, QUIET));
			return messages.splice(0);
		}
	};
}
