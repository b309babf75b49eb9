/// Who there is: accounts, places, agencies, teams, memberships. Fields say what src/lib/domain/records.ts says.

const ID = {
	name: 'id',
	type: 'text',
	system: true,
	primaryKey: true,
	required: true,
	min: 15,
	max: 15,
	pattern: '^[a-z0-9]+$',
	autogeneratePattern: ''
};
const REV = { name: 'rev', type: 'number', onlyInt: true, min: 0 };
const NAME = { name: 'name', type: 'text', required: true, max: 120 };
const RECIPIENT = {
	name: 'recipient',
	type: 'text',
	required: true,
	max: 2500,
	pattern: '^age1pq1[02-9ac-hj-np-z]+$'
};
const ENDED = {
	name: 'ended',
	type: 'text',
	max: 24,
	pattern: '^\\d{4}-\\d{2}-\\d{2} \\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$'
};
const LOCALE = {
	name: 'locale',
	type: 'select',
	required: true,
	maxSelect: 1,
	values: ['en', 'pl', 'de', 'ro', 'hu']
};

const revIndex = (name) => `CREATE UNIQUE INDEX idx_${name}_rev ON ${name} (rev)`;

migrate((app) => {
	const one = (name, collection, required) => ({
		name,
		type: 'relation',
		required,
		maxSelect: 1,
		cascadeDelete: false,
		collectionId: app.findCollectionByNameOrId(collection).id
	});
	const make = (name, fields, indexes = []) =>
		app.save(
			new Collection({
				type: 'base',
				name,
				fields: [ID, REV, ...fields],
				indexes: [revIndex(name), ...indexes]
			})
		);

	app.delete(app.findCollectionByNameOrId('users'));
	const accounts = new Collection({
		type: 'auth',
		name: 'users',
		fields: [
			ID,
			REV,
			// Lengths are code points here and in zod.
			{
				name: 'login',
				type: 'text',
				required: true,
				min: 3,
				max: 60,
				pattern: '^[\\p{Ll}\\p{Lo}\\p{N}][\\p{Ll}\\p{Lo}\\p{N}._@-]*$'
			},
			NAME,
			LOCALE,
			RECIPIENT,
			// Shown to its owner only: the view rule is the wall. A hidden field could not be written at sign-up.
			{ name: 'wrapped', type: 'text', required: true, min: 4, max: 2000, pattern: '^[A-Za-z0-9+/]+={0,2}$' }
		],
		indexes: [revIndex('users'), 'CREATE UNIQUE INDEX idx_users_login ON users (login)']
	});
	app.save(accounts);

	// PocketBase adds its own fields on saving.
	const users = app.findCollectionByNameOrId('users');
	users.fields.getByName('email').required = false;
	const password = users.fields.getByName('password');
	password.min = 43;
	password.max = 43;
	password.pattern = '^[A-Za-z0-9_-]{43}$';
	users.passwordAuth.enabled = true;
	users.passwordAuth.identityFields = ['login'];
	users.otp.enabled = false;
	users.mfa.enabled = false;
	users.oauth2.enabled = false;
	users.authAlert.enabled = false;
	users.authToken.duration = 30 * 24 * 60 * 60;
	app.save(users);

	make('areas', [NAME, { name: 'country', type: 'text', required: true, pattern: '^[A-Z]{2}$' }]);
	const areas = app.findCollectionByNameOrId('areas');
	areas.fields.add(new RelationField(one('parent', 'areas', false)));
	app.save(areas);

	make(
		'teams',
		[
			NAME,
			one('area', 'areas', true),
			LOCALE,
			{ name: 'open', type: 'bool' },
			{ name: 'invite', type: 'text', hidden: true, required: true, pattern: '^[a-z0-9]{30}$' }
		],
		['CREATE UNIQUE INDEX idx_teams_invite ON teams (invite)']
	);

	make(
		'agencies',
		[
			one('team', 'teams', true),
			NAME,
			{
				name: 'sector',
				type: 'select',
				required: true,
				maxSelect: 1,
				values: [
					'school',
					'youth_work',
					'social_work',
					'child_protection',
					'family_support',
					'health',
					'police',
					'justice',
					'municipality',
					'government',
					'civil_society',
					'community',
					'housing',
					'sport',
					'advice_centre',
					'employment',
					'victim_support',
					'exit_work',
					'media',
					'prison',
					'research',
					'other'
				]
			}
		],
		['CREATE INDEX idx_agencies_team ON agencies (team)']
	);

	make(
		'memberships',
		[
			one('team', 'teams', true),
			one('user', 'users', true),
			one('agency', 'agencies', false),
			{
				name: 'role',
				type: 'select',
				required: true,
				maxSelect: 1,
				values: ['expert', 'police', 'coordinator', 'guest']
			},
			ENDED
		],
		[
			'CREATE INDEX idx_memberships_user ON memberships (user, ended, team)',
			'CREATE INDEX idx_memberships_team ON memberships (team, ended, user)'
		]
	);
});
