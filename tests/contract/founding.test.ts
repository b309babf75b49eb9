import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PLAIN } from '../../src/lib/domain/offered';
import { Facts } from '../../src/lib/domain/records';
import { startServer, type Server } from '../server';
import { aFounding, aLink, aProof, aRecipient, call, id, pullAll, signIn } from './world';

let server: Server;
let recipient: string;
beforeAll(async () => {
	server = await startServer();
	recipient = await aRecipient();
});
afterAll(() => server.stop());

const found = (body: unknown) => call(server, 'POST', '/api/heed/found', { body });
const facts = () => call(server, 'GET', '/api/heed/facts');

describe('founding', () => {
	test('before it, the facts name no instance and no team', async () => {
		const { body, headers } = await facts();
		expect(Facts.parse(body)).toEqual({ instance: '', version: 'test', work: 0, push: '', teams: [] });
		expect(headers.get('Cache-Control')).toBe('no-store');
	});

	test('a wrong code founds nothing', async () => {
		const { status, body } = await found({ ...aFounding(recipient), code: 'guess' });
		expect(status).toBe(403);
		expect(body.message).toContain('not the code');
		expect((await facts()).body.instance).toBe('');
	});

	test('a code of another kind than text is wrong too', async () => {
		const founding = aFounding(recipient);
		for (const code of [undefined, null, true, '', ['founding-code-for-tests'], {}]) {
			expect((await found({ ...founding, code })).status).toBe(403);
		}
	});

	test('a founding that fails halfway leaves nothing behind', async () => {
		const founding = aFounding(recipient);
		const [members, police, coordinators] = founding.circles;
		const { status } = await found({
			...founding,
			circles: [members, police, { ...coordinators, recipient: 'age1not-a-recipient' }]
		});
		expect(status).toBe(400);
		expect((await facts()).body).toMatchObject({ instance: '', teams: [] });
		await expect(signIn(server, founding.account)).rejects.toThrow('400');
	});

	test.for([
		['no members circle', (f: Founded) => ({ ...f, circles: f.circles.slice(1) })],
		['a circle twice', (f: Founded) => ({ ...f, circles: [...f.circles, { ...f.circles[0], id: id() }] })],
		['no circles', (f: Founded) => ({ ...f, circles: [] })],
		['circles that are no list', (f: Founded) => ({ ...f, circles: 'members' })],
		['nulls among the circles', (f: Founded) => ({ ...f, circles: [null] })],
		[
			'a circle without its spare grant',
			(f: Founded) => ({ ...f, circles: [{ ...f.circles[0], spare: undefined }] })
		],
		['a founder without a name', (f: Founded) => ({ ...f, account: { ...f.account, kind: 'coded' } })],
		['no recovery key', (f: Founded) => ({ ...f, recovery: undefined })],
		[
			'a recovery key without its ticket',
			(f: Founded) => ({ ...f, recovery: { ...f.recovery, ticket: '' } })
		],
		['no roll', (f: Founded) => ({ ...f, roll: [] })],
		['a roll that begins with its second link', (f: Founded) => ({ ...f, roll: f.roll.slice(1) })],
		['a roll out of order', (f: Founded) => ({ ...f, roll: f.roll.toReversed() })],
		['a link that is no JSON', (f: Founded) => ({ ...f, roll: [{ ...f.roll[0], text: 'null' }] })],
		['the roll of another team', (f: Founded) => ({ ...f, roll: aFounding('x').roll })],
		[
			'a link by somebody else',
			(f: Founded) => ({ ...f, roll: [{ proof: aProof(), text: aLink(f.team.id, id(), 1).text }] })
		],
		['no account', (f: Founded) => ({ ...f, account: undefined })],
		['a short password', (f: Founded) => ({ ...f, account: { ...f.account, auth: 'short' } })],
		['an instance id that is none', (f: Founded) => ({ ...f, instance: 'X' })]
	] as const)('is refused with %s', async ([, spoil]) => {
		expect((await found(spoil(aFounding(recipient)))).status).toBe(400);
		expect((await facts()).body.instance).toBe('');
	});

	test('with the right code makes a team that takes alerts, once', async () => {
		const founding = aFounding(recipient);
		expect((await found(founding)).status).toBe(200);

		expect(Facts.parse((await facts()).body)).toEqual({
			instance: founding.instance,
			version: 'test',
			work: 0,
			push: '',
			teams: [
				{
					id: founding.team.id,
					name: founding.team.name,
					area: founding.area.name,
					areas: [founding.area.id],
					country: 'PL',
					locale: 'pl',
					coded: true,
					roll: 2,
					form: PLAIN,
					circle: { id: founding.circles[0]?.id, recipient },
					circles: expect.arrayContaining(
						founding.circles.slice(1).map((circle) => ({ name: circle.name, id: circle.id, recipient }))
					) as unknown
				}
			]
		});

		const eszter = await signIn(server, founding.account);
		const { rows } = await pullAll(server, eszter);
		expect(rows.users).toMatchObject([{ id: founding.account.id, kind: 'named' }]);
		expect(rows.keys?.map((row) => row.name).sort()).toEqual([
			'coordinators',
			'members',
			'police',
			'recovery'
		]);
		expect(rows.teams).toMatchObject([
			{
				id: founding.team.id,
				invite: founding.team.invite,
				open: true,
				coded: true,
				roll: 2,
				idle: {},
				form: {}
			}
		]);
		expect(rows.memberships).toMatchObject([{ role: 'coordinator', agency: founding.agency.id, ended: '' }]);

		for (const { id: circle, grant, spare } of founding.circles) {
			const given = rows.grants?.filter((row) => row.key === circle);
			expect(given).toHaveLength(2);
			expect(given).toEqual(
				expect.arrayContaining([
					expect.objectContaining({ ...grant, user: eszter.id, via: '' }),
					expect.objectContaining({ ...spare, user: '', via: founding.recovery.id })
				])
			);
		}
		expect(rows.grants).toHaveLength(6);

		expect((await found(aFounding(recipient))).status).toBe(409);
		expect((await found({ code: 'guess' })).status).toBe(409);
		expect((await facts()).body.instance).toBe(founding.instance);
	});
});

type Founded = Awaited<ReturnType<typeof aFounding>>;

test('after ten wrong codes in a minute even the right one has to wait', async () => {
	const other = await startServer();
	try {
		const body = { ...aFounding(recipient), code: 'guess' };
		const tries = Array.from({ length: 10 }, () => call(other, 'POST', '/api/heed/found', { body }));
		expect((await Promise.all(tries)).map(({ status }) => status)).toEqual(Array(10).fill(403));
		const right = await call(other, 'POST', '/api/heed/found', { body: aFounding(recipient) });
		expect(right.status).toBe(429);
	} finally {
		await other.stop();
	}
});

test('of two who found at once, one does', async () => {
	const other = await startServer();
	try {
		const bodies = [aFounding(recipient), { ...aFounding(recipient) }];
		const answers = await Promise.all(bodies.map((body) => call(other, 'POST', '/api/heed/found', { body })));
		expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
	} finally {
		await other.stop();
	}
});

test('without a code from the operator nobody can found', async () => {
	const other = await startServer({ env: { HEED_FOUNDING_CODE: '' } });
	try {
		const body = { ...aFounding(recipient), code: '' };
		expect((await call(other, 'POST', '/api/heed/found', { body })).status).toBe(403);
	} finally {
		await other.stop();
	}
});

describe('the courier', () => {
	const lease = (headers: Record<string, string>) =>
		call(server, 'POST', '/api/heed/courier/lease', {
			...{ headers, body: { by: id(), most: 1, urgent: false, without: [] } }
		});

	test('is let in with the secret', async () => {
		expect((await lease({ 'X-Heed-Courier': 'courier-secret-for-tests' })).status).toBe(200);
	});

	test('is not let in without it', async () => {
		expect((await lease({})).status).toBe(403);
		expect((await lease({ 'X-Heed-Courier': 'another' })).status).toBe(403);
	});
});
