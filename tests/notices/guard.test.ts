/**
 * Endpoints that somebody could register to make the courier knock elsewhere. Resolver and connector only write down what
 * they are asked, and the connector opens nothing: should the guard break, nothing leaves this process.
 */
import { expect, test } from 'vitest';
import { type Connect, guardedAgent, isPublic, KNOWN_SERVICES, type Resolve } from '../../src/courier/guard';
import { pusher } from '../../src/courier/push';
import { Settings } from '../../src/courier/settings';
import type { Nudge } from '../../src/lib/domain/notice';
import { makeDevice, makeVapid } from './endpoint';

const PUBLIC = '142.250.74.10';
const NUDGE: Nudge = {
	v: 1,
	id: 'notice000000001',
	kind: 'urgent',
	tag: 'tag',
	token: 'a'.repeat(32),
	case: '',
	person: 'dorin0000000001'
};

/** Pushes to an endpoint in a world where names lead to these addresses, one answer after the other. */
async function pushTo(
	endpoint: string,
	answers: readonly (readonly string[])[],
	services: readonly string[] = KNOWN_SERVICES
) {
	const resolved: string[] = [];
	const connected: string[] = [];
	const resolve: Resolve = (name) => {
		resolved.push(name);
		return Promise.resolve(answers[Math.min(resolved.length, answers.length) - 1] ?? []);
	};
	const connect: Connect = ({ host, port, servername }) => {
		connected.push(`${host} ${port} ${servername}`);
		return Promise.reject(new Error('nothing is opened here'));
	};
	const agent = guardedAgent({ resolve, connect });
	const push = pusher({ vapid: makeVapid(), services, agent, now: Date.now, random: () => 0 });
	const { subscription } = makeDevice();
	const to = { ...subscription, endpoint };
	const outcome = await push(NUDGE, to, 60);
	return { outcome, resolved, connected, again: () => push(NUDGE, to, 60) };
}

const GOOGLE = 'https://fcm.googleapis.com/fcm/send/abc';

test('a known service at a public address is connected to once, at just the address that was looked at', async () => {
	const { resolved, connected, outcome } = await pushTo(GOOGLE, [[PUBLIC]]);
	expect(resolved).toEqual(['fcm.googleapis.com']);
	expect(connected).toEqual([`${PUBLIC} 443 fcm.googleapis.com`]);
	expect(outcome).toMatchObject({ did: 'wait', why: 'network' });
});

test.for([
	'https://fcm.googleapis.com/fcm/send/dX:APA91b-_z',
	'https://updates.push.services.mozilla.com/wpush/v2/gAAAA',
	'https://web.push.apple.com/QGuQ',
	'https://api.push.apple.com/x',
	'https://wns2-by3p.notify.windows.com/w/?token=BQYAAA%3d%3d'
])('as browsers write it, it goes: %s', async (endpoint) => {
	expect((await pushTo(endpoint, [['2a00:1450:4001:80b::200a']])).connected).toHaveLength(1);
});

const HOSTILE_SHAPES = [
	'',
	'fcm.googleapis.com/x',
	'//fcm.googleapis.com/x',
	'http://fcm.googleapis.com/x',
	'HTTPS://fcm.googleapis.com/x',
	'ws://fcm.googleapis.com/x',
	'ftp://fcm.googleapis.com/x',
	'file:///etc/passwd',
	'javascript:alert(1)',
	'data:text/plain,x',
	'https:/fcm.googleapis.com/x',
	'https:fcm.googleapis.com/x',
	'https:\\\\fcm.googleapis.com\\x',
	'https://fcm.googleapis.com',
	' https://fcm.googleapis.com/x',
	'https://fcm.googleapis.com/x ',
	'https://fcm.googleapis.com/x\r\nHost: evil.example',
	'https://fcm.googleapis.com/ü',
	'https://fcm.googleapis.com/a/../../b',
	'https://fcm.goo\tgleapis.com/x',
	'https://fcm.googleapis.com:444/x',
	'https://fcm.googleapis.com:80/x',
	'https://fcm.googleapis.com:22/x',
	'https://fcm.googleapis.com:443/x',
	'https://fcm.googleapis.com:/x',
	'https://user@fcm.googleapis.com/x',
	'https://user:word@fcm.googleapis.com/x',
	'https://fcm.googleapis.com@evil.example/x',
	'https://fcm.googleapis.com:443@evil.example/x',
	'https://fcm.googleapis.com%40evil.example/x',
	'https://fcm.googleapis.com#@evil.example/x',
	'https://fcm.googleapis.com?@evil.example/x',
	'https://fcm.googleapis.com\\@evil.example/x',
	'https://evil.example/https://fcm.googleapis.com/x',
	'https://evil.example#fcm.googleapis.com/x',
	'https://fcm.googleapis.com./x',
	'https://FCM.googleapis.com/x',
	'https://fcm%2egoogleapis.com/x',
	'https://fcm。googleapis.com/x',
	'https://fcm.googleapis.com.evil.example/x',
	'https://evilfcm.googleapis.com/x',
	'https://evil.fcm.googleapis.com/x',
	'https://fcm-googleapis.com/x',
	'https://googleapis.com/x',
	'https://storage.googleapis.com/x',
	'https://push.apple.com/x',
	'https://evilpush.apple.com/x',
	'https://.push.apple.com/x',
	'https://-.push.apple.com/x',
	'https://a..push.apple.com/x',
	'https://web.push.apple.com.evil.example/x',
	'https://notify.windows.com/x',
	'https://xnotify.windows.com/x',
	'https://push.services.mozilla.com/x',
	'https://ｆcm.googleapis.com/x',
	'https://fсm.googleapis.com/x',
	'https://xn--fm-emc.googleapis.com/x',
	'https://xn--80ak6aa92e.push.apple.com/x',
	'https://аpple.push.apple.com/x',
	'https://fcm.google\u00ADapis.com/x',
	'https://localhost/x',
	'https://localhost.localdomain/x',
	'https://metadata.google.internal/computeMetadata/v1/',
	'https://127.0.0.1/x',
	'https://127.1/x',
	'https://0/x',
	'https://0.0.0.0/x',
	'https://2130706433/x',
	'https://0x7f000001/x',
	'https://0x7f.1/x',
	'https://0177.0.0.1/x',
	'https://017700000001/x',
	'https://127.0.0.1.:443/x',
	'https://①②⑦.0.0.1/x',
	'https://169.254.169.254/latest/meta-data/',
	'https://10.0.0.1/x',
	'https://192.168.1.1/x',
	`https://${PUBLIC}/x`,
	'https://[::1]/x',
	'https://[::]/x',
	'https://[::ffff:127.0.0.1]/x',
	'https://[::ffff:7f00:1]/x',
	'https://[fd00:ec2::254]/x',
	'https://[fe80::1%25eth0]/x',
	'https://[2a00:1450:4001:80b::200a]/x',
	'https://[64:ff9b::7f00:1]/x',
	'https://127.0.0.1.nip.io/x',
	'https://fcm.googleapis.com.127.0.0.1.nip.io/x'
];

test.for(HOSTILE_SHAPES)('is not even looked up: %j', async (endpoint) => {
	const { outcome, resolved, connected } = await pushTo(endpoint, [[PUBLIC]]);
	expect(outcome).toEqual({ did: 'kept', why: 'endpoint' });
	expect(resolved).toEqual([]);
	expect(connected).toEqual([]);
});

const NOT_PUBLIC = [
	'0.0.0.0',
	'0.1.2.3',
	'10.0.0.1',
	'100.64.0.1',
	'100.127.255.254',
	'127.0.0.1',
	'127.255.255.255',
	'169.254.169.254',
	'172.16.0.1',
	'172.31.255.255',
	'192.0.0.170',
	'192.0.2.1',
	'192.88.99.1',
	'192.168.0.1',
	'198.18.0.1',
	'198.51.100.1',
	'203.0.113.1',
	'224.0.0.1',
	'240.0.0.1',
	'255.255.255.255',
	'::',
	'::1',
	'::127.0.0.1',
	'::ffff:127.0.0.1',
	'::ffff:142.250.74.10',
	'::ffff:0:10.0.0.1',
	'64:ff9b::7f00:1',
	'64:ff9b::8efa:4a0a',
	'64:ff9b:1::1',
	'100::1',
	'2001::1',
	'2001:0:7f00:1::',
	'2001:2::1',
	'2001:10::1',
	'2001:20::1',
	'2001:db8::1',
	'2002:7f00:1::',
	'2002:8efa:4a0a::1',
	'3fff::1',
	'4000::1',
	'5f00::1',
	'fc00::1',
	'fd00:ec2::254',
	'fe80::1',
	'fe80::1%eth0',
	'2a00:1450:4001:80b::200a%1',
	'fec0::1',
	'ff02::1',
	'127.1',
	'2130706433',
	'0x8.8.8.8',
	'010.8.8.8',
	'localhost',
	''
];

test.for(NOT_PUBLIC)('a known name that leads to %s is not connected to', async (address) => {
	expect(isPublic(address)).toBe(false);
	for (const addresses of [[address], [PUBLIC, address], [address, PUBLIC]]) {
		const { outcome, connected } = await pushTo(GOOGLE, [addresses]);
		expect(outcome).toEqual({ did: 'kept', why: 'address' });
		expect(connected).toEqual([]);
	}
});

test('there are as many of them as promised', () => {
	expect(new Set([...HOSTILE_SHAPES, ...NOT_PUBLIC]).size).toBeGreaterThan(120);
});

test.for(['8.8.8.8', '1.1.1.1', PUBLIC, '2606:4700::1111', '2a00:1450:4001:80b::200a'])(
	'%s is public',
	(address) => {
		expect(isPublic(address)).toBe(true);
	}
);

test('a name without addresses is nobody', async () => {
	const { outcome, connected } = await pushTo(GOOGLE, [[]]);
	expect(outcome).toEqual({ did: 'kept', why: 'address' });
	expect(connected).toEqual([]);
});

test('a name that leads elsewhere the second time it is asked is asked once, and refused the next time', async () => {
	const { resolved, connected, again } = await pushTo(GOOGLE, [[PUBLIC], ['127.0.0.1']]);
	expect(resolved).toHaveLength(1);
	expect(connected).toEqual([`${PUBLIC} 443 fcm.googleapis.com`]);
	expect(await again()).toEqual({ did: 'kept', why: 'address' });
	expect([resolved.length, connected.length]).toEqual([2, 1]);
});

test('of several addresses the next is tried when one does not answer', async () => {
	const { connected } = await pushTo(GOOGLE, [[PUBLIC, '2a00:1450:4001:80b::200a']]);
	expect(connected.map((one) => one.split(' ')[0])).toEqual([PUBLIC, '2a00:1450:4001:80b::200a']);
});

test('a name that cannot be looked up just now is tried again', async () => {
	const agent = guardedAgent({
		resolve: () => Promise.reject(new Error('EAI_AGAIN')),
		connect: () => Promise.reject(new Error('nothing is opened here'))
	});
	const push = pusher({
		vapid: makeVapid(),
		services: KNOWN_SERVICES,
		agent,
		now: Date.now,
		random: () => 0
	});
	expect(await push(NUDGE, makeDevice().subscription, 60)).toMatchObject({ did: 'wait', why: 'network' });
});

const vapid = makeVapid();
const settings = (services?: string) =>
	Settings.safeParse({
		HEED_URL: 'http://127.0.0.1:8090',
		HEED_COURIER_SECRET: 's'.repeat(32),
		HEED_VAPID_PUBLIC: vapid.publicKey,
		HEED_VAPID_PRIVATE: vapid.privateKey,
		HEED_VAPID_SUBJECT: vapid.subject,
		...(services === undefined ? {} : { HEED_PUSH_SERVICES: services })
	});

test('an operator may name other services, and they are looked at like the others', async () => {
	const named = settings('push.example.org, *.push.example.net').data?.HEED_PUSH_SERVICES ?? [];
	expect(named).toEqual(['push.example.org', '*.push.example.net']);
	const at = async (endpoint: string, address: string) =>
		(await pushTo(endpoint, [[address]], named)).connected.length;
	expect(await at('https://push.example.org/x', PUBLIC)).toBe(1);
	expect(await at('https://a.push.example.net/x', PUBLIC)).toBe(1);
	expect(await at('https://push.example.org/x', '10.0.0.1')).toBe(0);
	expect(await at('https://push.example.net/x', PUBLIC)).toBe(0);
	expect(settings().data?.HEED_PUSH_SERVICES).toEqual([]);
});

test.for(['*', '*.', '*.com', '127.0.0.1', '[::1]', 'localhost', 'a.b:444', 'https://a.b', 'a.*.b'])(
	'nobody can name %s as a push service',
	(service) => {
		expect(settings(service).success).toBe(false);
	}
);
