/** Every person's looks at every row: by list, filter, sort, view, expanding and file. */
import { isSuccess, outcome, seen, shows, verdict, type Cell } from './cell';
import { isAllowed } from './allowance';
import { ask, type Person } from './line';
import { PEOPLE } from './people';
import type { Known } from './ground';
import type { Scene } from './scene';

type Row = Record<string, unknown>;

/** A field of each collection whose value somebody would like to guess, letter by letter. */
const GUESSED: Record<string, string> = {
	users: 'login',
	teams: 'invite',
	memberships: 'until',
	keys: 'recipient',
	grants: 'sealed',
	cases: 'reporter',
	entries: 'sealed',
	blobs: 'part',
	recoveries: 'ticket',
	approvals: 'proof',
	requests: 'answer',
	roll: 'text',
	pieces: 'of',
	devices: 'endpoint',
	notices: 'token',
	wishes: 'address',
	ladders: 'steps',
	audit: 'what',
	areas: 'name',
	agencies: 'name',
	counters: 'n',
	instance: 'founded',
	_superusers: 'email',
	_otps: 'password',
	_mfas: 'method',
	_authOrigins: 'fingerprint',
	_externalAuths: 'providerId'
};

/** All of these cells. */
export function readingCells(scene: Scene): Cell[] {
	return PEOPLE.flatMap((who) => {
		const person = scene.people[who];
		return [...lists(scene, person), ...views(scene, person), ...files(scene, person)];
	});
}

const namesOf = (scene: Scene, rows: readonly Row[]): string[] =>
	rows.map(({ id }) => scene.rows.get(id as string)?.name ?? `unknown ${String(id)}`);

function lists(scene: Scene, person: Person): Cell[] {
	return scene.collections.flatMap(({ name, forward, back }) => {
		const rows = [...scene.rows.values()].filter(({ collection }) => collection === name);
		const [one] = rows;
		const guess = GUESSED[name];
		if (!one || guess === undefined) throw new Error(`nothing to guess in ${name}`);
		const ways: Record<string, string> = {
			list: '',
			filter: `&filter=${encodeURIComponent(`id!="${one.id}" || id="${one.id}"`)}`,
			guess: `&filter=${encodeURIComponent(`${guess}!~"~" || ${guess}~"~"`)}`,
			sort: `&sort=-${guess}`,
			expand: `&expand=${[...forward, ...back].join(',')}`,
			'back-relation': `&filter=${encodeURIComponent(back.map((path) => `${path}.id!="~"`).join('||') || 'id!="~"')}`
		};
		return Object.entries(ways).map(([path, query]): Cell => ({
			who: person.who,
			on: name,
			verb: 'list',
			path,
			what: 'its rows',
			expected: seen(
				rows.filter((row) => isAllowed(person.who, name, 'list', row.name, path)).map((row) => row.name)
			),
			ask: async () => {
				const answer = await ask(
					person,
					'GET',
					`/api/collections/${name}/records?perPage=1000&skipTotal=1${query}`
				);
				if (!isSuccess(answer)) return outcome(answer);
				return seen(namesOf(scene, answer.body.items as Row[]));
			}
		}));
	});
}

function views(scene: Scene, person: Person): Cell[] {
	const { who } = person;
	const mayView = (row: Known | undefined) =>
		row !== undefined && isAllowed(who, row.collection, 'view', row.name);
	const tried = new Set<string>();
	return distinct(scene).flatMap((row) => {
		const { collection, name: what, id } = row;
		const base = { who, on: collection, verb: 'view', what } as const;
		const look = async (query: string, tell: (row: Row) => string) => {
			const answer = await ask(person, 'GET', `/api/collections/${collection}/records/${id}${query}`);
			return isSuccess(answer) ? tell(answer.body) : outcome(answer);
		};
		const plain: Cell = {
			...base,
			path: 'view',
			expected: verdict(mayView(row)),
			ask: () => look('', (body) => (who === 'operator' ? 'allowed' : openly(body, 'allowed')))
		};
		// With what nobody lets one view nothing comes along either: that is asked once for each collection.
		if (who === 'operator' || (!mayView(row) && tried.has(collection))) return [plain];
		tried.add(collection);

		const { forward = [], back = [] } = scene.collections.find(({ name }) => name === collection) ?? {};
		const expansions = Object.entries({ expand: forward, 'back-relation': back }).filter(
			([, paths]) => paths.length > 0
		);
		return [
			plain,
			...expansions.map(([path, paths]): Cell => ({
				...base,
				path,
				expected: mayView(row) ? 'nothing beyond' : 'refused',
				ask: () =>
					look(`?expand=${paths.join(',')}`, ({ expand, ...body }) => {
						const along = Object.values((expand ?? {}) as Record<string, Row | Row[]>).flat();
						const beyond = along.filter((one) => !mayView(scene.rows.get(one.id as string)));
						return beyond.length > 0
							? seen(namesOf(scene, beyond))
							: openly([body, ...along], 'nothing beyond');
					})
			}))
		];
	});
}

/** `otherwise`, where no field shows that none may show. */
function openly(body: unknown, otherwise: string): string {
	const hidden = shows(body);
	return hidden.length > 0 ? `shows ${hidden.join()}` : otherwise;
}

/** One of those that go by the same name. */
const distinct = ({ rows }: Scene): Known[] => [
	...new Map([...rows.values()].map((row) => [`${row.collection}|${row.name}`, row])).values()
];

function files(scene: Scene, person: Person): Cell[] {
	const blobs = distinct(scene).filter(({ collection }) => collection === 'blobs');
	const get = async (url: string) => outcome(await ask(person, 'GET', url));
	const ways: Record<string, (row: Known) => Promise<string>> = {
		blob: ({ id }) => get(`/api/heed/blob/${id}`),
		file: async ({ id }) => get(`/api/files/blobs/${id}/${await partOf(scene, id)}`),
		'file by token': async ({ id }) => {
			const { body } = await ask(person, 'POST', '/api/files/token');
			const token = typeof body.token === 'string' ? body.token : person.token;
			return get(`/api/files/blobs/${id}/${await partOf(scene, id)}?token=${token}`);
		}
	};
	if (person.who === 'operator') return [];
	return blobs.flatMap((row) =>
		Object.entries(ways).map(([path, way]): Cell => ({
			who: person.who,
			on: 'blobs',
			verb: 'open',
			path,
			what: row.name,
			expected: verdict(isAllowed(person.who, 'blobs', 'open', row.name, path)),
			ask: () => way(row)
		}))
	);
}

const parts = new Map<string, string>();
async function partOf(scene: Scene, id: string): Promise<string> {
	if (parts.size === 0)
		for (const row of await scene.all('blobs')) parts.set(row.id as string, row.part as string);
	return parts.get(id) ?? '';
}
