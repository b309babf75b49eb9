/** The project's own judged set: the starter practices, and alerts that somebody else wrote, each with what helps. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Judged } from './judge';

const PRACTICES = fileURLToPath(new URL('../../src/lib/starter/practices/', import.meta.url));
const QUERIES = fileURLToPath(new URL('queries.json', import.meta.url));

const read = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));

export const ownSet = (): Judged =>
	Judged.parse({
		practices: readdirSync(PRACTICES)
			.sort()
			.map((name) => read(PRACTICES + name)),
		queries: read(QUERIES)
	});
