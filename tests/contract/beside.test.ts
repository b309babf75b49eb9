/** What goes along with an alert in its batch: names and originals for few, and an opening to the police. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Facts } from '../../src/lib/domain/records';
import * as w from './world';
import { batch, create, created, id, idsOf, pullAll, upload, type Row, type World } from './world';

let world: World;
beforeAll(async () => {
	world = await w.makeWorld();
});
afterAll(() => world.server.stop());

/** An alert that is open to the police, with names in the narrow audience. */
function anAlert(reporter = world.ana) {
	const { kase, key, own, forCircle, entry } = w.anAlert(world, reporter);
	const toPolice = w.aGrant(reporter, key.id, { via: world.circle.police });
	const opening = { ...w.anEntry(reporter, kase.id, key.id), kind: 'opening' };
	const narrow = w.aKey(world, reporter, kase.id, 'narrow');
	const mine = w.aGrant(reporter, narrow.id, { user: reporter.id });
	const forFew = w.aGrant(reporter, narrow.id, { via: world.circle.coordinators });
	const names = { ...w.anEntry(reporter, kase.id, narrow.id), kind: 'names' };
	const requests = [
		created('cases', kase),
		...[key, narrow].map((row) => created('keys', row)),
		...[own, forCircle, toPolice, mine, forFew].map((row) => created('grants', row)),
		...[entry, opening, names].map((row) => created('entries', row))
	];
	return { kase, key, own, forCircle, toPolice, entry, opening, narrow, mine, forFew, names, requests };
}

async function sent(reporter = world.ana) {
	const alert = anAlert(reporter);
	await w.mustBe(200, batch(world.server, reporter, alert.requests));
	return alert;
}

const bytes = new Uint8Array([1, 2, 3]);
const anOriginal = (alert: ReturnType<typeof anAlert>, owner = world.ana) => ({
	...w.aBlob(owner, alert.narrow.id, bytes),
	entry: alert.names.id
});
const sees = async (as: w.Someone) => {
	const { rows } = await pullAll(world.server, as);
	return (collection: string) => idsOf(rows[collection]);
};

describe('the batch', () => {
	test('is taken whole, from somebody without an account too', async () => {
		await sent();
		await sent(await w.comeWithoutAccount(world));
	});

	test('is taken from the hand of a locked device', async () => {
		const alert = anAlert();
		const proof = `${w.aProof()}.${id()}.${w.aVerifier()}.${w.aProof()}`;
		for (const { url, body } of alert.requests) if (/keys|grants/.test(url)) body.proof = proof;
		await w.mustBe(200, batch(world.server, world.ana, alert.requests));
	});

	test('leaves nothing behind when any item of it is refused', async () => {
		const before = await pullAll(world.server, world.ana);
		const { length } = anAlert().requests;
		for (let spoil = 0; spoil < length; spoil++) {
			const wrong = { team: 'x', maker: world.bartek.id, giver: world.bartek.id, author: world.bartek.id };
			const requests = anAlert().requests.map((request, at) =>
				at === spoil ? { ...request, body: { ...request.body, ...wrong } } : request
			);
			expect((await batch(world.server, world.ana, requests)).status, `${spoil}`).toBe(400);
		}
		expect((await pullAll(world.server, world.ana)).upto).toBe(before.upto);
	});

	test('makes the narrow key for its reporter first, and grants it on to nobody before', async () => {
		const alert = anAlert();
		const requests = alert.requests.filter(({ body }) => body.id !== alert.mine.id);
		expect((await batch(world.server, world.ana, requests)).status).toBe(400);
	});
});

describe('names', () => {
	test('reach coordinators, and neither the members nor the police whom the alert reaches', async () => {
		const alert = await sent();
		const [cora, dorin, eszter] = await Promise.all([world.cora, world.dorin, world.eszter].map(sees));
		for (const to of [cora, dorin, eszter]) {
			expect(to?.('entries')).toEqual(expect.arrayContaining([alert.entry.id, alert.opening.id]));
		}
		expect(eszter?.('entries')).toContain(alert.names.id);
		expect(eszter?.('grants')).toContain(alert.forFew.id);
		for (const to of [cora, dorin]) {
			expect(to?.('entries')).not.toContain(alert.names.id);
			expect(to?.('keys')).not.toContain(alert.narrow.id);
			expect(to?.('grants')).not.toContain(alert.forFew.id);
		}
		for (const as of [world.cora, world.dorin, world.bartek]) {
			expect((await w.view(world.server, as, 'entries', alert.names.id)).status).toBe(404);
			expect((await w.view(world.server, as, 'keys', alert.narrow.id)).status).toBe(404);
		}
	});

	test('are added by nobody who does not hold their key', async () => {
		const alert = await sent();
		for (const as of [world.bartek, world.cora, world.dorin]) {
			const entry = { ...w.anEntry(as, alert.kase.id, alert.narrow.id), kind: 'names' };
			expect((await create(world.server, as, 'entries', entry)).status).toBe(400);
			const grant = w.aGrant(as, alert.narrow.id, { user: as.id });
			expect((await create(world.server, as, 'grants', grant)).status).toBe(400);
		}
	});

	test('get no key in somebody else’s case', async () => {
		const alert = await sent();
		for (const as of [world.bartek, await w.comeWithoutAccount(world)]) {
			const key = w.aKey(world, as, alert.kase.id, 'narrow');
			expect((await create(world.server, as, 'keys', key)).status).toBe(400);
		}
	});
});

describe('an original', () => {
	test('is kept under the narrow key, and handed out to those who hold it', async () => {
		const alert = await sent();
		const blob = anOriginal(alert);
		await w.mustBe(200, upload(world.server, world.ana, blob, bytes));
		for (const [as, status] of [
			[world.ana, 200],
			[world.eszter, 200],
			[world.cora, 404],
			[world.dorin, 404],
			[world.bartek, 404]
		] as const) {
			const answer = await w.call(world.server, 'GET', `/api/heed/blob/${blob.id}`, { as });
			expect(answer.status, as.account.login).toBe(status);
		}
		expect((await sees(world.cora))('blobs')).not.toContain(blob.id);
		expect((await sees(world.eszter))('blobs')).toContain(blob.id);
	});

	test('follows no entry of another key, and none of somebody else', async () => {
		const alert = await sent();
		for (const [as, change] of [
			[world.ana, { entry: alert.entry.id }],
			[world.ana, { key: alert.key.id }],
			[world.eszter, { owner: world.eszter.id }],
			[world.cora, { owner: world.cora.id }]
		] as const) {
			const blob = { ...anOriginal(alert), ...change };
			expect((await upload(world.server, as, blob, bytes)).status).toBe(400);
		}
	});
});

describe('who is let into the names alone', () => {
	const letIn = (key: string) =>
		w.mustBe(
			200,
			create(world.server, world.eszter, 'grants', w.aGrant(world.eszter, key, { user: world.frieda.id }))
		);

	test('is shown the key that the case began with, and nothing under it', async () => {
		const alert = await sent();
		expect((await sees(world.frieda))('keys')).not.toContain(alert.key.id);
		await letIn(alert.narrow.id);
		const { rows } = await pullAll(world.server, world.frieda);
		const shown = rows.keys?.filter((row: Row) => row.case === alert.kase.id).map((row) => row.name);
		expect(shown?.sort()).toEqual(['narrow', 'reporter']);
		expect(idsOf(rows.entries)).toContain(alert.names.id);
		for (const row of [alert.entry, alert.opening]) expect(idsOf(rows.entries)).not.toContain(row.id);
		for (const row of [alert.own, alert.forCircle, alert.toPolice])
			expect(idsOf(rows.grants)).not.toContain(row.id);
	});

	test('is not shown it where the team made the narrow key: who reported is nothing to them', async () => {
		const alert = w.anAlert(world, world.ana);
		await w.mustBe(200, batch(world.server, world.ana, alert.requests));
		const narrow = w.aKey(world, world.eszter, alert.kase.id, 'narrow');
		await w.mustBe(200, create(world.server, world.eszter, 'keys', narrow));
		const own = w.aGrant(world.eszter, narrow.id, { user: world.eszter.id });
		await w.mustBe(200, create(world.server, world.eszter, 'grants', own));
		await letIn(narrow.id);
		const { rows } = await pullAll(world.server, world.frieda);
		expect(idsOf(rows.keys)).toContain(narrow.id);
		expect(idsOf(rows.keys)).not.toContain(alert.key.id);
	});
});

describe('the facts', () => {
	const circles = async () => {
		const { body } = await w.call(world.server, 'GET', '/api/heed/facts');
		return Facts.parse(body)
			.teams[0]?.circles?.map(({ name, id: key }) => [name, key])
			.sort();
	};

	test('show the newest keys of the coordinators’ and the police’s circle before anybody signs in', async () => {
		const { coordinators, police } = world.circle;
		expect(await circles()).toEqual([
			['coordinators', coordinators],
			['police', police]
		]);
		const next = { ...w.aKey(world, world.eszter, '', 'police', police), case: '' };
		const own = w.aGrant(world.eszter, next.id, { user: world.eszter.id });
		const requests = [
			created('keys', next),
			created('grants', own),
			w.updated('keys', police, { ended: w.NOW })
		];
		await w.mustBe(200, batch(world.server, world.eszter, requests));
		expect(await circles()).toEqual([
			['coordinators', coordinators],
			['police', next.id]
		]);
	});
});
