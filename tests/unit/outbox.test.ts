import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
	afterAnswer,
	afterSend,
	afterWake,
	nextStep,
	NOW,
	OPEN,
	tryAgain,
	type Line,
	type Outcome,
	type Outgoing,
	type Flight,
	type Step
} from '../../src/lib/domain/outbox';

const NOON = Date.UTC(2026, 10, 18, 12);
const MINUTE = 60_000;
const LONGEST = 5 * MINUTE;
const HOUR = 60 * MINUTE;

const outgoing = (more: Partial<Outgoing> = {}): Outgoing => ({
	id: 'entry0000000000',
	case: more.id ?? 'case00000000000',
	created: NOON,
	attempts: 0,
	notBefore: 0,
	reason: '',
	status: 'waiting',
	makes: [],
	needs: [],
	filed: false,
	left: [],
	parts: 0,
	...more
});
const withFiles = (id: string, parts: number, more: Partial<Outgoing> = {}): Outgoing =>
	outgoing({ id, parts, left: Array.from({ length: parts }, (_, at) => `${id}${at}`), ...more });

const next = (outbox: readonly Outgoing[], now = NOON, line = OPEN, flying: readonly Flight[] = []): Step =>
	nextStep(outbox, line, flying, now);
/** The requests that would be sent at once, without any answer. */
function requests(outbox: readonly Outgoing[], line = OPEN, now = NOON): string[][] {
	const flying: Flight[] = [];
	for (;;) {
		const step = next(outbox, now, line, flying);
		if (step.do !== 'send') return flying.map(({ ids, part }) => (part ? [part] : [...ids]));
		flying.push({ ...step, left: now });
	}
}
const atOnce = (...given: Parameters<typeof requests>): string[] => requests(...given).flat();
const text = (...ids: string[]): Step => ({ do: 'send', ids, part: null });

const unreachable = (reason: 'network' | 'portal' | 'sign_in' | 'server', retryAfter?: number): Outcome =>
	retryAfter === undefined ? { is: 'unreachable', reason } : { is: 'unreachable', reason, retryAfter };
const ACCEPTED: Outcome = { is: 'accepted' };
const REFUSED: Outcome = { is: 'refused' };

// Near each other, as in a minute of work, and far apart, as after a clock was set.
const aTime = fc.oneof(
	fc.integer({ min: NOON - 5 * MINUTE, max: NOON + 5 * MINUTE }),
	fc.integer({ min: NOON - 1000 * MINUTE, max: NOON + 1000 * MINUTE }),
	fc.integer({ min: 0, max: 2 * NOON })
);
const aChance = fc.double({ min: 0, max: 1, noNaN: true });
const aReason = fc.constantFrom('network', 'portal', 'sign_in', 'server');
const anOutcome: fc.Arbitrary<Outcome> = fc.oneof(
	aReason.map((reason) => unreachable(reason)),
	fc.tuple(aReason, fc.nat(1e12)).map(([reason, wait]) => unreachable(reason, wait)),
	fc.constant(REFUSED),
	fc.constant(ACCEPTED)
);
const anItem: fc.Arbitrary<Outgoing> = fc
	.record({
		id: fc.string({ minLength: 1, maxLength: 15 }),
		created: aTime,
		attempts: fc.nat(2_000),
		notBefore: fc.oneof(fc.constant(NOW), aTime),
		reason: fc.constantFrom<Outgoing['reason'][]>('', 'network', 'portal', 'sign_in', 'server', 'refused'),
		status: fc.constantFrom('waiting' as const, 'refused' as const),
		filed: fc.boolean(),
		files: fc.nat(4)
	})
	.map(({ files, filed, ...item }) => withFiles(item.id, filed ? files + 1 : files, { ...item, filed }));
const anOutbox = fc.uniqueArray(anItem, { selector: ({ id }) => id, maxLength: 12 });
const aLine: fc.Arbitrary<Line> = fc
	.array(fc.tuple(anOutcome, aTime, aChance), { maxLength: 5 })
	.map((answers) =>
		answers.reduce((line, [outcome, now, chance]) => afterAnswer(line, outcome, now, chance), OPEN)
	);

describe('leaving', () => {
	test('an item leaves the outbox only when the server has accepted it and every part of its files', () => {
		fc.assert(
			fc.property(fc.nat(3), fc.array(fc.tuple(anOutcome, fc.nat(3), aTime, aChance)), (parts, answers) => {
				let item: Outgoing | null = withFiles('a', parts);
				const accepted = new Set<string>();
				for (const [outcome, at, now, chance] of answers) {
					if (!item) break;
					const part: string | null = item.filed ? (item.left[at % item.left.length] ?? null) : null;
					if (outcome.is === 'accepted') accepted.add(part ?? 'batch');
					item = afterSend(item, part, outcome, now, chance);
				}
				expect(item === null).toBe(accepted.size === parts + 1);
			})
		);
	});

	test('no answer changes what it is, nor when it was written', () => {
		fc.assert(
			fc.property(anItem, anOutcome, aTime, aChance, (item, outcome, now, chance) => {
				const after = afterSend(item, item.left[0] ?? null, outcome, now, chance);
				if (!after) return;
				const what = ({ id, created, makes, needs, parts }: Outgoing) => ({
					id,
					created,
					makes,
					needs,
					parts
				});
				expect(what(after)).toEqual(what(item));
			})
		);
	});

	test('a refused item is never sent by itself, however long it lies, until a person wants it', () => {
		fc.assert(
			fc.property(anOutbox, aTime, (outbox, now) => {
				const refused = outbox.map((item): Outgoing => ({ ...item, status: 'refused' }));
				expect(next(refused, now)).toEqual({ do: 'rest' });
				for (const item of refused)
					expect(next([tryAgain(item)], now)).toMatchObject({ do: 'send', ids: [item.id] });
			})
		);
	});
});

describe('order', () => {
	test('texts go before all files', () => {
		const outbox = [1, 2, 3, 4, 5].map((created) => withFiles(`i${created}-`, 3, { created }));
		expect(atOnce(outbox)).toEqual(['i1-', 'i2-', 'i3-', 'i4-', 'i5-']);
		const [first, ...others] = outbox.map((item, at): Outgoing => ({ ...item, filed: at > 0 }));
		expect(first && atOnce([...others, first])).toEqual(['i1-']);
		expect(atOnce(others)).toEqual(['i2-0']);
	});

	const many = (count: number, more: Partial<Outgoing> = {}): Outgoing[] =>
		Array.from({ length: count }, (_, at) => outgoing({ id: `i${at}`, created: at, ...more }));

	test('three texts go in a request each; of more, several go in one, and not all are alike', () => {
		expect(requests(many(3))).toEqual([['i0'], ['i1'], ['i2']]);
		const sent = requests(many(30));
		expect(sent.map(({ length }) => length)).toEqual([5, 5, 7]);
		expect(sent.flat()).toEqual(many(17).map(({ id }) => id));
	});

	test('what failed goes in smaller company each time, and by itself where the server was in trouble with it', () => {
		const company = (attempts: number, reason: Outgoing['reason']) =>
			requests(many(8, { attempts, reason }))[0]?.length;
		expect([1, 2, 3, 40].map((attempts) => company(attempts, 'network'))).toEqual([2, 1, 1, 1]);
		expect(company(1, 'server')).toBe(1);
		const failed = outgoing({ id: 'failed', attempts: 1, reason: 'network' });
		expect(requests([failed, ...many(4)])).toEqual([['i0', 'i1', 'i2', 'i3'], ['failed']]);
	});

	/** Parts of the file a that are on their way, and when each of them left. */
	const onTheirWay = (...lefts: number[]): Flight[] =>
		lefts.map((left, at): Flight => ({ do: 'send', ids: ['a'], part: `a${at}`, left }));

	test('parts leave half of the last one’s time apart, three at a time, and one alone shows how long they take', () => {
		const outbox = [withFiles('a', 5, { filed: true })];
		const line = { ...OPEN, pace: 1_200 };
		expect(requests(outbox, line)).toEqual([['a0']]);
		expect(next(outbox, NOON, line, onTheirWay(NOON))).toEqual({ do: 'wait', until: NOON + 600 });
		const second: Step = { do: 'send', ids: ['a'], part: 'a1' };
		expect(next(outbox, NOON + 600, line, onTheirWay(NOON))).toEqual(second);
		const three = onTheirWay(NOON, NOON + 600, NOON + 1_200);
		expect(next(outbox, NOON + MINUTE, line, three)).toEqual({ do: 'wait', until: Infinity });
		expect(next(outbox, NOON + MINUTE, OPEN, onTheirWay(NOON))).toEqual({ do: 'wait', until: Infinity });
		// A clock that was set back holds nothing up, and a text goes at once.
		expect(next(outbox, NOON - HOUR, line, onTheirWay(NOON))).toEqual(second);
		expect(next([...outbox, outgoing({ id: 'b' })], NOON, line, onTheirWay(NOON))).toEqual(text('b'));
	});

	test('on a line that was cut, parts follow each other before an answer has come; a server in trouble gets one', () => {
		const outbox = [withFiles('a', 5, { filed: true })];
		const after = (reason: 'network' | 'portal' | 'sign_in' | 'server'): Step => {
			const line = afterAnswer({ ...OPEN, pace: 1_200 }, unreachable(reason), NOON - MINUTE, 1);
			return next(outbox, NOON + 600, line, onTheirWay(NOON));
		};
		expect(after('network')).toEqual({ do: 'send', ids: ['a'], part: 'a1' });
		for (const reason of ['portal', 'sign_in', 'server'] as const)
			expect(after(reason)).toEqual({ do: 'wait', until: Infinity });
	});

	test('a text that is written while files are on their way does not wait for them', () => {
		const files = withFiles('a', 3, { filed: true });
		const flying = ['a0', 'a1'].map((part): Flight => ({ do: 'send', ids: ['a'], part, left: NOON }));
		for (const line of [OPEN, afterAnswer(OPEN, unreachable('network'), NOON - MINUTE, 1)])
			expect(next([files, outgoing({ id: 'b' })], NOON, line, flying)).toEqual(text('b'));
	});

	test('the oldest goes first; what failed before lets the others go', () => {
		const outbox = [3, 1, 2].map((created) => outgoing({ id: `i${created}`, created }));
		expect(atOnce(outbox)).toEqual(['i1', 'i2', 'i3']);
		const tried = outbox.map((item) => (item.id === 'i1' ? { ...item, attempts: 1 } : item));
		expect(atOnce(tried)).toEqual(['i2', 'i3', 'i1']);
	});

	test('what is refused or not yet due blocks nobody, in its own case neither', () => {
		const outbox = [
			outgoing({ id: 'a', case: 'one', created: 1, status: 'refused' }),
			outgoing({ id: 'b', case: 'one', created: 2, notBefore: NOON + MINUTE }),
			outgoing({ id: 'c', case: 'one', created: 3 })
		];
		expect(next(outbox)).toEqual(text('c'));
	});

	test.for(['waiting', 'refused'] as const)(
		'what needs a case or a key waits for the %s item that makes it, and for nothing else',
		(status) => {
			const alert = outgoing({ id: 'a', makes: ['case', 'key'], needs: ['case', 'key'], status });
			const message = outgoing({ id: 'b', needs: ['case', 'key'] });
			const other = outgoing({ id: 'c', needs: ['case2', 'key2'] });
			const waits = status === 'waiting' ? ['a', 'c'] : ['c'];
			expect(atOnce([message, alert, other])).toEqual(waits);
			expect(atOnce([message, { ...alert, filed: true, left: ['p'], parts: 1 }])).toContain('b');
		}
	);

	test('an empty outbox rests, and one that has something to go never does', () => {
		expect(next([])).toEqual({ do: 'rest' });
		fc.assert(
			fc.property(anOutbox, anItem, aLine, aTime, (outbox, item, line, now) => {
				expect(next([...outbox, { ...item, status: 'waiting' }], now, line).do).not.toBe('rest');
			})
		);
	});

	test('waiting ends when something is due, which is never in the past', () => {
		fc.assert(
			fc.property(anOutbox, aLine, aTime, (outbox, line, now) => {
				const step = next(outbox, now, line);
				if (step.do !== 'wait') return;
				expect(step.until).toBeGreaterThan(now);
				expect(step.until - now).toBeLessThanOrEqual(HOUR);
				expect(next(outbox, step.until - 1, line).do).toBe('wait');
				const after = next(outbox, step.until, line);
				// The line may be open again before the first item is due.
				if (after.do === 'wait') expect(after.until).toBeGreaterThan(step.until);
				else expect(after.do).toBe('send');
			}),
			{ numRuns: 1_000 }
		);
	});

	test('nothing flies twice, and nothing is changed by looking', () => {
		fc.assert(
			fc.property(anOutbox, aLine, aTime, (outbox, line, now) => {
				const before = structuredClone(outbox);
				const sent = atOnce(outbox, line, now);
				expect(new Set(sent).size).toBe(sent.length);
				expect(outbox).toEqual(before);
			})
		);
	});
});

describe('pauses', () => {
	const down = (failures: number): Line => ({ ...OPEN, failures });
	const pause = (failures: number, chance: number): number =>
		afterAnswer(down(failures), unreachable('network'), NOON, chance).notBefore - NOON;

	test('the line’s double from a fifth of a second to five minutes, and half of each is by chance', () => {
		const failures = [0, 1, 2, 10, 11, 1_000];
		expect(failures.map((n) => pause(n, 1))).toEqual([200, 400, 800, 204_800, LONGEST, LONGEST]);
		expect(failures.map((n) => pause(n, 0))).toEqual([100, 200, 400, 102_400, LONGEST / 2, LONGEST / 2]);
	});

	test('what breaks together breaks once', () => {
		const lost = unreachable('network');
		const first = afterAnswer(OPEN, lost, NOON, 1, OPEN);
		expect(first).toMatchObject({ failures: 1, notBefore: NOON + 200 });
		// Three were on their way on the line as it was.
		expect(afterAnswer(first, lost, NOON + 1, 1, OPEN)).toEqual(first);
		expect(afterAnswer(first, lost, NOON + 200, 1, first)).toMatchObject({ failures: 2 });
		// A server that names a pause gets it.
		expect(afterAnswer(first, unreachable('server', 10_000), NOON, 1, OPEN).notBefore).toBe(NOON + 10_000);
	});

	test('a line that is down is tried with one text at a time, and an answer opens it', () => {
		const outbox = [outgoing({ id: 'a' }), outgoing({ id: 'b' })];
		const line = afterAnswer(OPEN, unreachable('network'), NOON, 1);
		expect(next(outbox, NOON, line)).toEqual({ do: 'wait', until: NOON + 200 });
		expect(atOnce(outbox, line, NOON + 200)).toEqual(['a']);
		for (const answer of [ACCEPTED, REFUSED]) expect(afterAnswer(line, answer, NOON, 1)).toEqual(OPEN);
	});

	test('an item that the server cannot manage waits for itself alone', () => {
		const item = afterSend(outgoing({ id: 'a' }), null, unreachable('server'), NOON, 1);
		expect(item).toMatchObject({ attempts: 1, notBefore: NOON + 200, reason: 'server' });
		for (const reason of ['network', 'portal', 'sign_in'] as const) {
			const other = afterSend(outgoing({ id: 'a' }), null, unreachable(reason), NOON, 1);
			expect(other).toMatchObject({ attempts: 1, notBefore: NOW, reason });
		}
	});

	test('a part that fails lets the others of its file go first', () => {
		const item = afterSend(withFiles('a', 3, { filed: true }), 'a0', unreachable('network'), NOON, 1);
		expect(item?.left).toEqual(['a1', 'a2', 'a0']);
	});

	test('a server that names a pause gets it, an hour at most, and only a person ends it', () => {
		const line = afterAnswer(OPEN, unreachable('server', 10_000), NOON, 0.5);
		expect(line).toEqual({ ...OPEN, failures: 1, notBefore: NOON + 10_000, reason: 'server', told: true });
		expect(afterAnswer(OPEN, unreachable('server', 1e12), NOON, 0.5).notBefore).toBe(NOON + HOUR);
		const told = afterAnswer(OPEN, unreachable('network', 10_000), NOON, 0.5);
		for (const cause of ['network', 'written'] as const) {
			expect(afterWake(line, cause)).toEqual(line);
			expect(afterWake(told, cause)).toEqual(told);
		}
		expect(afterWake(line, 'asked')).toEqual(OPEN);
		expect(afterSend(outgoing(), null, unreachable('server', 10_000), NOON, 1)?.notBefore).toBe(NOW);
	});

	test('a network that is back, or more to send, ends the pause of a line that found none', () => {
		for (const reason of ['network', 'portal'] as const) {
			const line = afterAnswer(down(9), unreachable(reason), NOON, 1);
			for (const cause of ['network', 'written', 'asked'] as const) {
				expect(next([outgoing()], NOON, afterWake(line, cause)).do).toBe('send');
			}
		}
		const signedOut = afterAnswer(down(9), unreachable('sign_in'), NOON, 1);
		expect(afterWake(signedOut, 'network')).toEqual(signedOut);
	});

	test('a clock that jumps forwards or back keeps nothing longer than an hour', () => {
		fc.assert(
			fc.property(anOutcome, fc.nat(50), aChance, aTime, (outcome, failures, chance, now) => {
				const line = afterAnswer(down(failures), outcome, NOON, chance);
				const item = afterSend(outgoing(), null, outcome, NOON, chance);
				const step = next(item?.status === 'waiting' ? [item] : [], now, line);
				if (step.do === 'wait') expect(step.until - now).toBeLessThanOrEqual(HOUR);
			})
		);
	});

	test('a phone whose battery died in 1970 sends', () => {
		const late = { ...OPEN, failures: 1, notBefore: NOON + MINUTE };
		expect(next([outgoing({ notBefore: NOON + MINUTE })], 0, late).do).toBe('send');
	});
});

test('everything that the server would take is delivered, whatever happens to the rest', () => {
	// A simulation: each batch is refused, accepted, or unreachable a number of times and then accepted; so is each part.
	const aFate = fc.record({
		failures: fc.nat(12),
		reason: aReason,
		end: fc.constantFrom<Outcome['is']>('accepted', 'accepted', 'refused'),
		parts: fc.nat(3)
	});
	fc.assert(
		fc.property(fc.array(aFate, { maxLength: 8 }), aChance, (fates, chance) => {
			let [now, line]: [number, Line] = [NOON, OPEN];
			let outbox = fates.map(({ parts }, at) => withFiles(`${at}-`, parts, { created: NOON + at }));
			const tries = new Map<string, number>();
			for (let round = 0; round < 10_000; round++) {
				const step = next(outbox, now, line);
				if (step.do === 'rest') break;
				if (step.do === 'wait') {
					now = step.until;
					continue;
				}
				// By itself, as the engine asks for what a refused batch of several is to blame for.
				const [id = ''] = step.ids;
				const fate = fates[Number(id.slice(0, -1))];
				const what = step.part ?? id;
				const tried = tries.get(what) ?? 0;
				tries.set(what, tried + 1);
				const isThere = fate && tried >= fate.failures;
				const end = step.part === null && fate?.end === 'refused' ? REFUSED : ACCEPTED;
				const outcome = isThere ? end : unreachable(fate?.reason ?? 'network');
				line = afterAnswer(line, outcome, now, chance);
				outbox = outbox.flatMap((item) =>
					item.id === id ? (afterSend(item, step.part, outcome, now, chance) ?? []) : item
				);
			}
			expect(outbox.map(({ id }) => id)).toEqual(
				fates.flatMap(({ end }, at) => (end === 'refused' ? `${at}-` : []))
			);
		})
	);
});
