/**
 * `npm run access`: asks a real server, as everybody, for everything, and compares what it does with the expectation. `--all`
 * lists every cell that is allowed. Exit code 1 where something differs. docs/access.md tells how to read it.
 */
import { unasked } from './allowance';
import { verdict, type Cell } from './cell';
import './expectation';
import './told';
import { PEOPLE } from './people';
import { pullCells } from './pulling';
import { readingCells } from './reading';
import { bellCells, topicCells } from './realtime';
import { routeCells } from './routes';
import { setScene, type Scene } from './scene';
import { writingCells } from './writing';

type Asked = Cell & { got: string };

/** What every change of a row changes, also one that is taken back. */
const MOVING = ['rev', 'updated'];

const began = Date.now();
try {
	const scene = await setScene();
	report(await runAll(scene));
	await scene.world.server.stop();
} catch (error) {
	console.error(error);
	process.exitCode = 1;
}
// Not before everything is said: connections and a server that was left behind would keep this waiting.
process.exit();

/** What only looks goes first, then who hears what, then what writes. */
async function runAll(scene: Scene): Promise<Asked[]> {
	const before = await everything(scene);
	const looked = await inLanes([...readingCells(scene), ...topicCells(scene), ...pullCells(scene)]);
	const writes = [...writingCells(scene), ...routeCells(scene)];
	const wrote = await inLanes(writes.filter((cell) => !isGiving(cell)));
	// Until it is taken back, whoever is given a key holds it: nobody else is asked at that moment.
	for (const cell of writes.filter(isGiving)) wrote.push(await ask(cell));
	const after = await inLanes(sameCells(scene, before));
	const bells = await bellCells(scene);
	const rung = await inLanes(bells.cells);
	bells.close();
	return [...looked, ...wrote, ...after, ...rung];
}

/** Side by side for everybody, one after the other for each. */
async function inLanes(cells: readonly Cell[]): Promise<Asked[]> {
	const lanes = PEOPLE.map(async (who) => {
		const done: Asked[] = [];
		for (const cell of cells.filter((one) => one.who === who)) {
			done.push(await ask(cell));
		}
		return done;
	});
	return (await Promise.all(lanes)).flat();
}

async function ask(cell: Cell): Promise<Asked> {
	return { ...cell, got: await cell.ask().catch((error: unknown) => `failed: ${String(error)}`) };
}

function isGiving({ on, verb }: Cell): boolean {
	return on === 'grants' && verb === 'create';
}

async function everything(scene: Scene): Promise<Map<string, string>> {
	const tables = await Promise.all(
		scene.collections.map(async ({ name }): Promise<[string, string]> => {
			const rows = (await scene.all(name)).map((row) =>
				JSON.stringify(Object.fromEntries(Object.entries(row).filter(([field]) => !MOVING.includes(field))))
			);
			return [name, rows.sort().join('\n')];
		})
	);
	return new Map(tables);
}

/**
 * After all tries every row is as it was: of what was refused nothing is left, and what was allowed was taken back. What was
 * noted and told of it stays.
 */
function sameCells(scene: Scene, before: Map<string, string>): Cell[] {
	return [...before]
		.filter(([name]) => !['audit', 'counters', 'notices'].includes(name))
		.map(([name, rows]): Cell => ({
			who: 'operator',
			on: name,
			verb: 'list',
			path: 'afterwards',
			what: 'every row is as it was',
			expected: 'allowed',
			ask: async () => verdict((await everything(scene)).get(name) === rows)
		}));
}

function report(asked: readonly Asked[]): void {
	const differing = asked.filter(({ expected, got }) => expected !== got);
	count('person', asked, ({ who }) => who);
	count('collection or route', asked, ({ on }) => on);
	if (process.argv.includes('--all'))
		for (const { who, on, verb, path, what, got } of asked.filter((one) => one.got !== 'refused'))
			console.log(`${who} | ${on} | ${verb} | ${path} | ${what}: ${got}`);
	for (const { who, on, verb, path, what, expected, got } of differing)
		console.log(
			`\nDIFFERS: ${who}, ${on}, ${verb} by ${path}, ${what}\n  expected: ${expected}\n  got:      ${got}`
		);
	const idle = unasked();
	for (const { on, verb, what } of idle)
		console.log(`\nNO CELL asks for what is allowed: ${on}, ${verb}, ${what}`);

	console.log(`\n${Math.round((Date.now() - began) / 1000)} s`);
	console.log(`${asked.length} cells, ${differing.length + idle.length} differ`);
	process.exitCode = differing.length + idle.length > 0 ? 1 : 0;
}

function count(title: string, asked: readonly Asked[], nameOf: (cell: Asked) => string): void {
	console.log(`\nby ${title}: cells, of these allowed, differing`);
	for (const name of new Set(asked.map(nameOf))) {
		const cells = asked.filter((cell) => nameOf(cell) === name);
		const allowed = cells.filter(({ got }) => got !== 'refused');
		const differing = cells.filter(({ expected, got }) => expected !== got);
		console.log(`  ${name}: ${cells.length}, ${allowed.length}, ${differing.length}`);
	}
}
