/** The courier is the process beside the server that delivers notices. Here it is only bound to its process. */
import { runCourier } from './courier';
import { connectTls, resolveName } from './guard';
import { mailSettings } from './mail-settings';
import { mailer } from './mail';
import { Settings } from './settings';

const settings = Settings.safeParse(process.env);
if (settings.success) {
	const leaving = new AbortController();
	const leave = () => leaving.abort();
	process.on('SIGTERM', leave);
	process.on('SIGINT', leave);
	// The supervisor's channel closes when the supervisor is gone, however it went.
	process.on('disconnect', leave);

	const post = mailer(mailSettings(settings.data));
	await runCourier(settings.data, {
		network: { resolve: resolveName, connect: connectTls },
		sendLetter: (letter, nudge) => post.send(letter, nudge),
		say: (line) => console.log(line),
		gone: leaving.signal
	});
	post.close();
	process.exit(0);
} else {
	console.error('The courier is started by npm start, which gives it its address, secret and keys.');
	process.exit(1);
}
