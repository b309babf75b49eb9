/// What the server itself says about a row, whatever the device sent.

// Who reported is what the session says; rules may read it, no answer shows it.
onRecordCreateRequest((e) => {
	if (e.auth && !e.auth.isSuperuser()) e.record.set('reporter', e.auth.id);
	e.next();
}, 'cases');

// A file's name may say what is in it. The part is called after its row.
onRecordCreateRequest((e) => {
	for (const file of e.record.getUnsavedFiles('part')) file.name = `${e.record.id}.part`;
	e.next();
}, 'blobs');
