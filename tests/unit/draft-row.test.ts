import 'fake-indexeddb/auto';
import { beforeEach, expect, test } from 'vitest';
import { openStore, putDraft, type Store } from '../../src/lib/store/person';

const row = (word: string) => ({
	id: 'draft0000000001',
	updated: 1,
	dropped: 0,
	by: 'vault' as const,
	box: new TextEncoder().encode(word)
});
let store: Store;
let person = 0;
const kept = async () => {
	const found = await store.drafts.get(row('').id);
	return found && { version: found.version, word: new TextDecoder().decode(found.box) };
};

beforeEach(() => {
	store = openStore(`person${(person += 1)}`);
});

test('the first writing makes a draft, the next goes over it', async () => {
	expect(await putDraft(store, row('one'), 0)).toBe('kept');
	expect(await putDraft(store, row('two'), 1)).toBe('kept');
	expect(await kept()).toEqual({ version: 2, word: 'two' });
});

test('of two that build on the same writing, the later one changes nothing', async () => {
	await putDraft(store, row('one'), 0);
	const both = await Promise.all([putDraft(store, row('mine'), 1), putDraft(store, row('theirs'), 1)]);
	expect(both).toEqual(['kept', 'changed']);
	expect(await kept()).toEqual({ version: 2, word: 'mine' });
});

test('a draft that was sent does not come back', async () => {
	await store.sent.put({ id: row('').id, case: 'case00000000001' });
	expect(await putDraft(store, row('late'), 1)).toBe('changed');
	expect(await kept()).toBeUndefined();
});

test('what the browser refuses is an error, not a change elsewhere', async () => {
	const unkeepable = { ...row(''), box: (() => undefined) as never };
	await expect(putDraft(store, unkeepable, 0)).rejects.toMatchObject({ name: 'DataCloneError' });
});
