import { defineConfig } from '@playwright/test';

/** Figures, not verdicts: `npm run bench` prints them, docs/performance.md keeps them. */
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
