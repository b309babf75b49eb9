/// A data folder that a newer Heed has migrated is not opened by an older one.

onBootstrap((e) => {
	e.next();
	const unknown = require(`${__hooks}/lib/newer.js`).unknownMigrations(e.app);
	if (unknown.length === 0) return;

	console.error(
		`This data folder was written by a newer Heed (${unknown.join(', ')}). Install that version or a newer one.`
	);
	$os.exit(1);
});
