/// Who may do what, denied by default. There are no list rules: devices pull (pb_hooks/lib/pull.js), and a list rule would
/// scan every entry. View rules exist so that a repeat can be compared with what was accepted.
/// Conditions with `?=` on one back-relation path bind to one row; that is what `holds` and `member` rest on.

const signedIn = "@request.auth.id != ''";
const all = (...conditions) => conditions.map((condition) => `(${condition})`).join(' && ');
const any = (...conditions) => conditions.map((condition) => `(${condition})`).join(' || ');
const unchanged = (...fields) => fields.map((field) => `@request.body.${field}:changed = false`).join(' && ');
const absent = (...fields) => fields.map((field) => `@request.body.${field}:isset = false`).join(' && ');
const present = (...fields) => fields.map((field) => `@request.body.${field}:isset = true`).join(' && ');

/** The caller has a live grant of the key at `path`, or of a circle key it is granted to. */
const holds = (path) => {
	const grants = `${path}grants_via_key`;
	const circle = `${grants}.via.grants_via_key`;
	return any(
		`${grants}.user ?= @request.auth.id && ${grants}.ended ?= ''`,
		`${circle}.user ?= @request.auth.id && ${grants}.ended ?= '' && ${circle}.ended ?= ''`
	);
};

/** The caller is an active member of the team at `path`, in one of `roles` (any role when none is named). */
const member = (path, ...roles) => {
	const membership = `${path}memberships_via_team`;
	const active = `${membership}.user ?= @request.auth.id && ${membership}.ended ?= ''`;
	return roles.length === 0
		? active
		: all(active, any(...roles.map((role) => `${membership}.role ?= '${role}'`)));
};

/** The person a circle key is granted to is an active member of its team whose role belongs in that circle. */
const belongs = (circle, ...roles) => {
	const membership = 'user.memberships_via_user';
	return all(
		`key.name = '${circle}'`,
		`${membership}.team ?= key.team && ${membership}.ended ?= ''`,
		any(...roles.map((role) => `${membership}.role ?= '${role}'`))
	);
};

const rules = {
	users: {
		view: 'id = @request.auth.id',
		create: all(
			"@request.body.invite != '' && @collection.teams.invite ?= @request.body.invite",
			absent('email', 'emailVisibility', 'verified')
		),
		update: all(
			signedIn,
			'id = @request.auth.id',
			unchanged('login', 'name', 'recipient', 'wrapped'),
			absent('email', 'emailVisibility', 'verified', 'password', 'passwordConfirm', 'oldPassword')
		)
	},
	memberships: {
		view: all(signedIn, any('user = @request.auth.id', member('team.', 'coordinator'))),
		create: all(signedIn, "ended = ''", "agency = '' || agency.team = team", member('team.', 'coordinator')),
		update: all(
			signedIn,
			"ended = '' && @request.body.ended != ''",
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
			"case != '' && team = case.team",
			"name != 'members' && name != 'police' && name != 'coordinators'",
			any('case.reporter = @request.auth.id', holds('case.keys_via_case.'))
		)
	},
	grants: {
		view: all(signedIn, 'giver = @request.auth.id || user = @request.auth.id'),
		create: all(
			signedIn,
			"giver = @request.auth.id && ended = ''",
			"(user != '' && via = '') || (user = '' && via != '')",
			any(
				"key.case != '' && via.case = ''",
				belongs('members', 'expert', 'coordinator'),
				belongs('police', 'police', 'coordinator'),
				belongs('coordinators', 'coordinator')
			),
			any(
				"key.maker = @request.auth.id && user = @request.auth.id && key.grants_via_key.id = ''",
				holds('key.')
			)
		),
		update: all(
			signedIn,
			"ended = '' && @request.body.ended != ''",
			unchanged('key', 'user', 'via', 'sealed', 'giver'),
			any('giver = @request.auth.id', member('key.team.', 'coordinator'))
		)
	},
	entries: {
		view: all(signedIn, any('author = @request.auth.id', holds('key.'))),
		create: all(signedIn, 'author = @request.auth.id && key.case = case', holds('key.'))
	},
	blobs: {
		view: all(signedIn, any('owner = @request.auth.id', all("entry != ''", holds('entry.key.')))),
		create: all(signedIn, "owner = @request.auth.id && entry = ''", present('index')),
		update: all(
			signedIn,
			"owner = @request.auth.id && entry = ''",
			'@request.body.entry.author = @request.auth.id && @request.body.entry.key = key',
			absent('part'),
			unchanged('key', 'owner', 'file', 'index', 'count', 'digest')
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
