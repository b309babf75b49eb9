/** Heed's own routes but the pull, and those of PocketBase beside the records. */
import * as w from '../contract/world';
import { isSuccess, outcome, verdict, type Cell } from './cell';
import { isAllowed } from './allowance';
import { ask, type Person } from './line';
import { PEOPLE, PLACES } from './people';
import { aRecovery } from './made';
import type { Scene } from './scene';

const ASKING = PEOPLE.filter((who) => who !== 'operator');

/** All of these cells. */
export const routeCells = (scene: Scene): Cell[] =>
	ASKING.flatMap((who) => [...own(scene, scene.people[who]), ...theirs(scene, scene.people[who])]);

function own(scene: Scene, person: Person): Cell[] {
	const cell = (
		on: string,
		what: string,
		method: string,
		url: string,
		body?: unknown,
		stays?: () => Promise<boolean>
	): Cell => ({
		who: person.who,
		on,
		verb: 'call',
		path: 'route',
		what,
		expected: verdict(isAllowed(person.who, on, 'call', what, 'route')),
		ask: async () => {
			const answer = await ask(person, method, url, body);
			// Whoever tries too often is told so: that is a wall as well.
			if (answer.status === 409 || answer.status === 429) return 'refused';
			return isSuccess(answer) && (await stays?.()) === true ? 'refused' : outcome(answer);
		}
	});
	const untouched = async () => {
		const { body } = await ask(
			scene.operator,
			'GET',
			`/api/collections/recoveries/records/${recovery('home')}`
		);
		return body.done === '' && body.refused === '';
	};
	const recovery = (place: string) =>
		[...scene.rows.values()].find(
			({ name, collection }) => collection === 'recoveries' && name === `recovery ${place}`
		)?.id ?? '';
	return [
		cell('facts', 'before signing in', 'GET', '/api/heed/facts'),
		cell('pull', 'one’s own', 'GET', '/api/heed/pull'),
		...PLACES.flatMap((place) =>
			['roll', 'pieces'].map((route) =>
				cell(route, `of ${place}`, 'GET', `/api/heed/${route}/${scene.places[place].team}`)
			)
		),
		cell('found', 'another instance', 'POST', '/api/heed/found', w.aFounding(scene.world.recipient)),
		cell('courier', 'without its secret', 'POST', '/api/heed/courier/hello', {}),
		cell(
			'recover',
			'withdrawing without the secret',
			'POST',
			'/api/heed/recover/withdraw',
			{ id: recovery('home'), auth: w.password() },
			untouched
		),
		cell(
			'recover',
			'finishing without the secret',
			'POST',
			'/api/heed/recover/finish',
			{
				id: recovery('home'),
				auth: w.password(),
				wrapped: w.sealed(),
				proof: w.aProof()
			},
			untouched
		),
		cell('recover', 'a team without its printed key', 'POST', '/api/heed/recover/team', {
			team: scene.world.team,
			ticket: w.password(),
			membership: w.id()
		}),
		...PLACES.map((place): Cell => ({
			who: person.who,
			on: 'recover',
			verb: 'call',
			path: 'route',
			what: `refusing the one ${place}`,
			expected: verdict(isAllowed(person.who, 'recover', 'call', `refusing the one ${place}`, 'route')),
			ask: async () => {
				const expert = scene.people[`expert ${place}`].id;
				const id = await scene.put(
					'recoveries',
					aRecovery({ ...scene.world, team: scene.places[place].team }, expert)
				);
				const answer = await ask(person, 'POST', '/api/heed/recover/refuse', { id });
				const { body } = await ask(scene.operator, 'GET', `/api/collections/recoveries/records/${id}`);
				await scene.drop('recoveries', id);
				if (isSuccess(answer) === (body.refused === ''))
					return `answered ${answer.status}, and the row says otherwise`;
				return outcome(answer);
			}
		}))
	];
}

/** What PocketBase offers to operators, and for signing in by other ways. */
function theirs(scene: Scene, person: Person): Cell[] {
	const { id: expert } = scene.people['expert home'];
	const rule = { viewRule: '', listRule: '' };
	const ROUTES: readonly (readonly [
		on: string,
		what: string,
		method: string,
		url: string,
		body?: unknown
	])[] = [
		['collections', 'all of them', 'GET', '/api/collections'],
		['collections', 'one of them', 'GET', '/api/collections/teams'],
		[
			'collections',
			'making one',
			'POST',
			'/api/collections',
			{ name: 'mine', type: 'base', fields: [], ...rule }
		],
		['collections', 'opening one', 'PATCH', '/api/collections/entries', rule],
		['collections', 'removing one', 'DELETE', '/api/collections/pieces'],
		['collections', 'emptying one', 'DELETE', '/api/collections/pieces/truncate'],
		['collections', 'importing', 'PUT', '/api/collections/import', { collections: [] }],
		['collections', 'scaffolds', 'GET', '/api/collections/meta/scaffolds'],
		['settings', 'reading', 'GET', '/api/settings'],
		['settings', 'writing', 'PATCH', '/api/settings', { meta: { appName: 'Mine' } }],
		[
			'settings',
			'testing mail',
			'POST',
			'/api/settings/test/email',
			{ email: 'a@example.org', template: 'verification' }
		],
		['settings', 'testing storage', 'POST', '/api/settings/test/s3', { filesystem: 'storage' }],
		['logs', 'all of them', 'GET', '/api/logs'],
		['logs', 'their numbers', 'GET', '/api/logs/stats'],
		['backups', 'all of them', 'GET', '/api/backups'],
		['backups', 'making one', 'POST', '/api/backups', { name: 'mine.zip' }],
		['backups', 'uploading one', 'POST', '/api/backups/upload', {}],
		['crons', 'all of them', 'GET', '/api/crons'],
		['crons', 'running one', 'POST', '/api/crons/heedLeaving'],
		['sql', 'a statement', 'POST', '/api/sql', { query: 'SELECT * FROM users' }],
		['files', 'a token', 'POST', '/api/files/token'],
		['users', 'impersonating', 'POST', `/api/collections/users/impersonate/${expert}`, {}],
		['users', 'request-otp', 'POST', '/api/collections/users/request-otp', { email: 'a@example.org' }],
		[
			'users',
			'auth-with-otp',
			'POST',
			'/api/collections/users/auth-with-otp',
			{ otpId: w.id(), password: '123456' }
		],
		[
			'users',
			'auth-with-oauth2',
			'POST',
			'/api/collections/users/auth-with-oauth2',
			{ provider: 'google', code: 'x', codeVerifier: 'x', redirectURL: 'x' }
		],
		[
			'users',
			'confirm-password-reset',
			'POST',
			'/api/collections/users/confirm-password-reset',
			{ token: person.token, password: w.password(), passwordConfirm: 'x' }
		],
		[
			'users',
			'request-email-change',
			'POST',
			'/api/collections/users/request-email-change',
			{ newEmail: 'a@example.org' }
		],
		[
			'users',
			'confirm-email-change',
			'POST',
			'/api/collections/users/confirm-email-change',
			{ token: person.token, password: w.password() }
		],
		[
			'users',
			'confirm-verification',
			'POST',
			'/api/collections/users/confirm-verification',
			{ token: person.token }
		],
		[
			'users',
			'auth-with-password',
			'POST',
			'/api/collections/users/auth-with-password',
			{ identity: `x${w.id()}`, password: w.password() }
		],
		['users', 'auth-refresh', 'POST', '/api/collections/users/auth-refresh'],
		['users', 'auth-methods', 'GET', '/api/collections/users/auth-methods'],
		['_superusers', 'auth-refresh', 'POST', '/api/collections/_superusers/auth-refresh'],
		[
			'_superusers',
			'auth-with-password',
			'POST',
			'/api/collections/_superusers/auth-with-password',
			{ identity: 'nobody@heed.invalid', password: w.password() }
		],
		['_superusers', 'impersonating', 'POST', `/api/collections/_superusers/impersonate/${expert}`, {}]
	];
	return ROUTES.map(([on, what, method, url, body]): Cell => ({
		who: person.who,
		on,
		verb: 'call',
		path: 'route',
		what,
		expected: verdict(isAllowed(person.who, on, 'call', what, 'route')),
		ask: async () => outcome(await ask(person, method, url, body))
	}));
}
