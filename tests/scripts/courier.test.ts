import { createServer } from 'node:http';
import { setImmediate } from 'node:timers/promises';
import { onTestFinished, expect, test } from 'vitest';
import { backOff } from '../../src/courier/backoff';
import { type Answer, sayHello } from '../../src/courier/hello';
import { HEARTBEAT_MS, makeRounds } from '../../src/courier/round';
import { clearAway } from '../garbage';

test('pauses double up to half a minute and stay there', () => {
	expect([1, 2, 3, 4].map((failures) => backOff(failures, 0))).toEqual([500, 1000, 2000, 4000]);
	expect(backOff(50, 0)).toBe(30_000);
	expect(backOff(5000, 0)).toBe(30_000);
});

test('chance takes off a quarter at most, and never a pause', () => {
	for (let failures = 1; failures < 20; failures++) {
		expect(backOff(failures, 0.999)).toBeGreaterThan(backOff(failures, 0) * 0.74);
		expect(backOff(failures, 0.999)).toBeLessThan(backOff(failures, 0));
	}
});

test('the courier tries until it is accepted, then keeps in touch, and speaks only of changes', async () => {
	const answers: Answer[] = [
		'unreachable',
		'unreachable',
		'refused',
		'accepted',
		'accepted',
		'unreachable',
		'accepted'
	];
	const { pauses, said } = await rounds(answers);
	expect(pauses).toEqual([500, 1000, 2000, HEARTBEAT_MS, HEARTBEAT_MS, 500, HEARTBEAT_MS]);
	expect(said).toEqual([
		'the server does not answer; it tries again.',
		'the server does not take the courier; it tries again.',
		'connected to the server.',
		'the server does not answer; it tries again.',
		'connected to the server.'
	]);
});

test.each([
	[204, 'accepted'],
	[403, 'refused'],
	[404, 'refused'],
	[503, 'unreachable']
] as const)('an answer of %i is %s', async (status, answer) => {
	const seen: unknown[] = [];
	const HEED_URL = await serverThat((method, url, secret) => {
		seen.push(method, url, secret);
		return status;
	});
	const settings = { HEED_URL, HEED_COURIER_SECRET: 's'.repeat(32) };
	expect(await sayHello(settings, new AbortController().signal)).toBe(answer);
	expect(seen).toEqual(['POST', '/api/heed/courier/hello', settings.HEED_COURIER_SECRET]);
});

test('nobody there is unreachable', async () => {
	const settings = { HEED_URL: 'http://127.0.0.1:9', HEED_COURIER_SECRET: 's'.repeat(32) };
	expect(await sayHello(settings, new AbortController().signal)).toBe('unreachable');
});

test('a server that never answers is unreachable after a while, and at once when the courier leaves', async () => {
	const HEED_URL = await serverThat(() => null);
	const settings = { HEED_URL, HEED_COURIER_SECRET: 's'.repeat(32) };
	const leaving = new AbortController();
	const answer = sayHello(settings, leaving.signal, 300);
	await setImmediate();
	clearAway();
	expect(await answer).toBe('unreachable');
	const last = sayHello(settings, leaving.signal);
	leaving.abort();
	expect(await last).toBe('unreachable');
	expect(await sayHello(settings, leaving.signal)).toBe('unreachable');
});

async function rounds(answers: Answer[]) {
	const leaving = new AbortController();
	const pauses: number[] = [];
	const said: string[] = [];
	await makeRounds({
		hello: () => {
			const answer = answers[pauses.length];
			if (!answer) leaving.abort();
			return Promise.resolve(answer ?? 'unreachable');
		},
		say: (line) => void said.push(line),
		random: () => 0,
		gone: leaving.signal,
		pause: (ms) => {
			pauses.push(ms);
			return Promise.resolve();
		}
	});
	return { pauses, said };
}

async function serverThat(
	answers: (method?: string, url?: string, secret?: unknown) => number | null
): Promise<string> {
	const server = createServer(({ method, url, headers }, response) => {
		const status = answers(method, url, headers['x-heed-courier']);
		if (status !== null) response.writeHead(status).end();
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	onTestFinished(() => {
		server.closeAllConnections();
		server.close();
	});
	const { port } = server.address() as { port: number };
	return `http://127.0.0.1:${port}`;
}
