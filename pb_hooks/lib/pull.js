/**
 * A look at where anything is new, and how far a page can reach; then one SQL statement, so one snapshot, over those
 * collections alone: what the caller may know up to there, in the order of rev, cut to a page. Most of it is walked in the
 * table `reach` (pb_migrations), which has it in that order, so that a page takes as long among few keys as among many.
 * Plans are given, not left to statistics: with those of a nightly ANALYZE they were thirty times as slow. What changes in
 * between has a later rev, and comes with the next page.
 */
const ROWS = 200;
/** A page also ends here, so that a phone on a bad line gets somewhere; one larger row still goes. */
const BYTES = 1024 * 1024;

const { CIRCLES, HELD, MINE, SEEN } = require(`${__hooks}/lib/access.js`);

/** Up to so many accounts that have changed, it is quicker to ask of each than to ask for everybody whom the caller knows. */
const FEW = 100;

const bool = (column) => `json(CASE WHEN ${column} THEN 'true' ELSE 'false' END)`;

/** Of a grant: sealed to the caller, or to a key whose secret the caller has. */
const FOR_ME = '(user IN openers OR via IN openers OR via IN spare)';

/** Whether the caller holds the key at `path`, for few keys: without asking for all of them. */
const holds = (path) => `EXISTS (
	SELECT 1 FROM grants INDEXED BY idx_grants_key
	WHERE "key" = ${path} AND ended = '' AND (user IN openers OR via IN openers))`;

/** Everybody whom the caller may know: of the own teams, of keys that are held, and who asks something of the caller. */
const KNOWN = `
	SELECT {:me} AS id
	UNION SELECT user FROM mine JOIN memberships USING (team) WHERE ended = ''
	UNION SELECT author FROM held CROSS JOIN entries USING ("key")
	UNION SELECT maker FROM held CROSS JOIN keys ON id = held."key"
	UNION SELECT giver FROM held CROSS JOIN grants USING ("key")
	UNION SELECT user FROM held CROSS JOIN grants USING ("key") WHERE ended = ''
	UNION SELECT user FROM requests WHERE team IN led
	UNION SELECT user FROM recoveries WHERE id IN recovering
	UNION SELECT "by" FROM approvals WHERE recovery IN recovering`;

/**
 * What each collection shows. What is in reach is shown, and beside it the rows of `where`; `from` says how to come by them,
 * `many` where much has changed, `when` whether there can be any. All may use what `statement` names. `size` is a guess of
 * the row's bytes.
 */
const COLLECTIONS = {
	users: {
		where: `id = {:me}
			OR EXISTS (SELECT 1 FROM memberships WHERE user = users.id AND ended = '' AND team IN (SELECT team FROM mine))
			OR EXISTS (SELECT 1 FROM entries INDEXED BY idx_entries_author WHERE author = users.id AND ${holds('entries."key"')})
			OR EXISTS (SELECT 1 FROM keys INDEXED BY idx_keys_maker WHERE maker = users.id AND ${holds('keys.id')})
			OR EXISTS (SELECT 1 FROM grants given INDEXED BY idx_grants_giver WHERE giver = users.id AND ${holds('given."key"')})
			OR EXISTS (SELECT 1 FROM grants own INDEXED BY idx_grants_user WHERE user = users.id AND ended = '' AND ${holds('own."key"')})
			OR id IN (SELECT user FROM requests WHERE team IN led)
			OR id IN (SELECT user FROM recoveries WHERE id IN recovering)
			OR id IN (SELECT "by" FROM approvals WHERE recovery IN recovering)`,
		many: 'known CROSS JOIN users USING (id)',
		size: '2500',
		shape: `'kind', kind, 'name', name, 'recipient', recipient, 'verifier', verifier, 'proof', proof`
	},
	agencies: {
		where: 'team IN (SELECT team FROM mine)',
		size: '200',
		shape: `'team', team, 'name', name, 'sector', sector`
	},
	areas: {
		where: 'id IN (SELECT area FROM teams WHERE id IN seen)',
		size: '200',
		shape: `'name', name, 'country', country, 'parent', parent`
	},
	teams: {
		where: 'id IN seen',
		size: "octet_length(form) + octet_length(COALESCE(ladder, '')) + 300",
		// Who is on call is for the members to know.
		shape: `'name', name, 'area', area, 'locale', locale, 'open', ${bool('open')}, 'coded', ${bool('coded')},
			'roll', CAST(roll AS INTEGER), 'idle', json(idle), 'form', json(form),
			'ladder', json(CASE WHEN id IN (SELECT team FROM mine) THEN COALESCE(ladder, 'null') ELSE 'null' END)`,
		// The invitation is a coordinator's to hand out.
		extra: `CASE WHEN id IN led THEN json_object('invite', invite) ELSE '{}' END`
	},
	memberships: {
		// One's own also when it has ended: that is how a device learns of it.
		where: 'user = {:me} OR team IN (SELECT team FROM mine)',
		size: '250',
		shape: `'team', team, 'user', user, 'agency', agency, 'role', role, 'until', until, 'ended', ended,
			'knows', json(CASE WHEN user = {:me} OR team IN (SELECT team FROM mine WHERE role IN ('expert', 'coordinator')) THEN knows ELSE '{}' END)`
	},
	keys: {
		// Of circles; those that are held are in reach.
		when: `EXISTS (SELECT 1 FROM keys INDEXED BY idx_keys_circles WHERE "case" = '' AND rev > {:since} AND rev <= until.rev)`,
		from: 'keys INDEXED BY idx_keys_circles',
		where: `"case" = '' AND team IN seen`,
		size: '2400',
		shape: `'team', team, 'case', "case", 'name', name, 'before', before, 'recipient', recipient, 'maker', maker,
			'proof', proof, 'ended', ended`
	},
	grants: {
		// In reach: one's own, also when it has ended; of a key one holds, all: who else reads this is no secret among its
		// readers. Here: what the printed recovery key opens.
		when: `EXISTS (SELECT 1 FROM mine WHERE role = 'coordinator')`,
		from: 'spare CROSS JOIN grants ON via = spare.id',
		size: 'octet_length(sealed) + 450',
		shape: `'key', "key", 'user', user, 'via', via, 'sealed', CASE WHEN ${FOR_ME} THEN sealed ELSE '' END,
			'digest', digest, 'giver', giver, 'proof', proof, 'ended', ended`
	},
	requests: {
		where: 'user = {:me} OR team IN led',
		size: '200',
		shape: `'team', team, 'user', user, 'answer', answer`
	},
	recoveries: {
		where: 'id IN recovering',
		size: '2500',
		shape: `'team', team, 'user', user, 'login', login, 'recipient', recipient, 'verifier', verifier,
			'proof', proof, 'created', created, 'done', done, 'refused', refused`
	},
	approvals: {
		where: 'recovery IN recovering',
		size: '300',
		shape: `'recovery', recovery, 'by', "by", 'before', before, 'proof', proof`
	},
	cases: {
		when: 'EXISTS (SELECT 1 FROM overseen)',
		from: 'overseen CROSS JOIN cases INDEXED BY idx_cases_team USING (team)',
		size: '400',
		shape: `'team', team, 'sender', sender, 'theme', theme, 'type', type, 'place', place, 'urgency', urgency, 'phase', phase, 'owner', owner, 'created', created`
	},
	entries: {
		shape: `'case', "case", 'key', "key", 'kind', kind, 'author', author, 'sealed', sealed, 'digest', digest, 'created', created`
	},
	blobs: {
		shape: `'key', "key", 'entry', entry, 'owner', owner, 'file', file, 'index', CAST("index" AS INTEGER), 'count', CAST("count" AS INTEGER), 'digest', digest, 'part', part`
	},
	ladders: {
		// Who works on it, there or above once that team was told; who holds a key of the case; whom it has reached, while in one
		// of these teams.
		where: `team IN overseen OR (above != '' AND above IN overseen)
			OR "case" IN (SELECT "case" FROM keys WHERE id IN held)
			OR (id IN (SELECT ladder FROM notices WHERE user = {:me} AND ladder != '')
				AND (team IN (SELECT team FROM mine) OR above IN (SELECT team FROM mine)))`,
		size: '500',
		shape: `'team', team, 'case', "case", 'urgency', urgency, 'steps', json(steps), 'next', next, 'had', had, 'over', "over"`,
		extra: `CASE WHEN team IN (SELECT team FROM mine) OR above IN (SELECT team FROM mine)
			THEN json_object('by', "by", 'above', above) ELSE '{}' END`
	}
};

const NAMES = Object.keys(COLLECTIONS);

const NEWER = 'rev > {:since} AND rev <= {:until}';

/** `openers` are whose reach the caller has; `overseen` are teams whose cases the caller sees without a key. */
const WHO = `
	mine AS MATERIALIZED (${MINE}),
	openers AS MATERIALIZED (SELECT {:me} AS opener UNION ALL ${CIRCLES}),
	overseen AS MATERIALIZED (SELECT DISTINCT team FROM mine WHERE role IN ('expert', 'coordinator'))`;

/** Of what is in the order of rev: the last that a page can need, with one more to know whether there are more. */
const last = (from) => `(SELECT rev FROM ${from} AND rev > {:since} ORDER BY rev LIMIT 1 OFFSET ${ROWS})`;

/** How far to look, which collections have changed on the way there, and in which of them to look beside what is in reach. */
const LOOK = `
	WITH ${WHO},
	until AS MATERIALIZED (
		SELECT MIN(rev) AS rev FROM (
			SELECT {:counter} AS rev
			UNION ALL SELECT ${last('reach WHERE opener = openers.opener')} FROM openers
			UNION ALL SELECT ${last('cases INDEXED BY idx_cases_team WHERE team = overseen.team')} FROM overseen
		)
	)
	SELECT
		CAST(rev AS INTEGER) AS until,
		${NAMES.map(
			(name) =>
				`CASE WHEN EXISTS (SELECT 1 FROM ${name} WHERE rev > {:since} AND rev <= until.rev) THEN '${name} ' ELSE '' END`
		).join(' || ')} AS changed,
		${NAMES.filter((name) => COLLECTIONS[name].when)
			.map((name) => `CASE WHEN ${COLLECTIONS[name].when} THEN '${name} ' ELSE '' END`)
			.join(' || ')} AS beside,
		(SELECT COUNT(*) > ${FEW} FROM (
			SELECT 1 FROM users INDEXED BY idx_users_rev WHERE rev > {:since} AND rev <= until.rev LIMIT ${FEW + 1}
		)) AS many
	FROM until`;

const candidates = (name, isMany) => {
	const { from, many, where, size } = COLLECTIONS[name];
	const [rows, condition] = isMany && many ? [many] : [from || `${name} INDEXED BY idx_${name}_rev`, where];
	return `SELECT rev, '${name}', ${size} FROM ${rows} WHERE ${NEWER}${condition ? ` AND (${condition})` : ''}`;
};

const writtenOut = (name) => {
	const { shape, extra } = COLLECTIONS[name];
	const row = `json_object('id', id, 'rev', CAST(rev AS INTEGER), ${shape})`;
	return `WHEN '${name}' THEN (
		SELECT ${extra ? `json_patch(${row}, ${extra})` : row} FROM ${name} WHERE ${name}.rev = counted.rev)`;
};

const listed = (name) =>
	`'"${name}":[' || COALESCE(group_concat(row) FILTER (WHERE collection = '${name}'), '') || ']'`;

/** What is large is named once: SQLite prepares it anew wherever it is named, and that may take longer than the page. */
const statement = (isMany, names, beside) => `
	WITH ${WHO},
	held AS MATERIALIZED (${HELD}),
	seen AS MATERIALIZED (${SEEN}),
	led AS MATERIALIZED (SELECT team FROM mine WHERE role = 'coordinator'),
	spare AS MATERIALIZED (SELECT id FROM keys WHERE team IN led AND "case" = '' AND name = 'recovery'),
	recovering AS MATERIALIZED (SELECT id FROM recoveries WHERE user = {:me} OR team IN overseen),
	known AS MATERIALIZED (${KNOWN}),
	found AS MATERIALIZED (
		SELECT rev, MIN(collection) AS collection, MAX(size) AS size FROM (
			SELECT rev, collection, size FROM openers CROSS JOIN reach USING (opener) WHERE ${NEWER}
			${beside.map((name) => `UNION ALL ${candidates(name, isMany)}`).join(' ')}
		)
		GROUP BY rev ORDER BY rev LIMIT ${ROWS + 1}
	),
	counted AS MATERIALIZED (
		SELECT rev, collection, ROW_NUMBER() OVER sofar AS nth, SUM(size) OVER sofar AS bytes
		FROM found WINDOW sofar AS (ORDER BY rev)
	)
	SELECT
		COUNT(*) AS found,
		COUNT(row) AS shown,
		CAST(COALESCE(MAX(rev) FILTER (WHERE row IS NOT NULL), 0) AS INTEGER) AS last,
		${names.map(listed).join(` || ',' || `)} AS rows
	FROM (
		SELECT rev, collection, CASE WHEN nth = 1 OR (nth <= ${ROWS} AND bytes <= ${BYTES}) THEN
			CASE collection ${names.map(writtenOut).join(' ')} END
		END AS row
		FROM counted ORDER BY rev
	)`;

/** By what they ask: writing one takes as long as a small page. */
const statements = {};

/**
 * The shape is `Pull` in src/lib/domain/records.ts, already as JSON text.
 * @param {core.App} app
 * @param {string} me id of the caller
 * @param {number} since
 * @returns {string}
 */
function page(app, me, since) {
	const { counter } = one(app, { counter: 0 }, COUNTER, {});
	const still = { until: counter, changed: '', beside: '', many: 0 };
	const look = since < counter ? one(app, still, LOOK, { me, since, counter }) : still;
	const { until } = look;
	const names = listOf(look.changed);

	const nothing = { found: 0, shown: 0, last: 0, rows: '' };
	const { found, shown, last, rows } =
		names.length === 0 ? nothing : one(app, nothing, asked(look), { me, since, until });
	const isCut = shown < found;
	const rest = NAMES.filter((name) => !names.includes(name)).map((name) => `"${name}":[]`);
	const texts = rows === '' ? rest : [rows].concat(rest);
	return `{"upto":${isCut ? last : until},"more":${isCut || until < counter},"rows":{${texts.join(',')}}}`;
}

const COUNTER = "SELECT CAST(n AS INTEGER) AS counter FROM counters WHERE name = 'rev'";

function one(app, shape, sql, values) {
	const row = new DynamicModel(shape);
	app.db().newQuery(sql).bind(values).one(row);
	return row;
}

const listOf = (text) => text.split(' ').slice(0, -1);

function asked({ changed, beside, many }) {
	const key = `${many} ${changed}/ ${beside}`;
	if (!statements[key]) {
		const names = listOf(changed);
		const more = listOf(beside);
		const isBeside = (name) => (COLLECTIONS[name].when ? more.includes(name) : COLLECTIONS[name].where);
		statements[key] = statement(many === 1, names, names.filter(isBeside));
	}
	return statements[key];
}

module.exports = { page };
