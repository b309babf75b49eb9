// @ts-check
/** Whether e-mail can be sent with what the operator has set: src/courier/settings.ts takes the same, and no more. */
import { domainToASCII } from 'node:url';
import { Fault } from './fault.mjs';

/**
 * Nothing that was set is repeated: HEED_SMTP holds a password.
 * @param {Record<string, string | undefined>} env
 */
export function checkMail({ HEED_SMTP = '', HEED_MAIL_FROM = '', HEED_ADDRESS = '' }) {
	if (HEED_SMTP && !isMailServer(HEED_SMTP)) {
		throw new Fault(
			'HEED_SMTP must be like smtp://USER:PASSWORD@mail.example.org:587 or smtps://USER:PASSWORD@mail.example.org; in USER and PASSWORD everything but letters and digits is percent-encoded, and both may be left out.'
		);
	}
	if ((HEED_SMTP || HEED_MAIL_FROM) && !isPlainAddress(HEED_MAIL_FROM)) {
		throw new Fault(
			'HEED_MAIL_FROM must be the address that e-mails come from, like heed@example.org, without a name.'
		);
	}
	if ((HEED_SMTP || HEED_ADDRESS) && !isPublicAddress(HEED_ADDRESS)) {
		throw new Fault(
			'HEED_ADDRESS must be where people open Heed, like https://heed.example.org, with nothing after the name: e-mails lead there.'
		);
	}
}

/** @param {string} text */
function isMailServer(text) {
	if (!URL.canParse(text)) return false;
	const { protocol, hostname, username, password, pathname, search, hash } = new URL(text);
	return (
		/^smtps?:$/.test(protocol) &&
		/^([a-z0-9.-]+|\[[0-9a-f:.]+\])$/i.test(hostname) &&
		/^\/?$/.test(pathname + search + hash) &&
		!username === !password &&
		isEncoded(username) &&
		isEncoded(password)
	);
}

/** @param {string} text */
function isEncoded(text) {
	try {
		decodeURIComponent(text);
		return true;
	} catch {
		return false;
	}
}

/** @param {string} text */
function isPlainAddress(text) {
	const [, local = '', domain = ''] =
		/^([\w!#$%&'*+/=?^`{|}~.-]{1,64})@([\p{L}\p{M}\p{N}.-]+)$/u.exec(text) ?? [];
	const written = domainToASCII(domain);
	return (
		local !== '' &&
		local.split('.').every(Boolean) &&
		/^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$/.test(written) &&
		`${local}@${written}`.length <= 254
	);
}

/** @param {string} text */
function isPublicAddress(text) {
	if (!URL.canParse(text)) return false;
	const { protocol, hostname, origin, href } = new URL(text);
	const isHere = protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
	return (isHere || protocol === 'https:') && href === `${origin}/`;
}
