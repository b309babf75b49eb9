// @ts-check
/** `npm test`: installs what it needs and runs every suite; `npm test -- unit e2e` runs those alone. */
import { run } from './node.mjs';

run(async () => {
	const { runSuites } = await import('./trial.mjs');
	process.exitCode = await runSuites(process.argv.slice(2));
});
