/// GET /api/heed/blob/{id}: the sealed bytes of one part. PocketBase's own file route needs a token in the URL, so it is shut.

routerAdd(
	'GET',
	'/api/heed/blob/{id}',
	(e) => {
		const part = require(`${__hooks}/lib/blob.js`).find($app, e.auth.id, e.request.pathValue('id'));
		if (!part) throw new NotFoundError();

		const files = $app.newFilesystem();
		try {
			const reader = files.getReader(part);
			try {
				const header = e.response.header();
				header.set('Cache-Control', 'private, no-store');
				header.set('Content-Length', String(files.attributes(part).size));
				e.stream(200, 'application/octet-stream', reader);
			} finally {
				reader.close();
			}
		} finally {
			files.close();
		}
	},
	$apis.requireAuth('users')
);

onFileDownloadRequest(() => {
	throw new NotFoundError();
}, 'blobs');

onFileTokenRequest(() => {
	throw new ForbiddenError();
});
