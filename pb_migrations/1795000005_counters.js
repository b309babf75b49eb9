/// The counter every rev is taken from, and the one row that says which instance this is. No rules: only hooks touch them.

migrate((app) => {
	const counters = new Collection({
		type: 'base',
		name: 'counters',
		fields: [
			{ name: 'name', type: 'text', required: true, max: 40 },
			{ name: 'n', type: 'number', onlyInt: true, min: 0 }
		],
		indexes: ['CREATE UNIQUE INDEX idx_counters_name ON counters (name)']
	});
	app.save(counters);

	const rev = new Record(counters);
	rev.set('name', 'rev');
	rev.set('n', 0);
	app.save(rev);

	app.save(
		new Collection({
			type: 'base',
			name: 'instance',
			fields: [{ name: 'founded', type: 'autodate', onCreate: true }]
		})
	);
});
