/**
 * New keys for somebody who forgot the passphrase. The server checks who says so and how long ago; it cannot check who
 * asks, so every answer to a stranger is the same. Shapes are `Recovery` and `Approval` in src/lib/domain/records.ts.
 */
const { ACTIVE } = require(`${__hooks}/lib/access.js`);
const { nameActor, note } = require(`${__hooks}/lib/audit.js`);
const { remember } = require(`${__hooks}/lib/bell.js`);
const time = require(`${__hooks}/lib/time.js`);

const OPEN_AT_ONCE = 3;
const MINUTE = 60 * 1000;
const DAY_IN_MINUTES = 24 * 60;

/** As the fields of the collection say, asked before anything is looked up. */
const ASKED = {
	id: /^[a-z0-9]{15}$/,
	login: /^[^\n]{1,240}$/,
	team: /^[a-z0-9]{15}$/,
	recipient: /^age1pq1[02-9ac-hj-np-z]{1,2493}$/,
	verifier: /^[A-Za-z0-9+/]{43}=$/,
	proof: /^[A-Za-z0-9+/]{86}==$/,
	ticket: /^[0-9a-f]{64}$/
};

/** What the second step of finishing brings: the account's card with its new keys, and its secrets, wrapped. */
const BROUGHT = {
	proof: ASKED.proof,
	wrapped: /^(?=.{4,2000}$)[A-Za-z0-9+/]+={0,2}$/
};

const fits = (body, shape) =>
	Object.keys(shape).every((field) => typeof body[field] === 'string' && shape[field].test(body[field]));

/** @param {unknown} body */
const isAsked = (body) => fits(body, ASKED);

/**
 * Both or neither of what the second step brings.
 * @param {unknown} body
 */
const isBrought = (body) =>
	fits(body, BROUGHT) || Object.keys(BROUGHT).every((field) => body[field] === undefined);

/**
 * Opens a recovery when the login is an active member's, or of somebody who has asked the team for advice. For any other
 * the same is written for whoever comes first and taken back, so that the time it takes tells no more than the answer.
 * @param {core.App} app
 */
function ask(app, body) {
	const { id, login, team, recipient, verifier, proof, ticket } = body;
	const whose = { login, team };
	const known = [...membersOf(app, 'login = {:login} AND team = {:team}', whose), ...reportersOf(app, whose)];
	const [member] = known.length > 0 ? known : membersOf(app, 'TRUE', {});
	if (!member || exists(app, 'recoveries', id)) return;

	try {
		app.runInTransaction((tx) => {
			for (const open of openOf(tx, member.user)) {
				// What colleagues have approved is not undone by a stranger who asks again.
				if (approvers(tx, open).all === 0) refuseOne(tx, open, '');
			}
			if (openOf(tx, member.user).length >= OPEN_AT_ONCE) return;

			const recovery = new Record(tx.findCollectionByNameOrId('recoveries'));
			recovery.load({
				id,
				team: member.team,
				user: member.user,
				login,
				recipient,
				verifier,
				proof,
				ticket
			});
			tx.save(recovery);
			note(tx, { team: member.team, by: '', what: 'recovery_asked', about: id });
			if (known.length === 0) throw new Error('Nobody has asked.');
		});
	} catch (error) {
		if (known.length > 0) throw error;
	}
}

/**
 * @param {core.App} app
 * @param {string} me the person, on a device that is still signed in, or a coordinator of the team
 * @returns {boolean} false when there is nothing of theirs to refuse
 */
function refuse(app, me, id) {
	let isDone = false;
	app.runInTransaction((tx) => {
		const recovery = find(tx, id);
		if (!recovery || recovery.getString('done') !== '') return;
		if (recovery.getString('user') !== me && !coordinates(tx, me, recovery.getString('team'))) return;
		if (recovery.getString('refused') === '') refuseOne(tx, recovery, me);
		isDone = true;
	});
	return isDone;
}

/**
 * Whoever knows `auth` asked for this recovery, and may take it back.
 * @param {core.App} app
 */
function withdraw(app, id, auth) {
	app.runInTransaction((tx) => {
		const recovery = find(tx, id);
		if (!recovery || !isTheirs(recovery, auth)) return;
		if (recovery.getString('done') === '' && recovery.getString('refused') === '')
			refuseOne(tx, recovery, recovery.getString('user'));
	});
}

/**
 * In two steps, each of which may be repeated. When it is due, the first says whose account it is, so that the device
 * can sign and wrap for it; the second brings that, and puts the new keys in place of the old ones. What nobody asked
 * for answers as what nobody has approved: whether a login exists is not told here.
 * @param {core.App} app
 * @param {{id: string, auth: string, wrapped?: string, proof?: string}} body as `isBrought` has it
 * @returns {{code: '' | 'refused' | 'approvals' | 'early' | 'done', after: string, minutes: number, approvals: number,
 * person: object | null}} code '' when it is due or finished; `after` is the time from which it may be
 */
function finish(app, { id, auth, wrapped, proof }) {
	const minutes = delay();
	let answer = { code: 'approvals', after: '', minutes, approvals: 0, person: null };
	app.runInTransaction((tx) => {
		const recovery = find(tx, id);
		if (!recovery || !isTheirs(recovery, auth)) return;

		const { all, coordinators } = approvers(tx, recovery);
		const after = time.read(recovery.getString('created')) + minutes * MINUTE;
		// One that a newer one put aside is not told apart from one that nobody heard of.
		const isHeard = recovery.getString('refused') === '' || wasRefused(tx, id);
		answer = {
			code: stateOf(recovery, { all, coordinators, after }),
			after: '',
			minutes,
			approvals: all,
			person: null
		};
		if (!isHeard) answer = { ...answer, code: 'approvals', approvals: 0 };
		if (answer.code === 'early') answer.after = time.at(after);
		if (answer.code !== '') return;

		const person = tx.findRecordById('users', recovery.getString('user'));
		if (wrapped !== undefined && proof !== undefined) {
			if (recovery.getString('done') === '') replaceKeys(tx, recovery, person, { auth, wrapped, proof });
			else if (person.getString('proof') !== proof || person.getString('wrapped') !== wrapped) {
				answer.code = 'done';
				return;
			}
		}
		answer.person = { user: person.id, name: person.getString('name'), kind: person.getString('kind') };
	});
	return answer;
}

/**
 * Whoever holds the printed recovery key of a team becomes its coordinator: the key opens the circles anyway.
 * @param {core.App} app
 * @param {string} secret what `teams.ticket` is the SHA-256 of
 * @returns {boolean} false when the secret is wrong
 */
function takeOver(app, me, { team, ticket: secret, membership }) {
	let isRight = false;
	app.runInTransaction((tx) => {
		const ticket = exists(tx, 'teams', team) ? tx.findRecordById('teams', team).getString('ticket') : '';
		if (ticket === '' || !$security.equal($security.sha256(secret), ticket)) return;
		isRight = true;
		if (!coordinates(tx, me, team)) {
			const record = new Record(tx.findCollectionByNameOrId('memberships'));
			record.load({ id: membership, team, user: me, role: 'coordinator' });
			nameActor(record, me);
			tx.save(record);
		}
		note(tx, { team, by: me, what: 'recovery_key_used', about: me });
	});
	return isRight;
}

function stateOf(recovery, { all, coordinators, after }) {
	if (recovery.getString('done') !== '') return '';
	if (recovery.getString('refused') !== '') return 'refused';
	if (all < 2 || coordinators < 1) return 'approvals';
	return Date.now() < after ? 'early' : '';
}

function replaceKeys(app, recovery, person, { auth, wrapped, proof }) {
	for (const field of ['recipient', 'verifier']) person.set(field, recovery.getString(field));
	person.set('proof', proof);
	person.set('wrapped', wrapped);
	remember(app, recovery, person.id);
	person.setPassword(auth);
	person.refreshTokenKey();
	app.save(person);

	// What was sealed to the old keys nobody can open any more: others grant anew, and know by the time which these are.
	const now = time.now();
	for (const grant of app.findRecordsByFilter('grants', "user = {:user} && ended = ''", '', 0, 0, {
		user: person.id
	})) {
		grant.set('ended', now);
		app.saveNoValidate(grant);
	}

	recovery.set('done', now);
	app.save(recovery);
	note(app, {
		team: recovery.getString('team'),
		by: person.id,
		what: 'recovery_finished',
		about: recovery.id
	});
	for (const other of openOf(app, person.id)) refuseOne(app, other, person.id);
}

function refuseOne(app, recovery, by) {
	recovery.set('refused', time.now());
	app.save(recovery);
	note(app, { team: recovery.getString('team'), by, what: 'recovery_refused', about: recovery.id });
}

const isTheirs = (recovery, auth) => $security.equal($security.sha256(auth), recovery.getString('ticket'));

/** By somebody: a newer request of the same login refuses in nobody's name. */
const wasRefused = (app, id) =>
	app.countRecords(
		'audit',
		$dbx.hashExp({ about: id, what: 'recovery_refused' }),
		$dbx.not($dbx.hashExp({ by: '' }))
	) > 0;

/** How many approve who are still there to do so, and how many of them coordinate. */
function approvers(app, recovery) {
	const count = new DynamicModel({ everybody: 0, coordinators: 0 });
	app
		.db()
		.newQuery(
			`SELECT COUNT(DISTINCT approvals."by") AS everybody,
				COUNT(DISTINCT CASE WHEN role = 'coordinator' THEN approvals."by" END) AS coordinators
			FROM approvals JOIN memberships ON memberships.user = approvals."by"
			WHERE approvals.recovery = {:recovery} AND approvals."by" != {:user} AND memberships.team = {:team}
				AND role IN ('expert', 'coordinator') AND ${ACTIVE}`
		)
		.bind({ recovery: recovery.id, user: recovery.getString('user'), team: recovery.getString('team') })
		.one(count);
	return { all: count.everybody, coordinators: count.coordinators };
}

const openOf = (app, user) =>
	app.findRecordsByFilter('recoveries', "user = {:user} && done = '' && refused = ''", '', 0, 0, { user });

function membersOf(app, condition, values) {
	const rows = arrayOf(new DynamicModel({ user: '', team: '' }));
	app
		.db()
		.newQuery(
			`SELECT memberships.user, memberships.team FROM memberships JOIN users ON users.id = memberships.user
			WHERE ${condition} AND ${ACTIVE} LIMIT 1`
		)
		.bind(values)
		.all(rows);
	return rows;
}

/** Who has reported a case of the team under a name of their own. */
function reportersOf(app, values) {
	const rows = arrayOf(new DynamicModel({ user: '', team: '' }));
	app
		.db()
		.newQuery(
			`SELECT cases.reporter AS user, cases.team FROM cases JOIN users ON users.id = cases.reporter
			WHERE login = {:login} AND team = {:team} AND kind = 'named' LIMIT 1`
		)
		.bind(values)
		.all(rows);
	return rows;
}

const coordinates = (app, user, team) =>
	membersOf(app, "user = {:user} AND team = {:team} AND role = 'coordinator'", { user, team }).length > 0;

const exists = (app, collection, id) => app.countRecords(collection, $dbx.hashExp({ id })) > 0;

const find = (app, id) => (exists(app, 'recoveries', id) ? app.findRecordById('recoveries', id) : null);

function delay() {
	const minutes = $os.getenv('HEED_RECOVERY_DELAY_MINUTES');
	return /^\d{1,6}$/.test(minutes) ? Number(minutes) : DAY_IN_MINUTES;
}

module.exports = { ask, finish, isAsked, isBrought, refuse, takeOver, withdraw };
