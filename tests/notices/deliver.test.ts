import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { backOff } from '../../src/courier/backoff';
import { deliver } from '../../src/courier/deliver';
import type { Outcome } from '../../src/courier/outcome';
import { serverAt } from '../../src/courier/server';
import { LEASED_MAX, type Letter, type Nudge } from '../../src/lib/domain/notice';
import { clearAway } from '../garbage';
import { makeDevice, SERVICES } from './endpoint';
import { openOutbox, type Outbox, pushFor, SECRET } from './outbox';

const DEVICE = makeDevice();
/** Of each push service one. */
const DEVICES = Object.values(SERVICES).map((host) => makeDevice(host));
const SENT: Outcome = { did: 'sent' };
const MANY = 10_000;

type Send = (nudge: Nudge) => Outcome | Promise<Outcome>;

/** A courier at work on this outbox, with somebody else in place of push services. */
function courierAt(outbox: Outbox, send: Send = () => SENT, by = 'courier00000001', write: Send = send) {
	const leaving = new AbortController();
	const sent: Nudge[] = [];
	const said: string[] = [];
	let underWay = 0;
	let most = 0;
	const counted = (through: Send) => async (nudge: Nudge) => {
		sent.push(nudge);
		most = Math.max(most, ++underWay);
		try {
			return await through(nudge);
		} finally {
			underWay--;
		}
	};
	const [push, letter] = [counted(send), counted(write)];
	const ended = deliver({
		by,
		server: serverAt({ HEED_URL: outbox.url, HEED_COURIER_SECRET: SECRET }),
		push,
		sendLetter: (_: Letter, nudge) => letter(nudge),
		say: (line) => void said.push(line),
		random: () => 0,
		gone: leaving.signal
	});
	const leave = () => {
		leaving.abort();
		return ended;
	};
	onTestFinished(leave);
	return { sent, said, leave, most: () => most };
}

async function outboxWith(count = 0, raw: unknown[] = []): Promise<Outbox> {
	const outbox = await openOutbox({ raw });
	onTestFinished(outbox.close);
	outbox.put(
		...Array.from({ length: count }, (_, at) => pushFor(DEVICES[at % DEVICES.length] ?? DEVICE, at))
	);
	return outbox;
}

const settledOf = (outbox: Outbox, id: string) => outbox.rows.get(id)?.settled ?? [];
const until = (met: () => boolean) => expect.poll(met, { timeout: 20_000, interval: 5 }).toBe(true);

test('each is sent once, and told of as it went', async () => {
	const outbox = await outboxWith(4);
	const outcomes: Outcome[] = [
		{ did: 'sent' },
		{ did: 'gone', why: 'http_410' },
		{ did: 'wait', seconds: 3600, why: 'http_429' },
		{ did: 'kept', why: 'http_413' }
	];
	const { sent } = courierAt(outbox, ({ id }) => outcomes[Number(id.slice(-1))] ?? SENT);
	await until(() => [...outbox.rows.values()].every(({ settled }) => settled.length > 0));
	expect([...outbox.rows].map(([id, { settled }]) => [id, settled])).toEqual(
		outcomes.map((outcome, at) => {
			const { id } = pushFor(DEVICE, at).nudge;
			return [id, [{ id, ...outcome }]];
		})
	);
	expect(sent).toHaveLength(4);
});

test('an e-mail goes where e-mails go', async () => {
	const outbox = await outboxWith();
	const { nudge } = pushFor(DEVICE, 1);
	outbox.put({ nudge, seconds: 60, by: { mail: { to: 'eszter@example.org', locale: 'hu', counts: {} } } });
	courierAt(
		outbox,
		() => SENT,
		'courier00000001',
		() => ({ did: 'kept', why: 'no_mail' })
	);
	await until(() => settledOf(outbox, nudge.id).length === 1);
	expect(settledOf(outbox, nudge.id)).toEqual([{ id: nudge.id, did: 'kept', why: 'no_mail' }]);
});

test('what waits is sent when its time has come', async () => {
	const outbox = await outboxWith(1);
	const { sent } = courierAt(outbox, () =>
		sent.length === 1 ? { did: 'wait', seconds: 1, why: 'x' } : SENT
	);
	await until(() => outbox.finished() === 1);
	expect(sent).toHaveLength(2);
});

test('however many wait, a bounded number is on its way, and no more are leased than leave at once', async () => {
	const outbox = await outboxWith(2000);
	let fill = (): void => undefined;
	const full = new Promise<void>((resolve) => (fill = resolve));
	const { sent, most } = courierAt(outbox, async () => {
		if (sent.length === 64) fill();
		await full;
		await sleep(2);
		return SENT;
	});
	await until(() => outbox.finished() === 2000);
	expect(sent).toHaveLength(2000);
	expect(most()).toBe(64);
	expect(outbox.leases.every((lease) => lease.most <= LEASED_MAX)).toBe(true);
	// Few and large ones: neither one by one nor with pauses.
	expect(outbox.leases.filter(({ urgent }) => !urgent).length).toBeLessThan(100);
});

test('what is pressing leaves within a second, though ten thousand others wait for one that never answers', async () => {
	const outbox = await outboxWith(MANY);
	const { sent } = courierAt(outbox, ({ kind }) => (kind === 'alert' ? new Promise(() => undefined) : SENT));
	await until(() => sent.length === 64);
	const pressing = pushFor(DEVICE, MANY, 'danger');
	const since = performance.now();
	outbox.put(pressing);
	await until(() => settledOf(outbox, pressing.nudge.id).length === 1);
	expect(performance.now() - since).toBeLessThan(1000);
	expect(sent).toHaveLength(65);
});

test('some that never answer do not hold up the others', async () => {
	const outbox = await outboxWith(500);
	const isStuck = ({ id }: Nudge) => Number(id.slice(-3)) < 40;
	const { sent } = courierAt(outbox, (nudge) => (isStuck(nudge) ? new Promise(() => undefined) : SENT));
	await until(() => outbox.finished() === 460);
	expect(sent).toHaveLength(500);
});

describe.each([
	['what can wait', 'alert', 64],
	// In a lane of its own, and in the other one.
	['what is pressing', 'danger', 100 + 64]
] as const)('of %s', (_, kind, atOnce) => {
	const [stuck, well] = DEVICES as [typeof DEVICE, typeof DEVICE];
	const isStuck = ({ id }: Nudge) => Number(id.slice(-4)) < 2000;
	const toStuck = Array.from({ length: 2000 }, (_, at) => pushFor(stuck, at, kind));
	const toWell = Array.from({ length: 500 }, (_, at) => pushFor(well, 2000 + at, kind));

	test('a push service that never answers has half of the places, and the others go on', async () => {
		const outbox = await outboxWith();
		outbox.put(...toStuck, ...toWell);
		let answers = (_: Outcome): void => undefined;
		const answer = new Promise<Outcome>((resolve) => (answers = resolve));
		const { sent } = courierAt(outbox, (nudge) => (isStuck(nudge) ? answer : SENT));
		await until(() => outbox.finished() === 500);
		expect(sent.filter(isStuck)).toHaveLength(atOnce / 2);
		// It is turned to again as soon as it answers.
		const since = performance.now();
		answers(SENT);
		await until(() => sent.filter(isStuck).length > atOnce / 2);
		expect(performance.now() - since).toBeLessThan(300);
		await until(() => outbox.finished() === 2500);
		// Nobody was asked to lease what could not be sent at once.
		for (const { settled } of outbox.rows.values()) expect(settled).toHaveLength(1);
	});

	test('a mail server that never answers has half of the places, and pushes go on', async () => {
		const outbox = await outboxWith();
		const by = { mail: { to: 'eszter@example.org', locale: 'hu', counts: {} } } as const;
		outbox.put(...toStuck.map(({ nudge, seconds }) => ({ nudge, seconds, by })), ...toWell);
		const letters: Nudge[] = [];
		courierAt(
			outbox,
			() => SENT,
			'courier00000001',
			(nudge) => {
				letters.push(nudge);
				return new Promise(() => undefined);
			}
		);
		await until(() => outbox.finished() === 500);
		expect(letters).toHaveLength(atOnce / 2);
	});

	test('push services that all answer slowly share the places', async () => {
		const outbox = await outboxWith();
		outbox.put(...toStuck, ...toWell);
		const { sent } = courierAt(outbox, () => new Promise(() => undefined));
		await until(() => sent.length === atOnce);
		expect(sent.filter(isStuck)).toHaveLength(atOnce / 2);
	});
});

test('two couriers at one outbox send nothing twice', async () => {
	const outbox = await outboxWith(1000);
	const [one, two] = ['courier00000001', 'courier00000002'].map((by) =>
		courierAt(outbox, () => sleep(1).then(() => SENT), by)
	);
	await until(() => outbox.finished() === 1000);
	expect((one?.sent.length ?? 0) + (two?.sent.length ?? 0)).toBe(1000);
	expect(one?.sent.length).toBeGreaterThan(0);
	expect(two?.sent.length).toBeGreaterThan(0);
});

test('what breaks in sending is kept as that, and holds up nobody', async () => {
	const outbox = await outboxWith(2);
	courierAt(outbox, ({ id }) => {
		if (id.endsWith('0')) throw new Error('a bug');
		return SENT;
	});
	await until(() => outbox.finished() === 2);
	const { id } = pushFor(DEVICE, 0).nudge;
	expect(settledOf(outbox, id)).toEqual([{ id, did: 'kept', why: 'broken' }]);
});

test('a row that is not understood is kept as that, and holds up nobody', async () => {
	const strange = { nudge: { id: 'strange00000001', v: 2 }, seconds: 1, by: { pigeon: true } };
	const outbox = await outboxWith(3, [strange, null, 'x', {}]);
	courierAt(outbox);
	await until(() => outbox.finished() === 3);
	await until(() => settledOf(outbox, strange.nudge.id).length === 1);
	expect(settledOf(outbox, strange.nudge.id)).toMatchObject([{ did: 'kept', why: 'unreadable' }]);
});

test('while the server is away nothing is forgotten, and only changes are told', async () => {
	const outbox = await outboxWith(30);
	let release = (): void => undefined;
	const held = new Promise<void>((resolve) => (release = resolve));
	const { said, sent } = courierAt(outbox, () => held.then(() => SENT));
	await until(() => sent.length === 30);
	outbox.trouble(503);
	release();
	await until(() => said.length === 2);
	outbox.trouble(403);
	await until(() => said.length === 3);
	outbox.trouble(null);
	await until(() => outbox.finished() === 30);
	await until(() => said.length === 4);
	expect(sent).toHaveLength(30);
	expect(said).toEqual([
		'connected to the server.',
		'the server does not answer; it tries again.',
		'the server does not take the courier; it tries again.',
		'connected to the server.'
	]);
});

test('asked to end, it leases no more, waits for what is on its way, and settles it first', async () => {
	const outbox = await outboxWith(500);
	const { sent, leave } = courierAt(outbox, async () => {
		await sleep(100);
		return SENT;
	});
	await until(() => sent.length === 64);
	await leave();
	expect(sent).toHaveLength(64);
	expect(outbox.finished()).toBe(64);
});

test('asked to end, it does not wait for what never answers', async () => {
	const outbox = await outboxWith(3);
	const { sent, leave } = courierAt(outbox, ({ id }) =>
		id.endsWith('1') ? new Promise(() => undefined) : SENT
	);
	await until(() => sent.length === 3);
	const since = performance.now();
	await leave();
	expect(performance.now() - since).toBeLessThan(1200);
	expect(outbox.finished()).toBe(2);
});

test('asked to end while the server is away, it ends', async () => {
	const outbox = await outboxWith();
	outbox.trouble(503);
	const { said, leave } = courierAt(outbox);
	await until(() => said.length === 1);
	await sleep(1800);
	const since = performance.now();
	await leave();
	expect(performance.now() - since).toBeLessThan(500);
});

test('pauses double up to five seconds and stay there', () => {
	expect([1, 2, 3, 4].map((failures) => backOff(failures, 0))).toEqual([500, 1000, 2000, 4000]);
	expect(backOff(50, 0)).toBe(5000);
	expect(backOff(5000, 0)).toBe(5000);
});

test('chance takes off a quarter at most, and never a pause', () => {
	for (let failures = 1; failures < 20; failures++) {
		expect(backOff(failures, 0.999)).toBeGreaterThan(backOff(failures, 0) * 0.74);
		expect(backOff(failures, 0.999)).toBeLessThan(backOff(failures, 0));
	}
});

const LEASE = { by: 'courier00000001', most: 1, urgent: false, without: [] };

test.each([
	[302, 'refused'],
	[403, 'refused'],
	[404, 'refused'],
	[500, 'unreachable'],
	[503, 'unreachable']
] as const)('an answer of %i is %s', async (status, answer) => {
	const outbox = await outboxWith();
	outbox.trouble(status);
	const server = serverAt({ HEED_URL: outbox.url, HEED_COURIER_SECRET: SECRET });
	expect(await server.lease(LEASE)).toBe(answer);
	expect(await server.settle({ by: LEASE.by, settled: [] })).toBe(answer);
});

test('a wrong secret is refused, and nobody there is unreachable', async () => {
	const outbox = await outboxWith();
	const stranger = serverAt({ HEED_URL: outbox.url, HEED_COURIER_SECRET: 'x'.repeat(32) });
	expect(await stranger.lease(LEASE)).toBe('refused');
	const nobody = serverAt({ HEED_URL: 'http://127.0.0.1:9', HEED_COURIER_SECRET: SECRET });
	expect(await nobody.lease(LEASE)).toBe('unreachable');
});

test('a server that never answers is unreachable after a while', async () => {
	const outbox = await outboxWith();
	outbox.trouble('silent');
	const answer = serverAt({ HEED_URL: outbox.url, HEED_COURIER_SECRET: SECRET }, 300).lease(LEASE);
	await setImmediate();
	clearAway();
	expect(await answer).toBe('unreachable');
});
