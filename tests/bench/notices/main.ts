/**
 * `npm run bench:notices [-- --json]`: what a push costs the courier, as it is, against a bare loop of web-push; how soon
 * something pressing leaves while 10,000 others wait; and whether memory stays. Exit code 1 where a limit is missed.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { payloadOf, topicOf } from '../../../src/courier/push';
import type { Leased } from '../../../src/lib/domain/notice';
import { makeCertificate } from '../../notices/certificate';
import { makeDevice, makeVapid, SERVICES } from '../../notices/endpoint';
import { openOutbox, pushFor, SECRET } from '../../notices/outbox';
import { bundle, bundleCourier, startCourier } from '../../notices/process';
import type { Work } from './work';

const MANY = 10_000;
const AT_ONCE = 64;
/** Slices of the work, by loop and by courier in turn: what else the machine does falls on both. */
const PAIRS = 8;
const SLICE = 1250;
const LIMITS = { ratio: 1.2, pressing: 1000, memory: 1.25 };

const median = (some: readonly number[]): number =>
	[...some].sort((a, b) => a - b)[some.length >> 1] ?? Infinity;

/** The next message that a process sends. */
const heard = <T>(child: ChildProcess): Promise<T> =>
	new Promise((resolve, reject) => {
		child.once('message', (message) => resolve(message as T));
		child.once('close', () => reject(new Error('A process of the benchmark has ended.')));
	});

const folder = mkdtempSync(join(tmpdir(), 'heed-bench-'));
const children: ChildProcess[] = [];
const startHere = (file: string, argument: string): ChildProcess => {
	const child = spawn(process.execPath, [file, argument], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
	children.push(child);
	return child;
};
const write = (name: string, content: object): string => {
	writeFileSync(join(folder, name), JSON.stringify(content));
	return join(folder, name);
};

const certificate = makeCertificate(Object.values(SERVICES));
const services = startHere(
	await bundle(folder, 'services', 'tests/bench/notices/services.ts'),
	write('certificate.json', certificate)
);
const { ports } = await heard<{ ports: number[] }>(services);
const hosts = Object.values(SERVICES).slice(0, ports.length);
const vapid = makeVapid();

const devices = Array.from({ length: MANY }, (_, at) => makeDevice(hosts[at % hosts.length]));
/** A round has notices of its own, for the same devices. */
const roundOf = (round: number): Leased[] => devices.map((device, at) => pushFor(device, round * MANY + at));
const work: Work = {
	pushes: roundOf(0).map(({ nudge }, at) => {
		const to = (devices[at] as (typeof devices)[number]).subscription;
		return { to, payload: payloadOf(nudge), topic: topicOf(to.endpoint, nudge.tag) };
	}),
	hosts,
	ports,
	atOnce: AT_ONCE,
	vapid,
	cert: certificate.cert
};
const bare = startHere(await bundle(folder, 'bare', 'tests/bench/notices/bare.ts'), write('work.json', work));
await heard(bare);

const outbox = await openOutbox();
const courier = startCourier({
	file: await bundleCourier(folder),
	folder,
	url: outbox.url,
	secret: SECRET,
	vapid,
	endpoint: { port: ports, certificate }
});
children.push(courier);

/** ms in which the courier sends these, from the moment it is handed the first. */
async function byCourier(some: readonly Leased[], meanwhile: () => void = () => undefined): Promise<number> {
	const before = outbox.finished();
	const leases = outbox.leases.length;
	outbox.put(...some);
	await until(() => outbox.leases.slice(leases).some(({ urgent }) => !urgent));
	const since = performance.now();
	await until(() => outbox.finished() - before > some.length / 10);
	meanwhile();
	await until(() => outbox.finished() - before >= some.length);
	const ms = performance.now() - since;
	outbox.forget();
	return ms;
}

async function byLoop(from: number): Promise<number> {
	const done = heard<{ ms: number }>(bare);
	bare.send({ from, to: from + SLICE });
	return (await done).ms;
}

async function until(met: () => boolean): Promise<void> {
	while (!met()) await sleep(5);
}

/** ms that a process has kept a core busy; the kernel counts hundredths of a second. */
function busy({ pid = 0 }: ChildProcess): number {
	const [, user, system] = /\) (?:\S+ ){11}(\d+) (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
	return (Number(user) + Number(system)) * 10;
}

/** MB that the courier holds in memory. */
const memory = (): number =>
	Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${courier.pid ?? 0}/status`, 'utf8'))?.[1]) / 1024;

try {
	// Both come to their speed first, the courier with all ten thousand.
	await byLoop(0);
	const arrival = heard<{ pressing: number }>(services);
	let put = 0;
	await byCourier(roundOf(0), () => {
		put = Date.now();
		outbox.put(pushFor(makeDevice(hosts[0], '/pressing'), MANY * MANY, 'danger'));
	});
	const pressing = (await arrival).pressing - put;

	const pairs: { loop: number; courier: number }[] = [];
	const held = [memory()];
	const before = { courier: busy(courier), loop: busy(bare) };
	for (let pair = 0; pair < PAIRS; pair++) {
		const from = (pair * SLICE) % MANY;
		const some = roundOf(pair + 1).slice(from, from + SLICE);
		const first = pair % 2 === 0 ? await byLoop(from) : 0;
		const ms = await byCourier(some);
		held.push(memory());
		pairs.push({ loop: first || (await byLoop(from)), courier: ms });
	}
	const cpu = (busy(courier) - before.courier) / (busy(bare) - before.loop);

	const ratio = median(pairs.map((pair) => pair.courier / pair.loop));
	const growth = Math.max(...held.slice(1)) / (held[0] ?? 0);
	const each = (ms: number): string => `${(ms / SLICE).toFixed(3)} ms`;
	const rows = [
		['a push by the courier', each(median(pairs.map((pair) => pair.courier))), ''],
		['a push by a bare loop of web-push', each(median(pairs.map((pair) => pair.loop))), ''],
		['courier against loop', ratio.toFixed(2), `at most ${LIMITS.ratio}`],
		['– in what it keeps a core busy', cpu.toFixed(2), ''],
		['something pressing leaves within', `${pressing} ms`, `at most ${LIMITS.pressing} ms`],
		['memory after 10,000', `${(held[0] ?? 0).toFixed(0)} MB`, ''],
		['memory after 20,000, against that', growth.toFixed(2), `at most ${LIMITS.memory}`]
	];
	console.log(
		`${MANY} devices at ${ports.length} push services, ${AT_ONCE} at once; load of the machine ${(loadavg()[0] ?? 0).toFixed(1)}`
	);
	for (const [what = '', figure = '', limit = ''] of rows)
		console.log(`${what.padEnd(50)}${figure.padStart(12)}  ${limit}`);
	console.log(`  pairs: ${pairs.map((pair) => (pair.courier / pair.loop).toFixed(2)).join(' ')}`);
	const isMissed = ratio > LIMITS.ratio || pressing > LIMITS.pressing || growth > LIMITS.memory;
	if (isMissed) console.log('MISSED');
	if (process.argv.includes('--json'))
		console.log(JSON.stringify({ ratio: Number(ratio.toFixed(3)), cpu, pressing, memory: growth }));
	process.exitCode = isMissed ? 1 : 0;
} finally {
	for (const child of children) child.kill('SIGKILL');
	await outbox.close();
	rmSync(folder, { recursive: true, force: true });
}
