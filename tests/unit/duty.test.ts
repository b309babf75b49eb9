import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isQuiet, nextOnDuty, onDuty, pointsAmong } from '../../src/lib/domain/duty';
import { TeamLadder, USUAL } from '../../src/lib/domain/ladder';
import { ROTA } from '../rota';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const PEOPLE = ['cora00000000000', 'dorin0000000000', 'eszter000000000', 'frieda000000000'] as const;
const ZONES = ['Europe/Berlin', 'Europe/Warsaw', 'Europe/Bucharest', 'Europe/Budapest', 'America/New_York'];
const at = (time: string): number => Date.parse(time);

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
		expect(nextOnDuty(rota, at('2026-11-16T09:00Z'))).toEqual({
			people: [cora],
			at: at('2026-12-07T07:00Z')
		});
	});
});

test('quiet hours last over midnight, by the team’s clock', () => {
	const quiet = { zone: 'Europe/Bucharest', quiet: { from: '21:00', to: '07:00' } };
	expect(isQuiet(quiet, at('2026-11-16T18:59Z'))).toBe(false);
	expect(isQuiet(quiet, at('2026-11-16T19:00Z'))).toBe(true);
	expect(isQuiet(quiet, at('2026-11-17T04:59Z'))).toBe(true);
	expect(isQuiet(quiet, at('2026-11-17T05:00Z'))).toBe(false);
	expect(isQuiet({ ...quiet, quiet: { from: '21:00', to: '21:00' } }, at('2026-11-16T23:00Z'))).toBe(false);
	expect(isQuiet({ ...quiet, quiet: null }, at('2026-11-16T23:00Z'))).toBe(false);
});

test('where nobody who is named is there, police contacts and coordinators are the contact points', () => {
	const [cora, dorin, eszter] = PEOPLE;
	const people = [
		{ user: cora, role: 'expert' as const },
		{ user: dorin, role: 'police' as const },
		{ user: eszter, role: 'coordinator' as const }
	];
	const named = (points: string[]) => pointsAmong(people, points).map(({ user }) => user);
	expect(named([])).toEqual([dorin, eszter]);
	expect(named([cora, 'gone00000000000'])).toEqual([cora]);
	expect(named(['gone00000000000'])).toEqual([dorin, eszter]);
});
