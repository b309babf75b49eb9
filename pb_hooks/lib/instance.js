/**
 * The id every passphrase here is salted with, or '' while nobody has founded the instance.
 * @param {core.App} app
 * @returns {string}
 */
function id(app) {
	const rows = arrayOf(new DynamicModel({ id: '' }));
	app.db().newQuery('SELECT id FROM instance LIMIT 1').all(rows);
	return rows.length === 0 ? '' : rows[0].id;
}

module.exports = { id };
