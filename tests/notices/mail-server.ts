/** A mail server on this machine that takes letters, or answers as a test wants, and remembers what it was told. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { onTestFinished } from 'vitest';
import type { MailSettings } from '../../src/courier/mail-settings';

/** For 127.0.0.1 and 127.0.0.2, made for these tests; nobody trusts it by itself. Its key is in the same file. */
export const CERTIFICATE = join(import.meta.dirname, 'certificate.pem');

export type Arrived = { from: string; to: string[]; raw: string; secure: boolean; user: string };
export type MailServer = {
	port: number;
	arrived: Arrived[];
	/** How many connections there were, and every address that was named to it. */
	connections: number;
	named: string[];
	cut: () => void;
};

type Answers = Pick<
	SMTPServerOptions,
	| 'onConnect'
	| 'onMailFrom'
	| 'onRcptTo'
	| 'onData'
	| 'secure'
	| 'hideSTARTTLS'
	| 'onAuth'
	| 'allowInsecureAuth'
>;

/** Listens on every loopback address until the test ends. */
export async function mailServer(answers: Answers = {}): Promise<MailServer> {
	const pem = readFileSync(CERTIFICATE, 'utf8');
	const seen: Omit<MailServer, 'port'> = { arrived: [], connections: 0, named: [], cut };
	const server = new SMTPServer({
		key: pem,
		cert: pem,
		authOptional: true,
		logger: false,
		disableReverseLookup: true,
		closeTimeout: 1,
		onData(stream, session, done) {
			const parts: Buffer[] = [];
			stream.on('data', (part: Buffer) => parts.push(part));
			stream.on('end', () => {
				const { mailFrom, rcptTo } = session.envelope;
				seen.arrived.push({
					from: mailFrom ? mailFrom.address : '',
					to: rcptTo.map(({ address }) => address),
					raw: Buffer.concat(parts).toString('latin1'),
					secure: session.secure,
					user: String(session.user ?? '')
				});
				done();
			});
		},
		...answers,
		onConnect(session, done) {
			seen.connections += 1;
			if (answers.onConnect) answers.onConnect.call(server, session, done);
			else done();
		},
		onRcptTo(address, session, done) {
			seen.named.push(address.address);
			if (answers.onRcptTo) answers.onRcptTo.call(server, address, session, done);
			else done();
		}
	});
	// A visitor that breaks off is what some tests are about.
	server.on('error', () => undefined);
	await new Promise<void>((resolve) => void server.listen(0, '0.0.0.0', resolve));
	onTestFinished(async () => {
		cut();
		await new Promise<void>((resolve) => server.close(resolve));
	});
	const { port } = server.server.address() as { port: number };
	return Object.assign(seen, { port });

	function cut(): void {
		for (const connection of server.connections) connection._socket.destroy();
	}
}

export const settingsOf = (port: number, more: Partial<MailSettings> = {}): MailSettings => ({
	host: '127.0.0.1',
	port,
	secure: false,
	user: '',
	password: '',
	from: 'heed@heed.example',
	address: 'https://heed.example',
	...more
});

/** A refusal as a mail server says it. */
export const refusal = (responseCode: number): Error =>
	Object.assign(new Error('ana@example.org is not known here'), { responseCode });

/** Headers and text as a mailbox shows them. */
export function opened(raw: string): { headers: Map<string, string>; text: string } {
	const [head = '', ...body] = raw.split('\r\n\r\n');
	const lines = head.replace(/\r\n[ \t]+/g, ' ').split('\r\n');
	const headers = new Map(
		lines.map((line) => {
			const [, name = '', value = ''] = /^([^:]+): (.*)$/s.exec(line) ?? [];
			return [name.toLowerCase(), unfolded(value)];
		})
	);
	const text = unquoted(body.join('\r\n\r\n').replace(/=\r\n/g, ''));
	return { headers, text: text.replace(/\r\n/g, '\n') };
}

/** RFC 2045: each `=` and two digits is a byte of UTF-8. */
const unquoted = (text: string): string =>
	Buffer.from(
		text.replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
		'latin1'
	).toString('utf8');

/** RFC 2047: words of a header that are not ASCII. */
function unfolded(value: string): string {
	const joined = value.replace(/\?=\s+=\?/g, '?==?');
	const bytes = joined.replace(/=\?UTF-8\?([QB])\?([^?]*)\?=/gi, (_, how: string, text: string) =>
		how.toUpperCase() === 'B'
			? Buffer.from(text, 'base64').toString('latin1')
			: text
					.replace(/_/g, ' ')
					.replace(/=([0-9A-F]{2})/g, (_all, hex: string) => String.fromCharCode(parseInt(hex, 16)))
	);
	return Buffer.from(bytes, 'latin1').toString('utf8');
}
