import { createECDH, createHash } from 'node:crypto';
import { decrypt } from 'http_ece';
import { expect, onTestFinished, test } from 'vitest';
import { guardedAgent, KNOWN_SERVICES } from '../../src/courier/guard';
import { type Push, pusher } from '../../src/courier/push';
import { NOTICES, Nudge, NUDGE_BYTES } from '../../src/lib/domain/notice';
import {
	type Answer,
	type Device,
	type Endpoint,
	makeDevice,
	makeVapid,
	networkTo,
	openEndpoint,
	readVapid,
	SERVICES
} from './endpoint';

const NUDGE: Nudge = {
	v: 1,
	id: 'notice000000001',
	kind: 'danger',
	tag: 'case-case00000000001',
	token: 'abcdefghijklmnopqrstuvwxyz012345',
	case: 'case00000000001',
	person: 'dorin0000000001'
};
const NOON = Date.UTC(2026, 10, 30, 12);
const DAY = 86_400;

type Scene = { endpoint: Endpoint; push: Push; log: string[]; vapid: ReturnType<typeof makeVapid> };

async function scene(
	answer?: (path: string) => Answer,
	more: { now?: () => number; within?: number; random?: () => number } = {}
): Promise<Scene> {
	const endpoint = await openEndpoint(answer && (({ path }) => answer(path)));
	const vapid = makeVapid();
	const log: string[] = [];
	const agent = guardedAgent(networkTo(endpoint, log));
	const push = pusher({
		vapid,
		services: KNOWN_SERVICES,
		agent,
		now: Date.now,
		random: () => 0,
		...more
	});
	onTestFinished(async () => {
		agent.destroy();
		await endpoint.close();
	});
	return { endpoint, push, log, vapid };
}

/** What becomes of one push that is answered so. */
async function outcomeOf(answer: Answer, more: Parameters<typeof scene>[1] = {}, nudge = NUDGE) {
	const { push } = await scene(() => answer, more);
	return push(nudge, makeDevice().subscription, 60);
}

test('the example of RFC 8291 is opened by what opens pushes here', () => {
	const pair = createECDH('prime256v1');
	pair.setPrivateKey(Buffer.from('q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94', 'base64url'));
	const body = Buffer.from(
		'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8w' +
			'EqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN',
		'base64url'
	);
	const opened = decrypt(body, {
		version: 'aes128gcm',
		privateKey: pair,
		authSecret: 'BTBZMqHH6r4Tts7J_aSIgg'
	});
	expect(opened.toString()).toBe('When I grow up, I want to be a watermelon');
});

test('a push arrives as it was meant, and no other device can open it', async () => {
	const { endpoint, push } = await scene();
	const device = makeDevice();
	expect(await push(NUDGE, device.subscription, 600)).toEqual({ did: 'sent' });
	const [one] = endpoint.received;
	if (!one) throw new Error('nothing came');
	expect(`https://${one.host}${one.path}`).toBe(device.subscription.endpoint);
	expect(Nudge.parse(JSON.parse(device.open(one.body)))).toEqual(NUDGE);
	expect(() => makeDevice().open(one.body)).toThrow();
	expect(one.headers).toMatchObject({
		'content-encoding': 'aes128gcm',
		'content-type': 'application/octet-stream',
		ttl: '600'
	});
});

test('every push is as long as every other, whatever it says', async () => {
	const { endpoint, push } = await scene();
	const nudges: Nudge[] = [
		...NOTICES.map((kind) => ({ ...NUDGE, kind })),
		{ ...NUDGE, case: '', tag: 'x' },
		{ ...NUDGE, kind: 'message', tag: 'x'.repeat(40) }
	];
	const device = makeDevice();
	for (const nudge of nudges) await push(nudge, device.subscription, 60);
	expect(endpoint.received).toHaveLength(nudges.length);
	for (const { body } of endpoint.received) {
		expect(Buffer.byteLength(device.open(body))).toBe(NUDGE_BYTES);
		expect(body).toHaveLength(86 + NUDGE_BYTES + 1 + 16);
	}
	expect(new Set(endpoint.received.map(({ headers }) => headers['content-length']))).toEqual(
		new Set(['359'])
	);
});

test('what is pressing, and a test, wake a phone that sleeps; the rest does not', async () => {
	const { endpoint, push } = await scene();
	const device = makeDevice();
	for (const kind of NOTICES) await push({ ...NUDGE, kind }, device.subscription, 60);
	const high = NOTICES.filter((_, at) => endpoint.received[at]?.headers.urgency === 'high');
	expect(high).toEqual(['danger', 'urgent', 'call', 'above', 'test']);
	expect(new Set(endpoint.received.map(({ headers }) => headers.urgency))).toEqual(
		new Set(['high', 'normal'])
	);
});

test('it is of use as long as the server says, and four weeks at most', async () => {
	const { endpoint, push } = await scene();
	for (const seconds of [0, 900, 99_999_999]) await push(NUDGE, makeDevice().subscription, seconds);
	expect(endpoint.received.map(({ headers }) => headers.ttl)).toEqual(['0', '900', '2419200']);
});

test('a topic is the same for one device and tag, another for any other, and says neither', async () => {
	const { endpoint, push } = await scene();
	const [one, two] = [makeDevice(), makeDevice()];
	await push(NUDGE, one.subscription, 60);
	await push({ ...NUDGE, id: 'notice000000002', kind: 'urgent' }, one.subscription, 60);
	await push({ ...NUDGE, tag: 'another' }, one.subscription, 60);
	await push(NUDGE, two.subscription, 60);
	const topics = endpoint.received.map(({ headers }) => headers.topic);
	expect(topics[0]).toBe(topics[1]);
	expect(new Set(topics).size).toBe(3);
	const digest = createHash('sha256')
		.update(`${one.subscription.endpoint}\n${NUDGE.tag}`)
		.digest('base64url');
	expect(topics[0]).toBe(digest.slice(0, 32));
});

test('each push service gets a signature of its own, for less than a day, by the key that devices know', async () => {
	const { endpoint, push, vapid } = await scene();
	const devices = Object.values(SERVICES).map((host) => makeDevice(host, '/x'));
	for (const { subscription } of [...devices, ...devices]) await push(NUDGE, subscription, 60);
	const now = Date.now() / 1000;
	for (const [at, { host, headers }] of endpoint.received.entries()) {
		const read = readVapid(headers.authorization);
		expect(read?.key).toBe(vapid.publicKey);
		expect(read?.claims).toMatchObject({ aud: `https://${host}`, sub: vapid.subject });
		expect(read?.claims.exp).toBeGreaterThan(now + DAY / 4);
		expect(read?.claims.exp).toBeLessThan(now + DAY);
		// Signed once for several.
		expect(headers.authorization).toBe(endpoint.received[at % devices.length]?.headers.authorization);
	}
	const [first] = endpoint.received;
	expect(readVapid(first?.headers.authorization?.replace(/k=.*/, `k=${makeVapid().publicKey}`))).toBeNull();
});

test('a signature is used for six hours, and is good for as long again', async () => {
	let now = Date.now() - 6 * 3_600_000;
	const { endpoint, push } = await scene(undefined, { now: () => now });
	for (const later of [0, 6 * 3_600_000 - 1, 6 * 3_600_000]) {
		now += later;
		await push(NUDGE, makeDevice().subscription, 60);
		now -= later;
	}
	const signed = endpoint.received.map(({ headers }) => headers.authorization);
	expect(signed[1]).toBe(signed[0]);
	expect(signed[2]).not.toBe(signed[0]);
});

test.for([200, 201, 202, 204])('an answer of %i is sent', async (status) => {
	expect(await outcomeOf({ status })).toEqual({ did: 'sent' });
});

test.for([404, 410])('an answer of %i says that the device is gone', async (status) => {
	expect(await outcomeOf({ status })).toEqual({ did: 'gone', why: `http_${status}` });
});

test.for([300, 301, 302, 304, 307, 400, 401, 403, 405, 413, 422])(
	'an answer of %i is kept with its reason, and goes nowhere else',
	async (status) => {
		const { push, log, endpoint } = await scene(() => ({
			status,
			headers: { location: 'https://169.254.169.254/latest/meta-data/' }
		}));
		const outcome = await push(NUDGE, makeDevice().subscription, 60);
		expect(outcome).toEqual({ did: 'kept', why: `http_${status}` });
		expect(endpoint.received).toHaveLength(1);
		expect(log).toEqual(['resolve fcm.googleapis.com', 'connect 142.250.74.10:443 as fcm.googleapis.com']);
	}
);

test.for<[status: number, told: string | undefined, seconds: number]>([
	[429, '120', 120],
	[429, 'Mon, 30 Nov 2026 12:30:00 GMT', 1800],
	[429, 'Monday, 30-Nov-26 12:30:00 GMT', 1800],
	[429, '0', 1],
	[429, 'Mon, 30 Nov 2026 11:00:00 GMT', 1],
	[429, '999999999999999999999999', DAY],
	[429, 'Sat, 30 Nov 2030 12:00:00 GMT', DAY],
	[429, 'soon', 15],
	[429, '-5', 15],
	[429, undefined, 15],
	[500, undefined, 15],
	[502, '7', 7],
	[503, 'Mon, 30 Nov 2026 12:00:10 GMT', 10]
])('%i with Retry-After %s waits %i seconds', async ([status, told, seconds]) => {
	const headers: Record<string, string> = told === undefined ? {} : { 'retry-after': told };
	expect(await outcomeOf({ status, headers }, { now: () => NOON })).toEqual({
		did: 'wait',
		seconds,
		why: `http_${status}`
	});
});

test('where nobody says how long, what can wait waits longer, and chance spreads them', async () => {
	const spread = { random: () => 0.999 };
	expect(await outcomeOf({ status: 503 }, spread)).toMatchObject({ seconds: 19 });
	expect(await outcomeOf({ status: 503 }, {}, { ...NUDGE, kind: 'answer' })).toMatchObject({ seconds: 120 });
	expect(await outcomeOf({ status: 503 }, spread, { ...NUDGE, kind: 'answer' })).toMatchObject({
		seconds: 150
	});
});

test('who never answers, cuts off, or is not there is tried again', async () => {
	expect(await outcomeOf('hang', { within: 100 })).toMatchObject({ did: 'wait', why: 'timeout' });
	expect(await outcomeOf('cut')).toMatchObject({ did: 'wait', why: 'network' });
	const { endpoint, push } = await scene();
	await endpoint.close();
	expect(await push(NUDGE, makeDevice().subscription, 60)).toMatchObject({ did: 'wait', why: 'network' });
});

test('a certificate for another name is nobody to push to', async () => {
	const { push, endpoint } = await scene();
	const stranger = makeDevice('other.push.apple.com', '/x');
	expect(await push(NUDGE, stranger.subscription, 60)).toMatchObject({ did: 'wait', why: 'network' });
	expect(endpoint.received).toEqual([]);
});

test('an answer without an end counts, and is not listened to', async () => {
	const { push } = await scene((path) => ({ status: path === '/x' ? 429 : 201, body: 'endless' }));
	expect(await push(NUDGE, makeDevice().subscription, 60)).toEqual({ did: 'sent' });
	expect(await push(NUDGE, makeDevice(SERVICES.google, '/x').subscription, 60)).toMatchObject({
		why: 'http_429'
	});
});

test('one connection carries many, and one that is closed when it is used again costs nothing', async () => {
	const answers: Answer[] = [{ status: 201 }, { status: 201 }, 'cut', { status: 201 }];
	const { endpoint, push } = await scene(() => answers.shift() ?? 'cut');
	for (let times = 0; times < 3; times++) {
		expect(await push(NUDGE, makeDevice().subscription, 60)).toEqual({ did: 'sent' });
	}
	expect([endpoint.connections(), endpoint.received.length]).toEqual([2, 4]);
	// Cut off on a new connection too: that is the other side, and another time.
	expect(await push(NUDGE, makeDevice().subscription, 60)).toMatchObject({ did: 'wait', why: 'network' });
	expect([endpoint.connections(), endpoint.received.length]).toEqual([3, 6]);
});

test.for<[what: string, change: Partial<Device['subscription']>]>([
	['no point of the curve', { p256dh: 'A'.repeat(87) }],
	['too short', { p256dh: 'BA' }],
	['no secret', { auth: '' }]
])('keys that are none are kept as that: %s', async ([, change]) => {
	const { push, log } = await scene();
	const outcome = await push(NUDGE, { ...makeDevice().subscription, ...change }, 60);
	expect(outcome).toEqual({ did: 'kept', why: 'keys' });
	expect(log).toEqual([]);
});
