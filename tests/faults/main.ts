/**
 * `node build/faults.mjs --schedules N --seed S`: N schedules, one in two hundred against the real server and the others
 * against a model of it, on all processors; after them every point at which the sending path can be cut off, one by one. What fails is
 * shrunk to the faults that it takes. `--real` runs all of them against the real server; `--only SEED` runs one schedule and
 * says what struck.
 */
import 'fake-indexeddb/auto';
import { rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { everyCut } from './cuts';
import { Fate, KINDS, type Fault, type Kind } from './fate';
import { layGround, realServer } from './proxy';
import { runSchedule, USUAL, type Verdict } from './schedule';
import { shrink } from './shrink';
import { instrument } from './time';

type Sum = {
	schedules: number;
	lost: number;
	duplicated: number;
	diverged: number;
	evicted: number;
	points: number;
	kinds: Kind[];
};
type Failure = { seed: number; because: readonly string[]; faults: readonly Fault[] };
type Told = { sum: Sum } | { failure: Failure };

const NOTHING: Sum = { schedules: 0, lost: 0, duplicated: 0, diverged: 0, evicted: 0, points: 0, kinds: [] };

const isBad = ({ lost, duplicated, diverged, because }: Verdict): boolean =>
	lost + duplicated + diverged + because.length > 0;

/** Schedules `from` to `to`; each failure is told as it comes. */
async function runSome(from: number, to: number, tell: (told: Told) => void): Promise<void> {
	let sum = NOTHING;
	for (let seed = from; seed < to; seed++) {
		const verdict = await runSchedule(seed, Fate.bySeed(seed));
		sum = plus(sum, { ...verdict, schedules: 1, kinds: verdict.struck.map(([, kind]) => kind) });
		if (isBad(verdict)) {
			const faults = await shrink(verdict.struck, async (some) =>
				isBad(await runSchedule(seed, Fate.byList(some)))
			);
			tell({ failure: { seed, because: verdict.because, faults } });
		}
		if ((seed - from) % 50 === 49 || seed === to - 1) {
			tell({ sum });
			sum = NOTHING;
		}
	}
}

const plus = (a: Sum, b: Sum): Sum => ({
	schedules: a.schedules + b.schedules,
	lost: a.lost + b.lost,
	duplicated: a.duplicated + b.duplicated,
	diverged: a.diverged + b.diverged,
	evicted: a.evicted + b.evicted,
	points: a.points + b.points,
	kinds: [...new Set([...a.kinds, ...b.kinds])]
});

/** Real waiting has no place here: what takes too long is a fault of its own. */
const noTimeout = (): AbortSignal => new AbortController().signal;

function prepare(): void {
	instrument();
	AbortSignal.timeout = noTimeout;
}

/** The same against the real server. Nothing is shrunk here: no second run goes just as the first one did. */
async function runReal(count: number, seed: number, tell: (told: Told) => void): Promise<void> {
	const ground = await layGround();
	for (let at = seed; at < seed + count; at++) {
		const verdict = await runSchedule(at, Fate.bySeed(at), USUAL, await realServer(ground));
		tell({ sum: { ...verdict, schedules: 1, kinds: verdict.struck.map(([, kind]) => kind) } });
		if (isBad(verdict)) tell({ failure: { seed: at, because: verdict.because, faults: verdict.struck } });
	}
	await rm(ground.world.server.dataDir, { recursive: true, force: true });
	AbortSignal.timeout = noTimeout;
}

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			schedules: { type: 'string', default: '2000' },
			seed: { type: 'string', default: '1' },
			only: { type: 'string' },
			real: { type: 'boolean', default: false }
		}
	});
	if (values.only !== undefined) {
		prepare();
		if (values.real) await runReal(1, Number(values.only), (told) => console.dir(told, { depth: 5 }));
		else console.log(await runSchedule(Number(values.only), Fate.bySeed(Number(values.only))));
		return;
	}
	const [schedules, seed] = [Number(values.schedules), Number(values.seed)];
	const begun = performance.now();
	let sum = NOTHING;
	let failures = 0;
	const hear = (told: Told): void => {
		if ('sum' in told) {
			const before = Math.floor(sum.schedules / 1000);
			sum = plus(sum, told.sum);
			if (Math.floor(sum.schedules / 1000) > before) console.log(`${sum.schedules} of ${schedules}`);
		} else {
			failures++;
			const { seed: which, because, faults } = told.failure;
			console.error(`seed ${which}: ${because.join('; ')}`);
			console.error(
				`  it takes ${faults.map(([point, kind]) => `${kind} at ${point}`).join(', ') || 'no fault'}`
			);
		}
	};
	const real = values.real ? schedules : Math.ceil(schedules / 200);
	const modelled = schedules - real;
	const count = Math.min(availableParallelism(), modelled);
	const share = Math.ceil(modelled / count);
	await Promise.all(
		Array.from({ length: count }, (_, at) => {
			const from = seed + at * share;
			return inWorker({ from, to: Math.min(from + share, seed + modelled) }, hear);
		})
	);
	prepare();
	await runReal(real, seed + modelled, hear);
	const cuts = await everyCut();
	console.log(`killed at each of ${cuts.points} points of the way out: ${cuts.failed.length} failed`);
	for (const one of cuts.failed) console.error(`  ${one}`);
	const missing = KINDS.filter((kind) => !sum.kinds.includes(kind));
	if (missing.length > 0) console.log(`never struck: ${missing.join(', ')}`);
	const seconds = Math.round((performance.now() - begun) / 1000);
	console.log(
		`seed ${seed}, ${sum.points} await points, ${sum.evicted} things thrown away by a browser before they were sent, ${seconds} s`
	);
	console.log(
		`${sum.schedules} schedules, ${sum.kinds.length} kinds of fault, ${sum.lost} lost, ${sum.duplicated} duplicated, ${sum.diverged} diverged`
	);
	process.exitCode = failures + cuts.failed.length > 0 || sum.schedules < schedules ? 1 : 0;
}

function inWorker(range: { from: number; to: number }, hear: (told: Told) => void): Promise<void> {
	return new Promise((resolve, reject) => {
		const worker = new Worker(fileURLToPath(import.meta.url), {
			workerData: range,
			resourceLimits: { maxYoungGenerationSizeMb: 64 }
		});
		worker.on('message', hear);
		worker.on('error', reject);
		worker.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`a worker ended with ${code}`))));
	});
}

if (isMainThread) await main();
else {
	prepare();
	const { from, to } = workerData as { from: number; to: number };
	await runSome(from, to, (told) => parentPort?.postMessage(told));
	process.exit(0);
}
