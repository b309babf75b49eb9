/** A referral as each device reads it: open to both teams' members and to nobody else, by what is signed. */
import 'fake-indexeddb/auto';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import type { Hand } from '../../src/lib/crypto/hand';
import { keep, newDeviceKey, recall } from '../../src/lib/crypto/vault';
import type { Alert } from '../../src/lib/domain/alert';
import type { Content } from '../../src/lib/domain/content';
import { keysOf, newestKey } from '../../src/lib/domain/holders';
import { isOutdated, partiesOf } from '../../src/lib/domain/parties';
import type { Entry, Grant, Key } from '../../src/lib/domain/records';
import { openStore } from '../../src/lib/store/person';
import { makeDevice } from '../../src/lib/sync/account';
import { readerFor } from '../../src/lib/sync/audience';
import { openNew } from '../../src/lib/sync/opening';
import { grantTo, makeAlert, makeStatement, type NewCase } from '../../src/lib/sync/outgoing';
import { pinPersons } from '../../src/lib/sync/pins';
import { readTrust } from '../../src/lib/sync/trust';
import { Chain, idOf, INSTANCE, NOON, someone, TEAM, type Someone } from './people';

vi.setConfig({ testTimeout: 60_000 });

const OTHER = idOf('other');
const alert: Alert = {
	...{ kind: 'alert', at: NOON, theme: 'hate', type: 'threat', place: 'Hall', when: '', urgency: 'soon' },
	...{ story: 'In short.', photos: [] },
	from: { team: TEAM, case: idOf('case'), basis: 'public_task', consent: 'given', reason: '' }
};

type Circle = Awaited<ReturnType<Chain['circle']>>;
let cora: Someone, eszter: Someone, dorin: Someone, magda: Someone, tomek: Someone, stranger: Someone;
let sending: Chain, receiving: Chain, third: Chain;
let ours: Record<'members' | 'police', Circle>, theirs: Record<'members' | 'police', Circle>;
let foreign: Circle;
/** Cora and Eszter refer, Dorin is their police contact; Magda is of the team that is asked, Tomek its police contact. */
beforeAll(async () => {
	[cora, eszter, dorin] = await Promise.all([someone('Cora'), someone('Eszter'), someone('Dorin')]);
	[magda, tomek, stranger] = await Promise.all([someone('Magda'), someone('Tomek'), someone('Stranger')]);
	sending = await new Chain().found(eszter);
	await sending.admit(cora, 'expert', eszter);
	await sending.admit(dorin, 'police', eszter);
	receiving = await new Chain(OTHER).found(magda);
	await receiving.admit(tomek, 'police', magda);
	third = await new Chain(idOf('third')).found(stranger);
	ours = { members: await sending.circle('members', eszter), police: await sending.circle('police', eszter) };
	theirs = {
		members: await receiving.circle('members', magda),
		police: await receiving.circle('police', magda)
	};
	foreign = await third.circle('members', stranger);
});

const shown = ({ key }: Circle) => ({ id: key.id, recipient: key.recipient });
const referred = (hand: Hand = cora.hand, device = idOf('tablet')): Promise<NewCase> =>
	makeAlert(
		alert,
		{ id: OTHER, roll: receiving.roll.seq, circle: shown(theirs.members) },
		{ recipient: cora.pair.recipient, device, hand },
		new Map(),
		NOON,
		{ sender: { team: TEAM, circle: shown(ours.members) } }
	);

const rolls = () => new Map([sending, receiving, third].map(({ roll }) => [roll.team, roll]));
let stores = 0;

/** What `who` sees, who was granted these circles' keys, after a pull that has brought all of it and more. */
async function sees(
	who: Someone,
	held: readonly Circle[],
	{ local }: NewCase,
	more: { grants?: Grant[]; entries?: Entry[] } = {},
	known = rolls()
) {
	const store = openStore(`referral${stores++}`);
	const vault = await newDeviceKey();
	const all = [ours.members, ours.police, theirs.members, theirs.police, foreign];
	await store.users.bulkPut([cora, eszter, dorin, magda, tomek, stranger].map(({ person }) => person));
	await store.cases.bulkPut(local.cases);
	await store.keys.bulkPut(numbered([...all.map(({ key }) => key), ...local.keys]));
	await store.grants.bulkPut(numbered([...local.grants, ...(more.grants ?? [])]));
	for (const { key, pair } of held) {
		const giver = sending.roll.circles.some((one) => one.key === key.id) ? eszter : magda;
		const by = key.id === foreign.key.id ? stranger : giver;
		await store.grants.add(await grantTo({ user: who.id }, who.pair.recipient, key.id, pair, by.hand));
	}
	await store.entries.bulkPut(numbered([...local.entries, ...(more.entries ?? [])]));
	await store.identities.add({ id: 'me', box: await keep(vault, who.pair.identity, 'identity|me') });
	await pinPersons(store, known, INSTANCE, NOON);
	await openNew(store, vault, who.id, known);
	const entries = (await store.entries.toArray()).sort((a, b) => a.rev - b.rev);
	const opened = await Promise.all(
		entries.map(async ({ id }) => {
			const row = await store.opened.get(id);
			const one = row ? ((await recall(vault, row.box, `opened|${id}`)) as object) : null;
			if (!one) return 'closed';
			return 'content' in one ? (one.content as Content).kind : (one as { wrong: string }).wrong;
		})
	);
	return { opened, trust: await readTrust(store, known) };
}
const numbered = <T extends Key | Grant | Entry>(rows: readonly T[]): T[] =>
	rows.map((row, at) => ({ ...row, rev: 10 + at }));

/** Something said in the thread, by whoever has its key. */
async function answered(by: Someone, { local }: NewCase): Promise<Entry> {
	const [routing, key] = [local.cases[0], local.keys[0]];
	if (!routing || !key) throw new Error('no case');
	const { entry } = await makeStatement(
		{ kind: 'answer', at: NOON, answer: 'withdrawn', reason: 'Settled.' },
		routing,
		key,
		{ recipient: by.pair.recipient, device: idOf('phone'), hand: by.hand },
		{ after: local.entries.map(({ id }) => id), seq: 1, roll: 1 },
		{},
		NOON
	);
	return entry;
}

describe('a referral', () => {
	test('is one batch: case, key, three grants and the entry, and the case says whence it comes', async () => {
		const { parcel, local } = await referred();
		expect(parcel.batch.writes.map(({ collection }) => collection)).toEqual([
			...['cases', 'keys', 'grants', 'grants', 'grants', 'entries']
		]);
		expect(local.cases).toMatchObject([{ team: OTHER, sender: TEAM }]);
		expect(local.grants.map(({ user, via }) => user || via)).toEqual([
			...[cora.id, theirs.members.key.id, ours.members.key.id]
		]);
		expect(JSON.stringify(parcel.batch.writes)).not.toContain('In short');
	});

	test('opens to both teams’ members, and neither to a police contact nor to a third team', async () => {
		const sent = await referred();
		expect((await sees(magda, [theirs.members], sent)).opened).toEqual(['alert']);
		expect((await sees(eszter, [ours.members], sent)).opened).toEqual(['alert']);
		expect((await sees(dorin, [ours.police], sent)).opened).toEqual(['closed']);
		expect((await sees(tomek, [theirs.police], sent)).opened).toEqual(['closed']);
		expect((await sees(stranger, [foreign], sent)).opened).toEqual(['closed']);
	});

	test('shows both teams as its readers, on either side', async () => {
		const sent = await referred();
		for (const [who, held] of [
			[magda, theirs.members],
			[eszter, ours.members]
		] as const) {
			const { trust } = await sees(who, [held], sent);
			const [key] = keysOf(trust.ring, sent.parcel.item.case);
			const parties = key ? partiesOf(trust.ring, key, NOON) : [];
			expect(new Set(parties)).toEqual(
				new Set([{ user: cora.id }, { team: OTHER, circle: 'members' }, { team: TEAM, circle: 'members' }])
			);
		}
	});

	test('is answered by a member of the team that sent it, but by nobody else from there', async () => {
		const sent = await referred();
		const [by, police] = [await answered(eszter, sent), await answered(dorin, sent)];
		expect((await sees(magda, [theirs.members], sent, { entries: [by, police] })).opened).toEqual([
			...['alert', 'answer', 'forged']
		]);
		// Who does not know that team's roll cannot tell, and takes nobody's word for it.
		const without = rolls();
		without.delete(TEAM);
		const { opened } = await sees(magda, [theirs.members], sent, { entries: [by] }, without);
		expect(opened).toEqual(['alert', 'forged']);
	});

	test('is not opened further by a stranger’s grant to a third team', async () => {
		const sent = await referred();
		const { key, ...pair } = sent.identity;
		const grant = await grantTo({ via: foreign.key.id }, foreign.key.recipient, key, pair, stranger.hand);
		const entry = await answered(stranger, sent);
		const { opened, trust } = await sees(magda, [theirs.members], sent, {
			grants: [grant],
			entries: [entry]
		});
		expect(opened).toEqual(['alert', 'forged']);
		const thread = newestKey(keysOf(trust.ring, sent.parcel.item.case), 'reporter');
		expect(thread && partiesOf(trust.ring, thread, NOON)).toHaveLength(3);
	});

	test('is not made by a locked device: its word opens a case to that case’s own team alone', async () => {
		const { device, hand: key, certificate } = await makeDevice(cora.id, cora.seed);
		const sent = await referred({ user: cora.id, key, certificate }, device);
		const { trust } = await sees(magda, [theirs.members], sent);
		const thread = newestKey(keysOf(trust.ring, sent.parcel.item.case), 'reporter');
		const parties = thread ? partiesOf(trust.ring, thread, NOON) : [];
		expect(new Set(parties)).toEqual(new Set([{ user: cora.id }, { team: OTHER, circle: 'members' }]));
		expect((await sees(eszter, [ours.members], sent)).opened).toEqual(['closed']);
	});

	test('asks for a new key once somebody of the team that sent it has left, and that can be sealed to its newest circle', async () => {
		const sent = await referred();
		const before = rolls();
		const later = await new Chain().found(eszter);
		await later.admit(cora, 'expert', eszter);
		await later.put({ ...ours.members.key, name: 'members' }, eszter);
		await later.end(cora, eszter);
		const next = await later.circle('members', eszter);
		const after = new Map([...before, [TEAM, later.roll]]);
		const { trust } = await sees(magda, [theirs.members], sent, {}, after);
		const thread = newestKey(keysOf(trust.ring, sent.parcel.item.case), 'reporter');
		expect(thread && isOutdated(trust.ring, thread, NOON)).toBe(true);
		// Who wrote it asked for the team, and reads on for it alone.
		expect(thread && new Set(partiesOf(trust.ring, thread, NOON))).toEqual(
			new Set([
				{ team: OTHER, circle: 'members' },
				{ team: TEAM, circle: 'members' }
			])
		);
		// The other team's newest circle key comes with a pull, as its roll does.
		const ring = { ...trust.ring, keys: new Map([...trust.ring.keys, [next.key.id, next.key]]) };
		const reader = readerFor({ ring, pins: trust.pins }, { team: TEAM, circle: 'members' });
		expect(reader).toEqual({ via: next.key.id, recipient: next.key.recipient });
	});
});
