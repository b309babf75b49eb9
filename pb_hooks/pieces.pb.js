/// What a team has made of what Heed starts with. GET /api/heed/pieces/{team}?since=REV: the newest row of each piece.

onRecordValidate((e) => {
	if (!require(`${__hooks}/lib/pieces.js`).isBody(e.record.getString('body')))
		throw new BadRequestError('These are no words of a piece, or they are too long.', {
			body: new ValidationError('validation_invalid_body', 'An object of at most 60,000 characters, or null.')
		});
	e.next();
}, 'pieces');

routerAdd('GET', '/api/heed/pieces/{team}', (e) => {
	const since = e.request.url.query().get('since') || '0';
	if (!/^\d{1,15}$/.test(since)) throw new BadRequestError('`since` is a rev, a whole number.');

	const me = e.auth && !e.auth.isSuperuser() ? e.auth.id : '';
	const page = require(`${__hooks}/lib/pieces.js`).page($app, me, e.request.pathValue('team'), Number(since));
	if (page === null) throw new NotFoundError();
	e.response.header().set('Cache-Control', 'no-store');
	return e.json(200, page);
});
