/**
 * What the server takes for a page of a pull among 100,000 cases of 200 teams and 1,000 people, as a ratio to the same rows
 * by their primary keys, and among 10,000 of them. Exit code 1 where a limit is missed.
 */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { seeded } from '../../net/seeded';
import { startServer, type Server } from '../../server';

const SIZES = [10_000, 100_000];
const PEOPLE = 40;
const ROUNDS = 5;
/** As tests/bench/arena/hooks has them. */
const [TEAMS, IN_TEAM, BEFORE, EACH] = [200, 4, 10_000, 6];
const LEAST = 0.5;
/** How much slower than among a tenth. */
const FLAT = 1.25;

type Rows = Record<string, { id: string }[]>;
type Asked = { token: string; since: number };

const chance = seeded(1);
const median = (all: readonly number[]): number => [...all].sort((a, b) => a - b)[all.length >> 1] ?? NaN;
const missed: string[] = [];
function judge(what: string, figures: string, ratio: number, least: boolean, limit: number | null): void {
	const isMet = limit === null || (least ? ratio >= limit : ratio <= limit);
	if (!isMet) missed.push(what);
	const row = [
		what.padEnd(60),
		figures.padStart(18),
		ratio.toFixed(2),
		limit === null ? '' : `${least ? 'at least' : 'at most'} ${limit}`
	];
	console.log(`${row.join('  ')}${isMet ? '' : '  MISSED'}`);
}

const hooksDir = await withBenchHooks();
let server = await startServer({ hooksDir, hooksPool: 15 });
const pages: Record<string, number[]> = {};
try {
	for (const [nth, cases] of SIZES.entries()) {
		const from = SIZES[nth - 1] ?? 0;
		await call(server, 'POST', '/api/bench/fill', { body: { from, to: cases } });
		// Statistics of a night (tests/bench/arena/hooks) count from the next start on, and must not change a plan.
		await server.kill();
		server = await startServer({ hooksDir, hooksPool: 15, dataDir: server.dataDir });
		console.log(`${cases} cases; load of the machine ${(loadavg()[0] ?? 0).toFixed(1)}`);
		const end = BEFORE + cases * EACH;
		for (const [who, offset] of [
			['of a team', () => Math.floor(chance() * IN_TEAM)],
			['who reports', () => IN_TEAM]
		] as const)
			for (const [what, since, team] of [
				['a full page of what is old', () => BEFORE + Math.floor(chance() * cases * EACH * 0.4), null],
				['an alert that has just come', () => end - EACH, (cases - 1) % TEAMS],
				['nothing', () => end, null]
			] as const) {
				const asked: Asked[] = [];
				for (let at = 0; at < PEOPLE; at++) {
					const user = (team ?? Math.floor(chance() * TEAMS)) * (IN_TEAM + 1) + offset();
					const id = `u${String(user).padStart(14, '0')}`;
					asked.push({ token: await call(server, 'GET', `/api/bench/token/${id}`), since: since() });
				}
				const { pulled, read, rows } = await measure(server, asked);
				const name = `${what}, somebody ${who}`;
				(pages[name] ??= []).push(pulled);
				const figures = `${pulled.toFixed(1)} / ${read.toFixed(1)} ms`;
				const limit = rows > 0 && cases === SIZES.at(-1) ? LEAST : null;
				judge(`${name} (${rows} rows)`, figures, read / pulled, true, limit);
			}
	}
	for (const [name, [small = NaN, large = NaN]] of Object.entries(pages))
		judge(
			`among ten times as many: ${name}`,
			`${large.toFixed(1)} / ${small.toFixed(1)} ms`,
			large / small,
			false,
			FLAT
		);
} finally {
	await server.stop();
	await rm(hooksDir, { recursive: true });
}
for (const what of missed) console.error(`missed: ${what}`);
process.exitCode = missed.length > 0 ? 1 : 0;

/** ms of the middle pull, of the middle reading of the same rows, by turns; and how many rows the middle page has. */
async function measure(
	to: Server,
	asked: readonly Asked[]
): Promise<{ pulled: number; read: number; rows: number }> {
	const [pulled, read, sizes]: number[][] = [[], [], []];
	for (let round = 0; round < ROUNDS; round++)
		for (const { token, since } of asked) {
			let begun = performance.now();
			const page = JSON.parse(await call(to, 'GET', `/api/heed/pull?since=${since}`, { token })) as {
				rows: Rows;
			};
			// The first round warms up what the database keeps in memory.
			if (round > 0) pulled?.push(performance.now() - begun);
			const ids = Object.fromEntries(
				Object.entries(page.rows).map(([name, rows]) => [name, rows.map(({ id }) => id)])
			);
			begun = performance.now();
			const same = JSON.parse(await call(to, 'POST', '/api/bench/rows', { token, body: ids })) as {
				rows: Rows;
			};
			if (round > 0) read?.push(performance.now() - begun);
			const count = (rows: Rows): number => Object.values(rows).reduce((sum, some) => sum + some.length, 0);
			if (count(same.rows) !== count(page.rows)) throw new Error('these are not the same rows');
			sizes?.push(count(page.rows));
		}
	return { pulled: median(pulled ?? []), read: median(read ?? []), rows: median(sizes ?? []) };
}

/** The product's hooks, with three routes of this bench beside them. */
async function withBenchHooks(): Promise<string> {
	const folder = await mkdtemp(join(tmpdir(), 'heed-hooks-'));
	await cp('pb_hooks', folder, { recursive: true });
	await cp('tests/bench/arena/hooks/bench.pb.js', join(folder, 'bench.pb.js'));
	await cp('tests/bench/arena/hooks/lib-bench.js', join(folder, 'lib/bench.js'));
	const pull = join(folder, 'lib/pull.js');
	// What each collection shows is known there alone.
	await writeFile(pull, `${await readFile(pull, 'utf8')}\nmodule.exports.COLLECTIONS = COLLECTIONS;\n`);
	return folder;
}

async function call(
	to: Server,
	method: string,
	path: string,
	{ token, body }: { token?: string; body?: unknown } = {}
): Promise<string> {
	const response = await fetch(to.url + path, {
		method,
		headers: {
			...(token !== undefined && { Authorization: token }),
			...(body !== undefined && { 'Content-Type': 'application/json' })
		},
		...(body !== undefined && { body: JSON.stringify(body) })
	});
	const text = await response.text();
	if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
	return text;
}
