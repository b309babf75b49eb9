/// Who asks for new keys does not know the own account's id yet: the request is signed over the login instead, and what
/// names the account is brought when it is due.

migrate((app) => {
	const recoveries = app.findCollectionByNameOrId('recoveries');
	recoveries.fields.removeByName('wrapped');
	recoveries.fields.add(
		new TextField({
			name: 'login',
			min: 3,
			max: 60,
			pattern: '^[\\p{Ll}\\p{Lo}\\p{N}][\\p{Ll}\\p{Lo}\\p{N}._@-]*$'
		})
	);
	app.save(recoveries);

	app
		.db()
		.newQuery('UPDATE recoveries SET login = (SELECT login FROM users WHERE users.id = recoveries.user)')
		.execute();
	// What was asked before is signed in another way: it is asked anew.
	app
		.db()
		.newQuery(
			`UPDATE recoveries SET refused = strftime('%Y-%m-%d %H:%M:%fZ', 'now') WHERE done = '' AND refused = ''`
		)
		.execute();

	recoveries.fields.getByName('login').required = true;
	app.save(recoveries);
});
