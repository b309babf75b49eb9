import { plainAddress } from './address';
import type { Settings } from './settings';

/** The mail server that takes letters, whom they come from, and where they lead. */
export type MailSettings = {
	host: string;
	port: number;
	/** TLS from the first byte on; else by STARTTLS. */
	secure: boolean;
	/** Both '' where the server wants no sign-in. */
	user: string;
	password: string;
	from: string;
	/** The app's public address, without a slash at the end. */
	address: string;
};

type Set = Pick<Settings, 'HEED_SMTP' | 'HEED_MAIL_FROM' | 'HEED_ADDRESS'>;

/** What the operator has set, which scripts/mail.mjs has looked at before anything started. Null where no e-mail can be sent. */
export function mailSettings({ HEED_SMTP, HEED_MAIL_FROM, HEED_ADDRESS }: Set): MailSettings | null {
	const from = plainAddress(HEED_MAIL_FROM ?? '');
	const address = publicAddress(HEED_ADDRESS ?? '');
	const server = mailServer(HEED_SMTP ?? '');
	return server && from && address ? { ...server, from, address } : null;
}

/** `https://heed.example.org`, where Heed is on the internet; '' where it is none. Only this machine may do without TLS. */
function publicAddress(text: string): string {
	if (!URL.canParse(text)) return '';
	const { protocol, hostname, origin, href } = new URL(text);
	const isHere = protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
	return (isHere || protocol === 'https:') && href === `${origin}/` ? origin : '';
}

const HOST = /^([a-z0-9.-]+|\[[0-9a-f:.]+\])$/i;

function mailServer(text: string) {
	if (!URL.canParse(text)) return null;
	const url = new URL(text);
	const secure = url.protocol === 'smtps:';
	const [user, password] = [decoded(url.username), decoded(url.password)];
	const isPlain = /^\/?$/.test(url.pathname) && !url.search && !url.hash && HOST.test(url.hostname);
	if ((!secure && url.protocol !== 'smtp:') || !isPlain) return null;
	if (user === undefined || password === undefined || !user !== !password) return null;
	return {
		host: url.hostname.replace(/^\[|\]$/g, ''),
		port: Number(url.port) || (secure ? 465 : 587),
		secure,
		user,
		password
	};
}

function decoded(text: string): string | undefined {
	try {
		return decodeURIComponent(text);
	} catch {
		return undefined;
	}
}
