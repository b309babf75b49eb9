import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vitest/config';

export default defineConfig({
	plugins: [
		paraglideVitePlugin({
			project: './project.inlang',
			outdir: './src/lib/i18n/generated',
			strategy: ['localStorage', 'preferredLanguage', 'baseLocale'],
			emitTsDeclarations: false
		}),
		sveltekit()
	],
	worker: { format: 'es' },
	build: { target: 'es2022' },
	test: {
		projects: [
			{ extends: true, test: { name: 'unit', include: ['tests/unit/**/*.test.ts'] } },
			{
				extends: true,
				test: { name: 'contract', include: ['tests/contract/**/*.test.ts'], testTimeout: 30_000, hookTimeout: 60_000, fileParallelism: false }
			},
			{
				extends: true,
				test: { name: 'scripts', include: ['tests/scripts/**/*.test.ts'], testTimeout: 60_000, hookTimeout: 60_000, fileParallelism: false }
			}
		]
	}
});
