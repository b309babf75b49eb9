/// What a team has made of the alert's form. Its coordinators set it, by the rule that is there; the shape is checked by a hook.

migrate(
	(app) => {
		const teams = app.findCollectionByNameOrId('teams');
		// The hook counts characters; as bytes, and as JSON writes some of them, these can be several times as many.
		teams.fields.add(new JSONField({ name: 'form', maxSize: 400000 }));
		app.save(teams);
		app.db().newQuery("UPDATE teams SET form = '{}'").execute();
	},
	(app) => {
		const teams = app.findCollectionByNameOrId('teams');
		teams.fields.removeByName('form');
		app.save(teams);
	}
);
