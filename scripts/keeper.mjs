// @ts-check
/** Keeps one program running: starts it, starts it again with growing pauses when it ends, and ends it when asked. */
import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

const KEPT_LINES = 40;
/** Should the supervisor break, its programs must not outlive it. @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();
process.on('exit', () => running.forEach((child) => child.kill('SIGTERM')));
/** A program that ran this long was well; its next end counts as a first one. */
const WELL_AFTER_MS = 60_000;

/**
 * @typedef {object} Program
 * @property {string} name how lines for the operator call it
 * @property {string} file
 * @property {string[]} args
 * @property {NodeJS.ProcessEnv} env all of its environment
 * @property {boolean} node whether it is a Node program, which learns by its channel when the supervisor is gone
 * @property {boolean} speaks whether its stdout is for the operator; its stderr always is
 * @property {(gone: AbortSignal) => Promise<void>} ready resolves when it answers; `gone` says it has ended
 * @property {(ending: Ending) => Error} failed what it means that a first start ended before it was ready
 * @property {(pid: number) => void} started
 */
/** @typedef {{ how: string, lines: readonly string[] }} Ending `how` is 'exit code 2' or 'SIGKILL' */
/** @typedef {{ child: import('node:child_process').ChildProcess, ended: Promise<Ending>, unhold: () => void }} Running */

/**
 * Before the nth start in a row that did not last: 1, 2, 4 ... at most 30 seconds.
 * @param {number} failures from 1
 */
export const pauseBefore = (failures) => Math.min(1000 * 2 ** (failures - 1), 30_000);

/**
 * Resolves when the program is ready for the first time; rejects with `failed` when it ended before that.
 * @param {Program} program
 * @param {{ say: (line: string) => void, graceMs: number }} how `graceMs` is the time from SIGTERM to SIGKILL
 */
export async function keep(program, { say, graceMs }) {
	const stopping = new AbortController();
	let current = start(program, say);
	try {
		await ready(program, current);
	} catch (error) {
		await end(current, graceMs);
		throw error;
	}
	current.unhold();
	const watching = watch();

	return {
		async stop() {
			stopping.abort();
			await end(current, graceMs);
			await watching;
		}
	};

	async function watch() {
		for (let failures = 0; ;) {
			const since = Date.now();
			const { how } = await current.ended;
			if (stopping.signal.aborted) return;

			failures = Date.now() - since > WELL_AFTER_MS ? 1 : failures + 1;
			const pause = pauseBefore(failures);
			say(`${program.name} ended (${how}); it starts again in ${pause / 1000} s.`);
			await sleep(pause, undefined, { signal: stopping.signal }).catch(() => {});
			if (stopping.signal.aborted) return;

			current = start(program, say);
			current.unhold();
			await ready(program, current).then(
				() => say(`${program.name} runs again.`),
				() => end(current, graceMs)
			);
		}
	}
}

/** @param {Program} program @param {(line: string) => void} say @returns {Running} */
function start(program, say) {
	// A group of its own: Ctrl-C reaches the supervisor alone, which ends its programs in order.
	const child = spawn(program.file, program.args, {
		env: program.env,
		detached: true,
		stdio: ['ignore', 'pipe', 'pipe', ...(program.node ? [/** @type {const} */ ('ipc')] : [])]
	});
	running.add(child);
	if (child.pid) program.started(child.pid);

	/** @type {string[]} */
	const lines = [];
	/** What a first start says is held back: should it fail, `failed` says it once and better. @type {string[] | null} */
	let held = [];
	const hear = (/** @type {boolean} */ loud) => (/** @type {string} */ line) => {
		if (lines.push(line) > KEPT_LINES) lines.shift();
		if (!loud || !line.trim()) return;
		if (held) held.push(line);
		else say(`${program.name}: ${line}`);
	};
	eachLine(/** @type {import('node:stream').Readable} */ (child.stdout), hear(program.speaks));
	eachLine(/** @type {import('node:stream').Readable} */ (child.stderr), hear(true));

	/** @type {Promise<Ending>} */
	const ended = new Promise((resolve) => {
		child.once('error', (error) => resolve({ how: error.message, lines }));
		child.once('close', (code, signal) => resolve({ how: signal ?? `exit code ${code}`, lines }));
		child.once('close', () => running.delete(child));
	});
	const unhold = () => {
		held?.forEach((line) => say(`${program.name}: ${line}`));
		held = null;
	};
	return { child, ended, unhold };
}

/** @param {Program} program @param {Running} running */
async function ready(program, { ended }) {
	const gone = new AbortController();
	const early = ended.then((ending) => {
		gone.abort();
		throw program.failed(ending);
	});
	await Promise.race([program.ready(gone.signal), early]);
	early.catch(() => {});
}

/** @param {Running} running @param {number} graceMs */
async function end({ child, ended }, graceMs) {
	child.kill('SIGTERM');
	const late = setTimeout(() => child.kill('SIGKILL'), graceMs);
	await ended;
	clearTimeout(late);
}

/** @param {import('node:stream').Readable} stream @param {(line: string) => void} each */
function eachLine(stream, each) {
	let rest = '';
	stream.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
		const lines = (rest + text).split('\n');
		rest = lines.pop() ?? '';
		lines.forEach(each);
	});
	stream.on('end', () => rest && each(rest));
}
