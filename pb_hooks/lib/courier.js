/** What the courier is handed, and what it says became of it: `Lease` and `Settlement` in src/lib/domain/notice.ts. */
const { isId, isList, isObject, isText, isWhole } = require(`${__hooks}/lib/shape.js`);
const { ask, list, run } = require(`${__hooks}/lib/sql.js`);
const { at, read } = require(`${__hooks}/lib/time.js`);
const { CHOSEN } = require(`${__hooks}/lib/wishes.js`);

const MINUTE = 60 * 1000;
const MOST = 100;
const NUDGE = {
	id: '',
	kind: '',
	user: '',
	device: '',
	case: '',
	tag: '',
	token: '',
	ends: '',
	urgent: false
};

/**
 * Refuses whoever does not show the supervisor's secret.
 * @param {core.RequestEvent} e
 */
function demandSecret(e) {
	const secret = $os.getenv('HEED_COURIER_SECRET');
	if (secret === '' || !$security.equal(e.request.header.get('X-Heed-Courier'), secret))
		throw new ForbiddenError();
}

const isLease = (body) =>
	isObject(body) &&
	isId(body.by) &&
	isWhole(body.most, 1, MOST) &&
	typeof body.urgent === 'boolean' &&
	isList(body.without, 10, (one) => isText(one, /^[^]{0,253}$/));

const isSettlement = (body) => isObject(body) && isId(body.by) && isList(body.settled, MOST, isSettled);

const isSettled = (one) =>
	isObject(one) &&
	isId(one.id) &&
	(one.did === 'sent' ||
		(isText(one.why, /^[^]{0,40}$/) &&
			(one.did === 'gone' || one.did === 'kept' || (one.did === 'wait' && isWhole(one.seconds, 0, 86400)))));

/**
 * What is due and nobody else is sending, pressing ones first, for a minute.
 * @param {core.App} app
 * @param {{by: string, most: number, urgent: boolean, without: string[]}} asked
 */
function lease(app, { by, most, urgent, without }) {
	const now = Date.now();
	const lanes = urgent ? [true] : [true, false];
	const DUE = without.length > 0 ? DUE_WITHOUT : DUE_NOW;
	const due = (db, pressing, most) =>
		ask(db, DUE, { pressing, now: at(now), most, without: JSON.stringify(without) }, NUDGE);
	// Most times there is nothing: that is asked without keeping anybody from writing.
	if (lanes.every((pressing) => due(app, pressing, 1).length === 0))
		return { leased: [], wait: waiting(app, urgent, now) };

	let answer;
	app.runInTransaction((tx) => {
		const leased = [];
		for (const pressing of lanes) {
			// What is put aside makes room for others, until there are none.
			for (let left = true; left && leased.length < most;) {
				const rows = due(tx, pressing, most - leased.length);
				left = rows.length > 0;
				if (left) leased.push.apply(leased, take(tx, rows, by, now));
			}
		}
		answer = { leased, wait: leased.length >= most ? 0 : waiting(tx, urgent, now) };
	});
	return answer;
}

/** Leases these, as far as they are of use. */
function take(app, due, by, now) {
	const ids = (rows) => JSON.stringify(rows.map(({ id }) => id));
	const aside = (state, rows) => {
		if (rows.length > 0) run(app, ASIDE, { state, ids: ids(rows) });
	};
	const late = due.filter(({ ends }) => ends <= at(now));
	aside('late', late);
	const letters = due.filter((row) => row.device === '' && !late.includes(row));
	const seen = letters.length === 0 ? [] : list(app, SEEN, { ids: ids(letters) });
	const spared = letters.filter(({ id }) => seen.includes(id));
	aside('spared', spared);
	const wanted = due.filter((row) => !late.includes(row) && !spared.includes(row));
	if (wanted.length === 0) return [];

	const until = at(now + MINUTE);
	const pushes = byId(ask(app, PUSHES, { ids: ids(wanted) }, { id: '', endpoint: '', p256dh: '', auth: '' }));
	const mails = byId(ask(app, MAILS, { ids: ids(wanted) }, { id: '', to: '', locale: '' }));
	const ways = {};
	const together = {};
	for (const { id, device, user, kind } of wanted) {
		const [push, mail] = [pushes[id], mails[id]];
		if (device !== '') {
			if (push) ways[id] = { push: { endpoint: push.endpoint, p256dh: push.p256dh, auth: push.auth } };
		} else if (mail && !CHOSEN.includes(kind)) {
			ways[id] = { mail: { to: mail.to, locale: mail.locale, counts: { [kind]: 1 } } };
		} else if (mail && !together[user]) {
			together[user] = true;
			const letter = { user, now: at(now), until, by };
			ways[id] = { mail: { to: mail.to, locale: mail.locale, counts: gather(app, letter) } };
		}
	}
	aside(
		'gone',
		wanted.filter(({ id, device }) => (device === '' ? !mails[id] : !pushes[id]))
	);
	const taken = wanted.filter(({ id }) => ways[id]);
	run(app, TAKE, { ids: ids(taken), until, by });
	return taken.map(({ id, kind, tag, token, user, ends, case: kase }) => ({
		nudge: { v: 1, id, kind, tag, token, case: kase, person: user },
		seconds: Math.max(0, Math.floor((read(ends) - now) / 1000)),
		by: ways[id]
	}));
}

/** All that can wait and is due to be written to one person goes into one letter: leased, and later settled, together. */
function gather(app, letter) {
	const counts = {};
	run(app, SPARE, { user: letter.user, now: letter.now });
	for (const { kind } of ask(app, GATHER, letter, { kind: '' })) counts[kind] = (counts[kind] || 0) + 1;
	return counts;
}

/** After how many ms something is due, or is leased no more; null where nothing is. */
function waiting(app, urgent, now) {
	const [next] = list(app, urgent ? NEXT_URGENT : NEXT, { now: at(now) });
	return next ? Math.max(0, read(next) - now) : null;
}

/**
 * Keeps what became of them. What this courier no longer has is left alone.
 * @param {core.App} app
 * @param {{by: string, settled: {id: string, did: string, why?: string, seconds?: number}[]}} settlement
 */
function settle(app, { by, settled }) {
	app.runInTransaction((tx) => {
		const now = Date.now();
		const ids = JSON.stringify(settled.map(({ id }) => id));
		const shape = { id: '', user: '', device: '', kind: '', due: '', leased: '', ends: '', attempts: 0 };
		const held = byId(ask(tx, HELD, { ids, by }, shape));
		for (const one of settled.filter(({ id }) => held[id])) {
			const row = held[one.id];
			const change = outcome(one, row, now);
			if (row.device === '' && CHOSEN.includes(row.kind))
				run(tx, SETTLE_LETTER, Object.assign({ user: row.user, leased: row.leased, by }, change));
			else run(tx, SETTLE, Object.assign({ id: one.id }, change));

			if (row.device !== '' && one.did === 'gone') {
				run(tx, 'DELETE FROM devices WHERE id = {:device}', { device: row.device });
				run(tx, GONE_WITH_IT, { device: row.device });
			} else if (one.did === 'sent' || one.did === 'kept') {
				const trouble = one.did === 'kept' ? one.why : '';
				if (row.device === '') run(tx, MAIL_TROUBLE, { user: row.user, trouble });
				else run(tx, TROUBLE, { device: row.device, trouble });
			}
		}
	});
}

/** What waits goes on as told, and not more often than this server bears; what is of no use by then is late. */
function outcome({ did, why = '', seconds = 0 }, row, now) {
	if (did !== 'wait') return { state: did, why, due: row.due };
	const patience = Math.min(5000 * Math.pow(2, Math.max(0, row.attempts - 1)), 10 * MINUTE);
	const due = at(now + Math.max(seconds * 1000, Math.round(patience * (0.75 + Math.random() / 2))));
	return { state: due < row.ends ? 'waiting' : 'late', why, due };
}

const byId = (rows) => {
	const all = {};
	for (const row of rows) all[row.id] = row;
	return all;
};

const GIVEN = 'IN (SELECT value FROM json_each({:ids}))';
const DUE = (more) => `
	SELECT id, kind, user, device, "case", tag, token, ends, urgent FROM notices
	WHERE state = 'waiting' AND urgent = {:pressing} AND due <= {:now} AND leased <= {:now} ${more}
	ORDER BY due LIMIT {:most}`;
const DUE_NOW = DUE('');
/** By a host: an endpoint has no port, and a path (endpoint.js). By '': an e-mail. */
const DUE_WITHOUT = DUE(`AND NOT EXISTS (
	SELECT 1 FROM json_each({:without}) busy LEFT JOIN devices ON devices.id = notices.device
	WHERE CASE busy.value WHEN '' THEN notices.device = ''
		ELSE substr(devices.endpoint, 1, length(busy.value) + 9) = 'https://' || busy.value || '/' END
)`);
const ASIDE = `UPDATE notices SET state = {:state}, leased = '', "by" = '' WHERE id ${GIVEN}`;
/** Of an e-mail: a push of the same tag, seen since, has made it needless. */
const IS_SEEN = `EXISTS (
	SELECT 1 FROM notices push
	WHERE push.user = notices.user AND push.tag = notices.tag AND push.device != '' AND push.shown >= notices.created
)`;
const SEEN = `SELECT id AS it FROM notices WHERE id ${GIVEN} AND ${IS_SEEN}`;
const PUSHES = `
	SELECT notices.id, devices.endpoint, devices.p256dh, devices.auth
	FROM notices JOIN devices ON devices.id = notices.device AND devices.user = notices.user WHERE notices.id ${GIVEN}`;
/** To an address that its owner has confirmed, or to ask for that. */
const MAILS = `
	SELECT notices.id, wishes.address AS "to", users.locale
	FROM notices JOIN wishes ON wishes.user = notices.user JOIN users ON users.id = notices.user
	WHERE notices.id ${GIVEN} AND notices.device = '' AND wishes.address != '' AND
		CASE notices.kind WHEN 'confirm' THEN wishes.code = notices.token ELSE wishes.confirmed != '' END`;
const KINDS = CHOSEN.map((kind) => `'${kind}'`).join();
const TAKE = `UPDATE notices SET leased = {:until}, "by" = {:by}, attempts = attempts + 1 WHERE id ${GIVEN} AND leased != {:until}`;
const ALIKE = `
	user = {:user} AND device = '' AND state = 'waiting' AND kind IN (${KINDS}) AND due <= {:now} AND leased <= {:now}`;
const SPARE = `UPDATE notices SET state = 'spared' WHERE ${ALIKE} AND ${IS_SEEN}`;
const GATHER = `
	UPDATE notices SET leased = {:until}, "by" = {:by}, attempts = attempts + 1 WHERE ${ALIKE} AND ends > {:now}
	RETURNING kind`;
const NEXT_OF = (urgent) => `
	SELECT MIN(due) AS it FROM notices WHERE state = 'waiting' AND urgent = ${urgent} AND due > {:now}
	UNION ALL
	SELECT MIN(leased) FROM notices WHERE state = 'waiting' AND urgent = ${urgent} AND due <= {:now} AND leased > {:now}`;
const SOONEST = (of) => `SELECT COALESCE(MIN(it), '') AS it FROM (${of})`;
const NEXT_URGENT = SOONEST(NEXT_OF(1));
const NEXT = SOONEST(`${NEXT_OF(1)} UNION ALL ${NEXT_OF(0)}`);
const HELD = `
	SELECT id, user, device, kind, due, leased, ends, attempts FROM notices
	WHERE id ${GIVEN} AND state = 'waiting' AND "by" = {:by}`;
const SETTLED = `why = {:why}, due = {:due}, leased = '', "by" = ''`;
const SETTLE = `UPDATE notices SET state = {:state}, ${SETTLED} WHERE id = {:id}`;
/** What one letter gathers ends at different times: what is of use longer than the first of it waits on. */
const SETTLE_LETTER = `
	UPDATE notices SET ${SETTLED}, state = CASE
		WHEN {:state} NOT IN ('waiting', 'late') THEN {:state}
		WHEN ends > {:due} THEN 'waiting'
		ELSE 'late' END
	WHERE user = {:user} AND device = '' AND state = 'waiting' AND kind IN (${KINDS}) AND "by" = {:by} AND leased = {:leased}`;
const TROUBLE = 'UPDATE devices SET trouble = {:trouble} WHERE id = {:device} AND trouble != {:trouble}';
const MAIL_TROUBLE = 'UPDATE wishes SET trouble = {:trouble} WHERE user = {:user} AND trouble != {:trouble}';
const GONE_WITH_IT = `
	UPDATE notices SET state = 'gone', leased = '', "by" = '' WHERE device = {:device} AND state = 'waiting'`;

module.exports = { demandSecret, isLease, isSettlement, lease, settle };
