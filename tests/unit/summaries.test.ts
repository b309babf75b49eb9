/** The queue's summaries: a line made of one says what the whole case says, and none outlives what it was made of. */
import 'fake-indexeddb/auto';
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { setAside } from '../../src/lib/app/aside';
import { briefs } from '../../src/lib/app/briefs';
import { device, type Here } from '../../src/lib/app/here';
import { foldOf } from '../../src/lib/app/referrals';
import { keep, newDeviceKey } from '../../src/lib/crypto/vault';
import { brief } from '../../src/lib/domain/brief';
import { ANSWERS, type Content } from '../../src/lib/domain/content';
import { openedContext } from '../../src/lib/domain/opened';
import type { Entry, Key } from '../../src/lib/domain/records';
import { isFound, searchable, typedWords, WORDS_MAX } from '../../src/lib/domain/search';
import { withLink, type Act, type Roll } from '../../src/lib/domain/roll';
import { openStore, type Store } from '../../src/lib/store/person';
import { receive } from '../../src/lib/store/pulled';
import { claimSummaries } from '../../src/lib/store/summaries';
import { forgetLost } from '../../src/lib/sync/forgetting';
import { idOf, INSTANCE, NOON, TEAM } from './people';
import { RUNS } from './runs';

const [ANA, CORA, ESZTER] = [idOf('ana'), idOf('cora'), idOf('eszter')];
const CASE = idOf('case');
const KEYS = { reporter: idOf('thread'), team: idOf('teamkey'), narrow: idOf('fewkey') } as const;

let stores = 0;
let store: Store;
let now: Here & { vault: CryptoKey };
beforeEach(async () => {
	store = openStore(`summed${stores++}`);
	now = { session: { account: CORA } as Here['session'], store, vault: await newDeviceKey() };
	const keys = Object.entries(KEYS).map(([name, id]) => ({ id, name, case: CASE, rev: 1 }) as Key);
	await receive(store, { keys }, [], 1);
});
afterEach(() => {
	vi.restoreAllMocks();
	store.close();
});

const alert = (story: string, more = {}): Content => ({
	...{ kind: 'alert', at: NOON, theme: 'hate', type: 'propaganda', place: 'Dunapart', when: 'today' },
	...{ urgency: 'soon', story, photos: [], ...more }
});
const message = (text: string): Content => ({ kind: 'message', at: NOON, text });

type Said = { content: Content; author?: string; key?: keyof typeof KEYS; rev?: number; after?: string[] };
type Made = { entry: Entry; content: unknown; header: object };

function made(id: string, { content, author = ANA, key = 'reporter', rev = 2, after = [] }: Said): Made {
	const at = { case: CASE, key: KEYS[key], kind: content.kind, author };
	const created = new Date(NOON + rev).toISOString().replace('T', ' ');
	const entry = { ...at, id, rev, sealed: 'AAAA', digest: '', created } as unknown as Entry;
	const header = { ...at, team: TEAM, entry: id, after, seq: 1, device: idOf('device'), roll: 1 };
	return { entry, content, header };
}

/** As the inbox does, then as opening does. */
async function arrives({ entry }: Made): Promise<void> {
	await receive(store, { entries: [entry] }, [], entry.rev);
}
async function opens({ entry, content, header }: Made): Promise<void> {
	const box = await keep(now.vault, { content, header }, openedContext(entry.id));
	await store.transaction('rw', store.opened, store.summaries, async () => {
		await store.opened.put({ id: entry.id, case: CASE, box });
		await store.summaries.delete(CASE);
	});
}
const say = async (id: string, said: Said): Promise<void> => {
	const one = made(idOf(id), said);
	await arrives(one);
	await opens(one);
};

const ROUTED = { id: CASE, team: TEAM };
const ofAll = async () => brief(await foldOf(ROUTED, now, await device.rolls()), CORA);
const summed = async () => (await briefs([ROUTED], now)).get(CASE);
/** A page that was just opened remembers nothing. */
const afresh = async () => {
	const raw = crypto.getRandomValues(new Uint8Array(32));
	return crypto.subtle.importKey('raw', raw, 'AES-GCM', true, ['encrypt', 'decrypt']);
};

describe('a summary', () => {
	test('says what the whole case says, whatever is said in it, and in whatever order that arrives', async () => {
		const someone = fc.constantFrom(ANA, CORA, ESZTER);
		const content: fc.Arbitrary<Content> = fc.oneof(
			fc.string().map((story) => alert(story)),
			fc.string({ minLength: 1 }).map(message),
			fc.constantFrom<Content>(
				{ kind: 'seen', at: NOON },
				{ kind: 'take', at: NOON },
				{ kind: 'ask', at: NOON },
				{ kind: 'assign', at: NOON, to: ESZTER },
				{ kind: 'phase', at: NOON, phase: 'intake' },
				{ kind: 'names', at: NOON, text: 'Jonas', files: [] }
			)
		);
		const said = fc.record({
			...{ content, author: someone, rev: fc.integer({ min: 0, max: 30 }) },
			key: fc.constantFrom('reporter', 'team', 'narrow'),
			looks: fc.constantFrom('before', 'between', 'never'),
			isOpened: fc.boolean()
		});
		await fc.assert(
			fc.asyncProperty(fc.array(said, { maxLength: 8 }), async (all) => {
				await store.entries.clear();
				await store.opened.clear();
				await store.summaries.clear();
				for (const [at, { looks, isOpened, ...one }] of all.entries()) {
					const each = made(idOf(`entry${at}`), one);
					if (looks === 'before') await summed();
					await arrives(each);
					if (looks === 'between') expect(await summed()).toEqual(await ofAll());
					if (isOpened) await opens(each);
				}
				const whole = await ofAll();
				expect(await summed()).toEqual(whole);
				// From the box, and not from memory.
				const { box, ...row } = (await store.summaries.get(CASE)) ?? {};
				expect(box).toBeInstanceOf(Uint8Array);
				await store.summaries.put({ ...row, id: CASE, mark: 'another', box: box ?? new Uint8Array() });
				expect(await summed()).toEqual(whole);
			}),
			{ numRuns: Math.min(RUNS, 200) }
		);
	});

	test('is opened alone where nothing has changed', async () => {
		await say('one', { content: alert('Stickers') });
		await summed();
		const decrypt = vi.spyOn(crypto.subtle, 'decrypt');
		expect((await summed())?.opening).toBe('Stickers');
		expect(decrypt).not.toHaveBeenCalled();
		await store.summaries.update(CASE, { mark: 'of another page' });
		expect((await summed())?.opening).toBe('Stickers');
		expect(decrypt).toHaveBeenCalledTimes(1);
	});

	test('is not kept where something came while it was made', async () => {
		await say('one', { content: alert('Stickers') });
		const put = store.summaries.bulkPut.bind(store.summaries);
		let isFirst = true;
		vi.spyOn(store.summaries, 'bulkPut').mockImplementation((async (rows: never) => {
			await put(rows);
			if (isFirst) {
				isFirst = false;
				await say('two', { content: { kind: 'take', at: NOON }, author: ESZTER, rev: 3 });
			}
		}) as never);
		await summed();
		expect((await store.summaries.get(CASE))?.box).toBeUndefined();
		expect((await summed())?.owner).toBe(ESZTER);
	});

	test('of another tab stands, and the one that was begun before it does not', async () => {
		await say('one', { content: alert('Stickers') });
		await summed();
		await claimSummaries(store, [CASE], 'of another tab');
		expect((await summed())?.opening).toBe('Stickers');
		expect((await store.summaries.get(CASE))?.mark).not.toBe('of another tab');
	});

	test('is not believed where an app that knows none has pulled since', async () => {
		await say('one', { content: alert('Stickers') });
		await summed();
		// As such an app does it: the rows and the cursor, and nothing else.
		const two = made(idOf('two'), { content: { kind: 'take', at: NOON }, author: ESZTER, rev: 3 });
		await store.entries.put(two.entry);
		const box = await keep(now.vault, two, openedContext(two.entry.id));
		await store.opened.put({ id: two.entry.id, case: CASE, box });
		await store.state.put({ name: 'cursor', value: 3 });
		expect((await summed())?.owner).toBe(ESZTER);
	});
});

describe('a summary of a case that a team has referred', () => {
	const OTHER = idOf('other');
	const [MAGDA, TOMEK] = [idOf('magda'), idOf('tomek')];
	const from = { team: OTHER, case: idOf('there'), basis: 'public_task', consent: 'given', reason: '' };

	/** What another link makes of a roll on this device; the first one founds it. */
	async function links(team: string, act: Act): Promise<void> {
		const roll: Roll | null = (await device.roll(team))?.roll ?? null;
		const base = { v: 2, team, prev: roll?.head ?? '', at: NOON, by: TOMEK, hand: 'own' } as const;
		const next = withLink(roll, { ...base, seq: (roll?.seq ?? 0) + 1, act }, `head${roll?.seq ?? 0}`);
		await device.keepRoll({ team, roll: next, fingerprint: next.fingerprint, trouble: '' });
	}
	const keysOf = (user: string) => ({ user, keys: '', verifier: '' });
	const founds = (team: string, by: string): Promise<void> =>
		links(team, { do: 'found', instance: INSTANCE, name: team, ...keysOf(by) });
	const admits = (team: string, user: string, role: 'expert' | 'guest' = 'expert'): Promise<void> =>
		links(team, { do: 'admit', ...keysOf(user), role, until: 0, met: false });
	const ends = (team: string, user: string): Promise<void> => links(team, { do: 'end', user });
	/** A device that has followed no team yet. */
	const strays = async (): Promise<void> => {
		for (const team of [TEAM, OTHER])
			await device.keepRoll({ team, roll: null, fingerprint: '', trouble: '' });
	};
	beforeEach(strays);

	test('says what the whole case says, whatever either team says in it and whoever comes and goes', async () => {
		const someone = fc.constantFrom(CORA, ESZTER, MAGDA, TOMEK);
		const team = fc.constantFrom(TEAM, OTHER);
		const content = fc.oneof(
			fc.constantFrom<Content>(alert('Referred', { from }), alert('Not referred'), message('Call us')),
			fc.constantFrom<Content>({ kind: 'seen', at: NOON }, { kind: 'take', at: NOON }),
			fc.constantFrom<Content>(
				{ kind: 'assign', at: NOON, to: MAGDA },
				{ kind: 'phase', at: NOON, phase: 'closed', reason: 'Over.' }
			),
			fc
				.constantFrom(...ANSWERS)
				.map((answer): Content => ({ kind: 'answer', at: NOON, answer, reason: 'Because.' }))
		);
		const role = fc.constantFrom('expert' as const, 'guest' as const);
		const step = fc.oneof(
			fc.record({ does: fc.constant('say' as const), content, author: someone }),
			fc.record({ does: fc.constant('admit' as const), team, user: someone, role }),
			fc.record({ does: fc.constant('end' as const), team, user: someone })
		);
		const referred = { content: alert('Referred', { from }), author: MAGDA } as const;
		await fc.assert(
			fc.asyncProperty(fc.array(step, { maxLength: 10 }), fc.boolean(), async (steps, isFollowed) => {
				await store.entries.clear();
				await store.opened.clear();
				await store.summaries.clear();
				await strays();
				if (isFollowed) await founds(OTHER, MAGDA);
				await say('first', referred);
				for (const [at, one] of steps.entries()) {
					if (one.does === 'say') await say(`entry${at}`, { ...one, rev: at + 3 });
					else if (one.does === 'admit') await admits(one.team, one.user, one.role);
					else await ends(one.team, one.user);
					expect(await summed()).toEqual(await ofAll());
				}
				// From the box, and not from memory.
				await summed();
				await store.summaries.update(CASE, { mark: 'another' });
				expect(await summed()).toEqual(await ofAll());
			}),
			{ numRuns: Math.min(RUNS, 200) }
		);
	});

	test('is opened alone until somebody who has spoken in it is heard otherwise', async () => {
		await founds(TEAM, ESZTER);
		await founds(OTHER, MAGDA);
		await say('one', { content: alert('Stickers', { from }), author: MAGDA });
		await say('two', { content: { kind: 'take', at: NOON }, author: TOMEK, rev: 3 });
		expect(await summed()).toMatchObject({ from: OTHER, owner: null });
		const reads = vi.spyOn(store.opened, 'where');
		await admits(OTHER, TOMEK);
		expect(await summed()).toMatchObject({ owner: null, seen: null });
		expect(reads).toHaveBeenCalled();

		reads.mockClear();
		const decrypt = vi.spyOn(crypto.subtle, 'decrypt');
		await admits(TEAM, CORA);
		await admits(OTHER, CORA, 'guest');
		await ends(OTHER, TOMEK);
		await links(TEAM, { do: 'circle', key: idOf('circle'), name: 'members', recipient: '' });
		await summed();
		expect(decrypt).not.toHaveBeenCalled();
		await store.summaries.update(CASE, { mark: 'of another page' });
		expect((await summed())?.opening).toBe('Stickers');
		expect(decrypt).toHaveBeenCalledTimes(1);
		expect(reads).not.toHaveBeenCalled();

		await admits(TEAM, TOMEK);
		expect((await summed())?.owner).toBe(TOMEK);
		expect(reads).toHaveBeenCalled();
	});

	test('is opened alone by the hundred, and not one entry of theirs is asked for', async () => {
		const many = Array.from({ length: 100 }, (_, at) => ({ id: idOf(`case${100 + at}`), team: TEAM }));
		await founds(OTHER, MAGDA);
		for (const [at, { id }] of many.entries()) {
			const { entry, content, header } = made(idOf(`alert${100 + at}`), {
				content: alert(`Stickers ${100 + at}`, { from }),
				author: MAGDA
			});
			const box = await keep(now.vault, { content, header }, openedContext(entry.id));
			await store.entries.put({ ...entry, case: id });
			await store.opened.put({ id: entry.id, case: id, box });
		}
		expect((await briefs(many, now)).get(idOf('case107'))?.opening).toBe('Stickers 107');
		const [asked, reads] = [vi.spyOn(store.entries, 'where'), vi.spyOn(store.opened, 'where')];
		expect((await briefs(many, now)).size).toBe(100);
		expect([asked.mock.calls.length, reads.mock.calls.length]).toEqual([0, 0]);
	});
});

test('a summary of a case that nobody has referred goes with what its team’s roll says of who has spoken', async () => {
	await device.keepRoll({ team: TEAM, roll: null, fingerprint: '', trouble: '' });
	await say('one', { content: alert('Stickers') });
	await say('two', { content: { kind: 'take', at: NOON }, author: ESZTER, rev: 3 });
	expect((await summed())?.owner).toBe(ESZTER);
	const act = { do: 'found', instance: INSTANCE, name: '', user: CORA, keys: '', verifier: '' } as const;
	const link = { v: 2, team: TEAM, seq: 1, prev: '', at: NOON, by: CORA, hand: 'own', act } as const;
	await device.keepRoll({ team: TEAM, roll: withLink(null, link, 'head'), fingerprint: '', trouble: '' });
	expect((await summed())?.owner).toBeNull();
	expect(await summed()).toEqual(await ofAll());
});

describe('nothing of it is left', () => {
	test('while locked: neither words nor anything else that was opened', async () => {
		await say('one', { content: alert('Stickers') });
		await summed();
		const locked = await briefs([ROUTED], { ...now, vault: null });
		expect(locked.get(CASE)).toMatchObject({ opening: null, needsExpert: null, words: '' });
	});

	test('on the disk that could be read without the key', async () => {
		await say('one', { content: alert('Stickers by the bus stop') });
		await summed();
		const [row] = await store.summaries.toArray();
		expect(Object.keys(row ?? {}).sort()).toEqual(['box', 'id', 'mark']);
		expect(Buffer.from(row?.box ?? []).includes('tickers')).toBe(false);
	});

	test('under a key that is no more', async () => {
		await say('one', { content: alert('Stickers') });
		await summed();
		await setAside(store, new Uint8Array(1));
		expect(await store.summaries.count()).toBe(0);
		const other = await briefs([ROUTED], { ...now, vault: await afresh() });
		expect(other.get(CASE)).toMatchObject({ opening: null, words: '' });
	});

	test('where a grant has ended', async () => {
		await say('one', { content: alert('Stickers') });
		await summed();
		const grant = { id: idOf('grant'), key: KEYS.reporter, user: CORA, via: '', ended: '2026-11-18', rev: 9 };
		await receive(store, { grants: [grant as never] }, [], 9);
		await forgetLost(store, CORA);
		expect(await store.summaries.count()).toBe(0);
		expect(await summed()).toMatchObject({ alert: null, opening: null, words: '' });
	});
});

describe('a case is found', () => {
	test('by the beginnings of words that were said in it, with diacritics or without', async () => {
		await say('one', { content: alert('Na przystanku wiszą naklejki, und Mädchen lachen. 9b') });
		await say('two', { content: message('Wir reden am Montag'), author: ESZTER, key: 'team', rev: 3 });
		const { words = '' } = (await summed()) ?? {};
		for (const typed of ['wisza', 'WISZĄ nakl', 'madchen', 'maedch', 'mae', 'montag 9b', '', '  '])
			expect(isFound(words, typedWords(typed)), typed).toBe(true);
		for (const typed of ['aklejki', 'wisza dienstag']) expect(isFound(words, typedWords(typed))).toBe(false);
	});

	test('by nothing that few may read', async () => {
		await say('one', { content: alert('Stickers') });
		await say('two', {
			content: { kind: 'names', at: NOON, text: 'Jonas', files: [] },
			key: 'narrow',
			rev: 3
		});
		await say('three', { content: message('Jonas again'), key: 'narrow', rev: 4 });
		// Whatever key it was said under.
		await say('four', { content: { kind: 'names', at: NOON, text: 'Jonas', files: [] }, rev: 5 });
		expect(isFound((await summed())?.words ?? '', ['jonas'])).toBe(false);
	});

	test('by the story and the newest messages, where there is more than is kept', () => {
		const long = Array.from({ length: 2_000 }, (_, at) => `word${at}`).join(' ');
		const words = searchable(['story first', long, 'oldest']);
		expect(words.length).toBeLessThanOrEqual(WORDS_MAX);
		expect([isFound(words, ['story']), isFound(words, ['oldest'])]).toEqual([true, false]);
	});
});

test('whoever writes or deletes what a summary is made of drops it', () => {
	const files = ['store', 'sync', 'app'].flatMap((folder) =>
		readdirSync(`src/lib/${folder}`).map((name) => `src/lib/${folder}/${name}`)
	);
	const writes = /\b(entries|opened)\.(put|bulkPut|add|bulkAdd|delete|bulkDelete|clear|update)\(|\.table\(/;
	const writing = files.filter((file) => writes.test(readFileSync(file, 'utf8')));
	expect(writing.length).toBeGreaterThan(3);
	const silent = writing.filter((file) => !/dropSummaries/.test(readFileSync(file, 'utf8')));
	// A database of its own; and what moves items and drafts of older versions, and no entry.
	expect(silent).toEqual(['src/lib/store/library.ts', 'src/lib/store/person.ts']);
});
