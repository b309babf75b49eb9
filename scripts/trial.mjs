// @ts-check
/** Runs the suites of `npm test`, all of them even when one fails, and ends with one line that counts. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureChromium } from './chromium.mjs';
import { runCommand } from './command.mjs';
import { Fault } from './fault.mjs';
import { install } from './install.mjs';
import { ROOT } from './root.mjs';
import { SUITES } from './suites.mjs';
import { countResults, exitCodeOf, spell, sum } from './tally.mjs';
import { bold, say } from './terminal.mjs';

/**
 * @param {readonly string[]} names of suites; none means all
 * @returns {Promise<number>} the exit code
 */
export async function runSuites(names) {
	const known = SUITES.map(({ name }) => name);
	const unknown = names.find((name) => !known.includes(name));
	if (unknown) throw new Fault(`There is no suite '${unknown}'; there are ${known.join(', ')}.`);
	const suites = names.length === 0 ? SUITES : SUITES.filter(({ name }) => names.includes(name));

	await install(ROOT, { say });
	if (suites.some(({ counts }) => counts === 'playwright')) {
		await ensureChromium({ cwd: ROOT, env: process.env, say });
	}

	const reports = mkdtempSync(join(tmpdir(), 'heed-test-'));
	const results = [];
	for (const suite of suites) {
		say(`\n${bold(`== ${suite.name}`)}`);
		results.push({ name: suite.name, tally: await runSuite(suite, join(reports, `${suite.name}.json`)) });
	}
	rmSync(reports, { recursive: true, force: true });

	say('');
	for (const { name, tally } of results) say(`${name.padEnd(16)}${spell(tally)}`);
	const total = sum(results.map(({ tally }) => tally));
	say('');
	say(spell(total));
	return exitCodeOf(total);
}

/** @param {import('./suites.mjs').Suite} suite @param {string} reportPath */
async function runSuite({ counts, run: [script, ...args] }, reportPath) {
	const reporting = {
		once: [],
		vitest: ['--reporter=default', '--reporter=json', `--outputFile.json=${reportPath}`],
		playwright: ['--reporter=list,json']
	}[counts];
	const exitCode = await runCommand(process.execPath, [join(ROOT, script), ...args, ...reporting], {
		cwd: ROOT,
		env: { PLAYWRIGHT_JSON_OUTPUT_FILE: reportPath }
	});
	return countResults(counts, { exitCode, report: readReport(reportPath) });
}

/** @param {string} path @returns {unknown} */
function readReport(path) {
	try {
		return JSON.parse(readFileSync(path, 'utf8'));
	} catch {
		return null;
	}
}
