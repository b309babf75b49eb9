/** The courier as it is built and started: one file, its environment, and the server's two routes. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { ROOT } from '../../scripts/root.mjs';
import { makeDevice, makeVapid } from '../notices/endpoint';
import { openOutbox, pushFor, SECRET } from '../notices/outbox';
import { until } from './bench';

const vapid = makeVapid();

function startCourier(env: Record<string, string>) {
	const child = spawn(process.execPath, [join(ROOT, 'build/courier/main.mjs')], {
		env,
		stdio: ['ignore', 'pipe', 'pipe']
	});
	let output = '';
	for (const stream of [child.stdout, child.stderr])
		stream.on('data', (text: Buffer) => (output += text.toString()));
	const exitCode = new Promise<number | null>((resolve) => child.once('close', resolve));
	onTestFinished(async () => {
		child.kill('SIGKILL');
		await exitCode;
	});
	return { output: () => output, exitCode, end: () => child.kill('SIGTERM') };
}

const given = (url: string) => ({
	HEED_URL: url,
	HEED_COURIER_SECRET: SECRET,
	HEED_VAPID_PUBLIC: vapid.publicKey,
	HEED_VAPID_PRIVATE: vapid.privateKey,
	HEED_VAPID_SUBJECT: vapid.subject
});

test('the built courier leases, seals and signs, connects to nobody on this machine, and settles', async () => {
	const outbox = await openOutbox();
	onTestFinished(outbox.close);
	const unsealable = makeDevice('push.localhost', '/x');
	unsealable.subscription.p256dh = 'A'.repeat(87);
	const devices = [makeDevice('push.localhost', '/x'), makeDevice('elsewhere.localhost', '/x'), unsealable];
	outbox.put(...devices.map((device, at) => pushFor(device, at)));

	const courier = startCourier({ ...given(outbox.url), HEED_PUSH_SERVICES: 'push.localhost' });
	await until('all are settled', () => [...outbox.rows.values()].every(({ settled }) => settled.length > 0));
	const whys = [...outbox.rows.values()].map(({ settled: [one] }) => one && 'why' in one && one.why);
	// Where this machine knows no such name it says so; where it does, that is this machine.
	expect(['address', 'network']).toContain(whys[0]);
	expect(whys.slice(1)).toEqual(['endpoint', 'keys']);
	expect(courier.output()).toBe('connected to the server.\n');
	courier.end();
	expect(await courier.exitCode).toBe(0);
});

test.for(Object.keys(given('http://127.0.0.1:9')))(
	'without %s it says by whom it is started',
	async (name) => {
		const courier = startCourier({ ...given('http://127.0.0.1:9'), [name]: '' });
		expect(await courier.exitCode).toBe(1);
		expect(courier.output()).toContain('started by npm start');
		expect(courier.output()).not.toContain(vapid.privateKey);
	}
);
