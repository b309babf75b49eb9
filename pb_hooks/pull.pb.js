/// GET /api/heed/pull?since=REV: one page of everything the caller may know.

routerAdd(
	'GET',
	'/api/heed/pull',
	(e) => {
		const since = e.request.url.query().get('since') || '0';
		if (!/^\d{1,15}$/.test(since)) throw new BadRequestError('`since` is a rev, a whole number.');

		const header = e.response.header();
		header.set('Cache-Control', 'no-store');
		header.set('Content-Type', 'application/json');
		return e.string(200, require(`${__hooks}/lib/pull.js`).page($app, e.auth.id, Number(since)));
	},
	$apis.requireAuth('users')
);
