/** Ways back in after a forgotten passphrase: what it takes, and that nothing less will do. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Recovery } from '../../src/lib/domain/records';
import { startServer } from '../server';
import * as w from './world';
import { call, create, id, idsOf, NOW, pull, pullAll, report, signIn, update, view } from './world';
import type { Someone, World } from './world';

let world: World;
let operator: Someone;
/** The same data under a server that lets no time pass. */
let patient: World;
beforeAll(async () => {
	patient = await w.makeWorld();
	world = await w.makeWorld({ env: { HEED_RECOVERY_DELAY_MINUTES: '0' } });
	operator = await w.anOperator(world.server);
});
afterAll(() => Promise.all([world.server.stop(), patient.server.stop()]));

/** The expert who has forgotten the passphrase, anew for every test. */
let vera: Someone;
let membership: string;
/** Servers count who asks within a minute; a minute is over when one begins anew. */
let counted = 0;
beforeEach(async () => {
	vera = await w.join(world, `vera${id()}`);
	membership = await admit(world, vera, 'expert');
});
afterEach(() => (counted < 8 ? undefined : aMinuteLater()));

async function aMinuteLater() {
	counted = 0;
	await world.server.kill();
	const { dataDir, env, url } = world.server;
	world.server = await startServer({ dataDir, env, port: Number(new URL(url).port) });
}

async function admit(world: World, user: Someone, role: string) {
	const membership = w.aMembership(world, user, role);
	await w.mustBe(200, create(world.server, world.eszter, 'memberships', membership));
	return membership.id;
}

function anAsking(of: Someone, more: Record<string, unknown> = {}) {
	const auth = w.password();
	const { team, recipient } = world;
	const keys = { recipient, verifier: w.aVerifier(), proof: w.aProof() };
	const body = { id: id(), login: of.account.login, team, ...keys, ticket: w.digestOf(auth), ...more };
	return { auth, keys, body, brought: { proof: w.aProof(), wrapped: w.sealed() } };
}
function post(where: string, body: unknown, as?: Someone, server = world.server) {
	if (where === 'ask' || where === 'team') counted++;
	return call(server, 'POST', `/api/heed/recover/${where}`, { as, body });
}
async function ask(of = vera, server = world.server) {
	const asking = anAsking(of);
	await w.mustBe(204, post('ask', asking.body, undefined, server));
	return { ...asking, id: asking.body.id };
}
const approve = (as: Someone, recovery: string, server = world.server) =>
	create(server, as, 'approvals', {
		id: id(),
		recovery,
		by: as.id,
		before: w.aVerifier(),
		proof: w.aProof()
	});
type Asked = Awaited<ReturnType<typeof ask>>;
/** The first step: whose it is, when it is due. */
const isDue = ({ id, auth }: Pick<Asked, 'id' | 'auth'>, server = world.server) =>
	post('finish', { id, auth }, undefined, server);
/** The second: the new keys in place of the old ones. */
const finish = ({ id, auth, brought }: Asked, server = world.server) =>
	post('finish', { id, auth, ...brought }, undefined, server);
const look = async (collection: string, row: string) =>
	(await view(world.server, operator, collection, row)).body;
const list = async (collection: string, filter: string) =>
	(
		await call(
			world.server,
			'GET',
			`/api/collections/${collection}/records?perPage=200&filter=${encodeURIComponent(filter)}`,
			{ as: operator }
		)
	).body.items ?? [];
const audited = async (about: string) =>
	(await list('audit', `about='${about}'`)).map(({ what, by, team }) => ({ what, by, team }));

describe('asking', () => {
	test('is heard for an active member and shown to the person and the team, never with what is secret', async () => {
		const { body, keys } = anAsking(vera);
		expect((await post('ask', body)).status).toBe(204);
		for (const [person, sees] of [
			['ana', false],
			['bartek', false],
			['cora', true],
			['dorin', false],
			['eszter', true],
			['frieda', false]
		] as const) {
			const { rows } = await pullAll(world.server, world[person]);
			expect(idsOf(rows.recoveries).includes(body.id), person).toBe(sees);
		}
		const [row] = (await pullAll(world.server, vera)).rows.recoveries ?? [];
		expect(Recovery.parse(row)).toEqual(row);
		expect(row).toMatchObject({
			id: body.id,
			team: world.team,
			user: vera.id,
			login: vera.account.login,
			...keys,
			done: '',
			refused: ''
		});
		expect(await look('recoveries', body.id)).toMatchObject({ ticket: body.ticket });
		for (const as of [undefined, vera, world.cora, world.eszter])
			expect((await view(world.server, as, 'recoveries', body.id)).status).toBe(403);
	});

	test('gets the same answer for a login that is none, and leaves nothing', async () => {
		const heard = await post('ask', anAsking(vera).body);
		const before = await pullAll(world.server, world.eszter);
		const rows = await list('recoveries', "id != ''");
		const deeds = await list('audit', "id != ''");
		for (const more of [
			{ login: 'nobody-of-that-name' },
			{ login: world.ana.account.login },
			{ login: "' OR 1=1 --" },
			{ team: id() }
		]) {
			const answer = await post('ask', anAsking(vera, more).body);
			const dated = new Set(['date']);
			const plain = (headers: Headers) => [...headers].filter(([name]) => !dated.has(name));
			expect([answer.status, answer.body, plain(answer.headers)]).toEqual([
				heard.status,
				heard.body,
				plain(heard.headers)
			]);
		}
		expect(await list('recoveries', "id != ''")).toEqual(rows);
		expect(await list('audit', "id != ''")).toEqual(deeds);
		expect((await pullAll(world.server, world.eszter)).upto).toBe(before.upto);
	});

	test('is heard for whoever has asked the team for advice under a name, and for nobody by another team', async () => {
		const nora = await w.join(world, `nora${id()}`);
		const silent = await ask(nora);
		expect((await view(world.server, operator, 'recoveries', silent.id)).status).toBe(404);
		const { own } = await report(world, nora);
		const elsewhere = anAsking(nora, { team: id() });
		await w.mustBe(204, post('ask', elsewhere.body));
		expect((await view(world.server, operator, 'recoveries', elsewhere.body.id)).status).toBe(404);

		const asked = await ask(nora);
		expect((await pullAll(world.server, world.cora)).rows.recoveries).toContainEqual(
			expect.objectContaining({ id: asked.id, user: nora.id, login: nora.account.login })
		);
		await w.mustBe(200, approve(world.cora, asked.id));
		await w.mustBe(200, approve(world.eszter, asked.id));
		await w.mustBe(200, finish(asked));
		const back = await signIn(world.server, { ...nora.account, auth: asked.auth });
		const { rows } = await pullAll(world.server, back);
		expect(rows.grants).toMatchObject([{ id: own.id, ended: expect.stringMatching(/^2/) as unknown }]);
	});

	test('is not heard for one who has left', async () => {
		await w.mustBe(200, update(world.server, world.eszter, 'memberships', membership, { ended: NOW }));
		const { id } = await ask();
		expect((await view(world.server, operator, 'recoveries', id)).status).toBe(404);
	});

	test.for([
		['id', 'short'],
		['login', ''],
		['login', 7],
		['team', undefined],
		['recipient', 'age1qpzry9x8'],
		['verifier', ''],
		['proof', 'x'],
		['ticket', 'A'.repeat(64)]
	])('is refused when %s is %j, whoever is asked for', async ([field, value]) => {
		for (const of of [vera, world.ana]) {
			const { body } = anAsking(of, { [field as string]: value });
			expect((await post('ask', body)).status).toBe(400);
		}
	});

	test('twice with the same id is heard once, and nobody takes the place of another', async () => {
		const asked = await ask();
		expect((await post('ask', asked.body)).status).toBe(204);
		expect((await post('ask', anAsking(world.cora, { id: asked.id }).body)).status).toBe(204);
		expect(await look('recoveries', asked.id)).toMatchObject({ user: vera.id, refused: '' });
	});

	test('anew puts aside what nobody has approved, and only that', async () => {
		const first = await ask();
		const second = await ask();
		expect((await look('recoveries', first.id)).refused).not.toBe('');
		await w.mustBe(200, approve(world.cora, second.id));
		const third = await ask();
		expect([
			(await look('recoveries', second.id)).refused,
			(await look('recoveries', third.id)).refused
		]).toEqual(['', '']);
	});

	test('leaves no more than three open', async () => {
		for (let n = 0; n < 3; n++) await w.mustBe(200, approve(world.cora, (await ask()).id));
		const fourth = await ask();
		expect((await view(world.server, operator, 'recoveries', fourth.id)).status).toBe(404);
		expect(await list('recoveries', `user='${vera.id}' && refused=''`)).toHaveLength(3);
	});

	test('too often in a minute has to wait, whoever it is', async () => {
		await aMinuteLater();
		const nobody = () => post('ask', anAsking(vera, { login: 'nobody-of-that-name' }).body);
		for (let n = 0; n < 20; n++) expect((await nobody()).status).toBe(204);
		expect((await nobody()).status).toBe(429);
		expect((await post('ask', anAsking(vera).body)).status).toBe(429);
	});
});

describe('an approval', () => {
	test('is given once by experts and coordinators of the team, and never by the person', async () => {
		const { id: recovery } = await ask();
		for (const [person, status] of [
			['ana', 400],
			['bartek', 400],
			['cora', 200],
			['dorin', 400],
			['eszter', 200],
			['frieda', 400]
		] as const) {
			expect((await approve(world[person], recovery)).status, person).toBe(status);
		}
		expect((await approve(vera, recovery)).status).toBe(400);
		expect((await approve(world.cora, recovery)).status).toBe(400);
		const twice = {
			id: id(),
			recovery: (await ask()).id,
			by: world.cora.id,
			before: w.aVerifier(),
			proof: w.aProof()
		};
		await w.mustBe(200, create(world.server, world.cora, 'approvals', twice));
		const again = await create(world.server, world.cora, 'approvals', twice);
		expect([again.status, again.body.data.id?.code]).toEqual([400, 'validation_not_unique']);
		expect((await create(world.server, undefined, 'approvals', {})).status).toBe(400);
		const { rows } = await pullAll(world.server, vera);
		expect(rows.approvals?.filter((row) => row.recovery === recovery).map((row) => row.by)).toEqual([
			world.cora.id,
			world.eszter.id
		]);
		expect(idsOf(rows.users)).toEqual(expect.arrayContaining([world.cora.id, world.eszter.id]));
	});

	test('is not given in the name of another, nor for what is over', async () => {
		const { id: recovery } = await ask();
		const body = { id: id(), recovery, by: world.eszter.id, before: w.aVerifier(), proof: w.aProof() };
		expect((await create(world.server, world.cora, 'approvals', body)).status).toBe(400);
		await w.mustBe(204, post('refuse', { id: recovery }, world.eszter));
		expect((await approve(world.cora, recovery)).status).toBe(400);
	});

	test('is not taken back or changed, and seen as a record by who gave it', async () => {
		const { id: recovery } = await ask();
		const { body } = await w.mustBe(200, approve(world.cora, recovery));
		const row = body.id as string;
		expect((await view(world.server, world.cora, 'approvals', row)).status).toBe(200);
		expect((await view(world.server, world.eszter, 'approvals', row)).status).toBe(404);
		const path = `/api/collections/approvals/records/${row}`;
		for (const method of ['PATCH', 'DELETE'])
			expect((await call(world.server, method, path, { as: world.cora, body: {} })).status).toBe(403);
	});
});

describe('refusing', () => {
	test('is for the person on another device and for coordinators', async () => {
		for (const person of ['ana', 'bartek', 'cora', 'dorin', 'frieda'] as const) {
			const { id } = await ask();
			expect((await post('refuse', { id }, world[person])).status, person).toBe(404);
			expect((await look('recoveries', id)).refused).toBe('');
		}
		for (const as of [vera, world.eszter]) {
			const asked = await ask();
			expect((await post('refuse', { id: asked.id }, as)).status).toBe(204);
			expect((await post('refuse', { id: asked.id }, as)).status).toBe(204);
			expect((await look('recoveries', asked.id)).refused).not.toBe('');
			expect((await finish(asked)).body.code).toBe('refused');
			expect(await audited(asked.id)).toEqual([
				{ what: 'recovery_asked', by: '', team: world.team },
				{ what: 'recovery_refused', by: as.id, team: world.team }
			]);
		}
		expect((await post('refuse', { id: (await ask()).id })).status).toBe(401);
		for (const id of ['x', '', null, undefined])
			expect((await post('refuse', { id }, world.eszter)).status).toBe(404);
	});

	test('is for who asked, with the secret of that device alone', async () => {
		const asked = await ask();
		const { id, auth } = asked;
		for (const wrong of [w.password(), '', asked.body.ticket]) {
			expect((await post('withdraw', { id, auth: wrong })).status).toBe(204);
			expect((await look('recoveries', id)).refused).toBe('');
		}
		for (const body of [{ id }, { auth }, null]) expect((await post('withdraw', body)).status).toBe(400);
		for (let n = 0; n < 2; n++) expect((await post('withdraw', { id, auth })).status).toBe(204);
		expect((await look('recoveries', id)).refused).not.toBe('');
		expect(await audited(id)).toEqual([
			{ what: 'recovery_asked', by: '', team: world.team },
			{ what: 'recovery_refused', by: vera.id, team: world.team }
		]);
		expect((await isDue(asked)).body.code).toBe('refused');
	});

	test('comes by itself when the person leaves the team', async () => {
		const asked = await ask();
		await w.mustBe(200, approve(world.cora, asked.id));
		await w.mustBe(200, approve(world.eszter, asked.id));
		await w.mustBe(200, update(world.server, world.eszter, 'memberships', membership, { ended: NOW }));
		expect((await finish(asked)).body.code).toBe('refused');
	});
});

describe('finishing', () => {
	async function approved() {
		const asked = await ask();
		await w.mustBe(200, approve(world.cora, asked.id));
		await w.mustBe(200, approve(world.eszter, asked.id));
		return asked;
	}

	test('tells whose account it is once it is due, and changes nothing by that', async () => {
		const asked = await approved();
		const person = { user: vera.id, name: vera.account.name, kind: 'named' };
		for (let n = 0; n < 2; n++) {
			const { status, body } = await isDue(asked);
			expect([status, body]).toEqual([200, person]);
		}
		expect(await look('recoveries', asked.id)).toMatchObject({ done: '', refused: '' });
		expect((await pull(world.server, vera)).status).toBe(200);
		await finish(asked);
		expect((await isDue(asked)).body).toEqual(person);
	});

	test.for([
		['without its card', { proof: undefined }],
		['without its secrets', { wrapped: undefined }],
		['with a card that is none', { proof: 'x' }],
		['with secrets that are too long', { wrapped: 'A'.repeat(2004) }],
		['with secrets that are no base64', { wrapped: 'AA A' }]
	])('%s is refused', async ([, more]) => {
		const asked = await approved();
		const brought = { ...asked.brought, ...(more as object) };
		expect((await finish({ ...asked, brought })).status).toBe(400);
		expect(await look('recoveries', asked.id)).toMatchObject({ done: '' });
	});

	test('replaces the keys, ends the sessions and what was sealed to the old keys, and nothing else', async () => {
		const alert = await report(world, vera);
		const circle = w.aGrant(world.eszter, world.circle.members, { user: vera.id });
		await w.mustBe(200, create(world.server, world.eszter, 'grants', circle));
		const asked = await approved();
		const other = await ask();
		await w.mustBe(200, approve(world.cora, other.id));

		const { status, body } = await finish(asked);
		expect([status, body]).toEqual([200, { user: vera.id, name: vera.account.name, kind: 'named' }]);
		expect((await pull(world.server, vera)).status).toBe(401);
		await expect(signIn(world.server, vera.account)).rejects.toThrow('400');
		const back = await signIn(world.server, { ...vera.account, auth: asked.auth });

		const { proof, wrapped } = asked.brought;
		const keys = { ...asked.keys, proof };
		expect((await view(world.server, back, 'users', vera.id)).body).toMatchObject({
			...keys,
			wrapped,
			login: vera.account.login,
			name: vera.account.name,
			kind: 'named'
		});
		const { rows } = await pullAll(world.server, back);
		expect(idsOf(rows.grants).sort()).toEqual([alert.own.id, circle.id].sort());
		const done = String(rows.recoveries?.find(({ id }) => id === asked.id)?.done);
		expect(rows.grants?.map((row) => row.ended)).toEqual([done, done]);
		expect((await look('grants', alert.forCircle.id)).ended).toBe('');
		expect((await look('memberships', membership)).ended).toBe('');
		const hers = rows.recoveries?.filter((row) => row.user === vera.id) ?? [];
		expect(hers).toMatchObject([
			{ id: asked.id, refused: '' },
			{ id: other.id, done: '' }
		]);
		expect(hers[0]?.done).not.toBe('');
		expect(hers[1]?.refused).not.toBe('');
		expect((await pullAll(world.server, world.cora)).rows.users).toContainEqual(
			expect.objectContaining({ id: vera.id, ...keys })
		);
		expect((await audited(asked.id)).map(({ what, by }) => [what, by])).toEqual([
			['recovery_asked', ''],
			['recovery_approved', world.cora.id],
			['recovery_approved', world.eszter.id],
			['recovery_finished', vera.id]
		]);
	});

	test('twice is the same as once, and is not refused afterwards', async () => {
		const asked = await approved();
		expect((await finish(asked)).status).toBe(200);
		const back = await signIn(world.server, { ...vera.account, auth: asked.auth });
		expect((await finish(asked)).status).toBe(200);
		expect((await pull(world.server, back)).status).toBe(200);
		expect((await post('refuse', { id: asked.id }, back)).status).toBe(404);
		// Other secrets than those that were brought first are not taken.
		const again = await finish({ ...asked, brought: { proof: w.aProof(), wrapped: w.sealed() } });
		expect([again.status, again.body.code]).toEqual([403, 'done']);
		expect((await view(world.server, back, 'users', vera.id)).body).toMatchObject(asked.brought);
	});

	test('needs two who are still there, one of them a coordinator', async () => {
		const second = await w.join(world, `second${id()}`);
		const hers = await admit(world, second, 'expert');
		const asked = await ask();
		const code = async () => (await finish(asked)).body.code;
		expect(await code()).toBe('approvals');
		await w.mustBe(200, approve(world.cora, asked.id));
		expect(await code()).toBe('approvals');
		await w.mustBe(200, approve(second, asked.id));
		expect(await code()).toBe('approvals');
		const chief = await w.join(world, `chief${id()}`);
		const theirs = await admit(world, chief, 'coordinator');
		await w.mustBe(200, approve(chief, asked.id));
		for (const gone of [hers, theirs])
			await w.mustBe(200, update(world.server, world.eszter, 'memberships', gone, { ended: NOW }));
		expect(await code()).toBe('approvals');
		await signIn(world.server, vera.account);
		await w.mustBe(200, approve(world.eszter, asked.id));
		expect((await finish(asked)).status).toBe(200);
	});

	test('by a coordinator alone is not enough, however many roles', async () => {
		await admit(world, world.eszter, 'expert');
		const asked = await ask();
		await w.mustBe(200, approve(world.eszter, asked.id));
		expect((await finish(asked)).body.code).toBe('approvals');
	});

	test('needs what only the one who asked has', async () => {
		const asked = await approved();
		for (const auth of [w.password(), '', asked.body.ticket, `${asked.auth} `]) {
			const { status, body } = await finish({ ...asked, auth });
			expect([status, body]).toMatchObject([403, { code: 'approvals', approvals: 0 }]);
		}
		for (const body of [{ id: asked.id }, { auth: asked.auth }, { id: asked.id, auth: [asked.auth] }, null])
			expect((await post('finish', body)).status).toBe(400);
		expect((await pull(world.server, vera)).status).toBe(200);
	});

	test('looks the same for what nobody heard of, what nobody approved, and what was put aside', async () => {
		const [first, second] = [await ask(), await ask()];
		const nobody = anAsking(vera, { login: 'nobody-of-that-name' });
		expect((await post('ask', nobody.body)).status).toBe(204);
		const heard = await isDue(second);
		expect(heard.body).toMatchObject({ code: 'approvals', approvals: 0, after: '', minutes: 0 });
		for (const one of [first, { id: nobody.body.id, auth: nobody.auth }, { id: id(), auth: w.password() }]) {
			const { status, body } = await isDue(one);
			expect([status, body]).toEqual([heard.status, heard.body]);
		}
		await w.mustBe(200, approve(world.cora, second.id));
		expect((await isDue(second)).body).toMatchObject({ code: 'approvals', approvals: 1 });
	});

	test('waits for a day unless told otherwise, and says until when', async () => {
		const old = await w.join(patient, 'otto');
		await admit(patient, old, 'expert');
		const asking = anAsking(old, { team: patient.team });
		await w.mustBe(204, post('ask', asking.body, undefined, patient.server));
		const asked = { ...asking, id: asking.body.id };
		expect((await isDue(asked, patient.server)).body.minutes).toBe(24 * 60);
		await w.mustBe(200, approve(patient.cora, asked.id, patient.server));
		await w.mustBe(200, approve(patient.eszter, asked.id, patient.server));

		const answer = await finish(asked, patient.server);
		expect([answer.status, answer.body.code]).toEqual([403, 'early']);
		const { rows } = await pullAll(patient.server, old);
		const created = Date.parse(String(rows.recoveries?.[0]?.created).replace(' ', 'T'));
		expect(answer.body.after).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}Z$/);
		expect(Date.parse(String(answer.body.after).replace(' ', 'T'))).toBe(created + 24 * 60 * 60 * 1000);
		await signIn(patient.server, old.account);
	});
});

describe('the printed key', () => {
	const use = (as: Someone | undefined, more: Record<string, unknown> = {}) =>
		post('team', { team: world.team, ticket: world.ticket, membership: id(), ...more }, as);

	test('makes who shows it a coordinator, who then sees what it opens', async () => {
		const membership = id();
		expect((await use(vera, { membership })).status).toBe(200);
		expect(await look('memberships', membership)).toMatchObject({
			team: world.team,
			user: vera.id,
			role: 'coordinator',
			ended: ''
		});
		const { rows } = await pullAll(world.server, vera);
		const spares = world.founding.circles.map(({ spare }) => spare);
		expect(rows.grants?.filter((row) => row.via === world.recovery)).toMatchObject(spares);
		expect(await audited(vera.id)).toEqual([{ what: 'recovery_key_used', by: vera.id, team: world.team }]);
		expect(await audited(membership)).toEqual([
			{ what: 'admitted_coordinator', by: vera.id, team: world.team }
		]);

		const again = id();
		expect((await use(vera, { membership: again })).status).toBe(200);
		expect((await view(world.server, operator, 'memberships', again)).status).toBe(404);
	});

	test('is of no use without signing in, nor in another team', async () => {
		expect((await use(undefined)).status).toBe(401);
		const area = world.founding.area.id;
		const team = { id: id(), name: 'Another', area, locale: 'de', open: true, idle: {}, invite: id() + id() };
		await w.mustBe(200, create(world.server, operator, 'teams', team));
		for (const ticket of [world.ticket, '', w.digestOf(''), w.digestOf(world.ticket)])
			expect((await use(vera, { team: team.id, ticket })).status).toBe(403);
		expect((await use(vera, { team: id() })).status).toBe(403);
	});

	test('that is wrong changes nothing, and after ten in a minute even the right one has to wait', async () => {
		await aMinuteLater();
		const wrong = [w.password(), '', `${world.ticket} `, w.digestOf(world.ticket)];
		for (let n = 0; n < 10; n++)
			expect((await use(vera, { ticket: wrong[n % wrong.length] })).status).toBe(403);
		expect((await use(vera)).status).toBe(429);
		expect(await list('memberships', `user='${vera.id}' && role='coordinator'`)).toEqual([]);
	});

	test('needs to be a text, and the membership an id', async () => {
		for (const more of [{ ticket: null }, { ticket: [world.ticket] }, { membership: 7 }, { team: undefined }])
			expect((await use(vera, more)).status).toBe(400);
		expect((await use(vera, { membership: 'short' })).status).toBe(400);
		expect(await audited(vera.id)).toEqual([]);
	});
});
