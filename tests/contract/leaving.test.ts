/** What follows when a membership ends, whoever or whatever ended it, and what must not. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import * as w from './world';
import {
	call,
	create,
	id,
	idsOf,
	NOW,
	pull,
	pullAll,
	report,
	signIn,
	update,
	view,
	type Someone,
	type World
} from './world';

const PAST = '2020-01-01 00:00:00.000Z';
const LATER = '2999-12-31 23:59:59.000Z';

let world: World;
let operator: Someone;
let vera: Someone;
beforeAll(async () => {
	world = await w.makeWorld();
	operator = await w.anOperator(world.server);
});
afterAll(() => world.server.stop());
beforeEach(async () => {
	vera = await w.join(world, `vera${id()}`);
});

async function admit(role: string, more: Record<string, unknown> = {}) {
	const membership = w.aMembership(world, vera, role, more);
	await w.mustBe(200, create(world.server, world.eszter, 'memberships', membership));
	return membership.id;
}
async function give(key: string, to: { user: string } | { via: string }, by = world.eszter) {
	const grant = w.aGrant(by, key, to);
	await w.mustBe(200, create(world.server, by, 'grants', grant));
	return grant.id;
}
const end = (membership: string) =>
	w.mustBe(200, update(world.server, world.eszter, 'memberships', membership, { ended: NOW }));
const look = async (collection: string, row: string) =>
	(await view(world.server, operator, collection, row)).body;
const isLive = async (grant: string) => (await look('grants', grant)).ended === '';
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

/** The minute's job at once. */
async function passTime() {
	await w.mustBe(204, call(world.server, 'POST', '/api/crons/heedLeaving', { as: operator }));
	await new Promise((resolve) => setTimeout(resolve, 200));
}

describe('whose membership ends', () => {
	test('is signed out at once, and may sign in again', async () => {
		const membership = await admit('expert');
		expect((await pull(world.server, vera)).status).toBe(200);
		await end(membership);
		expect((await pull(world.server, vera)).status).toBe(401);
		expect((await create(world.server, vera, 'cases', w.aCase(world))).status).toBe(400);
		vera = await signIn(world.server, vera.account);
		expect((await pull(world.server, vera)).status).toBe(200);
		await report(world, vera);
	});

	test('loses the circles and the cases of the team, and nobody else does', async () => {
		const membership = await admit('coordinator');
		const circles = await Promise.all(
			Object.values(world.circle).map((circle) => give(circle, { user: vera.id }))
		);
		const alert = await report(world, world.ana);
		const hers = await give(alert.key.id, { user: vera.id }, world.ana);
		const others = [alert.own.id, alert.forCircle.id, await give(alert.key.id, { user: world.frieda.id })];

		await end(membership);
		for (const grant of [...circles, hers]) expect(await isLive(grant)).toBe(false);
		for (const grant of others) expect(await isLive(grant)).toBe(true);
		vera = await signIn(world.server, vera.account);
		expect((await view(world.server, vera, 'entries', alert.entry.id)).status).toBe(404);
		expect((await view(world.server, world.cora, 'entries', alert.entry.id)).status).toBe(200);

		const { rows } = await pullAll(world.server, vera);
		expect(rows.entries).toEqual([]);
		expect(rows.grants?.map((row) => row.ended).every((ended) => ended !== '')).toBe(true);
		expect(idsOf(rows.grants).sort()).toEqual([...circles, hers].sort());
	});

	test('keeps the cases of the own reports', async () => {
		const membership = await admit('expert');
		const alert = await report(world, vera);
		await end(membership);
		vera = await signIn(world.server, vera.account);
		expect(await isLive(alert.own.id)).toBe(true);
		expect(idsOf((await pullAll(world.server, vera)).rows.entries)).toEqual([alert.entry.id]);
	});

	test('keeps what another team gave', async () => {
		const area = world.founding.area.id;
		const team = { id: id(), name: 'Another', area, locale: 'de', open: true, idle: {}, invite: id() + id() };
		await w.mustBe(200, create(world.server, operator, 'teams', team));
		const there = { ...w.aMembership(world, vera, 'expert'), team: team.id };
		await w.mustBe(200, create(world.server, operator, 'memberships', there));
		const circle = { ...w.aKey(world, world.eszter, '', 'members'), team: team.id };
		await w.mustBe(200, create(world.server, operator, 'keys', circle));
		const grant = { ...w.aGrant(world.eszter, circle.id, { user: vera.id }) };
		await w.mustBe(200, create(world.server, operator, 'grants', grant));
		const kase = { ...w.aCase(world), team: team.id, owner: vera.id, reporter: world.ana.id };
		await w.mustBe(200, create(world.server, operator, 'cases', kase));

		await end(await admit('expert'));
		expect(await isLive(grant.id)).toBe(true);
		expect((await look('memberships', there.id)).ended).toBe('');
		expect((await look('cases', kase.id)).owner).toBe(vera.id);
	});

	test('owns no case of the team any more', async () => {
		const membership = await admit('expert');
		const [hers, coras] = [await report(world, world.ana), await report(world, world.ana)];
		for (const [kase, owner] of [
			[hers.kase.id, vera.id],
			[coras.kase.id, world.cora.id]
		] as const)
			await w.mustBe(200, update(world.server, world.cora, 'cases', kase, { owner }));

		const { upto } = await pullAll(world.server, world.cora);
		await end(membership);
		expect((await look('cases', hers.kase.id)).owner).toBe('');
		expect((await look('cases', coras.kase.id)).owner).toBe(world.cora.id);
		expect((await pullAll(world.server, world.cora, upto)).rows.cases).toMatchObject([
			{ id: hers.kase.id, owner: '' }
		]);
	});

	test('keeps what the other membership in the same team is for', async () => {
		const first = await admit('coordinator');
		await admit('expert');
		const [members, coordinators] = [
			await give(world.circle.members, { user: vera.id }),
			await give(world.circle.coordinators, { user: vera.id })
		];
		const alert = await report(world, world.ana);
		const hers = await give(alert.key.id, { user: vera.id }, world.ana);
		await w.mustBe(200, update(world.server, world.cora, 'cases', alert.kase.id, { owner: vera.id }));

		await end(first);
		expect((await pull(world.server, vera)).status).toBe(401);
		expect([await isLive(members), await isLive(hers), await isLive(coordinators)]).toEqual([
			true,
			true,
			false
		]);
		expect((await look('cases', alert.kase.id)).owner).toBe(vera.id);
	});

	test('is said to know nothing any more', async () => {
		const membership = await admit('expert');
		const said = { knows: { strand: ['left_wing'] } };
		await w.mustBe(200, update(world.server, vera, 'memberships', membership, said));
		await end(membership);
		expect((await look('memberships', membership)).knows).toEqual({});
	});

	test('is written down, with who did it', async () => {
		const membership = await admit('police');
		const byEszter = { by: world.eszter.id, team: world.team };
		expect(await audited(membership)).toEqual([{ what: 'admitted_police', ...byEszter }]);
		await end(membership);
		expect(await audited(membership)).toEqual([
			{ what: 'admitted_police', ...byEszter },
			{ what: 'membership_ended', ...byEszter }
		]);
	});

	test('in a batch that fails loses nothing', async () => {
		const membership = await admit('expert');
		const grant = await give(world.circle.members, { user: vera.id });
		const { status } = await w.batch(world.server, world.eszter, [
			w.updated('memberships', membership, { ended: NOW }),
			w.created('roll', w.aLink(world.team, world.eszter.id, 4711))
		]);
		expect(status).toBe(400);
		expect((await look('memberships', membership)).ended).toBe('');
		expect(await isLive(grant)).toBe(true);
		expect((await pull(world.server, vera)).status).toBe(200);
		expect(await audited(membership)).toHaveLength(1);
	});
});

describe('a last moment', () => {
	test('that has passed ends the membership within the minute, with all that follows', async () => {
		const membership = await admit('guest', { until: LATER });
		const staying = w.aMembership(world, world.bartek, 'guest', { until: LATER });
		await w.mustBe(200, create(world.server, world.eszter, 'memberships', staying));
		const alert = await report(world, world.ana);
		const grant = await give(alert.key.id, { user: vera.id }, world.ana);
		await passTime();
		expect((await look('memberships', membership)).ended).toBe('');

		await w.mustBe(200, update(world.server, world.eszter, 'memberships', membership, { until: PAST }));
		await passTime();
		expect((await look('memberships', membership)).ended).toMatch(
			/^2\d{3}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}Z$/
		);
		expect((await look('memberships', staying.id)).ended).toBe('');
		expect(await isLive(grant)).toBe(false);
		expect((await pull(world.server, vera)).status).toBe(401);
		expect(await audited(membership)).toEqual([
			{ what: 'admitted_guest', by: world.eszter.id, team: world.team },
			{ what: 'membership_expired', by: '', team: world.team }
		]);
		await passTime();
		expect(await audited(membership)).toHaveLength(2);
	});

	/** What a guest may do with what was opened to her, and not a moment longer. */
	const PATHS: Record<string, (opened: Opened) => Promise<w.Answer>> = {
		pull: () => pull(world.server, vera),
		'the view of an entry': ({ alert }) => view(world.server, vera, 'entries', alert.entry.id),
		'the view of a case': ({ alert }) => view(world.server, vera, 'cases', alert.kase.id),
		'the view of a key': ({ alert }) => view(world.server, vera, 'keys', alert.key.id),
		'a part of a file': ({ part }) => call(world.server, 'GET', `/api/heed/blob/${part}`, { as: vera }),
		'the roll of a closed team': () =>
			call(world.server, 'GET', `/api/heed/roll/${world.team}`, { as: vera }),
		'its pieces': () => call(world.server, 'GET', `/api/heed/pieces/${world.team}`, { as: vera }),
		'an entry of her own': ({ alert }) =>
			create(world.server, vera, 'entries', w.anEntry(vera, alert.kase.id, alert.key.id)),
		'a batch': ({ alert }) =>
			w.batch(world.server, vera, [w.created('entries', w.anEntry(vera, alert.kase.id, alert.key.id))]),
		'letting somebody in': ({ alert }) =>
			create(world.server, vera, 'grants', w.aGrant(vera, alert.key.id, { user: world.bartek.id })),
		'moving the case': ({ alert }) => update(world.server, vera, 'cases', alert.kase.id, { phase: 'intake' })
	};
	interface Opened {
		alert: Awaited<ReturnType<typeof report>>;
		part: string;
	}
	async function open(): Promise<Opened> {
		const alert = await report(world, world.ana);
		await give(alert.key.id, { user: vera.id }, world.ana);
		const bytes = new Uint8Array([1, 2, 3]);
		const part = { ...w.aBlob(world.ana, alert.key.id, bytes), entry: alert.entry.id };
		await w.mustBe(200, w.upload(world.server, world.ana, part, bytes));
		return { alert, part: part.id };
	}

	test.for(Object.entries(PATHS))('that has passed is asked before anything else: %s', async ([, path]) => {
		const membership = await admit('guest', { until: LATER });
		const opened = await open();
		const setOpen = (open: boolean) =>
			w.mustBe(200, update(world.server, operator, 'teams', world.team, { open }));
		await setOpen(false);
		try {
			expect((await path(opened)).status).toBe(200);
			await w.mustBe(200, update(world.server, operator, 'memberships', membership, { until: PAST }));
			expect([400, 401, 404]).toContain((await path(opened)).status);
		} finally {
			await setOpen(true);
		}
	});

	test('that has passed signs out, and whoever signs in again learns of the end and of nothing else there', async () => {
		const membership = await admit('guest', { until: LATER });
		const { alert } = await open();
		const { upto } = await pullAll(world.server, vera);
		await w.mustBe(200, update(world.server, world.eszter, 'memberships', membership, { until: PAST }));
		// Of those who come at the same moment one leads her out, and the others hear of it.
		const all = await Promise.all(Array.from({ length: 12 }, () => pull(world.server, vera)));
		expect(new Set(all.map(({ status }) => status))).toEqual(new Set([401]));
		expect(await audited(membership)).toMatchObject([
			{ what: 'admitted_guest' },
			{ what: 'membership_expired', by: '' }
		]);

		vera = await signIn(world.server, vera.account);
		await create(world.server, world.ana, 'entries', w.anEntry(world.ana, alert.kase.id, alert.key.id));
		const news = (await pullAll(world.server, vera, upto)).rows;
		expect(news.memberships).toMatchObject([
			{ id: membership, until: PAST, ended: expect.stringMatching(/^2/) as string }
		]);
		expect(news.grants).toMatchObject([{ key: alert.key.id, ended: expect.stringMatching(/^2/) as string }]);
		expect([news.entries, news.cases, news.teams, news.keys]).toEqual([[], [], [], []]);
		expect((await view(world.server, vera, 'entries', alert.entry.id)).status).toBe(404);
	});

	test('that has passed takes neither the own reports nor what another team gave', async () => {
		const area = world.founding.area.id;
		const team = { id: id(), name: 'Another', area, locale: 'de', open: true, idle: {}, invite: id() + id() };
		await w.mustBe(200, create(world.server, operator, 'teams', team));
		const there = { ...w.aMembership(world, vera, 'expert'), team: team.id };
		await w.mustBe(200, create(world.server, operator, 'memberships', there));
		const circle = { ...w.aKey(world, world.eszter, '', 'members'), team: team.id };
		await w.mustBe(200, create(world.server, operator, 'keys', circle));
		const grant = w.aGrant(world.eszter, circle.id, { user: vera.id });
		await w.mustBe(200, create(world.server, operator, 'grants', grant));

		const membership = await admit('guest', { until: LATER });
		const [own, { alert }] = [await report(world, vera), await open()];
		const entries = async () => idsOf((await pullAll(world.server, vera)).rows.entries).sort();
		expect(await entries()).toEqual([own.entry.id, alert.entry.id].sort());
		await w.mustBe(200, update(world.server, world.eszter, 'memberships', membership, { until: PAST }));
		expect((await pull(world.server, vera)).status).toBe(401);
		vera = await signIn(world.server, vera.account);
		expect(await entries()).toEqual([own.entry.id]);
		expect(await isLive(grant.id)).toBe(true);
		expect((await look('memberships', there.id)).ended).toBe('');
	});
});

test('a circle’s new generation is written down, the first one and a case’s are not', async () => {
	const next = w.aKey(world, world.eszter, '', 'members', world.circle.members);
	await w.mustBe(200, create(world.server, world.eszter, 'keys', next));
	expect(await audited(next.id)).toEqual([{ what: 'circle_rotated', by: world.eszter.id, team: world.team }]);
	expect(await audited(world.circle.members)).toEqual([]);
	expect(await audited((await report(world, world.ana)).key.id)).toEqual([]);
});

test('nobody says who did it but the server', async () => {
	const membership = w.aMembership(world, vera, 'guest', { heedActor: world.cora.id });
	await w.mustBe(200, create(world.server, world.eszter, 'memberships', membership));
	expect(await audited(membership.id)).toMatchObject([{ by: world.eszter.id }]);
});
