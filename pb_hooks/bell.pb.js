/// Realtime carries one message without content, to those whose next pull would bring something. Nothing else can be subscribed to.

onRealtimeSubscribeRequest((e) => {
	if (e.subscriptions.length > 0 && !e.auth) throw new ForbiddenError();
	// The SDK also names PB_CONNECT, the greeting every connection gets anyway, to notice a reconnect.
	for (const topic of e.subscriptions) {
		if (topic !== 'bell' && topic !== 'PB_CONNECT') throw new ForbiddenError();
	}
	e.next();
});

// Both run after the commit.
onRecordAfterCreateSuccess(
	(e) => {
		e.next();
		require(`${__hooks}/lib/bell.js`).ring($app, e.record);
	},
	'entries',
	'blobs',
	'cases',
	'memberships',
	'keys',
	'grants',
	'requests',
	'recoveries',
	'approvals',
	'ladders'
);

onRecordAfterUpdateSuccess(
	(e) => {
		e.next();
		require(`${__hooks}/lib/bell.js`).ring($app, e.record);
	},
	'cases',
	'teams',
	'memberships',
	'keys',
	'grants',
	'requests',
	'recoveries',
	'ladders'
);
