// @ts-check
/**
 * Everything `npm test` runs, in this order; a new suite is one line here. `run` is a script below node_modules
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

/** @type {readonly Suite[]} */
export const SUITES = [
	{ name: 'build', counts: 'once', run: ['scripts/build.mjs'] },
	{ name: 'format', counts: 'once', run: [PRETTIER, '--check', '--log-level=warn', '.'] },
	{ name: 'lint', counts: 'once', run: [ESLINT, '.'] },
	{
		name: 'types',
		counts: 'once',
		run: [SVELTE_CHECK, '--tsconfig', './tsconfig.json', '--fail-on-warnings']
	},
	{ name: 'types-scripts', counts: 'once', run: [TSC, '--project', 'scripts'] },
	{ name: 'unit', counts: 'vitest', run: [VITEST, 'run', '--project', 'unit'] },
	{ name: 'contract', counts: 'vitest', run: [VITEST, 'run', '--project', 'contract'] },
	{ name: 'hostile', counts: 'vitest', run: [VITEST, 'run', '--project', 'hostile'] },
	{ name: 'faults', counts: 'once', run: ['scripts/faults.mjs', '--schedules', '2000'] },
	{ name: 'scripts', counts: 'vitest', run: [VITEST, 'run', '--project', 'scripts'] },
	{ name: 'e2e', counts: 'playwright', run: [PLAYWRIGHT, 'test'] }
];
