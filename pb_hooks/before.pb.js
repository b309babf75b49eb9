/// What is looked at before any request is answered. One middleware: it holds an interpreter for as long as its request
/// lasts, and the bell's last for half an hour.

routerUse((e) => {
	// Whose last moment has passed is led out now, and not within the minute: what the person held opens nothing from here on.
	const { endOf, isOver } = require(`${__hooks}/lib/leaving.js`);
	if (e.auth && (endOf($app, e.auth.id) || isOver($app, e.auth))) e.auth = null;
	// Before the body becomes a record: that is when PocketBase hashes the password.
	if (e.request.method === 'POST') require(`${__hooks}/lib/work.js`).guardWriting(e);
	return e.next();
});
