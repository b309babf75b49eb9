import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../../scripts/root.mjs';
import { countResults, exitCodeOf, spell, sum } from '../../scripts/tally.mjs';
import { tempFolder } from './bench';

const PASSES = `test('a', () => {});`;
const FAILS = `test('b', () => { throw new Error('on purpose'); });`;
const SKIPS = `test.skip('c', () => {});`;
const BREAKS = `throw new Error('on purpose');`;

test.each([
	['everything passes', [PASSES + SKIPS], { passed: 1, failed: 0, skipped: 1 }],
	['one fails', [PASSES + FAILS, PASSES], { passed: 2, failed: 1, skipped: 0 }],
	['a file does not load', [PASSES, BREAKS], { passed: 1, failed: 1, skipped: 0 }],
	['there is no test at all', [], { passed: 0, failed: 1, skipped: 0 }]
])("vitest's own report where %s", (_name, files, tally) => {
	expect(count('vitest', files)).toEqual(tally);
});

test.each([
	['everything passes', [PASSES + SKIPS], { passed: 1, failed: 0, skipped: 1 }],
	['one fails', [PASSES + FAILS], { passed: 1, failed: 1, skipped: 0 }],
	['a file does not load', [BREAKS], { passed: 0, failed: 1, skipped: 0 }]
])("Playwright's own report where %s", (_name, files, tally) => {
	expect(count('playwright', files)).toEqual(tally);
});

test('a runner that crashed without a report is one failed', () => {
	expect(countResults('vitest', { exitCode: 134, report: null })).toEqual({
		passed: 0,
		failed: 1,
		skipped: 0
	});
	expect(countResults('playwright', { exitCode: 0, report: null })).toEqual({
		passed: 0,
		failed: 1,
		skipped: 0
	});
});

test('a runner that failed after its last test is one failed', () => {
	const report = { numPassedTests: 3, numFailedTests: 0, testResults: [] };
	expect(countResults('vitest', { exitCode: 1, report })).toEqual({ passed: 3, failed: 1, skipped: 0 });
});

test('lint, format and types count once', () => {
	expect(countResults('once', { exitCode: 0, report: null })).toEqual({ passed: 1, failed: 0, skipped: 0 });
	expect(countResults('once', { exitCode: 2, report: null })).toEqual({ passed: 0, failed: 1, skipped: 0 });
});

test('the last line names the skipped only where there are any', () => {
	const some = { passed: 2, failed: 0, skipped: 1 };
	expect(spell(sum([some, { passed: 1, failed: 1, skipped: 0 }]))).toBe('3 passed, 1 failed, 1 skipped');
	expect(spell({ passed: 3, failed: 0, skipped: 0 })).toBe('3 passed, 0 failed');
});

test('only a run that passed something and failed nothing is a success', () => {
	expect(exitCodeOf({ passed: 1, failed: 0, skipped: 5 })).toBe(0);
	expect(exitCodeOf({ passed: 0, failed: 0, skipped: 5 })).toBe(1);
	expect(exitCodeOf({ passed: 9, failed: 1, skipped: 0 })).toBe(1);
});

function count(runner: 'vitest' | 'playwright', files: string[]) {
	const cwd = tempFolder();
	const report = join(cwd, 'report.json');
	mkdirSync(join(cwd, 'specs'));
	symlinkSync(join(ROOT, 'node_modules'), join(cwd, 'node_modules'));
	writeFileSync(join(cwd, 'package.json'), '{"type":"module"}');
	const imports = runner === 'vitest' ? 'vitest' : '@playwright/test';
	files.forEach((text, i) => {
		writeFileSync(join(cwd, `specs/${i}.spec.js`), `import { test } from '${imports}';\n${text}`);
	});
	const [script, ...args] = {
		vitest: ['vitest/vitest.mjs', 'run', '--reporter=json', `--outputFile.json=${report}`],
		playwright: ['@playwright/test/cli.js', 'test', '--reporter=json']
	}[runner] as [string, ...string[]];
	const { status } = spawnSync(process.execPath, [join(ROOT, 'node_modules', script), ...args], {
		cwd,
		env: { ...process.env, PLAYWRIGHT_JSON_OUTPUT_FILE: report, VITEST: undefined, NODE_ENV: undefined }
	});
	return countResults(runner, { exitCode: status ?? 1, report: read(report) });
}

function read(path: string): unknown {
	try {
		return JSON.parse(readFileSync(path, 'utf8'));
	} catch {
		return null;
	}
}
