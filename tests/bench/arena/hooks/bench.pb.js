/// Beside the product's own hooks, for tests/bench/arena/pull.ts alone: fills the server, signs in, reads by primary key.

routerAdd('POST', '/api/bench/fill', (e) => {
	const { from, to } = e.requestInfo().body;
	require(`${__hooks}/lib/bench.js`).fill($app, from, to);
	return e.noContent(204);
});

routerAdd('GET', '/api/bench/token/{user}', (e) =>
	e.string(200, $app.findRecordById('users', e.request.pathValue('user')).newAuthToken())
);

routerAdd(
	'POST',
	'/api/bench/rows',
	(e) => {
		const header = e.response.header();
		header.set('Cache-Control', 'no-store');
		header.set('Content-Type', 'application/json');
		return e.string(200, require(`${__hooks}/lib/bench.js`).rows($app, e.requestInfo().body));
	},
	$apis.requireAuth('users')
);
