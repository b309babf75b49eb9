/// What trust rests on: who signed a record, generations of circle keys, a team's roll, asking to be admitted, getting
/// back in, and what was done. Fields say what src/lib/domain/records.ts says. Rows from before carry no signature: they
/// stay readable, and devices take them for what they are.

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
const CREATED = { name: 'created', type: 'autodate', onCreate: true };
const RECIPIENT = {
	name: 'recipient',
	type: 'text',
	required: true,
	max: 2500,
	pattern: '^age1pq1[02-9ac-hj-np-z]+$'
};
const VERIFIER = { name: 'verifier', type: 'text', required: true, pattern: '^[A-Za-z0-9+/]{43}=$' };
const PROOF = { name: 'proof', type: 'text', required: true, pattern: '^[A-Za-z0-9+/]{86}==$' };

const time = (name) => ({
	name,
	type: 'text',
	max: 24,
	pattern: '^\\d{4}-\\d{2}-\\d{2} \\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$'
});
const digest = (name, more) => ({ name, type: 'text', pattern: '^[0-9a-f]{64}$', ...more });
const choice = (name, values, more = {}) => ({ name, type: 'select', maxSelect: 1, values, ...more });

migrate((app) => {
	const one = (name, collection, required, more = {}) => ({
		name,
		type: 'relation',
		required,
		maxSelect: 1,
		cascadeDelete: false,
		collectionId: app.findCollectionByNameOrId(collection).id,
		...more
	});
	const extend = (name, fields, indexes = []) => {
		const collection = app.findCollectionByNameOrId(name);
		for (const { type, ...field } of fields) {
			const Field = {
				text: TextField,
				bool: BoolField,
				number: NumberField,
				json: JSONField,
				select: SelectField,
				relation: RelationField
			}[type];
			collection.fields.add(new Field(field));
		}
		collection.indexes = collection.indexes.concat(indexes);
		app.save(collection);
	};
	const make = (name, fields, indexes) =>
		app.save(new Collection({ type: 'base', name, fields: [ID, ...fields], indexes }));
	const revIndex = (name) => `CREATE UNIQUE INDEX idx_${name}_rev ON ${name} (rev)`;

	extend('users', [choice('kind', ['named', 'coded'], { required: true }), VERIFIER, PROOF]);
	app.db().newQuery("UPDATE users SET kind = 'named'").execute();

	extend('teams', [
		{ name: 'coded', type: 'bool' },
		{ name: 'roll', type: 'number', onlyInt: true, min: 0 },
		{ name: 'idle', type: 'json', maxSize: 1000 },
		// SHA-256 of what the holder of the printed recovery key shows.
		digest('ticket', { hidden: true })
	]);
	app.db().newQuery("UPDATE teams SET idle = '{}'").execute();

	extend('memberships', [time('until')]);

	extend('keys', [one('before', 'keys', false), PROOF], ['CREATE INDEX idx_keys_maker ON keys (maker)']);
	const keys = app.findCollectionByNameOrId('keys');
	keys.fields.getByName('name').values = [
		'members',
		'police',
		'coordinators',
		'recovery',
		'reporter',
		'team',
		'narrow',
		'invited'
	];
	app.save(keys);

	extend(
		'grants',
		[digest('digest', { required: true }), PROOF],
		// Who else holds a key, and who gave it, without reading what was sealed.
		[
			'CREATE INDEX idx_grants_key_rev ON grants (`key`, rev)',
			'CREATE INDEX idx_grants_giver ON grants (giver, `key`)'
		]
	);

	// No rev: a device asks for what comes after the last link it knows, when the team's `roll` has moved on.
	make(
		'roll',
		[
			one('team', 'teams', true),
			{ name: 'seq', type: 'number', onlyInt: true, required: true, min: 1 },
			{ name: 'text', type: 'text', required: true, min: 2, max: 4000 },
			PROOF,
			one('by', 'users', true)
		],
		['CREATE UNIQUE INDEX idx_roll_team_seq ON roll (team, seq)']
	);

	make(
		'requests',
		[
			REV,
			one('team', 'teams', true),
			one('user', 'users', true),
			choice('answer', ['admitted', 'declined']),
			CREATED
		],
		[
			revIndex('requests'),
			"CREATE UNIQUE INDEX idx_requests_open ON requests (team, user) WHERE answer = ''",
			'CREATE INDEX idx_requests_team ON requests (team, user)',
			'CREATE INDEX idx_requests_user ON requests (user)'
		]
	);

	make(
		'recoveries',
		[
			REV,
			one('team', 'teams', true),
			one('user', 'users', true),
			RECIPIENT,
			VERIFIER,
			PROOF,
			{
				name: 'wrapped',
				type: 'text',
				hidden: true,
				required: true,
				min: 4,
				max: 2000,
				pattern: '^[A-Za-z0-9+/]+={0,2}$'
			},
			// SHA-256 of the password that comes with the new keys.
			digest('ticket', { hidden: true, required: true }),
			CREATED,
			time('done'),
			time('refused')
		],
		[
			revIndex('recoveries'),
			'CREATE INDEX idx_recoveries_user ON recoveries (user)',
			'CREATE INDEX idx_recoveries_team ON recoveries (team)'
		]
	);

	make(
		'approvals',
		[REV, one('recovery', 'recoveries', true), one('by', 'users', true), PROOF],
		[revIndex('approvals'), 'CREATE UNIQUE INDEX idx_approvals_once ON approvals (recovery, `by`)']
	);

	// Never content; no rules, only hooks write it. `by` is '' where time did it.
	app.save(
		new Collection({
			type: 'base',
			name: 'audit',
			fields: [
				{ name: 'at', type: 'autodate', onCreate: true },
				{ name: 'team', type: 'text', max: 15 },
				{ name: 'by', type: 'text', max: 15 },
				{ name: 'what', type: 'text', required: true, max: 40, pattern: '^[a-z_]+$' },
				{ name: 'about', type: 'text', max: 15 }
			],
			indexes: ['CREATE INDEX idx_audit_team ON audit (team, at)']
		})
	);
});
