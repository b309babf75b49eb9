// @ts-check
import { spawn } from 'node:child_process';
import { Fault } from './fault.mjs';

/**
 * Runs a command to its end, its output on this terminal; never through a shell.
 * @param {string} file @param {string[]} args
 * @param {{ cwd: string, env?: NodeJS.ProcessEnv, signal?: AbortSignal | undefined }} options
 * @returns {Promise<number>} the exit code; 128 when a signal ended it
 */
export function runCommand(file, args, { cwd, env, signal }) {
	return new Promise((resolve, reject) => {
		const child = spawn(file, args, {
			cwd,
			env: { ...process.env, ...env },
			signal,
			stdio: ['ignore', 'inherit', 'inherit']
		});
		child.once('error', (error) => {
			if (error.name !== 'AbortError') reject(new Fault(`${file} could not be run (${error.message}).`));
		});
		child.once('close', (code) => resolve(code ?? 128));
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
