/// What teams work on: cases (routing data only), keys, grants, entries, blobs. Fields say what src/lib/domain/records.ts says.

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
const DIGEST = { name: 'digest', type: 'text', required: true, pattern: '^[0-9a-f]{64}$' };
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

const listKey = (name) => ({ name, type: 'text', required: true, max: 40, pattern: '^[a-z0-9_]{1,40}$' });
const id = (name) => ({ name, type: 'text', required: true, min: 15, max: 15, pattern: '^[a-z0-9]+$' });
const base64 = (name, max) => ({
	name,
	type: 'text',
	required: true,
	min: 4,
	max,
	pattern: '^[A-Za-z0-9+/]+={0,2}$'
});

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
	const make = (name, fields, indexes = []) =>
		app.save(
			new Collection({
				type: 'base',
				name,
				fields: [ID, REV, ...fields],
				indexes: [`CREATE UNIQUE INDEX idx_${name}_rev ON ${name} (rev)`, ...indexes]
			})
		);

	make(
		'cases',
		[
			one('team', 'teams', true),
			listKey('theme'),
			listKey('type'),
			{ name: 'place', type: 'text', max: 120 },
			{
				name: 'urgency',
				type: 'select',
				required: true,
				maxSelect: 1,
				values: ['calm', 'soon', 'urgent', 'danger']
			},
			{
				name: 'phase',
				type: 'select',
				required: true,
				maxSelect: 1,
				values: [
					'received',
					'intake',
					'assessed',
					'planned',
					'follow_up',
					'long_term',
					'paused',
					'reviewed',
					'redirected',
					'closed',
					'evaluated'
				]
			},
			one('owner', 'users', false),
			// Set by pb_hooks/fields.pb.js, seen by rules only.
			one('reporter', 'users', true, { hidden: true }),
			CREATED
		],
		['CREATE INDEX idx_cases_team ON cases (team, rev)']
	);

	make(
		'keys',
		[
			one('team', 'teams', true),
			one('case', 'cases', false),
			{
				name: 'name',
				type: 'select',
				required: true,
				maxSelect: 1,
				values: ['members', 'police', 'coordinators', 'reporter', 'team', 'narrow', 'invited']
			},
			RECIPIENT,
			one('maker', 'users', true),
			ENDED
		],
		['CREATE INDEX idx_keys_case ON keys (`case`)', 'CREATE INDEX idx_keys_team ON keys (team, `case`)']
	);

	make(
		'grants',
		[
			one('key', 'keys', true),
			one('user', 'users', false),
			one('via', 'keys', false),
			base64('sealed', 12000),
			one('giver', 'users', true),
			ENDED
		],
		[
			'CREATE INDEX idx_grants_key ON grants (`key`)',
			'CREATE INDEX idx_grants_user ON grants (user, ended, `key`, rev)',
			'CREATE INDEX idx_grants_via ON grants (via, ended, `key`, rev)'
		]
	);

	make(
		'entries',
		[
			one('case', 'cases', true),
			one('key', 'keys', true),
			listKey('kind'),
			one('author', 'users', true),
			base64('sealed', 400000),
			DIGEST,
			CREATED
		],
		[
			'CREATE INDEX idx_entries_key_rev ON entries (`key`, rev)',
			'CREATE INDEX idx_entries_key_author ON entries (`key`, author)'
		]
	);

	make(
		'blobs',
		[
			// No relation: the parts travel before the batch that makes their key.
			id('key'),
			one('entry', 'entries', false),
			one('owner', 'users', true),
			id('file'),
			{ name: 'index', type: 'number', onlyInt: true, min: 0, max: 999 },
			{ name: 'count', type: 'number', onlyInt: true, required: true, min: 1, max: 1000 },
			DIGEST,
			{
				name: 'part',
				type: 'file',
				required: true,
				maxSelect: 1,
				maxSize: 1024 * 1024 + 4096,
				protected: true
			}
		],
		['CREATE INDEX idx_blobs_key ON blobs (`key`, rev)', 'CREATE INDEX idx_blobs_entry ON blobs (entry)']
	);
});
