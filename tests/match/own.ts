/**
 * The project's own judged set: the starter practices that were there when somebody else wrote alerts and judged what helps
 * with each. A practice that nobody has judged for them would count as a mistake.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Judged } from './judge';

const PRACTICES = fileURLToPath(new URL('../../src/lib/starter/practices/', import.meta.url));
const JUDGED = fileURLToPath(new URL('library.json', import.meta.url));
const QUERIES = fileURLToPath(new URL('queries.json', import.meta.url));

const read = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));

export const ownSet = (): Judged =>
	Judged.parse({
		practices: (read(JUDGED) as string[]).map((id) => read(`${PRACTICES}${id}.json`)),
		queries: read(QUERIES)
	});
