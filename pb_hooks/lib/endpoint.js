/** Where browsers have their pushes delivered. HEED_PUSH_SERVICES names others beside them, apart by commas or blanks. */
const KNOWN = [
	'fcm.googleapis.com',
	'*.push.services.mozilla.com',
	'*.push.apple.com',
	'*.notify.windows.com'
];

/** As browsers write endpoints: https, no user, no port, no address in place of a name. */
const SHAPE =
	/^https:\/\/((?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63})\/[\w.~:/?@!$&'()*+,;=%-]*$/;

/**
 * A first look, for whoever registers by mistake; what the courier connects to, it looks at again (src/courier/guard.ts).
 * @param {unknown} endpoint
 */
function isKnown(endpoint) {
	const [, host] = (typeof endpoint === 'string' && endpoint.length <= 2000 && SHAPE.exec(endpoint)) || [];
	if (!host || host.split('.').some((label) => label.startsWith('xn--'))) return false;
	const named = $os.getenv('HEED_PUSH_SERVICES').split(/[\s,]+/);
	return KNOWN.concat(named).some((one) =>
		one.startsWith('*.') ? host.endsWith(one.slice(1)) : host === one
	);
}

module.exports = { isKnown };
