/// Notices: what causes one, and the routes by which somebody is told. docs/notices.md.

onRecordCreateExecute((e) => {
	require(`${__hooks}/lib/together.js`).together(e, (app) => {
		e.next();
		require(`${__hooks}/lib/notices.js`).said(app, e.record);
	});
}, 'entries');

onRecordCreateExecute((e) => {
	require(`${__hooks}/lib/together.js`).together(e, (app) => {
		e.next();
		require(`${__hooks}/lib/notices.js`).opened(app, e.record);
	});
}, 'grants');

routerAdd(
	'GET',
	'/api/heed/notices/mine',
	(e) => {
		e.response.header().set('Cache-Control', 'no-store');
		return e.json(200, require(`${__hooks}/lib/devices.js`).mine($app, e.auth.id));
	},
	$apis.requireAuth('users')
);

routerAdd(
	'PUT',
	'/api/heed/notices/device',
	(e) => {
		const { canPush, isNewDevice, register } = require(`${__hooks}/lib/devices.js`);
		const body = e.requestInfo().body;
		if (!isNewDevice(body)) throw new BadRequestError('This is no device.');
		if (!canPush(body.subscription)) throw new BadRequestError('No push goes there.');
		if (!register($app, e.auth.id, body)) throw new ApiError(409, 'This id is taken.');
		return e.noContent(204);
	},
	$apis.requireAuth('users'),
	$apis.bodyLimit(8192)
);

routerAdd(
	'DELETE',
	'/api/heed/notices/device/{id}',
	(e) => {
		if (!require(`${__hooks}/lib/devices.js`).remove($app, e.auth.id, e.request.pathValue('id')))
			throw new NotFoundError();
		return e.noContent(204);
	},
	$apis.requireAuth('users')
);

routerAdd(
	'POST',
	'/api/heed/notices/device/{id}',
	(e) => {
		const asked = require(`${__hooks}/lib/devices.js`).askForTest($app, e.auth.id, e.request.pathValue('id'));
		if (asked === 'unknown') throw new NotFoundError();
		if (asked === 'soon') throw new TooManyRequestsError('Once a minute.');
		return e.noContent(204);
	},
	$apis.requireAuth('users'),
	$apis.bodyLimit(1024)
);

routerAdd(
	'PUT',
	'/api/heed/notices/wishes',
	(e) => {
		const { isWishes, keep } = require(`${__hooks}/lib/wishes.js`);
		const body = e.requestInfo().body;
		if (!isWishes(body)) throw new BadRequestError('These are no wishes.');
		keep($app, e.auth.id, body);
		return e.noContent(204);
	},
	$apis.requireAuth('users'),
	$apis.bodyLimit(4096)
);

routerAdd(
	'PUT',
	'/api/heed/notices/mail',
	(e) => {
		const { isAddress, set } = require(`${__hooks}/lib/address.js`);
		const tries = require(`${__hooks}/lib/tries.js`);
		const { address } = e.requestInfo().body;
		if (!isAddress(address)) throw new BadRequestError('This is no address.');
		// By whomever: nobody should have many made-up people write to many addresses from here.
		if (address !== '' && tries.isOver($app, 'addresses', 60))
			throw new TooManyRequestsError('Try again in a minute.');
		if (!set($app, e.auth.id, address)) throw new TooManyRequestsError('Five times a day.');
		if (address !== '') tries.note($app, 'addresses');
		return e.noContent(204);
	},
	$apis.requireAuth('users'),
	$apis.bodyLimit(4096)
);

routerAdd(
	'GET',
	'/api/heed/notices/points/{team}',
	(e) => {
		const points = require(`${__hooks}/lib/devices.js`).points($app, e.auth.id, e.request.pathValue('team'));
		if (points === null) throw new NotFoundError();
		e.response.header().set('Cache-Control', 'no-store');
		return e.json(200, points);
	},
	$apis.requireAuth('users')
);

// No sign-in from here on: a notification is answered on a locked device too. What is shown opens one row's doors.
routerAdd(
	'POST',
	'/api/heed/notices/token',
	(e) => {
		const { token, did } = e.requestInfo().body;
		if (typeof token !== 'string' || (did !== 'shown' && did !== 'have'))
			throw new BadRequestError('Something is missing.');
		if (!require(`${__hooks}/lib/devices.js`).byToken($app, token, did)) throw new NotFoundError();
		return e.noContent(204);
	},
	$apis.bodyLimit(1024)
);

routerAdd(
	'POST',
	'/api/heed/notices/renew',
	(e) => {
		const { canPush, isRenewal, renew } = require(`${__hooks}/lib/devices.js`);
		const tries = require(`${__hooks}/lib/tries.js`);
		const body = e.requestInfo().body;
		if (!isRenewal(body)) throw new BadRequestError('Something is missing.');
		if (!canPush(body.subscription)) throw new BadRequestError('No push goes there.');
		if (renew($app, body)) return e.noContent(204);
		// Whoever guesses keeps nobody out who knows.
		if (tries.isOver($app, 'renewals', 60)) throw new TooManyRequestsError('Try again in a minute.');
		tries.note($app, 'renewals');
		throw new NotFoundError();
	},
	$apis.bodyLimit(8192)
);

routerAdd(
	'POST',
	'/api/heed/notices/confirm',
	(e) => {
		if (!require(`${__hooks}/lib/address.js`).confirm($app, e.requestInfo().body.code))
			throw new NotFoundError();
		return e.noContent(204);
	},
	$apis.bodyLimit(1024)
);
