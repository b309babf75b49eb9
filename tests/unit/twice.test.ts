/** One draft in two tabs: what was typed in either is there in the end, and it is sent once. */
import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { newDeviceKey, keepBytes } from '../../src/lib/crypto/vault';
import type { Photo } from '../../src/lib/domain/alert';
import type { Draft } from '../../src/lib/domain/draft';
import { newId } from '../../src/lib/domain/new-id';
import { dropDraft, type Parcel, type Store } from '../../src/lib/store/person';
import { post } from '../../src/lib/store/post';

// What a page has and Node has not: here only one tab is open at a time, and no worker.
vi.stubGlobal('navigator', {
	locks: { query: () => ({ held: [] }), request: () => Promise.resolve() }
});
vi.stubGlobal('document', { visibilityState: 'hidden' });

const { device, deviceKey, storeOf } = await import('../../src/lib/app/here');
const held = await import('../../src/lib/app/held');
const drafts = await import('../../src/lib/app/drafts');
const pictures = await import('../../src/lib/app/pictures');
const { adoptDrafts } = await import('../../src/lib/app/adopt');
type Kept = Awaited<ReturnType<typeof drafts.newDraft>>;
type Saved = Awaited<ReturnType<typeof drafts.saveDraft>>;

const freshId = () => newId((bytes) => crypto.getRandomValues(bytes));
let store: Store;
beforeEach(async () => {
	const account = freshId();
	await device.set('session', { account, token: '', reached: 0, latest: 0 });
	store = storeOf(account);
});

/** A form in one tab: it has seen some words, and goes on from those. */
class Tab {
	typed: Draft;
	constructor(public kept: Kept) {
		this.typed = kept.draft;
	}

	async type(words: string): Promise<Saved> {
		this.typed = { ...this.typed, story: this.typed.story + words };
		return this.save();
	}

	async save(): Promise<Saved> {
		const saved = await drafts.saveDraft(this.kept, this.typed);
		this.kept = saved.kept;
		this.typed = saved.kept.draft;
		return saved;
	}

	/** As the form does when it hears of a change and nothing was typed since. */
	async follow(): Promise<void> {
		const found = await drafts.draftNews(this.kept);
		if (found && typeof found === 'object' && 'draft' in found) {
			this.kept = found;
			this.typed = found.draft;
		}
	}
}

async function twoTabs(words = 'Stickers'): Promise<[Tab, Tab]> {
	const first = new Tab(await drafts.newDraft());
	await first.type(words);
	return [first, new Tab(await open(first.kept.draft.id))];
}

async function open(id: string): Promise<Kept> {
	const found = await drafts.draft(id);
	if (typeof found === 'string' || 'sent' in found) throw new Error(JSON.stringify(found));
	return found;
}

async function stories(): Promise<string[]> {
	const listed = await drafts.drafts();
	return (await Promise.all(listed.map(({ id }) => open(id)))).map(({ draft }) => draft.story).sort();
}

async function withPhoto(tab: Tab, byte: number): Promise<Photo> {
	const [file, draft] = [freshId(), tab.kept.draft.id];
	const key = await deviceKey();
	const box = await keepBytes(key, new Uint8Array([byte]), `picture|${file}`);
	await store.pictures.put({ file, draft, type: 'image/webp', box, by: 'device' });
	const photo: Photo = { file, type: 'image/webp', bytes: 1, width: 1, height: 1, parts: 1 };
	tab.typed = { ...tab.typed, photos: [...tab.typed.photos, photo] };
	return photo;
}

function sendAs(kept: Kept, kase = freshId()) {
	const id = freshId();
	const parcel: Parcel = {
		item: {
			...{ id, case: kase, created: 1, attempts: 0, notBefore: 0, reason: '', status: 'waiting' },
			...{ makes: [], needs: [], filed: false, left: [], parts: 0 }
		},
		batch: { id, writes: [], digest: '' },
		parts: []
	};
	return post(store, parcel, {}, {}, { id: kept.draft.id, version: kept.version });
}

describe('two tabs that both type', () => {
	test('on the same words keep both, each as a draft of its own', async () => {
		const [first, second] = await twoTabs();
		await first.type(' at the bus stop');
		const saved = await second.type(' in the hall');
		expect(saved.from).toMatchObject({ id: first.kept.draft.id, sent: null });
		expect(second.kept.draft.id).not.toBe(first.kept.draft.id);
		expect(await stories()).toEqual(['Stickers at the bus stop', 'Stickers in the hall']);

		await second.type(', too');
		expect(await first.type(' again')).toMatchObject({ kept: { version: 3 } });
		expect(await stories()).toEqual(['Stickers at the bus stop again', 'Stickers in the hall, too']);
	});

	test('write on in one draft where each has seen what the other wrote', async () => {
		const [first, second] = await twoTabs();
		await first.type(' here');
		await second.follow();
		expect((await second.type(' and there')).from).toBeUndefined();
		await first.follow();
		expect(first.typed.story).toBe('Stickers here and there');
		expect(await stories()).toEqual(['Stickers here and there']);
	});

	test('lose nothing that either has ever saved, in whatever order it comes', async () => {
		const act = fc.record({
			tab: fc.nat(1),
			does: fc.constantFrom('type', 'follow', 'empty', 'discard', 'send', 'restore')
		});
		await fc.assert(
			fc.asyncProperty(fc.array(act, { maxLength: 14 }), async (acts) => {
				await store.drafts.clear();
				await store.sent.clear();
				await store.outbox.clear();
				await store.batches.clear();
				const tabs = await twoTabs('0.');
				const safe = new Set(['0.']);
				const sent: string[] = [];
				for (const [n, { tab: which, does }] of acts.entries()) {
					const tab = tabs[which] as Tab;
					const { id } = tab.kept.draft;
					if (does === 'type') {
						await tab.type(`${n + 1}.`);
						safe.add(`${n + 1}.`);
					} else if (does === 'follow') await tab.follow();
					else if (does === 'discard') await drafts.discardDraft(id);
					else if (does === 'restore') await drafts.restoreDraft(id);
					else if (does === 'send' && (await sendAs(tab.kept)) === 'posted') sent.push(tab.typed.story);
					else if (does === 'empty') {
						const gone = tab.typed.story;
						tab.typed = { ...tab.typed, story: '' };
						const { from } = await tab.save();
						expect(from).toBeUndefined();
						// Who empties a form has seen what stood there.
						for (const word of gone.split(/(?<=\.)/)) safe.delete(word);
					}
				}
				const rows = await store.drafts.toArray();
				const found = await Promise.all(
					rows.map(async ({ id }) => {
						await drafts.restoreDraft(id);
						return (await open(id)).draft.story;
					})
				);
				const all = [...found, ...sent].join('|');
				for (const word of safe) expect(all).toContain(word);
				expect(new Set((await store.outbox.toArray()).map((row) => row.case)).size).toBe(sent.length);
			}),
			{ numRuns: 60 }
		);
	});

	test('have pictures of their own from then on', async () => {
		const [first, second] = await twoTabs();
		const photo = await withPhoto(first, 7);
		await first.save();
		await second.follow();
		await first.type(' a');
		const late = await withPhoto(second, 9);
		const { from } = await second.type(' b');
		const [one, two] = second.kept.draft.photos.map(({ file }) => file);
		expect(from?.files).toEqual(
			new Map([
				[photo.file, one],
				[late.file, two]
			])
		);
		expect([photo.file, late.file]).not.toContain(one);

		await dropDraft(store, first.kept.draft.id);
		expect(await pictures.pictureBytes(photo.file)).toBeNull();
		expect((await pictures.pictureBytes(one ?? ''))?.bytes).toEqual(new Uint8Array([7]));
		expect((await pictures.pictureBytes(two ?? ''))?.bytes).toEqual(new Uint8Array([9]));
	});
});

describe('a tab that has typed nothing', () => {
	test('writes nothing over newer words, and makes no draft of older ones', async () => {
		const [first, second] = await twoTabs();
		await first.type(' at the bus stop');
		second.typed = { ...second.typed, team: freshId() };
		expect((await second.save()).from).toBeUndefined();
		expect(await stories()).toEqual(['Stickers at the bus stop']);
	});

	test('writes nothing at all', async () => {
		const [first] = await twoTabs();
		const before = await store.drafts.toArray();
		await first.save();
		expect(await store.drafts.toArray()).toEqual(before);
	});

	test('keeps the team that was chosen', async () => {
		const [first] = await twoTabs();
		const team = freshId();
		first.typed = { ...first.typed, team };
		await first.save();
		expect((await open(first.kept.draft.id)).draft.team).toBe(team);
	});

	test('learns what became of the draft elsewhere', async () => {
		const [first, second] = await twoTabs();
		expect(await drafts.draftNews(second.kept)).toBeNull();
		await drafts.discardDraft(first.kept.draft.id);
		expect(await drafts.draftNews(second.kept)).toBe('discarded');
		await drafts.restoreDraft(first.kept.draft.id);
		expect(await drafts.draftNews(second.kept)).toMatchObject({ version: 3, draft: second.kept.draft });
		await second.follow();
		const kase = freshId();
		await sendAs(second.kept, kase);
		expect(await drafts.draftNews(second.kept)).toEqual({ sent: kase });
		expect(await drafts.draft(second.kept.draft.id)).toEqual({ sent: kase });
	});
});

describe('a draft that was sent', () => {
	test('is sent once, however many tabs send it at once', async () => {
		const [first, second] = await twoTabs();
		const answers = await Promise.all([first, second, first].map(({ kept }) => sendAs(kept)));
		const [sent] = await store.outbox.toArray();
		expect(answers).toEqual(['posted', { sent: sent?.case }, { sent: sent?.case }]);
		expect(await store.outbox.count()).toBe(1);
	});

	test('is not brought back by a tab that has typed nothing since', async () => {
		const [first, second] = await twoTabs();
		await sendAs(first.kept);
		second.typed = { ...second.typed, team: freshId() };
		expect((await second.save()).from).toBeUndefined();
		expect(await store.drafts.count()).toBe(0);
	});

	test('leaves what was typed since as a draft of its own, and no picture behind', async () => {
		const [first, second] = await twoTabs();
		const kase = freshId();
		await sendAs(first.kept, kase);
		const late = await withPhoto(second, 5);
		expect((await second.type(' and more')).from).toMatchObject({ id: first.kept.draft.id, sent: kase });
		expect(await stories()).toEqual(['Stickers and more']);
		expect((await store.pictures.toArray()).map(({ draft }) => draft)).toEqual([second.kept.draft.id]);
		expect(await store.pictures.get(late.file)).toBeUndefined();
	});

	test('is not sent with words that another tab has written over', async () => {
		const [first, second] = await twoTabs();
		await first.type(' at the bus stop');
		expect(await sendAs(second.kept)).toBe('changed');
		expect(await store.outbox.count()).toBe(0);
	});
});

describe('a draft that was emptied', () => {
	test('is listed no more, and can be written in again', async () => {
		const [first, second] = await twoTabs();
		first.typed = { ...first.typed, story: ' ' };
		await first.save();
		expect(await drafts.drafts()).toEqual([]);
		await second.follow();
		expect(second.typed.story).toBe(' ');
		expect((await second.type('Anew')).from).toBeUndefined();
		expect(await stories()).toEqual([' Anew']);
	});

	test('and written anew does not pass for the one it was', async () => {
		const [first, second] = await twoTabs();
		first.typed = { ...first.typed, story: '' };
		await first.save();
		await first.type('Something else');
		expect((await second.type(' in the hall')).from).toBeDefined();
		expect(await stories()).toEqual(['Something else', 'Stickers in the hall']);
	});

	test('was never kept when nothing had been said', async () => {
		const tab = new Tab(await drafts.newDraft());
		await tab.type('  ');
		expect(await store.drafts.count()).toBe(0);
	});
});

describe('a draft that was begun while locked', () => {
	test('moves under the vault with the words that are newest, and stays the same writing', async () => {
		const [first] = await twoTabs();
		held.open((await device.get('session'))?.account ?? '', await newDeviceKey(), 60_000);
		await adoptDrafts();
		expect(await store.drafts.toArray()).toMatchObject([{ by: 'vault', version: 1 }]);
		expect((await first.type(' here')).from).toBeUndefined();
		held.close();
		expect(await drafts.draft(first.kept.draft.id)).toBe('locked');
	});
});
