/** What somebody might delete. */
import * as w from '../contract/world';
import { linkOf, ownOf, type Deed, type Me, type Row } from './deed';
import { aDevice, aLadder, anApproval, aNotice, aPiece, aRecovery, aWish, BYTES } from './made';
import type { Scene } from './scene';

/** Rows that somebody might take away; Heed deletes none by this way. */
export function removals(scene: Scene): Deed[] {
	const { world, keys, others, people, places } = scene;
	const thread = keys['thread of the alert'] ?? { id: '', case: '' };
	const remove = (
		on: string,
		what: string,
		row: (me: Me) => Row,
		{ bytes, ...more }: Partial<Deed> & { bytes?: Uint8Array<ArrayBuffer> } = {}
	): Deed => ({
		on,
		verb: 'delete',
		what,
		prepare: async (me) => {
			const id = await scene.put(on, row(me), bytes);
			return { id, done: (after) => after === null, clean: () => scene.drop(on, id) };
		},
		...more
	});
	/** Of what stays, unless somebody can. */
	const real = (on: string, what: string, id: (me: Me) => string): Deed => ({
		on,
		verb: 'delete',
		what,
		isForPeople: true,
		prepare: (me) => ({ id: id(me), done: (after) => after === null })
	});

	return [
		real('users', 'oneself', (me) => me.id),
		real('users', 'another', () => people['expert home'].id),
		real('teams', 'the one at home', () => world.team),
		real('instance', 'the only one', () => world.founding.instance),
		real('_superusers', 'an operator', () => scene.operator.id),
		real('roll', 'a link', () => linkOf(scene)),
		remove('areas', 'one', () => ({ id: w.id(), name: 'x', country: 'PL' })),
		remove('teams', 'one', () => ({
			id: w.id(),
			name: 'x',
			area: places.home.area,
			locale: 'pl',
			idle: {},
			invite: w.id() + w.id()
		})),
		remove('agencies', 'one at home', () => ({ id: w.id(), team: world.team, name: 'x', sector: 'school' })),
		remove('memberships', 'one at home', () => w.aMembership(world, { id: others.leaver }, 'guest')),
		remove('memberships', 'one beside', () =>
			w.aMembership({ team: places.beside.team }, { id: others.leaver }, 'guest')
		),
		remove('cases', 'the own', (me) => ({ ...w.aCase(world), reporter: me.id })),
		remove('keys', 'the own', (me) => w.aKey(world, me, thread.case)),
		remove('grants', 'the own', (me) => w.aGrant(me, thread.id, { user: others.grantee })),
		remove('entries', 'the own words', (me) => w.anEntry(me, thread.case, thread.id)),
		remove('blobs', 'the own part', (me) => w.aBlob(me, thread.id, BYTES), { bytes: BYTES }),
		remove(
			'requests',
			'one beside',
			() => w.aRequest({ team: places.beside.team, invite: '' }, { id: others.leaver }),
			{ lock: () => 'requests of the leaver' }
		),
		remove('recoveries', 'one at home', () => aRecovery(world, others.newcomer)),
		remove('pieces', 'the own decision', (me) => aPiece(world.team, me.id)),
		remove('devices', 'the own one', (me) => aDevice(me.id)),
		remove('notices', 'the own one', (me) => aNotice(me.id)),
		remove('wishes', 'own ones', () => aWish(others.leaver), { lock: () => 'wishes of the leaver' }),
		remove('ladders', 'one at home', () => aLadder(world.team, w.id())),
		remove('audit', 'a note', () => ({ id: w.id(), team: world.team, what: 'nothing' })),
		remove('counters', 'one', () => ({ id: w.id(), name: w.id(), n: 1 })),
		remove('_otps', 'an own one', (me) => ({ ...ownOf(scene, me), password: '123456' })),
		remove('_mfas', 'an own one', (me) => ({ ...ownOf(scene, me), method: 'password' })),
		remove('_authOrigins', 'an own one', (me) => ({ ...ownOf(scene, me), fingerprint: w.id() })),
		remove(
			'_externalAuths',
			'an own one',
			(me) => ({ ...ownOf(scene, me), provider: 'github', providerId: w.id() }),
			{ lock: (me) => `external ${me.id}` }
		),
		{
			on: 'approvals',
			verb: 'delete',
			what: 'the own word',
			prepare: async (me) => {
				const recovery = await scene.put('recoveries', aRecovery(world, others.newcomer));
				const id = await scene.put('approvals', anApproval(recovery, me.id));
				const clean = async () => {
					await scene.drop('approvals', id);
					await scene.drop('recoveries', recovery);
				};
				return { id, done: (row) => row === null, clean };
			}
		}
	];
}
