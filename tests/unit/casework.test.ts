/** What a team works with in a case: tasks, days on which something is due, alerts about the same. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Progress } from '../../src/lib/domain/casework';
import { Content, type Content as ContentOf } from '../../src/lib/domain/content';
import { dueOf, expected } from '../../src/lib/domain/due';
import { fold, type Said } from '../../src/lib/domain/fold';
import { isLikely, type Report } from '../../src/lib/domain/likely';
import { PHASES, URGENCIES } from '../../src/lib/domain/lists';
import { interleave, rootOf } from '../../src/lib/domain/merging';
import { mentioned, suggested } from '../../src/lib/domain/mentions';
import { unrepeated } from '../../src/lib/domain/repeats';
import { ratings, tasks } from '../../src/lib/domain/tasks';
import { dayOf, endOf } from '../../src/lib/domain/when';
import { RUNS } from './runs';
import { sayingTo } from './said';

const AT = Date.UTC(2026, 10, 18, 12);
const DAY = 86_400_000;
const [ANA, CORA, ESZTER] = ['ana000000000000', 'cora00000000000', 'eszter000000000'] as const;

const said = sayingTo('team');
const task = (more: object = {}): ContentOf => ({ kind: 'task', at: AT, text: 'Call the school', ...more });
const progress = (on: Said, state: Progress['state'], more: object = {}): ContentOf => ({
	...{ kind: 'progress', at: AT, on: on.id, state, text: '' },
	...more
});
const taskOf = (on: Said, entries: readonly Said[]) => tasks(fold(entries).timeline).get(on.id);

describe('a task', () => {
	test('is as it was made, then as whoever knew of it said last', () => {
		const made = said(CORA, task({ to: ESZTER, due: '2026-12-01' }));
		expect(taskOf(made, [made])).toMatchObject({ state: 'open', to: ESZTER, due: '2026-12-01' });
		const done = said(ESZTER, progress(made, 'done', { to: ESZTER, text: 'She calls back' }), [made]);
		expect(taskOf(made, [made, done])).toMatchObject({ state: 'done', note: 'She calls back', due: null });
		const again = said(CORA, progress(made, 'open', { to: CORA }), [done]);
		expect(taskOf(made, [made, done, again])).toMatchObject({ state: 'open', to: CORA, isContrary: false });
	});

	test('that was put differently at the same time says so, and the same at the same time does not', () => {
		const made = said(CORA, task());
		const done = said(CORA, progress(made, 'done'), [made]);
		const dropped = said(ESZTER, progress(made, 'dropped'), [made]);
		for (const order of [
			[made, done, dropped],
			[dropped, made, done]
		])
			expect(taskOf(made, order)).toMatchObject({ state: 'dropped', isContrary: true });
		const settled = said(CORA, progress(made, 'done'), [done, dropped]);
		expect(taskOf(made, [made, done, dropped, settled])).toMatchObject({ state: 'done', isContrary: false });
		const same = said(ESZTER, progress(made, 'done'), [made]);
		expect(taskOf(made, [made, done, same])?.isContrary).toBe(false);
	});

	test('is none where whoever asked could set it', () => {
		const made = said(ANA, task({ due: '2020-01-01' }), [], { audience: 'reporter' });
		expect(taskOf(made, [made])).toBeUndefined();
		expect(expected(fold([made])).task).toBeNull();
	});

	test('is not moved by what is said to others than read it', () => {
		const made = said(CORA, task());
		const elsewhere = said(ESZTER, progress(made, 'done'), [made], { audience: 'narrow' });
		expect(taskOf(made, [made, elsewhere])?.state).toBe('open');
	});
});

test('only whoever asked says whether advice helped, and the last word counts', () => {
	const advice = said(CORA, { kind: 'advice', at: AT, text: 'Talk first' });
	const rate = (author: string, helped: 'yes' | 'no') =>
		said(author, { kind: 'rating', at: AT, on: advice.id, helped, text: '' });
	const all = [advice, rate(ANA, 'no'), rate(ANA, 'yes'), rate(CORA, 'no')];
	expect(ratings(all, ANA).get(advice.id)).toEqual({ helped: 'yes', text: '' });
	expect(ratings(all, null).size).toBe(0);
});

describe('what is due', () => {
	const none = { phase: 'received', moved: null, due: null, task: null } as const;

	test('an alert waits the shorter the more urgent it is, and never for ever', () => {
		const waits = URGENCIES.map((urgency) => dueOf(none, { urgency, created: AT }) ?? Infinity);
		expect([...waits].sort((a, b) => b - a)).toEqual(waits);
		expect(new Set(waits).size).toBe(URGENCIES.length);
		for (const due of waits) expect(due).toBeLessThan(AT + 8 * DAY);
	});

	test('every phase ends some day but those in which nothing is waited for', () => {
		const ends = PHASES.filter(
			(phase) => dueOf({ phase, moved: AT, due: null, task: null }, { urgency: 'calm', created: AT }) === null
		);
		expect(ends).toEqual(['closed', 'evaluated']);
	});

	test('is what was said, to the end of that day, or an open task that comes before', () => {
		const routing = { urgency: 'calm', created: AT } as const;
		const planned = said(CORA, { kind: 'phase', at: AT, phase: 'planned', due: '2026-12-10' });
		expect(dueOf(expected(fold([planned])), routing)).toBe(endOf('2026-12-10'));
		const made = said(CORA, task({ due: '2026-12-01' }), [planned]);
		expect(dueOf(expected(fold([planned, made])), routing)).toBe(endOf('2026-12-01'));
		const done = said(CORA, progress(made, 'done'), [made]);
		expect(dueOf(expected(fold([planned, made, done])), routing)).toBe(endOf('2026-12-10'));
		const closed = said(CORA, { kind: 'phase', at: AT, phase: 'closed', reason: 'It is over' }, [done]);
		expect(dueOf(expected(fold([planned, made, done, closed])), routing)).toBeNull();
	});

	test('a day ends in its own last moment', () => {
		expect(dayOf(endOf('2026-12-01'))).toBe('2026-12-01');
		expect(dayOf(endOf('2026-12-01') + 1)).toBe('2026-12-02');
	});
});

describe('alerts about the same', () => {
	const ID = fc.constantFrom('a', 'b', 'c', 'd', 'e');
	const into = fc
		.uniqueArray(fc.tuple(ID, fc.option(ID)), { selector: ([id]) => id })
		.map((all) => new Map(all));

	test('have one case in which they are worked on, whichever of them is asked', () => {
		fc.assert(
			fc.property(into, ID, (all, id) => {
				const root = rootOf(id, all);
				const next = all.get(id);
				expect(rootOf(root, all)).toBe(root);
				if (next) expect(rootOf(next, all)).toBe(root);
				else expect(root).toBe(id);
			}),
			{ numRuns: RUNS }
		);
	});

	test('are read together, each in its own order', () => {
		const timeline = fc.array(fc.record({ time: fc.nat(20) }));
		fc.assert(
			fc.property(fc.array(timeline, { maxLength: 4 }), (all) => {
				const read = interleave(all, ({ time }) => time);
				expect(read).toHaveLength(all.flat().length);
				for (const one of all) expect(read.filter((item) => one.includes(item))).toEqual(one);
			}),
			{ numRuns: RUNS }
		);
		const at = (...times: number[]) => times.map((time) => ({ time }));
		const sorted = interleave([at(1, 4), at(2, 3), [], at(0)], ({ time }) => time);
		expect(sorted).toEqual(at(0, 1, 2, 3, 4));
	});

	test('say once what was done with all of them, and each what was said in it alone', () => {
		const move = (at: number): ContentOf => ({ kind: 'phase', at, phase: 'closed' });
		const take = (at: number): ContentOf => ({ kind: 'take', at });
		const open = [
			said(CORA, move(AT)),
			said(CORA, take(AT)),
			said(CORA, { kind: 'message', at: AT, text: 'Hi' })
		];
		const [own, later, hers] = [said(CORA, take(AT + 1)), said(CORA, move(AT + 1)), said(ESZTER, move(AT))];
		const words = said(CORA, { kind: 'message', at: AT, text: 'Hi' });
		const other = said(CORA, { kind: 'phase', at: AT, phase: 'paused' });
		const reason = said(CORA, { kind: 'phase', at: AT, phase: 'closed', reason: 'Told to one alone' });
		const joined = [said(CORA, move(AT)), own, said(CORA, take(AT)), later, hers, words, other, reason];
		expect(unrepeated(fold(joined), fold(open))).toEqual([own, later, hers, words, other, reason]);
		expect(unrepeated(fold(joined), fold([]))).toEqual(fold(joined).timeline);
	});

	test('are suggested where two of place, type and words are alike, and days lie between at most', () => {
		const one: Report = {
			...{ type: 'propaganda', place: 'Dąbrowa Górnicza', created: AT },
			opening: 'Stickers with slogans at the bridge behind the school'
		};
		const words = 'Somebody painted slogans and stickers behind our school';
		expect(isLikely(one, { ...one, opening: null })).toBe(true);
		expect(isLikely(one, { ...one, place: 'dabrowa gornicza', opening: '' })).toBe(true);
		expect(isLikely(one, { ...one, place: 'Pécs', opening: words })).toBe(true);
		expect(isLikely(one, { ...one, place: 'Pécs', opening: 'A quarrel in class' })).toBe(false);
		expect(isLikely(one, { ...one, type: 'threat', opening: 'A quarrel in class' })).toBe(false);
		expect(isLikely(one, { ...one, created: AT + 15 * DAY })).toBe(false);
	});
});

test('an assessment says something, and no kind takes a score', () => {
	const nothing = { concerns: '', needs: ' ', strengths: '', changes: '', plan: '' };
	expect(Content.safeParse({ kind: 'assessment', at: AT, ...nothing }).success).toBe(false);
	const one = Content.parse({ kind: 'assessment', at: AT, ...nothing, needs: 'A quiet place', risk: 7 });
	expect(one).not.toHaveProperty('risk');
});

describe('a mention', () => {
	const readers = [
		{ id: 'anna00000000000', name: 'Anna' },
		{ id: 'annamaria000000', name: 'Anna Mária' },
		{ id: 'eszter000000000', name: 'Eszter' }
	];

	test('is the whole name of somebody who reads it, with or without diacritics', () => {
		expect(mentioned('Please look, @eszter! And @Anna Maria.', readers)).toEqual([
			'eszter000000000',
			'annamaria000000'
		]);
		expect(mentioned('@Anna, what now?', readers)).toEqual(['anna00000000000']);
		expect(mentioned('@Annabel and Eszter, mail me at x@eszterke.hu', readers)).toEqual([]);
	});

	test('is suggested as it is typed, and no longer once it stands', () => {
		expect(suggested('Ask @an', readers).map(({ name }) => name)).toEqual(['Anna', 'Anna Mária']);
		expect(suggested('Ask @', readers)).toHaveLength(3);
		expect(suggested('Ask @Eszter', readers)).toEqual([]);
		expect(suggested('Ask me@es', readers)).toEqual([]);
		expect(suggested('Ask', readers)).toEqual([]);
	});
});

test('a day that no calendar has is not taken in', () => {
	for (const due of ['2026-13-01', '2026-00-10', '2026-01-40', '0000-99-99', '12-1-2026'])
		expect(Content.safeParse(task({ due })).success).toBe(false);
	expect(Content.safeParse(task({ due: '2026-02-28' })).success).toBe(true);
});
