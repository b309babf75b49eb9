// @ts-check
/** `npm run faults -- --schedules N --seed S`: what everything that goes wrong costs; the last line says how much. */
import { run } from './node.mjs';

run(async () => {
	const { join } = await import('node:path');
	const { requireCommand, runCommand } = await import('./command.mjs');
	const { install } = await import('./install.mjs');
	const { ROOT } = await import('./root.mjs');
	const { say } = await import('./terminal.mjs');
	await install(ROOT, { say });
	await requireCommand('Generating code', 'npm', ['run', '--silent', 'generate'], { cwd: ROOT });
	const vite = join(ROOT, 'node_modules/vite/bin/vite.js');
	const config = 'scripts/vite.faults.config.ts';
	await requireCommand('Bundling the simulation', process.execPath, [vite, 'build', '--config', config], {
		cwd: ROOT
	});
	const bundle = join(ROOT, 'build/faults.mjs');
	process.exitCode = await runCommand(process.execPath, [bundle, ...process.argv.slice(2)], { cwd: ROOT });
});
