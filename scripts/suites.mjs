// @ts-check
/**
 * Everything `npm test` runs; a new suite is one line here. `run` is a script below node_modules
 * or in this folder, and its arguments. `counts` says how its result is read:
 *   once        one passed or one failed, by its exit code
 *   vitest      by vitest's JSON report
 *   playwright  by Playwright's JSON report
 */

/** @typedef {{ name: string, counts: 'once' | 'vitest' | 'playwright', run: readonly [string, ...string[]] }} Suite */

const node = (/** @type {string} */ path) => `node_modules/${path}`;
const PRETTIER = node('prettier/bin/prettier.cjs');
const ESLINT = node('eslint/bin/eslint.js');
const SVELTE_CHECK = node('svelte-check/bin/svelte-check');
const TSC = node('typescript/bin/tsc');
const VITEST = node('vitest/vitest.mjs');
const PLAYWRIGHT = node('@playwright/test/cli.js');

/**
 * What most others need.
 * @type {readonly Suite[]}
 */
const BUILD = [{ name: 'build', counts: 'once', run: ['scripts/build.mjs'] }];
/**
 * Each of these keeps one core busy.
 * @type {readonly Suite[]}
 */
const READING = [
	{ name: 'format', counts: 'once', run: [PRETTIER, '--check', '--log-level=warn', '.'] },
	{ name: 'lint', counts: 'once', run: [ESLINT, '.'] },
	{
		name: 'types',
		counts: 'once',
		run: [SVELTE_CHECK, '--tsconfig', './tsconfig.json', '--fail-on-warnings']
	},
	{ name: 'types-scripts', counts: 'once', run: [TSC, '--project', 'scripts'] },
	{ name: 'faults', counts: 'once', run: ['scripts/faults.mjs', '--schedules', '2000'] }
];
/** @type {readonly Suite[]} */
const RUNNING = [
	{ name: 'unit', counts: 'vitest', run: [VITEST, 'run', '--project', 'unit'] },
	{ name: 'contract', counts: 'vitest', run: [VITEST, 'run', '--project', 'contract'] },
	{ name: 'access', counts: 'once', run: ['scripts/typescript.mjs', 'tests/access/main.ts'] },
	{ name: 'hostile', counts: 'vitest', run: [VITEST, 'run', '--project', 'hostile'] },
	{ name: 'notices', counts: 'vitest', run: [VITEST, 'run', '--project', 'notices'] },
	{ name: 'scripts', counts: 'vitest', run: [VITEST, 'run', '--project', 'scripts'] }
];
/**
 * A browser keeps every core busy.
 * @type {readonly Suite[]}
 */
const BROWSER = [{ name: 'e2e', counts: 'playwright', run: [PLAYWRIGHT, 'test'] }];

/**
 * One stage after the other; in each the lanes side by side; in each lane one suite after the other.
 * @type {readonly (readonly (readonly Suite[])[])[]}
 */
export const STAGES = [[BUILD], [READING, RUNNING], [BROWSER]];
