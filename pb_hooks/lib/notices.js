/**
 * The outbox: what tells somebody is written in the transaction of its cause. A row is one nudge for one device, or one
 * e-mail for one person. docs/notices.md says who is told of what.
 */
const { ACTIVE, HOLDERS } = require(`${__hooks}/lib/access.js`);
const { listening } = require(`${__hooks}/lib/bell.js`);
const chance = require(`${__hooks}/lib/chance.js`);
const { afterQuiet, nextAt } = require(`${__hooks}/lib/hours.js`);
const { ask, list, run } = require(`${__hooks}/lib/sql.js`);
const { at } = require(`${__hooks}/lib/time.js`);
const { CHOSEN, read } = require(`${__hooks}/lib/wishes.js`);

const MINUTE = 60 * 1000;
const HOUR = 60 * MINUTE;

const PRESSING = ['danger', 'urgent', 'call', 'above'];

/** How long a notice is of use once it is due. */
const lifeOf = (kind) => (PRESSING.includes(kind) ? 12 : kind === 'test' ? 24 : 48) * HOUR;
/** An e-mail waits so long for the push to be seen. */
const BEHIND = 2 * MINUTE;
/** When the one letter of the day is written, by the clock of whom it is for. */
const LETTER = '08:00';

/**
 * Writes what tells these people. Who wishes not to be told is not; who can be reached in no way is noted for what is
 * pressing: then the app says it.
 * @param {core.App} app
 * @param {{kind: string, tag: string, case?: string, team?: string, ladder?: string}} about
 * @param {string[]} people
 */
function tell(app, about, people) {
	if (people.length === 0) return;
	const { kind } = about;
	const urgent = PRESSING.includes(kind);
	const now = Date.now();
	const among = { people: JSON.stringify(people) };
	const devices = ask(app, DEVICES, among, { id: '', user: '' });
	const rows = [];
	for (const { user, wishes, mail } of ask(app, REACHED, among, { user: '', wishes: '', mail: false })) {
		const wish = read(wishes);
		const due = urgent ? now : afterQuiet(wish.quiet, wish.zone, now);
		const own = wish.noPush.includes(kind) ? [] : devices.filter((device) => device.user === user);
		for (const device of own) rows.push({ user, device: device.id, due, state: 'waiting' });
		if (mail && !wish.noMail.includes(kind)) {
			const letter = () => afterQuiet(wish.quiet, wish.zone, nextAt(LETTER, wish.zone, now));
			rows.push({
				user,
				device: '',
				due: urgent ? now + (own.length > 0 ? BEHIND : 0) : letter(),
				state: 'waiting'
			});
		} else if (urgent && own.length === 0) {
			rows.push({ user, device: '', due, state: 'kept', why: 'nowhere' });
		}
	}
	put(app, about, rows);
}

/**
 * Of these people those whom what is pressing reaches: by a device, by an address, or as they have Heed open.
 * @param {core.App} app
 * @param {string[]} people
 * @returns {string[]}
 */
function reached(app, people) {
	if (people.length === 0) return [];
	const away = list(app, REACHABLE, { people: JSON.stringify(people) });
	const here = listening(app);
	return people.filter((one) => away.includes(one) || here.includes(one));
}

/**
 * One nudge for one device, or one e-mail: whatever somebody wishes.
 * @param {core.App} app
 * @param {{kind: string, tag: string}} about
 * @param {{user: string, device: string, token?: string}} to `device` is '' for an e-mail
 */
const tellOne = (app, about, to) =>
	put(app, about, [Object.assign({ due: Date.now(), state: 'waiting' }, to)]);

/**
 * What somebody has said in a case. Call it in the transaction that keeps it, when it is kept.
 * @param {core.App} app
 * @param {core.Record} entry
 */
function said(app, entry) {
	const [kind, author] = [entry.getString('kind'), entry.getString('author')];
	const values = { case: entry.getString('case'), key: entry.getString('key') };
	const [kase] = ask(app, CASE, values, { team: '', urgency: '', owner: '', reporter: '', key: '' });
	if (!kase) return;
	const ladder = require(`${__hooks}/lib/ladder.js`);
	const about = (kind) => ({ kind, tag: `${kind}-${values.case}`, case: values.case, team: kase.team });
	const others = (people) => people.filter((one) => one !== author);
	const overseers = () => others(list(app, OVERSEERS, { team: kase.team }));

	if (kind === 'alert' && list(app, ALERT_BEFORE, { case: values.case, id: entry.id }).length === 0) {
		if (kase.urgency === 'danger' || kase.urgency === 'urgent')
			ladder.begin(app, { case: values.case, team: kase.team, urgency: kase.urgency });
		else tell(app, about('alert'), overseers());
		return;
	}
	if (kind === 'take' || kind === 'assign') ladder.taken(app, values.case, author);
	// The rest is for those who talk to each other: the team, and who asked it for advice.
	if (kase.key !== 'reporter') return;
	if (author !== kase.reporter) tell(app, about(kind === 'seen' ? 'seen' : 'answer'), [kase.reporter]);
	else if (!ALONG.includes(kind))
		tell(app, about('message'), kase.owner ? others([kase.owner]) : overseers());
}

/** What comes along with an alert, and is nothing said to anybody. */
const ALONG = ['alert', 'names', 'opening', 'withdrawal', 'seen'];

/**
 * Something of a case was opened to somebody. Call it in the transaction that keeps the grant, when it is kept.
 * @param {core.App} app
 * @param {core.Record} grant
 */
function opened(app, grant) {
	if (grant.getString('via') === '') return;
	const values = { id: grant.id, key: grant.getString('key'), via: grant.getString('via') };
	const [part] = ask(app, POLICE_PART, values, { case: '', team: '' });
	if (!part) return;
	const about = { kind: 'police', tag: `police-${part.case}`, case: part.case, team: part.team };
	const police = list(app, `${MEMBERS} AND role = 'police'`, { team: part.team });
	tell(
		app,
		about,
		police.filter((one) => one !== grant.getString('giver'))
	);
}

/**
 * Somebody has left a team: what waits to tell them of it is told no more, but of what they asked it for themselves.
 * @param {core.App} app
 * @param {{team: string, user: string}} who
 */
const left = (app, who) => run(app, LEFT, who);

/** Persons who hold a key of the case `{:case}`. */
const CASE_HOLDERS = HOLDERS.replace(/= \{:key\}/g, 'IN (SELECT id FROM keys WHERE "case" = {:case})');

const MEMBERS = `SELECT DISTINCT user AS it FROM memberships WHERE team = {:team} AND ${ACTIVE}`;
const OVERSEERS = `${MEMBERS} AND role IN ('expert', 'coordinator')`;
const DEVICES = 'SELECT id, user FROM devices WHERE user IN (SELECT value FROM json_each({:people}))';
const REACHED = `
	SELECT users.id AS user, COALESCE(wishes.wishes, '') AS wishes, COALESCE(wishes.confirmed, '') != '' AS mail
	FROM users LEFT JOIN wishes ON wishes.user = users.id
	WHERE users.id IN (SELECT value FROM json_each({:people}))`;
const REACHABLE = `
	SELECT value AS it FROM json_each({:people})
	WHERE value IN (SELECT user FROM devices) OR value IN (SELECT user FROM wishes WHERE confirmed != '' AND trouble = '')`;
const CASE = `
	SELECT cases.team, cases.urgency, cases.owner, cases.reporter, keys.name AS "key"
	FROM cases JOIN keys ON keys.id = {:key} WHERE cases.id = {:case}`;
const ALERT_BEFORE = `
	SELECT id AS it FROM entries
	WHERE "key" IN (SELECT id FROM keys WHERE "case" = {:case}) AND kind = 'alert' AND id != {:id} LIMIT 1`;

/** Grants of the key `key` to that team's police, in whichever generation. */
const TO_POLICE = (key) => `
	SELECT 1 FROM grants other JOIN keys theirs ON theirs.id = other.via
	WHERE other."key" = ${key} AND other.id != {:id} AND other.ended = ''
		AND theirs.team = circle.team AND theirs.name = 'police' AND theirs."case" = ''`;
/** Where a new key takes the place of one that the police had, nothing is opened: nothing is said under it yet. */
const POLICE_PART = `
	SELECT part."case", circle.team FROM keys circle JOIN keys part ON part.id = {:key}
	WHERE circle.id = {:via} AND circle.name = 'police' AND circle."case" = '' AND part."case" != ''
		AND NOT EXISTS (${TO_POLICE('part.id')})
		AND (part.before = '' OR EXISTS (SELECT 1 FROM entries WHERE "key" = part.id)
			OR NOT EXISTS (${TO_POLICE('part.before')}))`;

/** What waits for a device already says the same: a second one would only take its place. */
const WAITING = `
	SELECT 1 FROM notices before
	WHERE before.device = made.value ->> 'device' AND before.tag = {:tag} AND before.state = 'waiting' AND before.leased <= {:now}`;
/** It is of use for as long as the second one would be. */
const LONGER = `
	UPDATE notices SET ends = made.value ->> 'ends' FROM json_each({:rows}) made
	WHERE notices.device = made.value ->> 'device' AND notices.device != '' AND notices.tag = {:tag}
		AND notices.state = 'waiting' AND notices.leased <= {:now} AND notices.ends < made.value ->> 'ends'`;
const PUT = `
	INSERT INTO notices (
		id, kind, user, device, "case", team, ladder, tag, token, urgent, due, ends, state, leased, "by", attempts, why, shown, created
	)
	SELECT made.value ->> 'id', {:kind}, made.value ->> 'user', made.value ->> 'device', {:case}, {:team}, {:ladder}, {:tag},
		made.value ->> 'token', {:urgent}, made.value ->> 'due', made.value ->> 'ends', made.value ->> 'state', '', '', 0,
		made.value ->> 'why', '', {:now}
	FROM json_each({:rows}) made
	WHERE {:urgent} OR made.value ->> 'device' = '' OR NOT EXISTS (${WAITING})`;

/** `seen` and `answer` go to who asked for advice alone. */
const LEFT = `
	UPDATE notices SET state = 'late', why = 'left', leased = '', "by" = ''
	WHERE user = {:user} AND team = {:team} AND state = 'waiting' AND kind NOT IN ('seen', 'answer')`;

function put(app, { kind, tag, case: kase = '', team = '', ladder = '' }, rows) {
	if (rows.length === 0) return;
	const made = rows.map(({ user, device, due, state, why = '', token = chance.token() }) => ({
		id: chance.id(),
		...{ user, device, token, state, why },
		...{ due: at(due), ends: at(due + lifeOf(kind)) }
	}));
	const urgent = PRESSING.includes(kind);
	const values = { tag, now: at(Date.now()), rows: JSON.stringify(made) };
	if (!urgent) run(app, LONGER, values);
	run(app, PUT, { ...{ kind, case: kase, team, ladder, urgent }, ...values });
}

module.exports = { CASE_HOLDERS, CHOSEN, MEMBERS, left, opened, reached, said, tell, tellOne };
