/// A device is looked for by its endpoint whenever somebody without a session says that it has another (pb_hooks/lib/devices.js).

const INDEX = 'CREATE INDEX idx_devices_endpoint ON devices (endpoint)';

migrate(
	(app) => {
		const devices = app.findCollectionByNameOrId('devices');
		devices.indexes = [...devices.indexes, INDEX];
		app.save(devices);
	},
	(app) => {
		const devices = app.findCollectionByNameOrId('devices');
		devices.indexes = devices.indexes.filter((index) => !index.includes('idx_devices_endpoint'));
		app.save(devices);
	}
);
