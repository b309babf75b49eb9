/** What can be subscribed to, and for whom the bell rings. */
import { isAllowed, type Verb } from './allowance';
import { outcome, verdict, type Cell } from './cell';
import { ask, send, type Person } from './line';
import { PEOPLE, type Who } from './people';
import type { Scene } from './scene';

/** All topics that somebody might ask for. */
export const topicCells = (scene: Scene): Cell[] => PEOPLE.flatMap((who) => topics(scene, scene.people[who]));

/** For whom the bell rings when something is said in each part of a case. */
export async function bellCells(scene: Scene): Promise<{ cells: Cell[]; close(): void }> {
	const listeners = new Map<Who, Connection>();
	for (const who of PEOPLE.filter((one) => one !== 'operator')) {
		const connection = await connect(scene.people[who]);
		const body = { clientId: connection.clientId, subscriptions: ['bell'] };
		await ask(scene.people[who], 'POST', '/api/realtime', body);
		listeners.set(who, connection);
	}
	const said = new Map<string, Promise<Map<Who, number>>>();
	const say = async (key: string) => {
		const before = new Map([...listeners].map(([who, one]) => [who, one.rings()]));
		await scene.say(key);
		await new Promise((resolve) => setTimeout(resolve, 250));
		return new Map([...listeners].map(([who, one]) => [who, one.rings() - (before.get(who) ?? 0)]));
	};
	// One key after the other: a bell does not say for what it rings.
	let last: Promise<unknown> = Promise.resolve();
	const rung = (key: string) => {
		const mine = said.get(key) ?? last.then(() => say(key));
		last = mine;
		said.set(key, mine);
		return mine;
	};
	const cells = Object.keys(scene.entries)
		.filter((name) => name.startsWith('words in '))
		.flatMap((name) =>
			[...listeners.keys()].map((who): Cell => ({
				who,
				on: 'realtime',
				verb: 'ring',
				path: 'bell',
				what: name,
				expected: verdict(isAllowed(who, 'realtime', 'ring', name)),
				ask: async () => verdict(((await rung(name.replace('words in ', ''))).get(who) ?? 0) > 0)
			}))
		);
	return {
		cells,
		close: () => {
			for (const one of listeners.values()) one.close();
		}
	};
}

/** Over one connection of the person, one after the other. */
function topics(scene: Scene, person: Person): Cell[] {
	if (person.who === 'operator') return [];
	let connection: Promise<Connection> | undefined;
	const subscribe = async (topic: string) => {
		const { clientId } = await (connection ??= connect(person));
		return outcome(await ask(person, 'POST', '/api/realtime', { clientId, subscriptions: [topic] }));
	};
	const cell = (on: string, topic: string, path: string, verb: Verb = 'hear'): Cell => ({
		who: person.who,
		on,
		verb,
		path,
		what: topic,
		expected: verdict(isAllowed(person.who, on, verb, topic)),
		ask: () => subscribe(topic)
	});
	return [
		...scene.collections.flatMap(({ name }) => {
			const { id = '' } = [...scene.rows.values()].find(({ collection }) => collection === name) ?? {};
			const filter = encodeURIComponent(JSON.stringify({ query: { filter: 'id!=""', expand: 'key' } }));
			return [
				cell(name, `${name}/*`, 'realtime'),
				cell(name, `${name}/${id}`, 'realtime'),
				cell(name, `${name}/*?options=${filter}`, 'realtime')
			];
		}),
		...['@oauth2', 'bell/*', 'bell', 'PB_CONNECT'].map((topic) => cell('realtime', topic, 'realtime'))
	];
}

interface Connection {
	clientId: string;
	/** How often the bell has rung. */
	rings: () => number;
	close(): void;
}

async function connect(person: Person): Promise<Connection> {
	const stream = await send(person, 'GET', '/api/realtime');
	let text = '';
	const heard = new Promise<string>((resolve) => {
		stream.on('data', (part: Buffer) => {
			text += part.toString();
			const [, clientId] = /"clientId":"(\w+)"/.exec(text) ?? [];
			if (clientId !== undefined) resolve(clientId);
		});
	});
	stream.on('error', () => {});
	return {
		clientId: await heard,
		rings: () => text.split('event:bell').length - 1,
		close: () => stream.destroy()
	};
}
