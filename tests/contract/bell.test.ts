import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { listen as connect } from './bell';
import * as w from './world';
import { call, create, NOW, report, update, type Someone, type World } from './world';

let world: World;
beforeAll(async () => {
	world = await w.makeWorld();
});
afterAll(() => world.server.stop());

const open: { close(): void }[] = [];
afterEach(() => {
	for (const one of open.splice(0)) one.close();
});

async function listen(as: Someone | undefined, topics?: string[]) {
	const heard = await connect(world.server, as, topics);
	open.push(heard);
	return heard;
}

const BELL = { event: 'bell', data: '{}' };

describe('the bell', () => {
	test('rings once a file, when the last of its parts is there, whichever that is', async () => {
		const { key, entry } = await report(world, world.ana);
		const [cora, bartek] = await Promise.all([world.cora, world.bartek].map((p) => listen(p)));
		const bytes = new Uint8Array([1, 2, 3]);
		const part = { ...w.aBlob(world.ana, key.id, bytes), entry: entry.id, count: 3 };
		for (const [nth, index] of [2, 0, 1].entries()) {
			const row = { ...part, id: `${part.id.slice(0, 14)}${index}`, index };
			expect((await w.upload(world.server, world.ana, row, bytes)).status).toBe(200);
			expect(await cora?.rings(nth === 2 ? 1 : 0)).toEqual(nth === 2 ? [BELL] : []);
		}
		expect(await bartek?.rings(0)).toEqual([]);
	});

	test('rings for those who hold the key of a new entry, and says nothing', async () => {
		const { kase, key } = await report(world, world.ana);
		const [ana, cora, dorin, bartek] = await Promise.all(
			[world.ana, world.cora, world.dorin, world.bartek].map((p) => listen(p))
		);
		await create(world.server, world.cora, 'entries', w.anEntry(world.cora, kase.id, key.id));
		expect(await ana?.rings(1)).toEqual([BELL]);
		expect(await cora?.rings(1)).toEqual([BELL]);
		expect(await dorin?.rings(0)).toEqual([]);
		expect(await bartek?.rings(0)).toEqual([]);
	});

	test('rings for the team when an alert comes, and not for its police', async () => {
		const [cora, dorin] = await Promise.all([world.cora, world.dorin].map((p) => listen(p)));
		await report(world, world.ana);
		expect((await cora?.rings(1))?.[0]).toEqual(BELL);
		expect(await dorin?.rings(0)).toEqual([]);
	});

	test('rings for the police when an alert is opened to them', async () => {
		const dorin = await listen(world.dorin);
		await report(world, world.ana, world.circle.police);
		expect((await dorin.rings(1))[0]).toEqual(BELL);
	});

	test('rings for the reporter when the case moves', async () => {
		const { kase } = await report(world, world.ana);
		const ana = await listen(world.ana);
		await update(world.server, world.cora, 'cases', kase.id, { phase: 'intake' });
		expect(await ana.rings(1)).toEqual([BELL]);
	});

	test('rings for one who is given a key, or loses it', async () => {
		const { key } = await report(world, world.ana);
		const bartek = await listen(world.bartek);
		const grant = w.aGrant(world.ana, key.id, { user: world.bartek.id });
		await create(world.server, world.ana, 'grants', grant);
		expect(await bartek.rings(1)).toEqual([BELL]);
		await update(world.server, world.ana, 'grants', grant.id, { ended: NOW });
		expect(await bartek.rings(1)).toEqual([BELL]);
		await create(world.server, world.ana, 'entries', w.anEntry(world.ana, key.case, key.id));
		expect(await bartek.rings(0)).toEqual([]);
	});

	test('rings for one who is admitted, and for the team', async () => {
		const tom = await w.join(world, 'tom');
		const [toms, coras, bartek] = await Promise.all([tom, world.cora, world.bartek].map((p) => listen(p)));
		const body = { id: w.id(), team: world.team, user: tom.id, agency: '', role: 'guest', ended: '' };
		await create(world.server, world.eszter, 'memberships', body);
		expect(await toms?.rings(1)).toEqual([BELL]);
		expect(await coras?.rings(1)).toEqual([BELL]);
		await update(world.server, world.eszter, 'memberships', body.id, { ended: NOW });
		expect(await toms?.rings(1)).toEqual([BELL]);
		expect(await bartek?.rings(0)).toEqual([]);
	});

	test('is the last that whoever leaves hears on a connection', async () => {
		const uma = await w.join(world, 'uma');
		const membership = w.aMembership(world, uma, 'expert');
		await w.mustBe(200, create(world.server, world.eszter, 'memberships', membership));
		const umas = await listen(uma);
		await w.mustBe(200, update(world.server, world.eszter, 'memberships', membership.id, { ended: NOW }));
		expect((await umas.rings(1)).length).toBeGreaterThan(0);
		await umas.rings(0);
		await create(
			world.server,
			world.eszter,
			'grants',
			w.aGrant(world.eszter, world.circle.members, { user: world.cora.id })
		);
		await report(world, world.ana);
		expect(await umas.rings(0)).toEqual([]);
	});

	test('does not ring after a last moment has passed, before anybody ends the membership', async () => {
		const wilma = await w.join(world, 'wilma');
		const membership = w.aMembership(world, wilma, 'guest', { until: '2999-12-31 23:59:59.000Z' });
		await w.mustBe(200, create(world.server, world.eszter, 'memberships', membership));
		const { kase, key } = await report(world, world.ana);
		await w.mustBe(
			200,
			create(world.server, world.ana, 'grants', w.aGrant(world.ana, key.id, { user: wilma.id }))
		);
		const wilmas = await listen(wilma);
		const say = () => create(world.server, world.cora, 'entries', w.anEntry(world.cora, kase.id, key.id));
		await w.mustBe(200, say());
		expect(await wilmas.rings(1)).toEqual([BELL]);
		const past = { until: '2020-01-01 00:00:00.000Z' };
		await w.mustBe(200, update(world.server, world.eszter, 'memberships', membership.id, past));
		await w.mustBe(200, say());
		expect(await wilmas.rings(0)).toEqual([]);
		// Else the server does within the minute, and rings for the team in whichever test runs then.
		await update(world.server, world.eszter, 'memberships', membership.id, { ended: NOW });
	});

	test('rings for the team when its roll grows, it is set otherwise, or a circle gets a new key', async () => {
		const hear = () =>
			Promise.all([world.cora, world.dorin, world.frieda, world.bartek].map((p) => listen(p)));
		const key = w.aKey(world, world.eszter, '', 'members', world.circle.members);
		for (const act of [
			() => create(world.server, world.eszter, 'roll', w.aLink(world.team, world.eszter.id, 3)),
			() => update(world.server, world.eszter, 'teams', world.team, { idle: { expert: 5 } }),
			() => create(world.server, world.eszter, 'keys', key),
			() => update(world.server, world.eszter, 'keys', key.id, { ended: NOW })
		]) {
			const [coras, dorins, friedas, barteks] = await hear();
			await w.mustBe(200, act());
			for (const one of [coras, dorins, friedas]) expect(await one?.rings(1)).toEqual([BELL]);
			expect(await barteks?.rings(0)).toEqual([]);
		}
	});

	test('rings for those who hold a case’s key when it ends, and not for others of the team', async () => {
		const { key } = await report(world, world.ana);
		const [ana, cora, dorin] = await Promise.all([world.ana, world.cora, world.dorin].map((p) => listen(p)));
		await w.mustBe(200, update(world.server, world.ana, 'keys', key.id, { ended: NOW }));
		expect(await ana?.rings(1)).toEqual([BELL]);
		expect(await cora?.rings(1)).toEqual([BELL]);
		expect(await dorin?.rings(0)).toEqual([]);
	});

	test('rings for coordinators when somebody asks to be admitted, and for the person when they answer', async () => {
		const [barteks, coras, eszters] = await Promise.all(
			[world.bartek, world.cora, world.eszter].map((p) => listen(p))
		);
		const request = w.aRequest(world, world.bartek);
		await w.mustBe(200, create(world.server, world.bartek, 'requests', request));
		expect(await eszters?.rings(1)).toEqual([BELL]);
		expect(await barteks?.rings(1)).toEqual([BELL]);
		await w.mustBe(200, update(world.server, world.eszter, 'requests', request.id, { answer: 'declined' }));
		expect(await barteks?.rings(1)).toEqual([BELL]);
		expect(await coras?.rings(0)).toEqual([]);
	});

	test('rings for a recovery where it may be approved and where the person is still signed in', async () => {
		const body = { ...world.cora.account, id: w.id(), team: world.team, ticket: w.digestOf('x') };
		const people = [world.cora, world.eszter, world.ana, world.dorin, world.bartek];
		const [coras, eszters, ...others] = await Promise.all(people.map((p) => listen(p)));
		await w.mustBe(
			204,
			call(world.server, 'POST', '/api/heed/recover/ask', { body: { ...body, login: 'nobody' } })
		);
		for (const one of [coras, eszters]) expect(await one?.rings(0)).toEqual([]);

		await w.mustBe(204, call(world.server, 'POST', '/api/heed/recover/ask', { body }));
		for (const one of [coras, eszters]) expect(await one?.rings(1)).toEqual([BELL]);
		const approval = {
			id: w.id(),
			recovery: body.id,
			by: world.eszter.id,
			before: w.aVerifier(),
			proof: w.aProof()
		};
		await w.mustBe(200, create(world.server, world.eszter, 'approvals', approval));
		for (const one of [coras, eszters]) expect(await one?.rings(1)).toEqual([BELL]);
		await w.mustBe(204, call(world.server, 'POST', '/api/heed/recover/refuse', { as: world.cora, body }));
		for (const one of [coras, eszters]) expect(await one?.rings(1)).toEqual([BELL]);
		for (const one of others) expect(await one.rings(0)).toEqual([]);
	});

	test('does not ring for what was rolled back', async () => {
		const ana = await listen(world.ana);
		const alert = w.anAlert(world, world.ana);
		alert.requests.push(w.created('entries', { ...alert.entry, id: w.id(), author: world.cora.id }));
		expect((await w.batch(world.server, world.ana, alert.requests)).status).toBe(400);
		expect(await ana.rings(0)).toEqual([]);
	});

	test('comes uncompressed and uncached', async () => {
		const { headers } = await listen(world.ana);
		expect(headers.get('Content-Encoding')).toBeNull();
		expect(headers.get('Cache-Control')).toBe('no-store');
	});
});

describe('nothing else can be subscribed to', () => {
	test.for([
		'entries',
		'entries/*',
		'cases/*',
		'users',
		'bell/*',
		'bell?options={}',
		'*',
		'BELL',
		'',
		'@oauth2'
	])('such as "%s"', async (topic) => {
		expect((await listen(world.cora, [topic])).status).toBe(403);
	});

	test('not even beside the bell', async () => {
		const cora = await listen(world.cora, ['bell', 'cases/*']);
		expect(cora.status).toBe(403);
		await report(world, world.ana);
		expect(await cora.rings(0)).toEqual([]);
	});

	test('and nobody who is not signed in hears anything', async () => {
		const nobody = await listen(undefined);
		expect(nobody.status).toBe(403);
		await report(world, world.ana);
		expect(await nobody.rings(0)).toEqual([]);
	});

	test('except the greeting that the SDK asks for to notice a reconnect; it tells nothing of others', async () => {
		const cora = await listen(world.cora, ['PB_CONNECT']);
		expect(cora.status).toBe(204);
		await report(world, world.ana);
		expect(await cora.rings(0)).toEqual([]);
	});

	test('but one may stop listening', async () => {
		const cora = await listen(world.cora);
		expect(cora.status).toBe(204);
		expect((await cora.subscribe([])).status).toBe(204);
		await report(world, world.ana);
		expect(await cora.rings(0)).toEqual([]);
	});
});
