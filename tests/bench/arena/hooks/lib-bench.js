/**
 * 200 teams and 1,000 people: a coordinator and three experts in each team, and a person beside it who reports. A case has
 * what an alert and an answer leave: a row of routing data, a key, two grants, two entries. Revs go on from case to case as
 * they come, the next one at another team. Sealed bytes and keys are noise, and shorter than real ones: looking up is what
 * is measured, and writing out long rows would flatter it.
 */
const { COLLECTIONS } = require(`${__hooks}/lib/pull.js`);

const TEAMS = 200;
const IN_TEAM = 4;
/** Revs of the teams, people, seats, circle keys and their grants; and of one case. */
const BEFORE = 10000;
const EACH = 6;
const NOW = "'2026-11-20 10:42:00.000Z'";
const SEALED = `'${'c2VhbGVk'.repeat(100)}'`;
const RECIPIENT = `'age1pq1${'q'.repeat(400)}'`;
const PROOF = `'${'A'.repeat(86)}=='`;
const DIGEST = `'${'0'.repeat(64)}'`;

const id = (letter, number) => `printf('${letter}%014d', ${number})`;
/** The nth of a team, and the one who reports to it. */
const member = (team, nth) => id('u', `(${team}) * ${IN_TEAM + 1} + ${nth}`);
const reporter = (team) => member(team, IN_TEAM);

function fill(app, from, to) {
	const run = (sql) => app.db().newQuery(sql).execute();
	const each = (first, last) =>
		`WITH RECURSIVE n(i) AS (SELECT ${first} UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ${last})`;
	if (from === 0) ground(run, each);
	// In steps: one transaction of all of it would be larger than the memory it may have.
	for (let at = from; at < to; at += 10000) {
		const some = each(at, Math.min(to, at + 10000));
		const rev = (nth) => `${BEFORE} + i * ${EACH} + ${nth}`;
		const team = `i % ${TEAMS}`;
		run(`${some} INSERT INTO cases (id, rev, team, theme, type, place, urgency, phase, owner, reporter, created)
			SELECT ${id('c', 'i')}, ${rev(1)}, ${id('t', team)}, 'hate', 'other', 'Here', 'soon', 'received', '',
			${reporter(team)}, ${NOW} FROM n`);
		run(`${some} INSERT INTO keys (id, rev, team, "case", name, recipient, maker, proof)
			SELECT ${id('k', 'i')}, ${rev(2)}, ${id('t', team)}, ${id('c', 'i')}, 'reporter', ${RECIPIENT},
			${reporter(team)}, ${PROOF} FROM n`);
		run(`${some} INSERT INTO grants (id, rev, "key", user, via, sealed, digest, giver, proof)
			SELECT ${id('g', 'i * 2')}, ${rev(3)}, ${id('k', 'i')}, ${reporter(team)}, '', ${SEALED}, ${DIGEST},
			${reporter(team)}, ${PROOF} FROM n`);
		run(`${some} INSERT INTO grants (id, rev, "key", user, via, sealed, digest, giver, proof)
			SELECT ${id('g', 'i * 2 + 1')}, ${rev(4)}, ${id('k', 'i')}, '', ${id('m', team)}, ${SEALED}, ${DIGEST},
			${reporter(team)}, ${PROOF} FROM n`);
		for (const [nth, kind, author] of [
			[0, 'alert', reporter(team)],
			[1, 'message', member(team, `(i / ${TEAMS}) % ${IN_TEAM}`)]
		])
			run(`${some} INSERT INTO entries (id, rev, "case", "key", kind, author, sealed, digest, created)
				SELECT ${id('e', `i * 2 + ${nth}`)}, ${rev(5 + nth)}, ${id('c', 'i')}, ${id('k', 'i')}, '${kind}',
				${author}, ${SEALED}, ${DIGEST}, ${NOW} FROM n`);
	}
	run(`UPDATE counters SET n = ${BEFORE + to * EACH} WHERE name = 'rev'`);
	// As PocketBase itself does every night.
	run('PRAGMA optimize');
}

function ground(run, each) {
	const teams = each(0, TEAMS);
	const people = each(0, TEAMS * (IN_TEAM + 1));
	const seats = each(0, TEAMS * IN_TEAM);
	const [team, nth] = [`i / ${IN_TEAM}`, `i % ${IN_TEAM}`];
	run(`INSERT INTO areas (id, rev, name, country, parent) VALUES (${id('a', 0)}, 1, 'Here', 'PL', '')`);
	run(`${teams} INSERT INTO teams (id, rev, name, area, locale, open, coded, invite, idle, form)
		SELECT ${id('t', 'i')}, i + 10, 'Team ' || i, ${id('a', 0)}, 'en', 1, 1, printf('invite%024d', i), '{}', 'null' FROM n`);
	run(`${people} INSERT INTO users (id, rev, kind, login, name, recipient, verifier, proof, tokenKey, verified)
		SELECT ${id('u', 'i')}, i + 1000, 'named', 'person' || i, 'Person ' || i, ${RECIPIENT}, '', ${PROOF},
		printf('%050d', i), 1 FROM n`);
	run(`${seats} INSERT INTO memberships (id, rev, team, user, agency, role)
		SELECT ${id('s', 'i')}, i + 3000, ${id('t', team)}, ${member(team, nth)}, '',
		CASE ${nth} WHEN 0 THEN 'coordinator' ELSE 'expert' END FROM n`);
	run(`${teams} INSERT INTO keys (id, rev, team, "case", name, recipient, maker, proof)
		SELECT ${id('m', 'i')}, i + 5000, ${id('t', 'i')}, '', 'members', ${RECIPIENT}, ${member('i', 0)}, ${PROOF} FROM n`);
	run(`${seats} INSERT INTO grants (id, rev, "key", user, via, sealed, digest, giver, proof)
		SELECT ${id('h', 'i')}, i + 6000, ${id('m', team)}, ${member(team, nth)}, '', ${SEALED}, ${DIGEST},
		${member(team, 0)}, ${PROOF} FROM n`);
}

/** The same rows, written out in the same words, by ids that somebody has already: `wanted` by collection. */
function rows(app, wanted) {
	const texts = Object.keys(COLLECTIONS).map((name) => {
		const ids = wanted[name] || [];
		if (ids.length === 0) return `"${name}":[]`;
		// Whether a grant was sealed to the caller is what the pull has to find out.
		const shape = COLLECTIONS[name].shape.replace(/CASE WHEN \(user[^]*? THEN sealed ELSE '' END/, 'sealed');
		const read = arrayOf(new DynamicModel({ row: '' }));
		app
			.db()
			.newQuery(
				`SELECT json_object('id', id, 'rev', CAST(rev AS INTEGER), ${shape}) AS row FROM ${name}
				WHERE id IN (SELECT value FROM json_each({:ids})) ORDER BY rev`
			)
			.bind({ ids: JSON.stringify(ids) })
			.all(read);
		return `"${name}":[${read.map(({ row }) => row).join(',')}]`;
	});
	return `{"rows":{${texts.join(',')}}}`;
}

module.exports = { fill, rows };
