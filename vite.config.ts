import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vitest/config';
import { oneLanguage } from './scripts/one-language.mjs';
import { reach } from './scripts/reach.mjs';

/** What every screen stands on, because the layout does. */
const shell = reach(import.meta.dirname, ['src/routes/+layout.svelte']);
const isShell = (id: string): boolean =>
	(shell.has(id) && id.includes('/src/lib/')) ||
	/\/i18n\/generated\/(runtime|registry)\.js$|vite\/preload-helper/.test(id);

export default defineConfig({
	plugins: [
		paraglideVitePlugin({
			project: './project.inlang',
			outdir: './src/lib/i18n/generated',
			strategy: ['localStorage', 'preferredLanguage', 'baseLocale'],
			emitTsDeclarations: false
		}),
		oneLanguage(),
		sveltekit()
	],
	// Dexie's own minified build for today's browsers: 7 kB less on every phone than its default entry.
	resolve: { alias: [{ find: /^dexie$/, replacement: 'dexie/dist/modern/dexie.min.mjs' }] },
	worker: { format: 'es' },
	build: {
		target: 'es2022',
		rolldownOptions: {
			output: {
				// Few requests on a slow line: what every screen needs comes in three pieces, the rest by screen.
				codeSplitting: {
					groups: [
						{ name: 'frame', test: /node_modules\/(svelte|@sveltejs|esm-env|clsx)\//, priority: 3 },
						{ name: 'store', test: /node_modules\/dexie\//, priority: 2 },
						{ name: 'shell', test: isShell, priority: 1 }
					]
				}
			}
		}
	},
	test: {
		projects: [
			{ extends: true, test: { name: 'unit', include: ['tests/unit/**/*.test.ts'] } },
			{
				extends: true,
				test: {
					name: 'contract',
					include: ['tests/contract/**/*.test.ts'],
					testTimeout: 30_000,
					hookTimeout: 60_000,
					fileParallelism: false
				}
			},
			{
				extends: true,
				test: {
					name: 'hostile',
					include: ['tests/hostile/**/*.test.ts'],
					testTimeout: 60_000,
					hookTimeout: 120_000
				}
			},
			{
				extends: true,
				test: {
					name: 'scripts',
					include: ['tests/scripts/**/*.test.ts'],
					testTimeout: 60_000,
					hookTimeout: 60_000,
					fileParallelism: false
				}
			}
		]
	}
});
