// @ts-check
/** `npm run properties`: the unit tests, with each property tried ten thousand times, or as often as PROPERTY_RUNS says. */
import { run } from './node.mjs';

run(async () => {
	const { join } = await import('node:path');
	const { runCommand } = await import('./command.mjs');
	const { ROOT } = await import('./root.mjs');
	const { PROPERTY_RUNS = '10000' } = process.env;
	const vitest = join(ROOT, 'node_modules/vitest/vitest.mjs');
	process.exitCode = await runCommand(
		process.execPath,
		[vitest, 'run', '--project', 'unit', ...process.argv.slice(2)],
		{ cwd: ROOT, env: { PROPERTY_RUNS } }
	);
});
