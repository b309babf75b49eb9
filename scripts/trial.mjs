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
import { STAGES } from './suites.mjs';
import { countResults, exitCodeOf, spell, sum } from './tally.mjs';
import { bold, say } from './terminal.mjs';

/** @typedef {import('./suites.mjs').Suite} Suite */

/**
 * @param {readonly string[]} names of suites; none means all
 * @returns {Promise<number>} the exit code
 */
export async function runSuites(names) {
	const known = STAGES.flat(2).map(({ name }) => name);
	const unknown = names.find((name) => !known.includes(name));
	if (unknown) throw new Fault(`There is no suite '${unknown}'; there are ${known.join(', ')}.`);
	const isWanted = (/** @type {Suite} */ { name }) => names.length === 0 || names.includes(name);
	const stages = STAGES.map((lanes) =>
		lanes.map((suites) => suites.filter(isWanted)).filter(({ length }) => length > 0)
	);

	await install(ROOT, { say });
	if (stages.flat(2).some(({ counts }) => counts === 'playwright')) {
		await ensureChromium({ cwd: ROOT, env: process.env, say });
	}

	const reports = mkdtempSync(join(tmpdir(), 'heed-test-'));
	/** @type {{ name: string, tally: import('./tally.mjs').Tally }[]} */
	const results = [];
	for (const lanes of stages) {
		// Of what runs side by side, one writes as it goes, and the others when they have ended.
		const runs = lanes.map((suites, at) => runInTurn(suites, { reports, isHeld: at < lanes.length - 1 }));
		results.push(...(await Promise.all(runs)).flat());
	}
	rmSync(reports, { recursive: true, force: true });

	say('');
	for (const { name, tally } of results) say(`${name.padEnd(16)}${spell(tally)}`);
	const total = sum(results.map(({ tally }) => tally));
	say('');
	say(spell(total));
	return exitCodeOf(total);
}

/** @param {readonly Suite[]} suites @param {{ reports: string, isHeld: boolean }} how */
async function runInTurn(suites, { reports, isHeld }) {
	const results = [];
	for (const suite of suites) {
		const { name } = suite;
		const title = `\n${bold(`== ${name}`)}`;
		if (!isHeld) say(title);
		const reportPath = join(reports, `${name}.json`);
		results.push({ name, tally: await runSuite(suite, { reportPath, held: isHeld ? title : undefined }) });
	}
	return results;
}

/**
 * `held`: what stands before the suite's lines, which come in one piece once it has ended.
 * @param {Suite} suite @param {{ reportPath: string, held: string | undefined }} how
 */
async function runSuite({ counts, run: [script, ...args] }, { reportPath, held }) {
	const reporting = {
		once: [],
		vitest: ['--reporter=default', '--reporter=json', `--outputFile.json=${reportPath}`],
		playwright: ['--reporter=list,json']
	}[counts];
	const exitCode = await runCommand(process.execPath, [join(ROOT, script), ...args, ...reporting], {
		cwd: ROOT,
		env: { PLAYWRIGHT_JSON_OUTPUT_FILE: reportPath },
		...(held !== undefined && { holding: (lines) => say(`${held}\n${lines}`) })
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
