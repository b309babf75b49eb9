/**
 * Four teams in a tree on a real server, with somebody in every relation to them and a row of every collection in each.
 * Every row has a name, the one by which the expectation speaks of it; a row without one is an error here.
 */
import * as w from '../contract/world';
import { openCases } from './cases';
import { breakGround, type Ground } from './ground';
import { aLine, type Person } from './line';
import { aDevice, aLadder, anApproval, aNotice, aPiece, aRecovery, aWish, ROTA } from './made';
import { PEOPLE, PLACES, type Place, type Who } from './people';
import { admitPeople, bringPeople, foundTeams, type Site } from './teams';

/** What the cells are made of. */
export type Scene = Awaited<ReturnType<typeof setScene>>;

/** A collection of the server's, with its relations and those that lead to it. */
export interface Collection {
	name: string;
	id: string;
	forward: string[];
	back: string[];
}

const PAST = '2020-01-01 00:00:00.000Z';

/** Whoever calls it stops its server. */
export async function setScene() {
	const ground = await breakGround();
	const places = await foundTeams(ground);
	const someones = await bringPeople(ground);
	const idOf = (name: string) => someones.get(name)?.id ?? '';
	const leaving = await admitPeople(ground, places, idOf);
	const opened = await openCases(ground, places, idOf);
	const users = (await ground.must('GET', '/api/collections/users')).id as string;
	await fillUp(ground, places, users, idOf);
	await tellThem(ground, places, opened.cases, idOf);
	await sendAway(ground, leaving, someones);
	const collections = await schema(ground);
	await nameTheRest(ground, collections);

	return {
		...ground,
		...opened,
		places,
		users,
		collections,
		people: peopleOf(ground, someones),
		/** Accounts that nobody in the table signs in with: what is done to somebody is done to them. */
		others: { newcomer: idOf('newcomer'), grantee: idOf('grantee'), leaver: idOf('leaver') }
	};
}

/** What else a team has, and what PocketBase keeps of ways to sign in. */
async function fillUp(
	{ world, rows, know, add, all }: Ground,
	places: Record<Place, Site>,
	users: string,
	idOf: (name: string) => string
): Promise<void> {
	for (const place of PLACES) {
		const { team } = places[place];
		const [expert, coordinator] = [idOf(`expert ${place}`), idOf(`coordinator ${place}`)];
		if (place !== 'home') await add('roll', `link ${place}`, w.aLink(team, coordinator, 1));
		await add('pieces', `piece ${place}`, aPiece(team, coordinator));
		await add('requests', `request ${place}`, w.aRequest({ team, invite: '' }, { id: idOf('newcomer') }));
		const recovery = await add('recoveries', `recovery ${place}`, aRecovery({ ...world, team }, expert));
		await add('approvals', `approval ${place}`, anApproval(recovery, coordinator));
	}
	for (const { id, seq } of await all('roll'))
		if (!rows.has(id as string)) know('roll', `link ${String(seq)} home`, id as string);
	for (const who of ['reporter', 'coordinator home'] as const) {
		const own = { collectionRef: users, recordRef: idOf(who) };
		await add('_otps', `of ${who}`, { id: w.id(), ...own, password: '123456' });
		await add('_mfas', `of ${who}`, { id: w.id(), ...own, method: 'password' });
		await add('_authOrigins', `of ${who}`, { id: w.id(), ...own, fingerprint: w.id() });
		await add('_externalAuths', `of ${who}`, { id: w.id(), ...own, provider: 'google', providerId: w.id() });
	}
}

/** Devices, what waits for them, a climb for some cases, and a rota of each team. */
async function tellThem(
	{ rows, know, add, patch, all }: Ground,
	places: Record<Place, Site>,
	cases: Record<string, { id: string }>,
	idOf: (name: string) => string
): Promise<void> {
	for (const who of ['expert home', 'reporter'] as const) {
		await add('devices', `device of ${who}`, aDevice(idOf(who)));
		await add('wishes', `wishes of ${who}`, aWish(idOf(who)));
		await add('notices', `notice for ${who}`, aNotice(idOf(who)));
	}
	await add('devices', 'device of newcomer', aDevice(idOf('newcomer')));
	const climb = async (name: string, team: string, more: Record<string, unknown> = {}) => {
		const kase = cases[name]?.id ?? '';
		return add(
			'ladders',
			`ladder of ${name}`,
			aLadder(team, kase, { by: idOf('coordinator home'), ...more })
		);
	};
	const { team } = places.home;
	await climb('by code', team);
	// It has reached the team above.
	await climb('for the police alone', team, { above: places.above.team });
	// By name it has reached somebody who holds no key there.
	const ladder = await climb('the alert', team);
	await add('notices', 'notice for police home', aNotice(idOf('police home'), { kind: 'call', ladder }));
	await climb('case beside', places.beside.team);
	for (const place of PLACES) await patch('teams', places[place].team, { ladder: ROTA });
	for (const { id } of await all('notices'))
		if (!rows.has(id as string)) know('notices', 'a notice', id as string);
}

/** One by a coordinator, two by time; each signs in again. */
async function sendAway(
	{ world, patch }: Ground,
	{ suspended, expired }: { suspended: string; expired: string[] },
	someones: Map<string, w.Someone>
): Promise<void> {
	const { server, eszter } = world;
	await w.mustBe(200, w.update(server, eszter, 'memberships', suspended, { ended: w.NOW }));
	for (const membership of expired) await patch('memberships', membership, { until: PAST });
	for (const name of ['suspended', 'expired guest', 'expired guest, expert beside']) {
		const someone = someones.get(name);
		if (!someone) throw new Error(`${name} is not there`);
		await w.pull(server, someone);
		someones.set(name, await w.signIn(server, someone.account));
	}
}

/** Rows that come by themselves. */
const ORDINARY: Record<string, string> = {
	audit: 'a note',
	counters: 'the counter',
	instance: 'the instance',
	_superusers: 'an operator',
	_authOrigins: 'of an operator'
};

async function nameTheRest({ rows, all, know }: Ground, collections: readonly Collection[]): Promise<void> {
	for (const { name } of collections) {
		const there = await all(name);
		if (there.length === 0) throw new Error(`no row of ${name}`);
		for (const { id } of there) {
			if (rows.has(id as string)) continue;
			const known = ORDINARY[name];
			if (known === undefined) throw new Error(`a row of ${name} has no name`);
			know(name, known, id as string);
		}
	}
}

function peopleOf({ world, operator }: Ground, someones: Map<string, w.Someone>): Record<Who, Person> {
	const people = PEOPLE.map((who, at): [Who, Person] => {
		const { id, token } = someones.get(who) ?? { id: '', token: '' };
		return [who, who === 'operator' ? operator : { who, id, token, line: aLine(world.server.url, at + 1) }];
	});
	return Object.fromEntries(people) as Record<Who, Person>;
}

interface Schema {
	id: string;
	name: string;
	fields: { name: string; type: string; collectionId?: string }[];
}

async function schema({ must }: Ground): Promise<Collection[]> {
	const all = (await must('GET', '/api/collections?perPage=200')).items as Schema[];
	const relations = all.flatMap(({ name, fields }) =>
		fields
			.filter(({ type }) => type === 'relation')
			.map((field) => ({ of: name, field: field.name, to: field.collectionId }))
	);
	return all.map(({ id, name }) => ({
		id,
		name,
		forward: relations.filter(({ of }) => of === name).map(({ field }) => field),
		back: relations.filter(({ to }) => to === id).map(({ of, field }) => `${of}_via_${field}`)
	}));
}
