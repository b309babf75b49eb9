/// Settings of a Heed server. Nothing about who asked for what is kept: request logs are off, addresses are never written.

migrate((app) => {
	const settings = app.settings();

	settings.meta.appName = 'Heed';
	settings.meta.hideControls = true;

	settings.logs.maxDays = 0;
	settings.logs.logIP = false;
	settings.logs.logAuthId = false;

	settings.batch.enabled = true;
	settings.batch.maxRequests = 50;
	settings.batch.timeout = 3;
	settings.batch.maxBodySize = 32 * 1024 * 1024;

	// Counted by address, and a whole school is one address: only bcrypt is worth protecting.
	settings.rateLimits.enabled = true;
	settings.rateLimits.rules = [
		{ label: '*:auth', maxRequests: 300, duration: 60, audience: '' },
		{ label: 'users:create', maxRequests: 120, duration: 60, audience: '' }
	];

	// Operators come over a tunnel.
	settings.superuserIPs = ['127.0.0.1', '::1'];

	app.save(settings);
});
