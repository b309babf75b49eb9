/** Bundles what runs in Node beside the server. Each product is one file that needs nothing but Node. */
import { builtinModules } from 'node:module';
import { fileURLToPath } from 'node:url';
import { defineConfig, type EnvironmentOptions } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));

function product(folder: string, name: string, source: string): EnvironmentOptions {
	return {
		consumer: 'server',
		resolve: { noExternal: true, builtins: [...builtinModules, /^node:/] },
		build: {
			outDir: `build/${folder}`,
			emptyOutDir: true,
			target: 'node20.19',
			minify: false,
			copyPublicDir: false,
			rolldownOptions: {
				input: { [name]: source },
				output: { format: 'es', entryFileNames: '[name].mjs', codeSplitting: false }
			}
		}
	};
}

export default defineConfig({
	root,
	resolve: { alias: { $lib: fileURLToPath(new URL('../src/lib', import.meta.url)) } },
	environments: {
		courier: product('courier', 'main', 'src/courier/main.ts'),
		seed: product('node', 'seed', 'scripts/seed.ts')
	},
	builder: {
		async buildApp(builder) {
			for (const name of ['courier', 'seed']) {
				const environment = builder.environments[name];
				if (environment) await builder.build(environment);
			}
		}
	}
});
