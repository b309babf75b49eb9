/** A real server with the named people on it, an operator who may look past all rules, and the names of rows. */
import * as w from '../contract/world';
import { aLine, ask, type Person } from './line';
import { formOf } from './made';

type Row = Record<string, unknown>;

/** A row by its name, the one by which the expectation speaks of it. */
export interface Known {
	collection: string;
	name: string;
	id: string;
}

/** What everything else is set up with. */
export type Ground = Awaited<ReturnType<typeof breakGround>>;

/** Starts the server; whoever calls it stops it. */
export async function breakGround() {
	// As many interpreters as PocketBase has by itself: more are asked for here than elsewhere.
	const world = await w.makeWorld({ hooksPool: 15 });
	const { id, token } = await w.anOperator(world.server);
	const operator: Person = { who: 'operator', id, token, line: aLine(world.server.url, 0) };
	/** By id. */
	const rows = new Map<string, Known>();

	const must = async (method: string, path: string, body?: unknown): Promise<Row> => {
		const answer = await ask(operator, method, path, body);
		if (answer.status >= 300) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
		return answer.body;
	};
	const url = (collection: string, id = '') =>
		`/api/collections/${collection}/records/${id}`.replace(/\/$/, '');
	const know = (collection: string, name: string, id: string): string => {
		rows.set(id, { collection, name, id });
		return id;
	};
	const put = async (collection: string, row: Row, bytes?: Uint8Array<ArrayBuffer>): Promise<string> => {
		await must('POST', url(collection), bytes ? formOf(row, bytes) : row);
		return row.id as string;
	};

	return {
		world,
		operator,
		rows,
		must,
		know,
		/** Makes a row past all rules. */
		put,
		/** The same, of one that has a name. */
		add: async (
			collection: string,
			name: string,
			row: Row,
			bytes?: Uint8Array<ArrayBuffer>
		): Promise<string> => know(collection, name, await put(collection, row, bytes)),
		patch: (collection: string, id: string, body: Row): Promise<Row> =>
			must('PATCH', url(collection, id), body),
		/** Takes a row away, where it is. */
		drop: async (collection: string, id: string): Promise<void> => {
			const { status } = await ask(operator, 'DELETE', url(collection, id));
			if (status !== 204 && status !== 404) throw new Error(`${collection} ${id} stays: ${status}`);
		},
		/** Every row of a collection, as the server keeps it. */
		all: async (collection: string): Promise<Row[]> =>
			(await must('GET', `${url(collection)}?perPage=1000&skipTotal=1`)).items as Row[]
	};
}
