import { relative } from 'node:path';
import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { sveltekit } from '@sveltejs/kit/vite';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { oneLanguage } from './scripts/one-language.mjs';
import { reach } from './scripts/reach.mjs';

/** What every screen stands on, because the layout does. */
const shell = reach(import.meta.dirname, ['src/routes/+layout.svelte']);
const isShell = (id: string): boolean =>
	(shell.has(id) && id.includes('/src/lib/')) ||
	/\/i18n\/generated\/(runtime|registry)\.js$|vite\/preload-helper/.test(id);

/** What the alert's form needs beside it, before its first letter. */
const form = reach(import.meta.dirname, ['src/routes/alert/[id]/+page.svelte']);
const isForm = (id: string): boolean => form.has(id) && !id.endsWith('/+page.svelte') && !isShell(id);
/** What the other questions need: they come while somebody reads the first, or before all of them stand on one page. */
const questions = reach(import.meta.dirname, [
	'src/routes/alert/[id]/Question.svelte',
	'src/routes/alert/[id]/Together.svelte'
]);
const isQuestions = (id: string): boolean => questions.has(id) && !form.has(id) && !isShell(id);
/** What several screens show, and no form does; without what loads by itself, when something is rarely wanted or soon. */
const isScreens = (id: string): boolean =>
	/\/src\/lib\/ui\/(?!near|QrCode|Scanner|Update|language|NoticeOffer|[Gg]uard|Finding|decisions|Motion|Casework|casework|Task)/.test(
		id
	) &&
	!form.has(id) &&
	!questions.has(id) &&
	!isShell(id);
/** What goes on beside every screen, and what a start may ask for at any moment: no screen is to come along with it. */
const isBeside = (id: string): boolean =>
	/\/src\/(lib\/ui\/(typing|reasons|offer\.svelte)|lib\/update|routes\/(running|idle|badge|pack|notified))\.ts$/.test(
		id
	);
/**
 * What is known of the shape of things: asked for where something comes in, and by no screen's first words. What can be said
 * in a case comes by itself: who writes an alert says none of it.
 */
const isSchema = (id: string): boolean =>
	/\/node_modules\/zod\//.test(id) ||
	(/\/src\/lib\/domain\/(?!content|casework)/.test(id) &&
		!form.has(id) &&
		!questions.has(id) &&
		!isShell(id) &&
		isParsing(id));
/** Who only asks for the date is not to wait for all schemas. */
const isParsing = (id: string): boolean =>
	[...reach(import.meta.dirname, [relative(import.meta.dirname, id)])].some(([, code]) =>
		/from 'zod/.test(code)
	);

/** Screens of a team, which reporters never open, and what nobody else asks for. What others share lies in other pieces. */
const TEAM = /\/src\/(routes\/team\/|lib\/app\/(joint|refer|ladder)\.ts)/;
/** Screens that cannot do without the network, and are rarely wanted. */
const ONLINE = /\/src\/(routes\/(found|join|recover|confirm|settings\/notices)\/|lib\/app\/notices\.ts)/;

/** What the app does, each act when it is first asked for; without those that somebody waits for before the first screen. */
const ACTS = /\/src\/lib\/app\/(?!coded|session|settle)[\w-]+\.ts$/;

type Piece = { moduleIds: readonly string[]; facadeModuleId?: string | null };
/** The folder of a piece, where it has one of its own. */
function apartOf({ moduleIds, facadeModuleId }: Piece): string | null {
	if (moduleIds.some((id) => TEAM.test(id))) return 'team';
	if (moduleIds.some((id) => ONLINE.test(id))) return 'online';
	return ACTS.test(facadeModuleId ?? '') ? 'acts' : null;
}

/** By its folder the service worker knows who is to have a piece, and when; and the first screen that it need not know its needs. */
const apart: Plugin = {
	name: 'apart',
	outputOptions(options) {
		const { entryFileNames: entries, chunkFileNames: others } = options;
		if (typeof entries !== 'string' || typeof others !== 'function') return null;
		return {
			...options,
			entryFileNames: (chunk) => {
				const folder = apartOf(chunk);
				return folder ? entries.replace('[name].[hash]', `${folder}/[hash]`) : entries;
			},
			chunkFileNames: (chunk) => {
				const folder = apartOf(chunk);
				return folder ? others(chunk).replace('/chunks/', `/${folder}/`) : others(chunk);
			}
		};
	}
};

export default defineConfig({
	plugins: [
		paraglideVitePlugin({
			project: './project.inlang',
			outdir: './src/lib/i18n/generated',
			strategy: ['localStorage', 'preferredLanguage', 'baseLocale'],
			emitTsDeclarations: false
		}),
		oneLanguage(),
		apart,
		sveltekit()
	],
	// Dexie's own minified build for today's browsers: 7 kB less on every phone than its default entry.
	resolve: { alias: [{ find: /^dexie$/, replacement: 'dexie/dist/modern/dexie.min.mjs' }] },
	worker: { format: 'es' },
	build: {
		target: 'es2022',
		// What such a piece needs besides is found in it, a moment later, and not told to everybody before the first screen.
		modulePreload: {
			resolveDependencies: (path, needs) => (/\/(team|online|acts)\//.test(path) ? [] : needs)
		},
		rolldownOptions: {
			output: {
				// Few requests on a slow line, and fewer bytes than in a hundred small files: what every screen needs
				// comes in three pieces, then what the form shows, what other screens share, and the rest by screen.
				codeSplitting: {
					groups: [
						{ name: 'frame', test: /node_modules\/(svelte|@sveltejs|esm-env|clsx)\//, priority: 3 },
						{ name: 'store', test: /node_modules\/dexie\//, priority: 2 },
						{ name: 'shell', test: isShell, priority: 2 },
						{ name: 'form', test: isForm, priority: 1 },
						{ name: 'questions', test: isQuestions, priority: 1 },
						{ name: 'beside', test: isBeside, priority: 1 },
						{ name: 'schema', test: isSchema, priority: 1 },
						{ name: 'screens', test: isScreens, priority: 0 }
					]
				}
			}
		}
	},
	test: {
		projects: [
			{
				extends: true,
				test: {
					name: 'unit',
					include: ['tests/unit/**/*.test.ts', 'tests/net/**/*.test.ts'],
					// For what hangs, not for what is slow: a busy machine takes its time.
					testTimeout: 60_000
				}
			},
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
					name: 'notices',
					include: ['tests/notices/**/*.test.ts'],
					testTimeout: 60_000,
					hookTimeout: 60_000
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
