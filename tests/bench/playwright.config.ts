import { defineConfig } from '@playwright/test';

/**
 * `npm run bench` prints figures, `npm run bench:device` holds them against their aims as well; docs/performance.md keeps both.
 */
export default defineConfig({
	testDir: '.',
	testMatch: '*.bench.ts',
	outputDir: '../../test-results/bench',
	workers: 1,
	retries: 0,
	timeout: 600_000,
	expect: { timeout: 60_000 },
	reporter: [['line']]
});
