/**
 * A bad mobile line on loopback, in front of a server: slow, far away, failing and cut. All connections share its rate in
 * turn, each way. It reads just enough of HTTP to let single requests fail and to count what went up.
 */
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { Line, type Lane } from './line';
import { hearRequests } from './requests';
import { seeded } from './seeded';

export type Shape = {
	/** Bytes a second, each way. */
	rate: number;
	/** ms. A new connection takes one before it carries anything. */
	roundTrip: number;
	/**
	 * 0 to 1: how many requests end with their connection. Half of these somewhere in the request, the others when the
	 * server has answered and before the answer has come.
	 */
	failing: number;
	/** ms from one cut to the next, 0 for none. A cut ends all connections, and lets nothing in for a second. */
	cutEvery: number;
	seed: number;
};
export const WIDE: Shape = { rate: Infinity, roundTrip: 0, failing: 0, cutEvery: 0, seed: 0 };

/** Times are ms since the line was opened. */
export type Request = {
	method: string;
	path: string;
	began: number;
	/** All of it has left the client. 0: never. */
	through: number;
	/** The server has answered with success, whether or not the answer comes through. 0: never. */
	taken: number;
	/** The answer has come. 0: never. */
	answered: number;
	/** What went up of it. */
	bytes: number;
};
export type Shaped = {
	url: string;
	now: () => number;
	requests: Request[];
	/** The most connections that there were at once. */
	connections: () => number;
	failed: () => number;
	cuts: () => number;
	close: () => Promise<void>;
};

const DARK = 1_000;
/** What one connection may have waiting at the beginning of the line. */
const HELD = 64 * 1024;

export async function openLine(port: number, shape: Shape): Promise<Shaped> {
	const chance = seeded(shape.seed);
	const [up, down] = [new Line(shape.rate), new Line(shape.rate)];
	const opened = performance.now();
	const since = (): number => performance.now() - opened;
	const requests: Request[] = [];
	const ends = new Set<() => void>();
	const count = { failed: 0, cuts: 0, most: 0 };
	let dark = false;

	const visit = (client: Socket): void => {
		if (dark) {
			client.destroy();
			return;
		}
		const server = connect(port, '127.0.0.1');
		const end = (): void => {
			ends.delete(end);
			client.destroy();
			server.destroy();
		};
		ends.add(end);
		count.most = Math.max(count.most, ends.size);
		for (const socket of [client, server]) socket.setNoDelay(true).on('error', end);
		client.on('close', end);

		let last: Request | null = null;
		/** Bytes after which this request fails, or the answer that never comes. */
		let fate: number | 'answer' | null = null;
		const fail = (): void => {
			count.failed++;
			end();
		};
		const hear = hearRequests({
			begins: (method, path, length) => {
				last = { method, path, began: since(), through: 0, taken: 0, answered: 0, bytes: 0 };
				requests.push(last);
				const [fails, early, where] = [chance() < shape.failing, chance() < 0.5, chance()];
				fate = fails ? (early ? where * length : 'answer') : null;
			},
			carries: (bytes) => {
				if (last) last.bytes += bytes;
				if (last && typeof fate === 'number' && last.bytes > fate) fail();
			},
			ends: () => {
				if (last) last.through = since();
			}
		});
		server.on('data', (bytes: Buffer) => {
			if (last?.through && /^HTTP\/1\.1 2/.test(bytes.subarray(0, 12).toString('latin1')))
				last.taken ||= since();
		});
		const answer = (): boolean => {
			if (fate === 'answer') fail();
			else if (last?.through) last.answered ||= since();
			return fate !== 'answer';
		};
		carry(client, server, up, shape.roundTrip, shape.roundTrip / 2, hear);
		carry(server, client, down, 0, shape.roundTrip / 2, undefined, answer);
	};

	const listener = createServer(visit);
	await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
	const cut = (): void => {
		count.cuts++;
		dark = true;
		for (const end of [...ends]) end();
		setTimeout(() => (dark = false), DARK);
	};
	const cutting = shape.cutEvery > 0 ? setInterval(cut, shape.cutEvery) : undefined;
	return {
		url: `http://127.0.0.1:${(listener.address() as AddressInfo).port}`,
		now: since,
		requests,
		connections: () => count.most,
		failed: () => count.failed,
		cuts: () => count.cuts,
		close: () => {
			clearInterval(cutting);
			for (const end of [...ends]) end();
			return new Promise((resolve) => listener.close(() => resolve()));
		}
	};
}

/** Carries what `from` says to `to`, from `opens` ms on: what waits its turn leaves, and comes `latency` ms later. */
function carry(
	from: Socket,
	to: Socket,
	line: Line,
	opens: number,
	latency: number,
	leaves: (bytes: Buffer) => void = () => undefined,
	comes: () => boolean = () => true
): void {
	let waiting = Buffer.alloc(0);
	let [open, over] = [opens === 0, false];
	const finish = (): void => void setTimeout(() => to.end(), latency);
	const lane: Lane = {
		take: (most) => {
			if (to.destroyed || waiting.length === 0) return null;
			const bytes = waiting.subarray(0, most);
			waiting = waiting.subarray(most);
			if (waiting.length < HELD) from.resume();
			return bytes;
		},
		give: (bytes) => {
			leaves(bytes);
			if (over && waiting.length === 0) finish();
			setTimeout(() => {
				if (!to.destroyed && comes()) to.write(bytes);
			}, latency);
		}
	};
	from.on('data', (bytes: Buffer) => {
		waiting = Buffer.concat([waiting, bytes]);
		if (waiting.length >= HELD) from.pause();
		if (open) line.offer(lane);
	});
	from.on('end', () => {
		over = true;
		if (waiting.length === 0) finish();
	});
	if (!open)
		setTimeout(() => {
			open = true;
			line.offer(lane);
		}, opens);
}
