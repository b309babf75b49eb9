/**
 * The pull against the plain definition of who may know what, over a generated world of three teams: circles and their
 * second generation, cases referred from team to team, keys for few, grants that ended, were given again or taken away,
 * people who left or whose time is over, rows that changed and rows that went. Everybody, from several positions, page by
 * page: no row more, none less, none later.
 */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { seeded } from '../net/seeded';
import { startServer, type Server } from '../server';
import * as w from './world';
import { aProof, batch, id, mustBe, pull, type Row, type Someone, type World } from './world';

const ROWS = 200;
const NAMES = [
	...['users', 'agencies', 'areas', 'teams', 'memberships', 'keys', 'grants'],
	...['requests', 'recoveries', 'approvals', 'cases', 'entries', 'blobs']
];
const LATER = '2026-11-21 10:42:00.000Z';

type Kept = Record<string, string> & { rev: number };
type Tables = Record<string, Kept[]>;

const chance = seeded(7);
const oneOf = <T>(some: readonly T[]): T => {
	const one = some[Math.floor(chance() * some.length)];
	if (one === undefined) throw new Error('nothing to choose from');
	return one;
};
const mostly = (likely: number): boolean => chance() < likely;

let server: Server;
let operator: Someone;
let people: Someone[];
beforeAll(async () => {
	server = await startServer();
	operator = await w.anOperator(server);
	people = await generate();
}, 240_000);
afterAll(() => server.stop());

test('whose accounts have changed is asked of each of them', () => compare(), 120_000);

test('and where many have, of all whom somebody knows at once', async () => {
	const hooksDir = await mkdtemp(join(tmpdir(), 'heed-hooks-'));
	await cp('pb_hooks', hooksDir, { recursive: true });
	const file = join(hooksDir, 'lib/pull.js');
	const text = await readFile(file, 'utf8');
	expect(text).toContain('const FEW = 100;');
	await writeFile(file, text.replace('const FEW = 100;', 'const FEW = -1;'));
	await server.kill();
	server = await startServer({ dataDir: server.dataDir, hooksDir });
	await compare();
	await rm(hooksDir, { recursive: true });
}, 120_000);

/** Pulls as everybody, and holds each page against what the definition says of the rows that there are. */
async function compare(): Promise<void> {
	for (const person of people) {
		// Whose time is over is led out by asking, and signs in again.
		if ((await pull(server, person)).status === 401)
			person.token = (await w.signIn(server, person.account)).token;
	}
	const tables: Tables = {};
	for (const name of [...NAMES, 'counters']) tables[name] = await rowsOf(name);
	const end = tables.counters?.[0]?.n as unknown as number;
	let [rows, cuts] = [0, 0];
	for (const [nth, person] of people.entries()) {
		const may = mayKnow(tables, person.id);
		for (const since of [0, 7, 150, 300 + nth * 50, end - 400, end - 20, end]) {
			let left = may.known.filter(({ row }) => row.rev > since);
			for (let from = since; ;) {
				const { status, body } = await pull(server, person, from);
				expect(status).toBe(200);
				const got = Object.entries(body.rows).flatMap(([name, some]) => some.map((row) => ({ name, row })));
				got.sort((a, b) => Number(a.row.rev) - Number(b.row.rev));
				const page = left.slice(0, ROWS);
				expect(got.map(short), `${person.account.login} from ${from}`).toEqual(page.map(short));
				const sealed = got.filter(({ name, row }) => name === 'grants' && row.sealed !== '');
				expect(sealed.map(({ row }) => row.id)).toEqual(
					page.filter(({ name, row }) => name === 'grants' && may.opens(row)).map(({ row }) => row.id)
				);
				left = left.slice(ROWS);
				rows += page.length;
				if (!body.more) {
					expect([left.length, body.upto]).toEqual([0, end]);
					break;
				}
				cuts++;
				expect(body.upto).toBeGreaterThanOrEqual(page.at(-1)?.row.rev ?? from + 1);
				expect(body.upto).toBeLessThan(left[0]?.row.rev ?? end + 1);
				from = body.upto;
			}
		}
	}
	expect(rows).toBeGreaterThan(5_000);
	expect(cuts).toBeGreaterThan(20);
}

const short = ({ name, row }: { name: string; row: Row }): string =>
	`${name} ${String(row.id)} ${String(row.rev)}`;

/** The definition: slow, and in as few words as there are. */
function mayKnow(tables: Tables, me: string) {
	const all = (name: string): Kept[] => tables[name] ?? [];
	const set = (rows: readonly Kept[], field: string): Set<string> =>
		new Set(rows.map((row) => row[field] ?? ''));
	const now = new Date().toISOString().replace('T', ' ');

	const direct = set(
		all('grants').filter((row) => row.user === me && row.ended === ''),
		'key'
	);
	const through = all('grants').filter((row) => direct.has(row.via ?? '') && row.ended === '');
	const held = new Set([...direct, ...set(through, 'key')]);
	const own = all('memberships').filter(
		(row) => row.user === me && row.ended === '' && (row.until === '' || (row.until ?? '') > now)
	);
	const mine = set(own, 'team');
	const led = set(
		own.filter(({ role }) => role === 'coordinator'),
		'team'
	);
	const overseen = set(
		own.filter(({ role }) => role === 'coordinator' || role === 'expert'),
		'team'
	);
	const heldKeys = all('keys').filter((row) => held.has(row.id ?? ''));
	const isIn = (teams: Set<string>) => (row: Kept) => teams.has(row.team ?? '');
	const senders = all('cases').filter((row) => row.sender !== '' && isIn(mine)(row));
	const seen = new Set([...mine, ...set(heldKeys, 'team'), ...set(senders, 'sender')]);
	const spare = set(
		all('keys').filter((row) => isIn(led)(row) && row.case === '' && row.name === 'recovery'),
		'id'
	);
	const opening = new Set([...direct, ...spare]);
	const begun = new Set(
		heldKeys
			.filter((key) => key.name === 'narrow' && key.case !== '')
			.flatMap((key) =>
				all('keys').filter(
					(first) =>
						first.case === key.case &&
						first.maker === key.maker &&
						first.name === 'reporter' &&
						first.before === ''
				)
			)
			.map((first) => first.id)
	);
	const under = (name: string) => all(name).filter((row) => held.has(row.key ?? ''));
	const recoveries = all('recoveries').filter((row) => row.user === me || isIn(overseen)(row));
	const approvals = all('approvals').filter((row) => set(recoveries, 'id').has(row.recovery ?? ''));
	const persons = new Set([
		me,
		...set(
			all('memberships').filter((row) => row.ended === '' && isIn(mine)(row)),
			'user'
		),
		...set(under('entries'), 'author'),
		...set(heldKeys, 'maker'),
		...set(under('grants'), 'giver'),
		...set(
			under('grants').filter((row) => row.ended === ''),
			'user'
		),
		...set(all('requests').filter(isIn(led)), 'user'),
		...set(recoveries, 'user'),
		...set(approvals, 'by')
	]);
	const rows: Record<string, Kept[]> = {
		users: all('users').filter((row) => persons.has(row.id ?? '')),
		agencies: all('agencies').filter(isIn(mine)),
		areas: all('areas').filter((row) =>
			set(
				all('teams').filter((team) => seen.has(team.id ?? '')),
				'area'
			).has(row.id ?? '')
		),
		teams: all('teams').filter((row) => seen.has(row.id ?? '')),
		memberships: all('memberships').filter((row) => row.user === me || isIn(mine)(row)),
		keys: all('keys').filter(
			(row) => held.has(row.id ?? '') || (row.case === '' && isIn(seen)(row)) || begun.has(row.id)
		),
		grants: all('grants').filter(
			(row) =>
				held.has(row.key ?? '') ||
				(row.ended !== '' && (row.user === me || opening.has(row.via ?? ''))) ||
				spare.has(row.via ?? '')
		),
		requests: all('requests').filter((row) => row.user === me || isIn(led)(row)),
		recoveries,
		approvals,
		cases: all('cases').filter((row) => isIn(overseen)(row) || set(heldKeys, 'case').has(row.id ?? '')),
		entries: under('entries'),
		blobs: under('blobs').filter((row) => row.entry !== '')
	};
	return {
		known: Object.entries(rows)
			.flatMap(([name, some]) => some.map((row) => ({ name, row })))
			.sort((a, b) => a.row.rev - b.row.rev),
		opens: (grant: Row) => grant.user === me || opening.has(grant.via as string)
	};
}

async function rowsOf(name: string): Promise<Kept[]> {
	const rows: Kept[] = [];
	for (let page = 1; ; page++) {
		const path = `/api/collections/${name}/records?perPage=1000&page=${page}&skipTotal=1`;
		const { body } = await mustBe(200, w.call(server, 'GET', path, { as: operator }));
		rows.push(...((body.items ?? []) as Kept[]));
		if ((body.items?.length ?? 0) < 1000) return rows;
	}
}

/** Written by the operator, whom no rule stops: also what rules do not let anybody write today must not be shown to others. */
async function generate(): Promise<Someone[]> {
	const recipient = await w.aRecipient();
	let waiting: w.Request[] = [];
	const flush = async (): Promise<void> => {
		const requests = waiting;
		waiting = [];
		if (requests.length > 0) await mustBe(200, batch(server, operator, requests));
	};
	const send = async (request: w.Request): Promise<void> => {
		waiting.push(request);
		if (waiting.length === 20) await flush();
	};
	const put = async <T extends Row>(collection: string, row: T): Promise<T> => {
		await send(w.created(collection, row));
		return row;
	};
	const change = (collection: string, row: Row, values: Row): Promise<void> => {
		Object.assign(row, values);
		return send(w.updated(collection, row.id as string, values));
	};

	const accounts = Array.from({ length: 12 }, (_, nth) => w.anAccount(`person-${nth}`, recipient));
	await Promise.all(
		accounts.map((account) => mustBe(200, w.create(server, operator, 'users', w.signUpBody(account))))
	);
	const come = await Promise.all(accounts.map((account) => w.signIn(server, account)));

	const teams: { id: string; world: World; circles: Row[] }[] = [];
	for (let nth = 0; nth < 3; nth++) {
		const area = await put('areas', { id: id(), name: `Place ${nth}`, country: 'PL' });
		const team = { id: id(), name: `Team ${nth}`, area: area.id, locale: 'pl', open: true };
		await put('teams', { ...team, invite: id() + id(), idle: {} });
		await put('agencies', { id: id(), team: team.id, name: `Agency ${nth}`, sector: 'school' });
		const world = { team: team.id, recipient } as World;
		const circles = [];
		for (const name of ['members', 'police', 'coordinators', 'recovery'])
			circles.push(await put('keys', w.aKey(world, oneOf(come), '', name)));
		const [members] = circles;
		circles.push(await put('keys', w.aKey(world, oneOf(come), '', 'members', members?.id)));
		teams.push({ id: team.id, world, circles });
	}
	const [memberships, grants, keys, cases, entries, blobs]: Row[][] = [[], [], [], [], [], []];
	const grant = async (key: Row, to: { user: string } | { via: string }): Promise<void> => {
		grants?.push(await put('grants', w.aGrant(oneOf(come), key.id as string, to)));
	};
	const enter = async (person: Someone, { id: team, world, circles }: (typeof teams)[0]): Promise<void> => {
		const role = oneOf(['expert', 'expert', 'police', 'coordinator', 'guest']);
		const until = role === 'guest' ? oneOf(['', LATER]) : '';
		memberships?.push(await put('memberships', w.aMembership({ team }, person, role, { until })));
		const names = { expert: ['members'], police: ['police'], guest: [] as string[] }[role];
		for (const circle of circles) {
			const belongs = names?.includes(circle.name as string) ?? circle.name !== 'recovery';
			if (belongs && mostly(0.9)) await grant(circle, { user: person.id });
		}
		if (mostly(0.2)) await put('requests', { ...w.aRequest(world, oneOf(come)), invite: undefined });
	};
	for (const team of teams) {
		const spare = team.circles.find(({ name }) => name === 'recovery') as Row;
		for (const circle of team.circles) if (circle !== spare) await grant(circle, { via: spare.id as string });
		// The last two report, and are in no team; one person is in two.
		for (const person of come.slice(0, 10)) if (mostly(0.4)) await enter(person, team);
	}

	const open = async (): Promise<void> => {
		const { world, circles, id: team } = oneOf(teams);
		const reporter = oneOf([...come.slice(-3), oneOf(come)]);
		const sender = mostly(0.2) ? oneOf(teams.filter((other) => other.id !== team)) : null;
		const kase = { ...w.aCase(world), sender: sender?.id ?? '', reporter: reporter.id };
		cases?.push(await put('cases', kase));
		const seal = async (name: string, maker: Someone, before = ''): Promise<Row> => {
			const key = await put('keys', w.aKey(world, maker, kase.id, name, before));
			keys?.push(key);
			return key;
		};
		const circle = (name: string, of = circles): { via: string } => ({
			via: of.find((one) => one.name === name)?.id as string
		});
		const first = await seal('reporter', reporter);
		await grant(first, { user: reporter.id });
		await grant(first, circle(oneOf(['members', 'members', 'police'])));
		if (sender) await grant(first, circle('members', sender.circles));
		if (mostly(0.4)) {
			const narrow = await seal('narrow', mostly(0.7) ? reporter : oneOf(come));
			await grant(narrow, circle('coordinators'));
			if (mostly(0.5)) await grant(narrow, { user: oneOf(come).id });
		}
		if (mostly(0.5)) await grant(await seal('team', oneOf(come)), circle('members'));
		if (mostly(0.3)) {
			const next = await seal('reporter', reporter, first.id as string);
			await grant(next, { user: reporter.id });
			await grant(next, { user: oneOf(come).id });
		}
	};
	const say = async (): Promise<void> => {
		const key = oneOf(keys ?? []);
		const entry = w.anEntry(oneOf(come), key.case as string, key.id as string);
		entries?.push(await put('entries', entry));
	};
	const attach = async (): Promise<void> => {
		await flush();
		const bytes = crypto.getRandomValues(new Uint8Array(20));
		const key = oneOf(keys ?? []);
		const blob = w.aBlob(oneOf(come), key.id as string, bytes);
		await mustBe(200, w.upload(server, operator, blob, bytes));
		blobs?.push(blob);
		if (mostly(0.4)) await grant(key, { user: oneOf(come).id });
	};
	const given = (): Row => oneOf((grants ?? []).filter((row) => row.ended === ''));
	const end = (row: Row): Promise<void> => change('grants', row, { ended: w.NOW });
	const drop = (collection: string, rows: Row[], isKept = (_: Row): boolean => false): Promise<void> => {
		const row = oneOf(rows.filter((one) => !isKept(one)));
		rows.splice(rows.indexOf(row), 1);
		return send({
			method: 'DELETE',
			url: `/api/collections/${collection}/records/${String(row.id)}`,
			body: {}
		});
	};
	const isPictured = ({ id }: Row): boolean => blobs?.some(({ entry }) => entry === id) === true;
	const again = (): Promise<void> => {
		const row = oneOf(grants ?? []);
		const to = row.user === '' ? { via: row.via as string } : { user: row.user as string };
		return grant({ id: row.key }, to);
	};
	const recover = async (): Promise<void> => {
		const team = oneOf(teams);
		const row = { ...w.aRecovery(team.world, oneOf(come)), wrapped: w.sealed(), ticket: w.digestOf('x') };
		await put('recoveries', row);
		await put('approvals', {
			...{ id: id(), recovery: row.id, by: oneOf(come).id },
			...{ before: w.aVerifier(), proof: aProof() }
		});
	};
	const deeds: [number, () => Promise<unknown>][] = [
		[120, say],
		[30, open],
		[12, again],
		[8, () => end(given())],
		[6, () => change('cases', oneOf(cases ?? []), { phase: oneOf(['intake', 'assessed', 'closed']) })],
		[5, () => grant(oneOf(keys ?? []), { user: oneOf(come).id })],
		[5, () => grant(oneOf(keys ?? []), { via: oneOf(oneOf(teams).circles).id as string })],
		[4, attach],
		[4, () => change('blobs', oneOf(blobs ?? []), { entry: oneOf(entries ?? []).id })],
		[3, () => drop('grants', grants ?? [])],
		[3, () => drop('entries', entries ?? [], isPictured)],
		[3, () => change('entries', oneOf(entries ?? []), { sealed: w.sealed(20) })],
		[3, () => change('keys', oneOf(keys ?? []), { ended: w.NOW })],
		[2, () => change('users', { id: oneOf(come).id }, { name: `Renamed ${chance()}` })],
		[1, () => enter(oneOf(come.slice(0, 10)), oneOf(teams))],
		[1, () => change('memberships', oneOf(memberships ?? []), { ended: w.NOW })],
		[1, recover]
	];
	const weighed = deeds.flatMap(([weight, deed]) => Array.from({ length: weight }, () => deed));
	for (let nth = 0; nth < 12; nth++) await open();
	await say();
	await attach();
	for (let nth = 0; nth < 900; nth++) await oneOf(weighed)();
	await flush();
	return Promise.all(accounts.map((account) => w.signIn(server, account)));
}
