/**
 * A look at where anything is new, and up to which rev; then one SQL statement, so one snapshot, over those collections
 * alone: what the caller may know up to there, in the order of rev, cut to a page. Two passes inside: the first reads revs
 * from indexes, the second writes out the rows that made the page. What changes in between has a later rev, and comes with
 * the next page.
 */
const ROWS = 200;
/** A page also ends here, so that a phone on a bad line gets somewhere; one larger row still goes. */
const BYTES = 1024 * 1024;

const { HELD, MINE, OPENING, SEEN } = require(`${__hooks}/lib/access.js`);

/** Up to so many changes behind, it is quicker to look at each change than at each key of the caller. */
const NEAR = 2000;

const bool = (column) => `json(CASE WHEN ${column} THEN 'true' ELSE 'false' END)`;

/**
 * The key that a case began with, for whoever holds another one that the same person made: it proves who may. Its public
 * half alone; no grant of it, and nothing that was said under it.
 */
const BEGUN = `
	SELECT first.id FROM keys own JOIN keys first ON first."case" = own."case" AND first.maker = own.maker
	WHERE own.id IN held AND own.name = 'narrow' AND own."case" != '' AND first.name = 'reporter' AND first.before = ''`;

/** Of a grant: sealed to the caller, or to a key whose secret the caller has. */
const FOR_ME = '(user = {:me} OR via IN opening)';

/**
 * What each collection shows. `where` may use me and what `statement` names; a list of conditions, of which one is
 * enough, has an index for each that also holds rev. `size` is a guess of the row's bytes.
 */
const COLLECTIONS = {
	users: {
		where: `id = {:me}
			OR id IN (SELECT user FROM memberships WHERE ended = '' AND team IN (SELECT team FROM mine))
			OR id IN (SELECT author FROM entries WHERE "key" IN held)
			OR EXISTS (SELECT 1 FROM keys WHERE maker = users.id AND id IN held)
			OR EXISTS (SELECT 1 FROM grants WHERE giver = users.id AND "key" IN held)
			OR EXISTS (SELECT 1 FROM grants WHERE user = users.id AND ended = '' AND "key" IN held)
			OR id IN (SELECT user FROM requests WHERE team IN led)
			OR id IN (SELECT user FROM recoveries WHERE id IN recovering)
			OR id IN (SELECT "by" FROM approvals WHERE recovery IN recovering)`,
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
		size: 'octet_length(form) + 300',
		shape: `'name', name, 'area', area, 'locale', locale, 'open', ${bool('open')}, 'coded', ${bool('coded')},
			'roll', CAST(roll AS INTEGER), 'idle', json(idle), 'form', json(form)`,
		// The invitation is a coordinator's to hand out.
		extra: `CASE WHEN id IN led THEN json_object('invite', invite) ELSE '{}' END`
	},
	memberships: {
		// One's own also when it has ended: that is how a device learns of it.
		where: 'user = {:me} OR team IN (SELECT team FROM mine)',
		size: '250',
		shape: `'team', team, 'user', user, 'agency', agency, 'role', role, 'until', until, 'ended', ended`
	},
	keys: {
		where: `id IN held OR ("case" = '' AND team IN seen) OR id IN begun`,
		size: '2400',
		shape: `'team', team, 'case', "case", 'name', name, 'before', before, 'recipient', recipient, 'maker', maker,
			'proof', proof, 'ended', ended`
	},
	grants: {
		// One's own also when it has ended; of a key one holds, all: who else reads this is no secret among its readers. A
		// live one of one's own, or through a circle one is in, is a grant of a key one holds: it is not looked for twice.
		where: [
			`user = {:me} AND ended != ''`,
			`via IN opening AND ended != ''`,
			'via IN spare',
			'"key" IN held'
		],
		size: `CASE WHEN ${FOR_ME} THEN octet_length(sealed) ELSE 0 END + 450`,
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
		where: `team IN (SELECT team FROM mine WHERE role IN ('expert', 'coordinator'))
			OR id IN (SELECT "case" FROM keys WHERE id IN held)`,
		size: '400',
		shape: `'team', team, 'sender', sender, 'theme', theme, 'type', type, 'place', place, 'urgency', urgency, 'phase', phase, 'owner', owner, 'created', created`
	},
	entries: {
		where: '"key" IN held',
		size: 'octet_length(sealed) + 400',
		shape: `'case', "case", 'key', "key", 'kind', kind, 'author', author, 'sealed', sealed, 'digest', digest, 'created', created`
	},
	blobs: {
		where: `"key" IN held AND entry != ''`,
		size: '450',
		shape: `'key', "key", 'entry', entry, 'owner', owner, 'file', file, 'index', CAST("index" AS INTEGER), 'count', CAST("count" AS INTEGER), 'digest', digest, 'part', part`
	}
};

const NAMES = Object.keys(COLLECTIONS);

const NEWER = 'rev > {:since} AND rev <= {:until}';

const candidates = (name, near) => {
	const conditions = [].concat(COLLECTIONS[name].where);
	const rows = near
		? `SELECT rowid AS at, rev FROM ${name} INDEXED BY idx_${name}_rev WHERE ${NEWER} AND (${conditions.join(' OR ')})`
		: conditions
				.map((condition) => `SELECT rowid AS at, rev FROM ${name} WHERE ${NEWER} AND (${condition})`)
				.join(' UNION ');
	return `
	SELECT * FROM (
		SELECT '${name}' AS collection, at, CAST(rev AS INTEGER) AS rev
		FROM (${rows})
		ORDER BY rev LIMIT ${ROWS + 1}
	)`;
};

const sized = (name) =>
	`WHEN '${name}' THEN (SELECT ${COLLECTIONS[name].size} FROM ${name} WHERE rowid = at)`;

const writtenOut = (name) => {
	const { shape, extra } = COLLECTIONS[name];
	const row = `json_object('id', id, 'rev', CAST(rev AS INTEGER), ${shape})`;
	return `WHEN '${name}' THEN (SELECT ${extra ? `json_patch(${row}, ${extra})` : row} FROM ${name} WHERE rowid = at)`;
};

const statement = (near, names) => {
	const all = (write, ...more) => names.map((name) => write(name, ...more));
	return `
	WITH held AS MATERIALIZED (${HELD}),
	mine AS MATERIALIZED (${MINE}),
	seen AS MATERIALIZED (${SEEN}),
	led AS MATERIALIZED (SELECT team FROM mine WHERE role = 'coordinator'),
	opening AS MATERIALIZED (${OPENING}),
	spare AS MATERIALIZED (SELECT id FROM keys WHERE team IN led AND "case" = '' AND name = 'recovery'),
	begun AS MATERIALIZED (${BEGUN}),
	recovering AS MATERIALIZED (
		SELECT id FROM recoveries
		WHERE user = {:me} OR team IN (SELECT team FROM mine WHERE role IN ('expert', 'coordinator'))
	),
	found AS MATERIALIZED (${all(candidates, near).join(' UNION ALL ')} ORDER BY rev LIMIT ${ROWS + 1}),
	counted AS MATERIALIZED (
		SELECT *, ROW_NUMBER() OVER (ORDER BY rev) AS nth, SUM(size) OVER (ORDER BY rev) AS bytes
		FROM (SELECT *, CASE collection ${all(sized).join(' ')} END AS size FROM found)
	),
	page AS MATERIALIZED (SELECT * FROM counted WHERE nth = 1 OR (nth <= ${ROWS} AND bytes <= ${BYTES}))
	SELECT
		(SELECT COUNT(*) FROM found) AS found,
		COALESCE(collection, '') AS collection,
		COALESCE(rev, 0) AS rev,
		COALESCE(CASE collection ${all(writtenOut).join(' ')} END, '') AS row
	FROM counters LEFT JOIN page
	WHERE counters.name = 'rev'
	ORDER BY page.rev`;
};

/** By what they ask: writing one takes as long as a small page. */
const statements = {};

const CHANGED = `
	SELECT CAST(n AS INTEGER) AS counter, ${NAMES.map(
		(name) => `CASE WHEN EXISTS (SELECT 1 FROM ${name} WHERE rev > {:since}) THEN '${name} ' ELSE '' END`
	).join(' || ')} AS names
	FROM counters WHERE name = 'rev'`;

/**
 * The shape is `Pull` in src/lib/domain/records.ts, already as JSON text.
 * @param {core.App} app
 * @param {string} me id of the caller
 * @param {number} since
 * @returns {string}
 */
function page(app, me, since) {
	const changed = new DynamicModel({ counter: 0, names: '' });
	app.db().newQuery(CHANGED).bind({ since }).one(changed);
	const until = changed.counter;
	const read = arrayOf(new DynamicModel({ found: 0, collection: '', rev: 0, row: '' }));
	if (changed.names !== '') {
		const isNear = until - since <= NEAR;
		const asked = `${isNear} ${changed.names}`;
		const sql = statements[asked] || (statements[asked] = statement(isNear, changed.names.trim().split(' ')));
		app.db().newQuery(sql).bind({ me, since, until }).all(read);
	}

	const rows = read.filter((row) => row.collection !== '');
	const more = rows.length > 0 && rows.length < read[0].found;
	const upto = more ? rows[rows.length - 1].rev : until;

	const byCollection = NAMES.map((name) => {
		const texts = rows.filter((row) => row.collection === name).map((row) => row.row);
		return `"${name}":[${texts.join(',')}]`;
	});
	return `{"upto":${upto},"more":${more},"rows":{${byCollection.join(',')}}}`;
}

module.exports = { page };
