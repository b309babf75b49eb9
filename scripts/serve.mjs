// @ts-check
/** From a fresh clone to a running Heed, and to a clean end. What can fail fast comes before what takes long. */
import { join } from 'node:path';
import { claimFolder } from './folder.mjs';
import { isFounded, makeFoundingCode } from './founding.mjs';
import { install } from './install.mjs';
import { findPocketBase } from './pocketbase.mjs';
import { requireFreePort } from './port.mjs';
import { ensureBuild } from './product.mjs';
import { ROOT, VERSION } from './root.mjs';
import { readSettings } from './settings.mjs';
import { supervise } from './supervisor.mjs';
import { bold, say } from './terminal.mjs';
import { vapidKeys, vapidSubject } from './vapid.mjs';

/** @typedef {{ address: string, code: string, data: string, advice: string, signal: AbortSignal }} Served `code` is '' when founded already, `advice` when all is set */

/**
 * Serves until SIGINT or SIGTERM, which end it with exit code 0.
 * @param {{ data: string, greet: (served: Served) => Promise<void> }} how `data` is the folder when HEED_DATA names none
 */
export async function serve({ data: defaultData, greet }) {
	const signal = untilAskedToEnd();
	const settings = readSettings(process.env, { root: ROOT, data: defaultData });
	const folder = claimFolder(settings.data);
	try {
		await requireFreePort(settings.port);
		await install(ROOT, { say, signal });
		await ensureBuild(ROOT, { say, signal });
		const binary = await findPocketBase({ root: ROOT, named: settings.binary, say });

		const { subject, advice } = vapidSubject(settings.contact);

		const heed = await supervise({
			binary,
			port: settings.port,
			version: VERSION,
			data: settings.data,
			hooks: join(ROOT, 'pb_hooks'),
			migrations: join(ROOT, 'pb_migrations'),
			pages: join(ROOT, 'build', 'app'),
			courier: join(ROOT, 'build', 'courier', 'main.mjs'),
			vapid: { ...vapidKeys(settings.data), subject },
			env: process.env,
			say,
			serverStarted: (pid) => folder.share('PocketBase', pid),
			askForCode: async (address) => ((await isFounded(address)) ? '' : makeFoundingCode()),
			signal
		});
		try {
			await greet({ address: heed.address, code: heed.code, data: settings.data, advice, signal });
			await aborted(signal);
		} finally {
			await heed.stop();
		}
	} catch (error) {
		if (!signal.aborted) throw error;
	} finally {
		folder.release();
	}
}

/** What `npm start` says once Heed is up. @param {Served} served */
export async function greetOperator({ address, code, data, advice }) {
	say('');
	say(`Heed ${VERSION} runs at ${bold(address)}`);
	say(`Data folder: ${data}`);
	if (code) {
		say('');
		say('No team has been founded here yet. The one-time code, good until Heed is stopped:');
		say('');
		say(`    ${bold(code)}`);
		say('');
		say(`To found the team, open ${bold(`${address}/found`)}`);
	}
	if (advice) {
		say('');
		say(advice);
	}
	say('');
	say('Ctrl-C stops it.');
}

function untilAskedToEnd() {
	const ending = new AbortController();
	for (const name of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
		// npm passes on a Ctrl-C that has come already: every further one is heard and changes nothing.
		process.on(name, () => ending.abort());
	}
	return ending.signal;
}

/** @param {AbortSignal} signal @returns {Promise<void>} */
function aborted(signal) {
	return new Promise((resolve) => {
		if (signal.aborted) return resolve();
		// A pending promise alone does not keep Node running.
		const awake = setInterval(() => {}, 1 << 30);
		signal.addEventListener('abort', () => {
			clearInterval(awake);
			resolve();
		});
	});
}
