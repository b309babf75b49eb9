import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { needsInstall } from '../../scripts/install.mjs';
import { pauseBefore } from '../../scripts/keeper.mjs';
import { ROOT } from '../../scripts/root.mjs';
import { isRunning, port, runScript, superviseHere, tempFolder, until } from './bench';

beforeAll(() => {
	const lock = readFileSync(join(ROOT, 'package-lock.json'));
	const stamp = readFileSync(join(ROOT, 'node_modules/.heed-lock'), 'utf8');
	// A start from inside a test must never replace the node_modules that the test runs on.
	if (needsInstall({ lock, stamp }))
		throw new Error('Run npm test: node_modules is older than package-lock.json.');
});

const BUILD_MS = 180_000;

async function startHeed(script: string, data = tempFolder()) {
	const HEED_PORT = String(await port('free'));
	const run = runScript(script, { HEED_PORT, HEED_DATA: data });
	const isUp = () => /Ctrl-C stops it[^]*Courier: connected/.test(run.output());
	await until('Heed is up, or gives up', () => isUp() || run.hasEnded(), BUILD_MS);
	if (!isUp()) throw new Error(run.output());
	return { ...run, data, address: `http://127.0.0.1:${HEED_PORT}` };
}

const pidsOf = (data: string) =>
	[...readFileSync(join(data, 'heed.lock'), 'utf8').matchAll(/^\S+ (\d+)/gm)].map(([, pid]) => Number(pid));

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
	'%s stops everything within five seconds with exit code 0, even while a phone listens',
	async (signal) => {
		const heed = await startHeed('start.mjs');
		const pids = pidsOf(heed.data);
		const phone = fetch(`${heed.address}/api/realtime`).then((answer) => answer.text());
		phone.catch(() => undefined);
		expect(pids).toHaveLength(2);

		const since = Date.now();
		heed.signal(signal);
		heed.signal(signal);
		expect(await heed.exitCode).toBe(0);
		expect(Date.now() - since).toBeLessThan(5000);
		expect(pids.filter(isRunning)).toEqual([]);
	},
	BUILD_MS
);

test('the first start prints a one-time code in plain text, and the server takes no other', async () => {
	const heed = await startHeed('start.mjs');
	const code = /^ {4}(\w{4}(?:-\w{4}){3})$/m.exec(heed.output())?.[1] ?? '';
	expect(code).toMatch(/^[A-Z0-9-]{19}$/);
	expect(heed.output()).toContain(`open ${heed.address}/found`);
	expect(heed.output()).not.toContain('\u001b[');

	const found = (code: string) =>
		fetch(`${heed.address}/api/heed/found`, {
			method: 'POST',
			headers: { 'Content-Type': 'application/json' },
			body: JSON.stringify({ code })
		});
	expect((await found('ACDE-FGHJ-KMNP-QRTV')).status).toBe(403);
	expect((await found(code)).status).toBe(400);
}, 30_000);

test('after the supervisor was killed the courier goes too, and a left-over server is named', async () => {
	const heed = await startHeed('start.mjs');
	const [, server = 0] = pidsOf(heed.data);
	heed.signal('SIGKILL');
	await heed.exitCode;
	expect(isRunning(server)).toBe(true);

	const again = runScript('start.mjs', { HEED_DATA: heed.data, HEED_PORT: String(await port('free')) });
	expect(await again.exitCode).toBe(1);
	expect(again.output()).toMatch(new RegExp(`PocketBase of an earlier start .* 'kill ${server}'`));

	process.kill(server, 'SIGTERM');
	await until('the server is gone', () => !isRunning(server));
	const third = await startHeed('start.mjs', heed.data);
	third.signal('SIGTERM');
	expect(await third.exitCode).toBe(0);
}, 60_000);

test('a server that dies is started again and said to be', async () => {
	const heed = await superviseHere();
	process.kill(heed.serverPids[0] ?? 0, 'SIGKILL');
	await until('it runs again', () => heed.said.includes('PocketBase runs again.'));
	expect(heed.said).toContain('PocketBase ended (SIGKILL); it starts again in 1 s.');
	expect((await fetch(`${heed.address}/api/health`)).status).toBe(200);
});

test('a courier that dies is started again, and the server does not notice', async () => {
	const heed = await superviseHere();
	const pids = () => heed.said.flatMap((line) => /^Courier: courier (\d+)/.exec(line)?.[1] ?? []).map(Number);
	await until('it speaks', () => pids().length === 1);
	process.kill(pids()[0] ?? 0, 'SIGKILL');
	await until('it speaks again', () => pids().length === 2);
	expect(heed.serverPids).toHaveLength(1);
});

test('stopping while a program waits for its next start leaves nothing behind', async () => {
	const heed = await superviseHere();
	process.kill(heed.serverPids[0] ?? 0, 'SIGKILL');
	await until('it was noticed', () => heed.said.some((line) => line.includes('starts again')));
	await heed.stop();
	expect(heed.serverPids.filter(isRunning)).toEqual([]);
	expect(heed.serverPids).toHaveLength(1);
});

test('the code is known only to a server that asked for it', async () => {
	const asked: string[] = [];
	const heed = await superviseHere({
		askForCode: (address) => {
			asked.push(address);
			return Promise.resolve('CODE');
		}
	});
	const environment = (pid: number) => readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
	expect(heed.code).toBe('CODE');
	expect(heed.serverPids).toHaveLength(2);
	expect(environment(heed.serverPids[1] ?? 0)).toContain('HEED_FOUNDING_CODE=CODE');

	const founded = await superviseHere({ env: { ...process.env, HEED_FOUNDING_CODE: 'LEFT-OVER' } });
	expect(environment(founded.serverPids[0] ?? 0).join()).not.toContain('HEED_FOUNDING_CODE');
});

test('the password of the mail server is known only to the courier', async () => {
	const mail = {
		HEED_SMTP: 'smtps://heed:geheim@mail.example.org',
		HEED_MAIL_FROM: 'heed@example.org',
		HEED_ADDRESS: 'https://heed.example.org'
	};
	const heed = await superviseHere({ env: { ...process.env, ...mail } });
	const environment = (pid: number) => readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
	const courier = () => /^Courier: courier (\d+)/m.exec(heed.said.join('\n'))?.[1];
	await until('the courier speaks', () => courier() !== undefined);
	for (const [name, value] of Object.entries(mail)) {
		expect(environment(Number(courier()))).toContain(`${name}=${value}`);
		expect(environment(heed.serverPids[0] ?? 0).join()).not.toContain(name);
	}
	expect(heed.said.join()).not.toContain('geheim');
});

test('PocketBase offers nobody its own first account, and cannot open a browser', async () => {
	const heed = await superviseHere();
	expect(heed.said.join()).not.toContain('pbinstall');
	expect(readFileSync(`/proc/${heed.serverPids[0] ?? 0}/environ`, 'utf8').split('\0')).toContain('PATH=');
});

test('pauses grow from one second to half a minute', () => {
	expect([1, 2, 3, 4, 5, 6, 7, 99].map(pauseBefore)).toEqual([
		1000, 2000, 4000, 8000, 16000, 30000, 30000, 30000
	]);
});
