/// A membership ends when a coordinator ends it or its last moment has passed: within the minute, and before its person is
/// answered anything (before.pb.js). What follows lands in the same transaction.

onRecordUpdateExecute((e) => {
	const { isEnding, leave } = require(`${__hooks}/lib/leaving.js`);
	if (!isEnding(e.record)) return e.next();

	// Of whoever is gone nobody needs it.
	e.record.set('knows', {});
	require(`${__hooks}/lib/together.js`).together(e, (app) => {
		e.next();
		leave(app, e.record);
	});
}, 'memberships');

cronAdd('heedLeaving', '* * * * *', () => {
	require(`${__hooks}/lib/leaving.js`).endByTime($app);
});
