/// The ladder goes on by time, and ends by a word. docs/notices.md.

cronAdd('ladder', '* * * * *', () => {
	require(`${__hooks}/lib/ladder.js`).climbAll($app);
	require(`${__hooks}/lib/devices.js`).watch($app);
});

// A case that is over waits for nobody.
onRecordUpdateExecute((e) => {
	require(`${__hooks}/lib/together.js`).together(e, (app) => {
		e.next();
		require(`${__hooks}/lib/ladder.js`).moved(app, e.record);
	});
}, 'cases');

routerAdd(
	'POST',
	'/api/heed/ladder/{id}/have',
	(e) => {
		if (!require(`${__hooks}/lib/ladder.js`).have($app, e.request.pathValue('id'), e.auth.id))
			throw new NotFoundError();
		return e.noContent(204);
	},
	$apis.requireAuth('users'),
	$apis.bodyLimit(1024)
);
