/// What the server itself says about a row, whatever the device sent.

// Who reported is what the session says; rules may read it, no answer shows it.
onRecordCreateRequest((e) => {
	if (e.auth && !e.auth.isSuperuser()) e.record.set('reporter', e.auth.id);
	e.next();
}, 'cases');

// A file's name may say what is in it. Each upload has a name of its own: when one is refused as a repeat PocketBase deletes
// what came with it, and by the same name that would be the part that is kept.
onRecordCreateRequest((e) => {
	const chance = $security.randomStringWithAlphabet(12, 'abcdefghijklmnopqrstuvwxyz0123456789');
	for (const file of e.record.getUnsavedFiles('part')) file.name = `${e.record.id}_${chance}.part`;
	e.next();
}, 'blobs');

// Minutes until a device locks, by role.
onRecordValidate((e) => {
	if (!require(`${__hooks}/lib/idle.js`).isIdle(e.record.getString('idle')))
		throw new BadRequestError('Idle minutes are whole numbers from 1 to 60.', {
			idle: new ValidationError('validation_invalid_idle', 'Whole numbers from 1 to 60, by role.')
		});
	e.next();
}, 'teams');

// What a team has made of the alert's form; one that has said nothing of it has the form as it is.
onRecordValidate((e) => {
	if (['', 'null'].includes(e.record.getString('form'))) e.record.set('form', {});
	if (!require(`${__hooks}/lib/form.js`).isForm(e.record.getString('form')))
		throw new BadRequestError('This is no form of a team, or it is too long.', {
			form: new ValidationError('validation_invalid_form', 'Its shape is another, or it is too long.')
		});
	e.next();
}, 'teams');

// What a member knows well; one who has said nothing of it knows nothing in particular.
onRecordValidate((e) => {
	if (['', 'null'].includes(e.record.getString('knows'))) e.record.set('knows', {});
	if (!require(`${__hooks}/lib/knows.js`).isKnows(e.record.getString('knows')))
		throw new BadRequestError('These are no keys of lists, or too many.', {
			knows: new ValidationError('validation_invalid_knows', 'Its shape is another, or it is too long.')
		});
	e.next();
}, 'memberships');

// Who is told first of what is pressing: all who are named are in the team, or have been named before and may have left since:
// then the rest can still be changed. Where nothing is set it is as usual.
onRecordValidate((e) => {
	const { read, named } = require(`${__hooks}/lib/rota.js`);
	const { areMembers } = require(`${__hooks}/lib/ladder.js`);
	const [text, old] = [e.record.getString('ladder'), e.record.original().getString('ladder')];
	if (text === old) return e.next();
	const [ladder, before] = [read(text), read(old)];
	const known = before === null ? [] : named(before);
	const isNew = (one) => !known.includes(one);
	if (ladder === null || !areMembers(e.app, e.record.id, named(ladder).filter(isNew)))
		throw new BadRequestError('This is no ladder of a team.', {
			ladder: new ValidationError(
				'validation_invalid_ladder',
				'Its shape is another, or somebody is not in the team.'
			)
		});
	e.next();
}, 'teams');

// Nobody asks for, or approves, the same twice, and a row sent again is told so by its id.
onRecordCreateExecute(
	(e) => {
		require(`${__hooks}/lib/again.js`).refuseAgain(e.app, e.record);
		e.next();
	},
	'requests',
	'approvals'
);
