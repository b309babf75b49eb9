/** What somebody might make, in each team and under each key. */
import * as w from '../contract/world';
import { ownOf, type Deed, type Me, type Row } from './deed';
import { PLACES, type Place } from './people';
import { aDevice, aLadder, anApproval, aNotice, aPiece, aRecovery, aWish, BYTES } from './made';
import type { Scene } from './scene';

/** Rows that somebody might make. */
export function creations(scene: Scene): Deed[] {
	const { world, places, keys, cases, entries, people, others, keyOf, caseOf } = scene;
	const create = (
		on: string,
		what: string,
		row: (me: Me, other: Me) => Row,
		more: Partial<Deed> = {}
	): Deed => ({
		on,
		verb: 'create',
		what,
		prepare: (me, other) => {
			const body = row(me, other);
			const id = body.id as string;
			return { id, body, done: (after) => after !== null, undo: () => scene.drop(on, id) };
		},
		...more
	});
	const at = (place: Place) => ({ ...world, team: places[place].team, invite: places[place].invite });
	const parts = Object.keys(keys).filter((key) => caseOf(key) !== '');
	const account = () => w.signUpBody(w.anAccount(`n${w.id()}`, world.recipient), world.invite) as Row;

	return [
		create('users', 'with an invitation', account),
		create('users', 'without an invitation', () => ({ ...account(), invite: '' }), { isForPeople: true }),
		create('users', 'without a name', () => ({ ...account(), invite: '', kind: 'coded', name: '-' })),
		create('areas', 'below another', () => ({
			id: w.id(),
			name: 'x',
			country: 'PL',
			parent: places.home.area
		})),
		create('teams', 'in an area', () => ({
			id: w.id(),
			name: 'x',
			area: places.home.area,
			locale: 'pl',
			idle: {},
			invite: w.id() + w.id()
		})),
		create('audit', 'a note', ({ id }) => ({ id: w.id(), team: world.team, by: id, what: 'nothing' })),
		create('devices', 'an own one', (me) => aDevice(me.id)),
		create('notices', 'an own one', (me) => aNotice(me.id)),
		create('wishes', 'own ones', () => aWish(others.leaver), { lock: () => 'wishes of the leaver' }),
		create('ladders', 'one at home', () => aLadder(world.team, w.id())),
		create('counters', 'another', () => ({ id: w.id(), name: w.id(), n: 1 })),
		create('instance', 'another', () => ({ id: w.id() }), { isForPeople: true }),
		create('_superusers', 'another', () => ({
			id: w.id(),
			email: `${w.id()}@example.org`,
			password: 'x'.repeat(12),
			passwordConfirm: 'x'.repeat(12)
		})),
		create('_otps', 'an own one', (me) => ({ ...ownOf(scene, me), password: '123456' })),
		create('_mfas', 'an own one', (me) => ({ ...ownOf(scene, me), method: 'password' })),
		create('_authOrigins', 'an own one', (me) => ({ ...ownOf(scene, me), fingerprint: w.id() })),
		create(
			'_externalAuths',
			'an own one',
			(me) => ({ ...ownOf(scene, me), provider: 'github', providerId: w.id() }),
			{ lock: (me) => `external ${me.id}` }
		),
		create('memberships', 'oneself at home', ({ id }) => w.aMembership(world, { id }, 'guest')),
		...PLACES.flatMap((place): Deed[] => [
			create('agencies', `at ${place}`, () => ({
				id: w.id(),
				team: places[place].team,
				name: 'x',
				sector: 'school'
			})),
			create('memberships', `an expert at ${place}`, () =>
				w.aMembership(at(place), { id: others.grantee }, 'expert')
			),
			create('memberships', `a coordinator at ${place}`, () =>
				w.aMembership(at(place), { id: others.grantee }, 'coordinator')
			),
			// By operators nobody reported: the field is asked for then.
			create('cases', `at ${place}`, (me) => ({ ...w.aCase(at(place)), reporter: me.id })),
			create('keys', `the next of the members circle ${place}`, (me) =>
				w.aKey(at(place), me, '', 'members', keyOf(`members circle ${place}`))
			),
			create('grants', `to the expert: members circle ${place}`, (me) =>
				w.aGrant(me, keyOf(`members circle ${place}`), { user: people[`expert ${place}`].id })
			),
			create('requests', `at ${place}`, (me) => w.aRequest(at(place), me), {
				lock: (me) => `request ${place} ${me.id}`
			}),
			create('pieces', `at ${place}`, (me) => aPiece(places[place].team, me.id)),
			create('recoveries', `at ${place}`, () => aRecovery(at(place), people[`expert ${place}`].id)),
			{
				on: 'approvals',
				verb: 'create',
				what: `at ${place}`,
				// Of the contact point of the police: who asks is nobody who approves.
				prepare: async (me) => {
					const recovery = await scene.put('recoveries', aRecovery(at(place), others.newcomer));
					const body = anApproval(recovery, me.id);
					return {
						id: body.id,
						body,
						done: (row) => row !== null,
						undo: () => scene.drop('approvals', body.id),
						clean: () => scene.drop('recoveries', recovery)
					};
				}
			},
			{
				on: 'roll',
				verb: 'create',
				what: `at ${place}`,
				lock: () => `team ${place}`,
				prepare: async (me) => {
					const roll = await rollOf(scene, place);
					const body = w.aLink(places[place].team, me.id, roll + 1);
					return {
						id: body.id,
						body,
						done: (row) => row !== null,
						undo: () => removeLink(scene, place, body.id, roll)
					};
				}
			}
		]),
		create(
			'requests',
			'with a wrong invitation',
			(me) => ({ ...w.aRequest(world, me), invite: 'x'.repeat(30) }),
			{ isForPeople: true }
		),
		create('requests', 'in another’s name', (_, other) => w.aRequest(world, other), {
			lock: (me) => `request home ${me.id}`,
			isForPeople: true
		}),
		create('pieces', 'in another’s name', (_, other) => aPiece(world.team, other.id)),
		...Object.entries(cases).map(([name, { id, place }]) =>
			create('keys', `another of ${name}`, (me) => w.aKey(at(place), me, id))
		),
		create('keys', 'in another’s name', (_, other) => w.aKey(world, other, caseOf('thread of the alert'))),
		create('keys', 'the first of a circle', (me) => w.aKey(world, me, '', 'members')),
		create('keys', 'another printed one', (me) => w.aKey(world, me, '', 'recovery', world.recovery)),
		...parts.flatMap((key) => [
			create('grants', `to somebody: ${key}`, (me) => w.aGrant(me, keyOf(key), { user: others.grantee })),
			create('grants', `to the members beside: ${key}`, (me) =>
				w.aGrant(me, keyOf(key), { via: keyOf('empty circle beside') })
			),
			create('entries', `in ${key}`, (me) => w.anEntry(me, caseOf(key), keyOf(key)))
		]),
		...(['stranger', 'suspended', 'expired guest', 'guest', 'police home'] as const).map((who) =>
			create('grants', `to the ${who}: members circle home`, (me) =>
				w.aGrant(me, keyOf('members circle home'), { user: people[who].id })
			)
		),
		create('grants', 'to oneself: thread elsewhere', (me) =>
			w.aGrant(me, keyOf('thread elsewhere'), { user: me.id })
		),
		create('grants', 'to oneself: coordinators circle home', (me) =>
			w.aGrant(me, keyOf('coordinators circle home'), { user: me.id })
		),
		create('grants', 'to the printed key elsewhere: thread of the alert', (me) =>
			w.aGrant(me, keyOf('thread of the alert'), { via: keyOf('recovery elsewhere') })
		),
		create('grants', 'in another’s name', (_, other) =>
			w.aGrant(other, keyOf('thread of the alert'), { user: others.grantee })
		),
		create('entries', 'in another’s name', (_, other) =>
			w.anEntry(other, caseOf('thread of the alert'), keyOf('thread of the alert'))
		),
		create('entries', 'under a key of another case', (me) =>
			w.anEntry(me, cases['by code']?.id ?? '', keyOf('thread of the alert'))
		),
		...(
			[
				['a part of a file', (me: Me) => w.aBlob(me, keyOf('thread of the alert'), BYTES)],
				[
					'a part in another’s name',
					(_: Me, other: Me) => w.aBlob(other, keyOf('thread of the alert'), BYTES)
				],
				[
					'a part for another’s words',
					(me: Me) => ({
						...w.aBlob(me, keyOf('thread elsewhere'), BYTES),
						entry: entries['words in thread elsewhere']
					})
				]
			] as const
		).map(([what, row]): Deed => ({
			on: 'blobs',
			verb: 'create',
			what,
			prepare: (me, other) => {
				const body = row(me, other);
				return {
					id: body.id,
					body,
					bytes: BYTES,
					done: (after) => after !== null,
					undo: () => scene.drop('blobs', body.id)
				};
			}
		})),
		{
			on: 'blobs',
			verb: 'create',
			what: 'a part for the own words',
			prepare: async (me) => {
				const entry = await scene.put(
					'entries',
					w.anEntry(me, caseOf('thread of the alert'), keyOf('thread of the alert'))
				);
				const body = { ...w.aBlob(me, keyOf('thread of the alert'), BYTES), entry };
				return {
					id: body.id,
					body,
					bytes: BYTES,
					done: (row) => row !== null,
					undo: () => scene.drop('blobs', body.id),
					clean: () => scene.drop('entries', entry)
				};
			}
		}
	];
}

async function rollOf(scene: Scene, place: Place): Promise<number> {
	const teams = await scene.all('teams');
	return teams.find(({ id }) => id === scene.places[place].team)?.roll as number;
}

async function removeLink(scene: Scene, place: Place, link: string, roll: number): Promise<void> {
	await scene.drop('roll', link);
	await scene.patch('teams', scene.places[place].team, { roll });
}
