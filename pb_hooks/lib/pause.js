/**
 * Wrong sign-ins of the last ten minutes, counted for each login and in memory only. A try counts before its password
 * is compared, so that a hundred at once are not all let through; a right one takes them back.
 *
 * Logins are spread over shelves by a hash that only this process knows. A full shelf gives up whoever has tried least:
 * so memory is bounded, and crowding somebody out costs more tries than it gains.
 */
const TRIES = 10;
const WITHIN = 10 * 60 * 1000;
const SHELVES = 512;
const LOGINS_PER_SHELF = 16;
const SALT = 'heedPauseSalt';

/**
 * Answers 429 with Retry-After when there were too many.
 * @param {core.RequestEvent} e
 * @param {string} login
 */
function countTry(e, login) {
	const { shelf, name } = placeOf(login);
	const now = Date.now();
	let wait = 0;
	$app.store().setFunc(shelf, (old) => {
		const kept = read(old, now);
		const times = kept[name] || [];
		if (times.length >= TRIES) wait = times[0] + WITHIN - now;
		else kept[name] = times.concat(now);
		return write(kept, name);
	});
	if (wait === 0) return;
	e.response.header().set('Retry-After', String(Math.ceil(wait / 1000)));
	throw new TooManyRequestsError('Too many wrong sign-ins. Try again in some minutes.');
}

/** After a right sign-in. */
function forget(login) {
	const { shelf, name } = placeOf(login);
	$app.store().setFunc(shelf, (old) => {
		const kept = read(old, Date.now());
		delete kept[name];
		return write(kept, '');
	});
}

function placeOf(login) {
	const salt = $app.store().getOrSet(SALT, () => $security.randomString(32));
	const hash = $security.sha256(`${salt}|${login}`);
	return { shelf: `heedPause${parseInt(hash.slice(0, 8), 16) % SHELVES}`, name: hash.slice(8, 40) };
}

/** What is too old is not read back. */
function read(text, now) {
	const kept = {};
	for (const [name, times] of Object.entries(JSON.parse(text || '{}'))) {
		const recent = times.filter((time) => now - time < WITHIN);
		if (recent.length > 0) kept[name] = recent;
	}
	return kept;
}

/** As text: the store is shared by all runtimes, which share no objects. */
function write(kept, newest) {
	const names = Object.keys(kept);
	if (names.length > LOGINS_PER_SHELF) {
		const others = names.filter((name) => name !== newest);
		others.sort((one, other) => kept[one].length - kept[other].length);
		delete kept[others[0]];
	}
	return JSON.stringify(kept);
}

module.exports = { countTry, forget };
