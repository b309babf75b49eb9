import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BODY_MAX, PiecePage, STATES } from '../../src/lib/domain/piece';
import * as w from './world';
import { call, create, id, update, type Someone, type World } from './world';

let world: World;
beforeAll(async () => {
	world = await w.makeWorld();
});
afterAll(() => world.server.stop());

const read = (as?: Someone, since: string | number = 0, team = world.team) =>
	call(world.server, 'GET', `/api/heed/pieces/${team}?since=${since}`, { as });
const pieces = async (since = 0, as?: Someone) => PiecePage.parse((await read(as, since)).body);
const row = (change: Record<string, unknown> = {}) => ({
	id: id(),
	team: world.team,
	author: world.eszter.id,
	of: 'practice/stickersbusstop',
	over: 0,
	based: 1,
	state: 'shown',
	body: { texts: { pl: { title: 'Naklejki' } } },
	...change
});
const decide = (change: Record<string, unknown> = {}, as: Someone | undefined = world.eszter) =>
	create(world.server, as, 'pieces', row(change));

describe('what a team makes of a piece', () => {
	test('is decided by its coordinators alone, in their own name', async () => {
		for (const person of ['ana', 'bartek', 'cora', 'dorin', 'frieda'] as const)
			expect((await decide({ author: world[person].id }, world[person])).status, person).toBe(400);
		expect((await decide({ author: world.cora.id })).status).toBe(400);
		expect((await create(world.server, undefined, 'pieces', row())).status).toBe(400);
		expect((await decide({ team: id() })).status).toBe(400);
		expect(await pieces()).toEqual({ more: false, pieces: [] });
	});

	test('is read by everybody, the newest row of each, without who decided', async () => {
		const first = row();
		await w.mustBe(200, create(world.server, world.eszter, 'pieces', first));
		const [kept] = (await pieces()).pieces;
		expect(kept).toMatchObject({ id: first.id, of: first.of, based: 1, state: 'shown', body: first.body });
		expect(JSON.stringify((await read()).body)).not.toContain(world.eszter.id);

		await w.mustBe(200, decide({ over: kept?.rev, state: 'hidden', body: null }));
		const { pieces: now } = await pieces();
		expect(now).toMatchObject([{ of: first.of, state: 'hidden', body: null }]);
		expect(now[0]?.rev).toBeGreaterThan(kept?.rev ?? 0);
		expect((await pieces(now[0]?.rev)).pieces).toEqual([]);
	});

	test('is decided once over the same: of two the second is refused', async () => {
		const of = 'term/polarisation000';
		await w.mustBe(200, decide({ of }));
		expect((await decide({ of })).status).toBe(400);
		expect((await pieces()).pieces.filter((piece) => piece.of === of)).toHaveLength(1);
	});

	test('is never changed, listed or shown by another way', async () => {
		const [one] = (await pieces()).pieces;
		const path = `/api/collections/pieces/records`;
		expect(
			(await update(world.server, world.eszter, 'pieces', one?.id ?? '', { state: 'removed' })).status
		).toBe(403);
		for (const [verb, address] of [
			['GET', path],
			['GET', `${path}/${one?.id}`],
			['DELETE', `${path}/${one?.id}`]
		] as const)
			expect((await call(world.server, verb, address, { as: world.eszter })).status, verb).toBe(403);
	});

	test('has a shape', async () => {
		const large = { texts: { pl: 'x'.repeat(BODY_MAX) } };
		for (const wrong of [
			{ of: 'practice' },
			{ of: 'practice/foo' },
			{ of: 'person/stickersbusstop' },
			{ of: 'practice/Stickers' },
			{ of: 'practice/a/b/c' },
			{ state: 'gone' },
			{ state: '' },
			{ body: [] },
			{ body: 'text' },
			{ body: 1 },
			{ body: large },
			{ based: -1 },
			{ over: -1 },
			{ over: 1.5 }
		])
			expect((await decide({ of: 'before/page', ...wrong })).status, JSON.stringify(wrong).slice(0, 40)).toBe(
				400
			);
		for (const [at, state] of STATES.entries())
			await w.mustBe(200, decide({ of: `steps/type/t${at}`, state, body: null }));
	});

	test('is nobody’s business where a team takes no alerts, but its members’', async () => {
		await w.mustBe(200, update(world.server, world.eszter, 'teams', world.team, { open: false }));
		expect((await read()).status).toBe(404);
		expect((await read(world.cora)).status).toBe(200);
		await w.mustBe(200, update(world.server, world.eszter, 'teams', world.team, { open: true }));
		expect((await read(undefined, 0, id())).status).toBe(404);
		for (const since of ['-1', 'x', '1.5']) expect((await read(undefined, since)).status).toBe(400);
	});

	test('comes in pages', async () => {
		const { pieces: before } = await pieces();
		const last = before.at(-1)?.rev ?? 0;
		for (let at = 0; at < 101; at += 1) await w.mustBe(200, decide({ of: `term/page${at}`, body: null }));
		const first = await pieces(last);
		expect([first.more, first.pieces.length]).toEqual([true, 100]);
		const rest = await pieces(first.pieces.at(-1)?.rev);
		expect([rest.more, rest.pieces.length]).toEqual([false, 1]);
	});
});
