/**
 * The shape is `Facts` in src/lib/domain/records.ts.
 * @param {core.App} app
 */
function facts(app) {
	const rows = arrayOf(
		new DynamicModel({
			id: '',
			name: '',
			area: '',
			country: '',
			locale: '',
			coded: false,
			roll: 0,
			form: '',
			circle: '',
			recipient: ''
		})
	);
	app
		.db()
		.newQuery(
			`SELECT teams.id, teams.name, areas.name AS area, areas.country, teams.locale,
				teams.coded, CAST(teams.roll AS INTEGER) AS roll, teams.form, keys.id AS circle, keys.recipient
			FROM teams
			JOIN areas ON areas.id = teams.area
			JOIN keys ON keys.id = (
				SELECT id FROM keys
				WHERE team = teams.id AND "case" = '' AND name = 'members' AND ended = ''
				ORDER BY rev DESC LIMIT 1
			)
			WHERE teams.open
			ORDER BY teams.name, teams.id`
		)
		.all(rows);

	const circles = arrayOf(new DynamicModel({ team: '', name: '', id: '', recipient: '' }));
	app
		.db()
		.newQuery(
			`SELECT team, name, id, recipient FROM keys
			WHERE "case" = '' AND name IN ('coordinators', 'police') AND ended = '' AND NOT EXISTS (
				SELECT 1 FROM keys newer
				WHERE newer.team = keys.team AND newer."case" = '' AND newer.name = keys.name
					AND newer.ended = '' AND newer.rev > keys.rev
			)`
		)
		.all(circles);

	const around = arrayOf(new DynamicModel({ team: '', area: '' }));
	app.db().newQuery(AROUND).all(around);

	return {
		instance: require(`${__hooks}/lib/instance.js`).id(app),
		version: $os.getenv('HEED_VERSION') || 'dev',
		work: require(`${__hooks}/lib/work.js`).bits(),
		push: (/^[A-Za-z0-9_-]{87}$/.exec($os.getenv('HEED_VAPID_PUBLIC')) || [''])[0],
		teams: rows.map((row) => ({
			id: row.id,
			name: row.name,
			area: row.area,
			areas: around
				.filter(({ team }) => team === row.id)
				.map(({ area }) => area)
				.filter((area, at, all) => all.indexOf(area) === at),
			country: row.country,
			locale: row.locale,
			coded: row.coded,
			roll: row.roll,
			form: JSON.parse(row.form),
			circle: { id: row.circle, recipient: row.recipient },
			circles: circles
				.filter((circle) => circle.team === row.id)
				.map(({ name, id, recipient }) => ({ name, id, recipient }))
		}))
	};
}

/** Areas of open teams with those around them, the next one first. An operator may have put one into itself. */
const AROUND = `
	WITH RECURSIVE around AS (
		SELECT teams.id AS team, areas.id AS area, areas.parent, 0 AS far
		FROM teams JOIN areas ON areas.id = teams.area
		WHERE teams.open
		UNION ALL
		SELECT team, areas.id, areas.parent, far + 1 FROM around JOIN areas ON areas.id = around.parent
		WHERE far < 9
	)
	SELECT team, area FROM around ORDER BY team, far`;

module.exports = { facts };
