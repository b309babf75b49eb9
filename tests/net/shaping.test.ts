/** The bad line is as bad as it says, and no worse: what is measured over it stands on that. */
import { createServer, request, Agent, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { openLine, WIDE, type Shape, type Shaped } from './shaping';

let server: Server;
let heard: { path: string; bytes: number }[] = [];
beforeAll(async () => {
	server = createServer((asked, answer) => {
		let bytes = 0;
		asked.on('data', (some: Buffer) => (bytes += some.length));
		asked.on('end', () => {
			heard.push({ path: asked.url ?? '', bytes });
			answer.end('heard');
		});
		asked.on('error', () => undefined);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => {
	server.closeAllConnections();
	server.close();
});

async function open(shape: Partial<Shape>): Promise<Shaped> {
	heard = [];
	const line = await openLine((server.address() as AddressInfo).port, { ...WIDE, ...shape });
	onTestFinished(() => line.close());
	return line;
}

/** ms until the answer was there; null when the connection ended before. */
function post(line: Shaped, path: string, bytes: number, agent?: Agent): Promise<number | null> {
	const begun = performance.now();
	return new Promise((resolve) => {
		const headers = { 'Content-Length': bytes };
		const asked = request(line.url + path, { method: 'POST', headers, agent }, (answer) => {
			answer.resume().on('end', () => resolve(performance.now() - begun));
			answer.on('error', () => resolve(null));
		});
		asked.on('error', () => resolve(null));
		asked.end(Buffer.alloc(bytes));
	});
}

describe('a line', () => {
	test('carries no more than its rate, shared evenly by who uses it', async () => {
		const line = await open({ rate: 200_000 });
		const [small, large] = await Promise.all([post(line, '/small', 20_000), post(line, '/large', 80_000)]);
		// The small one had half of the line until it was through.
		expect(small).toBeGreaterThan(190);
		expect(large).toBeGreaterThan(490);
		expect((large ?? 0) - (small ?? 0)).toBeGreaterThan(150);
		expect(large).toBeLessThan(1_000);
	});

	test('is as far away as it says, and a new connection takes one more way there and back', async () => {
		const line = await open({ roundTrip: 100 });
		const agent = new Agent({ keepAlive: true });
		onTestFinished(() => agent.destroy());
		const [first, second] = [await post(line, '/a', 10, agent), await post(line, '/b', 10, agent)];
		expect(first).toBeGreaterThanOrEqual(199);
		expect(first).toBeLessThan(400);
		expect(second).toBeGreaterThanOrEqual(99);
		expect(second).toBeLessThan(199);
		expect(line.connections()).toBe(1);
	});

	test('counts what went up, by request, heads and all', async () => {
		const line = await open({});
		await post(line, '/a', 100_000);
		await post(line, '/b', 0);
		expect(line.requests.map(({ method, path }) => `${method} ${path}`)).toEqual(['POST /a', 'POST /b']);
		const [a, b] = line.requests.map(({ bytes }) => bytes);
		expect(b).toBeGreaterThan(20);
		expect((a ?? 0) - (b ?? 0)).toBeGreaterThanOrEqual(100_000);
		expect((a ?? 0) - (b ?? 0)).toBeLessThan(100_010);
		expect(line.requests.every(({ through, answered }) => through > 0 && answered >= through)).toBe(true);
	});

	test('lets requests fail as often as it says, before or after the server has had them', async () => {
		const line = await open({ failing: 0.5, seed: 7 });
		const answers: (number | null)[] = [];
		for (let at = 0; at < 100; at++) answers.push(await post(line, `/${at}`, 5_000));
		const lost = answers.filter((answer) => answer === null).length;
		expect(lost).toBe(line.failed());
		expect(lost).toBeGreaterThan(35);
		expect(lost).toBeLessThan(65);
		const early = 100 - heard.length;
		expect(early).toBeGreaterThan(lost / 4);
		expect(early).toBeLessThan((lost * 3) / 4);
		expect(heard.every(({ bytes }) => bytes === 5_000)).toBe(true);
	});

	test('fails in the same places for the same seed', async () => {
		const [one, two] = [await open({ failing: 0.5, seed: 3 }), await open({ failing: 0.5, seed: 3 })];
		const fates = async (line: Shaped) => {
			const answers: boolean[] = [];
			for (let at = 0; at < 20; at++) answers.push((await post(line, '/', 100)) !== null);
			return answers;
		};
		expect(await fates(one)).toEqual(await fates(two));
	});

	test('a cut ends what is on its way, lets nothing in for a second, and is over then', async () => {
		const line = await open({ rate: 100_000, cutEvery: 1_500 });
		expect(await post(line, '/cut', 400_000)).toBeNull();
		const dark = performance.now();
		expect(await post(line, '/dark', 10)).toBeNull();
		while ((await post(line, '/back', 10)) === null) await new Promise((resolve) => setTimeout(resolve, 20));
		expect(performance.now() - dark).toBeGreaterThan(900);
		expect(heard.map(({ path }) => path)).toEqual(['/back']);
	});
});
