/** What another app has shared with Heed becomes a draft of whoever is at work here. */
import { recall, recallBytes } from '../crypto/vault';
import type { Draft } from '../domain/draft';
import type { Id } from '../domain/id';
import { Shared, SHARED_WAITS, storyOf } from '../domain/shared';
import {
	dropShared,
	dropSharedUntil,
	getShared,
	LARGEST_SHARED,
	sharedTimes,
	type SharedRow
} from '../store/shared';
import { draft, newDraft, saveDraft, type Kept } from './drafts';
import { attach, attachFile, attachVoice, type AttachError, type PhotoError } from './pictures';

/** A file that did not come along, and why. */
export type Left = { name: string } & (
	{ as: 'photo'; kind: PhotoError['kind'] } | { as: 'file'; kind: AttachError['kind'] }
);
export type Taken = { drafts: Id[]; left: Left[] };

/** When something was shared (ms) that nobody has taken in yet, the newest last. */
export const waitingShares = sharedTimes;

/** All of it becomes drafts, the newest last; durable when it resolves. What fails stays for the next time. */
export const takeShares = (): Promise<Taken> =>
	navigator.locks.request('heed-shared', async () => {
		const taken: Taken = { drafts: [], left: [] };
		for (const at of await sharedTimes()) {
			const row = await getShared(at);
			if (!row) continue;
			const { kept, left } = await takeIn(row);
			await dropShared(at);
			if (kept) taken.drafts.push(row.id);
			taken.left.push(...left);
		}
		return taken;
	});

/** Nobody here wants it. */
export const dropShares = (): Promise<unknown> => dropSharedUntil(Date.now());

/** Nobody has taken it in for seven days: then it goes for good. */
export const clearShares = (): Promise<unknown> => dropSharedUntil(Date.now() - SHARED_WAITS);

async function takeIn(row: SharedRow): Promise<{ kept: boolean; left: Left[] }> {
	const { id, key, box, files } = row;
	const shared = Shared.parse(await recall(key, box, `shared|${id}`));
	const begun = await begin(id);
	if (!begun) return { kept: true, left: [] };
	const words = begun.version === 0 ? storyOf(shared) : begun.draft.story;
	const { kept } = await saveDraft(begun, { ...begun.draft, story: words });
	const into: Draft = { ...kept.draft, photos: [], files: [] };
	const left: Left[] = [];
	for (const [at, { name, type, size }] of shared.files.entries()) {
		const sealed = files[at];
		const bytes = sealed && (await recallBytes(key, sealed, `shared|${id}|${at}`));
		const absent = size > LARGEST_SHARED ? 'too_large' : 'no_space';
		const refusal = bytes
			? await handOn(into, new File([bytes], name, { type }))
			: ({ name, as: 'file', kind: absent } as const);
		if (refusal) left.push(refusal);
	}
	const done = await saveDraft(kept, into);
	return { kept: done.kept.version > 0, left };
}

/** A draft under this id: the one that was begun when this was interrupted, or null where that was finished. */
async function begin(id: Id): Promise<Kept | null> {
	const known = await draft(id);
	if (known === 'gone') {
		const made = await newDraft();
		return { ...made, draft: { ...made.draft, id } };
	}
	if (typeof known !== 'object' || !('draft' in known)) return null;
	return known.draft.photos.length + known.draft.files.length === 0 ? known : null;
}

/**
 * Gives a file to what takes its kind, or says why that did not. Of how many there may be the form speaks: here none is
 * left behind for that.
 */
async function handOn(into: Draft, file: File): Promise<Left | null> {
	const { name, type } = file;
	if (type.startsWith('image/')) {
		const photo = await attach(into.id, file);
		if (!photo.ok) return { name, as: 'photo', kind: photo.error.kind };
		into.photos.push(photo.value);
		return null;
	}
	const isSound = type.startsWith('audio/');
	const attached = await (isSound ? attachVoice(into.id, file, 0) : attachFile(into.id, file));
	if (!attached.ok) return { name, as: 'file', kind: attached.error.kind };
	// Decoded only once its header was looked at.
	const { value } = attached;
	into.files.push(value.kind === 'voice' ? { ...value, seconds: await secondsOf(file) } : value);
	return null;
}

/** How long it takes to hear; 0 where the browser cannot tell. */
function secondsOf(sound: Blob): Promise<number> {
	const url = URL.createObjectURL(sound);
	return new Promise<number>((resolve) => {
		const player = new Audio(url);
		player.onloadedmetadata = () => resolve(player.duration);
		player.onerror = () => resolve(0);
		setTimeout(resolve, PATIENCE, 0);
	})
		.then((seconds) => (Number.isFinite(seconds) ? Math.round(seconds) : 0))
		.finally(() => URL.revokeObjectURL(url));
}

/** ms */
const PATIENCE = 2_000;
