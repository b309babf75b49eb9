const { flag } = require(`${__hooks}/lib/flags.js`);

/**
 * Files of a build: their names hold a hash of their content, so they may be kept for ever, once they are there.
 * @param {core.RequestEvent} e
 */
function serve(e) {
	const folder = `${flag('publicDir')}/_app/immutable`;
	if (!isFile(`${folder}/${e.request.pathValue('path')}`)) throw new NotFoundError();

	e.response.header().set('Cache-Control', 'public, max-age=31536000, immutable');
	return $apis.static($os.dirFS(folder), false)(e);
}

function isFile(path) {
	try {
		return !$os.stat(path).isDir();
	} catch {
		return false;
	}
}

module.exports = { serve };
