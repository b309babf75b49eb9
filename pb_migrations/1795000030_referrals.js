/// A case may come from another team: whoever works for that one says so when the case is made, and nobody changes it.
/// The team that is asked may then know who asks, with its circles and its roll.

const WORKS = [
	"sender.memberships_via_team.role ?= 'expert'",
	"sender.memberships_via_team.role ?= 'coordinator'"
];
const OF_SENDER = [
	'sender.memberships_via_team.user ?= @request.auth.id',
	"sender.memberships_via_team.ended ?= ''",
	"(sender.memberships_via_team.until ?= '' || sender.memberships_via_team.until ?> @now)",
	`(${WORKS.join(' || ')})`
].join(' && ');
const FROM = ` && (sender = '' || (sender != team && ${OF_SENDER}))`;
const KEPT = ' && (@request.body.sender:changed = false)';
const INDEX = "CREATE INDEX idx_cases_sender ON cases (team, sender) WHERE sender != ''";

migrate(
	(app) => {
		const cases = app.findCollectionByNameOrId('cases');
		cases.fields.add(
			new RelationField({
				name: 'sender',
				collectionId: app.findCollectionByNameOrId('teams').id,
				maxSelect: 1,
				cascadeDelete: false
			})
		);
		cases.indexes = [...cases.indexes, INDEX];
		app.save(cases);
		cases.createRule += FROM;
		cases.updateRule += KEPT;
		app.save(cases);
	},
	(app) => {
		const cases = app.findCollectionByNameOrId('cases');
		cases.createRule = cases.createRule.replace(FROM, '');
		cases.updateRule = cases.updateRule.replace(KEPT, '');
		cases.indexes = cases.indexes.filter((index) => !index.includes('idx_cases_sender'));
		cases.fields.removeByName('sender');
		app.save(cases);
	}
);
