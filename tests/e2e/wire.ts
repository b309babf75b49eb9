/** A way to the server on which all that comes back from it is kept, byte for byte, for whoever uses this address. */
import { createServer, request as ask } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Collection, Row } from '../../src/lib/domain/records';

export type Wire = {
	url: string;
	/** What the server has answered, the bell's line too, one piece an answer; files of the app itself are left out. */
	heard: () => Buffer[];
	/** The newest state of each row that came by a pull. */
	rows: <C extends Collection>(collection: C) => Row<C>[];
	close: () => Promise<void>;
};

type Page = { rows: Record<string, { id: string; rev: number }[] | undefined> };

export async function openWire(to: string): Promise<Wire> {
	const answers: Buffer[][] = [];
	const pages: Page[] = [];
	const proxy = createServer((incoming, outgoing) => {
		const path = incoming.url ?? '/';
		const isApi = path.startsWith('/api/');
		// Unpacked, so that words can be looked for in it.
		const headers = { ...incoming.headers, ...(isApi && { 'accept-encoding': 'identity' }) };
		const forwarded = ask(new URL(path, to), { method: incoming.method, headers }, (answer) => {
			outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
			answer.pipe(outgoing);
			if (!isApi) return;
			const chunks: Buffer[] = [];
			answers.push(chunks);
			answer.on('data', (chunk: Buffer) => chunks.push(chunk));
			if (path.startsWith('/api/heed/pull') && answer.statusCode === 200)
				answer.on('end', () => pages.push(JSON.parse(Buffer.concat(chunks).toString()) as Page));
		});
		forwarded.on('error', () => outgoing.destroy());
		outgoing.on('close', () => forwarded.destroy());
		incoming.pipe(forwarded);
	});
	await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
		heard: () => answers.map((chunks) => Buffer.concat(chunks)),
		rows: (collection) => {
			const newest = new Map<string, { id: string; rev: number }>();
			for (const row of pages.flatMap(({ rows }) => rows[collection] ?? []))
				if (row.rev >= (newest.get(row.id)?.rev ?? 0)) newest.set(row.id, row);
			return [...newest.values()] as never[];
		},
		close: async () => {
			proxy.closeAllConnections();
			await new Promise((resolve) => proxy.close(resolve));
		}
	};
}
