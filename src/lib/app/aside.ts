/**
 * Drafts and half-said words under a vault that opens no more, since new keys came: kept aside until the old passphrase
 * comes back.
 */
import { derive } from '../crypto/passphrase';
import { stretchApart } from '../crypto/stretch-apart';
import { keep, keepBytes, recall, recallBytes, type Box } from '../crypto/vault';
import { together, type Begun } from '../domain/begun';
import { fail, ok, type Result } from '../domain/result';
import type { Store } from '../store/person';
import { openVault } from '../sync/account';
import { freshId } from '../sync/outgoing';
import { begun, keepBegun, open } from './begun';
import { device, unlocked } from './here';
import { takeTry } from './tries';

/** Makes room for a new vault. What was opened or fetched under the old one comes again from the server. */
export async function setAside(store: Store, vault: Box): Promise<void> {
	await store.transaction('rw', store.tables, async () => {
		const drafts = await store.drafts.filter(({ by }) => by === 'vault').toArray();
		const pictures = await store.pictures.filter(({ by }) => by === 'vault').toArray();
		const begun = await store.begun.toArray();
		if (drafts.length + begun.length > 0)
			await store.aside.put({ id: freshId(), vault, drafts, pictures, begun });
		await store.drafts.bulkDelete(drafts.map(({ id }) => id));
		await store.pictures.bulkDelete(pictures.map(({ file }) => file));
		for (const table of [store.begun, store.opened, store.summaries, store.identities, store.files])
			await table.clear();
	});
}

/** Moves what the old passphrase opens under the vault of today. */
export async function takeUp(
	passphrase: string
): Promise<Result<undefined, { kind: 'wrong' | 'wait' | 'locked' }>> {
	const now = await unlocked();
	const account = now && (await device.account(now.session.account));
	if (!now || !account) return fail({ kind: 'locked' });
	const { store, vault } = now;
	const tried = await takeTry(account.id);
	if (!tried) return fail({ kind: 'wait' });
	const { wrap } = await derive(passphrase, account.instance, account.login, stretchApart);
	let isOpened = false;
	for (const row of await store.aside.toArray()) {
		const old = await openVault(wrap, row.vault, account.id);
		if (!old) continue;
		const drafts = await Promise.all(
			row.drafts.map(async (draft) => {
				const context = `draft|${draft.id}`;
				return {
					version: draft.updated,
					...draft,
					box: await keep(vault, await recall(old, draft.box, context), context)
				};
			})
		);
		const pictures = await Promise.all(
			row.pictures.map(async (picture) => {
				const context = `picture|${picture.file}`;
				return {
					...picture,
					box: await keepBytes(vault, await recallBytes(old, picture.box, context), context)
				};
			})
		);
		for (const { id, box } of row.begun ?? []) await beginAgain(id, await open(old, id, box));
		await store.transaction('rw', store.aside, store.drafts, store.pictures, async () => {
			await store.drafts.bulkPut(drafts);
			await store.pictures.bulkPut(pictures);
			await store.aside.delete(row.id);
		});
		isOpened = true;
	}
	if (!isOpened) return fail({ kind: 'wrong' });
	await tried.succeeded();
	return ok(undefined);
}

/** With what was begun there since. */
async function beginAgain(id: string, old: Begun): Promise<void> {
	for (let half = await begun(id); half;) {
		const done = await keepBegun(id, half.words ? together(old, half.words) : old, half.at);
		half = !done.ok && done.error.kind === 'changed' ? done.error.by : null;
	}
}
