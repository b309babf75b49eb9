/// Who forgot a passphrase may have reported a case: finding out takes as long for a login that nobody has.

migrate((app) => {
	const cases = app.findCollectionByNameOrId('cases');
	cases.indexes = [...cases.indexes, 'CREATE INDEX idx_cases_reporter ON cases (reporter)'];
	app.save(cases);
});
