/// A small proof of work before a sign-in costs this server anything (before a sign-up: before.pb.js), and a pause after
/// wrong ones.

// Not in the middleware: PocketBase reads `identity` by rules of its own, and here it says what it has read. The password
// is compared within e.next().
onRecordAuthWithPasswordRequest((e) => {
	const { demandWork } = require(`${__hooks}/lib/work.js`);
	const { countTry, forget } = require(`${__hooks}/lib/pause.js`);
	demandWork(e.requestEvent, e.identity);
	countTry(e.requestEvent, e.identity);
	e.next();
	forget(e.identity);
}, 'users');
