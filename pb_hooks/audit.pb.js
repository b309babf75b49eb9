/// What is written down when a record is made. Leaving and recovery write their own (lib/leaving.js, lib/recovery.js).

onRecordCreateRequest((e) => {
	require(`${__hooks}/lib/audit.js`).nameActor(e.record, e.auth ? e.auth.id : '');
	e.next();
}, 'memberships');

onRecordUpdateRequest((e) => {
	require(`${__hooks}/lib/audit.js`).nameActor(e.record, e.auth ? e.auth.id : '');
	e.next();
}, 'memberships');

onRecordCreateExecute((e) => {
	const { actor, note } = require(`${__hooks}/lib/audit.js`);
	require(`${__hooks}/lib/together.js`).together(e, (app) => {
		e.next();
		note(app, {
			team: e.record.getString('team'),
			by: actor(e.record),
			what: `admitted_${e.record.getString('role')}`,
			about: e.record.id
		});
	});
}, 'memberships');

// Of a circle: its first generations come with the founding.
onRecordCreateExecute((e) => {
	if (e.record.getString('case') !== '' || e.record.getString('before') === '') return e.next();

	const { note } = require(`${__hooks}/lib/audit.js`);
	require(`${__hooks}/lib/together.js`).together(e, (app) => {
		e.next();
		note(app, {
			team: e.record.getString('team'),
			by: e.record.getString('maker'),
			what: 'circle_rotated',
			about: e.record.id
		});
	});
}, 'keys');

onRecordCreateExecute((e) => {
	const { note } = require(`${__hooks}/lib/audit.js`);
	require(`${__hooks}/lib/together.js`).together(e, (app) => {
		e.next();
		const recovery = app.findRecordById('recoveries', e.record.getString('recovery'));
		note(app, {
			team: recovery.getString('team'),
			by: e.record.getString('by'),
			what: 'recovery_approved',
			about: recovery.id
		});
	});
}, 'approvals');
