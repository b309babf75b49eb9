/** What is said of a rota and of a climb: which words, and what is still missing. */
import { describe, expect, test } from 'vitest';
import type { Told } from '../../src/lib/domain/climb';
import { USUAL, withChanges } from '../../src/lib/domain/ladder';
import { climbLines } from '../../src/routes/team/[case]/climb';
import {
	among,
	after,
	complete,
	days,
	span,
	wrong,
	zoneName,
	type Typed
} from '../../src/routes/team/duty/words';
import { toldLines } from '../../src/routes/case/[id]/told';
import { idOf, NOON } from './people';

const [CORA, DORIN, ESZTER] = [idOf('cora'), idOf('dorin'), idOf('eszter')];
const shift = (more: Partial<Typed['shifts'][number]> = {}): Typed['shifts'][number] => ({
	...{ person: CORA, deputy: '', days: [1, 2], hours: { from: '08:00', to: '16:00' } },
	...more
});
const typed = (more: Partial<Typed> = {}): Typed => ({ ...structuredClone(USUAL), ...more });

describe('a rota in words', () => {
	test.for([
		[[1, 2, 3, 4, 5], 'en', 'Mon–Fri'],
		[[6, 7], 'en', 'Sat, Sun'],
		[[5, 1, 2, 3], 'de', 'Mo–Mi, Fr'],
		[[7], 'hu', 'V']
	] as const)('%j in %s is %s', ([of, locale, said]) => {
		expect(days(of, locale)).toBe(said);
	});

	test('counts the minutes of all rungs before', () => {
		const rungs = ['duty', 'points', 'lead', 'above'] as const;
		expect(rungs.map((rung) => after(rung, [5, 10, 20]))).toEqual([0, 5, 15, 35]);
		expect([5, 60, 90, 1440].map((minutes) => span(minutes, 'de'))).toEqual([
			'5 Min.',
			'1 Std.',
			'90 Min.',
			'24 Std.'
		]);
	});

	test('names a zone with its town, and one that nobody knows by its own name', () => {
		expect(zoneName('Europe/Budapest', 'de')).toBe('Mitteleuropäische Zeit (Budapest)');
		expect(zoneName('Mars/Olympus_Mons', 'de')).toBe('Olympus Mons');
	});
});

describe('a rota that is being typed', () => {
	test('is whole only when each shift has somebody, a day and both times', () => {
		const shifts = [
			shift(),
			shift({ person: '' }),
			shift({ days: [] }),
			shift({ hours: { from: '', to: '16:00' } }),
			shift({ person: DORIN })
		];
		expect(wrong(typed({ shifts }), [CORA]).shifts).toEqual({
			1: 'person',
			2: 'days',
			3: 'hours',
			4: 'person'
		});
		expect(complete(typed({ shifts: [shift()] }))?.shifts).toEqual([shift()]);
		expect(complete(typed({ shifts }))).toBeNull();
	});

	test('takes days away in their order alone, and quiet hours whole', () => {
		const away = [
			{ person: CORA, from: '2026-11-16', to: '2026-11-16' },
			{ person: CORA, from: '2026-11-17', to: '2026-11-16' },
			{ person: '', from: '2026-11-16', to: '2026-11-16' }
		];
		expect(wrong(typed({ away }), [CORA]).away).toEqual({ 1: 'days', 2: 'person' });
		expect(wrong(typed({ quiet: { from: '20:00', to: '' } }), []).quiet).toBe(true);
		expect(wrong(typed(), [])).toEqual({ shifts: {}, away: {}, quiet: false });
	});

	test('takes hours with seconds, as some browsers give them', () => {
		const hours = { from: '08:00:00', to: '16:00:00' };
		expect(complete(typed({ shifts: [shift({ hours })] }))?.shifts).toEqual([shift()]);
	});

	test('opens without those who have left, but where a shift would have nobody', () => {
		const ladder = {
			...USUAL,
			shifts: [shift({ deputy: DORIN }), shift({ person: DORIN })],
			away: [{ person: DORIN, from: '2026-11-16', to: '2026-11-17' }],
			points: [DORIN, ESZTER]
		};
		expect(among(ladder, [CORA, ESZTER])).toMatchObject({
			shifts: [{ person: CORA, deputy: '' }, { person: DORIN }],
			away: [],
			points: [ESZTER]
		});
	});
});

describe('what was changed', () => {
	const set = { ...USUAL, points: [CORA] };

	test('goes over what others have made of the rest meanwhile', () => {
		const to = { ...USUAL, quiet: { from: '20:00', to: '07:00' } };
		expect(withChanges(set, { from: USUAL, to })).toEqual({ ...to, points: [CORA] });
	});

	test('is all of it where nothing was set', () => {
		expect(withChanges(null, { from: USUAL, to: set })).toEqual(set);
	});

	test('is not sent where no server could take it', () => {
		const to = { ...USUAL, zone: '' };
		expect(() => withChanges(set, { from: USUAL, to })).toThrow();
	});
});

describe('a climb in words', () => {
	const climb: Told[] = [
		{ is: 'nobody', rung: 'duty', at: NOON },
		{ is: 'told', rung: 'points', at: NOON },
		{ is: 'nobody', rung: 'lead', at: NOON },
		{ is: 'next', rung: 'above', at: NOON + 60_000 }
	];

	test('says to the team what there was on each rung', () => {
		expect(climbLines(climb, '').map(({ text, is }) => [text, is])).toEqual([
			['Nobody was on call.', 'done'],
			['All contact points were told.', 'done'],
			['There was no coordinator to tell.', 'done'],
			['The team above is told, unless somebody has it by then.', 'next']
		]);
	});

	test('says to whoever wrote it what was done', () => {
		expect(toldLines(climb).map(({ text }) => text)).toEqual([
			'Nobody was on call.',
			'We told all contact points.',
			'Nobody has confirmed yet. If nobody has by then, we tell the team above.'
		]);
	});

	test('says to the team alone whom nothing reached', () => {
		const missed = (all: boolean): Told[] => [{ is: 'missed', rung: 'points', at: NOON, count: 2, all }];
		expect(climbLines(missed(true), '')).toMatchObject([
			{ text: 'No contact point could be reached by notice or by e-mail.', is: 'done' }
		]);
		expect(climbLines(missed(false), '')).toMatchObject([
			{ text: '2 of them could not be reached by notice or by e-mail.', is: 'done' }
		]);
		for (const all of [true, false]) expect(toldLines(missed(all))).toEqual([]);
	});

	test('says where nobody could be told, and does not call that everybody', () => {
		const alone: Told[] = [{ is: 'alone', at: null }];
		expect(climbLines(alone, '')[0]?.text).toMatch(/^Nobody could be reached/);
		expect(toldLines(alone)[0]?.text).toBe('We have not been able to reach anybody yet.');
	});

	test('names who has it to the team alone, and says nothing of it where the case was over', () => {
		const had: Told[] = [{ is: 'had', at: NOON }];
		expect(climbLines(had, 'Cora')[0]?.text).toBe('‘I have it’: Cora');
		expect(climbLines(had, '')[0]?.text).toBe('‘I have it’: Somebody of the team');
		const over: Told[] = [{ is: 'over', at: NOON }];
		expect(climbLines(over, '')[0]?.text).toBe('The case is over, so nobody else is told.');
		expect(toldLines(over)).toEqual([]);
		expect(toldLines(had)).toEqual([{ time: NOON, text: 'A person has said: I have it.', is: 'had' }]);
	});

	test('says since when nothing was heard, where that is known', () => {
		const late = (at: number): Told[] => [{ is: 'late', rung: 'points', at }];
		for (const lines of [toldLines(late(NOON)), climbLines(late(NOON), '')])
			expect(lines).toMatchObject([{ time: NOON, is: 'next' }]);
		for (const lines of [toldLines(late(0)), climbLines(late(0), '')])
			expect(lines).toMatchObject([{ time: null, is: 'next' }]);
	});
});
