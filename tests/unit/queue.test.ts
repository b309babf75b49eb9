import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CaseLine } from '../../src/lib/app';
import { THEMES, URGENCIES } from '../../src/lib/domain/lists';
import { searchable } from '../../src/lib/domain/search';
import { addressOf, choose, readFilter, strength, type Filter } from '../../src/routes/team/filters';
import { groups, type Group, type Piece } from '../../src/routes/team/groups';
import { steadily } from '../../src/routes/team/steady';

const NONE: Filter = { by: 'urgency', urgency: null, theme: null, place: null, only: [] };
const piecesOf = (all: readonly Group[]): Piece[] =>
	all.flatMap(({ stretches }) => stretches.flatMap(({ pieces }) => pieces));

const line = (id: string, more: Partial<CaseLine> = {}): CaseLine =>
	({
		...{ id, owner: null, due: null, urgency: 'soon', theme: 'hate', place: 'Dunapart', type: 'threat' },
		...{ created: 0, unread: false, words: '', form: { main: {} } },
		...more
	}) as unknown as CaseLine;
const NOON = Date.UTC(2026, 10, 18, 12);
const mine = { owner: { id: 'me', name: 'Me' } };
const shown = (lines: readonly CaseLine[], filter: Partial<Filter>, typed = ''): string =>
	choose(lines, { ...NONE, ...filter }, typed, 'me', NOON, () => 'Drohung')
		.map(({ id }) => id)
		.join('');

describe('what is asked for', () => {
	test('comes back out of the address as it went in', () => {
		const filter = fc.record({
			by: fc.constantFrom('urgency', 'waiting'),
			urgency: fc.constantFrom(null, ...URGENCIES),
			theme: fc.constantFrom(null, ...THEMES),
			place: fc.option(fc.string({ minLength: 1, unit: 'grapheme' })),
			only: fc.subarray(['mine', 'unread', 'due', 'versed'] as const)
		});
		fc.assert(
			fc.property(filter, (asked: Filter) => {
				const params = new URL(addressOf('team00000000000', asked), 'https://heed.example').searchParams;
				expect(readFilter(params)).toEqual(asked);
				expect(params.get('team')).toBe('team00000000000');
			})
		);
	});

	test('and is no filter of this app is not asked for', () => {
		const params = new URLSearchParams(
			'urgency=huge&theme=constructor&only=mine constructor&by=name&q=words'
		);
		expect(readFilter(params)).toEqual({ ...NONE, only: ['mine'] });
	});

	test('is counted, and the order is not', () => {
		expect(strength({ ...NONE, by: 'waiting' })).toBe(0);
		expect(strength({ ...NONE, theme: 'hate', only: ['mine', 'unread'] })).toBe(3);
	});
});

describe('the queue', () => {
	test('shows what is asked for and nothing else', () => {
		const lines = [
			line('a', { urgency: 'danger' }),
			line('b', { theme: 'polarisation', unread: true }),
			line('c', { place: 'Óbuda', ...mine }),
			line('d', { due: NOON + 60_000, unread: true, versed: true, ...mine })
		];
		expect(shown(lines, {})).toBe('abcd');
		expect(shown(lines, { urgency: 'danger' })).toBe('a');
		expect(shown(lines, { theme: 'polarisation' })).toBe('b');
		expect(shown(lines, { place: 'Óbuda' })).toBe('c');
		expect(shown(lines, { only: ['mine'] })).toBe('cd');
		expect(shown(lines, { only: ['mine', 'unread'] })).toBe('d');
		expect(shown(lines, { only: ['due'] })).toBe('d');
		expect(shown(lines, { only: ['versed'] })).toBe('d');
		expect(shown(lines, { urgency: 'danger', only: ['mine'] })).toBe('');
	});

	test('is searched by what was said, the place, and what it is called', () => {
		const lines = [
			line('a', { words: searchable(['Naklejki na przystanku']) }),
			line('b', { place: 'Óbuda' })
		];
		expect(shown(lines, {}, 'naklej PRZY')).toBe('a');
		expect(shown(lines, {}, 'obuda')).toBe('b');
		expect(shown(lines, {}, 'droh obuda')).toBe('b');
		expect(shown(lines, {}, 'naklejki obuda')).toBe('');
	});

	test('comes in the order of waiting where that is asked for', () => {
		const lines = [line('a', { created: 3 }), line('b', { created: 1 }), line('c', { created: 2 })];
		expect(shown(lines, { by: 'waiting' })).toBe('bca');
		expect(lines.map(({ id }) => id).join('')).toBe('abc');
	});

	test('begins with what should have been done before now, whoever has it', () => {
		const lines = [line('a'), line('b', { due: NOON - 1, ...mine }), line('c', { due: NOON + 1, ...mine })];
		const grouped = groups(lines, 'me', NOON);
		expect(grouped.map(({ key, lines: some }) => [key, some.map(({ id }) => id).join('')])).toEqual([
			['overdue', 'b'],
			['open', 'a'],
			['mine', 'c']
		]);
	});

	test('has on top of that what waits for somebody to say that they have it', () => {
		const lines = [line('a', { due: NOON - 1 }), line('b', { pressing: { next: null } }), line('c')];
		expect(groups(lines, 'me', NOON).map(({ key, lines: some }) => [key, some[0]?.id])).toEqual([
			['pressing', 'b'],
			['overdue', 'a'],
			['open', 'c']
		]);
	});

	test('comes in pieces of two lines, each of which knows what stands before it', () => {
		const lines = Array.from({ length: 6 }, (_, at) => line(`l${at}`, at < 3 ? {} : mine));
		const pieces = piecesOf(groups(lines, 'me', 0));
		expect(pieces.map(({ at, before, lines: some }) => [at, before, some.length])).toEqual([
			[0, 0, 2],
			[2, 2, 1],
			[0, 3, 2],
			[2, 5, 1]
		]);
		expect(pieces.flatMap((piece) => piece.lines)).toEqual(lines);
	});

	test('lies in stretches of twenty lines, each as long as what is in it', () => {
		const lines = Array.from({ length: 43 }, (_, at) => line(`l${at}`));
		const [{ stretches } = { stretches: [] }] = groups(lines, 'me', 0);
		expect(stretches.map((stretch) => stretch.lines)).toEqual([20, 20, 3]);
		expect(stretches.map(({ pieces }) => pieces.flatMap((piece) => piece.lines).length)).toEqual([20, 20, 3]);
		for (const { key, pieces } of stretches)
			expect(pieces.every(({ stretch }) => stretch === key)).toBe(true);
	});

	test('leaves what stands above a new line in the piece in which it stood', () => {
		const lines = Array.from({ length: 45 }, (_, at) => line(`l${at}`));
		const placed = (all: readonly CaseLine[]): string[] =>
			piecesOf(groups(all, 'me', 0)).map(({ key, stretch, lines: some }) =>
				[key, stretch, ...some.map(({ id }) => id)].join()
			);
		const before = placed(lines.slice(0, -1));
		expect(placed(lines).slice(0, before.length)).toEqual(before);
		expect(new Set(placed(lines)).size).toBe(23);
	});

	test('keeps the lines that say what they said, and no other one', () => {
		const steady = steadily();
		const some = (): CaseLine[] => [line('a'), line('b'), line('c')];
		const before = steady(some());
		expect(steady(some()).map((one, at) => one === before[at])).toEqual([true, true, true]);
		const [a, b, c] = some() as [CaseLine, CaseLine, CaseLine];
		const after = steady([c, { ...b, unread: true }, { ...a, words: ' more' }, line('d')]);
		expect(after.map((one) => before.indexOf(one))).toEqual([2, -1, -1, -1]);
		expect(after.map(({ id, unread, words }) => [id, unread, words])).toEqual([
			['c', false, ''],
			['b', true, ''],
			['a', false, ' more'],
			['d', false, '']
		]);
		// In whose words a type is said is the same for all of them.
		const [one] = steady([{ ...c, form: { main: { a: 1 } } as never }]);
		expect(one).not.toBe(c);
	});
});
