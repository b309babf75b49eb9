// @ts-check
/** The keys by which push services know this Heed (RFC 8292). Devices subscribe with the public one: other keys, other subscriptions. */
import { createECDH, generateKeyPairSync } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Fault } from './fault.mjs';

/** Apple takes a subject whose name is on the internet, and nothing that is local or made up. This one is nobody's. */
const NOBODY = 'https://example.org';

/** @typedef {{ publicKey: string, privateKey: string }} VapidKeys base64url: 65 bytes, uncompressed, and 32 */

/**
 * Those in `vapid.json` of the data folder, made at the first start.
 * @param {string} folder
 * @returns {VapidKeys}
 */
export function vapidKeys(folder) {
	const path = join(folder, 'vapid.json');
	return readKeys(path) ?? makeKeys(path);
}

/**
 * Whom push services may turn to, and what is to be said where nobody is named.
 * @param {string} contact HEED_CONTACT, '' for none
 */
export function vapidSubject(contact) {
	if (contact) return { subject: contact, advice: '' };
	return {
		subject: NOBODY,
		advice:
			'HEED_CONTACT is not set: name an address (mailto:… or https://…) by which push services can reach you.'
	};
}

/** Whether push services take it, Apple's among them. @param {string} contact */
export function isContact(contact) {
	const [, host = ''] =
		/^mailto:[\w.+-]+@([^/]+)$/.exec(contact) ?? /^https:\/\/([^/]+)(?:\/[!-~]*)?$/.exec(contact) ?? [];
	return (
		/^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/i.test(host) &&
		!/\.(localhost|local|localdomain|internal|invalid|test|example)$/i.test(host)
	);
}

/** @param {string} path @returns {VapidKeys | null} null where there is no such file */
function readKeys(path) {
	let text;
	try {
		text = readFileSync(path, 'utf8');
	} catch (error) {
		const { code } = /** @type {NodeJS.ErrnoException} */ (error);
		if (code === 'ENOENT') return null;
		throw new Fault(`${path} cannot be read (${code}): make it readable for this user.`);
	}
	try {
		const { publicKey, privateKey } = JSON.parse(text);
		const pair = createECDH('prime256v1');
		pair.setPrivateKey(Buffer.from(privateKey, 'base64url'));
		if (pair.getPublicKey('base64url') === publicKey) return { publicKey, privateKey };
	} catch {
		// Said below, without what stands there.
	}
	throw new Fault(
		`${path} is damaged: put it back from a backup, or delete it; then no device is told anything until it has opened Heed again.`
	);
}

/** @param {string} path @returns {VapidKeys} */
function makeKeys(path) {
	const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	const { x = '', y = '', d = '' } = privateKey.export({ format: 'jwk' });
	const point = Buffer.concat([Buffer.from([4]), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]);
	const keys = { publicKey: point.toString('base64url'), privateKey: d };
	// Whole or not at all, when the power is cut too: devices may subscribe with these a moment later.
	writeFileSync(`${path}.new`, `${JSON.stringify(keys)}\n`, { mode: 0o600 });
	settle(`${path}.new`, 'r+');
	renameSync(`${path}.new`, path);
	settle(dirname(path), 'r');
	return keys;
}

/** What was written is on the disk. @param {string} path @param {string} flags */
function settle(path, flags) {
	const file = openSync(path, flags);
	try {
		fsyncSync(file);
	} finally {
		closeSync(file);
	}
}
