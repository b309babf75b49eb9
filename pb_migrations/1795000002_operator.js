/// A superuser nobody can sign in as: without one PocketBase prints a link by which a stranger could become the first.
/// Operators make their own on the command line: `pocketbase superuser upsert EMAIL PASSWORD`.

migrate((app) => {
	const nobody = new Record(app.findCollectionByNameOrId('_superusers'));
	nobody.set('email', 'nobody@heed.invalid');
	nobody.set('password', $security.randomString(60));
	app.save(nobody);
});
