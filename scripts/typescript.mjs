// @ts-check
/** Runs a TypeScript file of this project's own in Node, with the arguments that follow: `node scripts/typescript.mjs FILE`. */
import { run } from './node.mjs';

run(async () => {
	const { join } = await import('node:path');
	const { runnerImport } = await import('vite');
	const { ROOT } = await import('./root.mjs');
	const [file = ''] = process.argv.slice(2);
	await runnerImport(join(ROOT, file), { root: ROOT, configFile: false, logLevel: 'warn' });
});
