/** The product's own. */
import { readFileSync } from 'node:fs';
import { LOCALES } from '../../src/lib/domain/lists';
import { Lexicon } from '../../src/lib/domain/practice';

const HOME = new URL('../../src/lib/starter/lexicon/', import.meta.url);

export const LEXICON = Lexicon.parse(
	Object.fromEntries(
		LOCALES.map((locale) => [
			locale,
			JSON.parse(readFileSync(new URL(`${locale}.json`, HOME), 'utf8')) as unknown
		])
	)
);
