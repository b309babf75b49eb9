/** The courier is the process beside the server that delivers notices. Here it is only bound to its process. */
import { runCourier } from './courier';
import { connectTls, resolveName } from './guard';
import { Settings } from './settings';

const settings = Settings.safeParse(process.env);
if (settings.success) {
	const leaving = new AbortController();
	const leave = () => leaving.abort();
	process.on('SIGTERM', leave);
	process.on('SIGINT', leave);
	// The supervisor's channel closes when the supervisor is gone, however it went.
	process.on('disconnect', leave);

	await runCourier(settings.data, {
		network: { resolve: resolveName, connect: connectTls },
		sendLetter: () => Promise.resolve({ did: 'kept', why: 'no_mail' }),
		say: (line) => console.log(line),
		gone: leaving.signal
	});
	process.exit(0);
} else {
	console.error('The courier is started by npm start, which gives it its address, secret and keys.');
	process.exit(1);
}
