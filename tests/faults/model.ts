/** The server as the devices know it: what `pb_hooks` and PocketBase do, and nothing of how. */
import type { Write } from '../../src/lib/domain/outbox';

type Row = Record<string, unknown> & { id: string; rev: number };
export type Answer = { status: number; body: unknown };

const PAGE = 12;

export class Model {
	rev = 0;
	/** Collections by name, rows by id. What is in them survives everything. */
	readonly rows = new Map<string, Map<string, Row>>();
	/** How long parts are, by id. */
	readonly sizes = new Map<string, number>();
	/** Tokens by device; only the newest counts. */
	readonly tokens = new Map<string, string>();
	readonly bells = new Set<() => void>();
	/** It knows more than the app: a newer version was deployed. */
	isNewer = false;
	#tokens = 0;

	signIn(device: string): string {
		const token = `token-of-${device}-${this.#tokens++}-long-enough`;
		this.tokens.set(device, token);
		return token;
	}

	table(name: string): Map<string, Row> {
		const table = this.rows.get(name);
		if (table) return table;
		const made = new Map<string, Row>();
		this.rows.set(name, made);
		return made;
	}

	answer(device: string, method: string, url: URL, token: string, body: FormData | null): Answer {
		const isIn = token === this.tokens.get(device);
		const path = url.pathname;
		if (path === '/api/sign-in') return { status: 200, body: { token: this.signIn(device) } };
		if (path === '/api/heed/pull')
			return isIn ? this.#pull(Number(url.searchParams.get('since'))) : refusal(401);
		// As PocketBase: who has no valid token is nobody, and nobody may do nothing.
		if (path.endsWith('/auth-refresh')) return isIn ? { status: 200, body: { token } } : refusal(401);
		if (path === '/api/batch' && body) return isIn ? this.#batch(body) : refusal(400);
		if (path.endsWith('/blobs/records') && body) return isIn ? this.#part(body) : refusal(400);
		const [, collection, id] = /^\/api\/collections\/(\w+)\/records\/(\w+)$/.exec(path) ?? [];
		const row = method === 'GET' && isIn ? this.table(collection ?? '').get(id ?? '') : undefined;
		return row ? { status: 200, body: row } : refusal(404);
	}

	#batch(form: FormData): Answer {
		const asked = JSON.parse(form.get('@jsonPayload') as string) as { requests: Asked[] };
		const staged: [string, Row][] = [];
		const has = (name: string, id: unknown): boolean =>
			this.table(name).has(String(id)) || staged.some(([at, row]) => at === name && row.id === id);
		for (const request of asked.requests) {
			const write = writeOf(request);
			const isNew = write.verb === 'create';
			const { collection, id, body } = write;
			if (isNew === has(collection, id))
				return {
					status: 400,
					body: refused({
						requests: { 0: { response: { data: { id: { code: 'validation_not_unique' } } } } }
					})
				};
			if (collection === 'entries' && !(has('cases', body.case) && has('keys', body.key)))
				return refusal(400);
			if (
				['keys', 'grants'].includes(collection) &&
				!has(collection === 'keys' ? 'cases' : 'keys', body.case ?? body.key)
			)
				return refusal(400);
			staged.push([collection, { ...this.table(collection).get(id), ...body, id, rev: 0 }]);
		}
		for (const [name, row] of staged) this.#put(name, row);
		return { status: 200, body: staged.map(([, row]) => ({ status: 200, body: row })) };
	}

	#part(form: FormData): Answer {
		const fields = Object.fromEntries([...form].filter(([name]) => name !== 'part')) as Record<
			string,
			string
		>;
		const id = fields.id ?? '';
		const entry = this.table('entries').get(fields.entry ?? '');
		if (this.table('blobs').has(id) || entry?.key !== fields.key) return refusal(400);
		this.sizes.set(id, (form.get('part') as File).size);
		const numbers = { index: Number(fields.index), count: Number(fields.count) };
		const row = { ...fields, ...numbers, part: `${id}.part`, id, rev: 0 };
		this.#put('blobs', row);
		return { status: 200, body: row };
	}

	#put(name: string, row: Row): void {
		const created = name === 'cases' || name === 'entries' ? { created: '2026-11-21 12:00:00.000Z' } : {};
		const known = this.table(name).get(row.id);
		this.table(name).set(row.id, { ...known, ...row, ...created, rev: ++this.rev });
		for (const ring of this.bells) ring();
	}

	#pull(since: number): Answer {
		const all = [...this.rows].flatMap(([name, table]) => [...table.values()].map((row) => ({ name, row })));
		const newer = all.filter(({ row }) => row.rev > since).sort((a, b) => a.row.rev - b.row.rev);
		const page = newer.slice(0, PAGE);
		const more = newer.length > page.length;
		const rows: Record<string, unknown[]> = {};
		for (const { name, row } of page) (rows[name] ??= []).push(this.isNewer ? { ...row, novelty: 1 } : row);
		if (this.isNewer) rows.novelties = [{ id: 'novelty00000000', rev: 1 }];
		return { status: 200, body: { upto: more ? page.at(-1)?.row.rev : this.rev, more, rows } };
	}
}

type Asked = { method: string; url: string; body: Record<string, unknown> };

function writeOf({ method, url, body }: Asked): Write {
	const [, collection = '', id = ''] =
		/^\/api\/collections\/(\w+)\/records(?:\/(\w+))?(?:\?|$)/.exec(url) ?? [];
	return method === 'POST'
		? { collection, id: String(body.id), verb: 'create', body }
		: { collection, id, verb: 'update', body };
}

const refused = (data: unknown) => ({ status: 400, message: 'Refused.', data });
const refusal = (status: number): Answer => ({ status, body: { ...refused({}), status } });
