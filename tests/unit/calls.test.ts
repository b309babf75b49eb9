/** Who is asked about a case that they may not open. */
import 'fake-indexeddb/auto';
import { expect, test, vi } from 'vitest';
import { device, storeOf } from '../../src/lib/app/here';
import { calls } from '../../src/lib/app/ladder';
import type { Ladder } from '../../src/lib/domain/ladder';
import type { Row } from '../../src/lib/domain/records';
import type { Account } from '../../src/lib/store/device';
import { idOf } from './people';

vi.mock('../../src/lib/app/held', () => ({ close: () => undefined, vaultOf: () => Promise.resolve(null) }));

const [DORIN, TEAM, OTHER] = [idOf('dorin'), idOf('team'), idOf('other')];
const AT = '2026-11-18 12:00:00.000Z';

const seat = (role: Row<'memberships'>['role'], ended = '', team = TEAM): Row<'memberships'> => ({
	...{ id: idOf(`seat${role}`), rev: 1, team, user: DORIN, agency: '', role, until: '', ended }
});

test.for([
	{ name: 'whoever works on its cases opens it instead', seats: [seat('expert')], asked: [] },
	{ name: 'a police contact is asked to call', seats: [seat('police')], asked: ['call'] },
	{ name: 'somebody of the team above is asked', seats: [seat('expert', '', OTHER)], asked: ['above'] },
	{ name: 'whoever has left the team is asked nothing', seats: [seat('police', AT)], asked: [] },
	{
		name: 'whoever has left the team for the one above is asked as of that',
		seats: [seat('police', AT), seat('coordinator', '', OTHER)],
		above: OTHER,
		asked: ['above']
	},
	{ name: 'whoever is back is asked', seats: [seat('expert', AT), seat('police')], asked: ['call'] }
])('$name', async ({ seats, above = '', asked }) => {
	const account = { id: DORIN, login: 'dorin', name: 'Dorin', instance: 'i' } as Account;
	await device.signIn(account, { account: DORIN, token: 't', reached: 1, latest: 1 });
	const store = storeOf(DORIN);
	await store.memberships.clear();
	await store.memberships.bulkPut(seats);
	const ladder: Ladder = {
		...{ id: idOf('ladder'), rev: 1, team: TEAM, case: idOf('case'), urgency: 'danger', by: '' },
		...{ steps: [{ rung: 'points', at: AT, told: 1 }], next: AT, had: '', over: '', above }
	};
	await store.ladders.put(ladder);
	expect((await calls()).map(({ is }) => is)).toEqual(asked);
});
