/** How texts reach the guard's worker, and what becomes of its answers. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Looked } from '../../src/lib/app/guard';
import type { Answer, Asked } from '../../src/lib/app/guard.worker';

/** Remembers what it was asked; answers when the test wants it to. */
class Listening {
	static all: Listening[] = [];
	asked: Asked[] = [];
	isEnded = false;
	onmessage: (event: { data: Answer }) => void = () => undefined;
	onerror: () => void = () => undefined;

	constructor() {
		Listening.all.push(this);
	}

	postMessage(asked: Asked): void {
		this.asked.push(asked);
	}

	terminate(): void {
		this.isEnded = true;
	}

	/** Finds nothing in the last text. */
	answer(names: 'all' | 'coming' = 'all'): void {
		const last = this.asked.at(-1);
		if (last && 'id' in last) this.onmessage({ data: { id: last.id, marks: [], names } });
	}

	get texts(): string[] {
		return this.asked.flatMap((one) => ('text' in one ? [one.text] : []));
	}
}

let renew: () => void = () => undefined;
let start: typeof import('../../src/lib/app/guard').guard;
const told: Looked[] = [];
const begin = () => start((looked) => told.push(looked));
const worker = (): Listening => Listening.all.at(-1) as Listening;

beforeEach(async () => {
	vi.useFakeTimers();
	vi.resetModules();
	[Listening.all, told.length] = [[], 0];
	vi.stubGlobal('Worker', Listening);
	const serviceWorker = { addEventListener: (_: string, act: () => void) => (renew = act) };
	vi.stubGlobal('navigator', { serviceWorker });
	({ guard: start } = await import('../../src/lib/app/guard'));
});
afterEach(() => {
	vi.useRealTimers();
	vi.unstubAllGlobals();
});

describe('the worker', () => {
	test('starts with the first text, and has the names of its language first', () => {
		const mine = begin();
		expect(Listening.all).toEqual([]);
		mine.look('Anna', 'hu');
		const [lists] = worker().asked;
		const named =
			lists && 'lists' in lists ? lists.lists.map((path) => /names-([a-z]+)/.exec(path)?.[1]) : [];
		expect(named).toEqual(['hu', 'en', 'pl', 'de', 'ro']);
	});

	test('looks through one text at a time, and then through the newest', () => {
		const mine = begin();
		for (const text of ['A', 'An', 'Ann', 'Anna']) mine.look(text, 'en');
		expect(worker().texts).toEqual(['A']);
		worker().answer();
		expect(worker().texts).toEqual(['A', 'Anna']);
		worker().answer();
		expect(worker().texts).toEqual(['A', 'Anna']);
		expect(told.map(({ text }) => text)).toEqual(['A', 'Anna']);
	});

	test('serves several texts, and each hears of its own', () => {
		const other: string[] = [];
		begin().look('one', 'en');
		start(({ text }) => other.push(text)).look('two', 'en');
		const [, first] = worker().asked;
		if (first && 'id' in first) worker().onmessage({ data: { id: first.id, marks: [], names: 'all' } });
		worker().answer();
		expect([told.map(({ text }) => text), other]).toEqual([['one'], ['two']]);
		expect(Listening.all).toHaveLength(1);
	});

	test('looks once more when more names have come', () => {
		begin().look('Anna', 'en');
		worker().answer('coming');
		worker().onmessage({ data: { id: null } });
		worker().answer();
		expect(told.map(({ names }) => names)).toEqual(['coming', 'all']);
	});

	test('that the system has ended is started again by the next letter', () => {
		const mine = begin();
		mine.look('A', 'en');
		worker().onerror();
		mine.look('An', 'en');
		expect(Listening.all).toHaveLength(2);
		expect(worker().texts).toEqual(['An']);
	});

	test('comes again, kept this time, once the service worker answers for the page', () => {
		begin().look('Anna', 'en');
		worker().answer();
		renew();
		expect(Listening.all.map(({ isEnded }) => isEnded)).toEqual([true, false]);
		expect(worker().texts).toEqual(['Anna']);
	});

	test('forgets what it has read soon after the last text was left', () => {
		const [mine, other] = [begin(), begin()];
		mine.look('Anna', 'en');
		mine.end();
		other.look('Jan', 'en');
		vi.advanceTimersByTime(60_000);
		expect(worker().isEnded).toBe(false);
		other.end();
		vi.advanceTimersByTime(4_000);
		const next = begin();
		vi.advanceTimersByTime(60_000);
		expect(worker().isEnded).toBe(false);
		next.look('Ewa', 'en');
		next.end();
		vi.advanceTimersByTime(60_000);
		expect(worker().isEnded).toBe(true);
	});

	test('tells nothing to whom has left', () => {
		const mine = begin();
		mine.look('Anna', 'en');
		mine.end();
		worker().answer();
		expect(told).toEqual([]);
	});
});
