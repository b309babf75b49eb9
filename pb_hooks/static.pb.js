/// Headers on every answer, compression where it helps, and real 404s where PocketBase would send index.html.

routerUse(new Middleware((e) => require(`${__hooks}/lib/headers.js`).prepare(e), -1100, 'heedHeaders'));

routerUse($apis.gzip());

routerAdd('GET', '/api/{path...}', () => {
	throw new NotFoundError();
});

// A missing build file answered with index.html would be cached for ever under the wrong name.
routerAdd('GET', '/_app/immutable/{path...}', (e) => require(`${__hooks}/lib/immutable.js`).serve(e));
