/** A team refers a case to another one on the same server: who may say so, and who then sees what. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Facts } from '../../src/lib/domain/records';
import * as w from './world';
import { batch, created, idsOf, pullAll, update, type Someone, type World } from './world';

let world: World;
/** The team that is asked: Magda works for it, Tomek is its police contact. */
let other: { team: string; circle: string; key: ReturnType<typeof w.aKey> };
let magda: Someone, tomek: Someone, operator: Someone;
const make = (collection: string, row: Record<string, unknown>) =>
	w.mustBe(200, w.create(world.server, operator, collection, row));
beforeAll(async () => {
	world = await w.makeWorld();
	operator = await w.anOperator(world.server);
	[magda, tomek] = [await w.join(world, 'magda'), await w.join(world, 'tomek')];
	const area = { id: w.id(), name: 'Sosnowiec', country: 'PL' };
	const team = {
		...{ id: w.id(), name: 'Next town', area: area.id, locale: 'pl', open: true, coded: false },
		...{ invite: w.id() + w.id(), idle: {}, form: {} }
	};
	await make('areas', area);
	await make('teams', team);
	await make('memberships', w.aMembership({ team: team.id }, magda, 'coordinator'));
	await make('memberships', w.aMembership({ team: team.id }, tomek, 'police'));
	const key = w.aKey({ ...world, team: team.id }, magda, '', 'members');
	await make('keys', key);
	await make('grants', w.aGrant(magda, key.id, { user: magda.id }));
	other = { team: team.id, circle: key.id, key };
});
afterAll(() => world.server.stop());

/** As a device sends it: `more` is said of the case beside. */
function aReferral(by: Someone, more: Record<string, unknown> = { sender: world.team }) {
	const kase = { ...w.aCase({ ...world, team: other.team }), ...more };
	const key = w.aKey({ ...world, team: other.team }, by, kase.id, 'reporter');
	const grants = [
		w.aGrant(by, key.id, { user: by.id }),
		w.aGrant(by, key.id, { via: other.circle }),
		w.aGrant(by, key.id, { via: world.circle.members })
	];
	const entry = { ...w.anEntry(by, kase.id, key.id), kind: 'alert' };
	return {
		...{ kase, key, grants, entry },
		requests: [
			created('cases', kase),
			created('keys', key),
			...grants.map((grant) => created('grants', grant)),
			created('entries', entry)
		]
	};
}

test('whoever works for a team refers for it: an expert, or a coordinator', async () => {
	for (const by of [world.cora, world.eszter])
		expect((await batch(world.server, by, aReferral(by).requests)).status).toBe(200);
});

test('nobody refers for a team that they do not work for, nor a team to itself', async () => {
	for (const by of [world.ana, world.bartek, world.dorin, world.frieda, magda])
		expect((await batch(world.server, by, aReferral(by).requests)).status, by.account.login).toBe(400);
	const nobody = await w.comeWithoutAccount(world);
	expect((await batch(world.server, nobody, aReferral(nobody).requests)).status).toBe(400);
	const own = aReferral(world.cora, { team: world.team, sender: world.team });
	expect((await batch(world.server, world.cora, own.requests)).status).toBe(400);
	// Without that word it is an alert as anybody writes one.
	expect((await batch(world.server, world.bartek, aReferral(world.bartek, {}).requests)).status).toBe(200);
});

test('nobody refers for a team that they have left', async () => {
	const gone = await w.join(world, 'gone');
	const seat = w.aMembership(world, gone, 'expert', { ended: '2020-01-01 00:00:00.000Z' });
	const operator = await w.anOperator(world.server);
	await w.mustBe(200, w.create(world.server, operator, 'memberships', seat));
	expect((await batch(world.server, gone, aReferral(gone).requests)).status).toBe(400);
});

test('whence a case came is never changed', async () => {
	const { kase, requests } = aReferral(world.cora);
	await w.mustBe(200, batch(world.server, world.cora, requests));
	for (const sender of ['', other.team])
		expect((await update(world.server, magda, 'cases', kase.id, { sender })).status).toBe(404);
	expect((await update(world.server, magda, 'cases', kase.id, { phase: 'intake' })).status).toBe(200);
	const alert = await w.report(world, world.ana);
	const late = await update(world.server, world.cora, 'cases', alert.kase.id, { sender: other.team });
	expect(late.status).toBe(404);
});

test('both teams’ members get it, and neither police contact nor anybody else does', async () => {
	const { kase, key, entry, requests } = aReferral(world.cora);
	await w.mustBe(200, batch(world.server, world.cora, requests));
	for (const who of [magda, world.cora, world.eszter]) {
		const { rows } = await pullAll(world.server, who);
		const row = rows.cases?.find(({ id }) => id === kase.id);
		expect(row, who.account.login).toMatchObject({ team: other.team, sender: world.team });
		expect(idsOf(rows.keys)).toContain(key.id);
		expect(idsOf(rows.entries)).toContain(entry.id);
	}
	for (const who of [tomek, world.dorin, world.frieda, world.ana, world.bartek]) {
		const { rows } = await pullAll(world.server, who);
		for (const [collection, row] of [
			['cases', kase],
			['keys', key],
			['entries', entry]
		] as const)
			expect(idsOf(rows[collection]), `${who.account.login} ${collection}`).not.toContain(row.id);
	}
});

test('the team that is asked learns who asks, with its circles, and nothing of its people or cases', async () => {
	const own = await w.report(world, world.ana);
	const { rows } = await pullAll(world.server, magda);
	expect(idsOf(rows.teams)).toContain(world.team);
	expect(rows.teams?.find(({ id }) => id === world.team)).not.toHaveProperty('invite');
	expect(idsOf(rows.keys)).toContain(world.circle.members);
	expect(idsOf(rows.memberships)).not.toContain(world.membership.cora);
	expect(idsOf(rows.cases)).not.toContain(own.kase.id);
	const roll = await w.call(world.server, 'GET', `/api/heed/roll/${world.team}?since=0`, { as: magda });
	expect(roll.status).toBe(200);
	// Whoever has nothing of what was referred learns nothing of the team that was asked.
	const { rows: frieda } = await pullAll(world.server, world.frieda);
	expect(idsOf(frieda.teams)).toEqual([world.team]);
	expect(idsOf(frieda.keys)).not.toContain(other.circle);
});

test('the team that sent it writes in its thread, and moves nothing of the case', async () => {
	const { kase, key, requests } = aReferral(world.cora);
	await w.mustBe(200, batch(world.server, world.cora, requests));
	const say = (who: Someone) => w.create(world.server, who, 'entries', w.anEntry(who, kase.id, key.id));
	for (const who of [magda, world.cora, world.eszter]) expect((await say(who)).status).toBe(200);
	for (const who of [tomek, world.dorin, world.frieda, world.ana, world.bartek])
		expect((await say(who)).status, who.account.login).toBe(400);
	for (const who of [world.cora, world.eszter]) {
		expect((await update(world.server, who, 'cases', kase.id, { phase: 'closed' })).status).toBe(404);
		expect((await update(world.server, who, 'cases', kase.id, { owner: who.id })).status).toBe(404);
	}
});

test('whoever wrote it and leaves the team that sent it reads it no more, and both teams go on', async () => {
	const zoe = await w.join(world, 'zoe');
	const membership = w.aMembership(world, zoe, 'expert');
	await w.mustBe(200, w.create(world.server, world.eszter, 'memberships', membership));
	const sent = aReferral(zoe);
	await w.mustBe(200, batch(world.server, zoe, sent.requests));
	const own = await w.report({ ...world, team: other.team }, zoe, other.circle);
	await w.mustBe(200, update(world.server, world.eszter, 'memberships', membership.id, { ended: w.NOW }));
	const back = await w.signIn(world.server, zoe.account);
	const read = async (as: Someone) => idsOf((await pullAll(world.server, as)).rows.entries);
	expect(await read(back)).not.toContain(sent.entry.id);
	// What she asked for herself stays hers.
	expect(await read(back)).toContain(own.entry.id);
	expect(await read(magda)).toContain(sent.entry.id);
	expect(await read(world.cora)).toContain(sent.entry.id);
});

test('the facts say in which areas a team lies, the next one first, also where one lies in itself', async () => {
	operator = await w.anOperator(world.server);
	const known = async () => {
		const { teams } = Facts.parse((await w.call(world.server, 'GET', '/api/heed/facts')).body);
		return [world.team, other.team].map((id) => teams.find((team) => team.id === id)?.areas);
	};
	const [home] = (await known())[0] ?? [];
	const [next] = (await known())[1] ?? [];
	const nation = { id: w.id(), name: 'Polska', country: 'PL' };
	const region = { id: w.id(), name: 'Śląskie', country: 'PL', parent: nation.id };
	await make('areas', nation);
	await make('areas', region);
	const move = (area: string, parent: string) =>
		w.mustBe(200, update(world.server, operator, 'areas', area, { parent }));
	await move(home ?? '', region.id);
	await move(next ?? '', nation.id);
	expect(await known()).toEqual([
		[home, region.id, nation.id],
		[next, nation.id]
	]);
	await move(nation.id, nation.id);
	expect((await known())[1]).toEqual([next, nation.id]);
	await move(nation.id, home ?? '');
	expect((await known())[0]).toEqual([home, region.id, nation.id]);
});
