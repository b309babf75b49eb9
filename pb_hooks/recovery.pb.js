/// Ways back in: POST /api/heed/recover/ask, refuse, withdraw and finish for who forgot the passphrase; team for the printed key.

routerAdd('POST', '/api/heed/recover/ask', (e) => {
	const { ask, isAsked } = require(`${__hooks}/lib/recovery.js`);
	const tries = require(`${__hooks}/lib/tries.js`);
	const body = e.requestInfo().body;

	if (tries.isOver($app, 'recovery', 20))
		throw new TooManyRequestsError('Too many ask at once. Try again in a minute.');
	if (!isAsked(body)) throw new BadRequestError('Something is missing.');
	require(`${__hooks}/lib/work.js`).demandWork(e, body.login);
	tries.note($app, 'recovery');
	ask($app, body);
	return e.noContent(204);
});

routerAdd(
	'POST',
	'/api/heed/recover/refuse',
	(e) => {
		const { id } = e.requestInfo().body;
		if (typeof id !== 'string' || !require(`${__hooks}/lib/recovery.js`).refuse($app, e.auth.id, id))
			throw new NotFoundError();
		return e.noContent(204);
	},
	$apis.requireAuth('users')
);

// No sign-in: whoever asked has none. What shows who it is, is the secret that only that device has.
routerAdd('POST', '/api/heed/recover/withdraw', (e) => {
	const { id, auth } = e.requestInfo().body;
	if (typeof id !== 'string' || typeof auth !== 'string') throw new BadRequestError('Something is missing.');
	require(`${__hooks}/lib/recovery.js`).withdraw($app, id, auth);
	return e.noContent(204);
});

routerAdd('POST', '/api/heed/recover/finish', (e) => {
	const { finish, isBrought } = require(`${__hooks}/lib/recovery.js`);
	const body = e.requestInfo().body;
	if (typeof body.id !== 'string' || typeof body.auth !== 'string' || !isBrought(body))
		throw new BadRequestError('Something is missing.');

	const { person, code, after, minutes, approvals } = finish($app, body);
	if (person) return e.json(200, person);
	return e.json(403, { status: 403, message: '', code, after, minutes, approvals });
});

routerAdd(
	'POST',
	'/api/heed/recover/team',
	(e) => {
		const tries = require(`${__hooks}/lib/tries.js`);
		const body = e.requestInfo().body;

		if (tries.isOver($app, 'printed key', 10))
			throw new TooManyRequestsError('Too many wrong keys. Try again in a minute.');
		if (['team', 'ticket', 'membership'].some((field) => typeof body[field] !== 'string'))
			throw new BadRequestError('Something is missing.');
		if (!require(`${__hooks}/lib/recovery.js`).takeOver($app, e.auth.id, body)) {
			tries.note($app, 'printed key');
			throw new ForbiddenError('This is not the recovery key of this team.');
		}
		return e.json(200, {});
	},
	$apis.requireAuth('users')
);
