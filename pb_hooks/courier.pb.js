/// POST /api/heed/courier/hello: the courier asks whether it would be let in.

routerAdd('POST', '/api/heed/courier/hello', (e) => {
	const secret = $os.getenv('HEED_COURIER_SECRET');
	if (secret === '' || !$security.equal(e.request.header.get('X-Heed-Courier'), secret))
		throw new ForbiddenError();
	return e.noContent(204);
});
