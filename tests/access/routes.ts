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
		...['lease', 'settle'].map((route) =>
			cell('courier', `${route} without its secret`, 'POST', `/api/heed/courier/${route}`, {
				...{ by: w.id(), most: 1, urgent: false, settled: [] }
			})
		),
		...told(scene, person),
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

/** Everybody asks of the same device, wishes and ladders: whose they are, decides. */
function told(scene: Scene, person: Person): Cell[] {
	const cell = (
		on: string,
		what: string,
		method: string,
		url: string,
		{ body, undo }: { body?: unknown; undo?: () => Promise<unknown> } = {}
	): Cell => ({
		who: person.who,
		on,
		verb: 'call',
		path: 'route',
		what,
		expected: verdict(isAllowed(person.who, on, 'call', what, 'route')),
		ask: async () => {
			const answer = await ask(person, method, url, body);
			if (isSuccess(answer)) await undo?.();
			// The id is taken, and not given to somebody else.
			return answer.status === 409 ? 'refused' : outcome(answer);
		}
	});
	const idOf = (name: string) => [...scene.rows.values()].find((row) => row.name === name)?.id ?? '';
	const notices = '/api/heed/notices';
	const device = w.id();
	const subscription = {
		...{ endpoint: `https://fcm.googleapis.com/${device}`, p256dh: 'B'.repeat(87), auth: 'A'.repeat(22) }
	};
	const mine = { id: device, subscription, locale: 'pl', system: 'android' };
	/** Back to what was there before anybody asked. */
	const dropOf = (collection: string) => async () => {
		for (const row of await scene.all(collection))
			if (row.user === person.id && !scene.rows.has(row.id as string))
				await scene.drop(collection, row.id as string);
	};
	const clean = async () => {
		await dropOf('devices')();
		await dropOf('notices')();
	};
	return [
		cell('notices', 'one’s own', 'GET', `${notices}/mine`),
		cell('notices', 'the own device', 'PUT', `${notices}/device`, { body: mine, undo: clean }),
		cell('notices', 'another’s device in one’s own name', 'PUT', `${notices}/device`, {
			body: { ...mine, id: idOf('device of newcomer') }
		}),
		...(['DELETE', 'POST'] as const).map((method) =>
			cell('notices', `${method} another’s device`, method, `${notices}/device/${idOf('device of newcomer')}`)
		),
		...PLACES.map((place) =>
			cell('notices', `points of ${place}`, 'GET', `${notices}/points/${scene.places[place].team}`)
		),
		cell('notices', 'a made-up token', 'POST', `${notices}/token`, {
			body: { token: 'x'.repeat(32), did: 'shown' }
		}),
		cell('notices', 'a new subscription without the old secret', 'POST', `${notices}/renew`, {
			body: { endpoint: `https://fcm.googleapis.com/${w.id()}`, auth: 'B'.repeat(22), subscription }
		}),
		cell('notices', 'a made-up code', 'POST', `${notices}/confirm`, { body: { code: 'x'.repeat(32) } }),
		...['by code', 'for the police alone', 'the alert', 'case beside'].map((name): Cell => ({
			who: person.who,
			on: 'ladder',
			verb: 'call',
			path: 'route',
			what: name,
			expected: verdict(isAllowed(person.who, 'ladder', 'call', name, 'route')),
			ask: () =>
				inTurn(async () => {
					const ladder = idOf(`ladder of ${name}`);
					const answer = await ask(person, 'POST', `/api/heed/ladder/${ladder}/have`, {});
					const url = `/api/collections/ladders/records/${ladder}`;
					const { had, by } = (await ask(scene.operator, 'GET', url)).body;
					const before = { had: '', by: scene.people['coordinator home'].id, next: LATER };
					await scene.patch('ladders', ladder, before);
					if (isSuccess(answer) !== (had !== '' && by === person.id))
						return `answered ${answer.status}, and the row says otherwise`;
					return outcome(answer);
				})
		}))
	];
}

const LATER = '2999-12-31 23:59:59.000Z';

/** One after the other: all ask of the same ladders. */
function inTurn<T>(work: () => Promise<T>): Promise<T> {
	const mine = turn.then(work);
	turn = mine.catch(() => {});
	return mine;
}
let turn: Promise<unknown> = Promise.resolve();

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
