/** Devices that are told, and whether they hear: `NewDevice`, `MyNotices` and `Points` in src/lib/domain/notice.ts. */
const { ACTIVE } = require(`${__hooks}/lib/access.js`);
const { isKnown } = require(`${__hooks}/lib/endpoint.js`);
const { afterQuiet } = require(`${__hooks}/lib/hours.js`);
const ladder = require(`${__hooks}/lib/ladder.js`);
const { tellOne } = require(`${__hooks}/lib/notices.js`);
const { isId, isObject, isText } = require(`${__hooks}/lib/shape.js`);
const { ask, list, run } = require(`${__hooks}/lib/sql.js`);
const { at, now } = require(`${__hooks}/lib/time.js`);
const wishes = require(`${__hooks}/lib/wishes.js`);

const MINUTE = 60 * 1000;
const DAY = 24 * 60 * MINUTE;
const EACH = 10;
/** How long a test may take to be seen. */
const HEARD_WITHIN = 15 * MINUTE;

const ago = (ms) => at(Date.now() - ms);

const isSubscription = (value) =>
	isObject(value) &&
	typeof value.endpoint === 'string' &&
	value.endpoint.length <= 2000 &&
	isText(value.p256dh, /^[A-Za-z0-9_-]{87}=?$/) &&
	isText(value.auth, /^[A-Za-z0-9_-]{22}(==)?$/);

const isNewDevice = (body) =>
	isObject(body) &&
	isId(body.id) &&
	isSubscription(body.subscription) &&
	['en', 'pl', 'de', 'ro', 'hu'].includes(body.locale) &&
	['android', 'ios', 'desktop'].includes(body.system);

const isRenewal = (body) =>
	isObject(body) &&
	typeof body.endpoint === 'string' &&
	typeof body.auth === 'string' &&
	isSubscription(body.subscription);

/** Whether a push to this subscription could go anywhere. */
const canPush = ({ endpoint }) => isKnown(endpoint);

/**
 * Keeps a device as it is now.
 * @param {core.App} app
 * @param {string} me
 * @returns {boolean} false where the id is somebody else's
 */
function register(app, me, { id, subscription, locale, system }) {
	let done = false;
	app.runInTransaction((tx) => {
		const [known] = ask(tx, KNOWN, { id }, { user: '', endpoint: '', auth: '' });
		if (known && known.user !== me) return;
		const device = known
			? tx.findRecordById('devices', id)
			: new Record(tx.findCollectionByNameOrId('devices'));
		device.load(Object.assign({ id, user: me, locale, system }, subscriptionOf(subscription)));
		if (known && (known.endpoint !== subscription.endpoint || known.auth !== subscription.auth))
			renewed(tx, device);
		tx.save(device);
		for (const old of list(tx, BEYOND, { user: me, id })) forget(tx, old);
		if (device.getString('asked') < ago(DAY) && ladder.isPressed(tx, me)) test(tx, id, me);
		done = true;
	});
	return done;
}

/**
 * A browser has a new subscription: whoever shows the old one's secret has that browser in hand.
 * @param {core.App} app
 * @returns {boolean} whether it was the secret
 */
function renew(app, { endpoint, auth, subscription }) {
	const isRight = ({ auth: right }) => $security.equal(plain(right), plain(auth));
	const known = (db) => ask(db, AT, { endpoint }, { id: '', auth: '' }).filter(isRight);
	// Whoever only guesses keeps nobody from writing.
	if (known(app).length === 0) return false;
	let done = false;
	app.runInTransaction((tx) => {
		for (const { id } of known(tx)) {
			const device = tx.findRecordById('devices', id);
			device.load(subscriptionOf(subscription));
			renewed(tx, device);
			tx.save(device);
			done = true;
		}
	});
	return done;
}

/**
 * @param {core.App} app
 * @returns {boolean} whether it was there, and the person's
 */
function remove(app, me, id) {
	let done = false;
	app.runInTransaction((tx) => {
		done = list(tx, OWN, { id, me }).length > 0;
		if (done) forget(tx, id);
	});
	return done;
}

/**
 * Asks for a test.
 * @param {core.App} app
 * @returns {'asked' | 'unknown' | 'soon'}
 */
function askForTest(app, me, id) {
	let answer = 'unknown';
	app.runInTransaction((tx) => {
		const [own] = ask(tx, OWN, { id, me }, { it: '', asked: '' });
		if (!own) return;
		answer = own.asked > ago(MINUTE) ? 'soon' : 'asked';
		if (answer === 'asked') test(tx, id, me);
	});
	return answer;
}

/**
 * Said by the device itself, that a push has reached: it was shown, or whoever holds it has the case.
 * @param {core.App} app
 * @param {string} token
 * @param {'shown' | 'have'} did
 * @returns {boolean} whether it counts: 'I have it' is for whom the ladder still takes it from
 */
function byToken(app, token, did) {
	const known = (db) => ask(db, BY_TOKEN, { token }, { id: '', user: '', device: '', ladder: '' });
	// Whoever only guesses keeps nobody from writing.
	if (known(app).length === 0) return did === 'shown';
	let counts = did === 'shown';
	app.runInTransaction((tx) => {
		const [row] = known(tx);
		if (!row) return;
		run(tx, "UPDATE notices SET shown = {:now} WHERE id = {:id} AND shown = ''", { id: row.id, now: now() });
		run(tx, "UPDATE devices SET heard = {:now}, trouble = '' WHERE id = {:device} AND user = {:user}", {
			...{ device: row.device, user: row.user },
			now: now()
		});
		if (did === 'have') counts = row.ladder !== '' && ladder.have(tx, row.ladder, row.user);
	});
	return counts;
}

/**
 * @param {core.App} app
 * @param {string} me
 */
function mine(app, me) {
	const shape = { id: '', system: '', asked: '', heard: '', trouble: '' };
	const devices = ask(
		app,
		'SELECT id, system, asked, heard, trouble FROM devices WHERE user = {:me} ORDER BY made',
		{ me },
		shape
	);
	const [mail] = ask(app, MAIL, { me }, { address: '', confirmed: '', trouble: '' });
	return {
		devices: devices.map(({ id, system, asked, heard, trouble }) => ({ id, system, asked, heard, trouble })),
		wishes: wishes.of(app, me),
		mail: mail
			? { address: mail.address, confirmed: mail.confirmed !== '', trouble: mail.trouble }
			: { address: '', confirmed: false, trouble: '' },
		duty: ladder.isPressed(app, me)
	};
}

/**
 * The contact points of a team with their lights, or null for who is not in it.
 * @param {core.App} app
 * @param {string} me
 * @param {string} team
 */
function points(app, me, team) {
	const roles = list(app, ROLES, { me, team });
	if (roles.length === 0) return null;
	const people = ladder.pressed(app, team).filter((one) => one === me || roles.includes('coordinator'));
	const values = { people: JSON.stringify(people) };
	const shape = { user: '', asked: '', heard: '', trouble: '' };
	const devices = ask(app, DEVICES_OF, values, shape);
	const written = list(app, WRITTEN, values);
	return people.map((user) =>
		Object.assign(
			{ user, mail: written.includes(user) },
			lightOf(devices.filter((device) => device.user === user))
		)
	);
}

/** From the brightest: one device that hears is enough, and of one that was never tried nothing is known. */
const LIGHTS = ['green', 'waiting', 'red', 'none'];

/** Of a person's devices, by the light of each in src/lib/domain/hearing.ts. */
function lightOf(devices) {
	const lights = devices.map(({ asked, heard, trouble }) => {
		if (trouble !== '') return { light: 'red', at: asked };
		if (asked === '' && heard === '') return { light: 'none', at: '' };
		if (heard >= asked) return { light: 'green', at: heard };
		return { light: asked >= ago(HEARD_WITHIN) ? 'waiting' : 'red', at: asked };
	});
	const all = LIGHTS.flatMap((light) => lights.filter((one) => one.light === light));
	return all[0] || { light: 'none', at: '' };
}

/**
 * Each minute: devices that were not tested for a week, tests that nobody saw, and pushes that are taken no more.
 * @param {core.App} app
 */
function watch(app) {
	const people = JSON.stringify(ladder.allPressed(app));
	app.runInTransaction((tx) => {
		for (const { id, user } of ask(tx, UNTESTED, { people, before: ago(7 * DAY) }, { id: '', user: '' })) {
			const { quiet, zone } = wishes.of(tx, user);
			const moment = Date.now();
			if (afterQuiet(quiet, zone, moment) === moment) test(tx, id, user);
		}
		for (const { id, user, mail } of ask(
			tx,
			UNHEARD,
			{ before: ago(HEARD_WITHIN) },
			{ id: '', user: '', mail: false }
		)) {
			run(tx, 'UPDATE devices SET chased = {:now} WHERE id = {:id}', { id, now: now() });
			if (mail) tellOne(tx, { kind: 'red', tag: `red-${id}` }, { user, device: '' });
		}
		run(tx, 'DELETE FROM notices WHERE created < {:before}', { before: ago(30 * DAY) });
	});
}

function test(app, id, user) {
	run(app, 'UPDATE devices SET asked = {:now} WHERE id = {:id}', { id, now: now() });
	tellOne(app, { kind: 'test', tag: `test-${id}` }, { user, device: id });
}

/**
 * What is being sent is sent to the old one: what becomes of that is no word on the new, and it is sent again when the lease
 * is over. Not before: the same courier would have it twice at once, and take one answer for the other.
 */
function renewed(app, device) {
	device.set('trouble', '');
	run(app, `UPDATE notices SET "by" = '' WHERE device = {:id} AND state = 'waiting'`, { id: device.id });
}

function forget(app, id) {
	run(app, 'DELETE FROM devices WHERE id = {:id}', { id });
	run(app, "UPDATE notices SET state = 'gone' WHERE device = {:id} AND state = 'waiting'", { id });
}

const plain = (base64) => base64.replace(/=+$/, '');

const subscriptionOf = ({ endpoint, p256dh, auth }) => ({ endpoint, p256dh, auth });

const KNOWN = 'SELECT user, endpoint, auth FROM devices WHERE id = {:id}';
const AT = 'SELECT id, auth FROM devices WHERE endpoint = {:endpoint}';
const OWN = 'SELECT id AS it, asked FROM devices WHERE id = {:id} AND user = {:me}';
const BEYOND = `
	SELECT id AS it FROM devices WHERE user = {:user} AND id != {:id} ORDER BY made DESC, rowid DESC LIMIT -1 OFFSET ${EACH - 1}`;
const BY_TOKEN = "SELECT id, user, device, ladder FROM notices WHERE token = {:token} AND device != ''";
const MAIL = 'SELECT address, confirmed, trouble FROM wishes WHERE user = {:me}';
const ROLES = `SELECT role AS it FROM memberships WHERE user = {:me} AND team = {:team} AND ${ACTIVE}`;
const DEVICES_OF =
	'SELECT user, asked, heard, trouble FROM devices WHERE user IN (SELECT value FROM json_each({:people}))';
const WRITTEN = `
	SELECT user AS it FROM wishes WHERE confirmed != '' AND trouble = '' AND user IN (SELECT value FROM json_each({:people}))`;
const UNTESTED =
	'SELECT id, user FROM devices WHERE asked < {:before} AND user IN (SELECT value FROM json_each({:people}))';
const UNHEARD = `
	SELECT devices.id, devices.user, COALESCE(wishes.confirmed, '') != '' AS mail
	FROM devices LEFT JOIN wishes ON wishes.user = devices.user
	WHERE asked != '' AND chased < asked AND (devices.trouble != '' OR (asked < {:before} AND heard < asked))`;

module.exports = {
	...{ askForTest, byToken, canPush, isNewDevice, isRenewal, mine, points, register, remove, renew, watch }
};
