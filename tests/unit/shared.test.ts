/** What another app shares: put away by the service worker, taken in by whoever is at work. */
import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { draft, saveDraft, type Kept } from '../../src/lib/app/drafts';
import { device, storeOf } from '../../src/lib/app/here';
import { clearShares, dropShares, takeShares, waitingShares } from '../../src/lib/app/shared';
import type { Encoded } from '../../src/lib/picture/encode';
import { fail, ok } from '../../src/lib/domain/result';
import { storyOf } from '../../src/lib/domain/shared';
import {
	dropSharedUntil,
	getShared,
	LARGEST_SHARED,
	putShared,
	sharedTimes
} from '../../src/lib/store/shared';
import { takeShares as listen } from '../../src/service-worker/share';
import { idOf } from './people';

vi.mock('../../src/lib/app/held', () => ({ vaultOf: () => Promise.resolve(null) }));
vi.mock('../../src/lib/picture/encode-apart', () => ({
	encodeApart: ({ type }: File) =>
		type.startsWith('image/')
			? ok({ bytes: new Uint8Array([1, 2, 3]), type: 'image/webp', width: 1, height: 1 } satisfies Encoded)
			: fail({ kind: 'not_picture' })
}));

const ANA = idOf('ana');
const WORDS = { title: 'Match report', text: 'They chant it again.', url: 'https://news.example/match' };
const STORY = 'Match report\nThey chant it again.\nhttps://news.example/match';
const picture = (name = 'stand.jpg') => new File(['picture'], name, { type: 'image/jpeg' });
const pdf = new File(['%PDF-1.7 minutes'], 'note.pdf', { type: 'application/pdf' });

beforeEach(async () => {
	class Player {
		duration = 7.2;
		set onloadedmetadata(heard: () => void) {
			setTimeout(heard);
		}
	}
	vi.stubGlobal('Audio', Player);
	const locks = { request: (_: string, act: () => unknown) => Promise.resolve(act()) };
	vi.stubGlobal('navigator', { locks });
	await device.set('session', { account: ANA, token: '', reached: Date.now(), latest: Date.now() });
});
afterEach(async () => {
	vi.restoreAllMocks();
	await dropSharedUntil(Infinity);
	await Promise.all(storeOf(ANA).tables.map((table) => table.clear()));
});

/** The worker's answer to a request; undefined where it leaves it to others. */
async function ask(path: string, init?: RequestInit): Promise<Response | undefined> {
	let answer: Promise<Response> | undefined;
	listen({
		addEventListener: (_: string, listener: (event: object) => void) =>
			listener({
				request: new Request(`https://heed.example${path}`, init),
				respondWith: (promise: Promise<Response>) => (answer = promise)
			})
	} as unknown as ServiceWorkerGlobalScope);
	return answer;
}

function form(values: Record<string, string>, files: File[] = []): FormData {
	const filled = new FormData();
	for (const [name, value] of Object.entries(values)) filled.append(name, value);
	for (const file of files) filled.append('files', file);
	return filled;
}

const share = (values: Record<string, string>, files: File[] = []) =>
	ask('/share', { method: 'POST', body: form(values, files) });

async function kept(id = ''): Promise<Kept> {
	const found = await draft(id);
	if (typeof found === 'string' || 'sent' in found) throw new Error(`no draft ${id}`);
	return found;
}

test('nothing that was shared is left out of the story, and what is said twice stands there once', () => {
	expect(storyOf(WORDS)).toBe(STORY);
	expect(storyOf({ title: 'A', text: 'A', url: 'A' })).toBe('A');
	expect(storyOf({ title: 'Post', text: 'Post: look https://x.example', url: 'https://x.example' })).toBe(
		'Post: look https://x.example'
	);
	expect(storyOf({ title: ' ', text: '', url: '' })).toBe('');
	fc.assert(
		fc.property(fc.string(), fc.string(), fc.string(), (title, text, url) => {
			const story = storyOf({ title, text, url });
			for (const words of [title, text, url]) expect(story).toContain(words.trim());
			expect(story.length).toBeLessThanOrEqual(title.length + text.length + url.length + 2);
		})
	);
});

test('what is shared is put away, and leads to its page by an address that says nothing', async () => {
	const answer = await share(WORDS, [picture()]);
	expect(answer?.status).toBe(303);
	expect(answer?.headers.get('Location')).toBe('https://heed.example/share');
	const [at = 0] = await sharedTimes();
	const row = await getShared(at);
	expect(row?.key.extractable).toBe(false);
	const lies = [row?.box, ...(row?.files ?? [])].map((box) => Buffer.from(box ?? []).toString('latin1'));
	expect(lies).toHaveLength(2);
	for (const words of [...Object.values(WORDS), 'stand.jpg', 'picture']) {
		expect(lies.join('|')).not.toContain(words);
	}
});

test('no other address and no other request is taken', async () => {
	expect(await ask('/share')).toBeUndefined();
	expect(await ask('/api/share', { method: 'POST', body: form(WORDS) })).toBeUndefined();
	expect(await ask('/', { method: 'POST', body: form(WORDS) })).toBeUndefined();
	expect(await waitingShares()).toEqual([]);
});

test('it becomes a draft with its words and its files, and what is none of those that are taken is said', async () => {
	const film = new File(['moov'], 'film.mp4', { type: 'video/mp4' });
	const picturish = new File(['GIF?'], 'odd', { type: '' });
	const sound = new File([Buffer.from('\0\0\0\x18ftypM4A ', 'latin1')], 'said.m4a', { type: 'audio/mp4' });
	await share(WORDS, [picture('1.jpg'), pdf, film, picturish, sound, picture('2.jpg')]);
	const { drafts, left } = await takeShares();
	expect(left.map(({ name, as, kind }) => [name, as, kind])).toEqual([
		['film.mp4', 'file', 'other'],
		['odd', 'file', 'other']
	]);
	const { draft: made } = await kept(drafts[0]);
	expect(made.story).toBe(STORY);
	expect(made.photos).toHaveLength(2);
	expect(made.files).toMatchObject([
		{ kind: 'document', name: 'note.pdf' },
		{ kind: 'voice', seconds: 7 }
	]);
	const rows = await storeOf(ANA).pictures.toArray();
	expect(rows.map(({ draft, by }) => [draft, by])).toEqual(rows.map(() => [made.id, 'device']));
	expect(rows).toHaveLength(4);
	expect(await waitingShares()).toEqual([]);
});

test('a picture alone is a draft, and what nothing can be made of is none', async () => {
	await share({}, [picture()]);
	expect((await kept((await takeShares()).drafts[0])).draft.photos).toHaveLength(1);
	await share({}, [new File(['moov'], 'film.mp4', { type: 'video/mp4' })]);
	const taken = await takeShares();
	expect(taken).toEqual({ drafts: [], left: [{ name: 'film.mp4', as: 'file', kind: 'other' }] });
	expect(await storeOf(ANA).drafts.count()).toBe(1);
});

test('a form without a file brings none', async () => {
	await share(WORDS, [new File([], '', { type: 'application/octet-stream' })]);
	expect((await takeShares()).left).toEqual([]);
});

test('taken in twice, because something came in between, it is one draft, and what was written in it stays', async () => {
	await share(WORDS, [picture()]);
	const [at = 0] = await sharedTimes();
	const row = await getShared(at);
	const first = await takeShares();
	const before = await kept(first.drafts[0]);
	await saveDraft(before, { ...before.draft, story: 'In my own words.' });
	if (row) await putShared(row);
	expect(await takeShares()).toEqual(first);
	const after = await kept(first.drafts[0]);
	expect(after.draft).toEqual({ ...before.draft, story: 'In my own words.' });
	expect(await storeOf(ANA).drafts.count()).toBe(1);
	expect(await waitingShares()).toEqual([]);
});

test('what cannot be taken in stays', async () => {
	await share(WORDS);
	await device.forget('session');
	await expect(takeShares()).rejects.toThrow('nobody is at work here');
	expect(await waitingShares()).toHaveLength(1);
});

test('without room for the files the words are kept, and the files are named', async () => {
	const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementationOnce(() => {
		throw new DOMException('full', 'QuotaExceededError');
	});
	await share(WORDS, [picture()]);
	expect(put).toHaveBeenCalledTimes(2);
	const { drafts, left } = await takeShares();
	expect((await kept(drafts[0])).draft.story).toBe(STORY);
	expect(left).toEqual([{ name: 'stand.jpg', as: 'file', kind: 'no_space' }]);
});

test('a file that is far too large is not kept, and named', async () => {
	const huge = new File([new Uint8Array(LARGEST_SHARED + 1)], 'film.jpg', { type: 'image/jpeg' });
	await share(WORDS, [huge, picture()]);
	const { drafts, left } = await takeShares();
	expect(left).toEqual([{ name: 'film.jpg', as: 'file', kind: 'too_large' }]);
	expect((await kept(drafts[0])).draft.photos).toHaveLength(1);
});

test('it waits seven days, or until somebody deletes it', async () => {
	const DAY = 86_400_000;
	const now = Date.now();
	const clock = vi.spyOn(Date, 'now');
	for (const days of [8, 6]) {
		clock.mockReturnValue(now - days * DAY);
		await share(WORDS);
	}
	clock.mockReturnValue(now);
	expect(await waitingShares()).toEqual([now - 8 * DAY, now - 6 * DAY]);
	await clearShares();
	expect(await waitingShares()).toEqual([now - 6 * DAY]);
	await dropShares();
	expect(await waitingShares()).toEqual([]);
});
