/// Every synced row carries a rev, taken inside the transaction that writes it: API calls, batches, founding alike.

onRecordCreateExecute(
	(e) => require(`${__hooks}/lib/rev.js`).stamp(e),
	'users',
	'agencies',
	'areas',
	'teams',
	'memberships',
	'keys',
	'grants',
	'requests',
	'recoveries',
	'approvals',
	'cases',
	'entries',
	'blobs',
	'pieces',
	'ladders'
);

onRecordUpdateExecute(
	(e) => require(`${__hooks}/lib/rev.js`).stamp(e),
	'users',
	'agencies',
	'areas',
	'teams',
	'memberships',
	'keys',
	'grants',
	'requests',
	'recoveries',
	'approvals',
	'cases',
	'entries',
	'blobs',
	'pieces',
	'ladders'
);
