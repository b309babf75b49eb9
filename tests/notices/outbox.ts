/** An outbox of notices behind the courier's two routes, as docs/notices.md has them, without a database. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
	Lease,
	LeaseAnswer,
	type Leased,
	MAIL,
	type NoticeKind,
	PRESSING,
	Settlement,
	type Settled
} from '../../src/lib/domain/notice';
import type { Device } from './endpoint';

export const SECRET = 'courier-secret-for-tests-and-no-more';
const LEASED_MS = 60_000;

type Row = { leased: Leased; due: number; until: number; by: string; settled: Settled[] };

export type Outbox = {
	url: string;
	rows: Map<string, Row>;
	leases: Lease[];
	put: (...leased: readonly Leased[]) => void;
	/** Of those that are not to be sent again. */
	finished: () => number;
	/** As if there had never been any. */
	forget: () => void;
	/** What the next requests are answered with instead: a status, or nothing at all. */
	trouble: (what: number | 'silent' | null) => void;
	close: () => Promise<void>;
};

export async function openOutbox({ port = 0, raw = [] as unknown[] } = {}): Promise<Outbox> {
	const rows = new Map<string, Row>();
	const leases: Lease[] = [];
	let trouble: number | 'silent' | null = null;
	let finished = 0;

	const server = createServer((request, response) => {
		let text = '';
		request.on('data', (part: Buffer) => (text += part.toString()));
		request.on('end', () => {
			const isAllowed = request.method === 'POST' && request.headers['x-heed-courier'] === SECRET;
			if (trouble === 'silent') return;
			if (trouble !== null || !isAllowed) return void response.writeHead(trouble ?? 403).end();
			if (request.url === '/api/heed/courier/lease') {
				const ask = Lease.parse(JSON.parse(text));
				leases.push(ask);
				const answer = LeaseAnswer.parse(lease(ask));
				const leased: unknown[] = [...raw.splice(0), ...answer.leased];
				response.writeHead(200, { 'content-type': 'application/json' });
				response.end(JSON.stringify({ ...answer, leased }));
			} else if (request.url === '/api/heed/courier/settle') {
				settle(Settlement.parse(JSON.parse(text)));
				response.writeHead(204).end();
			} else response.writeHead(404).end();
		});
	});

	function lease({ by, most, urgent, without }: Lease): LeaseAnswer {
		const now = Date.now();
		const isBusy = ({ leased: { by } }: Row) =>
			without.length > 0 && without.includes('push' in by ? new URL(by.push.endpoint).host : MAIL);
		const due: Row[] = [];
		for (const pressing of urgent ? [true] : [true, false]) {
			for (const row of waiting.get(pressing)?.values() ?? []) {
				if (due.length === most) break;
				if (row.due <= now && row.until <= now && !isBusy(row)) due.push(row);
			}
		}
		for (const row of due) Object.assign(row, { until: now + LEASED_MS, by });
		return { leased: due.map(({ leased }) => leased), wait: null };
	}

	function settle({ by, settled }: Settlement): void {
		for (const one of settled) {
			const row = rows.get(one.id);
			if (!row) {
				rows.set(one.id, { leased: null as never, due: 0, until: 0, by, settled: [one] });
				continue;
			}
			row.settled.push(one);
			if (row.by !== by) continue;
			if (one.did === 'wait') Object.assign(row, { due: Date.now() + one.seconds * 1000, until: 0 });
			else if (waiting.get(isPressing(row.leased.nudge.kind))?.delete(one.id)) finished++;
		}
	}

	const waiting = new Map([true, false].map((pressing) => [pressing, new Map<string, Row>()]));
	await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		rows,
		leases,
		put: (...some) => {
			for (const leased of some) {
				const row = { leased, due: 0, until: 0, by: '', settled: [] };
				rows.set(leased.nudge.id, row);
				waiting.get(isPressing(leased.nudge.kind))?.set(leased.nudge.id, row);
			}
		},
		finished: () => finished,
		forget: () => rows.clear(),
		trouble: (what) => (trouble = what),
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		}
	};
}

const isPressing = (kind: NoticeKind): boolean => PRESSING.some((one) => one === kind);

const numbered = (name: string, at: number, length: number): string =>
	name + String(at).padStart(length - name.length, '0');

/** The nth notice, for this device. */
export function pushFor({ subscription }: Device, at: number, kind: NoticeKind = 'alert'): Leased {
	const nudge: Leased['nudge'] = {
		v: 1,
		id: numbered('notice', at, 15),
		kind,
		tag: numbered('case-', at, 20),
		token: numbered('token', at, 32),
		case: numbered('case', at, 15),
		person: 'dorin0000000001'
	};
	return { nudge, seconds: 3600, by: { push: subscription } };
}
