/** The project's own lists of names, ready to be asked. */
import { readFileSync } from 'node:fs';
import { namesFrom, type NameList, type Names } from '../../src/lib/domain/guard/names';
import { LOCALES } from '../../src/lib/domain/lists';

export const ownNames = (): Names =>
	namesFrom(
		LOCALES.map(
			(locale) => JSON.parse(readFileSync(`src/lib/names/names-${locale}.json`, 'utf8')) as NameList
		)
	);
