import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findWork } from '../../src/lib/crypto/work';
import { Facts } from '../../src/lib/domain/records';
import { workDay } from '../../src/lib/domain/work';
import { connect } from '../../src/lib/sync/remote';
import { startServer, type Server } from '../server';
import * as w from './world';

const BITS = 12;
const DAY = 24 * 60 * 60 * 1000;
const DOOR = '/api/collections/users/auth-with-password';

let server: Server;
let founding: ReturnType<typeof w.aFounding>;
let recipient: string;
/** What PocketBase also finds the collection by. */
let users: string;

beforeAll(async () => {
	server = await startServer({ env: { HEED_WORK_BITS: String(BITS) } });
	recipient = await w.aRecipient();
	founding = w.aFounding(recipient);
	await w.mustBe(200, w.call(server, 'POST', '/api/heed/found', { body: founding }));
	const { login, auth } = founding.account;
	users = String((await signIn(login, auth, await workFor(login))).body.record.collectionId);
});
afterAll(() => server.stop());

const workFor = (login: string, at = Date.now(), instance: string = founding.instance) =>
	findWork({ instance, login, bits: BITS, day: workDay(at) });
const shown = (work: string) => ({ 'X-Heed-Work': work });

const signIn = (login: string, password: string, work: string) =>
	w.call(server, 'POST', DOOR, { body: { identity: login, password }, headers: shown(work) });
const signUp = (account: ReturnType<typeof w.anAccount>, work: string, collection = 'users') =>
	w.call(server, 'POST', `/api/collections/${collection}/records`, {
		body: w.signUpBody(account, founding.team.invite),
		headers: shown(work)
	});

async function aMember(login: string) {
	const account = w.anAccount(login, recipient);
	await w.mustBe(200, signUp(account, await workFor(login)));
	return account;
}

const wrongWork: [string, (login: string) => Promise<string> | string][] = [
	['none', () => ''],
	['noise', () => 'work'],
	['another login’s', () => workFor('somebody')],
	['another instance’s', (login) => workFor(login, Date.now(), 'other0000000000')],
	['that of two days ago', (login) => workFor(login, Date.now() - 2 * DAY)],
	['that of the day after tomorrow', (login) => workFor(login, Date.now() + 2 * DAY)],
	['work for another day under today’s name', async (login) => today(await workFor(login, Date.now() - DAY))],
	['too little', (login) => tooLittle(login)],
	['a nonce that is no number', async (login) => `${await workFor(login)}x`],
	['a line too much', async (login) => `${await workFor(login)}.1`]
];
const today = (work: string) => work.replace(/^[^.]+/, workDay(Date.now()));

/** Eleven zero bits, and a one. */
function tooLittle(login: string): string {
	const day = workDay(Date.now());
	for (let nonce = 0; ; nonce++) {
		const text = `heed/work/v1|${founding.instance}|${login}|${day}|${nonce}`;
		const start = createHash('sha256').update(text).digest().readUInt16BE(0);
		if (start >> 4 === 1) return `${day}.${nonce}`;
	}
}

describe('the facts', () => {
	test('say how much work is asked for', async () => {
		expect(Facts.parse((await w.call(server, 'GET', '/api/heed/facts')).body).work).toBe(BITS);
	});

	test.for([
		['', 18],
		['0', 0],
		['24', 24],
		['25', 18],
		['-1', 18],
		['many', 18]
	] as const)('HEED_WORK_BITS=%s is %i', async ([told, bits]) => {
		const other = await startServer({ env: { HEED_WORK_BITS: told } });
		try {
			expect((await w.call(other, 'GET', '/api/heed/facts')).body.work).toBe(bits);
		} finally {
			await other.stop();
		}
	});
});

describe('a sign-in', () => {
	test.for(wrongWork)(
		'with work that is wrong (%s) is refused before the password counts',
		async ([, make]) => {
			const { login, auth } = founding.account;
			for (const password of [auth, 'wrong password']) {
				const { status, body } = await signIn(login, password, await make(login));
				expect(status).toBe(403);
				expect(body.data.work).toMatchObject({ code: 'work' });
			}
		}
	);

	test.for([-1, 0, 1])('with work of a day that is %i days off is let in', async (days) => {
		const { login, auth } = founding.account;
		const { status, body } = await signIn(login, auth, await workFor(login, Date.now() + days * DAY));
		expect(status).toBe(200);
		expect(body.token.length).toBeGreaterThan(20);
	});

	test('is about the login that PocketBase reads, however often it is in the body', async () => {
		const { login, auth } = founding.account;
		const work = await workFor('decoy');
		const ask = (body: string) =>
			fetch(server.url + DOOR, {
				method: 'POST',
				headers: { 'Content-Type': 'application/json', ...shown(work) },
				body
			});
		for (const pair of [
			`"identity":"decoy","IDENTITY":"${login}"`,
			`"Identity":"${login}"`,
			`"identity":"decoy","identity":"${login}"`
		]) {
			expect((await ask(`{${pair},"password":"${auth}"}`)).status).toBe(403);
		}
	});

	test('by the collection’s id, in capitals or as a form asks for the same', async () => {
		const { login, auth } = founding.account;
		const form = new FormData();
		form.set('identity', login);
		form.set('password', auth);
		const headers = shown(await workFor(login));
		for (const name of [users, 'USERS', '%75sers']) {
			const path = DOOR.replace('users', name);
			expect((await w.call(server, 'POST', path, { body: form })).status, name).toBe(403);
		}
		expect((await w.call(server, 'POST', DOOR, { body: form, headers })).status).toBe(200);
	});

	test('of an operator is not the app’s matter', async () => {
		expect((await w.anOperator(server)).token).toBeTruthy();
	});
});

describe('a sign-up', () => {
	test.for(wrongWork)('with work that is wrong (%s) is refused, and nobody is there', async ([, make]) => {
		const account = w.anAccount(`new-${w.id()}`, recipient);
		const { status, body } = await signUp(account, await make(account.login));
		expect(status).toBe(403);
		expect(body.data.work).toMatchObject({ code: 'work' });
		const { status: later } = await signIn(account.login, account.auth, await workFor(account.login));
		expect(later).toBe(400);
	});

	test('with work keeps its whole body, as JSON and as a form', async () => {
		const account = await aMember('json');
		expect((await signIn('json', account.auth, await workFor('json'))).body.record).toMatchObject({
			login: 'json',
			recipient,
			wrapped: account.wrapped
		});

		const other = w.anAccount('form', recipient);
		const form = new FormData();
		for (const [name, value] of Object.entries(w.signUpBody(other, founding.team.invite)))
			form.set(name, String(value));
		const path = '/api/collections/users/records';
		expect((await w.call(server, 'POST', path, { body: form })).status).toBe(403);
		const headers = shown(await workFor('form'));
		expect((await w.call(server, 'POST', path, { body: form, headers })).status).toBe(200);
		expect((await signIn('form', other.auth, await workFor('form'))).status).toBe(200);
	});

	test('by the collection’s id, or in capitals, asks for the same', async () => {
		for (const name of [users, 'USERS', '%75sers', 'users/']) {
			const account = w.anAccount(`by-${w.id()}`, recipient);
			expect((await signUp(account, '', name)).status, name).not.toBe(200);
			expect((await signIn(account.login, account.auth, await workFor(account.login))).status).toBe(400);
		}
	});

	test('in a batch is refused, under whatever name', async () => {
		const account = w.signUpBody(w.anAccount('in-a-batch', recipient), founding.team.invite);
		const headers = shown(await workFor('in-a-batch'));
		for (const name of ['users', 'USERS', users, '%75sers', 'nothing-such']) {
			const url = `/api/collections/${name}/records`;
			for (const path of [url, url.slice(1), `${url}?fields=id`]) {
				const requests = [{ method: 'POST', url: path, body: account }];
				const { status } = await w.call(server, 'POST', '/api/batch', { body: { requests }, headers });
				expect(status, path).toBe(403);
				const form = new FormData();
				form.set('@jsonPayload', JSON.stringify({ requests }));
				expect((await w.call(server, 'POST', '/api/batch', { body: form, headers })).status, path).toBe(403);
			}
		}
		expect((await signIn('in-a-batch', account.password, await workFor('in-a-batch'))).status).toBe(400);
	});

	test('leaves other batches alone, with files and without', async () => {
		const { login, auth, id } = founding.account;
		const { body } = await signIn(login, auth, await workFor(login));
		const eszter = { id, token: body.token, account: founding.account };
		const area = { id: w.id(), name: 'Region', country: 'PL', parent: '' };
		const { status } = await w.batch(server, eszter, [w.created('areas', area)]);
		expect(status).not.toBe(403);
	});
});

describe('asking for new keys', () => {
	test('takes work for the login, like signing in', async () => {
		const { login, auth, id, kind, name, locale, wrapped, ...keys } = founding.account;
		expect([auth, id, kind, name, locale, wrapped].every(Boolean)).toBe(true);
		const body = { ...keys, id: w.id(), login, team: founding.team.id, ticket: w.digestOf('x') };
		const ask = (work: string) =>
			w.call(server, 'POST', '/api/heed/recover/ask', { body, headers: shown(work) });
		for (const work of ['', await workFor('somebody')]) {
			const { status, body: refusal } = await ask(work);
			expect([status, refusal.data.work?.code]).toEqual([403, 'work']);
		}
		expect((await ask(await workFor(login))).status).toBe(204);
	});
});

describe('the app’s connection', () => {
	test('tells work that is missing from a passphrase that is wrong', async () => {
		const { login, auth } = founding.account;
		const remote = connect(server.url);
		expect(await remote.signIn(login, auth)).toEqual({ ok: false, error: { kind: 'work' } });
		const wrong = await remote.signIn(login, 'wrong password', await workFor(login));
		expect(wrong).toEqual({ ok: false, error: { kind: 'wrong' } });
		expect((await remote.signIn(login, auth, await workFor(login))).ok).toBe(true);
	});

	test('signs up with work, and comes back without', async () => {
		const remote = connect(server.url);
		const account = w.anAccount('remote', recipient);
		expect((await remote.signUp(account, founding.team.invite)).is).toBe('unreachable');
		expect((await remote.signUp(account, founding.team.invite, await workFor('remote'))).is).toBe('accepted');
	});
});

describe('wrong sign-ins', () => {
	test('are answered 429 after ten, for that login alone, and a right password does not help', async () => {
		const [ana, bartek] = [await aMember('ana'), await aMember('bartek')];
		const [workOfAna, workOfBartek] = [await workFor('ana'), await workFor('bartek')];
		for (let nth = 0; nth < 10; nth++) expect((await signIn('ana', 'wrong', workOfAna)).status).toBe(400);

		for (const password of ['wrong', ana.auth]) {
			const { status, headers } = await signIn('ana', password, workOfAna);
			expect(status).toBe(429);
			expect(Number(headers.get('Retry-After'))).toBeGreaterThan(590);
			expect(Number(headers.get('Retry-After'))).toBeLessThanOrEqual(600);
		}
		expect((await signIn('bartek', bartek.auth, workOfBartek)).status).toBe(200);
		expect(await connect(server.url).signIn('ana', ana.auth, workOfAna)).toMatchObject({
			error: { kind: 'paused' }
		});
	});

	test('are forgotten after a right one', async () => {
		const cora = await aMember('cora');
		const work = await workFor('cora');
		for (let round = 0; round < 2; round++) {
			for (let nth = 0; nth < 9; nth++) expect((await signIn('cora', 'wrong', work)).status).toBe(400);
			expect((await signIn('cora', cora.auth, work)).status).toBe(200);
		}
	});

	test('sent all at once are ten at most', async () => {
		await aMember('dorin');
		const work = await workFor('dorin');
		const answers = await Promise.all(Array.from({ length: 40 }, () => signIn('dorin', 'wrong', work)));
		const statuses = answers.map(({ status }) => status);
		expect(statuses.filter((status) => status === 400)).toHaveLength(10);
		expect(statuses.filter((status) => status === 429)).toHaveLength(30);
	});

	test('for a login that nobody has are answered in the same way', async () => {
		const work = await workFor('nobody');
		for (let nth = 0; nth < 10; nth++) expect((await signIn('nobody', 'wrong', work)).status).toBe(400);
		expect((await signIn('nobody', 'wrong', work)).status).toBe(429);
	});

	test('without work are not counted, and cost no hashing of passwords', async () => {
		const frieda = await aMember('frieda');
		const began = performance.now();
		for (let nth = 0; nth < 50; nth++) expect((await signIn('frieda', 'wrong', '')).status).toBe(403);
		const each = (performance.now() - began) / 50;
		const work = await workFor('frieda');
		const compared = performance.now();
		expect((await signIn('frieda', frieda.auth, work)).status).toBe(200);
		// bcrypt takes 50 ms and more; a refusal about one.
		expect(each).toBeLessThan((performance.now() - compared) / 2);
	});
});

test('with 0 bits nothing is asked for', async () => {
	const world = await w.makeWorld();
	expect(world.ana.token).toBeTruthy();
	await world.server.stop();
});
