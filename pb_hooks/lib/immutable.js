const { flag } = require(`${__hooks}/lib/flags.js`);

/**
 * Files of a build: their names hold a hash of their content, so they may be kept for ever, once they are there.
 * @param {core.RequestEvent} e
 */
function serve(e) {
	const header = e.response.header();
	const publicDir = flag('publicDir');
	if (publicDir === '') throw new NotFoundError();

	header.set('Cache-Control', 'public, max-age=31536000, immutable');
	try {
		return $apis.static($os.dirFS(`${publicDir}/_app/immutable`), false)(e);
	} catch (error) {
		header.set('Cache-Control', 'no-cache');
		throw new NotFoundError();
	}
}

module.exports = { serve };
