/**
 * `npm run bench:sync [SEED]`: what the engine needs for 50 alerts with a photo each over a bad line, against the time that
 * their bytes alone would take; and how fast it is without a line, against a bare loop. Exit code 1 where a limit is missed.
 */
import { loadavg } from 'node:os';
import type { NewCase } from '../../src/lib/sync/outgoing';
import { seeded } from '../net/seeded';
import { openLine, WIDE, type Request, type Shape, type Shaped } from '../net/shaping';
import { World, type Sender } from './sync-world';

const ALERTS = 50;
const PICTURE = 400_000;
const BAD: Shape = { ...WIDE, rate: 200_000, roundTrip: 300, failing: 0.02 };
const CUT_EVERY = 15_000;
/** Lines that carry texts alone, beside the two that carry all. */
const LINES = 9;
/** Of engine and bare loop. */
const PAIRS = 7;

const seed = Number(process.argv[3] ?? 1);

const isText = ({ method, path }: Request): boolean => method === 'POST' && path === '/api/batch';
const isPart = ({ method, path }: Request): boolean =>
	method === 'POST' && path.startsWith('/api/collections/blobs/');
const bytesOf = (requests: readonly Request[]): number => requests.reduce((sum, { bytes }) => sum + bytes, 0);
const median = (some: readonly number[]): number =>
	[...some].sort((a, b) => a - b)[some.length >> 1] ?? Infinity;

const withoutPhoto = ({ parcel: { item, batch }, ...made }: NewCase): NewCase => ({
	...made,
	parcel: { item: { ...item, left: [], parts: 0 }, batch, parts: [] }
});

async function withSender<T>(world: World, work: (sender: Sender, port: number) => Promise<T>): Promise<T> {
	const server = await world.server();
	const sender = await world.device(server);
	const result = await work(sender, Number(new URL(server.url).port));
	await sender.close();
	await server.stop();
	return result;
}

/** ms from the wake until the phone knows that all is there, with nothing between the engine and its server. */
const sendAtOnce = (world: World, load: readonly NewCase[]): Promise<number> =>
	withSender(world, async (sender, port) => {
		const running = await sender.start(`http://127.0.0.1:${port}`, seeded(seed));
		await sender.write(load);
		const begun = performance.now();
		await running.sendAll();
		const ms = performance.now() - begun;
		running.stop();
		return ms;
	});

type Sent = { all: number; texts: number; requests: readonly Request[]; line: Shaped };

/**
 * The clock runs from the wake of an app that is open and has reached its server, with all of it in the outbox, until the
 * phone knows that all is there; for the texts, until the server has taken the last of them. In ms.
 */
const sendOver = (world: World, load: readonly NewCase[], shape: Shape): Promise<Sent> =>
	withSender(world, async (sender, port) => {
		const line = await openLine(port, shape);
		const running = await sender.start(line.url, seeded(shape.seed));
		await sender.write(load);
		const before = line.requests.length;
		const begun = line.now();
		await running.sendAll();
		const all = line.now() - begun;
		running.stop();
		await line.close();
		const requests = line.requests.slice(before);
		const texts = Math.max(...requests.filter(isText).map(({ taken }) => taken)) - begun;
		return { all, texts, requests, line };
	});

/** ms for a loop that only sends these, one after another. */
async function loop(world: World, load: readonly NewCase[]): Promise<number> {
	const server = await world.server();
	const { remote } = await world.signIn(server);
	const begun = performance.now();
	for (const { parcel } of load) {
		const { writes, id, digest } = parcel.batch;
		const outcome = await remote.sendBatch(writes, id, digest);
		if (outcome.is !== 'accepted') throw new Error(`not delivered: ${outcome.is}`);
	}
	const ms = performance.now() - begun;
	await server.stop();
	return ms;
}

const missed: string[] = [];
function judge(what: string, figures: string, ratio: number, least: boolean, limit: number): void {
	const isMet = least ? ratio >= limit : ratio <= limit;
	if (!isMet) missed.push(what);
	const row = [
		what.padEnd(36),
		figures.padStart(22),
		ratio.toFixed(2),
		`${least ? 'at least' : 'at most'} ${limit}`
	];
	console.log(`${row.join('  ')}${isMet ? '' : '  MISSED'}`);
}
const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;
const alone = (bytes: number): number => (bytes / BAD.rate) * 1000;
const note = (text: string): void => console.log(`  ${text}`);
const load1 = (): string => `load of the machine ${(loadavg()[0] ?? 0).toFixed(1)}`;

const world = await World.found();
const whole = await world.seal(ALERTS, PICTURE);
const texts = whole.map(withoutPhoto);
const { requests } = await sendOver(world, whole, WIDE);
const once = {
	all: bytesOf(requests.filter((one) => isText(one) || isPart(one))),
	texts: bytesOf(requests.filter(isText))
};
console.log(
	`${ALERTS} alerts with a photo of ${PICTURE / 1000} kB: ${(once.all / 1e6).toFixed(2)} MB to send`
);
console.log(`texts alone: ${(once.texts / 1e6).toFixed(2)} MB; seed ${seed}; ${load1()}`);

const pairs: { loop: number; engine: number }[] = [];
for (let pair = 0; pair < PAIRS; pair++) {
	const first = pair % 2 === 0 ? await loop(world, texts) : 0;
	const engine = await sendAtOnce(world, texts);
	pairs.push({ loop: first || (await loop(world, texts)), engine });
}
const faster = pairs.map((one) => one.loop / one.engine);
const rate = (ms: readonly number[]): string => ((ALERTS / median(ms)) * 1000).toFixed(0);
const rates = `${rate(pairs.map(({ engine }) => engine))}/s, ${rate(pairs.map((one) => one.loop))}/s`;
judge('alerts a second, engine and bare loop', rates, median(faster), true, 0.7);
note(`pairs: ${faster.map((one) => one.toFixed(2)).join(' ')}`);

const ofTexts: number[] = [];
for (const [what, shape, limit] of [
	['all, 2 % of requests failing', { ...BAD, seed }, 1.15],
	['all, and the line cut every 15 s', { ...BAD, seed, cutEvery: CUT_EVERY }, 1.3]
] as const) {
	const sent = await sendOver(world, whole, shape);
	judge(
		what,
		`${seconds(sent.all)} of ${seconds(alone(once.all))}`,
		sent.all / alone(once.all),
		false,
		limit
	);
	ofTexts.push(sent.texts / alone(once.texts));
	const firstPart = Math.min(...sent.requests.filter(isPart).map(({ began }) => began));
	const lastText = Math.max(...sent.requests.filter(isText).map(({ answered }) => answered));
	if (firstPart < lastText) missed.push(`${what}: a photo went before a text`);
	const more = ((bytesOf(sent.requests) / once.all - 1) * 100).toFixed(1);
	const { line } = sent;
	note(
		`${line.failed()} of ${line.requests.length} requests failed, ${line.cuts()} cuts, ${more} % more bytes`
	);
}
for (let at = 1; at <= LINES; at++)
	ofTexts.push((await sendOver(world, texts, { ...BAD, seed: seed + at })).texts / alone(once.texts));
const middle = median(ofTexts);
const figures = `${seconds(middle * alone(once.texts))} of ${seconds(alone(once.texts))}`;
judge(`all texts, median of ${ofTexts.length} lines`, figures, middle, false, 1.15);
note(
	`seeds ${seed}, ${seed}, ${seed + 1} to ${seed + LINES}: ${ofTexts.map((one) => one.toFixed(2)).join(' ')}`
);
note(load1());

await world.close();
for (const what of missed) console.error(`missed: ${what}`);
process.exitCode = missed.length > 0 ? 1 : 0;
