/// POST /api/heed/courier/lease and settle: for the process that delivers, by the supervisor's secret.

routerAdd(
	'POST',
	'/api/heed/courier/lease',
	(e) => {
		const { demandSecret, isLease, lease } = require(`${__hooks}/lib/courier.js`);
		demandSecret(e);
		const body = e.requestInfo().body;
		if (!isLease(body)) throw new BadRequestError('This asks for nothing.');
		e.response.header().set('Cache-Control', 'no-store');
		return e.json(200, lease($app, body));
	},
	$apis.bodyLimit(1024)
);

routerAdd(
	'POST',
	'/api/heed/courier/settle',
	(e) => {
		const { demandSecret, isSettlement, settle } = require(`${__hooks}/lib/courier.js`);
		demandSecret(e);
		const body = e.requestInfo().body;
		if (!isSettlement(body)) throw new BadRequestError('This settles nothing.');
		settle($app, body);
		return e.noContent(204);
	},
	$apis.bodyLimit(65536)
);
