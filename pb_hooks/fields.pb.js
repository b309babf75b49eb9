/// What a field's own options cannot say.

// zod counts UTF-16 units, PocketBase characters: both must give the same verdict on an emoji.
onRecordValidate((e) => require(`${__hooks}/lib/lengths.js`).check(e), 'users', 'areas', 'teams', 'agencies', 'cases');

// Who reported is what the session says; rules may read it, no answer shows it.
onRecordCreateRequest((e) => {
	if (e.auth && !e.auth.isSuperuser()) e.record.set('reporter', e.auth.id);
	e.next();
}, 'cases');

// A file's name may say what is in it. Whatever the device sent, the part is called after its row.
onRecordCreateRequest((e) => {
	for (const file of e.record.getUnsavedFiles('part')) file.name = `${e.record.id}.part`;
	e.next();
}, 'blobs');
