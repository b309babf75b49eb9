/**
 * The courier is the process beside the server that will deliver notices. Today it does one thing: it makes
 * itself known with the supervisor's secret and stays in touch. Delivery by push and e-mail is not built, and
 * nothing here pretends to it.
 */
import { sayHello } from './hello';
import { makeRounds } from './round';
import { Settings } from './settings';

const settings = Settings.safeParse(process.env);
if (settings.success) {
	const leaving = new AbortController();
	const leave = () => leaving.abort();
	process.on('SIGTERM', leave);
	process.on('SIGINT', leave);
	// The supervisor's channel closes when the supervisor is gone, however it went.
	process.on('disconnect', leave);

	await makeRounds({
		hello: () => sayHello(settings.data, leaving.signal),
		say: (line) => console.log(line),
		random: Math.random,
		gone: leaving.signal
	});
	process.exit(0);
} else {
	console.error('The courier is started by npm start, which gives it HEED_URL and HEED_COURIER_SECRET.');
	process.exit(1);
}
