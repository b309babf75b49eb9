// @ts-check
/**
 * The made-up team of the demo. Their passphrases lie open in people.json: this is for the demo only, and
 * a folder that was founded by anybody else is refused.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Fault } from './fault.mjs';
import { ROOT, VERSION } from './root.mjs';
import { bold, say } from './terminal.mjs';

/** @typedef {{ name: string, role: string, login: string, passphrase: string, path: string }} DemoPerson */

const SEED = join(ROOT, 'build', 'node', 'seed.mjs');

/**
 * Founds the demo team the first time; then says who is there.
 * @param {Omit<import('./serve.mjs').Served, 'advice'>} served
 * @param {string} [script] founds the team at ADDRESS with CODE and prints a person a line, as JSON
 */
export async function greetVisitor({ address, code, data, signal }, script = SEED) {
	const path = join(data, 'people.json');
	if (code) {
		say('Founding the demo team.');
		const people = await seed(script, address, code, signal);
		writeFileSync(path, `${JSON.stringify(people, null, '\t')}\n`, { mode: 0o600 });
	} else if (!existsSync(path)) {
		throw new Fault(
			`The team in ${data} was not founded by a finished demo: delete that folder if a demo broke off there, or name another one in HEED_DATA.`
		);
	}
	/** @type {DemoPerson[]} */
	const people = JSON.parse(readFileSync(path, 'utf8'));

	say('');
	say(`Heed ${VERSION} runs at ${bold(address)} with a made-up team. Sign in as one of them:`);
	say('');
	tableOf(people, address).forEach(say);
	say('');
	say('Ctrl-C stops it; the next start finds everything as it was.');
}

/**
 * One line a person under one line of headings, in columns.
 * @param {readonly DemoPerson[]} people @param {string} address
 */
export function tableOf(people, address) {
	const rows = [
		['who', 'role', 'login', 'passphrase', 'start at'],
		...people.map(({ name, role, login, passphrase, path }) => [
			name,
			role,
			login,
			passphrase,
			`${address}${path}`
		])
	];
	const widths = rows.reduce(
		(widest, row) => row.map((cell, i) => Math.max(widest[i] ?? 0, [...cell].length)),
		/** @type {number[]} */ ([])
	);
	return rows.map((row) =>
		`  ${row.map((cell, i) => cell + ' '.repeat((widths[i] ?? 0) - [...cell].length)).join('  ')}`.trimEnd()
	);
}

/**
 * The people that the seed names: its JSON lines; any other line is for the terminal.
 * @param {string} output
 */
export function readPeople(output) {
	const lines = output.split('\n').filter(Boolean);
	return {
		people: lines
			.filter((line) => line.startsWith('{'))
			.map((line) => /** @type {DemoPerson} */ (JSON.parse(line))),
		others: lines.filter((line) => !line.startsWith('{'))
	};
}

/** @param {string} script @param {string} address @param {string} code @param {AbortSignal} signal */
async function seed(script, address, code, signal) {
	const child = spawn(process.execPath, [script, address, code], {
		stdio: ['ignore', 'pipe', 'inherit'],
		signal
	});
	let output = '';
	child.stdout.setEncoding('utf8').on('data', (/** @type {string} */ text) => (output += text));
	const exitCode = await new Promise((resolve, reject) => {
		child.once('error', reject);
		child.once('close', resolve);
	});
	const { people, others } = readPeople(output);
	others.forEach(say);
	if (exitCode !== 0 || people.length === 0) {
		throw new Fault(
			`The demo team could not be founded (exit code ${exitCode}); the lines above say why. Delete the demo's data folder before the next try.`
		);
	}
	return people;
}
