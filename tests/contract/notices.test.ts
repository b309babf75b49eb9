import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { plainAddress } from '../../src/courier/address';
import { lightOf } from '../../src/lib/domain/hearing';
import {
	Lease,
	Leased,
	LeaseAnswer,
	MyNotices,
	NewDevice,
	Points,
	Wishes
} from '../../src/lib/domain/notice';
import { Facts } from '../../src/lib/domain/records';
import { LIGHTS } from '../lights';
import { startServer } from '../server';
import {
	aDevice,
	anAlertOf,
	aSubscription,
	fromNow,
	hours,
	minutes,
	msOf,
	outbox,
	PUSH_ENV,
	report,
	say,
	until,
	type Outbox
} from './outbox';
import * as w from './world';
import { call, create, id, update, type Someone, type World } from './world';

let world: World;
let operator: Someone;
let box: Outbox;
beforeAll(async () => {
	world = await w.makeWorld({ env: PUSH_ENV });
	operator = await w.anOperator(world.server);
	box = outbox(world, operator);
});
afterAll(() => world.server.stop());
beforeEach(async () => box.empty('notices', 'devices', 'wishes', 'ladders'));

const PEOPLE = ['ana', 'bartek', 'cora', 'dorin', 'eszter', 'frieda'] as const;
const nameOf = (user: unknown): string => PEOPLE.find((name) => world[name].id === user) ?? String(user);

/** Everybody has one device; nothing has been told yet. */
async function everybodyListens(): Promise<void> {
	for (const name of PEOPLE) await box.register(world[name]);
	await box.empty('notices');
}

/** Who is told what, by what lies in the outbox. */
const told = async (): Promise<Record<string, string[]>> => {
	const by: Record<string, string[]> = {};
	for (const { kind, user } of await box.waiting()) (by[String(kind)] ??= []).push(nameOf(user));
	return Object.fromEntries(Object.entries(by).map(([kind, names]) => [kind, names.sort()]));
};

describe('whom a cause tells', () => {
	beforeEach(everybodyListens);

	test('an alert without haste: experts and coordinators, and nobody else', async () => {
		const { kase } = await report(world, world.ana, 'soon');
		expect(await told()).toEqual({ alert: ['cora', 'eszter'] });
		const [row] = await box.waiting();
		expect(row).toMatchObject({ case: kase.id, tag: `alert-${kase.id}`, urgent: false });
	});

	test('an alert by an expert tells the others', async () => {
		await report(world, world.cora, 'calm');
		expect(await told()).toEqual({ alert: ['eszter'] });
	});

	test('nothing where the batch fails, whatever of it came before', async () => {
		const { requests, key } = anAlertOf(world, world.ana, 'danger', world.circle.police);
		const again = w.created('grants', w.aGrant(world.eszter, key.id, { via: world.circle.members }));
		const failed = await w.batch(world.server, world.ana, [...requests, again]);
		expect(failed.status).toBe(400);
		expect(await box.all('notices')).toEqual([]);
		expect(await box.all('ladders')).toEqual([]);
	});

	test('the police, when a part of a case is opened to them', async () => {
		await report(world, world.ana, 'soon', world.circle.police);
		expect(await told()).toEqual({ alert: ['cora', 'eszter'], police: ['dorin'] });
	});

	test('the police once: a new key that takes an open one’s place opens nothing', async () => {
		const alert = await report(world, world.ana, 'soon', world.circle.police);
		await box.empty('notices');
		const next = w.aKey(world, world.ana, alert.kase.id, 'reporter', alert.key.id);
		await w.mustBe(
			200,
			w.batch(world.server, world.ana, [
				w.created('keys', next),
				w.created('grants', w.aGrant(world.ana, next.id, { user: world.ana.id })),
				w.created('grants', w.aGrant(world.ana, next.id, { via: world.circle.police }))
			])
		);
		expect(await told()).toEqual({});
	});

	test('the police again, when they are let in again after they were not', async () => {
		const alert = await report(world, world.ana, 'soon', world.circle.police);
		const next = w.aKey(world, world.ana, alert.kase.id, 'reporter', alert.key.id);
		await w.mustBe(
			200,
			w.batch(world.server, world.ana, [
				w.created('keys', next),
				w.created('grants', w.aGrant(world.ana, next.id, { user: world.ana.id })),
				w.created('entries', w.anEntry(world.ana, alert.kase.id, next.id))
			])
		);
		await box.empty('notices');
		const grant = w.aGrant(world.ana, next.id, { via: world.circle.police });
		await w.mustBe(200, create(world.server, world.ana, 'grants', grant));
		expect(await told()).toEqual({ police: ['dorin'] });
	});

	test('who asked for advice has written: everybody who might take it, and who has it where somebody does', async () => {
		const alert = await report(world, world.ana, 'soon');
		await box.empty('notices');
		await say(world, world.ana, alert, 'message');
		expect(await told()).toEqual({ message: ['cora', 'eszter'] });
		await box.empty('notices');
		await w.mustBe(200, update(world.server, world.cora, 'cases', alert.kase.id, { owner: world.cora.id }));
		await say(world, world.ana, alert, 'ask');
		expect(await told()).toEqual({ message: ['cora'] });
	});

	test('what comes along with an alert is no message', async () => {
		const alert = await report(world, world.ana, 'soon');
		await box.empty('notices');
		for (const kind of ['names', 'opening', 'alert']) await say(world, world.ana, alert, kind);
		expect(await told()).toEqual({});
	});

	test('who asked for advice: that somebody has opened it, and anything else from the team', async () => {
		const alert = await report(world, world.ana, 'soon');
		await box.empty('notices');
		await say(world, world.cora, alert, 'seen');
		expect(await told()).toEqual({ seen: ['ana'] });
		await say(world, world.cora, alert, 'advice');
		expect(await told()).toEqual({ seen: ['ana'], answer: ['ana'] });
	});

	test('nobody, of what the team says among itself', async () => {
		const alert = await report(world, world.ana, 'soon');
		const key = w.aKey(world, world.cora, alert.kase.id, 'team');
		await w.mustBe(200, create(world.server, world.cora, 'keys', key));
		const grant = w.aGrant(world.cora, key.id, { user: world.cora.id });
		await w.mustBe(200, create(world.server, world.cora, 'grants', grant));
		await box.empty('notices');
		await say(world, world.cora, { kase: alert.kase, key }, 'message');
		expect(await told()).toEqual({});
	});

	test('each device of a person, and a second word before the first has gone is the same one', async () => {
		await box.register(world.ana);
		const alert = await report(world, world.ana, 'soon');
		await box.empty('notices');
		await say(world, world.cora, alert, 'message');
		await say(world, world.cora, alert, 'message');
		expect(await box.waiting(world.ana)).toHaveLength(2);
		const { leased } = await box.lease(id());
		expect(leased).toHaveLength(2);
		await say(world, world.cora, alert, 'message');
		expect(await box.waiting(world.ana)).toHaveLength(4);
	});

	test('what waits already is of use for as long as the last word that it stands for', async () => {
		const alert = await report(world, world.ana, 'soon');
		await box.empty('notices');
		await say(world, world.cora, alert, 'message');
		const [row] = await box.waiting(world.ana);
		await box.patch('notices', String(row?.id), { ends: fromNow(minutes(1)) });
		await say(world, world.cora, alert, 'message');
		const [same, ...more] = await box.waiting(world.ana);
		expect(more).toEqual([]);
		expect(same?.id).toBe(row?.id);
		expect(msOf(same?.ends)).toBeGreaterThan(Date.now() + hours(47));
	});
});

describe('whoever has left a team', () => {
	const waits = async (who: Someone) => (await box.waiting(who)).map(({ kind }) => String(kind)).sort();

	test('is told nothing more of it, by push or by letter, but of their own cases, and of other teams', async () => {
		const rada = await w.join(world, `rada${id().slice(0, 5)}`);
		const roles = ['expert', 'coordinator'].map((role) => w.aMembership(world, rada, role));
		for (const one of roles) await w.mustBe(200, create(world.server, world.eszter, 'memberships', one));
		const grant = w.aGrant(world.eszter, world.circle.members, { user: rada.id });
		await w.mustBe(200, create(world.server, world.eszter, 'grants', grant));
		await box.register(rada);
		await box.mail(rada);
		for (const who of [world.cora, world.eszter]) await box.register(who);
		await box.empty('notices');
		const own = await report(world, rada, 'soon');
		await say(world, world.cora, own, 'seen');
		await say(world, world.cora, own, 'message');
		for (const urgency of ['soon', 'danger']) await report(world, world.ana, urgency);
		const [other] = await box.waiting(rada);
		const elsewhere = { id: id(), token: `${id()}${id()}xx`, team: id(), tag: 'alert-elsewhere' };
		await w.mustBe(
			200,
			create(world.server, operator, 'notices', { ...other, ...elsewhere, kind: 'alert', state: 'waiting' })
		);
		const ofOwn = ['answer', 'answer', 'seen', 'seen'];
		const all = [...ofOwn, 'alert', 'alert', 'alert', 'danger', 'danger'].sort();
		expect(await waits(rada)).toEqual(all);
		const cora = await waits(world.cora);

		const leave = (nth: number) =>
			w.mustBe(
				200,
				update(world.server, world.eszter, 'memberships', roles[nth]?.id ?? '', { ended: w.NOW })
			);
		// Who is still there by another membership is still told.
		await leave(0);
		expect(await waits(rada)).toEqual(all);
		// What is on its way is not sent again.
		const courier = id();
		const { leased } = await box.lease(courier);
		await leave(1);
		expect(await waits(rada)).toEqual(['alert', ...ofOwn].sort());
		expect(await waits(world.cora)).toEqual(cora);
		const danger = leased.find(({ nudge: { kind, person } }) => kind === 'danger' && person === rada.id);
		await box.settle(courier, { id: danger?.nudge.id, did: 'wait', seconds: 0, why: 'timeout' });
		expect((await box.all('notices')).find((row) => row.id === danger?.nudge.id)).toMatchObject({
			...{ state: 'late', why: 'left' }
		});
	});
});

describe('wishes', () => {
	test('a kind that is switched off is not told, by push and by e-mail each', async () => {
		await box.register(world.cora);
		await box.mail(world.cora);
		await box.empty('notices');
		await box.wish(world.cora, { noPush: ['alert'] });
		await report(world, world.ana, 'soon');
		expect(await box.waiting(world.cora)).toMatchObject([{ kind: 'alert', device: '' }]);
		await box.empty('notices');
		await box.wish(world.cora, { noPush: ['alert'], noMail: ['alert'] });
		await report(world, world.ana, 'soon');
		expect(await box.waiting(world.cora)).toEqual([]);
	});

	test('danger cannot be switched off', async () => {
		for (const kind of ['danger', 'urgent', 'call', 'above', 'test'])
			expect((await box.wish(world.cora, { noPush: [kind] })).status).toBe(400);
	});

	/** The time of the day there, `ms` from now. */
	const clock = (zone: string, ms: number) =>
		new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' }).format(
			Date.now() + ms
		);

	test.for(['Europe/Warsaw', 'Europe/Bucharest', 'Australia/Sydney', 'America/New_York', 'Asia/Kathmandu'])(
		'in quiet hours what can wait waits until they end, by the clock in %s',
		async (zone) => {
			await box.register(world.cora);
			await box.empty('notices');
			// Twelve hours each way: over some midnight anyway.
			const quiet = { from: clock(zone, -hours(11)), to: clock(zone, hours(11)) };
			await w.mustBe(204, box.wish(world.cora, { quiet, zone }));
			await report(world, world.ana, 'soon');
			const [row] = await box.waiting(world.cora);
			expect(clock(zone, msOf(row?.due) - Date.now())).toBe(quiet.to);
			expect(msOf(row?.due)).toBeGreaterThan(Date.now() + hours(10));
			expect(msOf(row?.due)).toBeLessThan(Date.now() + hours(12));
			expect((await box.lease(id())).leased).toEqual([]);

			await report(world, world.ana, 'danger');
			const pressing = (await box.waiting(world.cora)).filter(({ urgent }) => urgent);
			for (const one of pressing) expect(msOf(one.due)).toBeLessThanOrEqual(Date.now());
		}
	);

	test('outside of them nothing waits, and from a time to the same one is no time', async () => {
		await box.register(world.cora);
		const zone = 'Europe/Warsaw';
		for (const quiet of [
			{ from: clock(zone, hours(2)), to: clock(zone, hours(4)) },
			{ from: clock(zone, hours(2)), to: clock(zone, -hours(2)) },
			{ from: clock(zone, 0), to: clock(zone, 0) }
		]) {
			await box.empty('notices');
			await w.mustBe(204, box.wish(world.cora, { quiet, zone }));
			await report(world, world.ana, 'soon');
			const [row] = await box.waiting(world.cora);
			expect(msOf(row?.due), JSON.stringify(quiet)).toBeLessThanOrEqual(Date.now());
		}
	});

	const GOOD: unknown[] = [
		{ noPush: [], noMail: [], quiet: null, zone: 'UTC' },
		{
			noPush: ['police', 'alert', 'message', 'seen', 'answer'],
			noMail: ['seen'],
			quiet: { from: '22:00', to: '06:30' },
			zone: 'America/Argentina/Buenos_Aires'
		}
	];
	const BASE = GOOD[0] as object;
	const BAD: unknown[] = [
		{},
		{ ...BASE, noPush: ['danger'] },
		{ ...BASE, noPush: ['seen', 'seen', 'seen', 'seen', 'seen', 'seen'] },
		{ ...BASE, noPush: 'seen' },
		{ ...BASE, noMail: undefined },
		{ ...BASE, quiet: undefined },
		{ ...BASE, quiet: {} },
		{ ...BASE, quiet: { from: '24:00', to: '06:00' } },
		{ ...BASE, quiet: { from: '22:60', to: '06:00' } },
		{ ...BASE, quiet: { from: '2:00', to: '06:00' } },
		{ ...BASE, quiet: { from: '22:00' } },
		{ ...BASE, zone: '' },
		{ ...BASE, zone: 'Europe/Warsaw\n' },
		{ ...BASE, zone: "Europe/Warsaw'" },
		{ ...BASE, zone: '../etc/passwd' },
		{ ...BASE, zone: 7 }
	];
	test('get the same verdict from the app and the server', async () => {
		const put = (body: unknown) =>
			call(world.server, 'PUT', '/api/heed/notices/wishes', { as: world.cora, body });
		for (const [wishes, verdict] of [
			...GOOD.map((one) => [one, true] as const),
			...BAD.map((one) => [one, false] as const)
		]) {
			expect(Wishes.safeParse(wishes).success, JSON.stringify(wishes)).toBe(verdict);
			expect((await put(wishes)).status, JSON.stringify(wishes)).toBe(verdict ? 204 : 400);
			if (!verdict) continue;
			const { body } = await call(world.server, 'GET', '/api/heed/notices/mine', { as: world.cora });
			expect(body.wishes).toEqual(wishes);
		}
	});

	test('of a zone that is none are refused', async () => {
		for (const zone of ['Europe/Warschau', 'Mars/Base', 'europe/warsaw'])
			expect((await box.wish(world.cora, { zone })).status, zone).toBe(400);
	});
});

describe('e-mail', () => {
	test('goes to nobody before the address was confirmed', async () => {
		const put = { as: world.cora, body: { address: 'cora@heed.invalid' } };
		await w.mustBe(204, call(world.server, 'PUT', '/api/heed/notices/mail', put));
		const { leased } = await box.lease(id());
		expect(leased).toMatchObject([
			{
				nudge: { kind: 'confirm', case: '', person: world.cora.id },
				by: { mail: { to: 'cora@heed.invalid', locale: 'en', counts: { confirm: 1 } } }
			}
		]);
		await report(world, world.ana, 'danger');
		expect((await box.waiting(world.cora)).filter(({ kind }) => kind !== 'confirm')).toEqual([]);

		const code = leased[0]?.nudge.token;
		const confirm = (body: unknown) => call(world.server, 'POST', '/api/heed/notices/confirm', { body });
		for (const wrong of [{}, { code: '' }, { code: 'x'.repeat(32) }, { code: ['%'] }])
			expect((await confirm(wrong)).status).toBe(404);
		expect((await confirm({ code })).status).toBe(204);
		expect((await confirm({ code })).status).toBe(404);
		const { body } = await call(world.server, 'GET', '/api/heed/notices/mine', { as: world.cora });
		expect(body.mail).toEqual({ address: 'cora@heed.invalid', confirmed: true, trouble: '' });
	});

	test('is not written to an address that was taken back, nor confirms another one', async () => {
		const put = (address: string) =>
			w.mustBe(
				204,
				call(world.server, 'PUT', '/api/heed/notices/mail', { as: world.cora, body: { address } })
			);
		await put('old@heed.invalid');
		await put('new@heed.invalid');
		const { leased } = await box.lease(id());
		expect(leased.map(({ by }) => by)).toMatchObject([{ mail: { to: 'new@heed.invalid' } }]);
		await put('');
		expect((await box.lease(id())).leased).toEqual([]);
		const { body } = await call(world.server, 'GET', '/api/heed/notices/mine', { as: world.cora });
		expect(body.mail).toEqual({ address: '', confirmed: false, trouble: '' });
		const code = leased[0]?.nudge.token;
		expect((await call(world.server, 'POST', '/api/heed/notices/confirm', { body: { code } })).status).toBe(
			404
		);
	});

	test('is asked for five times a day, and to one mailbox', async () => {
		const put = (as: Someone, address: string) =>
			call(world.server, 'PUT', '/api/heed/notices/mail', { as, body: { address } });
		for (let nth = 0; nth < 5; nth++)
			expect((await put(world.cora, `c${nth}@heed.invalid`)).status).toBe(204);
		expect((await put(world.cora, 'c6@heed.invalid')).status).toBe(429);
		expect((await put(world.cora, '')).status).toBe(204);
		for (const address of [
			'a',
			'a@b',
			'a@b.c',
			'a b@heed.invalid',
			'a@heed.invalid, b@heed.invalid',
			'a@heed.invalid\r\nBcc: b@heed.invalid',
			'<a@heed.invalid>',
			'a@@heed.invalid',
			'\u0000a@heed.invalid',
			`${'a'.repeat(250)}@heed.invalid`,
			7
		])
			expect((await put(world.dorin, address as string)).status, String(address)).toBe(400);
	});

	const longest = `a@${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(60)}.${'e'.repeat(60)}.${'f'.repeat(5)}.hu`;
	const ADDRESSES: readonly string[] = [
		'cora@heed.invalid',
		'Cora@Heed.Invalid',
		"o'brien+heed_1@sub-1.example.co.uk",
		'!#$%&*+/=?^`{|}~-@example.org',
		'a@1.example.org',
		'a@b-c--d.example.e5',
		`${'a'.repeat(64)}@example.org`,
		`a@${'b'.repeat(63)}.org`,
		longest
	];
	const NO_ADDRESSES: readonly string[] = [
		...['a', '@', 'a@', '@heed.invalid', 'a@b', 'a@b.c', 'a@.b.org', 'a@b..org', 'a@b.org.', 'a@b.1org'],
		...['a@10.0.0.1', 'a@[10.0.0.1]', 'a@-b.org', 'a@b-.org', 'a@b_c.org', 'a@b.org-', 'a@b.c%6f'],
		...['.a@b.org', 'a.@b.org', 'a..b@b.org', 'a@@b.org', 'a@b@c.org', '"a b"@b.org', 'a(b)@c.org'],
		...['a b@c.org', ' a@c.org', 'a@c.org ', 'a@c.org\n', 'a@c.org\r\nBcc: b@c.org', 'a@c.org,b@c.org'],
		...[
			'<a@c.org>',
			'A <a@c.org>',
			'a\u0000@c.org',
			'a\u007f@c.org',
			'a\u00a0@c.org',
			'ä@c.org',
			'a@c.org;b'
		],
		...['a@b\u3002org', 'a@xn--a.org', 'a@\u200b.org', 'a\\@b.org', 'a:b@c.org'],
		`${'a'.repeat(65)}@example.org`,
		`a@${'b'.repeat(64)}.org`,
		`a${longest}`
	];
	test('goes to whom the courier can write, by the verdict of both', async () => {
		const put = async (address: string) => {
			await box.empty('notices', 'wishes');
			const body = { address };
			return (await call(world.server, 'PUT', '/api/heed/notices/mail', { as: world.dorin, body })).status;
		};
		for (const [addresses, isOne] of [
			[ADDRESSES, true],
			[NO_ADDRESSES, false]
		] as const)
			for (const address of addresses) {
				expect(plainAddress(address) !== '', address).toBe(isOne);
				expect(await put(address), address).toBe(isOne ? 204 : 400);
			}
		// The operator's own may be in other letters; of these the server can tell nothing.
		for (const address of ['a@müller.example', 'a@xn--mller-kva.example', 'a@XN--MLLER-KVA.example']) {
			expect(plainAddress(address)).toBe('a@xn--mller-kva.example');
			expect(await put(address), address).toBe(400);
		}
		// Signs that some take for a k and an s.
		for (const address of ['a@\u212a.example', 'a@\u017f.example']) expect(await put(address)).toBe(400);
	});

	test('behind a push that is pressing goes out after two minutes, and at once where there is no device', async () => {
		await box.register(world.cora);
		for (const who of [world.cora, world.dorin, world.eszter]) await box.mail(who);
		await box.empty('notices');
		await report(world, world.ana, 'danger');
		const at = Date.now();
		// Nobody is on call: the contact points are the police and the coordinators.
		const mails = (await box.waiting()).filter(({ device }) => device === '');
		expect(mails.map(({ user }) => nameOf(user)).sort()).toEqual(['dorin', 'eszter']);
		for (const { due } of mails) expect(msOf(due)).toBeLessThanOrEqual(at);

		await box.empty('notices', 'ladders');
		await box.register(world.eszter);
		await box.empty('notices');
		await report(world, world.ana, 'danger');
		const [push, mail] = await box.waiting(world.eszter);
		expect(push?.device).not.toBe('');
		expect(msOf(mail?.due) - msOf(push?.due)).toBe(minutes(2));
	});

	test('is spared where a push was shown meanwhile', async () => {
		await box.register(world.eszter);
		await box.mail(world.eszter);
		await box.empty('notices');
		await report(world, world.ana, 'danger');
		const [push, mail] = await box.waiting(world.eszter);
		await box.token(push?.token, 'shown');
		await box.patch('notices', mail?.id as string, { due: fromNow(-1000) });
		expect((await box.lease(id())).leased.map(({ nudge }) => nudge.id)).toEqual([push?.id]);
		expect((await box.all('notices')).find((row) => row.id === mail?.id)).toMatchObject({ state: 'spared' });
	});

	test('of what can wait is one letter, the next morning, and settled as one', async () => {
		await box.mail(world.cora);
		await box.empty('notices');
		await w.mustBe(204, box.wish(world.cora, { zone: 'Europe/Bucharest' }));
		const alert = await report(world, world.ana, 'soon');
		await report(world, world.ana, 'calm');
		await say(world, world.ana, alert, 'message');
		const rows = await box.waiting(world.cora);
		expect(rows).toHaveLength(3);
		for (const { due } of rows) {
			const clock = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Bucharest', timeStyle: 'short' });
			expect(clock.format(msOf(due))).toBe('08:00');
			expect(msOf(due) - Date.now()).toBeLessThanOrEqual(hours(25));
		}
		expect((await box.lease(id())).leased).toEqual([]);
		for (const row of rows) await box.patch('notices', row.id as string, { due: fromNow(-1000) });

		const courier = id();
		const [first, ...more] = (await box.lease(courier)).leased;
		expect(more).toEqual([]);
		expect(first?.by).toEqual({
			mail: { to: 'cora@heed.invalid', locale: 'en', counts: { alert: 2, message: 1 } }
		});
		expect((await box.lease(id())).leased).toEqual([]);
		await box.settle(courier, { id: first?.nudge.id, did: 'wait', seconds: 0, why: '421' });
		expect(await box.waiting(world.cora)).toHaveLength(3);
		for (const row of rows) await box.patch('notices', row.id as string, { due: fromNow(-1000) });
		const [again] = (await box.lease(courier)).leased;
		await box.settle(courier, { id: again?.nudge.id, did: 'sent' });
		expect(await box.waiting(world.cora)).toEqual([]);
		expect((await box.all('notices')).map(({ state }) => state)).toEqual(['sent', 'sent', 'sent']);
	});

	test('that no server takes for long is late for what is of no use any more, and waits on with the rest', async () => {
		await box.mail(world.cora);
		await box.empty('notices');
		await report(world, world.ana, 'soon');
		await report(world, world.ana, 'calm');
		for (const row of await box.waiting(world.cora))
			await box.patch('notices', String(row.id), { due: fromNow(-1000) });
		const courier = id();
		const [letter] = (await box.lease(courier)).leased;
		await box.patch('notices', String(letter?.nudge.id), { ends: fromNow(minutes(1)) });
		await box.settle(courier, { id: letter?.nudge.id, did: 'wait', seconds: 3600, why: 'mail_unreachable' });
		const states = (await box.all('notices')).map((row) => [row.id === letter?.nudge.id, row.state]);
		expect(states.sort()).toEqual([
			[false, 'waiting'],
			[true, 'late']
		]);
	});

	test('that is refused for good is said beside the address until a letter is taken there, or it is given anew', async () => {
		const address = 'dorin@heed.invalid';
		const put = (address: string) =>
			w.mustBe(
				204,
				call(world.server, 'PUT', '/api/heed/notices/mail', { as: world.dorin, body: { address } })
			);
		const get = async (as: Someone, path: string) =>
			(await call(world.server, 'GET', `/api/heed/notices/${path}`, { as })).body;
		const mailOf = async (who: Someone) => MyNotices.parse(await get(who, 'mine')).mail;
		const lights = async () => Points.parse(await get(world.dorin, `points/${world.team}`));
		const courier = id();
		/** What becomes of the next letter to Dorin, of whatever it tells. */
		const post = async (did: Record<string, unknown>, kind = 'red') => {
			if (kind === 'red') {
				const row = { id: id(), kind, user: world.dorin.id, tag: `red-${id()}`, token: `${id()}${id()}xx` };
				const times = { due: fromNow(-1000), ends: fromNow(hours(1)), state: 'waiting' };
				await w.mustBe(200, create(world.server, operator, 'notices', { ...row, ...times }));
			}
			const letter = (await box.lease(courier)).leased.find(({ nudge }) => nudge.kind === kind);
			await box.settle(courier, { id: letter?.nudge.id, ...did });
			await box.empty('notices');
		};
		const refused = { did: 'kept', why: 'mail_550' };
		await box.mail(world.eszter);

		await put(address);
		await post(refused, 'confirm');
		expect(await mailOf(world.dorin)).toEqual({ address, confirmed: false, trouble: 'mail_550' });
		await put('d@heed.invalid');
		expect(await mailOf(world.dorin)).toMatchObject({ address: 'd@heed.invalid', trouble: '' });

		await box.mail(world.dorin, address);
		for (const [did, trouble] of [
			[{ did: 'wait', seconds: 0, why: 'mail_450' }, ''],
			[refused, 'mail_550'],
			[{ did: 'wait', seconds: 0, why: 'mail_450' }, 'mail_550'],
			[{ did: 'sent' }, ''],
			[refused, 'mail_550']
		] as const) {
			await post(did);
			expect(await mailOf(world.dorin)).toEqual({ address, confirmed: true, trouble });
			expect(await lights()).toMatchObject([{ mail: trouble === '' }]);
		}
		expect(await mailOf(world.eszter)).toMatchObject({ confirmed: true, trouble: '' });
		// The same address once more: it is asked anew whether it is right.
		await put(address);
		expect(await mailOf(world.dorin)).toEqual({ address, confirmed: false, trouble: '' });
	});

	test('can be sent to an address that others have named without opening the letter, a day later', async () => {
		const address = 'shared@heed.invalid';
		const put = async (as: Someone) =>
			(await call(world.server, 'PUT', '/api/heed/notices/mail', { as, body: { address } })).status;
		for (const who of [world.ana, world.bartek, world.dorin, world.eszter, world.frieda])
			expect(await put(who)).toBe(204);
		expect(await put(world.cora)).toBe(429);
		// As if the day were over: no letter was asked for within it.
		await box.empty('notices');
		expect(await put(world.cora)).toBe(204);
	});
});

describe('the courier', () => {
	const courier = (path: string, body: unknown, secret?: string) =>
		call(world.server, 'POST', `/api/heed/courier/${path}`, {
			body,
			...(secret !== undefined && { headers: { 'X-Heed-Courier': secret } })
		});

	test('is nobody without the secret', async () => {
		await box.register(world.ana);
		const lease = { by: id(), most: 1, urgent: false, without: [] };
		for (const secret of [undefined, '', 'courier-secret-for-test', `courier-secret-for-tests `])
			for (const [path, body] of [
				['lease', lease],
				['settle', { by: id(), settled: [] }]
			] as const) {
				if (secret?.trim() === 'courier-secret-for-tests') continue;
				expect((await courier(path, body, secret)).status, path).toBe(403);
			}
		expect((await courier('lease', lease, 'courier-secret-for-tests')).status).toBe(200);
	});

	test('is refused what has another shape', async () => {
		const secret = 'courier-secret-for-tests';
		const whole = { by: id(), most: 1, urgent: true, without: ['fcm.googleapis.com', ''] };
		const others: unknown[] = [
			{},
			...['by', 'most', 'urgent', 'without'].map((field) => ({ ...whole, [field]: undefined })),
			...[0, 101, 1.5].map((most) => ({ ...whole, most })),
			{ ...whole, by: 'x' },
			...['', [7], ['x'.repeat(254)], Array.from({ length: 11 }, () => 'x')].map((without) => ({
				...whole,
				without
			}))
		];
		for (const [body, status] of [[whole, 200] as const, ...others.map((one) => [one, 400] as const)]) {
			expect(Lease.safeParse(body).success, JSON.stringify(body)).toBe(status === 200);
			expect((await courier('lease', body, secret)).status, JSON.stringify(body)).toBe(status);
		}
		for (const one of [
			{ id: id(), did: 'lost' },
			{ id: 'x', did: 'sent' },
			{ id: id(), did: 'gone' },
			{ id: id(), did: 'kept', why: 'x'.repeat(41) },
			{ id: id(), did: 'wait', why: '', seconds: -1 },
			{ id: id(), did: 'wait', why: '', seconds: 86_401 },
			{ id: id(), did: 'wait', why: '' }
		])
			expect(
				(await courier('settle', { by: id(), settled: [one] }, secret)).status,
				JSON.stringify(one)
			).toBe(400);
	});

	const someAlerts = async (count: number) => {
		await box.register(world.cora);
		await box.empty('notices');
		for (let nth = 0; nth < count; nth++) await report(world, world.ana, 'soon');
	};

	test('is handed what the contract says', async () => {
		const device = await box.register(world.cora);
		await box.mail(world.cora);
		await box.empty('notices');
		const { kase } = await report(world, world.ana, 'soon');
		const answer = LeaseAnswer.parse(await box.lease(id()));
		expect(answer.leased).toHaveLength(1);
		expect(answer.leased[0]).toEqual(Leased.parse(answer.leased[0]));
		expect(answer.leased[0]).toMatchObject({
			nudge: { v: 1, kind: 'alert', tag: `alert-${kase.id}`, case: kase.id, person: world.cora.id },
			by: { push: device.subscription }
		});
		expect(answer.leased[0]?.seconds).toBeGreaterThan(3600);
		// The letter of the morning, or the lease, whichever is over first.
		expect(answer.wait).toBeGreaterThan(50_000);
		expect(answer.wait).toBeLessThanOrEqual(60_000);
	});

	test('is told how long there is nothing to do, and that there is nothing', async () => {
		expect(await box.lease(id())).toEqual({ leased: [], wait: null });
		await someAlerts(1);
		const [row] = await box.waiting();
		await box.patch('notices', row?.id as string, { due: fromNow(20_000) });
		const { leased, wait } = await box.lease(id());
		expect(leased).toEqual([]);
		expect(wait).toBeGreaterThan(15_000);
		expect(wait).toBeLessThanOrEqual(20_000);
		expect(await box.lease(id(), { urgent: true })).toEqual({ leased: [], wait: null });
	});

	test('gets pressing ones first, and alone where it asks for these', async () => {
		await someAlerts(3);
		await box.register(world.eszter);
		await report(world, world.ana, 'danger');
		expect((await box.lease(id(), { most: 1 })).leased.map(({ nudge }) => nudge.kind)).toEqual(['danger']);
		await report(world, world.ana, 'danger');
		const { leased } = await box.lease(id(), { urgent: true });
		expect(leased.map(({ nudge }) => nudge.kind)).toEqual(['danger']);
		// The newest three alerts, and the test of a contact point’s device.
		expect((await box.lease(id())).leased.map(({ nudge }) => nudge.kind).sort()).toEqual([
			'alert',
			'alert',
			'alert',
			'test'
		]);
	});

	test('gets nothing that goes by a push service, or by the mail server, that it names', async () => {
		const at = (host: string) => ({
			subscription: { ...aSubscription(), endpoint: `https://${host}/${id()}` }
		});
		const hosts = ['push.heed.test', 'fcm.googleapis.com', 'web.push.apple.com'];
		for (const host of hosts) await box.register(world.eszter, at(host));
		await box.mail(world.eszter);
		await box.empty('notices');
		const leased = async (...without: string[]) => {
			await box.empty('notices', 'ladders');
			await report(world, world.ana, 'danger');
			// The letter is due at once, too.
			for (const { id, device } of await box.waiting())
				if (device === '') await box.patch('notices', String(id), { due: fromNow(-1000) });
			const both = [];
			for (const urgent of [true, false]) both.push(...(await box.lease(id(), { urgent, without })).leased);
			return both.map(({ by }) => ('push' in by ? new URL(by.push.endpoint).host : '')).sort();
		};
		expect(await leased()).toEqual(['', ...hosts].sort());
		expect(await leased('fcm.googleapis.com')).toEqual(['', 'push.heed.test', 'web.push.apple.com']);
		expect(await leased('')).toEqual([...hosts].sort());
		expect(await leased('', ...hosts)).toEqual([]);
		for (const other of ['googleapis.com', 'fcm.googleapis', 'push.heed.test/', '%', 'https:', "' OR 1=1 --"])
			expect(await leased(other), other).toEqual(['', ...hosts].sort());
	});

	test('shares with others: of several that ask at once none gets a row twice', async () => {
		await someAlerts(40);
		const couriers = Array.from({ length: 8 }, () => id());
		const answers = await Promise.all(couriers.map((by) => box.lease(by, { most: 7 })));
		const ids = answers.flatMap(({ leased }) => leased.map(({ nudge }) => nudge.id));
		expect(ids).toHaveLength(40);
		expect(new Set(ids).size).toBe(40);
	});

	test('that dies leaves its rows to the next one after a minute', async () => {
		await someAlerts(1);
		const [dead, next] = [id(), id()];
		const [first] = (await box.lease(dead)).leased;
		expect((await box.lease(next)).leased).toEqual([]);
		const [row] = await box.waiting();
		expect(msOf(row?.leased) - Date.now()).toBeGreaterThan(50_000);
		await box.patch('notices', row?.id as string, { leased: fromNow(-1) });
		expect((await box.lease(next)).leased.map(({ nudge }) => nudge)).toEqual([first?.nudge]);
		// The dead one was only slow: it settles nothing any more.
		await box.settle(dead, { id: first?.nudge.id, did: 'kept', why: 'late word' });
		expect(await box.waiting()).toMatchObject([{ by: next, why: '' }]);
		await box.settle(next, { id: first?.nudge.id, did: 'sent' });
		expect(await box.all('notices')).toMatchObject([{ state: 'sent' }]);
	});

	test('gets nothing that is of no use any more', async () => {
		await someAlerts(3);
		const rows = await box.waiting();
		for (const row of rows.slice(0, 2)) await box.patch('notices', row.id as string, { ends: fromNow(-1) });
		const { leased } = await box.lease(id(), { most: 1 });
		expect(leased.map(({ nudge }) => nudge.id)).toEqual([rows[2]?.id]);
		const states = (await box.all('notices')).map(({ state }) => state);
		expect(states).toEqual(['late', 'late', 'waiting']);
	});

	test('says that a device is gone, and it is; one that is in trouble stays', async () => {
		const device = await box.register(world.cora);
		await box.empty('notices');
		await report(world, world.ana, 'soon');
		const courier = id();
		const settle = async (outcome: object) => {
			const [one] = (await box.lease(courier)).leased;
			await box.settle(courier, { id: one?.nudge.id, ...outcome });
			return (await box.all('notices')).find((row) => row.id === one?.nudge.id);
		};
		const deviceOf = async () => (await box.all('devices')).find((row) => row.id === device.id);
		for (let nth = 0; nth < 4; nth++) {
			expect(await settle({ did: 'kept', why: '403 forbidden' })).toMatchObject({
				state: 'kept',
				why: '403 forbidden'
			});
			expect(await deviceOf()).toMatchObject({ trouble: '403 forbidden' });
			await report(world, world.ana, 'soon');
		}
		expect(await settle({ did: 'sent' })).toMatchObject({ state: 'sent' });
		expect(await deviceOf()).toMatchObject({ trouble: '' });

		await report(world, world.ana, 'soon');
		await report(world, world.ana, 'soon');
		const [one, other] = await box.waiting();
		await box.lease(courier, { most: 1 });
		await box.settle(courier, { id: one?.id, did: 'gone', why: '410' });
		expect(await deviceOf()).toBeUndefined();
		expect((await box.all('notices')).filter(({ id }) => id === other?.id)).toMatchObject([
			{ state: 'gone' }
		]);
	});

	test('waits as it was told, longer each time by itself, and no longer than it is of use', async () => {
		await someAlerts(1);
		const courier = id();
		const [row] = await box.waiting();
		const wait = async (seconds: number) => {
			await box.patch('notices', row?.id as string, { due: fromNow(-1000) });
			const { leased } = await box.lease(courier);
			expect(leased).toHaveLength(1);
			await box.settle(courier, { id: row?.id, did: 'wait', seconds, why: '503' });
			const [after] = await box.all('notices');
			return { state: after?.state, ms: msOf(after?.due) - Date.now() };
		};
		expect((await wait(120)).ms).toBeGreaterThan(119_000);
		const alone: number[] = [];
		for (let nth = 0; nth < 5; nth++) alone.push((await wait(0)).ms);
		for (const [nth, ms] of alone.entries()) {
			expect(ms).toBeGreaterThan(5000 * 2 ** (nth + 1) * 0.75 - 500);
			expect(ms).toBeLessThan(5000 * 2 ** (nth + 1) * 1.25);
		}
		await box.patch('notices', row?.id as string, { ends: fromNow(60_000) });
		expect(await wait(3600)).toMatchObject({ state: 'late' });
	});
});

describe('a device', () => {
	const put = (as: Someone, body: unknown) =>
		call(world.server, 'PUT', '/api/heed/notices/device', { as, body });

	test('is registered as the app says it, and not in another way', async () => {
		const good = aDevice();
		const bad: unknown[] = [
			{},
			{ ...good, id: 'x' },
			{ ...good, locale: 'fr' },
			{ ...good, system: 'toaster' },
			{ ...good, subscription: {} },
			{ ...good, subscription: { ...good.subscription, p256dh: 'B'.repeat(86) } },
			{ ...good, subscription: { ...good.subscription, auth: 'A'.repeat(23) } },
			{ ...good, subscription: { ...good.subscription, auth: `${'A'.repeat(22)}\n` } },
			{
				...good,
				subscription: { ...good.subscription, endpoint: `https://push.heed.test/${'x'.repeat(2000)}` }
			}
		];
		for (const [body, verdict] of [[good, true] as const, ...bad.map((one) => [one, false] as const)]) {
			expect(NewDevice.safeParse(body).success, JSON.stringify(body)).toBe(verdict);
			expect((await put(world.ana, body)).status, JSON.stringify(body)).toBe(verdict ? 204 : 400);
		}
	});

	test('is told of only where pushes go', async () => {
		for (const endpoint of [
			'http://push.heed.test/x',
			'https://push.heed.test:8443/x',
			'https://user@push.heed.test/x',
			'https://push.heed.test@127.0.0.1/x',
			'https://127.0.0.1/x',
			'https://[::1]/x',
			'https://localhost/x',
			'https://push.heed.test.evil.test/x',
			'https://evilpush.heed.test/x',
			'https://sub.push.heed.test/x',
			'https://push.heed.test',
			'https://push.heed.test./x',
			'https://PUSH.heed.test/x',
			'https://push.heed.test\\@evil.test/x',
			'https://push.heed.test#@evil.test/x',
			'https://push.heed.test/x y',
			'https://fcm.googleapis.com.evil.test/x',
			'https://push.services.mozilla.com/x',
			'https://xn--fcm.push.apple.com/x',
			'file:///etc/passwd',
			''
		]) {
			const body = aDevice({ subscription: { ...aSubscription(), endpoint } });
			const { status, body: answer } = await put(world.ana, body);
			expect(status, endpoint).toBe(400);
			if (endpoint) expect(JSON.stringify(answer)).not.toContain(endpoint);
		}
		expect(await box.all('devices')).toEqual([]);
		for (const endpoint of [
			'https://fcm.googleapis.com/fcm/send/c4:APA91b-_x',
			'https://updates.push.services.mozilla.com/wpush/v2/x',
			'https://web.push.apple.com/Qx',
			'https://wns2-par02p.notify.windows.com/w/?token=BQYAAAB%2bx%3d'
		]) {
			const body = aDevice({ subscription: { ...aSubscription(), endpoint } });
			expect((await put(world.ana, body)).status, endpoint).toBe(204);
		}
	});

	test('is somebody’s alone: who brings another subscription under its id does not take it', async () => {
		const device = await box.register(world.ana);
		expect((await put(world.bartek, { ...aDevice(), id: device.id })).status).toBe(409);
		expect(await box.all('devices')).toMatchObject([{ user: world.ana.id }]);
		for (const method of ['DELETE', 'POST'])
			expect(
				(
					await call(world.server, method, `/api/heed/notices/device/${device.id}`, {
						as: world.bartek,
						...(method === 'POST' && { body: {} })
					})
				).status
			).toBe(404);
	});

	test('of several people on one browser is one of each', async () => {
		const subscription = aSubscription();
		await box.register(world.ana, { subscription });
		await box.register(world.bartek, { subscription });
		expect((await box.all('devices')).map(({ user }) => nameOf(user))).toEqual(['ana', 'bartek']);
		const renewed = { ...subscription, subscription: aSubscription() };
		await w.mustBe(204, call(world.server, 'POST', '/api/heed/notices/renew', { body: renewed }));
		for (const row of await box.all('devices')) expect(row).toMatchObject(renewed.subscription);
	});

	test('of a person there are ten: the oldest one goes', async () => {
		const devices = [];
		for (let nth = 0; nth < 12; nth++) devices.push((await box.register(world.ana)).id);
		await box.register(world.bartek);
		const kept = (await box.all('devices')).filter(({ user }) => user === world.ana.id);
		expect(kept.map((row) => row.id).sort()).toEqual(devices.slice(2).sort());
	});

	test('is forgotten when its owner says so, and told nothing more', async () => {
		const device = await box.register(world.cora);
		await box.empty('notices');
		await report(world, world.ana, 'soon');
		const path = `/api/heed/notices/device/${device.id}`;
		expect((await call(world.server, 'DELETE', path, { as: world.cora })).status).toBe(204);
		expect(await box.all('devices')).toEqual([]);
		expect((await box.lease(id())).leased).toEqual([]);
	});

	test('of a contact point is tested at its start, and again after a day; of others when they ask', async () => {
		await box.register(world.ana);
		await box.register(world.cora);
		expect(await box.waiting()).toEqual([]);
		const device = await box.register(world.dorin);
		expect(await box.waiting()).toMatchObject([{ kind: 'test', user: world.dorin.id, device: device.id }]);
		await put(world.dorin, device);
		expect(await box.waiting()).toHaveLength(1);
		await box.empty('notices');
		await box.patch('devices', device.id, { asked: fromNow(-hours(25)) });
		await put(world.dorin, device);
		expect(await box.waiting()).toHaveLength(1);
	});

	test('is tested on demand, once a minute', async () => {
		const device = await box.register(world.ana);
		const ask = () =>
			call(world.server, 'POST', `/api/heed/notices/device/${device.id}`, { as: world.ana, body: {} });
		expect((await ask()).status).toBe(204);
		expect((await ask()).status).toBe(429);
		expect(await box.waiting()).toMatchObject([{ kind: 'test', device: device.id, case: '' }]);
		await box.patch('devices', device.id, { asked: fromNow(-minutes(2)) });
		expect((await ask()).status).toBe(204);
	});

	test('is tested each week, and a test that nobody saw is written about once', async () => {
		const device = await box.register(world.dorin);
		const ana = await box.register(world.ana);
		await box.mail(world.dorin);
		await box.empty('notices');
		for (const { id } of [device, ana])
			await box.patch('devices', id, { asked: fromNow(-hours(24 * 8)), heard: fromNow(-hours(24 * 7)) });
		await box.cron();
		await until(async () => (await box.waiting()).length > 0);
		expect(await box.waiting()).toMatchObject([{ kind: 'test', device: device.id }]);

		await box.patch('devices', device.id, { asked: fromNow(-minutes(14)) });
		await box.cron();
		await box.patch('devices', device.id, { asked: fromNow(-minutes(16)) });
		await box.cron();
		await until(async () => (await box.waiting()).some(({ kind }) => kind === 'red'));
		await box.cron();
		await box.empty('devices');
		await box.cron();
		await until(async () => (await box.all('notices')).length >= 2);
		const red = (await box.waiting()).filter(({ kind }) => kind === 'red');
		expect(red).toMatchObject([{ user: world.dorin.id, device: '' }]);
		expect((await box.lease(id())).leased.flatMap(({ by }) => ('mail' in by ? by.mail : []))).toEqual([
			{ to: 'dorin@heed.invalid', locale: 'en', counts: { red: 1 } }
		]);
	});

	test('that has heard, and whose pushes are taken no more, is written about before the next test', async () => {
		const device = await box.register(world.dorin);
		await box.mail(world.dorin);
		await box.token((await box.waiting(world.dorin))[0]?.token, 'shown');
		await box.empty('notices');
		const courier = id();
		await report(world, world.ana, 'danger');
		const [push] = (await box.lease(courier)).leased;
		await box.settle(courier, { id: push?.nudge.id, did: 'kept', why: 'http_403' });
		expect(await box.all('devices')).toMatchObject([{ id: device.id, trouble: 'http_403' }]);
		await box.cron();
		await until(async () => (await box.waiting()).some(({ kind }) => kind === 'red'));
		expect((await box.all('devices'))[0]?.chased).not.toBe('');
	});

	test('what is older than thirty days is no longer there', async () => {
		await box.register(world.cora);
		await box.empty('notices');
		await report(world, world.ana, 'soon');
		await report(world, world.ana, 'soon');
		const [old, young] = await box.waiting();
		const query = `UPDATE notices SET created = '${fromNow(-hours(24 * 31))}' WHERE id = '${String(old?.id)}'`;
		await w.mustBe(200, call(world.server, 'POST', '/api/sql', { as: operator, body: { query } }));
		await box.cron();
		await until(async () => (await box.all('notices')).length === 1);
		expect(await box.all('notices')).toMatchObject([{ id: young?.id }]);
	});

	test('has its light beside the name: for its owner, and for the coordinator', async () => {
		const points = async (as: Someone) =>
			call(world.server, 'GET', `/api/heed/notices/points/${world.team}`, { as });
		for (const who of [world.ana, world.bartek]) expect((await points(who)).status).toBe(404);
		const lights = async (as: Someone) =>
			Object.fromEntries(
				Points.parse((await points(as)).body).map(({ user, light }) => [nameOf(user), light])
			);
		expect(await lights(world.cora)).toEqual({});
		expect(await lights(world.dorin)).toEqual({ dorin: 'none' });
		const device = await box.register(world.dorin);
		expect(await lights(world.eszter)).toEqual({ dorin: 'waiting', eszter: 'none' });
		const [row] = await box.waiting(world.dorin);
		await box.token(row?.token, 'shown');
		expect(await lights(world.eszter)).toEqual({ dorin: 'green', eszter: 'none' });
		await box.patch('devices', device.id, { trouble: '403' });
		expect(await lights(world.dorin)).toEqual({ dorin: 'red' });
		await box.patch('devices', device.id, { trouble: '', asked: fromNow(-minutes(16)), heard: '' });
		expect(await lights(world.dorin)).toEqual({ dorin: 'red' });
		// One that hears is enough.
		const other = await box.register(world.dorin);
		await box.patch('devices', other.id, { heard: fromNow(1000) });
		expect(await lights(world.dorin)).toEqual({ dorin: 'green' });
	});

	test('has the light that the app gives it, and the brightest of several', async () => {
		const light = async () => {
			const path = `/api/heed/notices/points/${world.team}`;
			const { body } = await call(world.server, 'GET', path, { as: world.dorin });
			return Points.parse(body).map(({ light }) => light);
		};
		const device = await box.register(world.dorin);
		const set = async (id: string, { asked, heard, trouble = '' }: (typeof LIGHTS)[number]) => {
			// One moment for both: what was heard as it was asked for was heard.
			const now = Date.now();
			const ago = (ago: number | null) =>
				ago === null ? '' : new Date(now - minutes(ago)).toISOString().replace('T', ' ');
			const times = { asked: ago(asked), heard: ago(heard), trouble };
			await box.patch('devices', id, times);
			const mine = await call(world.server, 'GET', '/api/heed/notices/mine', { as: world.dorin });
			return MyNotices.parse(mine.body).devices.map((one) => lightOf(one, Date.now()));
		};
		for (const one of LIGHTS) {
			expect(await set(device.id, one), JSON.stringify(one)).toEqual([one.light]);
			expect(await light(), JSON.stringify(one)).toEqual([one.light]);
		}
		const other = await box.register(world.dorin);
		const order = (['none', 'red', 'waiting', 'green'] as const).flatMap((light) =>
			LIGHTS.filter((one) => one.light === light).slice(0, 1)
		);
		for (const [nth, dim] of order.entries())
			for (const bright of order.slice(nth)) {
				await set(device.id, dim);
				await set(other.id, bright);
				expect(await light(), `${dim.light} ${bright.light}`).toEqual([bright.light]);
			}
	});

	test('what is one’s own is shown to oneself, and says who may not switch everything off', async () => {
		await box.register(world.dorin);
		await box.mail(world.dorin);
		for (const [who, duty] of [
			[world.dorin, true],
			[world.eszter, true],
			[world.cora, false],
			[world.ana, false]
		] as const) {
			const { body } = await call(world.server, 'GET', '/api/heed/notices/mine', { as: who });
			const own = MyNotices.parse(body);
			expect(own).toEqual(body);
			expect(own.duty).toBe(duty);
			expect(own.devices).toHaveLength(who === world.dorin ? 1 : 0);
			expect(JSON.stringify(body)).not.toContain('push.heed.test');
		}
	});
});

describe('a token', () => {
	test('says what was shown on its device, and nothing of another', async () => {
		const device = await box.register(world.dorin);
		const other = await box.register(world.eszter);
		const [row] = await box.waiting(world.dorin);
		expect((await box.token(row?.token, 'shown')).status).toBe(204);
		const devices = await box.all('devices');
		expect(devices.find(({ id }) => id === device.id)?.heard).not.toBe('');
		expect(devices.find(({ id }) => id === other.id)?.heard).toBe('');
		expect((await box.all('notices')).filter(({ shown }) => shown !== '')).toMatchObject([{ id: row?.id }]);
	});

	test('that nobody knows is answered the same where it was shown, and never that somebody has it', async () => {
		await box.register(world.dorin);
		for (const token of ['x'.repeat(32), '', '%', "' OR 1=1 --"]) {
			expect((await box.token(token, 'shown')).status, token).toBe(204);
			expect((await box.token(token, 'have')).status, token).toBe(404);
		}
		for (const body of [
			{},
			{ token: 7, did: 'shown' },
			{ token: 'x', did: 'sent' },
			{ token: ['x'], did: 'have' }
		])
			expect((await call(world.server, 'POST', '/api/heed/notices/token', { body })).status).toBe(400);
		for (const { heard } of await box.all('devices')) expect(heard).toBe('');
		expect((await box.all('notices')).filter(({ shown }) => shown !== '')).toEqual([]);
	});

	test('is no session, and a letter’s is no door', async () => {
		await box.register(world.dorin);
		const [row] = await box.waiting(world.dorin);
		for (const [method, path] of [
			['GET', '/api/heed/pull'],
			['GET', '/api/heed/notices/mine'],
			['GET', `/api/collections/users/records/${world.dorin.id}`]
		] as const) {
			const as = { ...world.dorin, token: row?.token as string };
			expect([401, 404], path).toContain((await call(world.server, method, path, { as })).status);
		}
		const body = { code: row?.token };
		expect((await call(world.server, 'POST', '/api/heed/notices/confirm', { body })).status).toBe(404);

		await call(world.server, 'PUT', '/api/heed/notices/mail', {
			as: world.dorin,
			body: { address: 'd@heed.invalid' }
		});
		const letter = (await box.waiting(world.dorin)).find(({ device }) => device === '');
		await box.token(letter?.token, 'shown');
		expect((await box.all('notices')).filter(({ shown }) => shown !== '')).toEqual([]);
	});
});

describe('‘I have it’, said by a token', () => {
	test('is told as it counts: not where somebody else had it before, nor where there is nothing to have', async () => {
		for (const who of [world.dorin, world.eszter]) await box.register(who);
		const tests = await box.waiting(world.dorin);
		expect((await box.token(tests[0]?.token, 'have')).status).toBe(404);
		await report(world, world.ana, 'danger');
		const tokens = (await box.waiting()).filter(({ urgent }) => urgent).map(({ token }) => token);
		expect(tokens).toHaveLength(2);
		const said = [];
		for (const token of [...tokens, ...tokens]) said.push((await box.token(token, 'have')).status);
		expect(said).toEqual([204, 404, 204, 404]);
	});

	test('is not told as heard where the right to say so is gone, though it was shown there', async () => {
		const rada = await w.join(world, `rada${id().slice(0, 5)}`);
		const membership = w.aMembership(world, rada, 'police');
		await w.mustBe(200, create(world.server, world.eszter, 'memberships', membership));
		await box.register(rada);
		await report(world, world.ana, 'danger');
		const row = (await box.waiting(rada)).find(({ urgent }) => urgent);
		await w.mustBe(200, update(world.server, world.eszter, 'memberships', membership.id, { ended: w.NOW }));
		expect((await box.token(row?.token, 'have')).status).toBe(404);
		expect((await box.token(row?.token, 'shown')).status).toBe(204);
		expect((await box.all('ladders')).map(({ had }) => had)).toEqual(['']);
		expect((await box.all('notices')).find((one) => one.id === row?.id)?.shown).not.toBe('');
	});
});

describe('a renewed subscription', () => {
	const renew = (body: unknown) => call(world.server, 'POST', '/api/heed/notices/renew', { body });

	test('takes the old one’s place for whoever shows the old secret', async () => {
		const device = await box.register(world.dorin);
		const { endpoint, auth } = device.subscription;
		const subscription = aSubscription();
		const courier = id();
		const [leased] = (await box.lease(courier)).leased;
		expect((await renew({ endpoint, auth, subscription })).status).toBe(204);
		expect(await box.all('devices')).toMatchObject([
			{ id: device.id, user: world.dorin.id, ...subscription }
		]);
		// What was on its way to the old one goes to the new one, and what became of the old one is not said of it.
		await box.settle(courier, { id: leased?.nudge.id, did: 'gone', why: '410' });
		expect(await box.all('devices')).toHaveLength(1);
		// Not while the old one may still answer: one courier would take that for an answer of the new one.
		expect((await box.lease(courier)).leased).toEqual([]);
		await box.settle(courier, { id: leased?.nudge.id, did: 'gone', why: '410' });
		expect(await box.all('devices')).toHaveLength(1);
		await box.patch('notices', String(leased?.nudge.id), { leased: fromNow(-1000) });
		expect((await box.lease(courier)).leased).toMatchObject([
			{ nudge: leased?.nudge, by: { push: subscription } }
		]);
		expect((await renew({ endpoint, auth, subscription })).status).toBe(404);
	});

	test('is refused with a wrong secret, and to nowhere', async () => {
		const device = await box.register(world.dorin);
		const { endpoint, auth } = device.subscription;
		const subscription = aSubscription();
		for (const [wrong, status] of [
			[{ endpoint, auth: aSubscription().auth, subscription }, 404],
			[{ endpoint, auth: '', subscription }, 404],
			[{ endpoint: aSubscription().endpoint, auth, subscription }, 404],
			[{ endpoint, auth: `${auth}x`, subscription }, 404],
			[{ endpoint, auth: auth.slice(1), subscription }, 404],
			[{ endpoint, auth, subscription: { ...subscription, endpoint: 'https://evil.test/x' } }, 400],
			[{ endpoint, auth, subscription: {} }, 400],
			[{ endpoint: { $ne: '' }, auth, subscription }, 400],
			[{ endpoint, auth: true, subscription }, 400]
		] as const)
			expect((await renew(wrong)).status, JSON.stringify(wrong)).toBe(status);
		expect(await box.all('devices')).toMatchObject([device.subscription]);
	});

	test('is not guessed for ever, and whoever guesses keeps nobody out who knows', async () => {
		const device = await box.register(world.dorin);
		const subscription = aSubscription();
		const wrong = { endpoint: aSubscription().endpoint, auth: aSubscription().auth, subscription };
		const answers = [];
		for (let nth = 0; nth < 70; nth++) answers.push((await renew(wrong)).status);
		expect(answers.at(-1)).toBe(429);
		const { endpoint, auth } = device.subscription;
		expect((await renew({ endpoint, auth, subscription })).status).toBe(204);
	});
});

test('which key pushes are signed with is known before sign-in', async () => {
	const { body } = await call(world.server, 'GET', '/api/heed/facts');
	expect(Facts.parse(body).push).toBe(PUSH_ENV.HEED_VAPID_PUBLIC);
});

test('what the server prints holds no endpoint, no token and no address', async () => {
	await box.register(world.dorin);
	const rows = await box.all('notices');
	for (const word of ['push.heed.test', '@heed.invalid', ...rows.map(({ token }) => String(token))])
		expect(world.server.logs()).not.toContain(word);
});

test.for([
	['PUT', '/api/heed/notices/device'],
	['PUT', '/api/heed/notices/wishes'],
	['PUT', '/api/heed/notices/mail'],
	['POST', '/api/heed/notices/token'],
	['POST', '/api/heed/notices/renew'],
	['POST', '/api/heed/notices/confirm']
] as const)('%s %s takes no flood', async ([method, path]) => {
	const body = { token: 'x'.repeat(20_000), did: 'shown' };
	expect([400, 413]).toContain((await call(world.server, method, path, { as: world.ana, body })).status);
});

/** Beside the real hooks one that keeps everybody else from writing until it is let go. */
test('whoever guesses tokens, codes and secrets waits for nobody who writes, and keeps nobody from it', async () => {
	const hooksDir = await mkdtemp(join(tmpdir(), 'heed-hooks-'));
	await cp(fileURLToPath(new URL('../../pb_hooks', import.meta.url)), hooksDir, { recursive: true });
	await writeFile(
		join(hooksDir, 'held.pb.js'),
		`routerAdd('POST', '/api/held', (e) => {
			$app.runInTransaction(() => {
				$app.store().set('held', true);
				while ($app.store().get('held')) sleep(10);
			});
			return e.noContent(204);
		});
		routerAdd('GET', '/api/held', (e) => e.json(200, { held: $app.store().get('held') === true }));
		routerAdd('DELETE', '/api/held', (e) => {
			$app.store().set('held', false);
			return e.noContent(204);
		});`
	);
	const server = await startServer({ hooksDir, env: PUSH_ENV, hooksPool: 8 });
	const code = 'x'.repeat(32);
	const { endpoint, auth } = aSubscription();
	try {
		const held = call(server, 'POST', '/api/held');
		await until(async () => (await call(server, 'GET', '/api/held')).body.held === true);
		const post = async (path: string, body: unknown) =>
			Promise.race([
				call(server, 'POST', `/api/heed/notices/${path}`, { body }).then(({ status }) => status),
				new Promise((resolve) => setTimeout(resolve, 5000, 'waits'))
			]);
		const answers = await Promise.all([
			post('token', { token: code, did: 'shown' }),
			post('token', { token: code, did: 'have' }),
			post('confirm', { code }),
			post('renew', { endpoint, auth, subscription: aSubscription() })
		]);
		await call(server, 'DELETE', '/api/held');
		await held;
		expect(answers).toEqual([204, 404, 404, 404]);
	} finally {
		await server.stop();
		await rm(hooksDir, { recursive: true });
	}
});
