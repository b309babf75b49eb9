/// What a team has made of what Heed starts with: practices, first steps, terms, the page to read before. One row for each
/// time that it decided; the newest counts and none is changed. It is read by a route of its own (pb_hooks/roll.pb.js's way).

migrate(
	(app) => {
		const membership = 'team.memberships_via_team';
		app.save(
			new Collection({
				name: 'pieces',
				type: 'base',
				createRule: [
					"@request.auth.id != ''",
					'author = @request.auth.id',
					`${membership}.user ?= @request.auth.id`,
					`${membership}.role ?= 'coordinator'`,
					`${membership}.ended ?= ''`,
					`(${membership}.until ?= '' || ${membership}.until ?> @now)`
				].join(' && '),
				fields: [
					{
						name: 'team',
						type: 'relation',
						collectionId: app.findCollectionByNameOrId('teams').id,
						maxSelect: 1,
						required: true
					},
					{
						name: 'author',
						type: 'relation',
						collectionId: app.findCollectionByNameOrId('users').id,
						maxSelect: 1,
						required: true
					},
					// Which piece: its kind, and its name there.
					{
						name: 'of',
						type: 'text',
						required: true,
						max: 80,
						pattern: '^(practice/[a-z0-9]{15}|(steps|term|before)(/[a-z0-9_]{1,40}){1,2})$'
					},
					// The rev of the row that its writer had seen; 0 for none.
					{ name: 'over', type: 'number', onlyInt: true, min: 0 },
					// The version of the example that it was made of.
					{ name: 'based', type: 'number', onlyInt: true, min: 0 },
					{
						name: 'state',
						type: 'select',
						maxSelect: 1,
						values: ['shown', 'hidden', 'removed'],
						required: true
					},
					// The team's own words, by language; null where it goes by the example.
					{ name: 'body', type: 'json', maxSize: 400000 },
					{ name: 'rev', type: 'number', onlyInt: true }
				],
				indexes: [
					// Two who decide at the same time: the second one is told.
					'CREATE UNIQUE INDEX idx_pieces_over ON pieces (team, "of", "over")',
					'CREATE INDEX idx_pieces_rev ON pieces (team, rev)'
				]
			})
		);
	},
	(app) => app.delete(app.findCollectionByNameOrId('pieces'))
);
