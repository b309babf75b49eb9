const { ACTIVE, EXPIRED } = require(`${__hooks}/lib/access.js`);
const { actor, note } = require(`${__hooks}/lib/audit.js`);
const { remember } = require(`${__hooks}/lib/bell.js`);
const { left } = require(`${__hooks}/lib/notices.js`);
const { now } = require(`${__hooks}/lib/time.js`);

/** Whose roles belong in which circle, as the rules have it. */
const CIRCLES = {
	members: ['expert', 'coordinator'],
	police: ['police', 'coordinator'],
	coordinators: ['coordinator']
};

/**
 * Whether this save is the one that ends the membership.
 * @param {core.Record} membership
 */
const isEnding = (membership) =>
	membership.getString('ended') !== '' && membership.original().getString('ended') === '';

/**
 * What follows from the end of a membership, in the transaction that ended it: sessions die, grants end, cases are
 * nobody's. Who is still in the team by another membership keeps what belongs to it; a reporter keeps the own cases, but not what
 * was referred for the team.
 * @param {core.App} app
 * @param {core.Record} membership
 */
function leave(app, membership) {
	const team = membership.getString('team');
	const user = membership.getString('user');
	const by = actor(membership);
	const roles = ask(
		app,
		`SELECT role AS it FROM memberships WHERE user = {:user} AND team = {:team} AND ${ACTIVE}`,
		{
			team,
			user
		}
	);

	remember(app, membership, user);
	const person = app.findRecordById('users', user);
	person.refreshTokenKey();
	app.saveNoValidate(person);

	const stays = Object.keys(CIRCLES).filter((circle) => CIRCLES[circle].some((role) => roles.includes(role)));
	for (const { it, name } of circleGrants(app, { team, user })) {
		if (!stays.includes(name)) change(app, 'grants', it, { ended: now() });
	}
	if (roles.length === 0) {
		left(app, { team, user });
		for (const grant of ask(app, CASE_GRANTS, { team, user })) change(app, 'grants', grant, { ended: now() });
		for (const kase of ask(app, OWNED, { team, user })) change(app, 'cases', kase, { owner: '' });
		for (const recovery of ask(app, RECOVERIES, { team, user })) {
			change(app, 'recoveries', recovery, { refused: now() });
			note(app, { team, by, what: 'recovery_refused', about: recovery });
		}
	}

	const what = by === '' && membership.getString('until') !== '' ? 'membership_expired' : 'membership_ended';
	note(app, { team, by, what, about: membership.id });
}

/**
 * Ends the memberships whose last moment has passed, of each person for itself.
 * @param {core.App} app
 */
function endByTime(app) {
	for (const user of ask(app, `SELECT DISTINCT user AS it FROM memberships WHERE ${EXPIRED}`, {
		now: now()
	})) {
		try {
			endOf(app, user);
		} catch (error) {
			console.error('A membership could not be ended in time:', error);
		}
	}
}

/**
 * Ends those of one person.
 * @param {core.App} app
 * @param {string} user
 * @returns {boolean} whether there was one
 */
function endOf(app, user) {
	const due = { user, now: now() };
	if (ask(app, EXPIRED_OF, due).length === 0) return false;

	app.runInTransaction((tx) => {
		// Asked again inside: of two who come at the same moment one ends it.
		for (const id of ask(tx, EXPIRED_OF, due)) change(tx, 'memberships', id, { ended: due.now });
	});
	return true;
}

/**
 * Whether a session has ended since its request came: of several at the same moment, one leads its person out.
 * @param {core.App} app
 * @param {core.Record} auth
 * @returns {boolean}
 */
function isOver(app, auth) {
	const [kept] = ask(app, 'SELECT tokenKey AS it FROM users WHERE id = {:user}', { user: auth.id });
	return kept !== undefined && kept !== auth.tokenKey();
}

const EXPIRED_OF = `SELECT id AS it FROM memberships WHERE user = {:user} AND ${EXPIRED}`;
const CASE_GRANTS = `
	SELECT grants.id AS it FROM grants
	JOIN keys ON keys.id = grants."key"
	JOIN cases ON cases.id = keys."case"
	WHERE grants.user = {:user} AND grants.ended = ''
		AND ((cases.team = {:team} AND cases.reporter != {:user}) OR cases.sender = {:team})`;
const OWNED = 'SELECT id AS it FROM cases WHERE team = {:team} AND owner = {:user}';
const RECOVERIES = `
	SELECT id AS it FROM recoveries WHERE user = {:user} AND team = {:team} AND done = '' AND refused = ''`;

function circleGrants(app, values) {
	const rows = arrayOf(new DynamicModel({ it: '', name: '' }));
	app
		.db()
		.newQuery(
			`SELECT grants.id AS it, keys.name FROM grants JOIN keys ON keys.id = grants."key"
			WHERE grants.user = {:user} AND grants.ended = '' AND keys.team = {:team} AND keys."case" = ''`
		)
		.bind(values)
		.all(rows);
	return rows;
}

function ask(app, sql, values) {
	const rows = arrayOf(new DynamicModel({ it: '' }));
	app.db().newQuery(sql).bind(values).all(rows);
	return rows.map((row) => row.it);
}

/** Without asking whether the rest of the row is still what is required of new ones. */
function change(app, collection, id, values) {
	const record = app.findRecordById(collection, id);
	for (const field in values) record.set(field, values[field]);
	app.saveNoValidate(record);
}

module.exports = { endByTime, endOf, isOver, isEnding, leave };
