// @ts-check
import { spawn } from 'node:child_process';
import { Fault } from './fault.mjs';

/**
 * Runs a command to its end, its output on this terminal; never through a shell. With `holding`, the output goes there
 * instead, in one piece once it has ended.
 * @param {string} file @param {string[]} args
 * @param {{ cwd: string, env?: NodeJS.ProcessEnv, signal?: AbortSignal | undefined, holding?: (lines: string) => void }} options
 * @returns {Promise<number>} the exit code; 128 when a signal ended it
 */
export function runCommand(file, args, { cwd, env, signal, holding }) {
	return new Promise((resolve, reject) => {
		const child = spawn(file, args, {
			cwd,
			env: { ...process.env, ...env },
			signal,
			stdio: holding ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit']
		});
		let lines = '';
		for (const stream of [child.stdout, child.stderr]) {
			stream?.setEncoding('utf8').on('data', (/** @type {string} */ text) => (lines += text));
		}
		child.once('error', (error) => {
			if (error.name !== 'AbortError') reject(new Fault(`${file} could not be run (${error.message}).`));
		});
		child.once('close', (code) => {
			holding?.(lines.trimEnd());
			resolve(code ?? 128);
		});
	});
}

/**
 * A command that must succeed.
 * @param {string} what how the sentence names it
 * @param {string} file @param {string[]} args
 * @param {{ cwd: string, env?: NodeJS.ProcessEnv, signal?: AbortSignal | undefined }} options
 */
export async function requireCommand(what, file, args, options) {
	const code = await runCommand(file, args, options);
	options.signal?.throwIfAborted();
	if (code !== 0) throw new Fault(`${what} failed (exit code ${code}); the lines above say why.`);
}
