/** The model of a server at the end of a line, with all that lines and those who sit in them do. */
import type { Chance } from './chance';
import type { Device, Tab } from './device';
import { ON_THE_LINE, type Kind } from './fate';
import { makeRows, wordsOf, type Place } from './made';
import { Model, type Answer } from './model';
import type { Server } from './server';
import type { Time } from './time';

const PLACE: Place = {
	...{ author: 'author000000000', team: 'team00000000000', circle: 'circle000000000' },
	...{ recipient: 'age1pq1qqq', mayMove: true }
};

/** `fetch` is this server's from here on. */
export function modelled(time: Time, chance: Chance): Server {
	const model = new Model();
	const line: Line = { model, isUp: true };
	const addresses = new Map<string, Tab>();
	globalThis.fetch = async (input, init = {}) => {
		const url = new URL(input instanceof Request ? input.url : input);
		const tab = addresses.get(url.origin);
		// Of a tab that is gone nobody waits for an answer.
		if (!tab?.isAlive) return new Promise(() => undefined);
		// A signal that somebody listens to is kept for ever, and with it the whole schedule.
		const over = new AbortController();
		tab.onEnd(() => over.abort());
		return Promise.race([exchange(line, tab, url, init), givenUp(init.signal, over.signal)]).finally(() =>
			over.abort()
		);
	};
	const all = (name: string) => [...model.table(name).values()];
	return {
		bells: model.bells,
		address: (tab) => {
			const base = `http://${tab.device.name}-${addresses.size}.test`;
			addresses.set(base, tab);
			return base;
		},
		signIn: async (base, device) => {
			if (!base) return model.signIn(device.name);
			const answer = await fetch(`${base}/api/sign-in`, { method: 'POST' }).catch(() => null);
			if (!answer?.ok) return null;
			const body = (await answer.json().catch(() => null)) as { token?: string } | null;
			return body?.token ?? null;
		},
		make: (_: Device, words, into) => makeRows(PLACE, chance, words, into),
		kill: (ms) => {
			line.isUp = false;
			time.after(ms, () => (line.isUp = true));
		},
		deploy: () => (model.isNewer = true),
		filed: () => {
			const filed = new Map<string, string[]>();
			for (const { id, sealed } of all('entries'))
				filed.set(wordsOf(sealed), [...(filed.get(wordsOf(sealed)) ?? []), id]);
			return Promise.resolve(filed);
		},
		partsOf: (entry) => {
			const parts = all('blobs').filter((row) => row.entry === entry);
			return Promise.resolve(
				new Map(parts.map(({ id, index }) => [Number(index), model.sizes.get(id) ?? 0]))
			);
		},
		shows: () => {
			const rows = [...model.rows.keys()].map(
				(name) => [name, all(name).map(({ id, rev }) => `${id}@${rev}`)] as const
			);
			return Promise.resolve({ rows: Object.fromEntries(rows), rev: model.rev });
		},
		close: () => Promise.resolve()
	};
}

type Line = { model: Model; isUp: boolean };

async function exchange(server: Line, tab: Tab, url: URL, init: RequestInit): Promise<Response> {
	const { world } = tab.device;
	const { chance } = world;
	const kind = world.fate.at(ON_THE_LINE);
	const travel = (): Promise<void> => tab.wait(10 + chance.below(150));
	const token = new Headers(init.headers).get('Authorization') ?? '';
	const body = init.body instanceof FormData ? init.body : null;
	// What is on its way arrives, whatever becomes of the tab.
	const arrive = (): Answer | null =>
		server.isUp ? server.model.answer(tab.device.name, init.method ?? 'GET', url, token, body) : null;

	if (kind === 'lost_request') return lose(tab);
	if (kind === 'timeout') {
		await tab.wait(90_000);
		throw new DOMException('It took too long.', 'TimeoutError');
	}
	if (kind === 'token_expired') server.model.tokens.delete(tab.device.name);
	if (kind === 'server_killed') world.strike(kind, tab);
	if (kind === 'reorder') {
		world.time.after(1_000 + chance.below(60_000), arrive);
		return lose(tab);
	}
	const made = kind && madeUp(kind);
	await travel();
	if (made) return made;
	const answer = arrive();
	if (kind === 'duplicate') world.time.after(chance.below(5_000), arrive);
	await travel();
	if (!answer || kind === 'lost_answer' || !server.isUp) return lose(tab);
	const text = JSON.stringify(answer.body);
	return new Response(kind === 'truncated' ? text.slice(0, -3) : text, {
		status: answer.status,
		headers: { 'Content-Type': 'application/json' }
	});
}

async function lose(tab: Tab): Promise<never> {
	await tab.wait(500 + tab.device.world.chance.below(5_000));
	throw new TypeError('fetch failed');
}

const givenUp = (signal: AbortSignal | null | undefined, over: AbortSignal): Promise<never> =>
	new Promise((_, reject) => {
		signal?.addEventListener('abort', () => reject(new DOMException('Given up.', 'AbortError')), {
			signal: over
		});
	});

/** Answers of somebody in between; the server never sees the request. */
function madeUp(kind: Kind): Response | null {
	const json = (status: number, headers: Record<string, string> = {}): Response =>
		new Response(JSON.stringify({ status, message: 'No.', data: {} }), {
			status,
			headers: { 'Content-Type': 'application/json', ...headers }
		});
	const page = (status: number): Response =>
		new Response('<!doctype html><title>Welcome</title>', {
			status,
			headers: { 'Content-Type': 'text/html' }
		});
	if (kind === 'page_502') return page(502);
	if (kind === 'portal_page') return page(200);
	if (kind === 'status_429') return json(429, { 'Retry-After': '120' });
	const [, status] = /^status_(\d{3})$/.exec(kind) ?? [];
	return status ? json(Number(status)) : null;
}
