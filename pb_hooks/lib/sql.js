/**
 * @param {core.App} app
 * @param {string} sql
 * @param {object} values for what is named in it
 * @param {object} shape of a row: names with a '' or a 0 that says of which kind
 * @returns {object[]}
 */
function ask(app, sql, values, shape) {
	const rows = arrayOf(new DynamicModel(shape));
	app.db().newQuery(sql).bind(values).all(rows);
	return Array.from(rows);
}

/** The same, of statements that ask for one column, called `it`. */
const list = (app, sql, values) => ask(app, sql, values, { it: '' }).map((row) => row.it);

/** Writes. */
const run = (app, sql, values) => app.db().newQuery(sql).bind(values).execute();

module.exports = { ask, list, run };
