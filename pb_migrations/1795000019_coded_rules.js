/// Without an account: no name is given, an alert goes to a team whose door is open to such, and nobody asks to be let in.

migrate(
	(app) => {
		const set = (name, from, to) => {
			const collection = app.findCollectionByNameOrId(name);
			if (!collection.createRule.includes(from)) throw new Error(`the rule of ${name} is another one`);
			collection.createRule = collection.createRule.replace(from, to);
			app.save(collection);
		};
		set('users', "(kind = 'coded')", "(kind = 'coded' && name = '-')");
		set(
			'cases',
			'(team.open = true)',
			"(team.open = true && (@request.auth.kind = 'named' || team.coded = true))"
		);
		set('requests', "(@request.auth.id != '')", "(@request.auth.id != '' && @request.auth.kind = 'named')");
	},
	(app) => {
		const set = (name, from, to) => {
			const collection = app.findCollectionByNameOrId(name);
			collection.createRule = collection.createRule.replace(from, to);
			app.save(collection);
		};
		set('users', "(kind = 'coded' && name = '-')", "(kind = 'coded')");
		set(
			'cases',
			"(team.open = true && (@request.auth.kind = 'named' || team.coded = true))",
			'(team.open = true)'
		);
		set('requests', "(@request.auth.id != '' && @request.auth.kind = 'named')", "(@request.auth.id != '')");
	}
);
