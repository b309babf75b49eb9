import { defineConfig } from '@playwright/test';
import { PATIENCE } from './tests/e2e/stage';

/** Real Chromium against the production build, served by the real PocketBase. `tests/e2e/stage.ts` starts both. */
export default defineConfig({
	testDir: 'tests/e2e',
	testMatch: '*.test.ts',
	outputDir: 'test-results',
	fullyParallel: false,
	workers: 1,
	retries: 0,
	// For what hangs, not for what is slow: a busy machine takes its time.
	timeout: 600_000,
	expect: { timeout: PATIENCE },
	reporter: [
		['list'],
		['./tests/e2e/stood.ts'],
		['json', { outputFile: process.env.PLAYWRIGHT_JSON_OUTPUT_FILE ?? 'test-results/e2e.json' }]
	]
});
