/** Where teams are to each other: which one is the region's or the nation's, and which are neighbours. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { around, bearing, byBearing } from '../../src/lib/domain/areas';
import type { Id } from '../../src/lib/domain/id';
import { idOf } from './people';

const [TOWN, COUNTY, NATION, NEXT, FAR, ABROAD] = ['town', 'county', 'nation', 'next', 'far', 'abroad'].map(
	idOf
) as [Id, Id, Id, Id, Id, Id];
const CHAINS = {
	town: [TOWN, COUNTY, NATION],
	next: [NEXT, COUNTY, NATION],
	county: [COUNTY, NATION],
	nation: [NATION],
	far: [FAR, idOf('other'), NATION],
	abroad: [ABROAD]
};

describe('a team', () => {
	test('is above, beside, below or elsewhere, and the other one sees it the other way round', () => {
		const seen = (from: keyof typeof CHAINS) =>
			Object.fromEntries(Object.entries(CHAINS).map(([name, chain]) => [name, bearing(CHAINS[from], chain)]));
		expect(seen('town')).toEqual({
			...{ town: 'beside', next: 'beside', county: 'above', nation: 'above', far: 'elsewhere' },
			abroad: 'elsewhere'
		});
		expect(seen('county')).toEqual({
			...{ town: 'below', next: 'below', county: 'beside', nation: 'above', far: 'elsewhere' },
			abroad: 'elsewhere'
		});
		const back = { above: 'below', below: 'above', beside: 'beside', elsewhere: 'elsewhere' };
		for (const one of Object.values(CHAINS))
			for (const other of Object.values(CHAINS)) expect(bearing(other, one)).toBe(back[bearing(one, other)]);
	});

	test('of which nothing is known is elsewhere, and so are two highest ones to each other', () => {
		expect(bearing([], CHAINS.town)).toBe('elsewhere');
		expect(bearing(CHAINS.town, [])).toBe('elsewhere');
		expect(bearing(CHAINS.nation, CHAINS.abroad)).toBe('elsewhere');
	});

	test('comes in its order: the region before the nation, then neighbours, and nobody is left out', () => {
		const all = Object.entries(CHAINS).map(([name, areas]) => ({ name, areas }));
		fc.assert(
			fc.property(fc.shuffledSubarray(all, { minLength: all.length }), (teams) => {
				const found = byBearing(
					CHAINS.town,
					teams.filter(({ name }) => name !== 'town')
				);
				expect(found.slice(0, 3).map(({ name }) => name)).toEqual(['county', 'nation', 'next']);
				const rest = teams.filter(({ name }) => ['far', 'abroad'].includes(name));
				expect(found.slice(3).map(({ name }) => name)).toEqual(rest.map(({ name }) => name));
			})
		);
	});
});

describe('an area', () => {
	test('of which the next one is known has the rest as any other one tells it', () => {
		expect(around({ id: TOWN, parent: COUNTY }, [CHAINS.abroad, CHAINS.next])).toEqual(CHAINS.town);
		expect(around({ id: TOWN, parent: COUNTY }, [CHAINS.county])).toEqual(CHAINS.town);
		expect(around({ id: TOWN, parent: COUNTY }, [CHAINS.far])).toEqual([TOWN, COUNTY]);
		expect(around({ id: NATION, parent: '' }, [CHAINS.town])).toEqual([NATION]);
	});

	test('that a server shows within itself comes once', () => {
		expect(around({ id: TOWN, parent: COUNTY }, [[COUNTY, TOWN]])).toEqual([TOWN, COUNTY]);
	});
});
