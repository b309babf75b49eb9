/** The project's own judged set: the starter practices, and alerts that somebody else wrote, each with what helps. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { LOCALES } from '../../src/lib/domain/lists';
import { Situation } from '../../src/lib/domain/situation';
import { Judged } from './judge';

const PRACTICES = fileURLToPath(new URL('../../src/lib/starter/practices/', import.meta.url));
const QUERIES = fileURLToPath(new URL('queries.json', import.meta.url));
const PAIRS = fileURLToPath(new URL('pairs.json', import.meta.url));

const read = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));

export const ownSet = (): Judged =>
	Judged.parse({
		practices: readdirSync(PRACTICES)
			.sort()
			.map((name) => read(PRACTICES + name)),
		queries: read(QUERIES)
	});

/** The same alerts in every language, each told freely. */
export const sameAlerts = () => z.array(z.record(z.enum(LOCALES), Situation)).parse(read(PAIRS));
