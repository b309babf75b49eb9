/** What is not sent yet. Only WebCrypto and IndexedDB: this must load fast and work with no network at all. */
import { keep, recall } from '../crypto/vault';
import { emptyDraft, isBlank, said } from '../domain/blank';
import type { Draft } from '../domain/draft';
import type { Id } from '../domain/id';
import { newId } from '../domain/new-id';
import { putDraft, type DraftRow } from '../store/person';
import { withRoom } from '../store/room';
import { device, deviceKey, here, type Here } from './here';

/** `opening`: the first words, null while locked. `updated` in ms. */
export type DraftLine = { id: Id; opening: string | null; updated: number } & Pick<Draft, 'type' | 'team'>;
/** What a form builds on: the words, and which writing of them. Version 0 is not kept yet. */
export type Kept = { draft: Draft; version: number };
/** Where a draft is instead of here; `sent`: an alert, in that case. */
export type Absent = 'locked' | 'discarded' | 'gone' | { sent: Id };
/**
 * `from`: these words would have gone over others, and are a draft of their own now. Its pictures have new names, or none
 * where they could not be read.
 */
export type Saved = { kept: Kept; from?: { id: Id; sent: Id | null; files: Map<Id, Id | null> } };

export async function drafts(): Promise<DraftLine[]> {
	const now = await here();
	const rows = (await now?.store.drafts.toArray()) ?? [];
	const shown = rows.filter(({ dropped }) => dropped === 0).sort((a, b) => b.updated - a.updated);
	return Promise.all(
		shown.map(async (row) => {
			const draft = await read(row);
			const { story, type, team } = draft ?? { story: null, type: '' as const, team: '' };
			return { id: row.id, opening: story?.slice(0, 120) ?? null, type, team, updated: row.updated };
		})
	);
}

/** For the only team there is, or for none yet. Nothing is stored until something is said. */
export async function newDraft(): Promise<Kept> {
	const teams = (await device.get('facts'))?.teams ?? [];
	const [only] = teams.length === 1 ? teams : [];
	return { draft: emptyDraft(freshId(), only?.id ?? ''), version: 0 };
}

/** Whether whoever writes here wants all questions on one page. */
export const writesWhole = async (): Promise<boolean> => (await device.get('whole')) ?? false;
export const writeWhole = (isWhole: boolean): Promise<void> => device.set('whole', isWhole);

export async function draft(id: Id): Promise<Kept | Absent> {
	const now = await here();
	const row = await now?.store.drafts.get(id);
	if (!now || !row) {
		const sent = await now?.store.sent.get(id);
		return sent ? { sent: sent.case } : 'gone';
	}
	const draft = await read(row);
	// What was emptied is no longer listed, and can be written in all the same.
	if (row.dropped > 0 && !(draft && isBlank(draft))) return 'discarded';
	return draft ? { draft, version: row.version } : 'locked';
}

/** What became of a draft elsewhere since these words; null while nothing did. */
export async function draftNews({ draft: { id }, version }: Kept): Promise<Kept | Absent | null> {
	const now = await here();
	if (!now || version === 0) return null;
	return (await now.store.drafts.get(id))?.version === version ? null : draft(id);
}

/**
 * Durable when it resolves: over what was kept, or beside what another tab has made of that meanwhile. Words that are only
 * older than those are not kept again.
 */
export async function saveDraft(kept: Kept, draft: Draft): Promise<Saved> {
	const isTyped = said(draft) !== said(kept.draft);
	const blank = isBlank(draft);
	if ((!isTyped && draft.team === kept.draft.team) || (blank && kept.version === 0)) return { kept };
	const now = await here();
	if (!now) throw new Error('nobody is at work here');
	const { id } = draft;
	const { key, by } = await writingKey(now);
	const box = await keep(key, draft, `draft|${id}`);
	const updated = Date.now();
	const row = { id, updated, dropped: blank ? updated : 0, box, by };
	const done = await withRoom(now.store, () => putDraft(now.store, row, kept.version));
	if (done === 'kept') return { kept: { draft, version: kept.version + 1 } };
	if (!isTyped || blank) return { kept };
	return (await import('./apart')).keepApart(draft);
}

export const discardDraft = (id: Id): Promise<void> => setDropped(id, Date.now());
export const restoreDraft = (id: Id): Promise<void> => setDropped(id, 0);

async function setDropped(id: Id, dropped: number): Promise<void> {
	const now = await here();
	await now?.store.drafts.where({ id }).modify((row) => {
		row.dropped = dropped;
		row.version += 1;
	});
}

/** Null while it lies under a vault that is locked, or is not here; and where a newer app has said what this one cannot. */
export async function read({ id, box, by }: DraftRow): Promise<Draft | null> {
	const key = await readingKey(by);
	if (!key) return null;
	// The schema's library loads only where there is something to read.
	const { Draft } = await import('../domain/draft');
	return Draft.safeParse(await recall(key, box, `draft|${id}`)).data ?? null;
}

/** The vault's, or the device's own while locked. */
export async function writingKey({ vault }: Here): Promise<{ key: CryptoKey; by: 'vault' | 'device' }> {
	return vault ? { key: vault, by: 'vault' } : { key: await deviceKey(), by: 'device' };
}

/** What was begun while locked can be read on until the next unlocking, as the page that writes it needs to. */
export async function readingKey(by: 'vault' | 'device'): Promise<CryptoKey | null> {
	return by === 'device' ? deviceKey() : ((await here())?.vault ?? null);
}

export const freshId = (): Id => newId((bytes) => crypto.getRandomValues(bytes));
