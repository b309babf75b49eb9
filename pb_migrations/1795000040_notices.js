/// Notices: which devices are told, what waits to be told, how somebody wants to be told, and the ladders that are climbed.
/// No rule lets anybody at these collections: routes of our own answer for them (docs/notices.md). Fields say what
/// src/lib/domain/notice.ts and src/lib/domain/ladder.ts say.

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
const TIME = '^\\d{4}-\\d{2}-\\d{2} \\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$';
const KINDS = [
	'danger',
	'urgent',
	'call',
	'above',
	'police',
	'alert',
	'message',
	'seen',
	'answer',
	'test',
	'red',
	'confirm'
];

const time = (name) => ({ name, type: 'text', max: 24, pattern: TIME });
const text = (name, max, more = {}) => ({ name, type: 'text', max, ...more });
const select = (name, values) => ({ name, type: 'select', required: true, maxSelect: 1, values });
/** Relations would be looked up at every write; these rows are written by the server alone. */
const id = (name, required) => ({ name, type: 'text', required, max: 15, pattern: '^[a-z0-9]{15}$' });

migrate(
	(app) => {
		const user = (more) => ({
			name: 'user',
			type: 'relation',
			required: true,
			maxSelect: 1,
			cascadeDelete: true,
			collectionId: app.findCollectionByNameOrId('users').id,
			...more
		});
		const make = (name, fields, indexes) =>
			app.save(new Collection({ type: 'base', name, fields: [ID, ...fields], indexes }));

		make(
			'devices',
			[
				user(),
				text('endpoint', 2000, { required: true }),
				text('p256dh', 88, { required: true }),
				text('auth', 24, { required: true }),
				select('locale', ['en', 'pl', 'de', 'ro', 'hu']),
				select('system', ['android', 'ios', 'desktop']),
				// A test was asked for; the device said that something was shown; its owner was written to.
				time('asked'),
				time('heard'),
				time('chased'),
				text('trouble', 40),
				{ name: 'made', type: 'autodate', onCreate: true }
			],
			['CREATE INDEX idx_devices_user ON devices (user)', 'CREATE INDEX idx_devices_asked ON devices (asked)']
		);

		make(
			'notices',
			[
				select('kind', KINDS),
				id('user', true),
				// '' for an e-mail.
				id('device', false),
				id('case', false),
				id('team', false),
				id('ladder', false),
				text('tag', 40, { required: true }),
				text('token', 32, { required: true }),
				{ name: 'urgent', type: 'bool' },
				time('due'),
				time('ends'),
				select('state', ['waiting', 'sent', 'gone', 'kept', 'late', 'spared']),
				// Until when, and by which courier.
				time('leased'),
				id('by', false),
				{ name: 'attempts', type: 'number', onlyInt: true, min: 0 },
				text('why', 40),
				time('shown'),
				{ name: 'created', type: 'autodate', onCreate: true }
			],
			[
				"CREATE INDEX idx_notices_due ON notices (urgent, due) WHERE state = 'waiting'",
				'CREATE UNIQUE INDEX idx_notices_token ON notices (token)',
				'CREATE INDEX idx_notices_ladder ON notices (ladder, user)',
				'CREATE INDEX idx_notices_user ON notices (user, ladder)',
				'CREATE INDEX idx_notices_device ON notices (device, created)',
				'CREATE INDEX idx_notices_created ON notices (created)'
			]
		);

		make(
			'wishes',
			[
				user(),
				{ name: 'wishes', type: 'json', maxSize: 2000 },
				text('address', 254),
				// Somebody opened the letter that was sent there; until then `code` is what it carries.
				time('confirmed'),
				text('code', 32)
			],
			[
				'CREATE UNIQUE INDEX idx_wishes_user ON wishes (user)',
				"CREATE UNIQUE INDEX idx_wishes_code ON wishes (code) WHERE code != ''"
			]
		);

		make(
			'ladders',
			[
				{ name: 'rev', type: 'number', onlyInt: true, min: 0 },
				id('team', true),
				id('case', true),
				select('urgency', ['urgent', 'danger']),
				{ name: 'steps', type: 'json', maxSize: 4000 },
				time('next'),
				time('had'),
				id('by', false),
				// The team above, once it was told.
				id('above', false)
			],
			[
				'CREATE UNIQUE INDEX idx_ladders_rev ON ladders (rev)',
				'CREATE UNIQUE INDEX idx_ladders_case ON ladders (`case`)',
				'CREATE INDEX idx_ladders_team ON ladders (team, rev)',
				"CREATE INDEX idx_ladders_above ON ladders (above, rev) WHERE above != ''",
				"CREATE INDEX idx_ladders_next ON ladders (next) WHERE next != ''"
			]
		);

		const teams = app.findCollectionByNameOrId('teams');
		teams.fields.add(new JSONField({ name: 'ladder', maxSize: 20000 }));
		app.save(teams);
	},
	(app) => {
		const teams = app.findCollectionByNameOrId('teams');
		teams.fields.removeByName('ladder');
		app.save(teams);
		for (const name of ['ladders', 'wishes', 'notices', 'devices'])
			app.delete(app.findCollectionByNameOrId(name));
	}
);
