/** A case is moved on, or taken, for everybody whose alert the team works on in it: each is told in their own thread, or nobody is. */
import '../stores/browser';
import { beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { say } from '../../src/lib/app/acts';
import { openTo } from '../../src/lib/app/audiences';
import * as held from '../../src/lib/app/held';
import { device, storeOf } from '../../src/lib/app/here';
import { assign, movePhase, take } from '../../src/lib/app/joint';
import { room } from '../../src/lib/app/room';
import { moveIn } from '../../src/lib/app/session';
import { newDeviceKey } from '../../src/lib/crypto/vault';
import type { Alert } from '../../src/lib/domain/alert';
import { isOf } from '../../src/lib/domain/fold';
import type { Id } from '../../src/lib/domain/id';
import type { Store } from '../../src/lib/store/person';
import { makeVault } from '../../src/lib/sync/account';
import { grantTo, makeAlert } from '../../src/lib/sync/outgoing';
import { pinPersons } from '../../src/lib/sync/pins';
import { Chain, idOf, INSTANCE, NOON, someone, TEAM, type Someone } from './people';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const alert: Alert = {
	...{ kind: 'alert', at: NOON, theme: 'hate', type: 'propaganda', place: 'Bridge', when: '' },
	...{ urgency: 'soon', story: 'A slogan.', photos: [] }
};
const CLOSED = { reason: 'The slogan is gone.', next: '', due: '' };

let ana: Someone, bartek: Someone, cora: Someone, frieda: Someone;
let chain: Chain;
let circle: Awaited<ReturnType<Chain['circle']>>;
let store: Store;
beforeAll(async () => {
	[ana, bartek, cora] = await Promise.all([someone('Ana'), someone('Bartek'), someone('Cora')]);
	frieda = await someone('Frieda');
	chain = await new Chain().found(cora);
	circle = await chain.circle('members', cora);
	const vault = await makeVault(await newDeviceKey(), cora.id);
	const { name, recipient, verifier } = cora.person;
	const person = { id: cora.id, login: 'cora', name, recipient, verifier, instance: INSTANCE, coded: false };
	const secrets = { identity: cora.pair.identity, seed: cora.seed, auth: 'a' };
	await moveIn(person, secrets, vault, { token: 'a token', reached: Date.now() });
	const { roll } = chain;
	await device.keepRoll({ team: TEAM, roll, fingerprint: roll.fingerprint, trouble: '' });
	held.open(cora.id, vault.key, 3_600_000);
	store = storeOf(cora.id);
	await store.users.bulkPut([ana.person, bartek.person, cora.person, frieda.person]);
	const own = await grantTo({ user: cora.id }, cora.pair.recipient, circle.key.id, circle.pair, cora.hand);
	await store.keys.put({ ...circle.key, rev: 5 });
	await store.grants.put({ ...own, rev: 5 });
	await pinPersons(store, new Map([[TEAM, roll]]), INSTANCE, NOON);
});

/** Ana's case, and Bartek's that is worked on in it: both on the device of Cora, who has said nothing to either. */
let [first, second] = ['', ''];
beforeEach(async () => {
	[first, second] = [await arrived(ana), await arrived(bartek)];
	expect(await say(second, 'team', { kind: 'merge', into: first })).toEqual({ ok: true, value: undefined });
});

async function arrived(by: Someone): Promise<Id> {
	const team = { id: TEAM, roll: chain.roll.seq, circle: circle.key };
	const me = { recipient: by.pair.recipient, device: idOf('phone'), hand: by.hand };
	const { local } = await makeAlert(alert, team, me, new Map(), NOON);
	const rev = <T extends object>(rows: readonly T[]): T[] => rows.map((row) => ({ ...row, rev: 5 }));
	await store.cases.bulkPut(rev(local.cases));
	await store.keys.bulkPut(rev(local.keys));
	await store.grants.bulkPut(rev(local.grants));
	await store.entries.bulkPut(rev(local.entries));
	const [routing] = local.cases;
	if (!routing) throw new Error('an alert makes a case');
	return routing.id;
}

/** What a case's reporter was told of its phase. */
const told = async (id: Id) =>
	(await room(id))?.folded.timeline
		.filter(isOf('phase'))
		.filter(({ audience }) => audience === 'reporter')
		.map(({ content: { phase, reason } }) => ({ phase, reason }));
/** As what the case is moved on the server, where the queue's hints are. */
const sent = async (id: Id): Promise<unknown[]> =>
	(await store.batches.toArray())
		.flatMap(({ writes }) => writes)
		.filter((write) => write.collection === 'cases' && write.id === id)
		.map(({ body }) => body);
const both = () => ({ id: first, linked: [{ id: second }] });

test('whoever asked in either of them reads that it was closed, and why', async () => {
	expect(await movePhase(both(), 'closed', CLOSED)).toEqual({ ok: true, value: undefined });
	for (const id of [first, second]) {
		expect(await told(id)).toEqual([{ phase: 'closed', reason: CLOSED.reason }]);
		expect(await room(id)).toMatchObject({ folded: { phase: 'closed' }, due: null });
		expect(await sent(id)).toEqual([{ phase: 'closed' }]);
	}
});

test('where somebody else reads along, that thread is told the phase alone', async () => {
	const agreed = { basis: 'other', consent: 'given', reason: '' } as const;
	expect(await openTo(second, 'reporter', { user: ana.id }, agreed)).toMatchObject({ ok: true });
	// Ana reads both: she asked in the one, and was let into the other.
	await movePhase(both(), 'closed', CLOSED);
	expect(await told(second)).toEqual([{ phase: 'closed', reason: CLOSED.reason }]);
	expect(await openTo(second, 'reporter', { user: frieda.id }, agreed)).toMatchObject({ ok: true });
	await movePhase(both(), 'closed', { ...CLOSED, reason: 'And reported.' });
	expect(await told(second)).toEqual([
		{ phase: 'closed', reason: CLOSED.reason },
		{ phase: 'closed', reason: undefined }
	]);
	expect((await told(first))?.at(-1)).toEqual({ phase: 'closed', reason: 'And reported.' });
});

test('nobody is told where one of them cannot be', async () => {
	const full = (_: unknown, row: { case: string }): void => {
		if (row.case === second) throw new Error('the disk is broken');
	};
	store.entries.hook('creating', full as never);
	await expect(movePhase(both(), 'closed', CLOSED)).rejects.toThrow('the disk is broken');
	store.entries.hook('creating').unsubscribe(full as never);
	for (const id of [first, second]) expect([await told(id), await sent(id)]).toEqual([[], []]);
});

test('what was joined without being seen, or separated since, is told nothing', async () => {
	await movePhase({ id: first, linked: [] }, 'closed', CLOSED);
	expect(await told(second)).toEqual([]);
	await say(second, 'team', { kind: 'split' });
	await movePhase(both(), 'evaluated', { reason: '', next: '', due: '' });
	expect(await told(second)).toEqual([]);
	expect(await told(first)).toHaveLength(2);
});

test('what stands already is said again in that case alone', async () => {
	await movePhase(both(), 'closed', CLOSED);
	await movePhase(both(), 'closed', CLOSED);
	expect([(await told(first))?.length, (await told(second))?.length]).toEqual([2, 1]);
	await movePhase(both(), 'closed', { ...CLOSED, reason: 'And reported.' });
	expect((await told(second))?.length).toBe(2);
});

test('whoever asked in either of them reads who has it, and nobody is told twice', async () => {
	expect(await take(both())).toEqual({ ok: true, value: undefined });
	for (const id of [first, second]) {
		expect((await room(id))?.folded.owner).toBe(cora.id);
		expect(await sent(id)).toEqual([{ owner: cora.id }]);
	}
	await take(both());
	expect([(await acts(first)).length, (await acts(second)).length]).toEqual([2, 1]);
	await assign(both(), frieda.id);
	for (const id of [first, second]) {
		expect((await room(id))?.folded.owner).toBe(frieda.id);
		expect(await sent(id)).toContainEqual({ owner: frieda.id });
	}
});

test('nobody is given the alert in which they asked themselves', async () => {
	await assign(both(), bartek.id);
	expect((await room(first))?.folded.owner).toBe(bartek.id);
	expect([await acts(second), await sent(second)]).toEqual([[], []]);
});

/** Who was said to have a case. */
const acts = async (id: Id) =>
	(await room(id))?.folded.timeline.filter((said) => isOf('take')(said) || isOf('assign')(said)) ?? [];
