const { HELD } = require(`${__hooks}/lib/access.js`);

/**
 * Where the part lies that this person may read, or '' for "not yours" and "not there" alike.
 * @param {core.App} app
 * @param {string} me
 * @param {string} id
 * @returns {string}
 */
function find(app, me, id) {
	const rows = arrayOf(new DynamicModel({ part: '' }));
	app
		.db()
		.newQuery(
			`SELECT part FROM blobs
			WHERE id = {:id} AND (owner = {:me} OR (entry != '' AND "key" IN (${HELD})))`
		)
		.bind({ me, id })
		.all(rows);
	if (rows.length === 0) return '';

	return `${app.findCachedCollectionByNameOrId('blobs').id}/${id}/${rows[0].part}`;
}

module.exports = { find };
