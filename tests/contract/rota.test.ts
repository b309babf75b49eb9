/** How a team is set on who is called, when one of those who are named has left it. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { USUAL } from '../../src/lib/domain/ladder';
import * as w from './world';
import { create, id, update, type Someone, type World } from './world';

let world: World;
beforeAll(async () => {
	world = await w.makeWorld();
});
afterAll(() => world.server.stop());

const ALWAYS = { days: [1, 2, 3, 4, 5, 6, 7], hours: { from: '00:00', to: '00:00' } };
const shift = (person: Someone, deputy = '') => ({ person: person.id, deputy, ...ALWAYS });
const set = async (ladder: object) =>
	(await update(world.server, world.eszter, 'teams', world.team, { ladder: { ...USUAL, ...ladder } })).status;

/** Somebody who comes, is done with, and goes. */
async function beThere(work: (jan: Someone) => Promise<void>): Promise<Someone> {
	const jan = await w.join(world, `jan${id().slice(0, 5)}`);
	const membership = w.aMembership(world, jan, 'expert');
	await w.mustBe(200, create(world.server, world.eszter, 'memberships', membership));
	await work(jan);
	await w.mustBe(200, update(world.server, world.eszter, 'memberships', membership.id, { ended: w.NOW }));
	return jan;
}

test('whoever is named and has left hinders no other change', async () => {
	const away = { from: '2026-12-24', to: '2026-12-31' };
	const jan = await beThere(async (jan) => {
		const points = [jan.id, world.dorin.id];
		expect(
			await set({ shifts: [shift(jan, world.cora.id)], points, away: [{ person: jan.id, ...away }] })
		).toBe(200);
	});
	const rest = { shifts: [shift(jan, world.cora.id)], away: [{ person: jan.id, ...away }] };
	expect(await set({ ...rest, points: [jan.id, world.dorin.id, world.eszter.id] })).toBe(200);
	expect(await set({ ...rest, points: [world.eszter.id], zone: 'Europe/Warsaw' })).toBe(200);
	expect(await set({ shifts: [shift(jan), shift(world.cora)], points: [], away: [] })).toBe(200);

	// Who is not named any more is new again, and nobody else comes in with them.
	for (const points of [[world.bartek.id], [jan.id, world.bartek.id], [id()]])
		expect(await set({ shifts: [shift(jan)], points }), points.join()).toBe(400);
	expect(await set({ shifts: [shift(world.cora)] })).toBe(200);
	expect(await set({ shifts: [shift(world.cora, jan.id)] })).toBe(400);
	expect(await set({ points: [jan.id] })).toBe(400);
});

test('a ladder that is set for the first time names nobody who has left', async () => {
	const jan = await beThere(() => Promise.resolve());
	await w.mustBe(200, update(world.server, world.eszter, 'teams', world.team, { ladder: null }));
	expect(await set({ points: [jan.id] })).toBe(400);
	expect(await set({ points: [world.dorin.id] })).toBe(200);
});
