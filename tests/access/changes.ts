/** What somebody might change. */
import * as w from '../contract/world';
import { linkOf, ownOf, says, type Deed, type Me, type Row } from './deed';
import { PLACES, ROLES, type Place } from './people';
import { aDevice, aLadder, anApproval, aNotice, aPiece, aRecovery, aWish, BYTES } from './made';
import type { Scene } from './scene';
import { KNOWS } from './teams';

/** Changes that somebody might make. */
export function changes(scene: Scene): Deed[] {
	const { world, places, keys, cases, people, others, keyOf } = scene;
	const thread = keys['thread of the alert'] ?? { id: '', case: '' };
	/** Of a row that stays, put back as it was. */
	const change = (
		on: string,
		what: string,
		id: (me: Me, other: Me) => string,
		body: Row,
		back: Row,
		more: Partial<Deed> = {}
	): Deed => ({
		on,
		verb: 'update',
		what,
		lock: (me) => `${on} ${id(me, me)}`,
		prepare: (me, other) => {
			const row = id(me, other);
			return { id: row, body, done: says(body), undo: () => scene.patch(on, row, back) };
		},
		...more
	});
	/** Of a row that is made for it. */
	const fresh = (
		on: string,
		what: string,
		row: (me: Me) => Row,
		body: Row,
		{ bytes, ...more }: Partial<Deed> & { bytes?: Uint8Array<ArrayBuffer> } = {}
	): Deed => ({
		on,
		verb: 'update',
		what,
		prepare: async (me) => {
			const id = await scene.put(on, row(me), bytes);
			return { id, body, done: says(body), clean: () => scene.drop(on, id) };
		},
		...more
	});
	const at = (place: Place) => ({ ...world, team: places[place].team });
	const grantOf = (key: string, giver: string, user = others.grantee) =>
		w.aGrant({ id: giver } as Me, keyOf(key), { user });
	const ended = { ended: w.NOW };
	const membershipOf = (who: string): string =>
		[...scene.rows.values()].find(({ name }) => name === `membership of ${who}`)?.id ?? '';
	const knows = (what: string, who: string, more: Row = {}): Deed => ({
		on: 'memberships',
		verb: 'update',
		what,
		lock: () => `memberships ${membershipOf(who)}`,
		prepare: () => ({
			id: membershipOf(who),
			body: { knows: { type: ['threat'] }, ...more },
			done: (row) => (row?.knows as Row | undefined)?.type !== undefined && says(more)(row),
			undo: () => scene.patch('memberships', membershipOf(who), { knows: KNOWS })
		})
	});

	return [
		change('users', 'the own language', (me) => me.id, { locale: 'de' }, { locale: 'en' }),
		change(
			'users',
			'the own name',
			(me) => me.id,
			{ name: 'Other' },
			{ name: 'Before' },
			{ isForPeople: true }
		),
		change('users', 'the own keys', (me) => me.id, { verifier: w.aVerifier() }, {}, { isForPeople: true }),
		change(
			'users',
			'another’s language',
			(_, other) => other.id,
			{ locale: 'hu' },
			{ locale: 'en' },
			{ lock: () => `users ${people['expert home'].id}`, isForPeople: true }
		),
		fresh('devices', 'the own one', (me) => aDevice(me.id), { trouble: 'none' }),
		fresh('notices', 'the own one', (me) => aNotice(me.id), { state: 'sent' }),
		fresh(
			'wishes',
			'own ones',
			() => aWish(others.leaver),
			{ confirmed: w.NOW },
			{ lock: () => 'wishes of the leaver' }
		),
		fresh('ladders', 'one at home', () => aLadder(world.team, w.id()), { had: w.NOW }),
		fresh('areas', 'the name', () => ({ id: w.id(), name: 'x', country: 'PL' }), { name: 'y' }),
		change(
			'teams',
			'the name of home',
			() => places.home.team,
			{ name: 'Other' },
			{ name: 'Local team' },
			{ lock: () => 'team home' }
		),
		change(
			'teams',
			'the length of the roll of home',
			() => places.home.team,
			{ roll: 99 },
			{ roll: 2 },
			{ lock: () => 'team home' }
		),
		fresh(
			'agencies',
			'the name at home',
			() => ({ id: w.id(), team: world.team, name: 'x', sector: 'school' }),
			{ name: 'y' }
		),
		fresh('memberships', 'the role at home', () => w.aMembership(world, { id: others.leaver }, 'guest'), {
			role: 'coordinator'
		}),
		knows('what the guest knows', 'guest'),
		{
			...knows('what the expert home knows, and the role', 'expert home', { role: 'coordinator' }),
			isForPeople: true
		},
		...PLACES.flatMap((place): Deed[] => [
			...ROLES.map((role) => knows(`what the ${role} ${place} knows`, `${role} ${place}`)),
			{
				on: 'teams',
				verb: 'update',
				what: `how ${place} is set`,
				lock: () => `team ${place}`,
				prepare: () => ({
					id: places[place].team,
					body: { idle: { police: 5 } },
					done: (row) => (row?.idle as Row | undefined)?.police === 5,
					undo: () => scene.patch('teams', places[place].team, { idle: {} })
				})
			},
			fresh(
				'memberships',
				`the end at ${place}`,
				() => w.aMembership(at(place), { id: others.leaver }, 'expert'),
				ended
			),
			fresh(
				'memberships',
				`the last moment at ${place}`,
				() => w.aMembership(at(place), { id: others.leaver }, 'guest'),
				{ until: '2999-01-01 00:00:00.000Z' }
			),
			fresh(
				'requests',
				`the answer at ${place}`,
				() => w.aRequest({ ...at(place), invite: '' }, { id: others.grantee }),
				{ answer: 'declined' },
				{ lock: () => `requests ${place}` }
			),
			change('keys', `the end of members circle ${place}`, () => keyOf(`members circle ${place}`), ended, {
				ended: ''
			})
		]),
		...Object.entries(cases).map(([name, { id }]) =>
			change('cases', `moving ${name}`, () => id, { phase: 'intake' }, { phase: 'received' })
		),
		change(
			'cases',
			'the theme of the alert',
			() => cases['the alert']?.id ?? '',
			{ theme: 'other' },
			{ theme: 'hate' }
		),
		change(
			'cases',
			'the team of the alert',
			() => cases['the alert']?.id ?? '',
			{ team: places.elsewhere.team },
			{ team: world.team }
		),
		...Object.keys(keys)
			.filter((key) => keys[key]?.case !== '')
			.map((key) => change('keys', `the end of ${key}`, () => keyOf(key), ended, { ended: '' })),
		fresh('keys', 'whom the own is for', (me) => w.aKey(world, me, thread.case), { name: 'narrow' }),
		fresh('grants', 'the end of what oneself gave', (me) => grantOf('thread of the alert', me.id), ended),
		fresh(
			'grants',
			'the end of what oneself got',
			(me) => grantOf('thread of the alert', others.newcomer, me.id),
			ended
		),
		fresh(
			'grants',
			'the end of a guest’s at home',
			() => grantOf('thread of the alert', others.newcomer),
			ended
		),
		fresh('grants', 'what the own seals', (me) => grantOf('thread of the alert', me.id), {
			digest: w.digestOf('other')
		}),
		...PLACES.slice(1).map((place) =>
			fresh('grants', `the end of one ${place}`, () => grantOf(`thread ${place}`, others.newcomer), ended)
		),
		fresh('entries', 'the own words', (me) => w.anEntry(me, thread.case, thread.id), { kind: 'other' }),
		fresh('recoveries', 'one at home', () => aRecovery(world, others.newcomer), { done: w.NOW }),
		fresh('pieces', 'the own decision', (me) => aPiece(world.team, me.id), { state: 'shown' }),
		fresh('audit', 'a note', () => ({ id: w.id(), team: world.team, what: 'nothing' }), {
			what: 'something'
		}),
		fresh('counters', 'one', () => ({ id: w.id(), name: w.id(), n: 1 }), { n: 2 }),
		change('roll', 'a link', () => linkOf(scene), { by: people['expert home'].id }, { by: world.eszter.id }),
		{
			...change('instance', 'the only one', () => world.founding.instance, {}, {}),
			isForPeople: true,
			prepare: () => ({ id: world.founding.instance, body: {}, done: () => false })
		},
		change(
			'_superusers',
			'an operator',
			() => scene.operator.id,
			{ email: 'mine@example.org' },
			{},
			{ isForPeople: true }
		),
		fresh(
			'_otps',
			'an own one',
			(me) => ({ ...ownOf(scene, me), password: '123456' }),
			{ sentTo: 'a@example.org' },
			{ isForPeople: true }
		),
		fresh('_mfas', 'an own one', (me) => ({ ...ownOf(scene, me), method: 'password' }), { method: 'otp' }),
		fresh('_authOrigins', 'an own one', (me) => ({ ...ownOf(scene, me), fingerprint: w.id() }), {
			fingerprint: 'other'
		}),
		fresh(
			'_externalAuths',
			'an own one',
			(me) => ({ ...ownOf(scene, me), provider: 'github', providerId: w.id() }),
			{ providerId: 'other' },
			{ lock: (me) => `external ${me.id}` }
		),
		fresh(
			'blobs',
			'what the own part is',
			(me) => w.aBlob(me, thread.id, BYTES),
			{ count: 2 },
			{ bytes: BYTES }
		),
		...(['the own', 'another’s'] as const).map((whose): Deed => ({
			on: 'blobs',
			verb: 'update',
			what: `${whose} part to the own words`,
			prepare: async (me, other) => {
				const entry = await scene.put('entries', w.anEntry(me, thread.case, thread.id));
				const owner = whose === 'the own' ? me : other;
				const id = await scene.put('blobs', w.aBlob(owner, thread.id, BYTES), BYTES);
				const clean = async () => {
					await scene.drop('blobs', id);
					await scene.drop('entries', entry);
				};
				return { id, body: { entry }, done: says({ entry }), clean };
			}
		})),
		{
			on: 'approvals',
			verb: 'update',
			what: 'the own word',
			prepare: async (me) => {
				const recovery = await scene.put('recoveries', aRecovery(world, others.newcomer));
				const id = await scene.put('approvals', anApproval(recovery, me.id));
				const body = { proof: w.aProof() };
				const clean = async () => {
					await scene.drop('approvals', id);
					await scene.drop('recoveries', recovery);
				};
				return { id, body, done: says(body), clean };
			}
		}
	];
}
