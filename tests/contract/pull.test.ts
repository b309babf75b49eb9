import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PLAIN } from '../../src/lib/domain/offered';
import { USUAL } from '../../src/lib/domain/ladder';
import { COLLECTIONS, Pull, type Collection } from '../../src/lib/domain/records';
import * as w from './world';
import { batch, create, id, idsOf, NOW, pull, pullAll, report, update, upload, type World } from './world';

let world: World;
let operator: w.Someone;
beforeAll(async () => {
	world = await w.makeWorld();
	operator = await w.anOperator(world.server);
});
afterAll(() => world.server.stop());

/** What somebody got, as ids by collection. */
const sees = async (as: w.Someone) => {
	const { rows } = await pullAll(world.server, as);
	return (collection: Collection) => idsOf(rows[collection]);
};

test('without signing in there is nothing to pull', async () => {
	expect((await pull(world.server, undefined)).status).toBe(401);
});

test.for(['-1', 'x', '1.5', '1e3', '0x10', ' ', '1;', '99999999999999999999'])(
	'a cursor such as "%s" is refused',
	async (since) => {
		const path = `/api/heed/pull?since=${encodeURIComponent(since)}`;
		expect((await w.call(world.server, 'GET', path, { as: world.ana })).status).toBe(400);
	}
);

test('a stranger sees himself and nothing else', async () => {
	await report(world, world.ana);
	const { rows, upto } = await pullAll(world.server, world.bartek);
	const got = Object.entries(rows).flatMap(([name, some]) => some.map((row) => [name, row.id]));
	expect(got).toEqual([['users', world.bartek.id]]);
	expect(upto).toBeGreaterThan(0);
});

test('a reporter sees the team of the case and what was opened to her, and cannot list the team’s cases', async () => {
	const mila = await w.join(world, 'mila');
	const others = await report(world, world.ana);
	const mine = await report(world, mila);
	const to = await sees(mila);

	expect(to('teams')).toEqual([world.team]);
	expect(to('areas')).toEqual([world.founding.area.id]);
	expect(to('agencies')).toEqual([]);
	expect(to('memberships')).toEqual([]);
	expect(to('users')).toEqual([mila.id]);
	expect(to('cases')).toEqual([mine.kase.id]);
	expect(to('entries')).toEqual([mine.entry.id]);
	expect(to('grants')).toEqual([mine.own.id, mine.forCircle.id]);
	expect(to('keys').sort()).toEqual([mine.key.id, world.recovery, ...Object.values(world.circle)].sort());
	expect(to('entries')).not.toContain(others.entry.id);
});

test('a reporter learns who answered, by name and public key only', async () => {
	const { kase, key } = await report(world, world.ana);
	await create(world.server, world.cora, 'entries', w.anEntry(world.cora, kase.id, key.id));
	const { rows } = await pullAll(world.server, world.ana);
	const cora = rows.users?.find((row) => row.id === world.cora.id);
	const { id, kind, name, recipient, verifier, proof } = world.cora.account;
	expect(cora).toEqual({ id, rev: cora?.rev, kind, name, recipient, verifier, proof });
	expect(idsOf(rows.users)).not.toContain(world.dorin.id);
});

test('an expert sees the team, all its cases, and what her circle was granted', async () => {
	const { kase, key, entry, forCircle } = await report(world, world.ana);
	const hers = await report(world, world.ana, world.circle.police);
	const to = await sees(world.cora);

	expect(to('users')).toEqual(
		expect.arrayContaining([world.ana, world.cora, world.dorin, world.eszter, world.frieda].map((p) => p.id))
	);
	expect(to('users')).not.toContain(world.bartek.id);
	expect(to('agencies')).toEqual([world.founding.agency.id]);
	expect(to('memberships')).toEqual(expect.arrayContaining(Object.values(world.membership)));
	expect(to('cases')).toEqual(expect.arrayContaining([kase.id, hers.kase.id]));
	expect(to('entries')).toContain(entry.id);
	expect(to('keys')).toContain(key.id);
	expect(to('grants')).toContain(forCircle.id);

	expect(to('entries')).not.toContain(hers.entry.id);
	expect(to('keys')).not.toContain(hers.key.id);
	expect(to('grants')).not.toContain(hers.forCircle.id);
});

test('the police get what was opened to the police circle, and neither the cases nor the entries of the members', async () => {
	const members = await report(world, world.ana);
	const police = await report(world, world.ana, world.circle.police);
	const to = await sees(world.dorin);

	expect(to('cases')).toContain(police.kase.id);
	expect(to('entries')).toContain(police.entry.id);
	expect(to('grants')).toContain(police.forCircle.id);
	expect(to('memberships')).toContain(world.membership.cora);

	for (const collection of ['cases', 'entries', 'keys', 'grants'] as const) {
		const hidden = [members.kase, members.entry, members.key, members.own, members.forCircle].map(
			(row) => row.id
		);
		expect(to(collection).filter((row) => hidden.includes(row as string))).toEqual([]);
	}
});

test('what members know well is for those who work on cases, and for whoever said it', async () => {
	const { cora, frieda } = world.membership;
	const knows = { setting: ['online_open'], strand: ['right_wing'] };
	await w.mustBe(200, update(world.server, world.cora, 'memberships', cora, { knows }));
	await w.mustBe(200, update(world.server, world.frieda, 'memberships', frieda, { knows }));
	const told = async (as: w.Someone) => {
		const rows = (await pullAll(world.server, as)).rows.memberships ?? [];
		const of = (id: string) => rows.find((row) => row.id === id)?.knows;
		return [of(cora), of(frieda)];
	};
	expect(await told(world.cora)).toEqual([knows, knows]);
	expect(await told(world.eszter)).toEqual([knows, knows]);
	expect(await told(world.dorin)).toEqual([{}, {}]);
	expect(await told(world.frieda)).toEqual([{}, knows]);
	expect(await told(world.ana)).toEqual([undefined, undefined]);
});

test('a guest sees the team and only the case opened to her', async () => {
	const alert = await report(world, world.ana);
	await create(
		world.server,
		world.ana,
		'grants',
		w.aGrant(world.ana, alert.key.id, { user: world.frieda.id })
	);
	const to = await sees(world.frieda);
	expect(to('teams')).toEqual([world.team]);
	expect(to('cases')).toEqual([alert.kase.id]);
	expect(to('entries')).toEqual([alert.entry.id]);
});

test('only a coordinator gets the invitation', async () => {
	for (const [person, invited] of [
		['eszter', true],
		['cora', false],
		['dorin', false],
		['ana', false]
	] as const) {
		const { rows } = await pullAll(world.server, world[person]);
		expect(
			rows.teams?.map((row) => 'invite' in row),
			person
		).toEqual([invited]);
	}
});

test('nobody is told who reported, nor anybody’s login, language or wrapped identity', async () => {
	const { kase } = await report(world, world.ana);
	for (const person of ['ana', 'cora', 'eszter'] as const) {
		const { rows } = await pullAll(world.server, world[person]);
		expect(rows.cases?.find((row) => row.id === kase.id)).not.toHaveProperty('reporter');
		for (const user of rows.users ?? [])
			expect(Object.keys(user).sort()).toEqual([
				'id',
				'kind',
				'name',
				'proof',
				'recipient',
				'rev',
				'verifier'
			]);
	}
});

test('every row has exactly the shape of its schema', async () => {
	const bytes = crypto.getRandomValues(new Uint8Array(100));
	const { key, entry, kase } = await report(world, world.ana);
	const blob = w.aBlob(world.ana, key.id, bytes);
	await upload(world.server, world.ana, blob, bytes);
	await update(world.server, world.ana, 'blobs', blob.id, { entry: entry.id });
	await update(world.server, world.cora, 'cases', kase.id, { owner: world.cora.id });
	await w.mustBe(200, create(world.server, world.bartek, 'requests', w.aRequest(world, world.bartek)));
	const recovery = { ...w.aRecovery(world, world.dorin), ticket: w.digestOf('x') };
	await w.mustBe(200, create(world.server, operator, 'recoveries', recovery));
	const approval = {
		id: id(),
		recovery: recovery.id,
		by: world.cora.id,
		before: w.aVerifier(),
		proof: w.aProof()
	};
	await w.mustBe(200, create(world.server, world.cora, 'approvals', approval));
	// What a team has not said of its form the schema fills in.
	const set = { form: PLAIN, ladder: USUAL };
	await w.mustBe(200, update(world.server, world.eszter, 'teams', world.team, set));
	const { requests, kase: urgent } = w.anAlert(world, world.ana);
	Object.assign(urgent, { urgency: 'urgent' });
	await w.mustBe(200, w.batch(world.server, world.ana, requests));

	const { rows } = await pullAll(world.server, world.eszter);
	for (const name of Object.keys(COLLECTIONS) as Collection[]) {
		expect(rows[name]?.length, name).toBeGreaterThan(0);
		for (const row of rows[name] ?? []) {
			const { invite, ...plain } = row;
			expect(COLLECTIONS[name].parse(plain)).toEqual(plain);
			if (invite !== undefined) expect(name).toBe('teams');
		}
	}
	expect(Pull.parse((await pull(world.server, world.eszter)).body)).toBeTruthy();
});

describe('grants', () => {
	test('of a key are shown to all who hold it, sealed only to whom they open something', async () => {
		const { key, own, forCircle } = await report(world, world.ana);
		const forFrieda = w.aGrant(world.ana, key.id, { user: world.frieda.id });
		await w.mustBe(200, create(world.server, world.ana, 'grants', forFrieda));

		const all = [own, forCircle, forFrieda];
		for (const [person, opening] of [
			['ana', [own]],
			['cora', [forCircle]],
			['frieda', [forFrieda]],
			['dorin', null],
			['bartek', null]
		] as const) {
			const { rows } = await pullAll(world.server, world[person]);
			const got = rows.grants?.filter((row) => row.key === key.id) ?? [];
			const expected = opening === null ? [] : all;
			expect(idsOf(got), person).toEqual(expected.map((grant) => grant.id));
			for (const grant of expected) {
				const sealed = opening?.some((one) => one.id === grant.id) ? grant.sealed : '';
				expect(got.find((row) => row.id === grant.id)).toMatchObject({ ...grant, sealed });
			}
		}
	});

	test('that have ended stay visible to the other holders, and one who lost the key sees but the own', async () => {
		const { key, own, forCircle } = await report(world, world.ana);
		const forFrieda = w.aGrant(world.ana, key.id, { user: world.frieda.id });
		await create(world.server, world.ana, 'grants', forFrieda);
		await w.mustBe(200, update(world.server, world.ana, 'grants', forFrieda.id, { ended: NOW }));

		const ofKey = async (as: w.Someone) =>
			(await pullAll(world.server, as)).rows.grants?.filter((row) => row.key === key.id);
		expect(await ofKey(world.ana)).toMatchObject([{ id: own.id }, { id: forCircle.id }, { ended: NOW }]);
		expect(await ofKey(world.frieda)).toMatchObject([{ id: forFrieda.id, ended: NOW }]);
	});

	test('to the recovery circle come sealed to coordinators alone, who hold nothing by it', async () => {
		const spares = world.founding.circles.map(({ spare }) => spare);
		const { rows } = await pullAll(world.server, world.eszter);
		const got = rows.grants?.filter((row) => row.via === world.recovery);
		expect(got).toMatchObject(spares);

		const coras = (await pullAll(world.server, world.cora)).rows.grants;
		expect(coras?.filter((row) => row.via === world.recovery)).toMatchObject([
			{ key: world.circle.members, sealed: '' }
		]);
		expect((await pullAll(world.server, world.ana)).rows.grants?.map((row) => row.via)).not.toContain(
			world.recovery
		);
		// The rows alone are no key: a coordinator without the members' circle reads no alert of its.
		const rita = await w.join(world, 'rita');
		await w.mustBe(
			200,
			create(world.server, world.eszter, 'memberships', w.aMembership(world, rita, 'coordinator'))
		);
		const { entry } = await report(world, world.ana);
		const ritas = await pullAll(world.server, rita);
		expect(ritas.rows.grants?.filter((row) => row.via === world.recovery)).toMatchObject(spares);
		expect(idsOf(ritas.rows.entries)).not.toContain(entry.id);
	});
});

test('with a key come the persons who made it, gave it and got it', async () => {
	const [vera, otto, jan] = await Promise.all(['vera', 'otto', 'jan'].map((name) => w.join(world, name)));
	if (!vera || !otto || !jan) throw new Error('nobody came');
	const { kase, key } = await report(world, vera);
	await create(world.server, vera, 'grants', w.aGrant(vera, key.id, { user: otto.id }));
	await create(world.server, otto, 'grants', w.aGrant(otto, key.id, { user: jan.id }));
	const invited = w.aKey(world, otto, kase.id, 'invited');
	await w.mustBe(200, create(world.server, otto, 'keys', invited));

	expect((await sees(jan))('users').sort()).toEqual([vera.id, otto.id, jan.id].sort());
	expect((await sees(world.cora))('users')).toEqual(expect.arrayContaining([vera.id, otto.id, jan.id]));
	expect((await sees(world.dorin))('users')).not.toContain(otto.id);
});

describe('blobs', () => {
	const bytes = crypto.getRandomValues(new Uint8Array(100));

	test('come only once they belong to an entry', async () => {
		const { key, entry } = await report(world, world.ana);
		const blob = w.aBlob(world.ana, key.id, bytes);
		await upload(world.server, world.ana, blob, bytes);
		for (const person of ['ana', 'cora'] as const)
			expect((await sees(world[person]))('blobs')).not.toContain(blob.id);

		const { upto } = await pullAll(world.server, world.cora);
		await update(world.server, world.ana, 'blobs', blob.id, { entry: entry.id });
		expect(idsOf((await pullAll(world.server, world.cora, upto)).rows.blobs)).toEqual([blob.id]);
		expect((await sees(world.dorin))('blobs')).not.toContain(blob.id);
	});
});

describe('leaving', () => {
	test('an ended grant stays visible to its holder; what it opened does not', async () => {
		const { kase, key, entry, own } = await report(world, world.ana);
		await update(world.server, world.eszter, 'grants', own.id, { ended: NOW });

		const { rows } = await pullAll(world.server, world.ana);
		expect(rows.grants?.find((row) => row.id === own.id)).toMatchObject({ ended: NOW });
		expect(idsOf(rows.entries)).not.toContain(entry.id);
		expect(idsOf(rows.keys)).not.toContain(key.id);
		expect(idsOf(rows.cases)).not.toContain(kase.id);
		expect((await sees(world.cora))('entries')).toContain(entry.id);
	});

	test('an ended grant to a circle closes it to the circle', async () => {
		const { entry, forCircle } = await report(world, world.ana);
		await update(world.server, world.ana, 'grants', forCircle.id, { ended: NOW });
		const { rows } = await pullAll(world.server, world.cora);
		expect(rows.grants?.find((row) => row.id === forCircle.id)).toMatchObject({ ended: NOW });
		expect(idsOf(rows.entries)).not.toContain(entry.id);
		expect((await sees(world.ana))('entries')).toContain(entry.id);
	});

	test('one whose circle grant has ended sees nothing the circle holds', async () => {
		let nora = await w.join(world, 'nora');
		const membership = { id: id(), team: world.team, user: nora.id, agency: '', role: 'expert', ended: '' };
		await create(world.server, world.eszter, 'memberships', membership);
		const grant = w.aGrant(world.eszter, world.circle.members, { user: nora.id });
		await w.mustBe(200, create(world.server, world.eszter, 'grants', grant));
		const { entry, kase } = await report(world, world.ana);
		expect((await sees(nora))('entries')).toContain(entry.id);

		const before = await pullAll(world.server, nora);
		await update(world.server, world.eszter, 'grants', grant.id, { ended: NOW });
		await update(world.server, world.eszter, 'memberships', membership.id, { ended: NOW });
		expect((await pull(world.server, nora)).status).toBe(401);
		nora = await w.signIn(world.server, nora.account);

		const news = await pullAll(world.server, nora, before.upto);
		expect(idsOf(news.rows.grants)).toEqual([grant.id]);
		expect(news.rows.memberships).toMatchObject([{ id: membership.id, ended: NOW }]);
		const to = await sees(nora);
		expect(to('entries')).toEqual([]);
		expect(to('cases')).not.toContain(kase.id);
		expect(to('teams')).toEqual([]);
		expect(to('users')).toEqual([nora.id]);
		expect(to('memberships')).toEqual([membership.id]);
		expect(to('grants')).toEqual([grant.id]);
		expect((await sees(world.cora))('users')).not.toContain(nora.id);
	});
});

describe('the cursor', () => {
	test('brings only what is new, in the order of rev', async () => {
		const { upto } = await pullAll(world.server, world.ana);
		expect((await pull(world.server, world.ana, upto)).body).toMatchObject({ upto, more: false });
		const { entry, kase } = await report(world, world.ana);
		const next = await pullAll(world.server, world.ana, upto);
		expect(idsOf(next.rows.entries)).toEqual([entry.id]);
		expect(next.upto).toBe(upto + 5);
		await update(world.server, world.cora, 'cases', kase.id, { phase: 'intake' });
		const after = await pullAll(world.server, world.ana, next.upto);
		expect(after.rows.cases).toMatchObject([{ id: kase.id, phase: 'intake', rev: after.upto }]);
		expect(idsOf(after.rows.entries)).toEqual([]);
	});

	test('pages through many rows without losing or doubling one', async () => {
		const { kase, key } = await report(world, world.ana);
		const entries = Array.from({ length: 250 }, () => w.anEntry(world.ana, kase.id, key.id));
		for (let at = 0; at < entries.length; at += 50) {
			const requests = entries.slice(at, at + 50).map((entry) => w.created('entries', entry));
			await w.mustBe(200, batch(world.server, world.ana, requests));
		}
		const first = (await pull(world.server, world.ana)).body;
		expect(first.more).toBe(true);
		const revs = Object.values(first.rows)
			.flat()
			.map((row) => row.rev as number);
		expect(revs).toHaveLength(200);
		expect(Math.max(...revs)).toBe(first.upto);

		const { rows, pages } = await pullAll(world.server, world.ana);
		expect(pages).toBeGreaterThan(1);
		const got = idsOf(rows.entries);
		expect(new Set(got).size).toBe(got.length);
		expect(got).toEqual(expect.arrayContaining(entries.map((entry) => entry.id)));
	});

	test('ends a page early when the rows are large, but never before the first', async () => {
		const { kase, key } = await report(world, world.ana);
		const { upto } = await pullAll(world.server, world.ana);
		const entries = Array.from({ length: 5 }, () => w.anEntry(world.ana, kase.id, key.id, w.sealed(290_000)));
		for (const entry of entries) await w.mustBe(200, create(world.server, world.ana, 'entries', entry));
		const first = await pull(world.server, world.ana, upto);
		expect(first.body.more).toBe(true);
		expect(first.body.rows.entries).toHaveLength(2);
		expect(idsOf((await pullAll(world.server, world.ana, upto)).rows.entries)).toEqual(
			entries.map((entry) => entry.id)
		);
	});

	test('brings what became visible later to those who ask from the start', async () => {
		const { entry, key } = await report(world, world.ana);
		const { upto } = await pullAll(world.server, world.bartek);
		await create(world.server, world.ana, 'grants', w.aGrant(world.ana, key.id, { user: world.bartek.id }));
		const news = await pullAll(world.server, world.bartek, upto);
		expect(news.rows.grants).toHaveLength(1);
		expect(news.rows.entries).toEqual([]);
		expect((await sees(world.bartek))('entries')).toEqual([entry.id]);
	});
});

test('an answer is not kept by any cache', async () => {
	expect((await pull(world.server, world.ana)).headers.get('Cache-Control')).toBe('no-store');
});

test('a device that is thousands of changes behind gets the same as one that is near', async () => {
	const everybody = [world.ana, world.bartek, world.cora, world.dorin, world.eszter, world.frieda];
	const pullEach = () => Promise.all(everybody.map((person) => pullAll(world.server, person)));
	const near = await pullEach();

	const path = '/api/collections/counters/records';
	const [counter] = (await w.call(world.server, 'GET', path, { as: operator })).body.items ?? [];
	const n = (counter?.n as number) + 10_000;
	await w.mustBe(200, update(world.server, operator, 'counters', counter?.id as string, { n }));

	const far = await pullEach();
	expect(far.map(({ rows }) => rows)).toEqual(near.map(({ rows }) => rows));
	expect(far.map(({ upto }) => upto)).toEqual(everybody.map(() => n));
});
