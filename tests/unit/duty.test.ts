import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isPoint, isQuiet, nextOnDuty, nextRung, onDuty, reached } from '../../src/lib/domain/duty';
import { TeamLadder, USUAL, type Ladder } from '../../src/lib/domain/ladder';
import { ROTA } from '../rota';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const PEOPLE = ['cora00000000000', 'dorin0000000000', 'eszter000000000', 'frieda000000000'] as const;
const ZONES = ['Europe/Berlin', 'Europe/Warsaw', 'Europe/Bucharest', 'Europe/Budapest', 'America/New_York'];
const at = (time: string): number => Date.parse(time);
const stamp = (time: string): string => new Date(at(time)).toISOString().replace('T', ' ');

const anHour = fc
	.tuple(fc.nat(23), fc.constantFrom(0, 15, 30, 59))
	.map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));
const aDay = fc.integer({ min: 20, max: 31 }).map((day) => `2026-10-${day}`);
const aRota: fc.Arbitrary<TeamLadder> = fc.record({
	zone: fc.constantFrom(...ZONES),
	shifts: fc.array(
		fc.record({
			person: fc.constantFrom(...PEOPLE),
			deputy: fc.constantFrom('' as const, ...PEOPLE),
			days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 7 }),
			hours: fc.record({ from: anHour, to: anHour })
		}),
		{ maxLength: 4 }
	),
	away: fc.array(fc.record({ person: fc.constantFrom(...PEOPLE), from: aDay, to: aDay }), { maxLength: 3 }),
	quiet: fc.option(fc.record({ from: anHour, to: anHour })),
	points: fc.subarray([...PEOPLE]),
	minutes: fc.constant(USUAL.minutes)
});
/** Around the night in which Europe's clocks go back, and the one in which they go forward. */
const aMoment = fc.oneof(
	fc.integer({ min: at('2026-10-22T00:00Z') / MINUTE, max: at('2026-10-28T00:00Z') / MINUTE }),
	fc.integer({ min: at('2027-03-25T00:00Z') / MINUTE, max: at('2027-03-31T00:00Z') / MINUTE })
);

describe('who is on call', () => {
	test.for(ROTA)('$name', ({ ladder, now, on }) => {
		expect(TeamLadder.safeParse(ladder).success).toBe(true);
		expect(onDuty(ladder, at(now))).toEqual(on);
	});

	test('is never somebody who is away that day by the team’s clock, nor anybody twice', () => {
		fc.assert(
			fc.property(aRota, aMoment, (rota, minute) => {
				const now = minute * MINUTE;
				const day = new Intl.DateTimeFormat('sv-SE', { timeZone: rota.zone }).format(now);
				const on = onDuty(rota, now);
				expect(new Set(on).size).toBe(on.length);
				for (const { person, from, to } of rota.away)
					if (from <= day && day <= to) expect(on).not.toContain(person);
			})
		);
	});

	test('is somebody in every minute where one shift follows another round the clock', () => {
		fc.assert(
			fc.property(fc.constantFrom(...ZONES), anHour, anHour, aMoment, (zone, one, other, minute) => {
				const days = [1, 2, 3, 4, 5, 6, 7];
				const [cora, dorin] = PEOPLE;
				const rota = {
					...USUAL,
					zone,
					shifts: [
						{ person: cora, deputy: '' as const, days, hours: { from: one, to: other } },
						{ person: dorin, deputy: '' as const, days, hours: { from: other, to: one } }
					]
				};
				expect(onDuty(rota, minute * MINUTE)).toHaveLength(one === other ? 2 : 1);
			})
		);
	});

	test('who has left is passed over like somebody who is away', () => {
		const [cora, , eszter] = PEOPLE;
		const [, office] = ROTA;
		if (!office) throw new Error('no fixture');
		expect(onDuty(office.ladder, at(office.now), (person) => person !== cora)).toEqual([eszter]);
		expect(onDuty(office.ladder, at(office.now), () => false)).toEqual([]);
	});

	test('a zone that this device does not know is taken for the usual one', () => {
		const rota = { ...USUAL, zone: 'Mars/Olympus' };
		expect(isQuiet({ ...rota, quiet: { from: '22:00', to: '06:00' } }, at('2026-11-16T22:00Z'))).toBe(true);
	});
});

describe('who is next', () => {
	test('is whoever comes first, minute by minute', () => {
		fc.assert(
			fc.property(aRota, aMoment, (rota, minute) => {
				const now = minute * MINUTE;
				const next = nextOnDuty(rota, now);
				const on = onDuty(rota, now).join();
				let before = on;
				for (let time = now + MINUTE; time <= now + 30 * HOUR; time += MINUTE) {
					const people = onDuty(rota, time);
					if (people.join() !== before && people.length > 0) {
						expect(next).toEqual({ people, at: time });
						return;
					}
					before = people.join();
				}
				expect(next === null || next.at > now + 30 * HOUR).toBe(true);
			}),
			{ numRuns: 60 }
		);
	}, 60_000);

	test('is nobody where nothing is set, and somebody after three weeks away', () => {
		expect(nextOnDuty(USUAL, at('2026-11-16T09:00Z'))).toBeNull();
		const [, office] = ROTA;
		const [cora, , eszter] = PEOPLE;
		const away = [cora, eszter].map((person) => ({ person, from: '2026-11-16', to: '2026-12-04' }));
		const rota = { ...USUAL, ...office?.ladder, away };
		expect(nextOnDuty(rota, at('2026-11-16T09:00Z'))).toEqual({ people: [cora], at: at('2026-12-07T07:00Z') });
	});
});

test('quiet hours last over midnight, by the team’s clock', () => {
	const quiet = { zone: 'Europe/Bucharest', quiet: { from: '21:00', to: '07:00' } };
	expect(isQuiet(quiet, at('2026-11-16T18:59Z'))).toBe(false);
	expect(isQuiet(quiet, at('2026-11-16T19:00Z'))).toBe(true);
	expect(isQuiet(quiet, at('2026-11-17T04:59Z'))).toBe(true);
	expect(isQuiet(quiet, at('2026-11-17T05:00Z'))).toBe(false);
	expect(isQuiet({ ...quiet, quiet: null }, at('2026-11-16T23:00Z'))).toBe(false);
});

test('where nobody is named, police contacts and coordinators are the contact points', () => {
	const [cora, dorin] = PEOPLE;
	expect(isPoint([], dorin, 'police')).toBe(true);
	expect(isPoint([], cora, 'coordinator')).toBe(true);
	expect(isPoint([], cora, 'expert')).toBe(false);
	expect(isPoint([cora], dorin, 'police')).toBe(false);
	expect(isPoint([cora], cora, 'expert')).toBe(true);
});

describe('a ladder', () => {
	const [cora, dorin] = PEOPLE;
	const office = ROTA[1]?.ladder ?? USUAL;
	const step = (rung: 'duty' | 'points' | 'lead' | 'above', told = 1): Ladder['steps'][number] => ({
		rung,
		at: stamp('2026-11-16T09:00Z'),
		told
	});

	test('has reached whom its rungs name, and nobody else yet', () => {
		expect(reached({ steps: [step('duty')] }, office, cora, 'expert')).toBe(true);
		expect(reached({ steps: [step('duty')] }, office, dorin, 'police')).toBe(false);
		expect(reached({ steps: [step('duty'), step('points')] }, office, dorin, 'police')).toBe(true);
		expect(reached({ steps: [step('points', 0)] }, office, dorin, 'police')).toBe(false);
		expect(reached({ steps: [step('lead')] }, office, dorin, 'police')).toBe(false);
		expect(reached({ steps: [step('lead')] }, office, cora, 'coordinator')).toBe(true);
	});

	test('says which rung comes next', () => {
		const next = stamp('2026-11-16T09:05Z');
		expect(nextRung({ steps: [], next, had: '' })).toBe('duty');
		expect(nextRung({ steps: [step('duty')], next, had: '' })).toBe('points');
		expect(nextRung({ steps: [step('duty'), step('points'), step('lead')], next, had: '' })).toBe('above');
		expect(nextRung({ steps: [step('above')], next: '', had: '' })).toBeNull();
		expect(nextRung({ steps: [step('duty')], next, had: next })).toBeNull();
	});
});
