/** Words that would have gone over others: nothing that was typed is overwritten in silence. */
import { keep, keepBytes } from '../crypto/vault';
import { carriedBy, renamed } from '../domain/carried';
import type { Draft } from '../domain/draft';
import type { Id } from '../domain/id';
import type { PictureRow } from '../store/person';
import { withRoom } from '../store/room';
import { freshId, writingKey, type Saved } from './drafts';
import { here } from './here';
import { pictureBytes } from './pictures';

/** Keeps them as a draft of their own, with files of its own: what happens to the other one is nothing to it. */
export async function keepApart(draft: Draft): Promise<Saved> {
	const now = await here();
	if (!now) throw new Error('nobody is at work here');
	const { store } = now;
	const id = freshId();
	const { key, by } = await writingKey(now);
	const files = new Map<Id, Id | null>();
	const pictures: PictureRow[] = [];
	for (const { file } of carriedBy(draft)) {
		const picture = await pictureBytes(file);
		// What cannot be read now stays where it was.
		files.set(file, null);
		if (!picture) continue;
		const own = freshId();
		const box = await keepBytes(key, picture.bytes, `picture|${own}`);
		files.set(file, own);
		pictures.push({ file: own, draft: id, type: picture.type, box, by });
	}
	const own = { ...draft, id, ...renamed(draft, (file) => files.get(file) ?? null) };
	const box = await keep(key, own, `draft|${id}`);
	const write = () =>
		store.transaction('rw', store.drafts, store.pictures, store.sent, async () => {
			await store.drafts.add({ id, updated: Date.now(), dropped: 0, version: 1, box, by });
			await store.pictures.bulkAdd(pictures);
			const found = await store.sent.get(draft.id);
			// Put in after it was sent: nothing else would ever take it away.
			if (found) await store.pictures.where({ draft: draft.id }).delete();
			return found;
		});
	const sent = await withRoom(store, write);
	return { kept: { draft: own, version: 1 }, from: { id: draft.id, sent: sent?.case ?? null, files } };
}
