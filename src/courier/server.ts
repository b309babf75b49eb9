/** All that the courier asks of the server: what is to be sent, and that it is told what became of it. */
import { Leased, type Lease, type Settlement } from '../lib/domain/notice';
import type { Settings } from './settings';

/** The server does not take the courier, or nobody answers. Both are tried again. */
export type Trouble = 'refused' | 'unreachable';

/** `unreadable`: ids of rows of which this courier understands nothing else. */
export type Batch = { leased: Leased[]; unreadable: string[]; wait: number | null };

export type Server = {
	lease: (ask: Lease) => Promise<Batch | Trouble>;
	settle: (settlement: Settlement) => Promise<'accepted' | Trouble>;
};

const ANSWER_WITHIN_MS = 10_000;

export function serverAt(
	{ HEED_URL, HEED_COURIER_SECRET }: Pick<Settings, 'HEED_URL' | 'HEED_COURIER_SECRET'>,
	within = ANSWER_WITHIN_MS
): Server {
	return {
		lease: async (ask) => {
			const said = await say('lease', ask);
			return typeof said === 'string' ? said : (batchOf(said.json) ?? 'refused');
		},
		settle: async (settlement) => {
			const said = await say('settle', settlement);
			return typeof said === 'string' ? said : 'accepted';
		}
	};

	async function say(what: 'lease' | 'settle', body: object): Promise<{ json: unknown } | Trouble> {
		const over = new AbortController();
		// Not by `AbortSignal.timeout`: Node clears away a deadline that nothing else holds, and then it never comes.
		const deadline = setTimeout(() => over.abort(), within);
		try {
			const response = await fetch(`${HEED_URL}/api/heed/courier/${what}`, {
				method: 'POST',
				headers: { 'Content-Type': 'application/json', 'X-Heed-Courier': HEED_COURIER_SECRET },
				body: JSON.stringify(body),
				redirect: 'manual',
				signal: over.signal
			});
			const text = await response.text();
			if (response.ok) return { json: text === '' ? null : JSON.parse(text) };
			return response.status >= 500 ? 'unreachable' : 'refused';
		} catch {
			return 'unreachable';
		} finally {
			clearTimeout(deadline);
		}
	}
}

/** Row by row: one that is not understood must not hold up the others. */
function batchOf(json: unknown): Batch | null {
	const { leased: rows, wait } = Object(json) as { leased?: unknown; wait?: unknown };
	if (!Array.isArray(rows)) return null;
	const batch: Batch = { leased: [], unreadable: [], wait: typeof wait === 'number' ? wait : null };
	for (const row of rows as unknown[]) {
		const read = Leased.safeParse(row);
		if (read.success) batch.leased.push(read.data);
		else {
			const { id } = Object((Object(row) as { nudge?: unknown }).nudge) as { id?: unknown };
			if (typeof id === 'string') batch.unreadable.push(id);
		}
	}
	return batch;
}
