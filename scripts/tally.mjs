// @ts-check
/** Counts test results. A runner that failed without saying which test did is one failed. */

/** @typedef {{ passed: number, failed: number, skipped: number }} Tally */
/** @typedef {{ exitCode: number, report: unknown }} Outcome `report` is the runner's parsed JSON, null when there is none */

/** @type {Record<import('./suites.mjs').Suite['counts'], (outcome: Outcome) => Tally>} */
const READERS = {
	once: ({ exitCode }) => ({ passed: exitCode === 0 ? 1 : 0, failed: 0, skipped: 0 }),

	vitest: ({ report }) => {
		const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } =
			/** @type {{ testResults?: { status: string, assertionResults: { status: string }[] }[] } & Record<string, number>} */ (
				report ?? {}
			);
		// A file that could not be loaded has failed, and has no test of its own that did.
		const unloaded = (testResults ?? []).filter(
			(file) => file.status === 'failed' && file.assertionResults.every(({ status }) => status !== 'failed')
		);
		return {
			passed: numPassedTests ?? 0,
			failed: (numFailedTests ?? 0) + unloaded.length,
			skipped: (numPendingTests ?? 0) + (numTodoTests ?? 0)
		};
	},

	playwright: ({ report }) => {
		const { expected, flaky, unexpected, skipped } =
			/** @type {{ stats?: Record<string, number> }} */ (report ?? {}).stats ?? {};
		return {
			passed: (expected ?? 0) + (flaky ?? 0),
			failed: unexpected ?? 0,
			skipped: skipped ?? 0
		};
	}
};

/**
 * @param {import('./suites.mjs').Suite['counts']} counts
 * @param {Outcome} outcome
 * @returns {Tally}
 */
export function countResults(counts, outcome) {
	const tally = READERS[counts](outcome);
	const ranNothing = tally.passed + tally.failed + tally.skipped === 0;
	const failedUnsaid = outcome.exitCode !== 0 && tally.failed === 0;
	return ranNothing || failedUnsaid ? { ...tally, failed: 1 } : tally;
}

/** @param {readonly Tally[]} tallies @returns {Tally} */
export function sum(tallies) {
	return tallies.reduce(
		(all, one) => ({
			passed: all.passed + one.passed,
			failed: all.failed + one.failed,
			skipped: all.skipped + one.skipped
		}),
		{ passed: 0, failed: 0, skipped: 0 }
	);
}

/** 'N passed, N failed', and the skipped where there are any. @param {Tally} tally */
export function spell({ passed, failed, skipped }) {
	const line = `${passed} passed, ${failed} failed`;
	return skipped > 0 ? `${line}, ${skipped} skipped` : line;
}

/** Nothing passed is no success either. @param {Tally} tally */
export const exitCodeOf = ({ passed, failed }) => (failed > 0 || passed === 0 ? 1 : 0);
