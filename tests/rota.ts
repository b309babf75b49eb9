/**
 * Who is on call when: what `onDuty` in src/lib/domain/duty.ts and its twin in pb_hooks/lib/rota.js both have to answer.
 * Times are UTC; `on` in the order of the shifts.
 */
import type { TeamLadder } from '../src/lib/domain/ladder';

const [CORA, DORIN, ESZTER] = ['cora00000000000', 'dorin0000000000', 'eszter000000000'] as const;
type Shift = TeamLadder['shifts'][number];

const WEEK = [1, 2, 3, 4, 5, 6, 7];
const shift = (person: string, days: number[], from: string, to: string, deputy = ''): Shift => ({
	person,
	deputy,
	days,
	hours: { from, to }
});
const rota = (zone: string, shifts: Shift[], away: [person: string, from: string, to: string][] = []) =>
	({
		...{ zone, shifts, quiet: null, points: [] },
		away: away.map(([person, from, to]) => ({ person, from, to })),
		minutes: { danger: [5, 5, 10], urgent: [60, 60, 120] }
	}) as TeamLadder;

/** 2026-11-16 is a Monday. The clocks went back on 25 October, and go forward on 28 March 2027. */
const OFFICE = rota('Europe/Warsaw', [shift(CORA, [1, 2, 3, 4, 5], '08:00', '16:00', ESZTER)]);
const NIGHTS = rota('Europe/Bucharest', [shift(DORIN, [5], '22:00', '06:00')]);
const SPLIT = rota('Europe/Berlin', [
	shift(CORA, WEEK, '02:30', '03:30'),
	shift(DORIN, WEEK, '03:30', '02:30')
]);

export const ROTA: { name: string; ladder: TeamLadder; now: string; on: string[] }[] = [
	{
		name: 'nobody where nothing is set',
		ladder: rota('Europe/Berlin', []),
		now: '2026-11-16T09:00Z',
		on: []
	},
	{ name: 'the first minute counts', ladder: OFFICE, now: '2026-11-16T07:00Z', on: [CORA] },
	{ name: 'not the one before it', ladder: OFFICE, now: '2026-11-16T06:59Z', on: [] },
	{ name: 'the last minute counts', ladder: OFFICE, now: '2026-11-16T14:59Z', on: [CORA] },
	{ name: 'its end does not', ladder: OFFICE, now: '2026-11-16T15:00Z', on: [] },
	{ name: 'not on another day', ladder: OFFICE, now: '2026-11-15T09:00Z', on: [] },
	{ name: 'an hour earlier by UTC in summer', ladder: OFFICE, now: '2026-07-13T06:00Z', on: [CORA] },
	{ name: 'in winter not yet', ladder: OFFICE, now: '2026-11-16T06:00Z', on: [] },
	{ name: 'Friday night', ladder: NIGHTS, now: '2026-11-20T20:00Z', on: [DORIN] },
	{ name: 'into Saturday', ladder: NIGHTS, now: '2026-11-21T03:59Z', on: [DORIN] },
	{ name: 'until it ends', ladder: NIGHTS, now: '2026-11-21T04:00Z', on: [] },
	{ name: 'not from Thursday into Friday', ladder: NIGHTS, now: '2026-11-20T02:00Z', on: [] },
	{ name: 'not on Saturday night', ladder: NIGHTS, now: '2026-11-21T21:00Z', on: [] },
	{
		name: 'from Sunday night into Monday',
		ladder: rota('Europe/Budapest', [shift(CORA, [7], '20:00', '08:00')]),
		now: '2026-11-16T06:30Z',
		on: [CORA]
	},
	{
		name: 'from a time to the same one is a whole day',
		ladder: rota('Europe/Budapest', [shift(CORA, [6], '09:00', '09:00')]),
		now: '2026-11-15T07:59Z',
		on: [CORA]
	},
	{
		name: 'and ends with it',
		ladder: rota('Europe/Budapest', [shift(CORA, [6], '09:00', '09:00')]),
		now: '2026-11-15T08:00Z',
		on: []
	},
	{
		name: 'several at once, each once',
		ladder: rota('Europe/Berlin', [
			shift(DORIN, WEEK, '00:00', '23:59'),
			shift(CORA, [1], '08:00', '16:00'),
			shift(DORIN, [1], '08:00', '16:00')
		]),
		now: '2026-11-16T09:00Z',
		on: [DORIN, CORA]
	},
	{
		name: 'the deputy, while somebody is away',
		ladder: rota('Europe/Warsaw', OFFICE.shifts, [[CORA, '2026-11-16', '2026-11-17']]),
		now: '2026-11-17T14:59Z',
		on: [ESZTER]
	},
	{
		name: 'the person again the day after',
		ladder: rota('Europe/Warsaw', OFFICE.shifts, [[CORA, '2026-11-16', '2026-11-17']]),
		now: '2026-11-18T09:00Z',
		on: [CORA]
	},
	{
		name: 'a deputy who is away too is passed over',
		ladder: rota('Europe/Warsaw', OFFICE.shifts, [
			[CORA, '2026-11-16', '2026-11-17'],
			[ESZTER, '2026-11-17', '2026-11-17']
		]),
		now: '2026-11-17T09:00Z',
		on: []
	},
	{
		name: 'away without a deputy',
		ladder: rota('Europe/Bucharest', NIGHTS.shifts, [[DORIN, '2026-11-20', '2026-11-20']]),
		now: '2026-11-20T21:00Z',
		on: []
	},
	{
		name: 'a day away ends at midnight by the team’s clock, in the middle of a shift',
		ladder: rota('Europe/Bucharest', NIGHTS.shifts, [[DORIN, '2026-11-20', '2026-11-20']]),
		now: '2026-11-20T22:00Z',
		on: [DORIN]
	},
	{ name: 'before the hour that is left out', ladder: SPLIT, now: '2027-03-28T00:59Z', on: [DORIN] },
	{ name: 'after it', ladder: SPLIT, now: '2027-03-28T01:00Z', on: [CORA] },
	{ name: 'until half past', ladder: SPLIT, now: '2027-03-28T01:30Z', on: [DORIN] },
	{ name: 'the hour that comes twice, first', ladder: SPLIT, now: '2026-10-25T00:30Z', on: [CORA] },
	{ name: 'begins again', ladder: SPLIT, now: '2026-10-25T01:00Z', on: [DORIN] },
	{ name: 'and comes again', ladder: SPLIT, now: '2026-10-25T01:30Z', on: [CORA] },
	{
		name: 'another zone, another day',
		ladder: rota('Europe/London', [shift(CORA, [1], '00:00', '08:00')]),
		now: '2026-11-15T23:30Z',
		on: []
	}
];
