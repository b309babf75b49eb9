import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RollPage } from '../../src/lib/domain/records';
import * as w from './world';
import { aLink, batch, call, create, id, pullAll, report, update, type Someone, type World } from './world';

let world: World;
let operator: Someone;
beforeAll(async () => {
	world = await w.makeWorld();
	operator = await w.anOperator(world.server);
});
afterAll(() => world.server.stop());

const read = (as?: Someone, since: string | number = 0, team = world.team) =>
	call(world.server, 'GET', `/api/heed/roll/${team}?since=${since}`, { as });
const links = async (since = 0) => RollPage.parse((await read(undefined, since)).body).links;
const newest = async () => (await links()).length;
const append = (as: Someone, link: Record<string, unknown>) => create(world.server, as, 'roll', link);

describe('a link', () => {
	test('is put at the end by a coordinator, and the team says so to its members', async () => {
		const { upto } = await pullAll(world.server, world.cora);
		const seq = (await newest()) + 1;
		const link = aLink(world.team, world.eszter.id, seq);
		expect((await append(world.eszter, link)).status).toBe(200);

		expect(await links(seq - 1)).toEqual([{ seq, text: link.text, proof: link.proof }]);
		const { rows } = await pullAll(world.server, world.cora, upto);
		expect(rows.teams).toMatchObject([{ id: world.team, roll: seq }]);
	});

	test('is put there by nobody else', async () => {
		const seq = (await newest()) + 1;
		for (const person of ['ana', 'bartek', 'cora', 'dorin', 'frieda'] as const) {
			const { status } = await append(world[person], aLink(world.team, world[person].id, seq));
			expect(status, person).toBe(400);
		}
		expect(
			(await create(world.server, undefined, 'roll', aLink(world.team, world.eszter.id, seq))).status
		).toBe(400);
		const inTheNameOf = aLink(world.team, world.cora.id, seq);
		expect((await append(world.eszter, inTheNameOf)).status).toBe(400);
		expect(await newest()).toBe(seq - 1);
	});

	test('says in its text what its row says', async () => {
		const seq = (await newest()) + 1;
		const link = aLink(world.team, world.eszter.id, seq);
		for (const text of [
			'no JSON',
			'null',
			'[]',
			'77',
			'{}',
			aLink(id(), world.eszter.id, seq).text,
			aLink(world.team, world.cora.id, seq).text,
			aLink(world.team, world.eszter.id, seq + 1).text,
			link.text.replace(`"seq":${seq}`, `"seq":"${seq}"`)
		]) {
			const { status, body } = await append(world.eszter, { ...link, text });
			expect([status, body.data.text?.code], text).toEqual([400, 'validation_not_as_said']);
		}
		expect(await newest()).toBe(seq - 1);
	});

	test.for([0, -1, 1, 2])('is the next one: %i is too far or was there', async (off) => {
		const roll = await newest();
		const seq = off <= 0 ? roll + off : roll + 1 + off;
		const { status, body } = await append(world.eszter, aLink(world.team, world.eszter.id, seq));
		expect(status).toBe(400);
		if (seq > 0) expect(body.data.seq?.code).toBe('validation_not_next');
	});

	test.for([
		['text', ''],
		['text', 'x'],
		['text', 'x'.repeat(4001)],
		['proof', ''],
		['proof', 'x'],
		['seq', 0],
		['seq', 1.5],
		['id', 'short']
	] as const)('is refused when %s is %j', async ([field, value]) => {
		const link = aLink(world.team, world.eszter.id, (await newest()) + 1);
		expect((await append(world.eszter, { ...link, [field]: value })).status).toBe(400);
	});

	test('may be as long as 4000 characters', async () => {
		const seq = (await newest()) + 1;
		const link = aLink(world.team, world.eszter.id, seq);
		const room = 4000 - link.text.length;
		const text = link.text.replace('"noise":"', `"noise":"${'ż'.repeat(room)}`);
		expect(text).toHaveLength(4000);
		expect((await append(world.eszter, { ...link, text })).status).toBe(200);
		expect((await links(seq - 1))[0]?.text).toBe(text);
	});

	test('sent twice answers that it is there already', async () => {
		const link = aLink(world.team, world.eszter.id, (await newest()) + 1);
		await w.mustBe(200, append(world.eszter, link));
		const { status, body } = await append(world.eszter, link);
		expect([status, body.data.id?.code]).toEqual([400, 'validation_not_unique']);
	});

	test('of two coordinators at once comes once', async () => {
		const seq = (await newest()) + 1;
		const both = [1, 2].map(() => append(world.eszter, aLink(world.team, world.eszter.id, seq)));
		expect((await Promise.all(both)).map(({ status }) => status).sort()).toEqual([200, 400]);
		expect(await newest()).toBe(seq);
	});

	test('lands in a batch with what it is about, or neither does', async () => {
		const seq = (await newest()) + 1;
		const tom = await w.join(world, 'tom');
		const membership = w.aMembership(world, tom, 'expert');
		const send = (link: Record<string, unknown>) =>
			batch(world.server, world.eszter, [w.created('memberships', membership), w.created('roll', link)]);

		expect((await send(aLink(world.team, world.eszter.id, seq + 1))).status).toBe(400);
		expect((await w.view(world.server, operator, 'memberships', membership.id)).status).toBe(404);
		expect(await newest()).toBe(seq - 1);
		expect((await send(aLink(world.team, world.eszter.id, seq))).status).toBe(200);
		expect(await newest()).toBe(seq);
	});

	test('is never changed, taken away, or seen as a record', async () => {
		const link = aLink(world.team, world.eszter.id, (await newest()) + 1);
		await w.mustBe(200, append(world.eszter, link));
		const path = `/api/collections/roll/records/${link.id}`;
		for (const as of [undefined, world.cora, world.eszter]) {
			for (const [method, body] of [
				['GET', undefined],
				['PATCH', { proof: w.aProof() }],
				['DELETE', undefined]
			] as const) {
				expect([403, 404]).toContain((await call(world.server, method, path, { as, body })).status);
			}
		}
	});
});

describe('the roll', () => {
	test('of an open team is public and not cached', async () => {
		const { status, body, headers } = await read();
		expect(status).toBe(200);
		expect(headers.get('Cache-Control')).toBe('no-store');
		const first = world.founding.roll.map((link, at) => ({ ...link, seq: at + 1 }));
		expect((body.links as object[]).slice(0, first.length)).toEqual(first);
	});

	test('of a team that is closed is for its members and for who holds a key there', async () => {
		await report(world, world.ana);
		await w.mustBe(200, update(world.server, world.eszter, 'teams', world.team, { open: false }));
		try {
			for (const [person, status] of [
				['ana', 200],
				['bartek', 404],
				['cora', 200],
				['dorin', 200],
				['eszter', 200],
				['frieda', 200]
			] as const) {
				expect((await read(world[person])).status, person).toBe(status);
			}
			expect((await read()).status).toBe(404);
			expect((await read(operator)).status).toBe(404);
		} finally {
			await w.mustBe(200, update(world.server, world.eszter, 'teams', world.team, { open: true }));
		}
	});

	test.for(['-1', 'x', '1.5', '1e3', ' ', '99999999999999999999'])(
		'is not read after a link such as "%s"',
		async (since) => {
			expect((await read(undefined, encodeURIComponent(since))).status).toBe(400);
		}
	);

	test('of a team that does not exist is not there', async () => {
		expect((await read(world.eszter, 0, id())).status).toBe(404);
	});

	test('comes in pages of two hundred', async () => {
		for (let roll = await newest(); roll < 201;) {
			const some = Array.from({ length: Math.min(50, 201 - roll) }, () =>
				w.created('roll', aLink(world.team, world.eszter.id, ++roll))
			);
			await w.mustBe(200, batch(world.server, world.eszter, some));
		}
		const first = RollPage.parse((await read()).body);
		expect([first.more, first.links.length]).toEqual([true, 200]);
		expect(first.links.map(({ seq }) => seq)).toEqual(Array.from({ length: 200 }, (_, at) => at + 1));
		const rest = RollPage.parse((await read(undefined, 200)).body);
		expect([rest.more, rest.links.map(({ seq }) => seq)]).toEqual([false, [201]]);
		expect(RollPage.parse((await read(undefined, 201)).body)).toEqual({ more: false, links: [] });
	});
});
