// @ts-check
/**
 * Puts the pieces of `src/lib/starter`, one file a piece with all languages in it, together by language: what a phone fetches
 * once, in the language it speaks, is one file.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './node.mjs';

run(async () => {
	const { ROOT } = await import('./root.mjs');
	const home = join(ROOT, 'src/lib/starter');
	/** @type {{ locales: string[] }} */
	const { locales } = JSON.parse(readFileSync(join(ROOT, 'project.inlang/settings.json'), 'utf8'));

	/** @param {string} folder @returns {any[]} by name, so that the same pieces make the same file */
	const pieces = (folder) =>
		readdirSync(join(home, folder))
			.sort()
			.map((name) => JSON.parse(readFileSync(join(home, folder, name), 'utf8')));
	const practices = pieces('practices');
	const firstSteps = pieces('first-steps');
	const glossary = pieces('glossary');
	const before = pieces('before');

	const lexicon = Object.fromEntries(
		locales.map((locale) => [locale, JSON.parse(readFileSync(join(home, `lexicon/${locale}.json`), 'utf8'))])
	);

	mkdirSync(join(home, 'generated'), { recursive: true });
	for (const locale of locales) {
		const shelf = {
			// All of it: people write in other languages than that of their screen.
			lexicon,
			practices: practices.map((piece) => ({ ...piece, texts: { [locale]: piece.texts[locale] } })),
			firstSteps: firstSteps.map(({ for: of, version, texts }) => ({
				for: of,
				version,
				steps: texts[locale]
			})),
			glossary: glossary.map(({ id, version, texts }) => ({ id, version, ...texts[locale] })),
			before: before.map(({ id, version, texts }) => ({ id, version, ...texts[locale] }))
		};
		writeFileSync(join(home, `generated/${locale}.json`), JSON.stringify(shelf));
	}
});
