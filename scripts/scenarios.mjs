// @ts-check
/** Runs tests/hostile and counts what is in it: each test that begins with 'wants' is one scenario. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from './command.mjs';
import { install } from './install.mjs';
import { ROOT } from './root.mjs';
import { say } from './terminal.mjs';

/** @typedef {{ testResults: { assertionResults: { title: string, status: string }[] }[] }} Report */

/** @returns {Promise<number>} the exit code: 0 when none succeeded and all ran */
export async function runScenarios() {
	await install(ROOT, { say });
	const folder = mkdtempSync(join(tmpdir(), 'heed-hostile-'));
	const path = join(folder, 'report.json');
	const vitest = join(ROOT, 'node_modules/vitest/vitest.mjs');
	const reporting = ['--reporter=verbose', '--reporter=json', `--outputFile.json=${path}`];
	const exitCode = await runCommand(process.execPath, [vitest, 'run', '--project', 'hostile', ...reporting], {
		cwd: ROOT
	});
	const { scenarios, succeeded } = count(JSON.parse(readFileSync(path, 'utf8')));
	rmSync(folder, { recursive: true, force: true });
	say('');
	say(`${scenarios} scenarios, ${succeeded} succeeded`);
	return exitCode;
}

/** What was not seen to be refused counts as got. @param {Report} report */
export function count({ testResults }) {
	const scenarios = testResults
		.flatMap(({ assertionResults }) => assertionResults)
		.filter(({ title }) => title.startsWith('wants '));
	return {
		scenarios: scenarios.length,
		succeeded: scenarios.filter(({ status }) => status !== 'passed').length
	};
}
