import 'fake-indexeddb/auto';
import { Dexie } from 'dexie';
import { expect, test } from 'vitest';
import type { PieceRow } from '../../src/lib/domain/piece';
import { Library } from '../../src/lib/store/library';

const [ONE, OTHER] = ['team00000000001', 'team00000000002'];
const row = (of: string, rev: number): PieceRow => ({
	...{ id: `row${String(rev).padStart(12, '0')}`, of, based: 1, state: 'shown', body: null, rev }
});

test('what teams have decided lies apart, the newest of each piece, and it is known how far it goes', async () => {
	const library = new Library('decided');
	expect([await library.followed(), await library.decidedUpTo(ONE)]).toEqual([[], undefined]);
	await library.putDecided(ONE, [row('term/a', 1), row('term/b', 2)], 2);
	await library.putDecided(ONE, [row('term/a', 3)], 3);
	// Nothing decided yet is known as well.
	await library.putDecided(OTHER, [], 0);

	expect((await library.decided(ONE)).map(({ of, rev }) => [of, rev])).toEqual([
		['term/a', 3],
		['term/b', 2]
	]);
	expect(await library.decided(OTHER)).toEqual([]);
	expect(await library.decided()).toHaveLength(2);
	expect((await library.followed()).sort()).toEqual([ONE, OTHER]);
	expect([await library.decidedUpTo(ONE), await library.decidedUpTo(OTHER)]).toEqual([3, 0]);
});

test('an edition of an older app is fetched again, and what else was kept stays', async () => {
	const old = new Dexie('older');
	old.version(1).stores({ practices: 'id', rows: 'name' });
	await old.table('rows').bulkPut([
		{ name: 'edition', source: '/old.json', firstSteps: [] },
		{ name: 'index', source: '/old.json', index: {}, lexicon: {} },
		{ name: 'places PL', source: '/pl.json', list: { country: 'PL' } }
	]);
	old.close();
	const library = new Library('older');
	expect(await library.edition()).toBeUndefined();
	expect(await library.places('PL')).toMatchObject({ source: '/pl.json' });
});
