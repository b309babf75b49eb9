/// A ladder ends when somebody has it, or when its case is over: two things, and whoever asked for advice is not told the one
/// where it was the other. What ended before nobody had is over.

const TIME = '^\\d{4}-\\d{2}-\\d{2} \\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$';

migrate(
	(app) => {
		const ladders = app.findCollectionByNameOrId('ladders');
		ladders.fields.add(new TextField({ name: 'over', max: 24, pattern: TIME }));
		app.save(ladders);
		app
			.db()
			.newQuery("UPDATE ladders SET \"over\" = had, had = '' WHERE had != '' AND \"by\" = ''")
			.execute();
	},
	(app) => {
		app.db().newQuery('UPDATE ladders SET had = "over" WHERE "over" != \'\'').execute();
		const ladders = app.findCollectionByNameOrId('ladders');
		ladders.fields.removeByName('over');
		app.save(ladders);
	}
);
