// @ts-check
import { isAbsolute, join } from 'node:path';
import { Fault } from './fault.mjs';
import { checkMail } from './mail.mjs';
import { isContact } from './vapid.mjs';

/**
 * What the operator may choose by environment. docs/operate.md lists the same.
 * @param {Record<string, string | undefined>} env
 * @param {{ root: string, data: string }} defaults `data` is relative to `root`
 */
export function readSettings(env, { root, data }) {
	const port = Number(env.HEED_PORT || 8090);
	if (!Number.isInteger(port) || port < 1 || port > 65535) {
		throw new Fault(`HEED_PORT is '${env.HEED_PORT}', but must be a whole number from 1 to 65535.`);
	}
	// The server reads it itself, and would take its own default instead of what it does not understand.
	if (env.HEED_WORK_BITS && !/^(\d|1\d|2[0-4])$/.test(env.HEED_WORK_BITS)) {
		throw new Fault(`HEED_WORK_BITS is '${env.HEED_WORK_BITS}', but must be a whole number from 0 to 24.`);
	}
	if (env.HEED_RECOVERY_DELAY_MINUTES && !/^\d{1,6}$/.test(env.HEED_RECOVERY_DELAY_MINUTES)) {
		throw new Fault(
			`HEED_RECOVERY_DELAY_MINUTES is '${env.HEED_RECOVERY_DELAY_MINUTES}', but must be a whole number of minutes from 0 to 999999.`
		);
	}
	const contact = env.HEED_CONTACT || '';
	if (contact && !isContact(contact)) {
		throw new Fault(
			`HEED_CONTACT is '${contact}', but must be like mailto:you@example.org or https://example.org, with a name that is on the internet: Apple takes no other.`
		);
	}
	const services = (env.HEED_PUSH_SERVICES || '').split(/[\s,]+/).filter(Boolean);
	const strange = services.find((one) => !/^(\*\.)?([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/.test(one));
	if (strange !== undefined) {
		throw new Fault(
			`HEED_PUSH_SERVICES names '${strange}', but must hold names like push.example.org or *.push.example.org, between commas.`
		);
	}
	checkMail(env);
	const folder = env.HEED_DATA || data;
	return {
		port,
		address: `http://127.0.0.1:${port}`,
		data: isAbsolute(folder) ? folder : join(root, folder),
		/** '' means the packaged PocketBase. */
		binary: env.POCKETBASE_BIN || '',
		/** '' for none. */
		contact
	};
}
