/** Cases, the keys of their parts, for whom these are sealed, and what was said and shown in each. */
import * as w from '../contract/world';
import type { Ground } from './ground';
import { BYTES } from './made';
import { PLACES, type Place, type Role, type Who } from './people';
import type { Site } from './teams';

/** What each case is: whose, and who was let in to which key of it. */
const CASES: Record<string, { place: Place; by: Who | 'newcomer'; keys: Record<string, KeyOf> }> = {
	'the alert': {
		place: 'home',
		by: 'reporter',
		keys: {
			'thread of the alert': {
				name: 'reporter',
				to: ['guest', 'expired guest', 'expired guest, expert beside', 'suspended'],
				via: ['members circle home']
			},
			'names of the alert': { name: 'narrow', via: ['coordinators circle home'] },
			'room of the alert': { name: 'team', by: 'expert home', via: ['members circle home'] },
			'guest part of the alert': {
				name: 'invited',
				by: 'expert home',
				to: ['guest'],
				via: ['members circle home']
			}
		}
	},
	'opened to the police': {
		place: 'home',
		by: 'reporter',
		keys: {
			'thread opened to the police': {
				name: 'reporter',
				via: ['members circle home', 'police circle home']
			}
		}
	},
	'for the police alone': {
		place: 'home',
		by: 'reporter',
		keys: { 'thread for the police alone': { name: 'reporter', via: ['police circle home'] } }
	},
	'by code': {
		place: 'home',
		by: 'reporter by code',
		keys: { 'thread by code': { name: 'reporter', via: ['members circle home'] } }
	},
	'opened above': {
		place: 'home',
		by: 'reporter',
		keys: {
			'thread opened above': { name: 'reporter', via: ['members circle home', 'members circle above'] }
		}
	},
	...Object.fromEntries(
		PLACES.slice(1).map((place) => [
			`case ${place}`,
			{
				place,
				by: 'newcomer' as const,
				keys: { [`thread ${place}`]: { name: 'reporter', via: [`members circle ${place}`] } }
			}
		])
	)
};

interface KeyOf {
	name: string;
	/** Its reporter, where nobody else is said. */
	by?: Who;
	to?: Who[];
	via: string[];
}

const BELONGS: Record<'members' | 'police' | 'coordinators', Role[]> = {
	members: ['expert', 'coordinator'],
	police: ['police', 'coordinator'],
	coordinators: ['coordinator']
};

/** The keys by name, with the case and the team of each. */
export type Keys = Record<string, { id: string; case: string; place: Place }>;

/** Makes circles and cases. */
export async function openCases(ground: Ground, places: Record<Place, Site>, idOf: (name: string) => string) {
	const { world, know, add, put, all } = ground;
	const { founding } = world;
	const keys: Keys = {};
	const keyOf = (name: string) => keys[name]?.id ?? '';
	const caseOf = (name: string) => keys[name]?.case ?? '';
	const addKey = async (name: string, place: Place, kind: string, maker: string, kase = '') => {
		const row = { ...w.aKey({ ...world, team: places[place].team }, { id: maker } as w.Someone, kase, kind) };
		keys[name] = { id: await add('keys', name, row), case: kase, place };
	};
	const addGrant = (key: string, to: { user: string } | { via: string }, name: string, giver: string) =>
		add('grants', `${key}: ${name}`, w.aGrant({ id: giver } as w.Someone, keyOf(key), to));
	for (const place of PLACES) {
		const maker = idOf(`coordinator ${place}`);
		if (place === 'home') {
			keys['recovery home'] = { id: know('keys', 'recovery home', world.recovery), case: '', place };
			for (const { id, name, grant, spare } of founding.circles) {
				keys[`${name} circle home`] = { id: know('keys', `${name} circle home`, id), case: '', place };
				know('grants', `${name} circle home: to coordinator home`, grant.id);
				know('grants', `${name} circle home: via recovery home`, spare.id);
			}
		} else await addKey(`recovery ${place}`, place, 'recovery', maker);
		for (const [circle, roles] of Object.entries(BELONGS)) {
			const name = `${circle} circle ${place}`;
			if (place !== 'home') {
				await addKey(name, place, circle, maker);
				await addGrant(name, { via: keyOf(`recovery ${place}`) }, `via recovery ${place}`, maker);
			}
			for (const role of roles) {
				const person = `${role} ${place}`;
				if (place !== 'home') await addGrant(name, { user: idOf(person) }, `to ${person}`, maker);
			}
		}
	}
	for (const grant of await all('grants')) {
		if (grant.user === world.cora.id)
			know('grants', 'members circle home: to expert home', grant.id as string);
		if (grant.user === world.dorin.id)
			know('grants', 'police circle home: to police home', grant.id as string);
	}
	await addGrant(
		'members circle beside',
		{ user: idOf('expired guest, expert beside') },
		'to expired guest, expert beside',
		idOf('coordinator beside')
	);
	// Nobody is in it: what a try opens to it is opened to nobody else in the table.
	await addKey('empty circle beside', 'beside', 'members', idOf('coordinator beside'));
	await addGrant('members circle home', { user: idOf('suspended') }, 'to suspended', world.eszter.id);

	const cases: Record<string, { id: string; place: Place }> = {};
	const entries: Record<string, string> = {};
	const say = async (name: string, key: string, author: string) => {
		entries[name] = await add(
			'entries',
			name,
			w.anEntry({ id: author } as w.Someone, caseOf(key), keyOf(key))
		);
		return entries[name];
	};
	for (const [name, { place, by, keys: theirs }] of Object.entries(CASES)) {
		const reporter = idOf(by);
		const kase = { ...w.aCase({ ...world, team: places[place].team }), reporter };
		cases[name] = { id: await add('cases', name, kase), place };
		for (const [key, { name: kind, by: maker = by, to = [], via }] of Object.entries(theirs)) {
			const giver = idOf(maker);
			await addKey(key, place, kind, giver, kase.id);
			for (const person of [maker, ...to]) await addGrant(key, { user: idOf(person) }, `to ${person}`, giver);
			for (const circle of via) await addGrant(key, { via: keyOf(circle) }, `via ${circle}`, giver);
			const entry = await say(`words in ${key}`, key, giver);
			const part = w.aBlob({ id: giver } as w.Someone, keyOf(key), BYTES);
			await add('blobs', `picture in ${key}`, { ...part, entry }, BYTES);
		}
	}
	await say('a word of the suspended', 'thread of the alert', idOf('suspended'));
	await say('a word of the expired guest', 'thread of the alert', idOf('expired guest'));
	const onItsWay = w.aBlob(world.ana, keyOf('thread of the alert'), BYTES);
	await add('blobs', 'picture on its way', onItsWay, BYTES);
	return {
		cases,
		keys,
		entries,
		keyOf,
		caseOf,
		/** Writes an entry under a key past all rules. */
		say: (key: string): Promise<string> => put('entries', w.anEntry(world.bartek, caseOf(key), keyOf(key)))
	};
}
