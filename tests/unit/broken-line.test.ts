/** A long recording over a line that breaks every half minute, in a time of its own: nothing of it starts over. */
import 'fake-indexeddb/auto';
import { expect, test, vi } from 'vitest';
import { OPEN, type Outcome, type Step } from '../../src/lib/domain/outbox';
import { PART_BYTES } from '../../src/lib/domain/parts';
import { openStore, type PartRow } from '../../src/lib/store/person';
import { drain } from '../../src/lib/sync/engine';
import type { Remote } from '../../src/lib/sync/remote';
import { instrument, Time } from '../faults/time';

vi.setConfig({ testTimeout: 60_000 });
instrument();

const SIZE = 20_000_000;
/** Bytes a ms: 1.6 Mbit/s. All in ms. */
const RATE = 200;
const ROUND_TRIP = 300;
const CUT_EVERY = 30_000;
const DARK = 1_000;

/** Carries one after another at its rate; a cut takes all along that is on its way, and lets nothing in for a while. */
class Line {
	readonly begun = new Map<string, number>();
	readonly through: string[] = [];
	carried = 0;
	cuts = 0;
	#free = 0;
	#dark = 0;
	#cut: (() => void)[] = [];
	constructor(readonly time: Time) {
		const cut = (): void => {
			this.cuts++;
			this.#dark = time.now + DARK;
			this.#free = 0;
			for (const fail of this.#cut.splice(0)) fail();
			time.after(CUT_EVERY, cut);
		};
		time.after(CUT_EVERY, cut);
	}

	carry = ({ id, bytes }: Pick<PartRow, 'id' | 'bytes'>): Promise<Outcome> =>
		new Promise((resolve) => {
			const { time } = this;
			const fail = (): void => resolve({ is: 'unreachable', reason: 'network' });
			if (time.now < this.#dark) {
				fail();
				return;
			}
			this.begun.set(id, (this.begun.get(id) ?? 0) + 1);
			const from = Math.max(time.now, this.#free);
			this.#free = from + bytes.length / RATE;
			const lose = (): void => {
				takeBack();
				this.carried += Math.min(bytes.length, Math.max(0, (time.now - from) * RATE));
				fail();
			};
			this.#cut.push(lose);
			const takeBack = time.after(this.#free + ROUND_TRIP - time.now, () => {
				this.#cut = this.#cut.filter((one) => one !== lose);
				this.carried += bytes.length;
				this.through.push(id);
				resolve({ is: 'accepted' });
			});
		});
}

test('a voice note of 20 MB arrives over a line that breaks every 30 s, and no part goes again that was through', async () => {
	const [time, store] = [new Time(), openStore('broken-line')];
	const line = new Line(time);
	const count = Math.ceil(SIZE / PART_BYTES);
	const parts = Array.from({ length: count }, (_, index): PartRow => ({
		...{ id: `part${index}`, item: 'alert', fields: { file: 'voice', index, count, digest: `${index}` } },
		bytes: new Uint8Array(Math.min(PART_BYTES, SIZE - index * PART_BYTES))
	}));
	await store.parts.bulkAdd(parts);
	await store.batches.add({
		id: 'alert',
		writes: [{ collection: 'entries', id: 'alert', verb: 'create', body: {} }],
		digest: 'd'
	});
	await store.outbox.add({
		...{ id: 'alert', case: 'case', created: 0, attempts: 0, notBefore: 0, reason: '', status: 'waiting' },
		...{ makes: [], needs: [], filed: false, left: parts.map(({ id }) => id), parts: count }
	});
	const remote = {
		sendPart: line.carry,
		sendBatch: () => line.carry({ id: 'words', bytes: new Uint8Array(4_000) })
	};
	const sleep = (ms: number, signal?: AbortSignal): Promise<void> =>
		new Promise((resolve) => {
			const takeBack = time.after(ms, resolve);
			signal?.addEventListener('abort', takeBack);
		});
	const host = { now: () => time.now, chance: () => 0.5, sleep };
	const state = { line: { is: OPEN } };
	const begun = time.now;
	let isOver = false;
	const sending = (async () => {
		for (let step: Step | null = null; step?.do !== 'rest';) {
			step = await drain({ store, remote: remote as unknown as Remote, host, ...state });
			if (step.do === 'wait') await sleep(step.until - time.now);
		}
		isOver = true;
	})();
	await time.run(begun + 600_000, () => isOver);
	await sending;

	const alone = SIZE / RATE;
	expect(line.cuts).toBeGreaterThanOrEqual(3);
	expect(line.through).toHaveLength(count + 1);
	expect(new Set(line.through).size).toBe(count + 1);
	// A break costs what was on its way, two or three parts, and the time until the line is back.
	const again = [...line.begun.values()].reduce((sum, times) => sum + times - 1, 0);
	expect(again).toBeGreaterThan(0);
	expect(again).toBeLessThanOrEqual(3 * line.cuts);
	expect(line.carried - SIZE).toBeLessThanOrEqual(line.cuts * 3 * PART_BYTES + 4_000);
	expect(time.now - begun).toBeLessThan(alone * 1.15);
	expect(await store.outbox.count()).toBe(0);
	expect(await store.parts.count()).toBe(0);
});
