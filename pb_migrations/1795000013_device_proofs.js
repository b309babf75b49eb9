/// A locked device signs new alerts for its person: the proofs of their key and grants may bring its certificate along.

const PROOF = '^[A-Za-z0-9+/]{86}==(\\.[a-z0-9]{15}\\.[A-Za-z0-9+/]{43}=\\.[A-Za-z0-9+/]{86}==)?$';

migrate((app) => {
	for (const name of ['keys', 'grants']) {
		const collection = app.findCollectionByNameOrId(name);
		collection.fields.getByName('proof').pattern = PROOF;
		app.save(collection);
	}
});
