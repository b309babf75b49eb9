// @ts-check
/** PocketBase and the courier as one thing that starts, stays up and stops. */
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Fault } from './fault.mjs';
import { keep } from './keeper.mjs';
import { lastWords, pocketBaseArguments } from './pocketbase.mjs';
import { portTaken } from './port.mjs';

const HEALTHY_WITHIN_MS = 60_000;
/** Together under five seconds. */
const COURIER_GRACE_MS = 1500;
const SERVER_GRACE_MS = 3000;

/**
 * Starts the server, then the courier, and keeps both up. Rejects with a Fault when the server does not come up.
 * @param {object} options
 * @param {string} options.binary PocketBase
 * @param {number} options.port on 127.0.0.1
 * @param {string} options.version of Heed
 * @param {string} options.data
 * @param {string} options.hooks
 * @param {string} options.migrations
 * @param {string} options.pages the built app
 * @param {string} options.courier the built courier
 * @param {import('./vapid.mjs').VapidKeys & { subject: string }} options.vapid the private key is the courier's alone
 * @param {NodeJS.ProcessEnv} options.env
 * @param {(line: string) => void} options.say
 * @param {(pid: number) => void} options.serverStarted
 * @param {(address: string) => Promise<string>} options.askForCode the one-time founding code, '' when the instance is founded already
 * @param {AbortSignal | undefined} [options.signal] gives up a start
 */
export async function supervise(options) {
	const { port, say, signal, vapid } = options;
	const address = `http://127.0.0.1:${port}`;
	const secret = randomBytes(32).toString('base64url');
	// Nothing on the search path: PocketBase would open a browser on its own dashboard.
	const serverEnv = {
		...options.env,
		PATH: '',
		HEED_COURIER_SECRET: secret,
		HEED_VERSION: options.version,
		HEED_FOUNDING_CODE: undefined,
		HEED_VAPID_PUBLIC: vapid.publicKey,
		HEED_VAPID_PRIVATE: undefined,
		// The courier's alone, with the password in it.
		HEED_SMTP: undefined,
		HEED_MAIL_FROM: undefined,
		HEED_ADDRESS: undefined
	};

	let server = await startServer({});
	try {
		// The code is known only to a server that still needs one, and only for as long as it runs.
		const code = await options.askForCode(address);
		if (code) {
			await server.stop();
			server = await startServer({ HEED_FOUNDING_CODE: code });
		}
		const courier = await keep(courierProgram(), { say, graceMs: COURIER_GRACE_MS });
		return {
			address,
			code,
			async stop() {
				await courier.stop();
				await server.stop();
			}
		};
	} catch (error) {
		await server.stop();
		throw error;
	}

	/** @param {Record<string, string>} more */
	function startServer(more) {
		return keep(
			{
				name: 'PocketBase',
				file: options.binary,
				args: pocketBaseArguments(options),
				env: { ...serverEnv, ...more },
				node: false,
				speaks: false,
				ready: (gone) => untilHealthy(address, signal ? AbortSignal.any([gone, signal]) : gone),
				failed: ({ how, lines }) => notStarted(port, how, lines),
				started: options.serverStarted
			},
			{ say, graceMs: SERVER_GRACE_MS }
		);
	}

	function courierProgram() {
		return {
			name: 'Courier',
			file: process.execPath,
			args: [options.courier],
			env: {
				...options.env,
				HEED_URL: address,
				HEED_COURIER_SECRET: secret,
				HEED_VERSION: options.version,
				HEED_VAPID_PUBLIC: vapid.publicKey,
				HEED_VAPID_PRIVATE: vapid.privateKey,
				HEED_VAPID_SUBJECT: vapid.subject
			},
			node: true,
			speaks: true,
			ready: async () => {},
			failed: (/** @type {{ how: string }} */ { how }) => new Fault(`The courier ended (${how}).`),
			started: () => {}
		};
	}
}

/**
 * @param {string} address @param {AbortSignal} signal
 */
async function untilHealthy(address, signal) {
	const deadline = Date.now() + HEALTHY_WITHIN_MS;
	for (;;) {
		signal.throwIfAborted();
		const soon = AbortSignal.any([signal, AbortSignal.timeout(5000)]);
		const answer = await fetch(`${address}/api/health`, { signal: soon }).catch(() => null);
		if (answer?.ok) return;
		if (Date.now() > deadline) {
			throw new Fault(
				`PocketBase did not answer at ${address} within a minute: look whether the machine is overloaded, then start again.`
			);
		}
		await sleep(50, undefined, { signal });
	}
}

/** @param {number} port @param {string} how @param {readonly string[]} lines */
function notStarted(port, how, lines) {
	const words = lastWords(lines);
	if (words.includes('address already in use')) return portTaken(port);
	return new Fault(words || `PocketBase did not start (${how}) and did not say why.`);
}
