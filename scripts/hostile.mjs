// @ts-check
/** `npm run hostile`: every attack that we know for a server that lies; the last line says how many got what they wanted. */
import { run } from './node.mjs';

run(async () => {
	const { runScenarios } = await import('./scenarios.mjs');
	process.exitCode = await runScenarios();
});
