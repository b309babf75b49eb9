/** Briefs of many cases: from their summaries where nothing has changed since, else of all their entries. */
import { keep, recall } from '../crypto/vault';
import { brief, Brief, isStillHeard, summaryContext } from '../domain/brief';
import type { Ring } from '../domain/holders';
import type { Id } from '../domain/id';
import { newId } from '../domain/new-id';
import type { Case } from '../domain/records';
import { voicesBy } from '../domain/referring';
import type { Store, SummaryRow } from '../store/person';
import { claimSummaries, keepSummaries, trustSummaries } from '../store/summaries';
import { device, type Here } from './here';
import { foldOf } from './referrals';

/** While locked they say what is seen from outside, and nothing is kept of it. */
export async function briefs(cases: readonly Routed[], now: Here): Promise<ReadonlyMap<Id, Brief>> {
	const { store, vault } = now;
	const keeps = vault !== null && (await trustSummaries(store));
	const rolls = await device.rolls();
	const found = new Map(keeps ? await kept(cases, store, vault, rolls) : []);
	const missing = cases.filter(({ id }) => !found.has(id));
	for (let at = 0; at < missing.length; at += TOGETHER) {
		const some = missing.slice(at, at + TOGETHER);
		const made = keeps ? await makeAndKeep(some, { ...now, vault }, rolls) : await make(some, now, rolls);
		for (const [id, one] of made) found.set(id, one);
	}
	return found;
}

type Routed = Pick<Case, 'id' | 'team'>;
type Made = readonly (readonly [Id, Brief])[];

/** So many that the screen is not kept waiting in between. */
const TOGETHER = 10;
const OPENED_TOGETHER = 50;
/** From so many on it is quicker to read all there are than to ask for each. */
const MANY = 30;

/** Opened once, and forgotten with the key: who locks leaves nothing of it. */
const memories = new WeakMap<CryptoKey, Map<Id, { mark: string; one: Brief }>>();

async function kept(
	cases: readonly Routed[],
	{ summaries }: Store,
	vault: CryptoKey,
	rolls: Ring['rolls']
): Promise<Made> {
	const wanted = new Map(cases.map(({ id, team }) => [id, team]));
	const all = cases.length > MANY ? await summaries.toArray() : await summaries.bulkGet([...wanted.keys()]);
	const rows = all.flatMap((row) => (row?.box && wanted.has(row.id) ? [{ ...row, box: row.box }] : []));
	const memory = memoryOf(vault);
	const found: [Id, Brief][] = [];
	for (let at = 0; at < rows.length; at += OPENED_TOGETHER) {
		const some = rows.slice(at, at + OPENED_TOGETHER);
		const opened = await Promise.all(
			some.map(async ({ id, mark, box }) => {
				const known = memory.get(id);
				return known?.mark === mark ? known.one : openBrief(vault, id, box);
			})
		);
		for (const [nth, { id, mark }] of some.entries()) {
			const one = opened[nth];
			if (!one || !isStillHeard(one, voicesBy(rolls, wanted.get(id) ?? ''))) continue;
			memory.set(id, { mark, one });
			found.push([id, one]);
		}
	}
	return found;
}

/** Null where it was made by another version, or under a vault that is no more: then it is made again. */
async function openBrief(vault: CryptoKey, id: Id, box: Required<SummaryRow>['box']): Promise<Brief | null> {
	const inside = await recall(vault, box, summaryContext(id)).catch(() => null);
	return Brief.safeParse(inside).data ?? null;
}

async function makeAndKeep(
	cases: readonly Routed[],
	now: Here & { vault: CryptoKey },
	rolls: Ring['rolls']
): Promise<Made> {
	const { store, vault } = now;
	const mark = newId((bytes) => crypto.getRandomValues(bytes));
	await claimSummaries(
		store,
		cases.map(({ id }) => id),
		mark
	);
	const made = await make(cases, now, rolls);
	const rows = await Promise.all(
		made.map(async ([id, one]) => ({ id, mark, box: await keep(vault, one, summaryContext(id)) }))
	);
	const done = new Set((await keepSummaries(store, rows)).map(({ id }) => id));
	const memory = memoryOf(vault);
	for (const [id, one] of made) if (done.has(id)) memory.set(id, { mark, one });
	return made;
}

const make = (cases: readonly Routed[], now: Here, rolls: Ring['rolls']): Promise<Made> =>
	Promise.all(
		cases.map(async (row) => [row.id, brief(await foldOf(row, now, rolls), now.session.account)] as const)
	);

function memoryOf(vault: CryptoKey): Map<Id, { mark: string; one: Brief }> {
	const memory = memories.get(vault) ?? new Map<Id, { mark: string; one: Brief }>();
	memories.set(vault, memory);
	return memory;
}
