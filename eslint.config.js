import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

export default ts.config(
	{
		ignores: [
			'build/',
			'.svelte-kit/',
			'src/lib/i18n/generated/',
			'data/',
			'data-demo/',
			'pb_hooks/**/*.d.ts',
			'test-results/'
		]
	},
	js.configs.recommended,
	...svelte.configs.recommended,
	{
		files: ['src/**/*.{ts,svelte}', 'tests/**/*.ts', 'scripts/**/*.ts', '*.ts'],
		extends: [...ts.configs.strictTypeChecked],
		languageOptions: {
			globals: { ...globals.browser, ...globals.node },
			parserOptions: {
				projectService: true,
				extraFileExtensions: ['.svelte'],
				tsconfigRootDir: import.meta.dirname
			}
		},
		rules: {
			'no-undef': 'off',
			'@typescript-eslint/no-unused-expressions': 'error',
			'@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
			'@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
			'svelte/no-at-html-tags': 'error',
			'svelte/no-navigation-without-resolve': 'off'
		}
	},
	{
		files: ['**/*.svelte', '**/*.svelte.ts'],
		languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } }
	},
	{ files: ['**/*.{js,mjs}'], languageOptions: { globals: globals.node } },
	{
		// PocketBase's own interpreter: each handler sees only what it requires.
		files: ['pb_hooks/**/*.js', 'pb_migrations/**/*.js'],
		languageOptions: { sourceType: 'commonjs' },
		rules: { 'no-undef': 'off', 'no-unused-vars': ['error', { argsIgnorePattern: '^_' }] }
	}
);
