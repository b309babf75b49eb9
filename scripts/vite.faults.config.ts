/** Bundles the simulation of faults, to run in Node. It lies where the project's folders are found from its own address. */
import { builtinModules } from 'node:module';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

export default defineConfig({
	root: fileURLToPath(new URL('..', import.meta.url)),
	logLevel: 'error',
	ssr: { noExternal: true, external: [...builtinModules] },
	build: {
		ssr: 'tests/faults/main.ts',
		outDir: 'build',
		emptyOutDir: false,
		target: 'node20.19',
		minify: false,
		copyPublicDir: false,
		rolldownOptions: { output: { format: 'es', entryFileNames: 'faults.mjs', codeSplitting: false } }
	}
});
