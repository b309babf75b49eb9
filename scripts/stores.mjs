// @ts-check
/** `npm run stores`: keeps the stores that this version writes, for every later version to open. Never over what is kept. */
import { run } from './node.mjs';

run(async () => {
	const { existsSync } = await import('node:fs');
	const { readFile, writeFile } = await import('node:fs/promises');
	const { join } = await import('node:path');
	const { runnerImport } = await import('vite');
	const { Fault } = await import('./fault.mjs');
	const { ROOT } = await import('./root.mjs');
	const { say } = await import('./terminal.mjs');
	const { version } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'));
	const path = join(ROOT, 'tests/stores', `${version}.json`);
	if (existsSync(path)) throw new Fault(`${path} is there already and is never written again.`);
	const writer = join(ROOT, 'tests/stores/write.ts');
	const { module } = await runnerImport(writer, { configFile: false, root: ROOT });
	await writeFile(path, /** @type {{ text: string }} */ (module).text, { flag: 'wx' });
	say(path);
	// Databases that are open keep Node waiting.
	process.exit();
});
