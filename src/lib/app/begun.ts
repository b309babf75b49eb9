/**
 * What somebody began to say: under the vault's key from the first letter on, the same in every tab. It lies under the id of
 * its case and, where a form asks for it, of that form.
 */
import { keep, recall, type Box } from '../crypto/vault';
import { Begun, isBlank } from '../domain/begun';
import { fail, ok, type Result } from '../domain/result';
import { putBegun } from '../store/begun';
import { withRoom } from '../store/room';
import { unlocked } from './here';

/** `at`: which writing it is, 0 for none. */
export type Half = { words: Begun | null; at: number };

/** Null while locked. */
export async function begun(id: string): Promise<Half | null> {
	const now = await unlocked();
	const row = await now?.store.begun.get(id);
	if (!now) return null;
	return row ? { words: await open(now.vault, id, row.box), at: row.updated } : { words: null, at: 0 };
}

/** Under which of these ids something is begun. */
export async function begunAmong(ids: readonly string[]): Promise<string[]> {
	const rows = (await (await unlocked())?.store.begun.bulkGet([...ids])) ?? [];
	return rows.flatMap((row) => row?.id ?? []);
}

/**
 * Durable when it resolves: over the writing `at` that it builds on, and says which one it is now. Fails with what another
 * tab has written meanwhile. Where nothing is said, nothing is kept.
 */
export async function keepBegun(
	id: string,
	words: Begun,
	at: number
): Promise<Result<number, { kind: 'locked' } | { kind: 'changed'; by: Half }>> {
	const now = await unlocked();
	if (!now) return fail({ kind: 'locked' });
	const { store, vault } = now;
	const box = isBlank(words) ? null : await close(vault, id, words);
	const written = await withRoom(store, () => putBegun(store, id, box, at));
	if (written !== null) return ok(written);
	const by = await begun(id);
	return fail(by ? { kind: 'changed', by } : { kind: 'locked' });
}

export const close = (vault: CryptoKey, id: string, words: Begun): Promise<Box> =>
	keep(vault, words, contextOf(id));

export const open = async (vault: CryptoKey, id: string, box: Box): Promise<Begun> =>
	Begun.parse(await recall(vault, box, contextOf(id)));

const contextOf = (id: string): string => `begun|${id}`;
