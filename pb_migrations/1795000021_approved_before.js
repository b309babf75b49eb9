/// An approval says which key the new ones take the place of: what was signed with that one before stays theirs.

migrate((app) => {
	const approvals = app.findCollectionByNameOrId('approvals');
	approvals.fields.add(
		new TextField({ name: 'before', required: true, min: 44, max: 44, pattern: '^[A-Za-z0-9+/]{43}=$' })
	);
	app.save(approvals);
});
