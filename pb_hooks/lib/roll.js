const { HELD, MINE, SEEN } = require(`${__hooks}/lib/access.js`);

const LINKS = 200;

/**
 * Puts a link at the end of its team's roll: it has to say in its text what its row says, and to be the next one.
 * Call it inside the transaction that saves the link.
 * @param {core.App} app
 * @param {core.Record} link
 */
function append(app, link) {
	const said = parse(link.getString('text'));
	if (
		said === null ||
		said.team !== link.getString('team') ||
		said.seq !== link.getInt('seq') ||
		said.by !== link.getString('by')
	)
		throw refusal('text', 'validation_not_as_said', 'The text names another place in a roll.');

	const team = app.findRecordById('teams', link.getString('team'));
	const next = team.getInt('roll') + 1;
	if (said.seq !== next) throw refusal('seq', 'validation_not_next', `The next link is ${next}.`);
	team.set('roll', next);
	app.saveNoValidate(team);
}

/**
 * The shape is `RollPage` in src/lib/domain/records.ts, or null when this roll is not for the caller.
 * @param {core.App} app
 * @param {string} me id of the caller, or '' for somebody who is not signed in
 * @param {string} team
 * @param {number} since
 */
function page(app, me, team, since) {
	if (!mayRead(app, me, team)) return null;

	const rows = arrayOf(new DynamicModel({ seq: 0, text: '', proof: '' }));
	app
		.db()
		.newQuery(
			`SELECT CAST(seq AS INTEGER) AS seq, text, proof FROM roll
			WHERE team = {:team} AND seq > {:since} ORDER BY seq LIMIT ${LINKS + 1}`
		)
		.bind({ team, since })
		.all(rows);
	return {
		more: rows.length > LINKS,
		links: rows.slice(0, LINKS).map(({ seq, text, proof }) => ({ seq, text, proof }))
	};
}

/** An open team's roll is public: a reporter checks the circle's key by it before there is an account. */
function mayRead(app, me, team) {
	const rows = arrayOf(new DynamicModel({ id: '' }));
	app
		.db()
		.newQuery(
			`WITH held AS (${HELD}), mine AS (${MINE}), seen AS (${SEEN})
			SELECT id FROM teams WHERE id = {:team} AND (open OR ({:me} != '' AND id IN seen))`
		)
		.bind({ me, team })
		.all(rows);
	return rows.length > 0;
}

function parse(text) {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}

const refusal = (field, code, message) =>
	new BadRequestError('This link does not fit the roll.', { [field]: new ValidationError(code, message) });

module.exports = { append, mayRead, page };
