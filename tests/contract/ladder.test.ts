import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Ladder, TeamLadder, USUAL } from '../../src/lib/domain/ladder';
import { startServer } from '../server';
import { listen } from './bell';
import { fromNow, hours, minutes, msOf, outbox, PUSH_ENV, report, say, until, type Outbox } from './outbox';
import * as w from './world';
import { call, create, id, pullAll, update, type Someone, type World } from './world';

let world: World;
let operator: Someone;
let box: Outbox;
/** The team above, its expert, its police contact and its coordinator; nobody of them works at home. */
let above: { team: string; olga: Someone; piotr: Someone; radu: Someone };

beforeAll(async () => {
	world = await w.makeWorld({ env: PUSH_ENV });
	operator = await w.anOperator(world.server);
	box = outbox(world, operator);
	// Between the two teams lies an area without one.
	const [land, county] = [id(), id()];
	const put = (collection: string, row: Record<string, unknown>) =>
		w.mustBe(200, create(world.server, operator, collection, row));
	await put('areas', { id: land, name: 'Śląskie', country: 'PL', parent: '' });
	await put('areas', { id: county, name: 'Zagłębie', country: 'PL', parent: land });
	await box.patch('areas', world.founding.area.id, { parent: county });
	const team = id();
	await put('teams', {
		...{ id: team, name: 'Above', area: land, locale: 'pl', open: false, idle: {} },
		invite: id() + id()
	});
	const [olga, piotr, radu] = await Promise.all(['olga', 'piotr', 'radu'].map((name) => w.join(world, name)));
	if (!olga || !piotr || !radu) throw new Error('nobody came');
	for (const [who, role] of [
		[olga, 'expert'],
		[piotr, 'police'],
		[radu, 'coordinator']
	] as const)
		await put('memberships', w.aMembership({ team }, who, role));
	above = { team, olga, piotr, radu };
	for (const who of [world.ana, world.bartek, world.cora, world.dorin, world.eszter, world.frieda])
		await box.register(who);
	for (const who of [olga, piotr, radu]) await box.register(who);
});
afterAll(() => world.server.stop());
beforeEach(async () => {
	await box.empty('notices', 'ladders');
	for (const team of [world.team, above.team]) await box.patch('teams', team, { ladder: null });
});

const WEEK = [1, 2, 3, 4, 5, 6, 7];
const ALWAYS = { from: '00:00', to: '00:00' };
const shift = (person: Someone, more: Record<string, unknown> = {}) => ({
	...{ person: person.id, deputy: '', days: WEEK, hours: ALWAYS },
	...more
});
const setLadder = (more: Record<string, unknown>, team = world.team) =>
	box.patch('teams', team, { ladder: { ...USUAL, zone: 'Europe/Warsaw', ...more } });

const nameOf = (user: unknown): string =>
	Object.entries({ ...world, ...above }).find(([, one]) => (one as Someone).id === user)?.[0] ?? String(user);
/** Who was told by what, since it was last asked. */
const told = async (): Promise<string[]> => {
	const rows = await box.waiting();
	await box.empty('notices');
	return rows.map(({ kind, user }) => `${String(kind)} ${nameOf(user)}`).sort();
};
const ladderOf = async ({ kase }: { kase: { id: string } }): Promise<Ladder & { above: string }> => {
	const row = (await box.all('ladders')).find((one) => one.case === kase.id);
	if (!row) throw new Error('no ladder');
	return row as unknown as Ladder & { above: string };
};
const rungs = ({ steps }: Ladder) => steps.map(({ rung, told }) => `${rung} ${told}`);
/** Its time has come, and the server looks. */
async function goOn(alert: { kase: { id: string } }): Promise<void> {
	const { id: ladder } = await ladderOf(alert);
	const next = fromNow(-1000);
	await box.patch('ladders', ladder, { next });
	await box.cron();
	await until(async () => (await ladderOf(alert)).next !== next);
}
/** The server has looked, and changed nothing. */
async function look(alert: { kase: { id: string } }): Promise<void> {
	const { rev } = await ladderOf(alert);
	const other = await report(world, world.bartek, 'danger');
	await goOn(other);
	expect((await ladderOf(alert)).rev).toBe(rev);
	await box.empty('notices');
}
/** Minutes until it goes on, from its last step. */
const minutesOn = ({ steps, next }: Ladder): number =>
	Math.round((msOf(next) - msOf(steps.at(-1)?.at)) / 60_000);

describe('a ladder', () => {
	test('is made with an alert that must not wait, and with no other', async () => {
		for (const urgency of ['calm', 'soon']) await report(world, world.ana, urgency);
		expect(await box.all('ladders')).toEqual([]);
		const danger = await report(world, world.ana, 'danger');
		const urgent = await report(world, world.ana, 'urgent');
		for (const [alert, urgency] of [
			[danger, 'danger'],
			[urgent, 'urgent']
		] as const) {
			const { above, ...ladder } = await ladderOf(alert);
			expect(above).toBe('');
			expect(Ladder.parse(ladder)).toMatchObject({ team: world.team, case: alert.kase.id, urgency, by: '' });
		}
		// Whoever says so once more climbs no second one.
		await say(world, world.ana, danger, 'alert');
		expect(await box.all('ladders')).toHaveLength(2);
	});

	test('goes from who is on call to all contact points, the coordinator, and the team above, each at its time', async () => {
		await setLadder({
			shifts: [shift(world.cora)],
			minutes: { danger: [3, 7, 11], urgent: [60, 60, 120] }
		});
		const alert = await report(world, world.ana, 'danger');
		expect(await told()).toEqual(['danger cora']);
		expect(rungs(await ladderOf(alert))).toEqual(['duty 1']);
		expect(minutesOn(await ladderOf(alert))).toBe(3);

		await look(alert);
		await goOn(alert);
		// Who may not open the case is asked for a call.
		expect(await told()).toEqual(['call dorin', 'danger eszter']);
		expect(rungs(await ladderOf(alert))).toEqual(['duty 1', 'points 2']);
		expect(minutesOn(await ladderOf(alert))).toBe(7);

		await goOn(alert);
		expect(await told()).toEqual(['danger eszter']);
		expect(rungs(await ladderOf(alert))).toEqual(['duty 1', 'points 2', 'lead 1']);
		expect(minutesOn(await ladderOf(alert))).toBe(11);
		expect((await ladderOf(alert)).above).toBe('');

		await goOn(alert);
		expect(await told()).toEqual(['above piotr', 'above radu']);
		const last = await ladderOf(alert);
		expect(rungs(last)).toEqual(['duty 1', 'points 2', 'lead 1', 'above 2']);
		expect(last).toMatchObject({ had: '', above: above.team });
		expect(minutesOn(last)).toBe(11);

		// Nobody has it: all of them once more, each time after twice as long, and after a day at most.
		for (const wait of [22, 44, 88, 176, 352, 704, 1408, 1440, 1440]) {
			await goOn(alert);
			expect(await told()).toEqual([
				'above piotr',
				'above radu',
				'call dorin',
				'danger cora',
				'danger eszter'
			]);
			const again = await ladderOf(alert);
			expect(again.steps.at(-1)).toMatchObject({ rung: 'again', told: 5 });
			expect(minutesOn(again)).toBe(wait);
		}
		// The row stays as short as it is.
		for (let more = 0; more < 4; more++) await goOn(alert);
		const { steps } = await ladderOf(alert);
		expect(steps.map(({ rung }) => rung)).toEqual([
			...['duty', 'points', 'lead', 'above'],
			...Array.from({ length: 10 }, () => 'again')
		]);
		await box.empty('notices');
		await look(alert);
	});

	test('goes on until somebody can be told, where nobody is there', async () => {
		await setLadder({ points: [world.eszter.id] });
		const [{ id: county = '' } = {}] = (await box.all('areas')).filter(({ name }) => name === 'Zagłębie');
		await box.patch('areas', world.founding.area.id, { parent: '' });
		const alert = await report(world, world.eszter, 'danger');
		expect(rungs(await ladderOf(alert))).toEqual(['duty 0', 'points 0', 'lead 0', 'above 0']);
		expect(minutesOn(await ladderOf(alert))).toBe(10);
		await box.patch('areas', world.founding.area.id, { parent: county });
		await goOn(alert);
		expect(rungs(await ladderOf(alert)).at(-1)).toBe('again 2');
		expect(await told()).toEqual(['above piotr', 'above radu']);
	});

	test('goes past a team above in which there is nobody, to the next one', async () => {
		const { parent } = (await box.all('areas')).find((row) => row.id === world.founding.area.id) ?? {};
		const empty = { id: id(), name: 'Nobody yet', area: parent, locale: 'pl', open: false, idle: {} };
		const made = create(world.server, operator, 'teams', { ...empty, invite: id() + id() });
		await w.mustBe(200, made);
		await setLadder({ points: [world.eszter.id] });
		const alert = await report(world, world.eszter, 'danger');
		expect(rungs(await ladderOf(alert))).toEqual(['duty 0', 'points 0', 'lead 0', 'above 2']);
		expect(await told()).toEqual(['above piotr', 'above radu']);
	});

	test('waits longer where it is urgent, and by what is usual where nothing is set', async () => {
		const alert = await report(world, world.ana, 'urgent', world.circle.police);
		// The police were let in: then they may open it.
		expect(await told()).toEqual(['police dorin', 'urgent dorin', 'urgent eszter']);
		expect(rungs(await ladderOf(alert))).toEqual(['duty 0', 'points 2']);
		expect(minutesOn(await ladderOf(alert))).toBe(60);
		await goOn(alert);
		expect(minutesOn(await ladderOf(alert))).toBe(120);
	});

	test('says nothing to who may not open it but that the team asks for a call', async () => {
		await setLadder({ shifts: [shift(world.dorin)] });
		const alert = await report(world, world.ana, 'danger');
		const [row] = await box.waiting();
		expect(row).toMatchObject({ kind: 'call', user: world.dorin.id, case: '', urgent: true });
		const { leased } = await box.lease(id());
		expect(JSON.stringify(leased)).not.toContain(alert.kase.id);
	});

	test('tells nobody of the own alert', async () => {
		await setLadder({ shifts: [shift(world.cora)] });
		const alert = await report(world, world.cora, 'danger');
		expect(rungs(await ladderOf(alert))).toEqual(['duty 0', 'points 2']);
		expect(await told()).toEqual(['call dorin', 'danger eszter']);
	});

	test('passes over rungs without anybody at once, up to where there is somebody or nobody', async () => {
		// The only contact point by name is the reporter, who is the coordinator as well.
		await setLadder({ points: [world.eszter.id] });
		const alert = await report(world, world.eszter, 'danger');
		expect(rungs(await ladderOf(alert))).toEqual(['duty 0', 'points 0', 'lead 0', 'above 2']);
		expect(await told()).toEqual(['above piotr', 'above radu']);

		await box.patch('areas', world.founding.area.id, { parent: '' });
		const alone = await report(world, world.eszter, 'danger');
		expect(rungs(await ladderOf(alone))).toEqual(['duty 0', 'points 0', 'lead 0', 'above 0']);
		expect(await ladderOf(alone)).toMatchObject({ had: '', over: '', above: '' });
		const [county] = (await box.all('areas')).filter(({ name }) => name === 'Zagłębie');
		await box.patch('areas', world.founding.area.id, { parent: county?.id });
	});

	test('tells above who is on call there', async () => {
		await setLadder({ shifts: [shift(above.olga)] }, above.team);
		await setLadder({ points: [world.eszter.id] });
		await report(world, world.eszter, 'danger');
		expect(await told()).toEqual(['above olga']);
	});

	test('waits for nobody whom nothing reaches, but where they have Heed open, and the app still tells them', async () => {
		const ivo = await w.join(world, `ivo${id().slice(0, 5)}`);
		const membership = w.aMembership(world, ivo, 'police');
		await w.mustBe(200, create(world.server, world.eszter, 'memberships', membership));
		await setLadder({ shifts: [shift(ivo)] });
		const alert = await report(world, world.ana, 'danger');
		const steps = (await ladderOf(alert)).steps.map(({ rung, told, missed }) => ({ rung, told, missed }));
		expect(steps).toEqual([
			{ rung: 'duty', told: 0, missed: 1 },
			{ rung: 'points', told: 2, missed: 1 }
		]);
		const nowhere = (await box.all('notices')).filter(({ user }) => user === ivo.id);
		expect(nowhere).toMatchObject([
			{ state: 'kept', why: 'nowhere' },
			{ state: 'kept', why: 'nowhere' }
		]);
		expect((await pullAll(world.server, ivo)).rows.ladders).toMatchObject([{ case: alert.kase.id }]);

		const bell = await listen(world.server, ivo);
		const second = await report(world, world.ana, 'danger');
		expect(rungs(await ladderOf(second))).toEqual(['duty 1']);
		bell.close();
		await update(world.server, world.eszter, 'memberships', membership.id, { ended: w.NOW });
	});

	test('tells whoever works in a team that has neither police nor a coordinator', async () => {
		const places = (await box.all('memberships')).filter(
			({ team, user }) => team === above.team && user !== above.olga.id
		);
		const roles = (of: (row: Record<string, unknown>) => unknown) =>
			Promise.all(places.map((row) => box.patch('memberships', String(row.id), { role: of(row) })));
		await roles((row) => (row.user === above.piotr.id ? 'guest' : 'expert'));
		await setLadder({ points: [world.eszter.id] });
		await report(world, world.eszter, 'danger');
		expect(await told()).toEqual(['above olga', 'above radu']);
		await roles(({ role }) => role);
	});

	test('goes on after the server was killed in between', async () => {
		await setLadder({ shifts: [shift(world.cora)] });
		const alert = await report(world, world.ana, 'danger');
		expect(await told()).toEqual(['danger cora']);
		const { id: ladder } = await ladderOf(alert);
		await box.patch('ladders', ladder, { next: fromNow(-hours(1)) });
		const { dataDir, url } = world.server;
		await world.server.kill();
		world.server = await startServer({ dataDir, env: PUSH_ENV, port: Number(new URL(url).port) });
		box = outbox(world, operator);
		await box.cron();
		await until(async () => rungs(await ladderOf(alert)).length === 2);
		expect(await told()).toEqual(['call dorin', 'danger eszter']);
	});

	test('is climbed once, however often the server looks at the same moment', async () => {
		await setLadder({ shifts: [shift(world.cora)] });
		const alert = await report(world, world.ana, 'danger');
		await told();
		await box.patch('ladders', (await ladderOf(alert)).id, { next: fromNow(-1000) });
		await Promise.all(Array.from({ length: 10 }, () => box.cron()));
		await until(async () => rungs(await ladderOf(alert)).length > 1);
		await look(alert);
		expect(rungs(await ladderOf(alert))).toEqual(['duty 1', 'points 2']);
	});
});

describe('who is on call', () => {
	/** Of who was on call, by the first rung of a new alert. */
	const onCall = async (more: Record<string, unknown>): Promise<string[]> => {
		await setLadder(more);
		const alert = await report(world, world.ana, 'danger');
		const { steps } = await ladderOf(alert);
		const all = await told();
		return steps[0]?.told === 0 ? [] : all.map((one) => one.split(' ')[1] ?? '');
	};
	const zone = 'Europe/Warsaw';
	const clock = (ms: number) =>
		new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' }).format(
			Date.now() + ms
		);
	const day = (days: number) =>
		new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(Date.now() + hours(24 * days));

	test('is who has the shift now, and each once', async () => {
		const now = { from: clock(-hours(1)), to: clock(hours(1)) };
		const later = { from: clock(hours(1)), to: clock(hours(2)) };
		expect(
			await onCall({
				shifts: [
					shift(world.cora, { hours: now }),
					shift(world.dorin, { hours: later }),
					shift(world.cora, { hours: now })
				]
			})
		).toEqual(['cora']);
		expect(await onCall({ shifts: [shift(world.cora, { hours: later })] })).toEqual([]);
	});

	test('is the deputy while somebody is away, and nobody where that one is away too', async () => {
		const shifts = [shift(world.cora, { deputy: world.dorin.id })];
		const away = (who: Someone, from: number, to: number) => ({
			person: who.id,
			from: day(from),
			to: day(to)
		});
		expect(await onCall({ shifts, away: [away(world.cora, 0, 0)] })).toEqual(['dorin']);
		expect(await onCall({ shifts, away: [away(world.cora, -3, -1), away(world.cora, 1, 3)] })).toEqual([
			'cora'
		]);
		expect(await onCall({ shifts, away: [away(world.cora, -1, 1), away(world.dorin, 0, 5)] })).toEqual([]);
	});

	test('is the deputy of who has left, and a contact point who has left is none', async () => {
		const jan = await w.join(world, `jan${id().slice(0, 5)}`);
		const membership = w.aMembership(world, jan, 'expert');
		await w.mustBe(200, create(world.server, world.eszter, 'memberships', membership));
		const shifts = [shift(jan, { deputy: world.cora.id })];
		await setLadder({ shifts, points: [jan.id] });
		await w.mustBe(200, update(world.server, world.eszter, 'memberships', membership.id, { ended: w.NOW }));
		const alert = await report(world, world.ana, 'danger');
		expect(await told()).toEqual(['danger cora']);
		await goOn(alert);
		expect(await told()).toEqual(['call dorin', 'danger eszter']);
		// The rest of how the team is set can still be changed.
		await w.mustBe(200, update(world.server, world.eszter, 'teams', world.team, { idle: { police: 5 } }));
	});

	test('are contact points who are not away, as long as there is one', async () => {
		const away = [{ person: world.dorin.id, from: day(-1), to: day(1) }];
		await setLadder({ away });
		await report(world, world.ana, 'danger');
		expect(await told()).toEqual(['danger eszter']);
		await setLadder({ away: [...away, { person: world.eszter.id, from: day(0), to: day(0) }] });
		await report(world, world.ana, 'danger');
		expect(await told()).toEqual(['call dorin', 'danger eszter']);
	});

	test('in quiet hours danger is told, and what is urgent when they end', async () => {
		const quiet = { from: clock(-hours(1)), to: clock(hours(1)) };
		await setLadder({ shifts: [shift(world.cora)], quiet });
		const danger = await report(world, world.ana, 'danger');
		expect(await told()).toEqual(['danger cora']);
		expect(rungs(await ladderOf(danger))).toEqual(['duty 1']);
		const urgent = await report(world, world.ana, 'urgent');
		expect(await told()).toEqual([]);
		const { steps, next } = await ladderOf(urgent);
		expect(steps).toEqual([]);
		expect(clock(msOf(next) - Date.now())).toBe(quiet.to);
		await goOn(urgent);
		expect(await told()).toEqual([]);
		await setLadder({ shifts: [shift(world.cora)] });
		await goOn(urgent);
		expect(await told()).toEqual(['urgent cora']);
	});
});

describe('it ends', () => {
	let alert: Awaited<ReturnType<typeof report>>;
	beforeEach(async () => {
		await setLadder({ shifts: [shift(world.cora), shift(world.dorin)] });
		alert = await report(world, world.ana, 'danger');
	});
	const have = async (as: Someone) =>
		(
			await call(world.server, 'POST', `/api/heed/ladder/${(await ladderOf(alert)).id}/have`, {
				as,
				body: {}
			})
		).status;
	const isOver = async (by: string) => {
		const ladder = await ladderOf(alert);
		expect(ladder).toMatchObject({ next: '', by });
		expect(msOf(ladder.had)).toBeGreaterThan(Date.now() - minutes(1));
		expect(await box.waiting()).toEqual([]);
	};
	const goesOn = async () => expect(await ladderOf(alert)).toMatchObject({ had: '', by: '' });

	test('when somebody has it, said by the notification', async () => {
		const row = (await box.waiting()).find(({ user }) => user === world.dorin.id);
		expect((await box.token(row?.token, 'shown')).status).toBe(204);
		await goesOn();
		expect((await box.token(row?.token, 'have')).status).toBe(204);
		await isOver(world.dorin.id);
		// Whoever comes second changes nothing.
		const other = (await box.all('notices')).find(({ user }) => user === world.cora.id);
		expect((await box.token(other?.token, 'have')).status).toBe(404);
		await isOver(world.dorin.id);
		expect((await box.token(row?.token, 'have')).status).toBe(204);
		await box.cron();
		await look(alert);
	});

	test('not by the notification of who is no longer in the team', async () => {
		const rada = await w.join(world, `rada${id().slice(0, 5)}`);
		const membership = w.aMembership(world, rada, 'expert');
		await w.mustBe(200, create(world.server, world.eszter, 'memberships', membership));
		await box.register(rada);
		await setLadder({ shifts: [shift(rada)] });
		alert = await report(world, world.ana, 'danger');
		const row = (await box.waiting()).find(({ user, urgent }) => user === rada.id && urgent);
		await w.mustBe(200, update(world.server, world.eszter, 'memberships', membership.id, { ended: w.NOW }));
		expect((await box.token(row?.token, 'have')).status).toBe(404);
		await goesOn();
	});

	test('when somebody says so in the app: whom it concerns, and nobody else', async () => {
		for (const who of [world.ana, world.bartek, world.frieda, above.olga, above.piotr, above.radu])
			expect(await have(who), who.account.login).toBe(404);
		await goesOn();
		expect(await have(world.dorin)).toBe(204);
		await isOver(world.dorin.id);
		// Whoever comes second is told so, and whoever says it again is not.
		expect(await have(world.eszter)).toBe(404);
		expect(await have(world.dorin)).toBe(204);
		await isOver(world.dorin.id);
	});

	test('by the team above once that was told, and not before', async () => {
		await setLadder({ points: [world.eszter.id] });
		alert = await report(world, world.eszter, 'danger');
		expect((await ladderOf(alert)).above).toBe(above.team);
		expect(await have(above.radu)).toBe(204);
		expect(await ladderOf(alert)).toMatchObject({ by: above.radu.id });
	});

	test('by the team above that was told, also where a nearer one could be reached since', async () => {
		const between = (await box.all('areas')).find((row) => row.id === world.founding.area.id)?.parent;
		const near = { id: id(), name: 'Near', area: between, locale: 'pl', open: false, idle: {} };
		await w.mustBe(200, create(world.server, operator, 'teams', { ...near, invite: id() + id() }));
		const nora = await w.join(world, `nora${id().slice(0, 5)}`);
		const seat = w.aMembership({ team: near.id }, nora, 'coordinator');
		await w.mustBe(200, create(world.server, operator, 'memberships', seat));
		await setLadder({ points: [world.eszter.id] });
		alert = await report(world, world.eszter, 'danger');
		expect((await ladderOf(alert)).above).toBe(above.team);
		await box.register(nora);
		await box.empty('notices');
		await goOn(alert);
		expect((await ladderOf(alert)).above).toBe(above.team);
		expect(await have(above.radu)).toBe(204);
		await w.mustBe(200, update(world.server, operator, 'memberships', seat.id, { ended: w.NOW }));
	});

	test('when the case is taken, or given to somebody, by one of the team', async () => {
		await say(world, world.ana, alert, 'take');
		await goesOn();
		await say(world, world.cora, alert, 'message');
		await goesOn();
		await say(world, world.cora, alert, 'take');
		await box.empty('notices');
		await isOver(world.cora.id);

		alert = await report(world, world.ana, 'danger');
		await say(world, world.eszter, alert, 'assign');
		expect(await ladderOf(alert)).toMatchObject({ next: '', by: world.eszter.id });
	});

	test('not by whoever wrote it, and is of the police of the same team', async () => {
		alert = await report(world, world.dorin, 'danger');
		await box.empty('notices');
		expect(await have(world.dorin)).toBe(404);
		await goesOn();
	});

	test('when the case is over, and then nobody has it', async () => {
		const move = (phase: string) =>
			w.mustBe(200, update(world.server, world.cora, 'cases', alert.kase.id, { phase }));
		await move('intake');
		await goesOn();
		await move('closed');
		const ladder = await ladderOf(alert);
		expect(ladder).toMatchObject({ next: '', had: '', by: '' });
		expect(msOf(ladder.over)).toBeGreaterThan(Date.now() - minutes(1));
		expect(await box.waiting()).toEqual([]);
		expect(await have(world.dorin)).toBe(404);
		expect(await ladderOf(alert)).toMatchObject({ had: '', by: '' });
	});
});

describe('the pull', () => {
	test('shows it to who works there, to who holds a key, to whom it has reached, and says by whom to the team', async () => {
		await setLadder({ shifts: [shift(world.dorin)] });
		const alert = await report(world, world.ana, 'danger');
		const seen = async () => {
			const all: Record<string, unknown> = {};
			for (const who of [
				world.ana,
				world.bartek,
				world.cora,
				world.dorin,
				world.eszter,
				world.frieda,
				above.olga,
				above.piotr
			]) {
				const rows = (await pullAll(world.server, who)).rows.ladders ?? [];
				for (const row of rows) expect(Ladder.parse(row)).toEqual(row);
				const mine = rows.find((row) => row.case === alert.kase.id);
				if (mine) all[nameOf(who.id)] = 'by' in mine ? mine.by : 'nobody said';
			}
			return all;
		};
		expect(await seen()).toEqual({ ana: 'nobody said', cora: '', dorin: '', eszter: '' });
		const { id: ladder } = await ladderOf(alert);
		await w.mustBe(
			204,
			call(world.server, 'POST', `/api/heed/ladder/${ladder}/have`, { as: world.dorin, body: {} })
		);
		const { dorin } = world;
		expect(await seen()).toEqual({ ana: 'nobody said', cora: dorin.id, dorin: dorin.id, eszter: dorin.id });
		await box.patch('ladders', ladder, { above: above.team });
		expect(await seen()).toMatchObject({ olga: dorin.id });
		expect(await seen()).not.toHaveProperty('piotr');
	});

	test('shows it to nobody who was told and has left since', async () => {
		const sorin = await w.join(world, `sorin${id().slice(0, 5)}`);
		const membership = w.aMembership(world, sorin, 'police');
		await w.mustBe(200, create(world.server, world.eszter, 'memberships', membership));
		await setLadder({ shifts: [shift(sorin)] });
		const alert = await report(world, world.ana, 'danger');
		const seen = async (who: Someone) =>
			((await pullAll(world.server, who)).rows.ladders ?? []).map((row) => row.case);
		expect(await seen(sorin)).toEqual([alert.kase.id]);
		await w.mustBe(200, update(world.server, world.eszter, 'memberships', membership.id, { ended: w.NOW }));
		expect(await seen(await w.signIn(world.server, sorin.account))).toEqual([]);
	});

	test('shows who is on call to members alone', async () => {
		await report(world, world.ana, 'soon');
		const ladder = { ...USUAL, shifts: [shift(world.cora)], quiet: null };
		await setLadder(ladder);
		for (const [who, shown] of [
			[world.cora, true],
			[world.dorin, true],
			[world.frieda, true],
			[world.eszter, true],
			[world.ana, false]
		] as const) {
			const team = (await pullAll(world.server, who)).rows.teams?.find((row) => row.id === world.team);
			expect(team?.ladder, nameOf(who.id)).toEqual(shown ? { ...ladder, zone: 'Europe/Berlin' } : null);
		}
		const { body } = await call(world.server, 'GET', '/api/heed/facts');
		expect(JSON.stringify(body)).not.toContain(world.cora.id);
	});
});

describe('what a team sets', () => {
	const set = (as: Someone, ladder: unknown) => update(world.server, as, 'teams', world.team, { ladder });
	const person = () => world.cora.id;
	const base = { ...USUAL, zone: 'Europe/Bucharest' };
	const hoursOf = (from: string, to: string) => ({ from, to });
	const GOOD = (): Record<string, unknown>[] => [
		USUAL,
		base,
		{
			...base,
			shifts: [
				{ person: person(), deputy: world.dorin.id, days: [1, 7], hours: hoursOf('22:00', '06:00') },
				{ person: world.dorin.id, deputy: '', days: [3], hours: hoursOf('08:00', '08:00') }
			],
			away: [{ person: person(), from: '2026-12-24', to: '2027-01-02' }],
			quiet: hoursOf('22:00', '07:00'),
			points: [world.dorin.id, world.eszter.id],
			minutes: { danger: [1, 2, 10_080], urgent: [60, 60, 60] }
		}
	];
	const BAD = (): unknown[] => {
		const shifts = (more: Record<string, unknown>) => ({
			...base,
			shifts: [{ person: person(), deputy: '', days: [1], hours: ALWAYS, ...more }]
		});
		const away = (more: Record<string, unknown>) => ({
			...base,
			away: [{ person: person(), from: '2026-12-24', to: '2026-12-24', ...more }]
		});
		return [
			{},
			[],
			7,
			'ladder',
			{ ...base, zone: '' },
			{ ...base, zone: undefined },
			{ ...base, zone: 'Europe/Warsaw; DROP' },
			{ ...base, quiet: undefined },
			{ ...base, quiet: hoursOf('25:00', '06:00') },
			{ ...base, points: ['x'] },
			{ ...base, points: undefined },
			{ ...base, points: Array.from({ length: 41 }, person) },
			{ ...base, shifts: Array.from({ length: 61 }, () => shifts({}).shifts[0]) },
			{ ...base, minutes: {} },
			{ ...base, minutes: { danger: [5, 5], urgent: [60, 60, 60] } },
			{ ...base, minutes: { danger: [5, 5, 5, 5], urgent: [60, 60, 60] } },
			{ ...base, minutes: { danger: [0, 5, 5], urgent: [60, 60, 60] } },
			{ ...base, minutes: { danger: [5, 5.5, 5], urgent: [60, 60, 60] } },
			{ ...base, minutes: { danger: [5, 5, 10_081], urgent: [60, 60, 60] } },
			shifts({ person: '' }),
			shifts({ deputy: undefined }),
			shifts({ deputy: 'x' }),
			shifts({ days: [] }),
			shifts({ days: [0] }),
			shifts({ days: [8] }),
			shifts({ days: [1.5] }),
			shifts({ days: [1, 2, 3, 4, 5, 6, 7, 1] }),
			shifts({ hours: hoursOf('8:00', '16:00') }),
			shifts({ hours: null }),
			away({ person: 7 }),
			away({ from: '2026-13-24' }),
			away({ to: '24.12.2026' }),
			away({ to: undefined })
		];
	};

	test('gets the same verdict from the app and the server, and comes back as it was', async () => {
		for (const [ladder, verdict] of [
			...GOOD().map((one) => [one, true] as const),
			...BAD().map((one) => [one, false] as const)
		]) {
			expect(TeamLadder.safeParse(ladder).success, JSON.stringify(ladder)).toBe(verdict);
			const { status, body } = await set(world.eszter, ladder);
			expect(status, JSON.stringify(ladder)).toBe(verdict ? 200 : 400);
			if (!verdict) expect(body.data.ladder?.code).toBe('validation_invalid_ladder');
			const team = (await pullAll(world.server, world.cora)).rows.teams?.find((row) => row.id === world.team);
			if (verdict) expect(team?.ladder).toEqual(JSON.parse(JSON.stringify(ladder)));
		}
		// The last good one is still there, and nothing is set where somebody says so.
		expect((await set(world.eszter, null)).status).toBe(200);
	});

	test('is for a coordinator to set', async () => {
		for (const who of [world.ana, world.bartek, world.cora, world.dorin, world.frieda, above.radu])
			expect((await set(who, base)).status, who.account.login).toBe(404);
	});

	test('names nobody who is not in the team, and no zone that there is not', async () => {
		for (const ladder of [
			{ ...base, points: [world.bartek.id] },
			{ ...base, points: [id()] },
			{ ...base, shifts: [shift(world.ana)] },
			{ ...base, shifts: [shift(world.cora, { deputy: above.olga.id })] },
			{ ...base, away: [{ person: world.bartek.id, from: '2026-12-24', to: '2026-12-24' }] },
			{ ...base, zone: 'Europe/Warschau' }
		])
			expect((await set(world.eszter, ladder)).status, JSON.stringify(ladder)).toBe(400);
	});
});

/** Beside the real hooks one that asks the server who would be on call at another time. */
test('the server reckons shifts over midnight, days away, and clocks that change', async () => {
	const hooksDir = await mkdtemp(join(tmpdir(), 'heed-hooks-'));
	await cp(fileURLToPath(new URL('../../pb_hooks', import.meta.url)), hooksDir, { recursive: true });
	await writeFile(
		join(hooksDir, 'clock.pb.js'),
		`routerAdd('POST', '/api/clock', (e) => {
			const { ladder, now } = e.requestInfo().body;
			const hours = require(\`\${__hooks}/lib/hours.js\`);
			const on = require(\`\${__hooks}/lib/rota.js\`).onDuty(ladder, now, () => true);
			return e.json(200, { on, after: hours.afterQuiet(ladder.quiet, ladder.zone, now) });
		});`
	);
	expect(await readFile(join(hooksDir, 'ladder.pb.js'), 'utf8')).toContain('cronAdd');
	const server = await startServer({ hooksDir });
	try {
		const [cora, dorin] = ['cora00000000000', 'dorin0000000000'];
		const at = async (now: string, ladder: object) =>
			(
				await w.mustBe(
					200,
					call(server, 'POST', '/api/clock', {
						body: { ladder: { ...USUAL, ...ladder }, now: Date.parse(now) }
					})
				)
			).body as unknown as { on: string[]; after: number };
		const of = (person: string, days: number[], from: string, to: string) => ({
			...{ person, deputy: '', days, hours: { from, to } }
		});
		const nights = { zone: 'Europe/Bucharest', shifts: [of(cora, [5], '22:00', '06:00')] };
		// 2026-11-20 is a Friday; Bucharest is two hours ahead.
		for (const [now, on] of [
			['2026-11-20T19:59Z', []],
			['2026-11-20T20:00Z', [cora]],
			['2026-11-21T03:59Z', [cora]],
			['2026-11-21T04:00Z', []],
			['2026-11-20T02:00Z', []],
			['2026-11-21T21:00Z', []]
		] as const)
			expect((await at(now, nights)).on, now).toEqual(on);
		const away = [{ person: cora, from: '2026-11-20', to: '2026-11-20' }];
		expect((await at('2026-11-20T21:00Z', { ...nights, away })).on).toEqual([]);
		// The day away ends at midnight by the team's clock.
		expect((await at('2026-11-20T22:00Z', { ...nights, away })).on).toEqual([cora]);
		const sunday = { zone: 'Europe/Budapest', shifts: [of(dorin, [7], '20:00', '08:00')] };
		expect((await at('2026-11-16T06:30Z', sunday)).on).toEqual([dorin]);
		const office = { zone: 'Europe/Warsaw', shifts: [of(cora, [1, 2, 3, 4, 5], '08:00', '16:00')] };
		expect((await at('2026-07-13T06:00Z', office)).on).toEqual([cora]);
		expect((await at('2026-11-16T06:00Z', office)).on).toEqual([]);

		const quiet = (from: string, to: string, zone = 'Europe/Berlin') => ({ zone, quiet: { from, to } });
		for (const [now, ladder, after] of [
			['2026-11-16T20:59:30Z', quiet('22:00', '07:00'), '2026-11-16T20:59:30Z'],
			['2026-11-16T21:00:30Z', quiet('22:00', '07:00'), '2026-11-17T06:00:00Z'],
			['2026-11-17T05:59:59Z', quiet('22:00', '07:00'), '2026-11-17T06:00:00Z'],
			['2026-11-17T06:00:00Z', quiet('22:00', '07:00'), '2026-11-17T06:00:00Z'],
			['2026-11-16T12:30:00Z', quiet('13:00', '15:00'), '2026-11-16T14:00:00Z'],
			// Over the nights in which clocks go forward and back.
			['2027-03-27T22:00:00Z', quiet('22:00', '07:00'), '2027-03-28T05:00:00Z'],
			['2026-10-24T21:00:00Z', quiet('22:00', '07:00'), '2026-10-25T06:00:00Z'],
			// That time does not come in this night: it is over when the clock would show it.
			['2027-03-27T22:00:00Z', quiet('22:00', '02:30'), '2027-03-28T01:30:00Z'],
			['2026-04-04T11:00:00Z', quiet('21:00', '08:00', 'Australia/Sydney'), '2026-04-04T22:00:00Z'],
			['2026-11-16T12:30:00Z', quiet('13:00', '13:00'), '2026-11-16T12:30:00Z']
		] as const)
			expect(new Date((await at(now, ladder)).after), `${now} ${JSON.stringify(ladder)}`).toEqual(
				new Date(after)
			);
	} finally {
		await server.stop();
		await rm(hooksDir, { recursive: true });
	}
});
