import { readdir, readFile } from 'node:fs/promises';
import type { Browser } from '../e2e/stage';

/** How to slow down a browser fourfold, and how to end it. */
export const SLOWED = {
	'every process, workers and storage too': ({ profile }: Browser) => slowDown(profile),
	'the screen alone, as developer tools do': slowScreen
} satisfies Record<string, (phone: Browser) => Promise<() => unknown>>;

/** Makes a page's own thread run a quarter of the time, and nothing else: neither workers nor ciphers nor storage. */
export async function slowScreen({
	context,
	page
}: Pick<Browser, 'context' | 'page'>): Promise<() => unknown> {
	const tools = await context.newCDPSession(page);
	await tools.send('Emulation.setCPUThrottlingRate', { rate: 4 });
	return () => tools.send('Emulation.setCPUThrottlingRate', { rate: 1 });
}

/**
 * Makes every process of a browser run a quarter of the time, workers and ciphers too, which the browser's own throttle
 * leaves alone: 5 ms on, 15 ms off. Returns how to end it.
 */
export async function slowDown(profile: string): Promise<() => void> {
	let pids = await family(profile);
	// Whoever was ever stopped is woken with the others: a look at a moment when a parent ends may miss its children, and what
	// stays asleep keeps everything waiting for ever.
	const met = new Set(pids);
	let asleep = false;
	const tell = (signal: 'SIGSTOP' | 'SIGCONT'): void => {
		for (const pid of signal === 'SIGSTOP' ? pids : met) {
			try {
				process.kill(pid, signal);
			} catch {
				// It has ended: the next look finds who is there.
			}
		}
	};
	let tick = 0;
	const timer = setInterval(() => {
		tick = (tick + 1) % 4;
		const rests = tick !== 0;
		if (rests !== asleep) tell(rests ? 'SIGSTOP' : 'SIGCONT');
		asleep = rests;
	}, 5);
	// Workers and renderers come and go.
	const look = setInterval(
		() =>
			void family(profile).then((found) => {
				pids = found;
				for (const pid of found) met.add(pid);
			}),
		200
	);
	return () => {
		clearInterval(timer);
		clearInterval(look);
		tell('SIGCONT');
	};
}

/** The browser's main process and all that came of it. */
async function family(profile: string): Promise<number[]> {
	const parents = new Map<number, number>();
	const found = new Set<number>();
	for (const name of await readdir('/proc')) {
		if (!/^\d+$/.test(name)) continue;
		const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '');
		const command = await readFile(`/proc/${name}/cmdline`, 'utf8').catch(() => '');
		const parent = /^\d+ \(.*\) \S (\d+)/.exec(stat)?.[1];
		if (parent) parents.set(Number(name), Number(parent));
		if (command.includes(profile)) found.add(Number(name));
	}
	for (let grown = true; grown;) {
		const before = found.size;
		for (const [pid, parent] of parents) if (found.has(parent)) found.add(pid);
		grown = found.size > before;
	}
	return [...found];
}
