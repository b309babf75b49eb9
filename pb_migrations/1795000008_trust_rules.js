/// The rules of 1795000006 again, where trust changes them: a membership also ends by time, circles get new generations,
/// a key may be ended, the printed recovery key is granted what circles hold. entries and blobs stay as they are.

const signedIn = "@request.auth.id != ''";
const all = (...conditions) => conditions.map((condition) => `(${condition})`).join(' && ');
const any = (...conditions) => conditions.map((condition) => `(${condition})`).join(' || ');
const unchanged = (...fields) => fields.map((field) => `@request.body.${field}:changed = false`).join(' && ');
const absent = (...fields) => fields.map((field) => `@request.body.${field}:isset = false`).join(' && ');
const present = (...fields) => fields.map((field) => `@request.body.${field}:isset = true`).join(' && ');
const isCircle = (path) =>
	any(...['members', 'police', 'coordinators'].map((name) => `${path}name = '${name}'`));

/** The caller has a live grant of the key at `path`, or of a circle key it is granted to. */
const holds = (path) => {
	const grants = `${path}grants_via_key`;
	const circle = `${grants}.via.grants_via_key`;
	return any(
		`${grants}.user ?= @request.auth.id && ${grants}.ended ?= ''`,
		`${circle}.user ?= @request.auth.id && ${grants}.ended ?= '' && ${circle}.ended ?= ''`
	);
};

/** The membership at `path` has not ended, and its last moment has not passed. */
const live = (path) => all(`${path}.ended ?= ''`, `${path}.until ?= '' || ${path}.until ?> @now`);

/** The caller is an active member of the team at `path`, in one of `roles` (any role when none is named). */
const member = (path, ...roles) => {
	const membership = `${path}memberships_via_team`;
	const active = all(`${membership}.user ?= @request.auth.id`, live(membership));
	return roles.length === 0
		? active
		: all(active, any(...roles.map((role) => `${membership}.role ?= '${role}'`)));
};

/** The person a circle key is granted to is an active member of its team whose role belongs in that circle. */
const belongs = (circle, ...roles) => {
	const membership = 'user.memberships_via_user';
	return all(
		`key.name = '${circle}'`,
		`${membership}.team ?= key.team`,
		live(membership),
		any(...roles.map((role) => `${membership}.role ?= '${role}'`))
	);
};

const rules = {
	users: {
		view: 'id = @request.auth.id',
		create: all(
			any(
				all(
					"kind = 'named'",
					"@request.body.invite != '' && @collection.teams.invite ?= @request.body.invite"
				),
				// One and the same team takes alerts, and takes them without an account.
				all("kind = 'coded'", '@collection.teams.coded ?= true && @collection.teams.open ?= true')
			),
			absent('email', 'emailVisibility', 'verified')
		),
		update: all(
			signedIn,
			'id = @request.auth.id',
			unchanged('login', 'kind', 'name', 'recipient', 'verifier', 'proof', 'wrapped'),
			absent('email', 'emailVisibility', 'verified', 'password', 'passwordConfirm', 'oldPassword')
		)
	},
	teams: {
		update: all(
			signedIn,
			// What is hidden no person can write.
			unchanged('name', 'area', 'locale', 'roll'),
			member('', 'coordinator')
		)
	},
	memberships: {
		view: all(signedIn, any('user = @request.auth.id', member('team.', 'coordinator'))),
		create: all(signedIn, "ended = ''", "agency = '' || agency.team = team", member('team.', 'coordinator')),
		update: all(
			signedIn,
			"ended = ''",
			any(
				all("@request.body.ended != ''", unchanged('until')),
				all("until = '' || until > @now", present('until'), unchanged('ended'))
			),
			unchanged('team', 'user', 'agency', 'role'),
			member('team.', 'coordinator')
		)
	},
	cases: {
		view: all(signedIn, any('reporter = @request.auth.id', holds('keys_via_case.'))),
		create: all(
			signedIn,
			"phase = 'received' && owner = ''",
			present('place'),
			any('team.open = true', member('team.'))
		),
		update: all(
			signedIn,
			unchanged('team', 'theme', 'type', 'place'),
			any(
				member('team.', 'expert', 'coordinator'),
				all(member('team.', 'police', 'guest'), holds('keys_via_case.'))
			)
		)
	},
	keys: {
		view: all(signedIn, any('maker = @request.auth.id', holds(''))),
		create: all(
			signedIn,
			"maker = @request.auth.id && ended = ''",
			any(
				all(
					"case != '' && team = case.team",
					"name != 'members' && name != 'police' && name != 'coordinators' && name != 'recovery'",
					"before = '' || (before.case = case && before.name = name)",
					any('case.reporter = @request.auth.id', holds('case.keys_via_case.'))
				),
				all(
					"case = ''",
					isCircle(''),
					"before != '' && before.case = '' && before.team = team && before.name = name",
					member('team.', 'coordinator')
				)
			)
		),
		update: all(
			signedIn,
			"ended = '' && @request.body.ended != ''",
			unchanged('team', 'case', 'name', 'before', 'recipient', 'maker', 'proof'),
			any(all("case != ''", holds('')), all("case = ''", isCircle(''), member('team.', 'coordinator')))
		)
	},
	grants: {
		view: all(signedIn, 'giver = @request.auth.id || user = @request.auth.id'),
		create: all(
			signedIn,
			"giver = @request.auth.id && ended = ''",
			"(user != '' && via = '') || (user = '' && via != '')",
			any(
				// The circle may be another team's: that is how a case is opened to that team.
				"key.case != '' && via.case = '' && via.name != 'recovery'",
				belongs('members', 'expert', 'coordinator'),
				belongs('police', 'police', 'coordinator'),
				belongs('coordinators', 'coordinator'),
				all(
					"key.case = ''",
					isCircle('key.'),
					"via.name = 'recovery' && via.case = '' && via.team = key.team",
					member('key.team.', 'coordinator')
				)
			),
			any(
				"key.maker = @request.auth.id && user = @request.auth.id && key.grants_via_key.id = ''",
				holds('key.')
			)
		),
		update: all(
			signedIn,
			"ended = '' && @request.body.ended != ''",
			unchanged('key', 'user', 'via', 'sealed', 'digest', 'giver', 'proof'),
			any('giver = @request.auth.id', member('key.team.', 'coordinator'))
		)
	},
	roll: {
		create: all(signedIn, 'by = @request.auth.id', member('team.', 'coordinator'))
	},
	requests: {
		view: all(signedIn, any('user = @request.auth.id', member('team.', 'coordinator'))),
		create: all(
			signedIn,
			"user = @request.auth.id && answer = ''",
			"@request.body.invite != '' && team.invite = @request.body.invite"
		),
		update: all(
			signedIn,
			"answer = '' && @request.body.answer != ''",
			unchanged('team', 'user'),
			member('team.', 'coordinator')
		)
	},
	approvals: {
		view: all(signedIn, 'by = @request.auth.id'),
		create: all(
			signedIn,
			'by = @request.auth.id && recovery.user != @request.auth.id',
			"recovery.done = '' && recovery.refused = ''",
			member('recovery.team.', 'expert', 'coordinator')
		)
	}
};

migrate((app) => {
	for (const name in rules) {
		const collection = app.findCollectionByNameOrId(name);
		collection.viewRule = rules[name].view || null;
		collection.createRule = rules[name].create || null;
		collection.updateRule = rules[name].update || null;
		app.save(collection);
	}
});
