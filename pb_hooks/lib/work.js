/**
 * Proof of work: `X-Heed-Work: <day>.<nonce>`, such that SHA-256 of all that is hashed below begins with so many zero
 * bits. It names the login and the day, so that one proof opens one door for a day or two. src/lib/domain/work.ts says
 * the same for the app.
 */
const DEFAULT_BITS = 18;
const DAY = 24 * 60 * 60 * 1000;

/** Zero bits asked for, 0 to 24; what HEED_WORK_BITS says, if that is such a number. */
function bits() {
	const told = $os.getenv('HEED_WORK_BITS');
	return /^(\d|1\d|2[0-4])$/.test(told) ? Number(told) : DEFAULT_BITS;
}

/**
 * Refuses with 403 and the code `work` unless the request shows work done for this login.
 * @param {core.RequestEvent} e
 * @param {unknown} login as the request has it
 */
function demandWork(e, login) {
	const instance = require(`${__hooks}/lib/instance.js`).id($app);
	const asked = bits();
	if (instance === '' || asked === 0) return;
	if (typeof login === 'string' && isWork(e.request.header.get('X-Heed-Work'), instance, login, asked))
		return;
	throw new ForbiddenError('Proof of work is missing, or is for another name or day.', {
		work: new ValidationError('work', `SHA-256 must begin with ${asked} zero bits.`)
	});
}

function isWork(shown, instance, login, asked) {
	const [, day, nonce] = /^(\d{4}-\d{2}-\d{2})\.(\d{1,16})$/.exec(shown) || [];
	if (!day || !days().includes(day)) return false;
	const hash = $security.sha256(`heed/work/v1|${instance}|${login}|${day}|${nonce}`);
	return parseInt(hash.slice(0, 6), 16) >>> (24 - asked) === 0;
}

/** Yesterday, today and tomorrow in UTC: clocks and time zones differ. */
const days = () => [-1, 0, 1].map((step) => new Date(Date.now() + step * DAY).toISOString().slice(0, 10));

/**
 * Sign-up is one record by the front door with work done for its login, and never part of a batch.
 * @param {core.RequestEvent} e
 */
function guardWriting(e) {
	if (e.auth && e.auth.isSuperuser()) return;
	const path = e.request.url.path;
	if (path === '/api/batch') return guardBatch(e);
	if (/^\/api\/collections\/[^/]+\/records$/.test(path) && isUsers(e.request.pathValue('collection')))
		demandWork(e, e.requestInfo().body.login);
}

function guardBatch(e) {
	const requests = e.requestInfo().body.requests;
	for (const request of Array.isArray(requests) ? requests : []) {
		const [, name] = /^\/?api\/collections\/([^/?#]+)/i.exec(String(request && request.url)) || [];
		// A name that is not plain could be read in two ways.
		if (!name || !/^\w+$/.test(name) || isUsers(name))
			throw new ForbiddenError('Accounts are not written in a batch.');
	}
}

/** By name in any case, or by id, as PocketBase finds it. */
function isUsers(collection) {
	try {
		return $app.findCachedCollectionByNameOrId(collection).name === 'users';
	} catch {
		return false;
	}
}

module.exports = { bits, demandWork, guardWriting };
