const COMPRESSED = /\.(woff2?|png|jpe?g|webp|avif|gz|br|zip)$/;

/** @param {core.RequestEvent} e */
function prepare(e) {
	const path = e.request.url.path;
	const header = e.response.header();
	const isApi = path.startsWith('/api/');
	const isDashboard = path === '/_' || path.startsWith('/_/');

	header.set('X-Content-Type-Options', 'nosniff');
	header.set('Referrer-Policy', 'no-referrer');
	header.set('Permissions-Policy', 'camera=(self), microphone=(self), geolocation=()');
	if (!path.startsWith('/api/files')) {
		header.set('Cross-Origin-Opener-Policy', 'same-origin');
		// The dashboard brings a stricter policy of its own, and PocketBase leaves it out where one is already set.
		if (!isDashboard) header.set('Content-Security-Policy', "frame-ancestors 'none'");
	}

	if (!isApi && !isDashboard) header.set('Cache-Control', 'no-cache');
	// No list of types that Go knows has it.
	if (path.endsWith('.webmanifest')) header.set('Content-Type', 'application/manifest+json');
	if (isHidden(path)) throw new NotFoundError();

	// gzip would hold back the bell, gains nothing on sealed bytes, and breaks ranges.
	const isStream =
		path === '/api/realtime' || path.startsWith('/api/heed/blob/') || path.startsWith('/api/files');
	if (isStream || COMPRESSED.test(path) || e.request.header.get('Range') !== '')
		e.request.header.del('Accept-Encoding');

	e.next();
}

/** Some part of the path begins with a dot. */
const isHidden = (path) => path.split('/').some((part) => part.startsWith('.'));

module.exports = { prepare };
