/// POST /api/heed/found: the first coordinator makes the instance with the one-time code from the operator's terminal.

routerAdd('POST', '/api/heed/found', (e) => {
	const founding = require(`${__hooks}/lib/founding.js`);
	const tries = require(`${__hooks}/lib/tries.js`);
	const body = e.requestInfo().body;

	if (require(`${__hooks}/lib/instance.js`).id($app) !== '')
		throw new ApiError(409, 'Heed is already founded here.');
	if (tries.isOver($app, 'founding', 10))
		throw new TooManyRequestsError('Too many wrong codes. Try again in a minute.');
	if (!founding.isRightCode(body.code)) {
		tries.note($app, 'founding');
		throw new ForbiddenError('This is not the code that was printed in the terminal.');
	}

	founding.found($app, body);
	return e.json(200, { instance: body.instance });
});
