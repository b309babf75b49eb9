/// A small proof of work before a sign-up or a sign-in costs this server anything, and a pause after wrong sign-ins.

// Before the body becomes a record: that is when PocketBase hashes the password.
routerUse((e) => {
	if (e.request.method === 'POST') require(`${__hooks}/lib/work.js`).guardWriting(e);
	return e.next();
});

// Not in a middleware: PocketBase reads `identity` by rules of its own, and here it says what it has read. The password
// is compared within e.next().
onRecordAuthWithPasswordRequest((e) => {
	const { demandWork } = require(`${__hooks}/lib/work.js`);
	const { countTry, forget } = require(`${__hooks}/lib/pause.js`);
	demandWork(e.requestEvent, e.identity);
	countTry(e.requestEvent, e.identity);
	e.next();
	forget(e.identity);
}, 'users');
