/// Headers on every answer, compression where it helps, and real 404s where PocketBase would send index.html.

routerUse(new Middleware((e) => require(`${__hooks}/lib/headers.js`).prepare(e), -1100, 'heedHeaders'));

routerUse($apis.gzip());

routerAdd('GET', '/api/{path...}', () => {
	throw new NotFoundError();
});

// A missing build file answered with index.html would be cached for ever under the wrong name.
routerAdd('GET', '/_app/immutable/{path...}', (e) => require(`${__hooks}/lib/immutable.js`).serve(e));

// What another app shares is for the service worker of a device. Where there is none yet the page says so, and nothing is
// kept: it is read only because a browser shows no answer to what was not taken from it.
routerAdd('POST', '/share', (e) => {
	toBytes(e.request.body);
	return e.redirect(303, '/share');
});
