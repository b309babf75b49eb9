/// GET /api/heed/facts: what may be known before sign-in.

routerAdd('GET', '/api/heed/facts', (e) => {
	e.response.header().set('Cache-Control', 'no-store');
	return e.json(200, require(`${__hooks}/lib/facts.js`).facts($app));
});
