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
	{
		files: ['src/**/*.{ts,svelte}', 'tests/**/*.ts', 'scripts/**/*.ts', '*.ts'],
		extends: [...ts.configs.strictTypeChecked],
		languageOptions: {
			globals: { ...globals.browser, ...globals.node },
			parserOptions: {
				projectService: { allowDefaultProject: ['src/service-worker/main.ts', 'playwright.config.ts'] },
				extraFileExtensions: ['.svelte'],
				tsconfigRootDir: import.meta.dirname
			}
		},
		rules: {
			'no-undef': 'off',
			'no-restricted-properties': [
				'error',
				{
					object: 'AbortSignal',
					property: 'any',
					message: 'A deadline that nothing else holds may be cleared away before it comes.'
				}
			],
			'@typescript-eslint/no-unused-expressions': 'error',
			'@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
			'@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
			// A rest sibling names what is left out.
			'@typescript-eslint/no-unused-vars': ['error', { varsIgnorePattern: '^_$', argsIgnorePattern: '^_' }]
		}
	},
	...svelte.configs.recommended,
	// Heed is served from the root of its own origin, so addresses are written as they are.
	{ rules: { 'svelte/no-navigation-without-resolve': 'off' } },
	{
		files: ['**/*.svelte', '**/*.svelte.ts'],
		languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } },
		rules: {
			'svelte/no-at-html-tags': 'error',
			// Snippets and runes reach ESLint without their types; svelte-check, which knows them, is strict.
			'@typescript-eslint/no-unsafe-member-access': 'off',
			'@typescript-eslint/no-unsafe-call': 'off',
			'@typescript-eslint/no-unsafe-return': 'off',
			'@typescript-eslint/no-redundant-type-constituents': 'off',
			// What `$props` gives is `let` by Svelte's own habit.
			'prefer-const': 'off',
			'svelte/prefer-const': ['error', { excludedRunes: ['$props', '$state'] }]
		}
	},
	{ files: ['**/*.{js,mjs}'], languageOptions: { globals: globals.node } },
	{ files: ['static/*.js'], languageOptions: { globals: globals.browser, sourceType: 'script' } },
	{
		// PocketBase's own interpreter: each handler sees only what it requires.
		files: ['pb_hooks/**/*.js', 'tests/bench/arena/hooks/*.js', 'pb_migrations/**/*.js'],
		languageOptions: { sourceType: 'commonjs' },
		rules: { 'no-undef': 'off', 'no-unused-vars': ['error', { argsIgnorePattern: '^_' }] }
	}
);
