/** Who may read and write under a key: only keys, grants and rolls decide, and each only where somebody entitled made it. */
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import {
	circleOf,
	genuineGrants,
	isHolder,
	keysOf,
	newestKey,
	type Ring
} from '../../src/lib/domain/holders';
import { AUDIENCES, type Audience, type Circle, type Role } from '../../src/lib/domain/lists';
import { partiesOf, personsOf } from '../../src/lib/domain/parties';
import type { Grant, Key } from '../../src/lib/domain/records';
import type { Roll, Seat } from '../../src/lib/domain/roll';
import { idOf, INSTANCE, NOON, TEAM } from './people';
import { RUNS } from './runs';

// As long as the properties take when they are tried more often.
vi.setConfig({ testTimeout: 600_000 });

const [ANA, BARTEK, CORA, DORIN, ESZTER, FRIEDA, STRANGER] = [
	...['ana', 'bartek', 'cora', 'dorin', 'eszter', 'frieda', 'stranger']
].map(idOf) as [string, string, string, string, string, string, string];
const [CASE, THREAD, MEMBERS, POLICE] = ['case', 'thread', 'members', 'police'].map(idOf) as [
	...[string, string, string, string]
];
const OTHER = idOf('other');
const ENDED = '2026-11-18 12:00:00.000Z';

const seat = (user: string, role: Role, more: Partial<Seat> = {}): Seat => ({
	...{ user, keys: '', verifier: '', role, roles: [role], until: 0, met: false, by: ESZTER, at: NOON },
	...{ left: 0, earlier: [], paper: false },
	...more
});

/** Eszter coordinates, Cora and Bartek are experts, Dorin is police, Frieda a guest. */
function rollWith(seats: Seat[] = [], circles: [string, Circle, number][] = []): Roll {
	const all = [
		...[seat(ESZTER, 'coordinator'), seat(CORA, 'expert'), seat(BARTEK, 'expert')],
		...[seat(DORIN, 'police'), seat(FRIEDA, 'guest', { until: NOON }), ...seats]
	];
	const made: [string, Circle, number][] = [[MEMBERS, 'members', 3], [POLICE, 'police', 4], ...circles];
	return {
		...{ team: TEAM, instance: INSTANCE, name: 'Team', fingerprint: '', seq: 20, head: '', spare: null },
		seats: Object.fromEntries(all.map((one) => [one.user, one])),
		circles: made.map(([key, name, seq]) => ({ key, name, recipient: '', seq }))
	};
}

let rev = 1;
const key = (id: string, name: Key['name'], maker: string, more: Partial<Key> = {}): Key => ({
	...{ id: idOf(id), rev: rev++, team: TEAM, case: CASE, name, before: '' },
	...{ recipient: `age-of-${id}`, maker, proof: '', ended: '' },
	...more
});
const grant = (
	of: string,
	giver: string,
	to: { user: string } | { via: string },
	more: Partial<Grant> = {}
): Grant => ({
	...{ id: idOf(`grant${rev}`), rev: rev++, key: idOf(of), user: '', via: '' },
	...{ sealed: '', digest: '', giver, proof: '', ended: '' },
	...to,
	...more
});
const thread = (): Key => key('thread', 'reporter', ANA);
const members = (): Key => ({ ...key('members', 'members', ESZTER), case: '' });
/** Ana's case as it comes: open to her and to the members. */
const opened = (): Grant[] => [
	grant('thread', ANA, { user: ANA }),
	grant('thread', ANA, { via: MEMBERS }),
	grant('members', ESZTER, { user: CORA })
];

const ringOf = (keys: Key[], grants: Grant[], rolls: Roll[] = [rollWith()]): Ring => ({
	keys: new Map(keys.map((one) => [one.id, one])),
	founding: new Set([THREAD]),
	grants,
	teams: new Map([[CASE, TEAM]]),
	rolls: new Map(rolls.map((one) => [one.team, one]))
});

/** Everybody who reads, one by one. */
const readers = (ring: Ring, one: Key) => personsOf(ring.rolls, partiesOf(ring, one, NOON), NOON);

describe('who holds a key', () => {
	test('its maker, whom it was granted to, and the members of a circle it was granted to', () => {
		const one = thread();
		const ring = ringOf([one, members()], opened());
		for (const user of [ANA, CORA, BARTEK, ESZTER]) expect(isHolder(ring, one, user), user).toBe(true);
		for (const user of [DORIN, FRIEDA, STRANGER]) expect(isHolder(ring, one, user), user).toBe(false);
	});

	test('whoever a holder gave it on to, by as many hands as there were', () => {
		const one = thread();
		const chain = [
			grant('thread', STRANGER, { user: DORIN }),
			grant('thread', FRIEDA, { user: STRANGER }),
			grant('thread', CORA, { user: FRIEDA }),
			...opened()
		];
		const ring = ringOf([one, members()], chain);
		for (const user of [FRIEDA, STRANGER, DORIN]) expect(isHolder(ring, one, user), user).toBe(true);
		const without = ringOf(
			[one, members()],
			chain.filter(({ giver }) => giver !== CORA)
		);
		for (const user of [FRIEDA, STRANGER, DORIN]) expect(isHolder(without, one, user), user).toBe(false);
	});

	test('not whoever grants it to themselves, nor two strangers who grant it to each other', () => {
		const one = thread();
		const own = [grant('thread', STRANGER, { user: STRANGER })];
		const each = [grant('thread', STRANGER, { user: DORIN }), grant('thread', DORIN, { user: STRANGER })];
		const toTheirs = [grant('thread', DORIN, { via: POLICE })];
		const ring = ringOf([one, members()], [...own, ...each, ...toTheirs, ...opened()]);
		expect(isHolder(ring, one, STRANGER)).toBe(false);
		expect(isHolder(ring, one, DORIN)).toBe(false);
		expect(genuineGrants(ring, one).map(({ giver }) => giver)).toEqual([ANA, ANA]);
	});

	test('whoever held it stays a holder, and is shown as a reader, though the server says that the grant has ended', () => {
		const one = thread();
		const grants = [...opened(), grant('thread', ANA, { user: STRANGER }, { ended: ENDED })];
		const ring = ringOf([one, members()], grants);
		expect(isHolder(ring, one, STRANGER)).toBe(true);
		expect(partiesOf(ring, one, NOON)).toContainEqual({ user: STRANGER });
	});

	test('who made it is shown as a reader, granted or not', () => {
		const one = key('room', 'team', FRIEDA);
		const to = (more: Grant[]) => partiesOf(ringOf([one], more), one, NOON - 1);
		expect(to([grant('room', FRIEDA, { via: MEMBERS })])).toEqual([
			{ team: TEAM, circle: 'members' },
			{ user: FRIEDA }
		]);
		expect(to([grant('room', FRIEDA, { user: FRIEDA })])).toEqual([{ user: FRIEDA }]);
		const own = { ...one, maker: CORA };
		const ring = ringOf([own], [grant('room', CORA, { via: MEMBERS })]);
		expect(partiesOf(ring, own, NOON)).toEqual([{ team: TEAM, circle: 'members' }]);
	});

	test('the police only where it was opened to their circle, and then no expert by that', () => {
		const one = key('room', 'narrow', ESZTER);
		const ring = ringOf([one], [grant('room', ESZTER, { via: POLICE })]);
		expect(isHolder(ring, one, DORIN)).toBe(true);
		expect(isHolder(ring, one, CORA)).toBe(false);
		expect(readers(ring, one)).toEqual([ESZTER, DORIN]);
		const toMembers = ringOf([one], [grant('room', ESZTER, { via: MEMBERS })]);
		expect(isHolder(toMembers, one, DORIN)).toBe(false);
		expect(readers(toMembers, one)).toEqual([ESZTER, CORA, BARTEK]);
	});

	test('a circle is whose roll has its key: a key that no roll knows opens nothing', () => {
		const one = thread();
		const ring = ringOf([one], [grant('thread', ANA, { via: idOf('unknown') })]);
		expect(circleOf(ring, idOf('unknown'))).toBeNull();
		expect(isHolder(ring, one, CORA)).toBe(false);
		expect(partiesOf(ring, one, NOON)).toEqual([{ user: ANA }]);
	});
});

describe('generations of a circle', () => {
	const [OLD, NEW] = [MEMBERS, idOf('members2')];
	const leaver = (left: number) => rollWith([seat(CORA, 'expert', { left })], [[NEW, 'members', 12]]);
	const ring = (roll: Roll) =>
		ringOf(
			[key('old', 'team', ESZTER), key('new', 'team', ESZTER)],
			[grant('old', ESZTER, { via: OLD }), grant('new', ESZTER, { via: NEW })],
			[roll]
		);
	const holds = (roll: Roll, of: string, user = CORA) => {
		const one = ring(roll).keys.get(idOf(of));
		if (!one) throw new Error('no such key');
		return isHolder(ring(roll), one, user);
	};

	test('who left before the key was made anew holds what was, and not what came after', () => {
		expect(holds(leaver(10), 'old')).toBe(true);
		expect(holds(leaver(10), 'new')).toBe(false);
	});

	test('who left after that held both', () => {
		expect(holds(leaver(14), 'old')).toBe(true);
		expect(holds(leaver(14), 'new')).toBe(true);
	});

	test('who is in holds every generation, as does who has come back', () => {
		expect(holds(leaver(0), 'old')).toBe(true);
		expect(holds(leaver(0), 'new')).toBe(true);
	});

	test('a role that was had stays had, one that never was does not', () => {
		const became = rollWith([seat(CORA, 'police', { roles: ['police', 'expert'] })]);
		expect(holds(became, 'old')).toBe(true);
		expect(holds(rollWith([seat(CORA, 'police')]), 'old')).toBe(false);
	});

	test('nobody who has left, or whose time is over, is named among the readers', () => {
		const one = key('room', 'team', ESZTER);
		const here = (roll: Roll) => {
			const some = ringOf([one], [grant('room', ESZTER, { via: MEMBERS })], [roll]);
			return readers(some, one);
		};
		expect(here(leaver(10))).toEqual([ESZTER, BARTEK]);
		expect(here(rollWith([seat(CORA, 'expert', { until: NOON })]))).toEqual([ESZTER, BARTEK]);
		expect(here(rollWith([seat(CORA, 'expert', { until: NOON + 1 })]))).toEqual([ESZTER, CORA, BARTEK]);
	});

	test('two generations of one circle are one reader', () => {
		const one = key('room', 'team', ESZTER);
		const grants = [grant('room', ESZTER, { via: OLD }), grant('room', ESZTER, { via: NEW })];
		const some = ringOf([one], grants, [rollWith([], [[NEW, 'members', 12]])]);
		expect(partiesOf(some, one, NOON)).toEqual([{ team: TEAM, circle: 'members' }]);
	});
});

describe('the keys of a case', () => {
	const ids = (ring: Ring) => keysOf(ring, CASE).map(({ id }) => id);
	const team = (maker: string, more: Partial<Key> = {}) => key('team', 'team', maker, more);

	test('without the one it is called after are what members of the team have made, and nobody else', () => {
		const ring = ringOf([key('other', 'reporter', ANA), members(), team(CORA), team(STRANGER)], opened());
		expect(keysOf(ring, CASE)).toEqual([]);
		const shown = ringOf([key('other', 'reporter', ANA), members(), team(CORA)], opened());
		expect(ids(shown)).toEqual([idOf('team')]);
		expect(keysOf(ringOf([thread(), members()], opened()), idOf('other'))).toEqual([]);
	});

	test('without it are no reporter’s thread, and of no other team, whatever its members have made', () => {
		const elsewhere = { ...rollWith(), team: OTHER };
		const rolls = [rollWith(), elsewhere];
		const with_ = (more: Partial<Key>): string[] =>
			ids(ringOf([members(), team(CORA, { id: idOf('one'), ...more })], opened(), rolls));
		expect(with_({})).toEqual([idOf('one')]);
		expect(with_({ team: OTHER })).toEqual([]);
		expect(with_({ name: 'reporter' })).toEqual([]);
	});

	test('are the reporter’s and what members of the team have made with it, the reporter’s first', () => {
		const later = thread();
		const ring = ringOf([team(CORA, { rev: 1 }), { ...later, rev: 9000 }, members()], opened());
		expect(ids(ring)).toEqual([THREAD, idOf('team')]);
	});

	test.for<[string, string]>([
		['a stranger', STRANGER],
		['the reporter, who is not of the team', ANA],
		['the police, who were not let in', DORIN],
		['a guest, who was not let in', FRIEDA]
	])('%s begins no audience of the team', ([, maker]) => {
		for (const name of AUDIENCES) {
			const begun = key('begun', name, maker);
			const ring = ringOf([thread(), members(), begun], [...opened(), grant('begun', maker, { user: CORA })]);
			// The reporter may name the few who read the names.
			const may = maker === ANA && name === 'narrow' ? [idOf('begun')] : [];
			expect(ids(ring), name).toEqual([THREAD, ...may]);
		}
	});

	test('nobody begins a second thread of the reporter, not even the reporter', () => {
		for (const maker of [ANA, CORA, STRANGER]) {
			expect(ids(ringOf([thread(), members(), key('second', 'reporter', maker)], opened()))).toEqual([
				THREAD
			]);
		}
	});

	test('are made anew by whoever held the one before, and by nobody else', () => {
		const grants = [
			...opened(),
			grant('team', CORA, { via: MEMBERS }),
			grant('team', CORA, { user: FRIEDA })
		];
		const next = (maker: string, more: Partial<Key> = {}) =>
			ids(
				ringOf(
					[thread(), members(), team(CORA), key('next', 'team', maker, { before: idOf('team'), ...more })],
					grants
				)
			).includes(idOf('next'));
		for (const maker of [CORA, BARTEK, ESZTER, FRIEDA]) expect(next(maker), maker).toBe(true);
		for (const maker of [ANA, DORIN, STRANGER]) expect(next(maker), maker).toBe(false);
		// Neither of another audience, nor of another team, nor after a key that is not there.
		expect(next(CORA, { name: 'narrow' })).toBe(false);
		expect(next(CORA, { team: idOf('other') })).toBe(false);
		expect(next(CORA, { before: idOf('nowhere') })).toBe(false);
		expect(next(CORA, { before: idOf('next') })).toBe(false);
	});

	test('are found through as many generations as there were, in whatever order they came', () => {
		const generations = Array.from({ length: 8 }, (_, at) =>
			key(`team${at}`, 'team', at % 2 ? CORA : BARTEK, { before: at === 0 ? '' : idOf(`team${at - 1}`) })
		);
		const grants = [...opened(), ...generations.map(({ id, maker }) => grant(id, maker, { via: MEMBERS }))];
		fc.assert(
			fc.property(fc.shuffledSubarray(generations, { minLength: 8 }), fc.boolean(), (some, isOld) => {
				const keys = some.map((one, at) => ({ ...one, rev: isOld ? 100 - at : one.rev }));
				const found = keysOf(ringOf([...keys, thread(), members()], grants), CASE);
				expect(found).toHaveLength(9);
				expect(newestKey(found, 'team')?.id).toBe(idOf('team7'));
			}),
			{ numRuns: RUNS }
		);
	});

	test('the newest is what no other has replaced, whatever the server says has ended', () => {
		const first = thread();
		const second = key('second', 'reporter', ANA, { before: THREAD, ended: ENDED });
		expect(newestKey([first, second], 'reporter')).toBe(second);
		expect(newestKey([{ ...first, ended: ENDED }], 'reporter')?.id).toBe(THREAD);
		expect(newestKey([first, second], 'team')).toBeNull();
	});
});

describe('the printed key', () => {
	const PAPER = idOf('paper');
	const spare = { key: PAPER, recipient: '', verifier: '' };
	const withPaper = (...seats: Seat[]): Roll => ({ ...rollWith(seats), spare });
	const given = [grant('members', ESZTER, { user: ESZTER }), grant('members', ESZTER, { via: PAPER })];
	const bell = (giver: string, to = giver) => grant('members', giver, { user: to });

	test('makes whoever came back with it a giver of the circles that were granted to it', () => {
		const roll = withPaper(seat(ANA, 'coordinator', { paper: true }));
		const [own, others] = [bell(ANA), bell(ANA, CORA)];
		const ring = ringOf([members()], [...given, own, others], [roll]);
		expect(genuineGrants(ring, members())).toEqual([...given, own, others]);
		expect(isHolder(ring, members(), ANA)).toBe(true);
	});

	test.for<[string, Roll, Grant[]]>([
		['a coordinator who did not use it', withPaper(seat(ANA, 'coordinator')), given],
		['somebody who is not on the roll', withPaper(), given],
		[
			'somebody who had left before that generation was made',
			withPaper(seat(ANA, 'coordinator', { paper: true, left: 2 })),
			given
		],
		['a team without one', rollWith([seat(ANA, 'coordinator', { paper: true })]), given],
		[
			'a key that was never granted to it',
			withPaper(seat(ANA, 'coordinator', { paper: true })),
			given.slice(0, 1)
		],
		[
			'a grant to it by somebody who does not hold the key',
			withPaper(seat(ANA, 'coordinator', { paper: true })),
			[...given.slice(0, 1), grant('members', ANA, { via: PAPER })]
		]
	])('makes no giver of %s', ([, roll, some]) => {
		const ring = ringOf([members()], [...some, bell(ANA), bell(ANA, STRANGER)], [roll]);
		expect(genuineGrants(ring, members()).map(({ giver }) => giver)).not.toContain(ANA);
		expect(isHolder(ring, members(), STRANGER)).toBe(false);
	});

	test('of one team opens nothing of another', () => {
		const theirs: Roll = {
			...{ ...withPaper(seat(ANA, 'coordinator', { paper: true })), team: idOf('theirs'), circles: [] }
		};
		const ring = ringOf([members()], [...given, bell(ANA)], [{ ...rollWith(), spare }, theirs]);
		expect(isHolder(ring, members(), ANA)).toBe(false);
	});
});

describe('a stranger', () => {
	const who = fc.constantFrom(ANA, BARTEK, CORA, ESZTER, STRANGER, DORIN);
	/** Anything that strangers could sign, in their own names only. */
	const aGrant = fc
		.record({
			of: fc.constantFrom('thread', 'team', 'members', 'forged'),
			giver: fc.constantFrom(STRANGER, DORIN),
			to: fc.oneof(
				who.map((user) => ({ user })),
				fc.constantFrom(MEMBERS, POLICE).map((via) => ({ via }))
			)
		})
		.map(({ of, giver, to }) => grant(of, giver, to));
	const aKey = fc
		.record({
			name: fc.constantFrom<Audience>(...AUDIENCES),
			maker: fc.constantFrom(STRANGER, DORIN),
			before: fc.constantFrom('', THREAD, idOf('team')),
			at: fc.integer({ min: 0, max: 5000 })
		})
		.map(({ name, maker, before, at }) => key('forged', name, maker, { before, rev: at }));

	test('changes nothing in a case by any grants or keys of their own', () => {
		const keys = [thread(), members(), key('team', 'team', CORA)];
		const grants = [...opened(), grant('team', CORA, { via: MEMBERS })];
		const before = ringOf(keys, grants);
		fc.assert(
			fc.property(fc.array(aGrant, { maxLength: 8 }), fc.option(aKey), (some, forged) => {
				const ring = ringOf(forged ? [...keys, forged] : keys, [...some, ...grants]);
				expect(keysOf(ring, CASE)).toEqual(keysOf(before, CASE));
				for (const one of keys) {
					expect(new Set(genuineGrants(ring, one))).toEqual(new Set(genuineGrants(before, one)));
					for (const user of [STRANGER, DORIN]) expect(isHolder(ring, one, user)).toBe(false);
				}
				expect(newestKey(keysOf(ring, CASE), 'team')?.maker).toBe(CORA);
				expect(newestKey(keysOf(ring, CASE), 'reporter')?.maker).toBe(ANA);
			}),
			{ numRuns: RUNS }
		);
	});

	test('gains nothing by a team of their own that seats whom they like', () => {
		const theirs: Roll = {
			...rollWith([seat(STRANGER, 'coordinator'), seat(CORA, 'police')]),
			...{ team: idOf('theirs'), circles: [{ key: idOf('lure'), name: 'members', recipient: '', seq: 1 }] }
		};
		const keys = [thread(), members(), key('begun', 'team', STRANGER)];
		const ring = ringOf(
			keys,
			[...opened(), grant('thread', STRANGER, { via: idOf('lure') })],
			[rollWith(), theirs]
		);
		expect(keysOf(ring, CASE).map(({ id }) => id)).toEqual([THREAD]);
		expect(isHolder(ring, thread(), STRANGER)).toBe(false);
	});
});
