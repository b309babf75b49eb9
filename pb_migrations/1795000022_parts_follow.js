/// Texts go before pictures: a part may follow an entry that is there already, of the same author and under the same key.

const all = (...conditions) => conditions.map((condition) => `(${condition})`).join(' && ');

migrate((app) => {
	const blobs = app.findCollectionByNameOrId('blobs');
	blobs.createRule = all(
		"@request.auth.id != ''",
		'owner = @request.auth.id',
		"entry = '' || (entry.author = @request.auth.id && entry.key = key)",
		'@request.body.index:isset = true'
	);
	blobs.indexes = [...blobs.indexes, 'CREATE INDEX idx_blobs_file ON blobs (file, entry)'];
	app.save(blobs);
});
