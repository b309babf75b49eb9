import { describe, expect, test } from 'vitest';
import { climbOf, tell } from '../../src/lib/domain/climb';
import type { Ladder } from '../../src/lib/domain/ladder';
import { idOf } from './people';

const stamp = (time: string): string => `2026-11-16 ${time}:00.000Z`;
const at = (time: string): number => Date.parse(stamp(time));
const step = (rung: Ladder['steps'][number]['rung'], time: string, told = 1) => ({
	...{ rung, told },
	at: stamp(time)
});
const ladder = (more: Partial<Ladder>): Ladder => ({
	...{ id: idOf('ladder'), rev: 7, team: idOf('team'), case: idOf('case'), urgency: 'danger' },
	...{ steps: [step('duty', '10:42')], next: stamp('10:47'), had: '', by: '', over: '' },
	...more
});
const told = (more: Partial<Ladder>, now = at('10:43'), heard = now) =>
	tell(climbOf(ladder(more)), now, heard);

describe('what is said of a climb', () => {
	test('is who has been told and when, and who is told next', () => {
		expect(told({})).toEqual([
			{ is: 'told', rung: 'duty', at: at('10:42') },
			{ is: 'next', rung: 'points', at: at('10:47') }
		]);
	});

	test('a rung without anybody is said to have nobody', () => {
		const steps = [step('duty', '10:42', 0), step('points', '10:42')];
		expect(told({ steps })).toEqual([
			{ is: 'nobody', rung: 'duty', at: at('10:42') },
			{ is: 'told', rung: 'points', at: at('10:42') },
			{ is: 'next', rung: 'lead', at: at('10:47') }
		]);
	});

	test('in quiet hours nobody has been told yet, and who is on call comes first', () => {
		expect(told({ steps: [] })).toEqual([{ is: 'next', rung: 'duty', at: at('10:47') }]);
	});

	test('ends with whoever has it, whatever was to come', () => {
		const had = { had: stamp('10:51'), by: idOf('cora') };
		for (const next of ['' as const, stamp('10:47')])
			expect(told({ ...had, next }).slice(1)).toEqual([{ is: 'had', at: at('10:51') }]);
	});

	test('says that all have been told, and when they are told once more', () => {
		const steps = [step('lead', '10:42'), step('above', '10:47', 0)];
		expect(told({ steps, next: stamp('11:47') }).slice(1)).toEqual([
			{ is: 'nobody', rung: 'above', at: at('10:47') },
			{ is: 'end', at: null },
			{ is: 'next', rung: 'again', at: at('11:47') }
		]);
		const more = [...steps, step('again', '10:50'), step('again', '10:59', 3)];
		expect(told({ steps: more, next: stamp('11:47') }).slice(2)).toEqual([
			{ is: 'told', rung: 'again', at: at('10:59') },
			{ is: 'end', at: null },
			{ is: 'next', rung: 'again', at: at('11:47') }
		]);
	});

	test('where nobody could be told it says so, and that it goes on', () => {
		const steps = (['duty', 'points', 'lead', 'above'] as const).map((rung) => step(rung, '10:42', 0));
		expect(told({ steps }).slice(4)).toEqual([
			{ is: 'alone', at: null },
			{ is: 'next', rung: 'again', at: at('10:47') }
		]);
	});

	test('a rung on which nothing reaches anybody is not one without anybody', () => {
		const missed = (told: number) => ({ ...step('duty', '10:42', told), missed: 2 });
		const line = { is: 'missed', rung: 'duty', at: at('10:42'), count: 2 };
		expect(told({ steps: [missed(0)] })[0]).toEqual({ ...line, all: true });
		expect(told({ steps: [missed(1)] }).slice(0, 2)).toEqual([
			{ is: 'told', rung: 'duty', at: at('10:42') },
			{ ...line, all: false }
		]);
	});

	test('a case that is over is not one that somebody has', () => {
		const over = ladder({ next: '', over: stamp('10:51') });
		expect(climbOf(over)).toMatchObject({ had: null, open: false });
		expect(climbOf(ladder({}))).toMatchObject({ open: true });
		expect(climbOf(ladder({ next: '', had: stamp('10:51') }))).toMatchObject({ open: false });
		expect(told({ next: '', over: stamp('10:51') }).slice(1)).toEqual([{ is: 'over', at: at('10:51') }]);
	});

	test('promises nothing that should have happened by now and was not heard of', () => {
		const late = (now: string, heard: string) => told({}, at(now), at(heard)).at(-1);
		expect(late('10:48', '10:43')).toEqual({ is: 'next', rung: 'points', at: at('10:47') });
		expect(late('10:50', '10:43')).toEqual({ is: 'late', rung: 'points', at: at('10:43') });
		// The server was reached, and says nothing else: it is its own clock that climbs.
		expect(late('10:50', '10:50')).toEqual({ is: 'next', rung: 'points', at: at('10:47') });
	});

	test('whoever asked for advice is not told who has it', () => {
		const { by, ...row } = ladder({ had: stamp('10:51') });
		expect(by).toBe('');
		expect(climbOf(row)).toMatchObject({ had: at('10:51'), by: '' });
	});
});
