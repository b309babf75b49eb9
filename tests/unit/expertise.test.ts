/** What members know well: who sees it in which case, and what of it is kept when it is said anew. */
import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { knowing, versedIn } from '../../src/lib/app/expertise';
import {
	EXPERTISE,
	isVersed,
	Knows,
	KNOWS_MAX,
	saidAnew,
	saysAnything
} from '../../src/lib/domain/expertise';
import type { Membership } from '../../src/lib/domain/records';
import { openStore, type Store } from '../../src/lib/store/person';
import { idOf } from './people';

const [CORA, ESZTER, FRIEDA] = [idOf('cora'), idOf('eszter'), idOf('frieda')];
const [TEAM, OTHER] = [idOf('team'), idOf('other')];
const about = { theme: 'hate', type: 'threat', setting: 'sport' };

describe('a case', () => {
	test('is among what somebody knows well by its theme, its type or its setting alone', () => {
		for (const [name, key] of Object.entries(about)) expect(isVersed({ [name]: [key] }, about)).toBe(true);
		expect(isVersed({ theme: ['polarisation'], type: ['sport'], strand: ['hate'] }, about)).toBe(false);
		expect(isVersed({ setting: ['sport'] }, { ...about, setting: null })).toBe(false);
		expect(isVersed(undefined, about)).toBe(false);
		expect(isVersed({}, about)).toBe(false);
	});
});

describe('what somebody has said', () => {
	let store: Store;
	let stores = 0;
	beforeEach(() => void (store = openStore(`expert${stores++}`)));
	afterEach(() => store.close());

	test('is known of who is in that team, and of nobody who has left or said nothing', async () => {
		const row = (id: string, more: Partial<Membership>): Membership =>
			({ id: idOf(id), rev: 1, team: TEAM, ended: '', ...more }) as Membership;
		await store.memberships.bulkPut([
			row('a', { user: CORA, knows: { type: ['threat'] } }),
			row('b', { user: ESZTER, knows: { type: [] } }),
			row('c', { user: FRIEDA, knows: { type: ['threat'] }, ended: '2026-11-20 10:42:00.000Z' }),
			row('d', { user: FRIEDA, knows: { type: ['threat'] }, team: OTHER }),
			// As an older server sends it.
			row('e', { user: idOf('dorin') })
		]);
		expect([...(await knowing({ store }, TEAM))]).toEqual([[CORA, { type: ['threat'] }]]);
		expect(await versedIn({ store }, TEAM, about)).toEqual([CORA]);
		expect(await versedIn({ store }, OTHER, about)).toEqual([FRIEDA]);
		expect(await versedIn({ store }, TEAM, { ...about, type: 'exit' })).toEqual([]);
	});

	test('is what was chosen, and what a newer app has said stays', () => {
		const lists = Object.keys(EXPERTISE) as (keyof typeof EXPERTISE)[];
		const chosen = fc.record(
			Object.fromEntries(lists.map((name) => [name, fc.subarray([...EXPERTISE[name], 'own_a'])])) as {
				[name in keyof typeof EXPERTISE]: fc.Arbitrary<string[]>;
			}
		);
		fc.assert(
			fc.property(chosen, chosen, (first, second) => {
				expect(saidAnew(first, second)).toEqual(second);
				const newer = { ...first, type: [...first.type, 'new_kind'], need: ['legal'] };
				expect(saidAnew(newer, second)).toEqual({
					...second,
					type: [...second.type, 'new_kind'],
					need: ['legal']
				});
				// It may be opened and saved again, with what it has no words for among the chosen.
				const again = saidAnew(newer, { ...second, type: [...second.type, 'new_kind'] });
				expect(again).toEqual(saidAnew(newer, second));
				expect(Knows.safeParse(again).success).toBe(true);
			})
		);
	});

	test('is nothing where every list is empty', () => {
		expect(saysAnything({})).toBe(false);
		expect(saysAnything({ theme: [], strand: [] })).toBe(false);
		expect(saysAnything({ theme: [], strand: ['mixed'] })).toBe(true);
	});

	test('fits with all that can be chosen, and twenty answers of the team’s own in each list', () => {
		const own = Array.from({ length: 20 }, (_, at) => `own_${'x'.repeat(14)}${at}`);
		const all = { ...EXPERTISE, type: [...EXPERTISE.type, ...own], setting: [...EXPERTISE.setting, ...own] };
		expect(Knows.safeParse(all).success).toBe(true);
		expect(JSON.stringify(all).length).toBeLessThan(KNOWS_MAX);
	});
});
