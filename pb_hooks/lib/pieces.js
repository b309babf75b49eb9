const { mayRead } = require(`${__hooks}/lib/roll.js`);

const ROWS = 100;
/** `BODY_MAX` of src/lib/domain/piece.ts. */
const BODY_MAX = 60000;

/**
 * The shape is `PiecePage` in src/lib/domain/piece.ts, or null when this team is not for the caller: what an open team
 * has decided is public, as its form is.
 * @param {core.App} app
 * @param {string} me id of the caller, or '' for somebody who is not signed in
 * @param {string} team
 * @param {number} since
 */
function page(app, me, team, since) {
	if (!mayRead(app, me, team)) return null;

	const rows = arrayOf(new DynamicModel({ id: '', of: '', based: 0, state: '', body: '', rev: 0 }));
	app
		.db()
		.newQuery(
			`SELECT id, "of", CAST(based AS INTEGER) AS based, state, COALESCE(body, 'null') AS body, CAST(rev AS INTEGER) AS rev FROM pieces
			WHERE team = {:team} AND rev > {:since} AND NOT EXISTS (
				SELECT 1 FROM pieces newer
				WHERE newer.team = pieces.team AND newer."of" = pieces."of" AND newer.rev > pieces.rev
			)
			ORDER BY rev LIMIT ${ROWS + 1}`
		)
		.bind({ team, since })
		.all(rows);
	return {
		more: rows.length > ROWS,
		pieces: rows.slice(0, ROWS).map(({ id, of, based, state, body, rev }) => ({
			id,
			of,
			based,
			state,
			body: JSON.parse(body),
			rev
		}))
	};
}

/**
 * Whether a text is JSON of a team's own words for a piece, or of null: which shape they have is for the devices to say.
 * @param {string} text
 * @returns {boolean}
 */
function isBody(text) {
	if (Array.from(text).length > BODY_MAX) return false;
	try {
		const body = JSON.parse(text || 'null');
		return body === null || (typeof body === 'object' && !Array.isArray(body));
	} catch {
		return false;
	}
}

module.exports = { isBody, page };
