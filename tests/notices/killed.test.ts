/**
 * 500 notices, while server and courier are killed at moments that nobody chose. A lease lasts a minute; so that nobody waits
 * for minutes here, leases are ended by hand where one would have run out.
 */
import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { Nudge } from '../../src/lib/domain/notice';
import { anOperator, call, id, makeWorld, mustBe, type Someone } from '../contract/world';
import { seeded } from '../net/seeded';
import { tempFolder } from '../scripts/bench';
import { type Server, startServer } from '../server';
import { makeDevice, makeVapid, openEndpoint, SERVICES } from './endpoint';
import { bundleCourier, startCourier } from './process';

const WAVES = 20;
const EACH = 25;
const SECRET = 'courier-secret-for-tests-that-is-long';

const time = (ms: number) => new Date(ms).toISOString().replace('T', ' ');

test('killed again and again, they lose nothing, and send twice at most what was on its way', async () => {
	const seed = Date.now() % 1_000_000;
	const random = seeded(seed);
	const between = (least: number, most: number) => Math.floor(least + random() * (most - least));

	const devices = [SERVICES.google, SERVICES.mozilla, SERVICES.apple].map((host) => makeDevice(host));
	const arrived = new Map<string, number>();
	const endpoint = await openEndpoint(
		({ host, path, body }) => {
			const device = devices.find(({ subscription }) => subscription.endpoint === `https://${host}${path}`);
			const nudge = Nudge.parse(JSON.parse(device?.open(body) ?? 'null'));
			arrived.set(nudge.id, (arrived.get(nudge.id) ?? 0) + 1);
			return { status: 201, after: between(5, 80) };
		},
		{ keeps: false }
	);
	onTestFinished(endpoint.close);

	const world = await makeWorld({ env: { HEED_COURIER_SECRET: SECRET } });
	const { dataDir, url } = world.server;
	const port = Number(new URL(url).port);
	const operator = await anOperator(world.server);
	let server: Server = world.server;
	onTestFinished(() => server.stop());

	const rows = devices.map(({ subscription: { endpoint: where, p256dh, auth } }) => ({
		id: id(),
		user: world.dorin.id,
		endpoint: where,
		p256dh,
		auth,
		locale: 'de',
		system: 'android'
	}));
	for (const row of rows) await asOperator('POST', '/api/collections/devices/records', row);

	const folder = tempFolder();
	const where = {
		file: await bundleCourier(folder),
		folder,
		url,
		secret: SECRET,
		vapid: makeVapid(),
		endpoint
	};
	let courier: ChildProcess = startCourier(where);
	onTestFinished(() => endCourier('SIGTERM'));

	const put: string[] = [];
	/** How often each was on its way when something was killed. */
	const chances = new Map<string, number>();
	let kills = 0;
	for (let wave = 0; wave < WAVES; wave++) {
		await putNotices(wave);
		await sleep(between(0, 700));
		// What was leased at that moment may have been sent, and nobody has been told.
		if (wave % 2 === 0) {
			await endCourier('SIGKILL');
			await countLeased();
			await endLeases();
			courier = startCourier(where);
		} else {
			await server.kill();
			server = await startServer({ dataDir, port, env: { HEED_COURIER_SECRET: SECRET } });
			await countLeased();
		}
		kills++;
	}
	await expect
		.poll(
			async () => {
				const before = arrived.size;
				await sleep(1000);
				// Answers that were lost with the server: their minute would be over some time.
				if (arrived.size === before) await endLeases();
				return (await waiting()).length;
			},
			{ timeout: 120_000, interval: 10 }
		)
		.toBe(0);

	const underWay = [...chances.values()].reduce((sum, times) => sum + times, 0);
	const twice = [...arrived.values()].reduce((sum, times) => sum + times - 1, 0);
	console.log(
		`seed ${seed}: ${put.length} notices, ${kills} kills, ${underWay} on their way then, ${put.length - arrived.size} lost, ${twice} sent twice`
	);
	expect(put).toHaveLength(WAVES * EACH);
	expect(put.filter((one) => !arrived.has(one))).toEqual([]);
	expect(underWay).toBeGreaterThan(0);
	expect([...arrived].filter(([one, times]) => times - 1 > (chances.get(one) ?? 0))).toEqual([]);
	const states = await list("state != 'sent'");
	expect(states).toEqual([]);

	async function putNotices(wave: number): Promise<void> {
		const now = Date.now();
		const requests = Array.from({ length: EACH }, (_, at) => ({
			method: 'POST',
			url: '/api/collections/notices/records',
			body: {
				id: id(),
				kind: at % 5 === 0 ? 'danger' : 'answer',
				user: world.dorin.id,
				device: rows[at % rows.length]?.id,
				tag: `wave-${wave}-${at}`,
				token: `${id()}${id()}00`,
				urgent: at % 5 === 0,
				due: time(now - 1000),
				ends: time(now + 3_600_000),
				state: 'waiting'
			}
		}));
		await asOperator('POST', '/api/batch', { requests });
		put.push(...requests.map(({ body }) => body.id));
	}

	async function asOperator(method: string, path: string, body?: unknown) {
		const as: Someone = operator;
		return (await mustBe(200, call(server, method, path, { as, body }))).body;
	}

	async function list(filter: string): Promise<{ id: string }[]> {
		const query = new URLSearchParams({ filter, perPage: '1000', fields: 'id', skipTotal: '1' });
		const { items = [] } = await asOperator('GET', `/api/collections/notices/records?${query}`);
		return items as { id: string }[];
	}

	function waiting() {
		return list("state = 'waiting'");
	}

	function leased() {
		return list(`state = 'waiting' && leased > '${time(Date.now())}'`);
	}

	async function countLeased(): Promise<void> {
		for (const row of await leased()) chances.set(row.id, (chances.get(row.id) ?? 0) + 1);
	}

	async function endLeases(): Promise<void> {
		for (const row of await leased()) {
			await asOperator('PATCH', `/api/collections/notices/records/${row.id}`, {
				leased: time(Date.now() - 1)
			});
		}
	}

	async function endCourier(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
		if (courier.exitCode !== null || courier.signalCode !== null) return;
		const ended = new Promise((resolve) => courier.once('close', resolve));
		courier.kill(signal);
		await ended;
	}
}, 300_000);
