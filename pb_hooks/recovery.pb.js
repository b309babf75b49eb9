/// Ways back in: POST /api/heed/recover/ask, refuse and finish for who forgot the passphrase; team for the printed key.

routerAdd('POST', '/api/heed/recover/ask', (e) => {
	const { ask, isAsked } = require(`${__hooks}/lib/recovery.js`);
	const tries = require(`${__hooks}/lib/tries.js`);
	const body = e.requestInfo().body;

	if (tries.isOver($app, 'recovery', 20))
		throw new TooManyRequestsError('Too many ask at once. Try again in a minute.');
	if (!isAsked(body)) throw new BadRequestError('Something is missing.');
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

routerAdd('POST', '/api/heed/recover/finish', (e) => {
	const { id, auth } = e.requestInfo().body;
	if (typeof id !== 'string' || typeof auth !== 'string') throw new BadRequestError('Something is missing.');

	const { code, after } = require(`${__hooks}/lib/recovery.js`).finish($app, id, auth);
	return code === '' ? e.json(200, {}) : e.json(403, { status: 403, message: '', code, after });
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
