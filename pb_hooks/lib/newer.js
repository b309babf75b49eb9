const { flag } = require(`${__hooks}/lib/flags.js`);

/**
 * Names of migrations that were applied to this data and do not come with this code.
 * @param {core.App} app
 * @returns {string[]}
 */
function unknownMigrations(app) {
	const applied = arrayOf(new DynamicModel({ file: '' }));
	try {
		app.db().newQuery("SELECT file FROM _migrations WHERE file LIKE '%.js' ORDER BY file").all(applied);
	} catch {
		return []; // a fresh folder has no such table yet
	}
	const folder = flag('migrationsDir') || `${__hooks}/../pb_migrations`;
	const here = {};
	for (const file of $os.readDir(folder)) here[file.name()] = true;
	return applied.map((row) => row.file).filter((file) => !here[file]);
}

module.exports = { unknownMigrations };
