/** What becomes of drafts when nobody is writing in them. */
import { keep, keepBytes } from '../crypto/vault';
import { dropDraft } from '../store/person';
import { read } from './drafts';
import { here, unlocked } from './here';
import { pictureBytes } from './pictures';

/** What was begun while locked moves under the vault, so that it can no longer be read without the passphrase. */
export async function adoptDrafts(): Promise<void> {
	const now = await unlocked();
	if (!now) return;
	const begun = (await now.store.drafts.toArray()).filter(({ by }) => by === 'device');
	for (const row of begun) {
		const draft = await read(row);
		const box = draft && (await keep(now.vault, draft, `draft|${row.id}`));
		// Only where nothing was typed meanwhile: the newer words win, and are adopted the next time.
		const same = now.store.drafts.where({ id: row.id }).filter(({ version }) => version === row.version);
		if (box) await same.modify({ box, by: 'vault' });
	}
	for (const row of (await now.store.pictures.toArray()).filter(({ by }) => by === 'device')) {
		const picture = await pictureBytes(row.file);
		if (!picture) continue;
		const box = await keepBytes(now.vault, picture.bytes, `picture|${row.file}`);
		await now.store.pictures.update(row.file, { box, by: 'vault' });
	}
}

/** Discarding can be undone for a day; then the draft goes for good. */
export async function clearDropped(): Promise<void> {
	const now = await here();
	const old = (await now?.store.drafts.toArray()) ?? [];
	for (const { id, dropped } of old) {
		if (now && dropped > 0 && dropped < Date.now() - 86_400_000) await dropDraft(now.store, id);
	}
}
