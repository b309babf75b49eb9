import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { afterSend, nextStep, NOW, type Outcome, type Outgoing } from '../../src/lib/domain/outbox';

const NOON = Date.UTC(2026, 10, 18, 12);
const MINUTE = 60_000;
const LONGEST = 5 * MINUTE;

const outgoing = (more: Partial<Outgoing> = {}): Outgoing => ({
	id: 'entry0000000000',
	case: more.id ?? 'case00000000000',
	created: NOON,
	attempts: 0,
	notBefore: 0,
	reason: '',
	status: 'waiting',
	...more
});

// Near each other, as in a minute of work, and far apart, as after a clock was set.
const aTime = fc.oneof(
	fc.integer({ min: NOON - 5 * MINUTE, max: NOON + 5 * MINUTE }),
	fc.integer({ min: NOON - 1000 * MINUTE, max: NOON + 1000 * MINUTE })
);
const aChance = fc.double({ min: 0, max: 1, noNaN: true });
const anUnreachable = fc.record<Extract<Outcome, { is: 'unreachable' }>>({
	is: fc.constant('unreachable'),
	reason: fc.constantFrom('network', 'sign_in', 'server')
});
const anOutcome: fc.Arbitrary<Outcome> = fc.oneof(
	anUnreachable,
	fc.constant<Outcome>({ is: 'refused' }),
	fc.constant<Outcome>({ is: 'accepted' })
);
// Each in a case of its own.
const anItem: fc.Arbitrary<Outgoing> = fc
	.record<Omit<Outgoing, 'case'>>({
		id: fc.string({ minLength: 1, maxLength: 15 }),
		created: aTime,
		attempts: fc.nat(2_000),
		notBefore: fc.oneof(fc.constant(NOW), aTime),
		reason: fc.constantFrom('', 'network', 'sign_in', 'server', 'refused'),
		status: fc.constantFrom('waiting', 'refused')
	})
	.map((item) => ({ ...item, case: item.id }));
const anOutbox = fc.uniqueArray(anItem, { selector: ({ id }) => id, maxLength: 12 });

describe('leaving', () => {
	test('an item leaves the outbox only when the server has accepted it', () => {
		fc.assert(
			fc.property(fc.array(fc.tuple(anOutcome, aTime, aChance)), (answers) => {
				let item: Outgoing | null = outgoing();
				for (const [outcome, now, chance] of answers) item &&= afterSend(item, outcome, now, chance);
				expect(item === null).toBe(answers.some(([{ is }]) => is === 'accepted'));
			})
		);
	});

	test('no answer changes what is sent, nor when it was written', () => {
		fc.assert(
			fc.property(anItem, anOutcome, aTime, aChance, (item, outcome, now, chance) => {
				const row = { ...item, digest: 'what was written' };
				const after = afterSend(row, outcome, now, chance);
				if (!after) return;
				expect([after.id, after.created, after.digest]).toEqual([row.id, row.created, row.digest]);
			})
		);
	});
});

describe('order', () => {
	test('the oldest due item goes first', () => {
		fc.assert(
			fc.property(anOutbox, aTime, (outbox, now) => {
				const step = nextStep(outbox, now);
				if (step.do !== 'send') return;
				const sent = outbox.find(({ id }) => id === step.id);
				const due = outbox.filter((item) => item.status === 'waiting' && item.notBefore <= now);
				expect(sent?.status).toBe('waiting');
				for (const other of due) expect(sent?.created).toBeLessThanOrEqual(other.created);
			})
		);
	});

	test('what is refused or not yet due blocks nobody', () => {
		const outbox = [
			outgoing({ id: 'a', created: 1, status: 'refused' }),
			outgoing({ id: 'b', created: 2, notBefore: NOON + MINUTE }),
			outgoing({ id: 'c', created: 4 }),
			outgoing({ id: 'd', created: 3 })
		];
		expect(nextStep(outbox, NOON)).toEqual({ do: 'send', id: 'd' });
	});

	test('in a case nothing overtakes what was said before it, unless that was refused', () => {
		const alert = outgoing({ id: 'a', case: 'one', created: 1, notBefore: NOON + MINUTE });
		const message = outgoing({ id: 'b', case: 'one', created: 2 });
		expect(nextStep([message, alert], NOON)).toEqual({ do: 'wait', until: NOON + MINUTE });
		expect(nextStep([message, alert], NOON + MINUTE)).toEqual({ do: 'send', id: 'a' });
		expect(nextStep([message, { ...alert, status: 'refused' }], NOON)).toEqual({ do: 'send', id: 'b' });
	});

	test('a refused item is never sent by itself, however long it lies', () => {
		fc.assert(
			fc.property(anOutbox, aTime, (outbox, now) => {
				const refused = outbox.map((item): Outgoing => ({ ...item, status: 'refused' }));
				expect(nextStep(refused, now)).toEqual({ do: 'rest' });
				expect(nextStep([...refused, outgoing()], now)).toEqual({ do: 'send', id: outgoing().id });
			})
		);
	});

	test('an empty outbox rests, and a waiting one never does', () => {
		expect(nextStep([], NOON)).toEqual({ do: 'rest' });
		fc.assert(
			fc.property(anOutbox, anItem, aTime, (outbox, item, now) => {
				expect(nextStep([...outbox, { ...item, status: 'waiting' }], now).do).not.toBe('rest');
			})
		);
	});

	test('waiting ends when the first item is due, which is never in the past', () => {
		fc.assert(
			fc.property(anOutbox, aTime, (outbox, now) => {
				const step = nextStep(outbox, now);
				if (step.do !== 'wait') return;
				expect(step.until).toBeGreaterThan(now);
				expect(nextStep(outbox, step.until - 1)).toEqual(step);
				expect(nextStep(outbox, step.until).do).toBe('send');
			}),
			{ numRuns: 1_000 }
		);
	});

	test('nothing is reordered or changed by looking', () => {
		fc.assert(
			fc.property(anOutbox, aTime, (outbox, now) => {
				const before = structuredClone(outbox);
				nextStep(outbox, now);
				expect(outbox).toEqual(before);
			})
		);
	});
});

describe('pauses', () => {
	const unreachable: Outcome = { is: 'unreachable', reason: 'network' };
	const pause = (attempts: number, chance: number): number =>
		(afterSend(outgoing({ attempts }), unreachable, NOON, chance)?.notBefore ?? 0) - NOON;

	test('they double from two seconds to five minutes, and half of each is by chance', () => {
		expect([0, 1, 2, 7, 8, 1_000].map((attempts) => pause(attempts, 1))).toEqual([
			2_000,
			4_000,
			8_000,
			256_000,
			LONGEST,
			LONGEST
		]);
		expect([0, 1, 2, 7, 8, 1_000].map((attempts) => pause(attempts, 0))).toEqual([
			1_000,
			2_000,
			4_000,
			128_000,
			LONGEST / 2,
			LONGEST / 2
		]);
	});

	test('the reason is the last answer’s, and a server that names a pause gets it', () => {
		const after = afterSend(
			outgoing(),
			{ is: 'unreachable', reason: 'server', retryAfter: 10_000 },
			NOON,
			0.5
		);
		expect(after).toEqual(outgoing({ attempts: 1, notBefore: NOON + 10_000, reason: 'server' }));
	});

	test('a pause that is over is over at once', () => {
		fc.assert(
			fc.property(anItem, aTime, (item, now) => {
				expect(nextStep([{ ...item, status: 'waiting', notBefore: NOW }], now).do).toBe('send');
			})
		);
	});

	test('a clock that jumps forwards or back never keeps an item longer than twice the longest pause', () => {
		fc.assert(
			fc.property(fc.nat(50), aChance, aTime, (attempts, chance, now) => {
				const item = afterSend(outgoing({ attempts }), unreachable, NOON, chance);
				const step = nextStep(item ? [item] : [], now);
				expect(step.do).not.toBe('rest');
				if (step.do === 'wait') expect(step.until - now).toBeLessThanOrEqual(2 * LONGEST);
			})
		);
	});

	test('a phone whose battery died in 1970 sends', () => {
		expect(nextStep([outgoing({ notBefore: NOON + MINUTE })], 0).do).toBe('send');
	});
});

test('every item that the server would take is delivered, whatever happens to the others', () => {
	// A simulation: each item is refused, accepted, or unreachable a number of times and then accepted.
	const aFate = fc.record({
		failures: fc.nat(20),
		end: fc.constantFrom<Outcome['is']>('accepted', 'refused')
	});
	fc.assert(
		fc.property(fc.array(aFate, { maxLength: 8 }), aChance, (fates, chance) => {
			let now = NOON;
			let outbox = fates.map((_, index) => outgoing({ id: String(index), created: NOON + index }));
			const tries = fates.map(() => 0);
			for (;;) {
				const step = nextStep(outbox, now);
				if (step.do === 'rest') break;
				if (step.do === 'wait') {
					now = step.until;
					continue;
				}
				const index = Number(step.id);
				const fate = fates[index];
				const tried = tries[index] ?? 0;
				tries[index] = tried + 1;
				const outcome =
					fate && tried < fate.failures
						? ({ is: 'unreachable', reason: 'network' } as const)
						: ({ is: fate?.end === 'refused' ? 'refused' : 'accepted' } as const);
				outbox = outbox.flatMap((item) =>
					item.id === step.id ? (afterSend(item, outcome, now, chance) ?? []) : item
				);
			}
			expect(outbox.map(({ id }) => id)).toEqual(
				fates.flatMap(({ end }, index) => (end === 'refused' ? String(index) : []))
			);
			expect(tries).toEqual(fates.map(({ failures }) => failures + 1));
		})
	);
});
