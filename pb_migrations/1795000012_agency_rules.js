/// A coordinator lets people in from agencies that the team did not have yet.

migrate(
	(app) => {
		const agencies = app.findCollectionByNameOrId('agencies');
		const membership = 'team.memberships_via_team';
		agencies.createRule = [
			"@request.auth.id != ''",
			`${membership}.user ?= @request.auth.id`,
			`${membership}.role ?= 'coordinator'`,
			`${membership}.ended ?= ''`,
			`(${membership}.until ?= '' || ${membership}.until ?> @now)`
		].join(' && ');
		app.save(agencies);
	},
	(app) => {
		const agencies = app.findCollectionByNameOrId('agencies');
		agencies.createRule = null;
		app.save(agencies);
	}
);
