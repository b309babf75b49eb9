/** What the script tests stand on: temp folders, free ports, and Heed's own scripts run as an operator runs them. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import { findPocketBase } from '../../scripts/pocketbase.mjs';
import { ROOT } from '../../scripts/root.mjs';
import { supervise } from '../../scripts/supervisor.mjs';

export function tempFolder(): string {
	const folder = mkdtempSync(join(tmpdir(), 'heed-'));
	onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
	return folder;
}

/** Holds a port of 127.0.0.1 until the test ends, or lets go of it at once. */
export async function port(how: 'taken' | 'free'): Promise<number> {
	const server = createServer((visitor) => void visitor.destroy());
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as { port: number };
	const close = () => new Promise<void>((resolve) => server.close(() => resolve()));
	if (how === 'free') await close();
	else onTestFinished(close);
	return port;
}

export function isRunning(pid: number): boolean {
	try {
		process.kill(pid, 0);
	} catch {
		return false;
	}
	// A container without an init keeps what nobody waited for.
	return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
}

export async function until(what: string, met: () => boolean, withinMs = 20_000): Promise<void> {
	const deadline = Date.now() + withinMs;
	while (!met()) {
		if (Date.now() > deadline) throw new Error(`It never came to this: ${what}`);
		await sleep(25);
	}
}

export type Run = {
	pid: number;
	output: () => string;
	hasEnded: () => boolean;
	signal: (name: NodeJS.Signals) => void;
	exitCode: Promise<number | null>;
};

/** Runs one of the entry scripts with an environment of its own. */
export function runScript(name: string, env: NodeJS.ProcessEnv = {}, nodeArguments: string[] = []): Run {
	const child = spawn(process.execPath, [...nodeArguments, join(ROOT, 'scripts', name)], {
		env: { ...process.env, NODE_ENV: undefined, NODE_OPTIONS: undefined, ...env },
		stdio: ['ignore', 'pipe', 'pipe']
	});
	let output = '';
	for (const stream of [child.stdout, child.stderr]) {
		stream.setEncoding('utf8').on('data', (text: string) => (output += text));
	}
	const exitCode = new Promise<number | null>((resolve) => child.once('close', resolve));
	onTestFinished(async () => {
		child.kill('SIGTERM');
		await exitCode;
	});
	return {
		pid: child.pid ?? 0,
		output: () => output,
		hasEnded: () => child.exitCode !== null || child.signalCode !== null,
		signal: (name) => void child.kill(name),
		exitCode
	};
}

/** The real PocketBase under the real supervisor, with a courier that only waits. Stopped when the test ends. */
export async function superviseHere(change: Partial<Parameters<typeof supervise>[0]> = {}) {
	const folder = tempFolder();
	const courier = join(folder, 'courier.mjs');
	writeFileSync(courier, `console.log('courier ' + process.pid); setInterval(() => {}, 1000);`);
	const said: string[] = [];
	const serverPids: number[] = [];
	const options = {
		binary: await findPocketBase({
			root: ROOT,
			named: process.env.POCKETBASE_BIN ?? '',
			say: () => undefined
		}),
		port: await port('free'),
		version: '0.0.0-test',
		data: join(folder, 'data'),
		hooks: join(ROOT, 'pb_hooks'),
		migrations: join(ROOT, 'pb_migrations'),
		pages: folder,
		courier,
		vapid: { publicKey: 'P'.repeat(87), privateKey: 'p'.repeat(43), subject: 'https://example.org' },
		env: process.env,
		say: (line: string) => void said.push(line),
		serverStarted: (pid: number) => void serverPids.push(pid),
		askForCode: () => Promise.resolve(''),
		...change
	};
	const heed = await supervise(options);
	onTestFinished(() => heed.stop());
	return { ...heed, said, serverPids };
}
