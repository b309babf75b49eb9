/** What a device decides by itself: when it locks, how long it waits, and that closing wins. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isTooLongAway } from '../../src/lib/domain/away';
import { idleTime } from '../../src/lib/domain/idle';
import { LOCALES } from '../../src/lib/domain/lists';
import { hear, isOver, NOTHING, type Held, type Opening, type Word } from '../../src/lib/domain/opening';
import { oneMore, onTheClock, pauseLeft, type Tries } from '../../src/lib/domain/tries';
import { duration } from '../../src/lib/ui/time';

const NOON = Date.UTC(2026, 10, 20, 12);
const [SECOND, MINUTE, DAY] = [1_000, 60_000, 86_400_000];

const opening = (id: string, more: Partial<Opening> = {}): Opening => ({
	id,
	account: 'ana',
	key: `key of ${id}`,
	idle: 5 * MINUTE,
	active: NOON,
	...more
});
const open = (id: string): Word => ({ say: 'open', opening: opening(id) });
const close = (id: string | null): Word => ({ say: 'close', id });
const after = (...words: Word[]): Held => words.reduce<Held>(hear, NOTHING);

describe('an opening', () => {
	test('is held from the word that opens to the word that closes', () => {
		expect(after(open('a')).opening?.key).toBe('key of a');
		expect(after(open('a'), close('a')).opening).toBeNull();
		expect(after(open('a'), close(null)).opening).toBeNull();
		expect(after(open('a'), close('another')).opening?.id).toBe('a');
	});

	test('gives way to a newer one, and does not come back after it', () => {
		expect(after(open('a'), open('b')).opening?.id).toBe('b');
		expect(after(open('a'), open('b'), open('a')).opening?.id).toBe('b');
	});

	const aWord: fc.Arbitrary<Word> = fc.oneof(
		fc.constantFrom('a', 'b', 'c').map(open),
		fc.constantFrom('a', 'b', 'c', null).map(close),
		fc.constantFrom('a', 'b', 'c').map((id) => ({ say: 'touch', id, active: NOON, idle: MINUTE }) as const),
		fc.constant({ say: 'ask' } as const)
	);

	test('that was closed stays closed, however late a word about it comes', () => {
		fc.assert(
			fc.property(fc.array(aWord), fc.array(aWord), (before, later) => {
				const closed = after(...before, open('x'), close('x'), ...later, open('x'));
				expect(closed.opening?.id).not.toBe('x');
			})
		);
	});

	test('ends everywhere when everything is closed, whoever had heard what', () => {
		fc.assert(
			fc.property(fc.array(aWord), (words) => {
				const held = after(...words, close(null));
				expect(held.opening).toBeNull();
				const had = after(...words).opening;
				if (had) expect(hear(held, { say: 'open', opening: had }).opening).toBeNull();
			})
		);
	});

	test('counts the latest act, also when words of two tabs cross', () => {
		const touch = (active: number): Word => ({ say: 'touch', id: 'a', active, idle: MINUTE });
		const { opening: held } = after(open('a'), touch(NOON + 9), touch(NOON + 4), open('a'));
		expect(held?.active).toBe(NOON + 9);
		expect(after(open('a'), touch(NOON)).opening?.idle).toBe(MINUTE);
		expect(after(touch(NOON)).opening).toBeNull();
	});

	test('is over when nobody did anything for as long as agreed, or the clock was set back', () => {
		const held = opening('a');
		expect(isOver(held, NOON + 5 * MINUTE)).toBe(false);
		expect(isOver(held, NOON + 5 * MINUTE + 1)).toBe(true);
		expect(isOver(held, NOON - 500)).toBe(false);
		expect(isOver(held, NOON - MINUTE)).toBe(true);
	});
});

describe('the idle time', () => {
	const seat = (team: string, role: 'expert' | 'coordinator' | 'police') => ({ team, role });

	test('is five minutes where no team has set another', () => {
		expect(idleTime([], [])).toBe(5 * MINUTE);
		expect(idleTime([seat('t', 'expert')], [{ id: 't' }])).toBe(5 * MINUTE);
		expect(idleTime([seat('t', 'expert')], [{ id: 't', idle: null }])).toBe(5 * MINUTE);
	});

	test('is the shortest of all roles', () => {
		const teams = [
			{ id: 't', idle: { expert: 20, coordinator: 10, reporter: 2 } },
			{ id: 'u', idle: { police: 30 } }
		];
		expect(idleTime([seat('t', 'expert')], teams)).toBe(20 * MINUTE);
		expect(idleTime([seat('t', 'expert'), seat('t', 'coordinator')], teams)).toBe(10 * MINUTE);
		expect(idleTime([seat('t', 'expert'), seat('u', 'police')], teams)).toBe(20 * MINUTE);
		expect(idleTime([seat('t', 'expert'), seat('u', 'coordinator')], teams)).toBe(5 * MINUTE);
		expect(idleTime([], teams)).toBe(2 * MINUTE);
	});

	test('is never longer than an hour, whatever stands there', () => {
		fc.assert(
			fc.property(fc.anything(), (reporter) => {
				const time = idleTime([], [{ id: 't', idle: { reporter } }]);
				expect(time).toBeGreaterThanOrEqual(MINUTE);
				expect(time).toBeLessThanOrEqual(60 * MINUTE);
			})
		);
	});
});

describe('wrong passphrases', () => {
	const tried = (times: number, at = NOON): Tries | undefined =>
		Array.from({ length: times }).reduce<Tries | undefined>((tries) => oneMore(tries, at), undefined);

	test('cost nothing three times, then five seconds and twice as long each time, ten minutes at most', () => {
		const pauses = [0, 1, 2, 3, 4, 5, 9, 10, 11, 2_000].map(
			(times) => pauseLeft(tried(times), NOON) / SECOND
		);
		expect(pauses).toEqual([0, 0, 0, 5, 10, 20, 320, 600, 600, 600]);
	});

	test('may be followed by another when the pause is over', () => {
		expect(pauseLeft(tried(4), NOON + 4 * SECOND)).toBe(6 * SECOND);
		expect(pauseLeft(tried(4), NOON + 10 * SECOND)).toBe(0);
	});

	test('are not forgiven by a clock that was set back, and the pause still passes', () => {
		const yesterday = NOON - DAY;
		expect(pauseLeft(tried(4), yesterday)).toBe(10 * SECOND);
		const moved = onTheClock(tried(4) as Tries, yesterday);
		expect(pauseLeft(moved, yesterday)).toBe(10 * SECOND);
		expect(pauseLeft(moved, yesterday + 10 * SECOND)).toBe(0);
		const same = tried(4) as Tries;
		expect(onTheClock(same, NOON)).toBe(same);
	});

	test('say how long in words', () => {
		expect(duration(4_001, 'en')).toBe('5 seconds');
		expect(duration(125_000, 'en')).toBe('2 minutes 5 seconds');
		expect(duration(600_000, 'de')).toBe('10 Minuten');
		for (const locale of LOCALES) expect(duration(61_000, locale)).toMatch(/^1 \S+ 1 \S+$/);
	});
});

describe('thirty days without the server', () => {
	const seen = { reached: NOON, latest: NOON };

	test('close the device until it was reached', () => {
		expect(isTooLongAway(seen, NOON + 30 * DAY)).toBe(false);
		expect(isTooLongAway(seen, NOON + 30 * DAY + 1)).toBe(true);
		expect(isTooLongAway({ reached: NOON + 31 * DAY, latest: NOON + 31 * DAY }, NOON + 31 * DAY)).toBe(false);
	});

	test('are not undone by a clock that was set back', () => {
		expect(isTooLongAway({ reached: NOON, latest: NOON + 31 * DAY }, NOON)).toBe(true);
	});
});
