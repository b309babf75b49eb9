/**
 * Where a push may go. An endpoint is an address that somebody's browser told us, so it is looked at twice: its shape, and
 * then every address that its name has at the moment of connecting. Not built: a way through an outgoing proxy, which would
 * resolve the name once more by itself.
 */
import { lookup } from 'node:dns/promises';
import { Agent, type RequestOptions } from 'node:https';
import { isIP } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect, type ConnectionOptions, type TLSSocket } from 'node:tls';
import ipaddr from 'ipaddr.js';

/** A name, or `*.` and the end of names. */
export const KNOWN_SERVICES = [
	'fcm.googleapis.com',
	'*.push.services.mozilla.com',
	'*.push.apple.com',
	'*.notify.windows.com'
] as const;

/** All addresses of a name; rejects where there are none. */
export type Resolve = (name: string) => Promise<readonly string[]>;
/** Opens one connection to `host`, an address, and holds the certificate against `servername`. Rejects when it fails. */
export type Connect = (
	to: ConnectionOptions & { host: string; port: number; servername: string }
) => Promise<TLSSocket>;

/** Nobody but whom we looked at is connected to; a name with an address that is not public is refused as a whole. */
export class NotPublic extends Error {}

/** Of an address that does not answer, the next one is tried. */
const CONNECTED_WITHIN_MS = 5000;

/** As browsers write endpoints: https, no user, no port, no trailing dot, small letters, none that stand for others. */
const SHAPE = /^https:\/\/((?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63})\/[!-~]*$/;

/** Whether the endpoint is written as one of these services would write it. Says nothing of where its name leads. */
export function isKnown(endpoint: string, services: readonly string[]): boolean {
	const [, host = ''] = SHAPE.exec(endpoint) ?? [];
	if (!host || host.split('.').some((label) => label.startsWith('xn--'))) return false;
	// Whatever reads the address later must read what was read here.
	if (!URL.canParse(endpoint) || new URL(endpoint).href !== endpoint) return false;
	return services.some((one) => (one.startsWith('*.') ? host.endsWith(one.slice(1)) : host === one));
}

/** Whether it is somebody on the internet: not here, not nearby, and not a way to somewhere else. */
export function isPublic(address: string): boolean {
	if (!isIP(address) || address.includes('%')) return false;
	const parsed = ipaddr.parse(address);
	if (parsed.range() !== 'unicast') return false;
	// Of IPv6 nothing else is given to anybody yet.
	return parsed.kind() === 'ipv4' || /^[23]...:/.test(parsed.toNormalizedString());
}

/** Keeps connections, and opens each only to an address that was looked at. */
export function guardedAgent(network: { resolve: Resolve; connect: Connect }): Agent {
	return new Guarded(network);
}

class Guarded extends Agent {
	readonly #network: { resolve: Resolve; connect: Connect };

	constructor(network: { resolve: Resolve; connect: Connect }) {
		super({ keepAlive: true });
		this.#network = network;
	}

	override createConnection(
		options: RequestOptions,
		opened?: (error: Error | null, socket: Duplex) => void
	): undefined {
		this.#open(options).then(
			(socket) => opened?.(null, socket),
			// Node looks at no socket where there is an error.
			(error: unknown) => opened?.(error as Error, undefined as never)
		);
	}

	async #open(options: RequestOptions): Promise<TLSSocket> {
		const name = options.host ?? '';
		const addresses = await this.#network.resolve(name);
		if (addresses.length === 0 || !addresses.every(isPublic)) throw new NotPublic();
		let reason: unknown;
		for (const host of addresses) {
			try {
				return await this.#network.connect({
					...(options as ConnectionOptions),
					host,
					port: 443,
					servername: name
				});
			} catch (error) {
				reason = error;
			}
		}
		throw reason;
	}
}

/** By the system's resolver, IPv4 first: a machine may have addresses of the other kind and no way there. */
export const resolveName: Resolve = async (name) => {
	const all = await lookup(name, { all: true });
	return all.sort((a, b) => a.family - b.family).map(({ address }) => address);
};

export const connectTls: Connect = (to) =>
	new Promise((resolve, reject) => {
		const socket = connect(to);
		const late = setTimeout(() => socket.destroy(new Error('late')), CONNECTED_WITHIN_MS);
		socket.once('secureConnect', () => {
			clearTimeout(late);
			socket.removeListener('error', reject);
			resolve(socket);
		});
		socket.once('error', reject);
		socket.once('close', () => {
			clearTimeout(late);
			reject(new Error('closed'));
		});
	});
