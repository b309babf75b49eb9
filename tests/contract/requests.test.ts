/** Somebody with an account asks to be admitted; a coordinator answers. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import * as w from './world';
import { aRequest, call, create, id, idsOf, pullAll, update, view, type Someone, type World } from './world';

let world: World;
let vera: Someone;
beforeAll(async () => {
	world = await w.makeWorld();
});
afterAll(() => world.server.stop());
beforeEach(async () => {
	vera = await w.join(world, `vera${id()}`);
});

const send = (body: Record<string, unknown>, as: Someone | undefined = vera) =>
	create(world.server, as, 'requests', body);
const answer = (as: Someone, request: string, body: Record<string, unknown>) =>
	update(world.server, as, 'requests', request, body);
const OTHERS = ['ana', 'bartek', 'cora', 'dorin', 'frieda'] as const;

describe('a request', () => {
	test('is made by the person with the invitation, which is not kept', async () => {
		const { status, body } = await send(aRequest(world, vera));
		expect(status).toBe(200);
		expect(body).not.toHaveProperty('invite');
		expect(body).toMatchObject({ team: world.team, user: vera.id, answer: '' });
	});

	test('is not made without it, in the name of another, or as answered', async () => {
		const good = aRequest(world, vera);
		for (const change of [
			{ invite: undefined },
			{ invite: '' },
			{ invite: null },
			{ invite: 'x'.repeat(30) },
			{ invite: '%' },
			{ team: id() },
			{ user: world.bartek.id },
			{ answer: 'admitted' },
			{ answer: 'declined' }
		]) {
			expect((await send({ ...good, ...change })).status, JSON.stringify(change)).toBe(400);
		}
		expect((await create(world.server, undefined, 'requests', good)).status).toBe(400);
		expect((await send(good)).status).toBe(200);
	});

	test('is not made by somebody without an account, whatever link they have', async () => {
		const nobody = await w.comeWithoutAccount(world);
		expect((await send(aRequest(world, nobody), nobody)).status).toBe(400);
	});

	test('is not made twice while it is open', async () => {
		const first = aRequest(world, vera);
		await w.mustBe(200, send(first));
		expect((await send(aRequest(world, vera))).status).toBe(400);
		const { status, body } = await send(first);
		expect([status, body.data.id?.code]).toEqual([400, 'validation_not_unique']);
		await w.mustBe(200, answer(world.eszter, first.id, { answer: 'declined' }));
		expect((await send(aRequest(world, vera))).status).toBe(200);
	});

	test('is answered by a coordinator, once, and nothing else about it changes', async () => {
		const request = aRequest(world, vera);
		await w.mustBe(200, send(request));
		for (const person of OTHERS)
			expect((await answer(world[person], request.id, { answer: 'admitted' })).status).toBe(404);
		expect((await answer(vera, request.id, { answer: 'admitted' })).status).toBe(404);
		for (const change of [{ answer: '' }, { answer: 'admitted', user: world.bartek.id }, {}])
			expect((await answer(world.eszter, request.id, change)).status).toBe(404);
		expect((await answer(world.eszter, request.id, { answer: 'perhaps' })).status).toBe(400);
		expect((await answer(world.eszter, request.id, { answer: 'admitted' })).status).toBe(200);
		for (const again of ['', 'declined', 'admitted'])
			expect((await answer(world.eszter, request.id, { answer: again })).status).toBe(404);
	});

	test('is seen by the person and by coordinators, in both ways', async () => {
		const request = aRequest(world, vera);
		await w.mustBe(200, send(request));
		for (const as of [vera, world.eszter]) {
			expect((await view(world.server, as, 'requests', request.id)).status).toBe(200);
			const { rows } = await pullAll(world.server, as);
			expect(idsOf(rows.requests)).toContain(request.id);
			expect(idsOf(rows.users)).toContain(vera.id);
		}
		for (const person of OTHERS) {
			expect((await view(world.server, world[person], 'requests', request.id)).status, person).toBe(404);
			const { rows } = await pullAll(world.server, world[person]);
			expect(idsOf(rows.requests), person).not.toContain(request.id);
			expect(idsOf(rows.users), person).not.toContain(vera.id);
		}
	});

	test('brings its answer to the person', async () => {
		const request = aRequest(world, vera);
		await w.mustBe(200, send(request));
		const { upto } = await pullAll(world.server, vera);
		await w.mustBe(200, answer(world.eszter, request.id, { answer: 'declined' }));
		expect((await pullAll(world.server, vera, upto)).rows.requests).toMatchObject([
			{ id: request.id, answer: 'declined' }
		]);
	});

	test('is not deleted', async () => {
		const request = aRequest(world, vera);
		await w.mustBe(200, send(request));
		const path = `/api/collections/requests/records/${request.id}`;
		for (const as of [vera, world.eszter])
			expect((await call(world.server, 'DELETE', path, { as })).status).toBe(403);
	});
});
