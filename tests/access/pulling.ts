/**
 * What the device of each person is told by the pull: which rows, what is sealed for whom, whose expertise and invitation, and
 * who is on call where.
 */
import { isAllowed } from './allowance';
import { seen, shows, type Cell } from './cell';
import { ask, type Person } from './line';
import { PEOPLE, PLACES } from './people';
import type { Scene } from './scene';

/** All of these cells. */
export const pullCells = (scene: Scene): Cell[] =>
	PEOPLE.filter((who) => who !== 'operator').flatMap((who) => pulls(scene, scene.people[who]));

const PULLED = [
	'users',
	'agencies',
	'areas',
	'teams',
	'memberships',
	'keys',
	'grants',
	'requests',
	'recoveries',
	'approvals',
	'cases',
	'entries',
	'blobs',
	'ladders'
];

type Pulled = Record<string, Record<string, unknown>[]>;

function pulls(scene: Scene, person: Person): Cell[] {
	const { who } = person;
	const nameOf = ({ id }: Record<string, unknown>) =>
		scene.rows.get(id as string)?.name ?? `unknown ${String(id)}`;
	const cell = (on: string, what: string, expected: string[], tell: (pulled: Pulled) => string): Cell => ({
		who,
		on,
		verb: 'pull',
		path: 'pull',
		what,
		expected: seen(expected),
		ask: async () => {
			const pulled = await pull(person);
			if (typeof pulled === 'number') return pulled === 401 ? 'refused' : `answered ${pulled}`;
			return tell(pulled);
		}
	});
	const known = PULLED.flatMap((on) =>
		[...scene.rows.values()].filter(
			({ collection, name }) => collection === on && isAllowed(who, on, 'pull', name)
		)
	);
	return [
		...PULLED.map((on) =>
			cell(
				on,
				'its rows',
				known.filter(({ collection }) => collection === on).map(({ name }) => name),
				({ [on]: rows = [] }) => {
					const hidden = shows(rows).filter((field) => field !== 'invite');
					return hidden.length > 0 ? `shows ${hidden.join()}` : seen(rows.map(nameOf));
				}
			)
		),
		cell('pull', 'other collections', [], (pulled) =>
			seen(Object.keys(pulled).filter((name) => !PULLED.includes(name)))
		),
		cell('grants', 'what is sealed to others', [], ({ grants = [] }) =>
			seen(grants.filter((grant) => grant.sealed !== '' && !isFor(scene, person, grant)).map(nameOf))
		),
		cell(
			'expertise',
			'of members',
			known.map(({ name }) => name).filter((name) => isAllowed(who, 'expertise', 'pull', name)),
			({ memberships = [] }) =>
				seen(memberships.filter(({ knows }) => JSON.stringify(knows) !== '{}').map(nameOf))
		),
		cell(
			'invitation',
			'of teams',
			PLACES.filter((place) => isAllowed(who, 'invitation', 'pull', `of ${place}`)),
			({ teams = [] }) => {
				const shown = teams.filter((team) => 'invite' in team).map(({ id }) => id);
				return seen(PLACES.filter((place) => shown.includes(scene.places[place].team)));
			}
		),
		cell(
			'rota',
			'of teams',
			PLACES.filter((place) => isAllowed(who, 'rota', 'pull', `of ${place}`)),
			({ teams = [] }) => {
				const shown = teams.filter(({ ladder }) => ladder !== null).map(({ id }) => id);
				return seen(PLACES.filter((place) => shown.includes(scene.places[place].team)));
			}
		),
		cell(
			'ladders',
			'who has it',
			known
				.filter(
					({ collection, name }) =>
						collection === 'ladders' && isAllowed(who, 'ladders', 'pull', `by: ${name}`)
				)
				.map(({ name }) => name),
			({ ladders = [] }) => seen(ladders.filter((ladder) => 'by' in ladder).map(nameOf))
		)
	];
}

/** Everything that a device of the person is told, page by page; or the number of an answer that tells nothing. */
async function pull(person: Person): Promise<Pulled | number> {
	const rows: Pulled = {};
	for (let since = 0; ;) {
		const { status, body } = await ask(person, 'GET', `/api/heed/pull?since=${since}`);
		if (status !== 200) return status;
		for (const [name, some] of Object.entries(body.rows as Pulled)) (rows[name] ??= []).push(...some);
		if (body.more !== true) return rows;
		since = body.upto as number;
	}
}

/** Sealed to the person, or to a circle that is the person's; for a coordinator also to the printed key, whose words are on paper. */
const isFor = (scene: Scene, { who, id }: Person, grant: Record<string, unknown>): boolean =>
	grant.user === id || isAllowed(who, 'keys', 'view', scene.rows.get(grant.via as string)?.name ?? '');
