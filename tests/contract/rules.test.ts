import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PLAIN } from '../../src/lib/domain/offered';
import { Facts, NAMELESS } from '../../src/lib/domain/records';
import * as w from './world';
import {
	batch,
	call,
	create,
	id,
	NOW,
	pullAll,
	report,
	sealed,
	signIn,
	signUpBody,
	update,
	upload,
	view,
	type World
} from './world';

let world: World;
beforeAll(async () => {
	world = await w.makeWorld();
});
afterAll(() => world.server.stop());

const LATER = '2999-12-31 23:59:59.000Z';
const PAST = '2020-01-01 00:00:00.000Z';

type Person = 'ana' | 'bartek' | 'cora' | 'dorin' | 'eszter' | 'frieda';
const ALL: Person[] = ['ana', 'bartek', 'cora', 'dorin', 'eszter', 'frieda'];
/** PocketBase says 400 to a create the rule refuses, 404 to an update or a view, 403 where there is no rule at all. */
const refused = [400, 403, 404];

async function allowsOnly(allowed: Person[], act: (person: Person) => Promise<w.Answer>) {
	const got: Record<string, boolean> = {};
	for (const person of ALL) {
		const { status } = await act(person);
		if (status !== 200 && !refused.includes(status)) throw new Error(`${person}: ${status}`);
		got[person] = status === 200;
	}
	expect(got).toEqual(Object.fromEntries(ALL.map((person) => [person, allowed.includes(person)])));
}

describe('nobody, signed in or not,', () => {
	const COLLECTIONS = [
		'users',
		'agencies',
		'areas',
		'teams',
		'memberships',
		'keys',
		'grants',
		'roll',
		'requests',
		'recoveries',
		'approvals',
		'audit',
		'cases',
		'entries',
		'blobs',
		'pieces',
		'devices',
		'notices',
		'wishes',
		'ladders',
		'counters',
		'instance',
		'_superusers',
		'_authOrigins',
		'_externalAuths',
		'_mfas',
		'_otps'
	];

	test.for(COLLECTIONS)('lists %s', async (collection) => {
		for (const as of [undefined, world.ana, world.cora, world.eszter]) {
			const { status, body } = await call(world.server, 'GET', `/api/collections/${collection}/records`, {
				as
			});
			expect(status === 403 || body.items?.length === 0, `${collection}: ${status}`).toBe(true);
		}
	});

	test('deletes anything', async () => {
		const { kase, key, own, entry } = await report(world, world.ana);
		for (const as of [world.ana, world.cora, world.eszter]) {
			for (const [collection, row] of [
				['cases', kase.id],
				['keys', key.id],
				['grants', own.id],
				['entries', entry.id],
				['users', as.id],
				['teams', world.team],
				['memberships', world.membership.cora],
				['keys', world.circle.members]
			] as const) {
				const path = `/api/collections/${collection}/records/${row}`;
				expect(refused).toContain((await call(world.server, 'DELETE', path, { as })).status);
			}
		}
	});

	test('makes teams, areas, agencies, recoveries, audits, what is told, counters or an instance', async () => {
		for (const collection of [
			...['teams', 'areas', 'agencies', 'recoveries', 'audit', 'counters', 'instance'],
			...['devices', 'notices', 'wishes', 'ladders']
		]) {
			for (const as of [undefined, world.cora, world.eszter]) {
				expect(refused).toContain(
					(await create(world.server, as, collection, { id: id(), name: 'x' })).status
				);
			}
		}
	});

	test('changes an entry', async () => {
		const { entry } = await report(world, world.ana);
		for (const as of [world.ana, world.cora, world.eszter]) {
			expect(refused).toContain(
				(await update(world.server, as, 'entries', entry.id, { kind: 'other' })).status
			);
		}
	});
});

describe('an account', () => {
	const signUp = (body: Record<string, unknown>) => create(world.server, undefined, 'users', body);
	const fresh = (login: string) => signUpBody(w.anAccount(login, world.recipient), world.invite);

	test('is made with an invitation', async () => {
		expect((await signUp(fresh('irena'))).status).toBe(200);
	});

	test('is not made without one', async () => {
		for (const invite of [undefined, '', 'x'.repeat(30), null, ['', world.invite + 'x'], true, '%']) {
			expect((await signUp({ ...fresh(`no-invite`), invite })).status).toBe(400);
		}
	});

	test('of a kind that does not exist is not made', async () => {
		for (const kind of [undefined, '', 'nameless']) {
			expect((await signUp({ ...fresh('kindless'), kind })).status).toBe(400);
		}
	});

	test('without a name needs no invitation, while one team that is open takes such alerts', async () => {
		const other = await anotherTeam();
		const coded = () =>
			signUpBody({ ...w.anAccount(`c${id()}`, world.recipient), kind: 'coded', name: NAMELESS });
		const mine = { open: true, coded: true };
		const set = (open: boolean, coded: boolean, theirs: { open: boolean; coded: boolean }) =>
			Promise.all([
				w.mustBe(200, update(world.server, operator, 'teams', world.team, { open, coded })),
				w.mustBe(200, update(world.server, operator, 'teams', other.team, theirs))
			]);

		expect((await signUp(coded())).status).toBe(200);
		for (const name of ['Eszter', '', '--', undefined]) {
			expect((await signUp({ ...coded(), name })).status).toBe(400);
		}
		for (const [open, takes, theirs] of [
			[true, false, { open: false, coded: true }],
			[false, true, { open: true, coded: false }],
			[false, false, { open: false, coded: false }]
		] as const) {
			await set(open, takes, theirs);
			expect((await signUp(coded())).status).toBe(400);
			expect((await signUp({ ...coded(), invite: world.invite })).status).toBe(400);
			expect((await signUp({ ...coded(), kind: 'named' })).status).toBe(400);
		}
		await set(false, false, mine);
		expect((await signUp(coded())).status).toBe(200);
		await set(true, true, { open: false, coded: false });
		for (const more of [{ email: 'a@example.org' }, { verified: true }]) {
			expect((await signUp({ ...coded(), ...more })).status).toBe(400);
		}
	});

	test('takes no e-mail and is not verified by itself', async () => {
		for (const more of [
			{ email: 'a@example.org' },
			{ verified: true },
			{ emailVisibility: true },
			{ email: '' }
		]) {
			expect((await signUp({ ...fresh('mailer'), ...more })).status).toBe(400);
		}
	});

	test('cannot take a login that is taken', async () => {
		const { status, body } = await signUp(fresh('ana'));
		expect(status).toBe(400);
		expect(body.data.login?.code).toBe('validation_not_unique');
	});

	test('is seen by its owner only', async () => {
		await allowsOnly(['ana'], (person) => view(world.server, world[person], 'users', world.ana.id));
		expect(refused).toContain((await view(world.server, undefined, 'users', world.ana.id)).status);
	});

	test('brings its wrapped identity to its owner at sign-in and refresh', async () => {
		const { body } = await call(world.server, 'POST', '/api/collections/users/auth-with-password', {
			body: { identity: 'ana', password: world.ana.account.auth }
		});
		expect(body.record.wrapped).toBe(world.ana.account.wrapped);
		const refreshed = await call(world.server, 'POST', '/api/collections/users/auth-refresh', {
			as: world.ana
		});
		expect(refreshed.body.record.wrapped).toBe(world.ana.account.wrapped);
	});

	test('changes its language, and only its own', async () => {
		await allowsOnly(['ana'], (person) =>
			update(world.server, world[person], 'users', world.ana.id, { locale: 'ro' })
		);
	});

	test('changes nothing else', async () => {
		for (const change of [
			{ login: 'ana2' },
			{ name: 'Anna' },
			{ recipient: await w.aRecipient() },
			{ verifier: w.aVerifier() },
			{ proof: w.aProof() },
			{ kind: 'coded' },
			{ wrapped: sealed() },
			{ email: 'a@example.org' },
			{ verified: true },
			{ password: w.password(), passwordConfirm: 'x', oldPassword: world.ana.account.auth }
		]) {
			expect((await update(world.server, world.ana, 'users', world.ana.id, change)).status).toBe(404);
		}
		await w.signIn(world.server, world.ana.account);
	});

	test('hears the same whether the login or the password is wrong', async () => {
		const tell = async (identity: string) => {
			const { status, body } = await call(world.server, 'POST', '/api/collections/users/auth-with-password', {
				body: { identity, password: w.password() }
			});
			return { status, body };
		};
		expect(await tell('ana')).toEqual(await tell('nobody-of-that-name'));
		expect((await tell('ana')).status).toBe(400);
	});

	test('cannot make the server write to an address', async () => {
		const path = '/api/collections/users/request-email-change';
		const body = { newEmail: 'somebody@example.org' };
		expect((await call(world.server, 'POST', path, { as: world.ana, body })).status).toBe(403);
	});

	test('offers no other way in than the password', async () => {
		const { body } = await call(world.server, 'GET', '/api/collections/users/auth-methods');
		expect(body.password).toMatchObject({ enabled: true, identityFields: ['login'] });
		expect([body.oauth2.enabled, body.mfa.enabled, body.otp.enabled]).toEqual([false, false, false]);
	});
});

describe('an agency', () => {
	test('is added by the coordinators of its team, and changed by nobody', async () => {
		const agency = () => ({ id: id(), team: world.team, name: 'Youth centre', sector: 'youth_work' });
		await allowsOnly(['eszter'], (person) => create(world.server, world[person], 'agencies', agency()));
		expect(refused).toContain((await create(world.server, undefined, 'agencies', agency())).status);
		const made = agency();
		await w.mustBe(200, create(world.server, world.eszter, 'agencies', made));
		expect(refused).toContain(
			(await update(world.server, world.eszter, 'agencies', made.id, { name: 'Renamed' })).status
		);
	});

	test('is not added to the team of others', async () => {
		const other = await anotherTeam();
		const agency = { id: id(), team: other.team, name: 'Ours now', sector: 'school' };
		expect((await create(world.server, world.eszter, 'agencies', agency)).status).toBe(400);
	});
});

describe('a team', () => {
	const set = (person: Person, change: Record<string, unknown>) =>
		update(world.server, world[person], 'teams', world.team, change);

	test('is opened, closed and told when to lock by its coordinators', async () => {
		await allowsOnly(['eszter'], (person) => set(person, { open: false }));
		await allowsOnly(['eszter'], (person) => set(person, { coded: false }));
		await allowsOnly(['eszter'], (person) => set(person, { idle: { police: 5 } }));
		await allowsOnly(['eszter'], (person) => set(person, { open: true, coded: true, idle: {} }));
		expect(refused).toContain(
			(await update(world.server, undefined, 'teams', world.team, { open: false })).status
		);
	});

	test('has its form made by its coordinators, and everybody reads it before signing in', async () => {
		const form = {
			lists: { type: { hidden: ['exit'], words: { own_a: { pl: 'Ustawka' } }, own: ['own_a'] } },
			first: { pl: 'Najpierw dyrekcja.' },
			ask: true
		};
		await allowsOnly(['eszter'], (person) => set(person, { form }));
		expect(refused).toContain((await update(world.server, undefined, 'teams', world.team, { form })).status);

		const facts = async () =>
			Facts.parse((await call(world.server, 'GET', '/api/heed/facts')).body).teams[0]?.form;
		expect(await facts()).toMatchObject(form);
		expect((await pullAll(world.server, world.cora)).rows.teams).toMatchObject([{ form }]);
		for (const wrong of [{ ask: 1 }, [], { first: { pl: 'x'.repeat(1001) } }])
			expect((await set('eszter', { form: wrong })).status).toBe(400);
		expect(await facts()).toMatchObject(form);
		await w.mustBe(200, set('eszter', { form: {} }));
		expect(await facts()).toEqual(PLAIN);
	});

	test('changes nothing else, and idle minutes stay minutes', async () => {
		for (const change of [
			{ name: 'Renamed' },
			{ locale: 'de' },
			{ area: id() },
			{ roll: 0 },
			{ 'roll+': 1 }
		]) {
			expect((await set('eszter', { open: true, ...change })).status, JSON.stringify(change)).toBe(404);
		}
		const hidden = { invite: 'x'.repeat(30), ticket: w.digestOf('mine') };
		await set('eszter', { open: true, ...hidden });
		const { body } = await view(world.server, operator, 'teams', world.team);
		expect([body.invite, body.ticket]).toEqual([world.invite, world.founding.recovery.ticket]);
		for (const idle of [null, [], { police: 0 }, { police: 1.5 }]) {
			expect((await set('eszter', { idle })).status).toBe(400);
		}
	});

	test('of others is left alone', async () => {
		const other = await anotherTeam();
		expect((await update(world.server, world.eszter, 'teams', other.team, { open: true })).status).toBe(404);
	});

	test('shows neither its invitation nor what the printed key is checked by', async () => {
		const { body } = await set('eszter', { open: true });
		expect(body).not.toHaveProperty('invite');
		expect(body).not.toHaveProperty('ticket');
	});
});

describe('a membership', () => {
	let gabor: w.Someone;
	let zoe: w.Someone;
	beforeAll(async () => {
		[gabor, zoe] = await Promise.all([w.join(world, 'gabor'), w.join(world, 'zoe')]);
	});
	const membership = (user: string, role = 'expert') => ({
		id: id(),
		team: world.team,
		user,
		agency: world.founding.agency.id,
		role,
		ended: ''
	});

	test('is given by a coordinator only', async () => {
		await allowsOnly(['eszter'], (person) =>
			create(world.server, world[person], 'memberships', membership(gabor.id, 'guest'))
		);
	});

	test('is not given in a team one does not coordinate, nor for an agency of another team', async () => {
		const other = await anotherTeam();
		expect(
			(
				await create(world.server, world.eszter, 'memberships', {
					...membership(world.eszter.id),
					team: other.team
				})
			).status
		).toBe(400);
		expect(
			(
				await create(world.server, world.eszter, 'memberships', {
					...membership(gabor.id),
					agency: other.agency
				})
			).status
		).toBe(400);
	});

	test('does not begin as ended', async () => {
		const body = { ...membership(gabor.id, 'guest'), ended: NOW };
		expect((await create(world.server, world.eszter, 'memberships', body)).status).toBe(400);
	});

	test('is seen by its person and by coordinators', async () => {
		await allowsOnly(['cora', 'eszter'], (person) =>
			view(world.server, world[person], 'memberships', world.membership.cora)
		);
	});

	test('is ended by a coordinator, once, and nothing else about it changes', async () => {
		const body = membership(gabor.id, 'guest');
		await create(world.server, world.eszter, 'memberships', body);
		const change = (as: w.Someone, what: Record<string, unknown>) =>
			update(world.server, as, 'memberships', body.id, what);

		expect((await change(world.eszter, { role: 'coordinator' })).status).toBe(404);
		expect((await change(world.eszter, { role: 'coordinator', ended: NOW })).status).toBe(404);
		expect((await change(world.eszter, { user: zoe.id, ended: NOW })).status).toBe(404);
		for (const person of ['ana', 'bartek', 'cora', 'dorin', 'frieda'] as const) {
			expect((await change(world[person], { ended: NOW })).status).toBe(404);
		}
		expect((await change(world.eszter, { ended: NOW })).status).toBe(200);
		for (const ended of ['', '2027-01-01 00:00:00.000Z']) {
			expect((await change(world.eszter, { ended })).status).toBe(404);
		}
		expect((await change(world.eszter, { until: LATER })).status).toBe(404);
	});

	test('gets, changes and loses its last moment by a coordinator, while it lasts', async () => {
		const body = { ...membership(gabor.id, 'guest'), until: LATER };
		await w.mustBe(200, create(world.server, world.eszter, 'memberships', body));
		const change = (as: w.Someone, what: Record<string, unknown>) =>
			update(world.server, as, 'memberships', body.id, what);

		await allowsOnly(['eszter'], (person) => change(world[person], { until: '' }));
		await allowsOnly(['eszter'], (person) => change(world[person], { until: LATER }));
		expect((await change(world.eszter, { until: LATER, role: 'expert' })).status).toBe(404);
		expect((await change(world.eszter, { until: '', user: zoe.id })).status).toBe(404);
		expect((await change(world.eszter, { until: '', ended: NOW })).status).toBe(404);
		expect((await change(world.eszter, { until: 'tomorrow' })).status).toBe(400);
		expect((await change(world.eszter, { until: PAST })).status).toBe(200);
		for (const until of [LATER, ''])
			expect((await change(world.eszter, { until })).status, 'too late').toBe(404);
		expect((await change(world.eszter, { ended: NOW })).status).toBe(200);
	});

	test('says what its person knows well: by the person alone, while it lasts, and with nothing else', async () => {
		const knows = { theme: ['hate'], strand: ['mixed'] };
		const { cora, dorin } = world.membership;
		await allowsOnly(['cora'], (person) =>
			update(world.server, world[person], 'memberships', cora, { knows })
		);
		await allowsOnly(['dorin'], (person) =>
			update(world.server, world[person], 'memberships', dorin, { knows })
		);
		for (const more of [{ role: 'coordinator' }, { until: LATER }, { ended: NOW }, { team: id() }])
			expect((await update(world.server, world.cora, 'memberships', cora, { knows, ...more })).status).toBe(
				404
			);
		const ended = { knows: {}, ended: NOW };
		expect((await update(world.server, world.eszter, 'memberships', cora, ended)).status).toBe(404);

		const body = membership(gabor.id, 'expert');
		const admit = (more: object) => create(world.server, world.eszter, 'memberships', { ...body, ...more });
		expect((await admit({ knows })).status).toBe(400);
		await w.mustBe(200, admit({ until: LATER }));
		gabor = await w.signIn(world.server, gabor.account);
		const say = () => update(world.server, gabor, 'memberships', body.id, { knows });
		expect((await say()).body.knows).toEqual(knows);
		await w.mustBe(200, update(world.server, world.eszter, 'memberships', body.id, { until: PAST }));
		expect((await say()).status).not.toBe(200);
	});

	test('whose last moment has passed coordinates, moves and admits no more, before anybody ends it', async () => {
		const body = { ...membership(zoe.id, 'coordinator'), until: LATER };
		await w.mustBe(200, create(world.server, world.eszter, 'memberships', body));
		const { kase } = await report(world, world.ana);
		const acts = () =>
			Promise.all([
				create(world.server, zoe, 'memberships', membership(gabor.id, 'guest')),
				update(world.server, zoe, 'cases', kase.id, { phase: 'intake' }),
				update(world.server, zoe, 'teams', world.team, { open: true }),
				create(
					world.server,
					world.eszter,
					'grants',
					w.aGrant(world.eszter, world.circle.members, { user: zoe.id })
				)
			]).then((answers) => answers.map(({ status }) => status));

		expect(await acts()).toEqual([200, 200, 200, 200]);
		await w.mustBe(200, update(world.server, world.eszter, 'memberships', body.id, { until: PAST }));
		expect(await acts()).toEqual([400, 404, 404, 400]);
	});

	test('that has ended no longer coordinates', async () => {
		const body = { ...membership(gabor.id, 'coordinator') };
		await create(world.server, world.eszter, 'memberships', body);
		gabor = await w.signIn(world.server, gabor.account);
		expect((await create(world.server, gabor, 'memberships', membership(zoe.id, 'guest'))).status).toBe(200);
		await update(world.server, world.eszter, 'memberships', body.id, { ended: NOW });
		gabor = await w.signIn(world.server, gabor.account);
		expect((await create(world.server, gabor, 'memberships', membership(zoe.id, 'guest'))).status).toBe(400);
	});
});

describe('a case', () => {
	test('is opened by anybody signed in', async () => {
		await allowsOnly(ALL, (person) => create(world.server, world[person], 'cases', w.aCase(world)));
	});

	test('is not opened without signing in', async () => {
		expect((await create(world.server, undefined, 'cases', w.aCase(world))).status).toBe(400);
	});

	test('begins as received and with nobody', async () => {
		for (const change of [{ phase: 'closed' }, { owner: world.ana.id }]) {
			expect((await create(world.server, world.ana, 'cases', { ...w.aCase(world), ...change })).status).toBe(
				400
			);
		}
	});

	test('is not opened with a team that takes no alerts, except by its members', async () => {
		const other = await anotherTeam();
		const lena = await w.join(world, 'lena');
		expect((await create(world.server, lena, 'cases', { ...w.aCase(world), team: other.team })).status).toBe(
			400
		);
		await create(world.server, operator, 'memberships', {
			id: id(),
			team: other.team,
			user: lena.id,
			agency: '',
			role: 'expert',
			ended: ''
		});
		expect((await create(world.server, lena, 'cases', { ...w.aCase(world), team: other.team })).status).toBe(
			200
		);
	});

	test('is opened by somebody without an account while its team takes such alerts', async () => {
		const nobody = await w.comeWithoutAccount(world);
		const alert = () => create(world.server, nobody, 'cases', w.aCase(world));
		const set = (change: Record<string, boolean>) =>
			w.mustBe(200, update(world.server, operator, 'teams', world.team, change));
		expect((await alert()).status).toBe(200);
		for (const change of [
			{ open: true, coded: false },
			{ open: false, coded: true },
			{ open: false, coded: false }
		]) {
			await set(change);
			expect((await alert()).status, JSON.stringify(change)).toBe(400);
		}
		await set({ open: true, coded: false });
		expect((await create(world.server, world.ana, 'cases', w.aCase(world))).status).toBe(200);
		await set({ open: true, coded: true });
		expect((await alert()).status).toBe(200);
	});

	test('never tells who reported it, and cannot be reported in the name of another', async () => {
		const body = { ...w.aCase(world), reporter: world.bartek.id };
		const made = await create(world.server, world.ana, 'cases', body);
		expect(made.body).not.toHaveProperty('reporter');
		expect((await view(world.server, world.ana, 'cases', body.id)).body).not.toHaveProperty('reporter');
		expect(
			(await update(world.server, world.cora, 'cases', body.id, { phase: 'intake' })).body
		).not.toHaveProperty('reporter');

		expect((await view(world.server, operator, 'cases', body.id)).body.reporter).toBe(world.ana.id);
		expect(
			(await create(world.server, world.bartek, 'keys', w.aKey(world, world.bartek, body.id))).status
		).toBe(400);
		expect(
			(await update(world.server, world.cora, 'cases', body.id, { reporter: world.cora.id })).status
		).toBe(200);
		expect((await view(world.server, operator, 'cases', body.id)).body.reporter).toBe(world.ana.id);
	});

	test('is seen by its reporter and by those who hold a key of it', async () => {
		const { kase } = await report(world, world.ana);
		await allowsOnly(['ana', 'cora', 'eszter'], (person) =>
			view(world.server, world[person], 'cases', kase.id)
		);
	});

	test('is moved by experts and coordinators of its team', async () => {
		const { kase } = await report(world, world.ana);
		await allowsOnly(['cora', 'eszter'], (person) =>
			update(world.server, world[person], 'cases', kase.id, {
				phase: 'intake',
				urgency: 'urgent',
				owner: world.cora.id
			})
		);
	});

	test('is moved by police or a guest only when they hold a key of it', async () => {
		const alert = await report(world, world.ana);
		await create(
			world.server,
			world.ana,
			'grants',
			w.aGrant(world.ana, alert.key.id, { via: world.circle.police })
		);
		await create(
			world.server,
			world.ana,
			'grants',
			w.aGrant(world.ana, alert.key.id, { user: world.frieda.id })
		);
		await create(
			world.server,
			world.ana,
			'grants',
			w.aGrant(world.ana, alert.key.id, { user: world.bartek.id })
		);
		await allowsOnly(['cora', 'dorin', 'eszter', 'frieda'], (person) =>
			update(world.server, world[person], 'cases', alert.kase.id, { phase: 'assessed' })
		);
	});

	test('keeps its team, theme, type and place', async () => {
		const { kase } = await report(world, world.ana);
		for (const change of [
			{ team: id() },
			{ theme: 'polarisation' },
			{ type: 'threat' },
			{ place: 'elsewhere' }
		]) {
			expect(
				(await update(world.server, world.cora, 'cases', kase.id, { phase: 'intake', ...change })).status
			).toBe(404);
		}
	});

	test('keeps the time it was opened', async () => {
		const { kase } = await report(world, world.ana);
		const before = (await view(world.server, world.ana, 'cases', kase.id)).body.created;
		await update(world.server, world.cora, 'cases', kase.id, { phase: 'intake', created: NOW });
		expect((await view(world.server, world.ana, 'cases', kase.id)).body.created).toBe(before);
	});

	test('is not moved by one whose membership has ended', async () => {
		const { kase } = await report(world, world.ana);
		const body = { id: id(), team: world.team, user: world.bartek.id, agency: '', role: 'expert', ended: '' };
		await create(world.server, world.eszter, 'memberships', body);
		expect((await update(world.server, world.bartek, 'cases', kase.id, { phase: 'intake' })).status).toBe(
			200
		);
		await update(world.server, world.eszter, 'memberships', body.id, { ended: NOW });
		world.bartek = await w.signIn(world.server, world.bartek.account);
		expect((await update(world.server, world.bartek, 'cases', kase.id, { phase: 'closed' })).status).toBe(
			404
		);
	});
});

describe('a key', () => {
	test('of a case is made by its reporter and by holders of another key of it', async () => {
		const { kase } = await report(world, world.ana);
		await allowsOnly(['ana', 'cora', 'eszter'], (person) =>
			create(world.server, world[person], 'keys', w.aKey(world, world[person], kase.id))
		);
	});

	test('is not made in the name of another, for another team, or as ended', async () => {
		const { kase } = await report(world, world.ana);
		const body = w.aKey(world, world.ana, kase.id);
		const other = await anotherTeam();
		for (const change of [{ maker: world.cora.id }, { team: other.team }, { ended: NOW }]) {
			expect((await create(world.server, world.ana, 'keys', { ...body, ...change })).status).toBe(400);
		}
	});

	test('of a circle is made by coordinators, after one of the same circle', async () => {
		const { kase, key } = await report(world, world.ana);
		const other = await anotherTeam();
		const theirs = { ...w.aKey(world, world.eszter, '', 'members'), team: other.team };
		await w.mustBe(200, create(world.server, operator, 'keys', theirs));
		const make = (person: Person, change: Record<string, unknown> = {}) => {
			const body = w.aKey(world, world[person], '', 'members', world.circle.members);
			return create(world.server, world[person], 'keys', { ...body, ...change });
		};

		await allowsOnly(['eszter'], (person) => make(person));
		for (const change of [
			{ before: '' },
			{ before: world.circle.police },
			{ before: world.recovery },
			{ before: key.id },
			{ before: theirs.id },
			{ team: other.team, before: theirs.id },
			{ name: 'police' },
			{ name: 'recovery' },
			{ name: 'recovery', before: world.recovery },
			{ name: 'team' },
			{ maker: world.cora.id },
			{ ended: NOW },
			{ case: kase.id }
		]) {
			expect((await make('eszter', change)).status, JSON.stringify(change)).toBe(400);
		}
		for (const name of ['members', 'police', 'coordinators', 'recovery']) {
			expect(
				(await create(world.server, world.ana, 'keys', w.aKey(world, world.ana, kase.id, name))).status
			).toBe(400);
		}
	});

	test('of a case follows one of the same case and the same name', async () => {
		const { kase, key } = await report(world, world.ana);
		const another = await report(world, world.ana);
		const make = (before: string, name = 'reporter') =>
			create(world.server, world.ana, 'keys', w.aKey(world, world.ana, kase.id, name, before));
		expect((await make(key.id)).status).toBe(200);
		expect((await make(key.id, 'team')).status).toBe(400);
		expect((await make(another.key.id)).status).toBe(400);
		expect((await make(world.circle.members)).status).toBe(400);
	});

	test('of a case is ended by those who hold it, of a circle by coordinators; nothing else about it changes', async () => {
		const { kase, key } = await report(world, world.ana);
		const end = (person: Person, key: string, more = {}) =>
			update(world.server, world[person], 'keys', key, { ended: NOW, ...more });
		const generation = w.aKey(world, world.eszter, '', 'members', world.circle.members);
		await w.mustBe(200, create(world.server, world.eszter, 'keys', generation));

		for (const change of [
			{ recipient: await w.aRecipient() },
			{ proof: w.aProof() },
			{ maker: world.cora.id },
			{ name: 'narrow' },
			{ before: world.circle.police },
			{ team: id() },
			{ case: id() },
			{ ended: '' }
		]) {
			expect((await end('ana', key.id, change)).status, JSON.stringify(change)).toBe(404);
			expect((await end('eszter', generation.id, change)).status, JSON.stringify(change)).toBe(404);
		}
		for (const person of ['bartek', 'dorin', 'frieda'] as const)
			expect((await end(person, key.id)).status).toBe(404);
		for (const person of ['ana', 'bartek', 'cora', 'dorin', 'frieda'] as const)
			expect((await end(person, generation.id)).status).toBe(404);
		expect((await end('eszter', world.recovery)).status).toBe(404);

		expect((await end('cora', key.id)).status).toBe(200);
		expect((await end('ana', key.id)).status).toBe(404);
		expect((await end('eszter', generation.id)).status).toBe(200);
		expect((await end('eszter', generation.id)).status).toBe(404);
		const anas = w.aKey(world, world.ana, kase.id);
		await create(world.server, world.ana, 'keys', anas);
		expect((await end('ana', anas.id)).status).toBe(404); // made, and not held yet
	});

	test('is seen by its maker and its holders', async () => {
		const { key } = await report(world, world.ana);
		await allowsOnly(['ana', 'cora', 'eszter'], (person) =>
			view(world.server, world[person], 'keys', key.id)
		);
	});

	test('is not made by one who held a key that was taken back', async () => {
		const { kase, key } = await report(world, world.ana);
		const grant = w.aGrant(world.ana, key.id, { user: world.bartek.id });
		await create(world.server, world.ana, 'grants', grant);
		const make = () => create(world.server, world.bartek, 'keys', w.aKey(world, world.bartek, kase.id));
		expect((await make()).status).toBe(200);
		await update(world.server, world.ana, 'grants', grant.id, { ended: NOW });
		expect((await make()).status).toBe(400);
	});
});

describe('a grant', () => {
	test('of a new key goes first to its maker', async () => {
		const kase = w.aCase(world);
		await create(world.server, world.ana, 'cases', kase);
		const key = w.aKey(world, world.ana, kase.id);
		await create(world.server, world.ana, 'keys', key);
		const give = (as: w.Someone, to: { user: string } | { via: string }) =>
			create(world.server, as, 'grants', w.aGrant(as, key.id, to));

		expect((await give(world.ana, { user: world.bartek.id })).status).toBe(400);
		expect((await give(world.ana, { via: world.circle.members })).status).toBe(400);
		expect((await give(world.bartek, { user: world.bartek.id })).status).toBe(400);
		expect((await give(world.cora, { user: world.cora.id })).status).toBe(400);
		expect((await give(world.ana, { user: world.ana.id })).status).toBe(200);
		expect((await give(world.ana, { user: world.bartek.id })).status).toBe(200);
	});

	test('is given on by those who hold the key, also through a circle', async () => {
		const { key } = await report(world, world.ana);
		const henrik = await w.join(world, 'henrik');
		await allowsOnly(['ana', 'cora', 'eszter'], (person) =>
			create(world.server, world[person], 'grants', w.aGrant(world[person], key.id, { user: henrik.id }))
		);
	});

	test('cannot be taken back by the maker of a key who no longer holds it', async () => {
		const { key, own } = await report(world, world.ana);
		await update(world.server, world.ana, 'grants', own.id, { ended: NOW });
		const again = w.aGrant(world.ana, key.id, { user: world.ana.id });
		expect((await create(world.server, world.ana, 'grants', again)).status).toBe(400);
	});

	test('goes to a person or to a circle, never to both, neither, or a key of a case', async () => {
		const { key } = await report(world, world.ana);
		const second = await report(world, world.ana);
		const body = w.aGrant(world.ana, key.id, { user: world.bartek.id });
		for (const change of [{ via: world.circle.police }, { user: '' }, { user: '', via: second.key.id }]) {
			expect((await create(world.server, world.ana, 'grants', { ...body, id: id(), ...change })).status).toBe(
				400
			);
		}
		expect((await create(world.server, world.ana, 'grants', body)).status).toBe(200);
	});

	test('is not given in the name of another, nor as ended', async () => {
		const { key } = await report(world, world.ana);
		const body = w.aGrant(world.ana, key.id, { user: world.bartek.id });
		expect((await create(world.server, world.ana, 'grants', { ...body, giver: world.cora.id })).status).toBe(
			400
		);
		expect((await create(world.server, world.ana, 'grants', { ...body, ended: NOW })).status).toBe(400);
	});

	test('of a circle key goes to active members whose role belongs there', async () => {
		const give = (as: w.Someone, circle: keyof World['circle'], user: w.Someone) =>
			create(world.server, as, 'grants', w.aGrant(as, world.circle[circle], { user: user.id }));

		expect((await give(world.eszter, 'members', world.cora)).status).toBe(200);
		expect((await give(world.cora, 'members', world.eszter)).status).toBe(200);
		expect((await give(world.eszter, 'police', world.dorin)).status).toBe(200);
		expect((await give(world.eszter, 'coordinators', world.eszter)).status).toBe(200);

		expect((await give(world.eszter, 'members', world.dorin)).status).toBe(400);
		expect((await give(world.eszter, 'members', world.frieda)).status).toBe(400);
		expect((await give(world.eszter, 'members', world.bartek)).status).toBe(400);
		expect((await give(world.eszter, 'police', world.cora)).status).toBe(400);
		expect((await give(world.eszter, 'coordinators', world.cora)).status).toBe(400);
		expect((await give(world.cora, 'police', world.dorin)).status).toBe(400);
		expect((await give(world.dorin, 'members', world.dorin)).status).toBe(400);
		expect((await give(world.bartek, 'members', world.bartek)).status).toBe(400);
		const toCircle = w.aGrant(world.eszter, world.circle.members, { via: world.circle.police });
		expect((await create(world.server, world.eszter, 'grants', toCircle)).status).toBe(400);
	});

	test('of a circle key goes to the recovery circle of its team, by a coordinator who holds it', async () => {
		const other = await anotherTeam();
		const theirs = { ...w.aKey(world, world.eszter, '', 'recovery'), team: other.team };
		await w.mustBe(200, create(world.server, operator, 'keys', theirs));
		const { key } = await report(world, world.ana);
		const next = w.aKey(world, world.eszter, '', 'members', world.circle.members);
		await w.mustBe(200, create(world.server, world.eszter, 'keys', next));
		const give = (person: Person, key: string, via = world.recovery) =>
			create(world.server, world[person], 'grants', w.aGrant(world[person], key, { via }));

		expect((await give('eszter', next.id)).status).toBe(400); // not held yet
		const own = w.aGrant(world.eszter, next.id, { user: world.eszter.id });
		await w.mustBe(200, create(world.server, world.eszter, 'grants', own));
		const coras = w.aGrant(world.eszter, next.id, { user: world.cora.id });
		await w.mustBe(200, create(world.server, world.eszter, 'grants', coras));
		await allowsOnly(['eszter'], (person) => give(person, next.id));
		expect((await give('eszter', next.id, theirs.id)).status).toBe(400);
		expect((await give('eszter', next.id, world.circle.police)).status).toBe(400);
		expect((await give('ana', key.id)).status).toBe(400);
		expect((await give('eszter', key.id)).status).toBe(400);
		expect((await give('eszter', world.recovery, world.circle.coordinators)).status).toBe(400);
	});

	test('of a circle key is taken by a coordinator from the printed key, and by nobody else', async () => {
		const paper = await w.join(world, `paper${id()}`);
		const take = (as: w.Someone, circle: keyof World['circle'], to = as) =>
			create(world.server, as, 'grants', w.aGrant(as, world.circle[circle], { user: to.id }));
		for (const circle of ['members', 'police', 'coordinators'] as const)
			expect((await take(paper, circle)).status, circle).toBe(400);
		const shown = { team: world.team, ticket: world.ticket, membership: id() };
		await w.mustBe(200, call(world.server, 'POST', '/api/heed/recover/team', { as: paper, body: shown }));
		// Before it is in the own hand, it is not passed on.
		expect((await take(paper, 'members', world.cora)).status).toBe(400);
		expect((await take(paper, 'police', world.dorin)).status).toBe(400);
		for (const circle of ['members', 'police', 'coordinators'] as const)
			expect((await take(paper, circle)).status, circle).toBe(200);
		expect((await take(paper, 'members', world.cora)).status).toBe(200);

		const own = w.aGrant(paper, world.recovery, { user: paper.id });
		expect((await create(world.server, paper, 'grants', own)).status).toBe(400);
		const { key } = await report(world, world.ana);
		const thread = w.aGrant(world.dorin, key.id, { user: world.dorin.id });
		expect((await create(world.server, world.dorin, 'grants', thread)).status).toBe(400);
		const ended = (await pullAll(world.server, paper)).rows.memberships?.find((row) => row.user === paper.id);
		await w.mustBe(
			200,
			update(world.server, world.eszter, 'memberships', String(ended?.id), { ended: w.NOW })
		);
		const back = await signIn(world.server, paper.account);
		expect((await take(back, 'members')).status).toBe(400);
	});

	test('of the recovery key is given to nobody', async () => {
		for (const person of ALL) {
			const grant = w.aGrant(world[person], world.recovery, { user: world[person].id });
			expect((await create(world.server, world[person], 'grants', grant)).status).toBe(400);
		}
	});

	test('of a case key goes to a circle of another team too', async () => {
		const other = await anotherTeam();
		const theirs = { ...w.aKey(world, world.eszter, '', 'members'), team: other.team };
		await w.mustBe(200, create(world.server, operator, 'keys', theirs));
		const { key } = await report(world, world.ana);
		const give = (as: w.Someone) =>
			create(world.server, as, 'grants', w.aGrant(as, key.id, { via: theirs.id }));
		await allowsOnly(['ana', 'cora', 'eszter'], (person) => give(world[person]));
	});

	test('of a circle key does not go to an expert of another team', async () => {
		const other = await anotherTeam();
		const olga = await w.join(world, 'olga');
		const expert = { id: id(), team: other.team, user: olga.id, agency: '', role: 'expert', ended: '' };
		await w.mustBe(200, create(world.server, operator, 'memberships', expert));
		const grant = w.aGrant(world.eszter, world.circle.members, { user: olga.id });
		expect((await create(world.server, world.eszter, 'grants', grant)).status).toBe(400);
	});

	test('of a circle key, once ended, closes whatever the circle holds', async () => {
		const petra = await w.join(world, 'petra');
		const expert = { id: id(), team: world.team, user: petra.id, agency: '', role: 'expert', ended: '' };
		await w.mustBe(200, create(world.server, world.eszter, 'memberships', expert));
		const grant = w.aGrant(world.eszter, world.circle.members, { user: petra.id });
		await w.mustBe(200, create(world.server, world.eszter, 'grants', grant));
		const { kase, key, entry } = await report(world, world.ana);
		const read = () => view(world.server, petra, 'entries', entry.id);
		const write = () => create(world.server, petra, 'entries', w.anEntry(petra, kase.id, key.id));

		expect([(await read()).status, (await write()).status]).toEqual([200, 200]);
		await w.mustBe(200, update(world.server, world.eszter, 'grants', grant.id, { ended: NOW }));
		expect([(await read()).status, (await write()).status]).toEqual([404, 400]);
	});

	test('is seen by who gave and who got it', async () => {
		const { key } = await report(world, world.ana);
		const grant = w.aGrant(world.ana, key.id, { user: world.frieda.id });
		await create(world.server, world.ana, 'grants', grant);
		await allowsOnly(['ana', 'frieda'], (person) => view(world.server, world[person], 'grants', grant.id));
	});

	test('is ended by its giver or a coordinator, once, and nothing else about it changes', async () => {
		const { key, own, forCircle } = await report(world, world.ana);
		const end = (person: Person, grant: string, more = {}) =>
			update(world.server, world[person], 'grants', grant, { ended: NOW, ...more });

		for (const change of [
			{ sealed: sealed() },
			{ user: world.bartek.id },
			{ key: id() },
			{ digest: w.digestOf('x') },
			{ proof: w.aProof() },
			{ giver: world.bartek.id }
		]) {
			expect((await end('ana', own.id, change)).status).toBe(404);
		}
		expect((await update(world.server, world.ana, 'grants', own.id, { ended: '' })).status).toBe(404);
		for (const person of ['bartek', 'cora', 'dorin', 'frieda'] as const) {
			expect((await end(person, forCircle.id)).status).toBe(404);
		}
		expect((await end('ana', forCircle.id)).status).toBe(200);
		expect((await end('eszter', own.id)).status).toBe(200);
		expect((await end('eszter', own.id, { ended: '2027-01-01 00:00:00.000Z' })).status).toBe(404);
		expect((await view(world.server, world.ana, 'keys', key.id)).status).toBe(200);
		expect((await view(world.server, world.cora, 'keys', key.id)).status).toBe(404);
	});
});

describe('an entry', () => {
	test('is written by those who hold its key', async () => {
		const { kase, key } = await report(world, world.ana);
		await allowsOnly(['ana', 'cora', 'eszter'], (person) =>
			create(world.server, world[person], 'entries', w.anEntry(world[person], kase.id, key.id))
		);
	});

	test('is not written in the name of another', async () => {
		const { kase, key } = await report(world, world.ana);
		const body = { ...w.anEntry(world.ana, kase.id, key.id), author: world.cora.id };
		expect((await create(world.server, world.ana, 'entries', body)).status).toBe(400);
	});

	test('is not written into one case with the key of another', async () => {
		const first = await report(world, world.ana);
		const second = await report(world, world.ana);
		const body = w.anEntry(world.ana, first.kase.id, second.key.id);
		expect((await create(world.server, world.ana, 'entries', body)).status).toBe(400);
		const underCircle = w.anEntry(world.cora, first.kase.id, world.circle.members);
		expect((await create(world.server, world.cora, 'entries', underCircle)).status).toBe(400);
	});

	test('is seen by its author and the holders of its key; police do not see what the members hold', async () => {
		const { entry } = await report(world, world.ana);
		await allowsOnly(['ana', 'cora', 'eszter'], (person) =>
			view(world.server, world[person], 'entries', entry.id)
		);
	});

	test('that was opened to the police circle is seen by police and not by members without it', async () => {
		const { entry } = await report(world, world.ana, world.circle.police);
		await allowsOnly(['ana', 'dorin', 'eszter'], (person) =>
			view(world.server, world[person], 'entries', entry.id)
		);
	});

	test('stays readable to its author after the grant has ended, and to nobody else whose grant has', async () => {
		const { kase, key, entry, own, forCircle } = await report(world, world.ana);
		const advice = w.anEntry(world.cora, kase.id, key.id);
		await create(world.server, world.cora, 'entries', advice);
		await update(world.server, world.eszter, 'grants', own.id, { ended: NOW });
		expect((await view(world.server, world.ana, 'entries', entry.id)).status).toBe(200);
		expect((await view(world.server, world.ana, 'entries', advice.id)).status).toBe(404);
		await update(world.server, world.ana, 'grants', forCircle.id, { ended: NOW });
		expect((await view(world.server, world.cora, 'entries', entry.id)).status).toBe(404);
		expect((await view(world.server, world.cora, 'entries', advice.id)).status).toBe(200);
	});
});

describe('a blob', () => {
	const bytes = new Uint8Array(crypto.getRandomValues(new Uint8Array(2000)));
	const read = (as: w.Someone | undefined, blob: string) =>
		call(world.server, 'GET', `/api/heed/blob/${blob}`, { as });

	test('is uploaded under one’s own name, without an entry', async () => {
		const body = w.aBlob(world.ana, id(), bytes);
		expect((await upload(world.server, undefined, body, bytes)).status).toBe(400);
		expect((await upload(world.server, world.bartek, body, bytes)).status).toBe(400);
		expect((await upload(world.server, world.ana, body, bytes)).status).toBe(200);
	});

	test('or follows an entry of one’s own that is there already, under the same key', async () => {
		const { key, entry } = await report(world, world.ana);
		const other = await report(world, world.ana);
		const coras = w.anEntry(world.cora, entry.case, key.id);
		await create(world.server, world.cora, 'entries', coras);
		const send = async (as: w.Someone, under: string, to: string) =>
			(await upload(world.server, as, { ...w.aBlob(as, under, bytes), entry: to }, bytes)).status;
		expect(await send(world.ana, id(), entry.id)).toBe(400);
		expect(await send(world.ana, other.key.id, entry.id)).toBe(400);
		expect(await send(world.ana, key.id, coras.id)).toBe(400);
		expect(await send(world.cora, key.id, entry.id)).toBe(400);
		expect(await send(world.ana, key.id, id())).toBe(400);
		expect(await send(world.ana, key.id, entry.id)).toBe(200);
	});

	test('forgets the name of the file', async () => {
		const { body } = await upload(world.server, world.ana, w.aBlob(world.ana, id(), bytes), bytes);
		expect(body.part).not.toContain('school');
		expect(body.part).toMatch(/^[a-z0-9_.]+$/);
	});

	test('keeps its bytes when it is sent again, and by many at once', async () => {
		const blob = w.aBlob(world.ana, id(), bytes);
		const send = async () => (await upload(world.server, world.ana, blob, bytes)).status;
		const first = await Promise.all([send(), send(), send(), send()]);
		expect(first.sort()).toEqual([200, 400, 400, 400]);
		expect(await send()).toBe(400);
		const part = await fetch(`${world.server.url}/api/heed/blob/${blob.id}`, {
			headers: { Authorization: world.ana.token }
		});
		expect(new Uint8Array(await part.arrayBuffer())).toEqual(bytes);
	});

	test('is tied to an own entry with the same key, once', async () => {
		const { key, entry } = await report(world, world.ana);
		const other = await report(world, world.ana);
		const coras = w.anEntry(world.cora, entry.case, key.id);
		await create(world.server, world.cora, 'entries', coras);
		const blob = w.aBlob(world.ana, key.id, bytes);
		await upload(world.server, world.ana, blob, bytes);
		const tie = (as: w.Someone, body: Record<string, unknown>) =>
			update(world.server, as, 'blobs', blob.id, body);

		expect((await tie(world.ana, { entry: other.entry.id })).status).toBe(404);
		expect((await tie(world.ana, { entry: coras.id })).status).toBe(404);
		expect((await tie(world.cora, { entry: coras.id })).status).toBe(404);
		expect((await tie(world.ana, { entry: '' })).status).toBe(404);
		expect((await tie(world.ana, {})).status).toBe(404);
		expect((await tie(world.ana, { entry: entry.id })).status).toBe(200);
		expect((await tie(world.ana, { entry: entry.id })).status).toBe(404);
	});

	test('keeps its bytes and whatever else was said of it', async () => {
		const { key, entry } = await report(world, world.ana);
		const blob = w.aBlob(world.ana, key.id, bytes);
		const { body } = await upload(world.server, world.ana, blob, bytes);
		for (const change of [
			{ owner: world.cora.id },
			{ key: id() },
			{ file: id() },
			{ index: 1 },
			{ count: 2 },
			{ digest: 'a'.repeat(64) },
			{ part: '' },
			{ part: null },
			{ 'part-': body.part },
			{ 'part+': body.part },
			{ 'index+': 1 }
		]) {
			const { status } = await update(world.server, world.ana, 'blobs', blob.id, {
				entry: entry.id,
				...change
			});
			expect(status, JSON.stringify(change)).toBe(404);
		}
		const form = new FormData();
		form.set('entry', entry.id);
		form.set('part', new Blob(['other bytes']), 'x');
		const path = `/api/collections/blobs/records/${blob.id}`;
		expect((await call(world.server, 'PATCH', path, { as: world.ana, body: form })).status).toBe(404);
		expect((await read(world.ana, blob.id)).status).toBe(200);
	});

	test('is read by its owner, and once it belongs to an entry by the holders of its key', async () => {
		const { key, entry } = await report(world, world.ana);
		const blob = w.aBlob(world.ana, key.id, bytes);
		await upload(world.server, world.ana, blob, bytes);
		const ways = [
			(person: Person) => read(world[person], blob.id),
			(person: Person) => view(world.server, world[person], 'blobs', blob.id)
		];
		for (const way of ways) await allowsOnly(['ana'], way);
		await update(world.server, world.ana, 'blobs', blob.id, { entry: entry.id });
		for (const way of ways) await allowsOnly(['ana', 'cora', 'eszter'], way);
		expect((await read(undefined, blob.id)).status).toBe(401);
		expect((await read(world.ana, id())).status).toBe(404);
	});

	test('comes back byte for byte, and no cache keeps it', async () => {
		const big = crypto.getRandomValues(new Uint8Array(60_000));
		const blob = w.aBlob(world.ana, id(), big);
		await upload(world.server, world.ana, blob, big);
		const response = await fetch(`${world.server.url}/api/heed/blob/${blob.id}`, {
			headers: { Authorization: world.ana.token, 'Accept-Encoding': 'gzip' }
		});
		expect(new Uint8Array(await response.arrayBuffer())).toEqual(big);
		expect(response.headers.get('Cache-Control')).toBe('private, no-store');
		expect(response.headers.get('Content-Type')).toBe('application/octet-stream');
		expect(response.headers.get('Content-Length')).toBe('60000');
		expect(response.headers.get('Content-Encoding')).toBeNull();
	});

	test('cannot be had by a file token', async () => {
		const blob = w.aBlob(world.ana, id(), bytes);
		const { body } = await upload(world.server, world.ana, blob, bytes);
		expect((await call(world.server, 'POST', '/api/files/token', { as: world.ana })).status).toBe(403);
		expect(
			(await call(world.server, 'GET', `/api/files/blobs/${blob.id}/${body.part}`, { as: world.ana })).status
		).toBe(404);
	});
});

/** Somebody who may look past the rules; made when first asked for. */
let operator: w.Someone;
beforeAll(async () => {
	operator = await w.anOperator(world.server);
});

async function anotherTeam() {
	const area = world.founding.area.id;
	const team = { id: id(), name: 'Another', area, locale: 'de', open: false, idle: {}, invite: id() + id() };
	const agency = { id: id(), team: team.id, name: 'Theirs', sector: 'school' };
	await w.mustBe(200, create(world.server, operator, 'teams', team));
	await w.mustBe(200, create(world.server, operator, 'agencies', agency));
	return { team: team.id, agency: agency.id };
}

test('one bad item in a batch is refused with all the others', async () => {
	const alert = w.anAlert(world, world.ana);
	alert.requests.push(
		w.created('entries', { ...w.anEntry(world.ana, alert.kase.id, alert.key.id), author: world.cora.id })
	);
	expect((await batch(world.server, world.ana, alert.requests)).status).toBe(400);
	expect((await view(world.server, operator, 'cases', alert.kase.id)).status).toBe(404);
	expect((await view(world.server, operator, 'keys', alert.key.id)).status).toBe(404);
});
