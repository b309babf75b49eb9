/// A team's roll: signed links in one order without gaps. GET /api/heed/roll/{team}?since=SEQ: the links after one.

onRecordCreateExecute((e) => {
	const { append } = require(`${__hooks}/lib/roll.js`);
	const { refuseAgain } = require(`${__hooks}/lib/again.js`);
	require(`${__hooks}/lib/together.js`).together(e, (app) => {
		refuseAgain(app, e.record);
		append(app, e.record);
		e.next();
	});
}, 'roll');

routerAdd('GET', '/api/heed/roll/{team}', (e) => {
	const since = e.request.url.query().get('since') || '0';
	if (!/^\d{1,15}$/.test(since)) throw new BadRequestError('`since` is the seq of a link, a whole number.');

	const me = e.auth && !e.auth.isSuperuser() ? e.auth.id : '';
	const page = require(`${__hooks}/lib/roll.js`).page($app, me, e.request.pathValue('team'), Number(since));
	if (page === null) throw new NotFoundError();
	e.response.header().set('Cache-Control', 'no-store');
	return e.json(200, page);
});
