const { ACTIVE, EXPIRED, HOLDERS } = require(`${__hooks}/lib/access.js`);
const { now } = require(`${__hooks}/lib/time.js`);

const MEMBERS = `SELECT user AS id FROM memberships WHERE team = {:team} AND ${ACTIVE}`;
const OVERSEERS = `${MEMBERS} AND role IN ('expert', 'coordinator')`;
const COORDINATORS = `${MEMBERS} AND role = 'coordinator'`;
const CASE_HOLDERS = HOLDERS.replace(/= \{:key\}/g, 'IN (SELECT id FROM keys WHERE "case" = {:case})');

const REACHED = 'SELECT user AS id FROM notices WHERE ladder = {:ladder}';

const OVER = `SELECT user AS id FROM memberships WHERE ${EXPIRED}`;

/** Whom a new or changed row concerns, by collection. */
const CONCERNED = {
	entries: (app, entry) => ask(app, HOLDERS, { key: entry.getString('key') }),
	// Once a file, with the last of its parts.
	blobs: (app, blob) => (isWhole(app, blob) ? ask(app, HOLDERS, { key: blob.getString('key') }) : []),
	cases: (app, kase) =>
		ask(app, `${OVERSEERS} UNION ${CASE_HOLDERS}`, { team: kase.getString('team'), case: kase.id }),
	// Its roll, or how it is set.
	teams: (app, team) => ask(app, MEMBERS, { team: team.id }),
	memberships: (app, membership) =>
		ask(app, MEMBERS, { team: membership.getString('team') }).concat(membership.getString('user')),
	keys: (app, key) =>
		key.getString('case') === ''
			? ask(app, MEMBERS, { team: key.getString('team') })
			: ask(app, HOLDERS, { key: key.id }),
	grants: (app, grant) =>
		grant.getString('user') !== ''
			? [grant.getString('user')]
			: ask(app, HOLDERS, { key: grant.getString('via') }),
	requests: (app, request) =>
		ask(app, COORDINATORS, { team: request.getString('team') }).concat(request.getString('user')),
	recoveries: (app, recovery) => mayRecover(app, recovery),
	approvals: (app, approval) =>
		mayRecover(app, app.findRecordById('recoveries', approval.getString('recovery'))),
	ladders: (app, ladder) =>
		ask(app, `${OVERSEERS} UNION ${CASE_HOLDERS} UNION ${REACHED}`, {
			team: ladder.getString('team'),
			case: ladder.getString('case'),
			ladder: ladder.id
		}).concat(ask(app, OVERSEERS, { team: ladder.getString('above') }))
};

/**
 * Tells the open apps of those concerned to pull. A bell that cannot be rung is no failure of the write before it:
 * devices also pull when they start, wake and reconnect.
 * @param {core.App} app
 * @param {core.Record} record
 */
function ring(app, record) {
	try {
		const clients = app.subscriptionsBroker().clients();
		if (Object.keys(clients).length === 0) return;

		const who = {};
		for (const id of CONCERNED[record.collection().name](app, record)) who[id] = true;
		// A connection may outlive a last moment. Who is led out is told so by the bell of that, and signs in again.
		for (const id of ask(app, OVER, { now: now() })) delete who[id];
		const signedOut = record.getString(SIGNED_OUT).split(' ');
		const bell = new SubscriptionMessage({ name: 'bell', data: '{}' });
		for (const id in clients) {
			const auth = clients[id].get('auth');
			const isConcerned = auth && who[auth.id] && clients[id].hasSubscription('bell');
			if (isConcerned || signedOut.includes(id)) clients[id].send(bell);
		}
	} catch (error) {
		console.error('The bell did not ring:', error);
	}
}

/**
 * Who has Heed open at this moment, and hears the bell.
 * @param {core.App} app
 * @returns {string[]} persons, some more than once
 */
function listening(app) {
	const clients = app.subscriptionsBroker().clients();
	return Object.keys(clients)
		.filter((id) => clients[id].hasSubscription('bell') && clients[id].get('auth'))
		.map((id) => clients[id].get('auth').id);
}

/**
 * To be called before the sessions of a person end by a change of `record`: PocketBase then forgets whose those
 * connections are, and the bell for `record` should still be their last, so that the apps notice.
 * @param {core.App} app
 * @param {core.Record} record
 * @param {string} person
 */
function remember(app, record, person) {
	const clients = app.subscriptionsBroker().clients();
	const theirs = Object.keys(clients).filter((id) => {
		const auth = clients[id].get('auth');
		return auth && auth.id === person && clients[id].hasSubscription('bell');
	});
	record.set(SIGNED_OUT, theirs.join(' '));
}

/** No field: nothing keeps it. */
const SIGNED_OUT = 'heedSignedOut';

const isWhole = (app, blob) => {
	const [file, entry] = [blob.getString('file'), blob.getString('entry')];
	return entry !== '' && app.countRecords('blobs', $dbx.hashExp({ file, entry })) >= blob.getInt('count');
};

/** Those who may approve, and the person on other devices. */
const mayRecover = (app, recovery) =>
	ask(app, OVERSEERS, { team: recovery.getString('team') }).concat(recovery.getString('user'));

const ask = (app, sql, values) => {
	const rows = arrayOf(new DynamicModel({ id: '' }));
	app.db().newQuery(sql).bind(values).all(rows);
	return rows.map((row) => row.id);
};

module.exports = { listening, remember, ring };
