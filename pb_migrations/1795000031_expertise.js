/// What a member knows well, for the others who work on the team's cases. Its person alone says it, while the membership
/// lasts, and changes nothing else of it; what a hook checks is its shape (pb_hooks/lib/knows.js).

const UNSAID = '@request.body.knows:isset = false';
const OWN = [
	"@request.auth.id != ''",
	'user = @request.auth.id',
	"ended = ''",
	"(until = '' || until > @now)",
	'@request.body.knows:isset = true',
	...['team', 'user', 'agency', 'role', 'until', 'ended'].map(
		(field) => `@request.body.${field}:changed = false`
	)
].join(' && ');
const BEFORE = '((';
const AFTER = `) && ${UNSAID}) || (${OWN})`;
const CREATED = ` && (${UNSAID})`;

migrate(
	(app) => {
		const memberships = app.findCollectionByNameOrId('memberships');
		memberships.fields.add(new JSONField({ name: 'knows', maxSize: 20000 }));
		app.save(memberships);
		app.db().newQuery("UPDATE memberships SET knows = '{}'").execute();
		memberships.updateRule = BEFORE + memberships.updateRule + AFTER;
		memberships.createRule += CREATED;
		app.save(memberships);
	},
	(app) => {
		const memberships = app.findCollectionByNameOrId('memberships');
		memberships.updateRule = memberships.updateRule.slice(BEFORE.length, -AFTER.length);
		memberships.createRule = memberships.createRule.slice(0, -CREATED.length);
		memberships.fields.removeByName('knows');
		app.save(memberships);
	}
);
