/**
 * A push service of our own on loopback (RFC 8030), which answers as it is told; devices that open what was sealed for them
 * (RFC 8291), by another copy of the cipher than the courier's; and a look at the signature (RFC 8292) by Node alone.
 */
import { createECDH, createPublicKey, randomBytes, verify } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { decrypt } from 'http_ece';
import { type Connect, connectTls, type Resolve } from '../../src/courier/guard';
import type { Subscription } from '../../src/lib/domain/notice';
import { type Certificate, makeCertificate } from './certificate';

export const SERVICES = {
	google: 'fcm.googleapis.com',
	mozilla: 'updates.push.services.mozilla.com',
	apple: 'web.push.apple.com',
	windows: 'wns2-by3p.notify.windows.com'
} as const;

export type Received = { host: string; path: string; headers: IncomingHttpHeaders; body: Buffer };
export type Answer =
	| { status: number; after?: number; headers?: Record<string, string>; body?: Buffer | 'endless' }
	| 'hang'
	| 'cut';

export type Endpoint = {
	port: number;
	certificate: Certificate;
	received: Received[];
	/** How many connections were made. */
	connections: () => number;
	close: () => Promise<void>;
};

/** Keeps what it received, unless `keeps` says no. */
export async function openEndpoint(
	answer: (push: Received) => Answer = () => ({ status: 201 }),
	{ keeps = true, certificate = makeCertificate(Object.values(SERVICES)) } = {}
): Promise<Endpoint> {
	const received: Received[] = [];
	let connections = 0;
	const server = createServer(certificate, (request, response) => {
		const parts: Buffer[] = [];
		request.on('data', (part: Buffer) => parts.push(part));
		request.on('end', () => {
			const push: Received = {
				host: request.headers.host ?? '',
				path: request.url ?? '',
				headers: request.headers,
				body: Buffer.concat(parts)
			};
			if (keeps) received.push(push);
			const how = answer(push);
			if (how === 'hang') return;
			if (how === 'cut') return void request.socket.destroy();
			if (how.after) setTimeout(say, how.after, how);
			else say(how);
		});

		function say(how: Exclude<Answer, string>): void {
			response.writeHead(how.status, how.headers);
			if (how.body === 'endless') flood();
			else response.end(how.body);
		}

		function flood(): void {
			while (!response.destroyed && response.write(Buffer.alloc(65_536)));
			if (!response.destroyed) response.once('drain', flood);
		}
	});
	server.on('secureConnection', () => connections++);
	server.keepAliveTimeout = 60_000;
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		port: (server.address() as AddressInfo).port,
		certificate,
		received,
		connections: () => connections,
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		}
	};
}

/**
 * A network in which every known service is this endpoint, or, in their order, one of these; what was looked up and connected
 * to stands in `log`.
 */
export function networkTo(
	{ port, certificate }: { port: number | readonly number[]; certificate: Certificate },
	log: string[] = []
): { resolve: Resolve; connect: Connect } {
	const ports = [port].flat();
	const portOf = (name: string): number =>
		ports[Math.max(Object.values<string>(SERVICES).indexOf(name), 0) % ports.length] ?? 0;
	return {
		resolve: (name) => {
			log.push(`resolve ${name}`);
			return Promise.resolve(['142.250.74.10']);
		},
		connect: (to) => {
			log.push(`connect ${to.host}:${to.port} as ${to.servername}`);
			return connectTls({ ...to, host: '127.0.0.1', port: portOf(to.servername), ca: certificate.cert });
		}
	};
}

export type Device = { subscription: Subscription; open: (body: Buffer) => string };

export function makeDevice(
	host: string = SERVICES.google,
	path = `/fcm/send/${randomBytes(9).toString('hex')}`
): Device {
	const pair = createECDH('prime256v1');
	const auth = randomBytes(16).toString('base64url');
	return {
		subscription: {
			endpoint: `https://${host}${path}`,
			p256dh: pair.generateKeys().toString('base64url'),
			auth
		},
		open: (body) => decrypt(body, { version: 'aes128gcm', privateKey: pair, authSecret: auth }).toString()
	};
}

export function makeVapid(): { publicKey: string; privateKey: string; subject: string } {
	const pair = createECDH('prime256v1');
	return {
		publicKey: pair.generateKeys().toString('base64url'),
		privateKey: Buffer.concat([Buffer.alloc(32), pair.getPrivateKey()])
			.subarray(-32)
			.toString('base64url'),
		subject: 'mailto:heed@example.org'
	};
}

export type Claims = { aud: string; exp: number; sub: string };

/** What was signed, or null where the signature is not by the key that it names. */
export function readVapid(authorization = ''): { claims: Claims; key: string } | null {
	const [, head = '', claims = '', signature = '', key = ''] =
		/^vapid t=([\w-]+)\.([\w-]+)\.([\w-]+), k=([\w-]+)$/.exec(authorization) ?? [];
	const point = Buffer.from(key, 'base64url');
	const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((part) => part.toString('base64url'));
	if (point.length !== 65 || !x || !y) return null;
	const publicKey = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' });
	const isSigned = verify(
		'sha256',
		Buffer.from(`${head}.${claims}`),
		{ key: publicKey, dsaEncoding: 'ieee-p1363' },
		Buffer.from(signature, 'base64url')
	);
	const { alg } = JSON.parse(Buffer.from(head, 'base64url').toString()) as { alg: string };
	if (!isSigned || alg !== 'ES256') return null;
	return { claims: JSON.parse(Buffer.from(claims, 'base64url').toString()) as Claims, key };
}
