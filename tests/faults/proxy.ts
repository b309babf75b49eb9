/**
 * The real server behind a proxy that misbehaves: sockets end before the request or before the answer went through, requests
 * go twice or much later, answers are cut off or somebody else's. Time stands still while a request is under way, however
 * long this machine takes for it; it passes only while the proxy keeps somebody waiting for ever.
 */
import { createServer, type IncomingMessage, type Server as Listener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { cp, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from '../../src/lib/sync/remote';
import { startServer, type Server as Process } from '../server';
import * as w from '../contract/world';
import type { Chance } from './chance';
import type { Device, Tab } from './device';
import { ON_THE_LINE, type Kind } from './fate';
import { makeRows, wordsOf } from './made';
import type { Server } from './server';
import { standStill } from './standstill';
import { during, type Time } from './time';

/** A founded server with its people, that each schedule gets a copy of. */
export type Ground = { world: w.World; operator: w.Someone };

export async function layGround(): Promise<Ground> {
	const world = await w.makeWorld();
	const operator = await w.anOperator(world.server);
	await world.server.kill();
	return { world, operator };
}

/** Two devices are Ana's, who reports; Cora and Eszter have one each. */
const WHOSE = ['ana', 'ana', 'cora', 'eszter'] as const;

type Name = (typeof WHOSE)[number];
const isOf = (device: Device): Name => WHOSE[Number(device.name.slice(1))] ?? 'ana';

export async function realServer({
	world,
	operator
}: Ground): Promise<(time: Time, chance: Chance) => Server> {
	const dataDir = await mkdtemp(join(tmpdir(), 'heed-faults-'));
	await cp(world.server.dataDir, dataDir, { recursive: true });
	const first = await startServer({ dataDir });
	const proxy = createServer();
	await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
	return (time, chance) => serve(first, proxy, { world, operator }, time, chance);
}

function serve(
	first: Process,
	proxy: Listener,
	{ world, operator }: Ground,
	time: Time,
	chance: Chance
): Server {
	let server: Process | null = first;
	const port = Number(new URL(first.url).port);
	const tabs: Tab[] = [];
	const bells = new Set<() => void>();
	const running = (): Process => {
		if (!server) throw new Error('the server is not there');
		return server;
	};
	const forward = async (asked: Asked): Promise<Answer | null> => {
		if (!server) return null;
		try {
			const response = await fetch(server.url + asked.path, { ...asked, headers: asked.headers });
			const answer = {
				status: response.status,
				headers: { 'Content-Type': response.headers.get('Content-Type') ?? '' },
				bytes: Buffer.from(await response.arrayBuffer())
			};
			if (asked.method !== 'GET' && response.ok) for (const ring of bells) ring();
			return answer;
		} catch {
			return null;
		}
	};
	proxy.on('request', (request, response) => void during(misbehave(request, response)));
	const base = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
	const { passFor } = standStill(time, base);
	const misbehave = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
		const [, nth = '', path = ''] = /^\/(\d+)(\/.*)$/.exec(request.url ?? '') ?? [];
		const tab = tabs[Number(nth)];
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(chunk as Buffer);
		const headers = { ...pick(request, 'authorization'), ...pick(request, 'content-type') };
		const body = chunks.length > 0 ? { body: new Uint8Array(Buffer.concat(chunks)) } : {};
		const asked: Asked = { method: request.method ?? 'GET', path, headers, ...body };
		const kind = tab?.device.world.fate.at(ON_THE_LINE) ?? null;
		const later = (ms: number): void => void time.after(chance.below(ms), () => void during(forward(asked)));

		if (kind === 'token_expired' && tab) await expire(isOf(tab.device));
		if (kind === 'server_killed' && tab) tab.device.world.strike(kind, tab);
		if (kind === 'reorder') later(60_000);
		if (kind === 'timeout') {
			passFor(request);
			return;
		}
		if (kind === 'lost_request' || kind === 'reorder') return void request.socket.destroy();
		const made = kind && madeUp(kind);
		const answer = made ?? (await forward(asked));
		if (kind === 'duplicate') later(5_000);
		if (!answer || kind === 'lost_answer') return void request.socket.destroy();
		response.writeHead(answer.status, { ...answer.headers, 'Content-Length': answer.bytes.length });
		if (kind !== 'truncated') return void response.end(answer.bytes);
		response.write(answer.bytes.subarray(0, -3), () => request.socket.destroy());
	};
	const expire = async (name: Name): Promise<void> => {
		if (!server) return;
		const change = { tokenKey: w.id() + w.id() + w.id() };
		await w.update(server, operator, 'users', world[name].id, change).catch(() => undefined);
	};
	const signedIn = new Map<Name, w.Someone>();
	/** Past the line; anew where the sessions of that person have ended. */
	const as = async (name: Name): Promise<w.Someone> => {
		const known = signedIn.get(name);
		if (known && (await w.pull(running(), known, 1e9)).status === 200) return known;
		const fresh = await w.signIn(running(), world[name].account);
		signedIn.set(name, fresh);
		return fresh;
	};
	const rowsOf = async (name: Name) => w.pullAll(running(), await as(name));

	return {
		bells,
		address: (tab) => `${base}/${tabs.push(tab) - 1}`,
		signIn: async (address, device) => {
			const { account } = world[isOf(device)];
			if (!address) return (await during(w.signIn(running(), account))).token;
			const answer = await connect(address).signIn(account.login, account.auth);
			return answer.ok ? answer.value.token : null;
		},
		make: (device, words, into) => {
			const name = isOf(device);
			const { team, recipient, circle } = world;
			const place = {
				author: world[name].id,
				team,
				recipient,
				circle: circle.members,
				mayMove: name !== 'ana'
			};
			return makeRows(place, chance, words, into);
		},
		kill: (ms) => {
			const dying = server;
			server = null;
			if (!dying) return;
			const dead = during(dying.kill());
			time.after(ms, () => {
				const { dataDir } = dying;
				void during(dead.then(async () => (server = await startServer({ dataDir, port }))));
			});
		},
		// What a newer server sends is played by the model; this one is only started anew.
		deploy: () => undefined,
		filed: async () => {
			const filed = new Map<string, string[]>();
			for (const { id, sealed } of (await rowsOf('cora')).rows.entries ?? []) {
				const words = wordsOf(sealed);
				filed.set(words, [...(filed.get(words) ?? []), String(id)]);
			}
			return filed;
		},
		partsOf: async (entry) => {
			const blobs = ((await rowsOf('cora')).rows.blobs ?? []).filter((row) => row.entry === entry);
			const cora = await as('cora');
			const sizes = blobs.map(async ({ id, index }) => {
				const headers = { Authorization: cora.token };
				const part = await fetch(`${running().url}/api/heed/blob/${String(id)}`, { headers });
				return [Number(index), (await part.arrayBuffer()).byteLength] as const;
			});
			return new Map(await Promise.all(sizes));
		},
		shows: async (device) => {
			if (!server) return { rows: {}, rev: -1 };
			const { rows, upto } = await rowsOf(isOf(device));
			const named = Object.entries(rows).map(
				([name, some]) => [name, some.map(({ id, rev }) => `${String(id)}@${String(rev)}`)] as const
			);
			return { rows: Object.fromEntries(named), rev: upto };
		},
		close: async () => {
			proxy.closeAllConnections();
			proxy.close();
			await server?.stop();
		}
	};
}

type Asked = {
	method: string;
	path: string;
	headers: Record<string, string>;
	body?: Uint8Array<ArrayBuffer>;
};
type Answer = { status: number; headers: Record<string, string>; bytes: Buffer };

function pick({ headers }: IncomingMessage, name: string): Record<string, string> {
	const value = headers[name];
	return typeof value === 'string' ? { [name]: value } : {};
}

function madeUp(kind: Kind): Answer | null {
	const page = (status: number): Answer => ({
		status,
		headers: { 'Content-Type': 'text/html' },
		bytes: Buffer.from('<!doctype html><title>Welcome</title>')
	});
	if (kind === 'page_502') return page(502);
	if (kind === 'portal_page') return page(200);
	const [, status] = /^status_(\d{3})$/.exec(kind) ?? [];
	if (!status) return null;
	return {
		status: Number(status),
		headers: { 'Content-Type': 'application/json', ...(status === '429' ? { 'Retry-After': '120' } : {}) },
		bytes: Buffer.from(JSON.stringify({ status: Number(status), message: 'No.', data: {} }))
	};
}
