/// Why the last letter to somebody's address was refused for good; '' where it was taken. docs/notices.md.

migrate(
	(app) => {
		const wishes = app.findCollectionByNameOrId('wishes');
		wishes.fields.add(new TextField({ name: 'trouble', max: 40 }));
		app.save(wishes);
	},
	(app) => {
		const wishes = app.findCollectionByNameOrId('wishes');
		wishes.fields.removeByName('trouble');
		app.save(wishes);
	}
);
