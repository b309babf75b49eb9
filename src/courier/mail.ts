/**
 * E-mail, by the operator's mail server. Not built: attachments, HTML, and following who has read what.
 */
import { createHash } from 'node:crypto';
import { createTransport, type Transporter } from 'nodemailer';
import { PRESSING, type Letter, type Nudge } from '../lib/domain/notice';
import { plainAddress } from './address';
import { write } from './letter';
import type { Outcome } from './outcome';
import type { MailSettings } from './mail-settings';

export type Mailer = { send(letter: Letter, nudge: Nudge): Promise<Outcome>; close(): void };

/** Well within a lease: what comes later is said of a row that somebody else may have taken. */
const SENT_WITHIN_MS = 30_000;
/** For what is pressing and for what is not: neither waits behind the other, nor behind one letter that is taken slowly. */
const CONNECTIONS = 4;
/** At least: the server makes it longer from one try to the next. */
const AGAIN_SECONDS = 300;
const PRESSING_AGAIN_SECONDS = 20;

/**
 * Hands letters to the mail server, over connections that stay open for a while. `send` never throws, and neither what it
 * answers nor anything it writes elsewhere holds an address or a word of a letter.
 */
export function mailer(settings: MailSettings | null, within = SENT_WITHIN_MS): Mailer {
	if (!settings) return { send: () => Promise.resolve(kept('no_mail')), close: () => undefined };
	const [fast, slow] = [connect(settings, within), connect(settings, within)];
	return {
		send: (letter, nudge) => hand(isPressing(nudge) ? fast : slow, settings, letter, nudge, within),
		close() {
			fast.close();
			slow.close();
		}
	};
}

const isPressing = ({ kind }: Nudge): boolean => PRESSING.some((pressing) => pressing === kind);

function connect({ host, port, secure, user, password, address }: MailSettings, within: number) {
	// Between two programs of one machine nobody listens, and their certificates are made by the machine itself.
	const isHere = ['localhost', '127.0.0.1', '::1'].includes(host);
	return createTransport({
		pool: true,
		maxConnections: CONNECTIONS,
		// Once, where the server has closed a connection that was open for a while.
		maxRequeues: 1,
		host,
		port,
		secure,
		requireTLS: !isHere,
		tls: { rejectUnauthorized: !isHere },
		...(user && { auth: { user, pass: password } }),
		// The machine's own name is nobody's business.
		name: new URL(address).hostname,
		dnsTimeout: within,
		connectionTimeout: within,
		greetingTimeout: within,
		socketTimeout: within,
		idleTimeout: within,
		disableFileAccess: true,
		disableUrlAccess: true
	});
}

async function hand(
	post: Transporter,
	{ from, address }: MailSettings,
	letter: Letter,
	nudge: Nudge,
	within: number
): Promise<Outcome> {
	const to = plainAddress(letter.to);
	if (!to) return kept('mail_address');
	const over = new AbortController();
	const deadline = setTimeout(() => over.abort(), within);
	try {
		await post.sendMail({
			...write(letter, nudge, address),
			from: { name: 'Heed', address: from },
			to: { name: '', address: to },
			envelope: { from, to },
			messageId: messageId(nudge, from),
			headers: { 'Auto-Submitted': 'auto-generated' },
			textEncoding: 'quoted-printable',
			xMailer: false,
			signal: over.signal
		});
		return { did: 'sent' };
	} catch (error) {
		return outcomeOf(error as Failure, nudge);
	} finally {
		clearTimeout(deadline);
	}
}

/** The same for the same notice: a letter that a crash has sent twice is shown once by many mailboxes. */
function messageId({ id }: Nudge, from: string): string {
	const digest = createHash('sha256').update(`heed/letter/v1|${id}`).digest('hex');
	return `<${digest.slice(0, 32)}@${from.slice(from.lastIndexOf('@') + 1)}>`;
}

type Failure = { code?: string; command?: string; responseCode?: number };

/** A letter is given up only where the server has refused this recipient or this text for good; all else may be mended. */
function outcomeOf({ code = '', command = '', responseCode = 0 }: Failure, nudge: Nudge): Outcome {
	const isOurs = !['RCPT TO', 'DATA'].includes(command) || responseCode === MUST_SIGN_IN;
	if (responseCode >= 500 && !isOurs) return kept(`mail_${responseCode}`);
	return {
		did: 'wait',
		seconds: isPressing(nudge) ? PRESSING_AGAIN_SECONDS : AGAIN_SECONDS,
		why: responseCode ? `mail_${responseCode}` : (TROUBLES[code] ?? 'mail_unreachable')
	};
}

const MUST_SIGN_IN = 530;

const TROUBLES: Partial<Record<string, string>> = {
	ETLS: 'mail_tls',
	EAUTH: 'mail_sign_in',
	ENOAUTH: 'mail_sign_in',
	ETIMEDOUT: 'mail_timeout',
	EABORT: 'mail_timeout'
};

const kept = (why: string): Outcome => ({ did: 'kept', why });
