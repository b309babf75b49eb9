// @ts-check
/**
 * The data folder belongs to one running Heed. `heed.lock` in it names the processes that hold it, one a line
 * as `name pid start`. A lock whose processes are gone is left over from a crash and is taken over.
 * Not built: protection between machines or containers that share a volume; a pid says nothing there.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Fault } from './fault.mjs';

/**
 * @typedef {{ name: string, pid: number, start: string }} Holder
 * @typedef {(pid: number) => string} StartOf '' when no such process runs, else what tells it from a later one with the same pid
 */

/**
 * Takes the folder, or throws the Fault that says why not.
 * @param {string} folder made when missing, for this user only
 */
export function claimFolder(folder) {
	const path = join(folder, 'heed.lock');
	try {
		mkdirSync(folder, { recursive: true, mode: 0o700 });
		writeFileSync(join(folder, '.heed-writable'), '');
		rmSync(join(folder, '.heed-writable'));
	} catch (error) {
		throw new Fault(
			`The data folder ${folder} cannot be written (${codeOf(error)}): make it writable for this user, or name another in HEED_DATA.`
		);
	}
	const holder = stillHolding(readLock(path), startOf, process.pid);
	if (holder) throw new Fault(inUse(folder, holder));

	/** @type {Holder[]} */
	const holders = [{ name: 'heed', pid: process.pid, start: startOf(process.pid) }];
	rmSync(path, { force: true });
	try {
		write('wx');
	} catch {
		throw new Fault(inUse(folder, { name: 'heed', pid: 0, start: '' }));
	}

	return {
		/**
		 * Remembers a process that writes here and could outlive a killed supervisor.
		 * @param {string} name @param {number} pid
		 */
		share(name, pid) {
			holders.splice(1, Infinity, { name, pid, start: startOf(pid) });
			write('w');
		},
		release() {
			rmSync(path, { force: true });
		}
	};

	/** @param {'w' | 'wx'} flag */
	function write(flag) {
		const lines = holders.map(({ name, pid, start }) => `${name} ${pid} ${start}\n`);
		writeFileSync(path, lines.join(''), { flag, mode: 0o600 });
	}
}

/**
 * The first holder that still runs. One's own pid is left over too: in a container every start has pid 1.
 * @param {Holder[]} holders @param {StartOf} startOf @param {number} self
 */
export function stillHolding(holders, startOf, self) {
	return holders.find(({ pid, start }) => {
		if (pid === self) return false;
		const now = startOf(pid);
		return now !== '' && now === start;
	});
}

/** @param {string} path @returns {Holder[]} */
function readLock(path) {
	if (!existsSync(path)) return [];
	return readFileSync(path, 'utf8')
		.split('\n')
		.map((line) => line.split(' '))
		.filter(([name, pid]) => name && Number(pid) > 0)
		.map(([name = '', pid, start = '']) => ({ name, pid: Number(pid), start }));
}

/** @type {StartOf} */
function startOf(pid) {
	try {
		process.kill(pid, 0);
	} catch (error) {
		if (codeOf(error) !== 'EPERM') return '';
	}
	try {
		// The name in brackets may hold spaces; field 22, start time in ticks, is the 20th after it, 'Z' a zombie.
		const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
		return fields[0] === 'Z' ? '' : (fields[19] ?? 'running');
	} catch {
		return 'running';
	}
}

/** @param {string} folder @param {Holder} holder */
function inUse(folder, { name, pid }) {
	if (name === 'heed') {
		return `Another Heed${pid ? ` (process ${pid})` : ''} uses the data folder ${folder}: stop that one, or name another folder in HEED_DATA.`;
	}
	return `A ${name} of an earlier start still uses the data folder ${folder}: end it with 'kill ${pid}' and start again.`;
}

/** @param {unknown} error */
function codeOf(error) {
	return /** @type {NodeJS.ErrnoException} */ (error).code ?? String(error);
}
