/** Whom a device believes, against a server that shows what it likes. */
import 'fake-indexeddb/auto';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import type { Pair } from '../../src/lib/crypto/age';
import { attest, digestOf } from '../../src/lib/crypto/proof';
import { keep, newDeviceKey, recall } from '../../src/lib/crypto/vault';
import type { Alert } from '../../src/lib/domain/alert';
import type { Content } from '../../src/lib/domain/content';
import { keysOf } from '../../src/lib/domain/holders';
import type { Ladder } from '../../src/lib/domain/ladder';
import type { Entry, Grant, Key, Person, Team } from '../../src/lib/domain/records';
import { fail, ok } from '../../src/lib/domain/result';
import type { Roll } from '../../src/lib/domain/roll';
import { approvalFields, keyFields, keysFields } from '../../src/lib/domain/signed';
import { Device, type RollRow } from '../../src/lib/store/device';
import { openStore, type Store } from '../../src/lib/store/person';
import { makeAudience } from '../../src/lib/sync/audience';
import { forgetLost } from '../../src/lib/sync/forgetting';
import { openNew } from '../../src/lib/sync/opening';
import {
	freshId,
	grantTo,
	makeAlert,
	makeKey,
	makeStatement,
	type Author
} from '../../src/lib/sync/outgoing';
import type { Remote } from '../../src/lib/sync/remote';
import { followTeam, vouchedTeam } from '../../src/lib/sync/following';
import { pinOwn, pinPersons } from '../../src/lib/sync/pins';
import { bringTrust, caseIdOf, noteLeaving, readTrust } from '../../src/lib/sync/trust';
import { Chain, idOf, INSTANCE, NOON, publicKeys, signedCard, someone, TEAM, type Someone } from './people';

vi.setConfig({ testTimeout: 60_000 });

const TIME = '2026-11-18 12:00:00.000Z';
const OTHER = idOf('other');

let counter = 0;
const newStore = (): Store => openStore(`trust${counter++}`);
const newDevice = (): Device => new Device(`device${counter++}`);

let ana: Someone, cora: Someone, eszter: Someone, stranger: Someone;
let chain: Chain, circle: { key: Key; pair: Pair };
beforeAll(async () => {
	[ana, cora, eszter, stranger] = await Promise.all([
		someone('Ana'),
		someone('Cora'),
		someone('Eszter'),
		someone('Stranger')
	]);
	chain = await new Chain().found(eszter);
	circle = await chain.circle('members', eszter);
	await chain.admit(cora, 'expert', eszter);
});

/** Somebody else who shows up under the same id and name. */
const impostor = async (of: Someone): Promise<Someone> => someone(of.person.name);
/** The first links of the chain, to be gone on with. */
async function again(): Promise<Chain> {
	const other = await new Chain().found(eszter);
	await other.admit(cora, 'expert', eszter);
	return other;
}
const rollsOf = (...some: Chain[]): Map<string, Roll> => new Map(some.map((one) => [one.team, one.roll]));

/** A server that shows these links, `size` on a page. */
function showing({ links }: { links: Chain['links'] }, size = 200) {
	const asked: number[] = [];
	const remote: Pick<Remote, 'roll'> = {
		roll: (_, since) => {
			asked.push(since);
			const rest = links.slice(since).map((link, at) => ({ ...link, seq: since + at + 1 }));
			return Promise.resolve(ok({ links: rest.slice(0, size), more: rest.length > size }));
		}
	};
	return { remote, asked };
}
const silent: Pick<Remote, 'roll'> = {
	roll: () => Promise.resolve(fail({ kind: 'unreachable', reason: 'network' }))
};

describe('following a team', () => {
	const follow = (device: Device, shown: Pick<Remote, 'roll'>, roll: number, expected = '') =>
		followTeam(device, shown, { id: TEAM, roll }, INSTANCE, expected);
	const known = async (device: Device): Promise<RollRow | undefined> => device.roll(TEAM);

	test.for([200, 1])(
		'goes on from what is known, and asks only for the rest, %d links on a page',
		async (size) => {
			const device = newDevice();
			const first = showing({ links: chain.links.slice(0, 1) }, size);
			expect(await follow(device, first.remote, 1)).toMatchObject({ trouble: '', roll: { seq: 1 } });
			const then = showing(chain, size);
			const row = await follow(device, then.remote, 3);
			expect(row).toEqual({
				...{ team: TEAM, roll: chain.roll, fingerprint: chain.roll.fingerprint, trouble: '' }
			});
			expect(await known(device)).toEqual(row);
			expect(then.asked).toEqual(size === 1 ? [1, 2] : [1]);

			const nothing = showing(chain);
			await follow(device, nothing.remote, 3);
			expect(nothing.asked).toEqual([]);
		}
	);

	test('does not believe in an older roll than the known one', async () => {
		const device = newDevice();
		await follow(device, showing(chain).remote, 3);
		const older = showing({ links: chain.links.slice(0, 2) }).remote;
		expect(await follow(device, older, 2)).toMatchObject({ ...{ trouble: 'older', roll: { seq: 3 } } });
		// And comes to rest when the server shows it all again.
		expect(await follow(device, showing(chain).remote, 3)).toMatchObject({ trouble: '', roll: { seq: 3 } });
	});

	test('does not doubt it because the pull is behind, nor because there is no network', async () => {
		const device = newDevice();
		await follow(device, showing(chain).remote, 3);
		for (const shown of [showing(chain).remote, silent]) {
			expect(await follow(device, shown, 2)).toMatchObject({ trouble: '', roll: { seq: 3 } });
		}
		const other = await (await again()).end(cora, eszter);
		expect(await follow(device, showing(other).remote, 2)).toMatchObject({ trouble: 'older' });
	});

	test('keeps what is known when the rest breaks, says why, and takes what continues later', async () => {
		const device = newDevice();
		await follow(device, showing({ links: chain.links.slice(0, 1) }).remote, 1);
		const forged = await (await again()).end(cora, stranger);
		const wrong = { links: [chain.links[0], ...forged.links.slice(1)].flatMap((link) => link ?? []) };
		expect(await follow(device, showing(wrong).remote, 3)).toMatchObject({
			...{ trouble: 'not_entitled', roll: { seq: 1 } }
		});
		const rows = await device.rolls();
		expect(rows.get(TEAM)?.seq).toBe(1);
		const { roll } = (await follow(device, showing(chain).remote, 3)) ?? {};
		expect(roll).toEqual(chain.roll);
	});

	test('believes nothing of a roll that breaks on its second page', async () => {
		const device = newDevice();
		const links = chain.links.with(2, { ...chain.links[2], text: '{}', proof: '' });
		expect(await follow(device, showing({ links }, 2).remote, 3)).toEqual({
			...{ team: TEAM, roll: null, fingerprint: '', trouble: 'unreadable' }
		});
	});

	test('does not take another roll for the one that is known', async () => {
		const device = newDevice();
		await follow(device, showing(chain).remote, 3);
		const rogue = await (await new Chain().found(stranger)).end(cora, stranger);
		await rogue.end(eszter, stranger);
		await rogue.end(ana, stranger);
		expect(await follow(device, showing(rogue).remote, 4)).toMatchObject({
			...{ trouble: 'not_next', roll: chain.roll }
		});
	});

	test('takes the roll that a join link names, and no other; a wrong link does not stand in its way', async () => {
		const device = newDevice();
		const rogue = await new Chain().found(stranger);
		const shown = showing(rogue).remote;
		expect(await follow(device, shown, 1, chain.roll.fingerprint)).toMatchObject({
			...{ trouble: 'other_team', roll: null }
		});
		expect(await follow(device, showing(chain).remote, 3, chain.roll.fingerprint)).toMatchObject({
			...{ trouble: '', roll: chain.roll }
		});
		const other = newDevice();
		await follow(other, showing(chain).remote, 3, rogue.roll.fingerprint);
		expect(await follow(other, showing(chain).remote, 3)).toMatchObject({ trouble: '', roll: chain.roll });
	});

	test('does not take a team of another instance, nor one without a roll', async () => {
		const elsewhere = await new Chain().write(
			{ do: 'found', instance: OTHER, name: 'Team', ...(await publicKeys(eszter)) },
			eszter
		);
		for (const links of [elsewhere.links, []]) {
			expect(await follow(newDevice(), showing({ links }).remote, 1)).toMatchObject({
				...{ trouble: 'other_team', roll: null }
			});
		}
	});

	test('leaves everything as it is without a network', async () => {
		const device = newDevice();
		expect(await follow(device, silent, 3)).toBeNull();
		await follow(device, showing({ links: chain.links.slice(0, 1) }).remote, 1);
		expect(await follow(device, silent, 3)).toMatchObject({ trouble: '', roll: { seq: 1 } });
	});

	test('an alert is sealed to the newest key of the circle, when the roll has it so', async () => {
		const device = newDevice();
		const { id, recipient } = circle.key;
		const asked = (shown: { id: string; recipient: string }) =>
			vouchedTeam(device, { id: TEAM, circle: shown }, NOON);
		expect(await asked({ id, recipient })).toBeNull();
		await follow(device, showing(chain).remote, 3);
		expect(await asked({ id, recipient })).toMatchObject({ id: TEAM, roll: 3, circle: { id, recipient } });
		expect(await asked({ id, recipient: stranger.person.recipient })).toBeNull();
		expect(await asked({ id: OTHER, recipient })).toBeNull();
		await follow(device, showing({ links: chain.links.slice(0, 2) }).remote, 2);
		expect(await asked({ id, recipient })).toBeNull();
	});
});

describe('a person’s keys', () => {
	const pinned = async (store: Store, person: Person, rolls = new Map<string, Roll>(), now = NOON) => {
		await store.users.put(person);
		await pinPersons(store, rolls, INSTANCE, now);
		return store.pins.get(person.id);
	};
	const keysIn = ({ id, recipient, verifier }: Person) =>
		digestOf(keysFields(INSTANCE, id, { recipient, verifier }));

	test('are believed at first sight, and stay', async () => {
		const store = newStore();
		const pin = await pinned(store, ana.person);
		expect(pin).toEqual({
			...{ id: ana.id, name: 'Ana', kind: 'named', keys: await keysIn(ana.person) },
			...{ recipient: ana.person.recipient, verifier: ana.person.verifier },
			...{ how: 'first', changed: '', at: NOON }
		});
		expect(await pinned(store, ana.person, undefined, NOON + 1)).toEqual(pin);
	});

	test('are not given up for others that the server shows; the pin says so', async () => {
		const store = newStore();
		const pin = await pinned(store, ana.person);
		const other = await impostor(ana);
		expect(await pinned(store, other.person)).toEqual({ ...pin, changed: await keysIn(other.person) });
		expect(await pinned(store, ana.person)).toEqual(pin);
	});

	test('are not believed on a card that the person has not signed', async () => {
		const other = await impostor(ana);
		const { recipient, verifier } = other.person;
		for (const card of [
			{ ...ana.person, name: 'Anna' },
			{ ...ana.person, kind: 'coded' as const },
			{ ...ana.person, recipient },
			{ ...ana.person, verifier },
			{ ...ana.person, proof: other.person.proof }
		]) {
			const store = newStore();
			expect(await pinned(store, card)).toMatchObject({
				...{ name: '', recipient: '', verifier: '', changed: 'forged' }
			});
			const second = newStore();
			const pin = await pinned(second, ana.person);
			expect((await pinned(second, card))?.changed, JSON.stringify(card)).not.toBe('');
			expect(await second.pins.get(ana.id)).toMatchObject({ ...pin, changed: expect.any(String) as string });
		}
	});

	test('go by another name when the same key has signed it', async () => {
		const store = newStore();
		await pinned(store, ana.person);
		const { id, recipient, verifier } = ana.person;
		const renamed = await signedCard({ id, name: 'Ana Maria', recipient, verifier }, ana.hand.key);
		expect(await pinned(store, renamed)).toMatchObject({ name: 'Ana Maria', changed: '', at: NOON });
	});

	test('are those of the roll, whatever the server shows, also where others were seen first', async () => {
		const store = newStore();
		const other = await impostor(cora);
		expect(await pinned(store, other.person, rollsOf(chain))).toMatchObject({
			...{ how: 'roll', recipient: '', verifier: cora.person.verifier, name: '' },
			...{ keys: await keysIn(cora.person), changed: await keysIn(other.person) }
		});
		expect(await pinned(store, cora.person, rollsOf(chain))).toMatchObject({
			...{ how: 'roll', recipient: cora.person.recipient, changed: '' }
		});

		const first = newStore();
		await pinned(first, other.person);
		expect(await pinned(first, cora.person, rollsOf(chain))).toMatchObject({
			...{ how: 'roll', verifier: cora.person.verifier, changed: '' }
		});
	});

	test('are as good as met only as long as they are the same', async () => {
		const store = newStore();
		await pinned(store, cora.person);
		await store.pins.update(cora.id, { how: 'met' });
		expect(await pinned(store, cora.person, rollsOf(chain))).toMatchObject({ how: 'met' });
		const other = await impostor(cora);
		const renewed = await (await again()).admit(other, 'expert', eszter);
		expect(await pinned(store, other.person, rollsOf(renewed))).toMatchObject({ how: 'roll' });
	});

	test('are not changed by a team that somebody founds to name others as theirs', async () => {
		const store = newStore();
		const pin = await pinned(store, cora.person, rollsOf(chain));
		const other = await impostor(cora);
		for (const team of [idOf('aaa'), idOf('zzz')]) {
			const rogue = await (await new Chain(team).found(stranger)).admit(other, 'expert', stranger);
			const rolls = rollsOf(rogue, chain);
			expect(await pinned(store, other.person, rolls)).toMatchObject({
				...{ keys: pin?.keys, changed: await keysIn(other.person) }
			});
			expect(await pinned(store, cora.person, rolls)).toMatchObject({ keys: pin?.keys, changed: '' });
			const { verifiersOf } = await readTrust(store, rolls);
			expect(verifiersOf(cora.id, TEAM, 1)).toEqual([cora.person.verifier]);
		}
	});

	describe('that were asked for anew', () => {
		/** What Dora's device, who compared nothing, believes of Ana after these have approved in this team. */
		const after = async (by: Someone[], inTeam: Chain, first = inTeam, signed = by) => {
			const store = newStore();
			await pinPersons(store, rollsOf(first), INSTANCE, NOON);
			await pinned(store, ana.person, rollsOf(first), NOON + 1);
			const other = await impostor(ana);
			const { recipient, verifier } = other.person;
			const asked = { id: idOf('asked'), user: ana.id, recipient, verifier };
			await store.recoveries.put({
				...{ ...asked, rev: 1, team: inTeam.team, login: 'ana', proof: '' },
				...{ created: TIME, done: TIME, refused: '' }
			});
			for (const [at, who] of by.entries()) {
				const hand = signed[at]?.hand.key;
				if (!hand) throw new Error('somebody signs');
				const before = ana.person.verifier;
				const proof = await attest(hand, 'approval', approvalFields(INSTANCE, asked, before));
				await store.approvals.put({ id: freshId(), rev: 1, recovery: asked.id, by: who.id, before, proof });
			}
			const pin = await pinned(store, other.person, rollsOf(first, inTeam), NOON + 2);
			return pin?.verifier === verifier && pin.changed === '';
		};

		test('are believed when two of the team have compared them, one of them a coordinator', async () => {
			expect(await after([eszter, cora], chain)).toBe(true);
		});

		test('are not by one, by a stranger, in another’s name, or when nobody coordinates', async () => {
			expect(await after([eszter], chain)).toBe(false);
			expect(await after([eszter, eszter], chain)).toBe(false);
			expect(await after([eszter, stranger], chain)).toBe(false);
			expect(await after([eszter, cora], chain, chain, [eszter, eszter])).toBe(false);
			const experts = await (await again()).admit(stranger, 'expert', eszter);
			expect(await after([cora, stranger], experts)).toBe(false);
			expect(await after([eszter, stranger], await (await again()).end(cora, eszter))).toBe(false);
		});

		test('are not by a team that came later', async () => {
			const rogue = await (await new Chain(idOf('zzz')).found(stranger)).admit(cora, 'expert', stranger);
			expect(await after([stranger, cora], rogue, chain)).toBe(false);
			expect(await after([stranger, cora], rogue)).toBe(true);
		});
	});

	test('are the own secrets’ for the person at work, whatever the server shows first', async () => {
		const store = newStore();
		await pinOwn(store, INSTANCE, ana.person, NOON);
		const other = await impostor(ana);
		expect(await pinned(store, other.person)).toMatchObject({
			...{ verifier: ana.person.verifier, changed: await keysIn(other.person) }
		});
		await pinOwn(store, INSTANCE, ana.person, NOON + 1);
		expect(await pinned(store, ana.person)).toMatchObject({ keys: await keysIn(ana.person), changed: '' });
		await pinOwn(store, INSTANCE, other.person, NOON + 2);
		expect(await pinned(store, other.person)).toMatchObject({ verifier: other.person.verifier, changed: '' });
	});

	test('are not changed by a team that came later either, where nobody else vouches', async () => {
		const store = newStore();
		const pin = await pinned(store, ana.person);
		const other = await impostor(ana);
		const rogue = await (await new Chain(idOf('zzz')).found(stranger)).admit(other, 'expert', stranger);
		expect(await pinned(store, other.person, rollsOf(rogue), NOON + 1)).toMatchObject({
			...{ keys: pin?.keys, how: 'first', changed: await keysIn(other.person) }
		});
		const after = { ...other.person, name: 'Ana' };
		expect(await pinned(store, after, rollsOf(rogue), NOON + 2)).toMatchObject({ keys: pin?.keys });
		// The one that was known before may: its coordinators let people in with new keys.
		const known = newStore();
		await pinPersons(known, rollsOf(chain), INSTANCE, NOON);
		await pinned(known, ana.person, rollsOf(chain), NOON + 1);
		const admitted = await (await again()).admit(other, 'expert', eszter);
		expect(await pinned(known, other.person, rollsOf(admitted), NOON + 2)).toMatchObject({
			...{ how: 'roll', keys: await keysIn(other.person), changed: '' }
		});
	});
});

/** Eszter's device with Ana's case, as a pull has brought it. */
async function arrived(followed = chain) {
	const { id, recipient } = circle.key;
	const team = { id: TEAM, roll: followed.roll.seq, circle: { id, recipient } };
	const made = await makeAlert(alert, team, authorOf(ana, 'phone'), new Map(), NOON);
	const store = newStore();
	const vault = await newDeviceKey();
	const { cases, keys, grants, entries } = made.local;
	await store.teams.put(teamRow(followed.roll.seq, 1));
	await store.users.bulkPut([ana.person, cora.person, eszter.person, stranger.person]);
	await store.cases.bulkPut(cases);
	await store.keys.bulkPut([...keys, circle.key].map((key) => ({ ...key, rev: 5 })));
	await store.grants.bulkPut([
		...grants,
		await grantTo({ user: eszter.id }, eszter.pair.recipient, id, circle.pair, eszter.hand),
		await grantTo({ user: cora.id }, cora.pair.recipient, id, circle.pair, eszter.hand)
	]);
	await store.entries.bulkPut(entries.map((entry) => ({ ...entry, rev: 10 })));
	await store.identities.add({ id: 'me', box: await keep(vault, eszter.pair.identity, 'identity|me') });
	const rolls = rollsOf(followed);
	await pinPersons(store, rolls, INSTANCE, NOON);
	const [routing] = cases;
	const [key] = keys;
	if (!routing || !key) throw new Error('no case was made');
	const open = (rolls = rollsOf(followed)) => openNew(store, vault, eszter.id, rolls);
	const shown = async (entry: string): Promise<unknown> => {
		const row = await store.opened.get(entry);
		return row && recall(vault, row.box, `opened|${entry}`);
	};
	/** `who` says something under the reporter's key or another; it arrives as this rev. */
	const say = async (who: Someone, under: Key, rev: number, content: Content = message): Promise<Entry> => {
		const turn = { after: [], seq: 1, roll: followed.roll.seq };
		const said = await makeStatement(content, routing, under, authorOf(who, 'tablet'), turn, {}, NOON);
		const entry = { ...said.entry, rev };
		await store.entries.put(entry);
		return entry;
	};
	return { store, vault, made, routing, key, rolls, open, shown, say };
}

const alert: Alert = {
	...{ kind: 'alert', at: NOON, theme: 'hate', type: 'hate_speech', setting: 'sport', place: 'Hall' },
	...{ when: '', urgency: 'soon', story: 'Two older boys shouted.', photos: [] }
};
const message: Content = { kind: 'message', at: NOON, text: 'Hello' };
const authorOf = (who: Someone, device: string): Author => ({
	...{ recipient: who.pair.recipient, device: idOf(device), hand: who.hand }
});
const teamRow = (roll: number, rev: number): Team => ({
	...{
		id: TEAM,
		rev,
		name: 'Team',
		area: idOf('area'),
		locale: 'pl',
		open: true,
		coded: false,
		roll,
		idle: {}
	}
});
const FORGED = { wrong: 'forged' };

describe('the ring', () => {
	test('has what was signed by whom it names', async () => {
		const { store, rolls, key, routing } = await arrived();
		const { ring } = await readTrust(store, rolls);
		expect([...ring.keys.keys()].sort()).toEqual([key.id, circle.key.id].sort());
		expect(ring.grants).toHaveLength(4);
		expect(keysOf(ring, routing.id).map(({ id }) => id)).toEqual([key.id]);
		const one = await readTrust(store, rolls, OTHER);
		expect([...one.ring.keys.keys()]).toEqual([circle.key.id]);
	});

	test.for<[string, Partial<Key>]>([
		['id', { id: OTHER }],
		['team', { team: OTHER }],
		['case', { case: OTHER }],
		['name', { name: 'team' }],
		['generation', { before: OTHER }],
		['maker', { maker: idOf('cora') }]
	])('has no key of which the %s was changed', async ([, change]) => {
		const { store, rolls, key } = await arrived();
		await store.keys.delete(key.id);
		await store.keys.put({ ...key, ...change });
		const { ring } = await readTrust(store, rolls);
		expect([...ring.keys.keys()]).toEqual([circle.key.id]);
	});

	test('has no key with another public half, nor one signed by a stranger', async () => {
		const { store, rolls, key } = await arrived();
		const { recipient } = stranger.person;
		const { proof } = await signedBy(stranger, { ...key, recipient });
		for (const one of [
			{ ...key, recipient },
			{ ...key, proof },
			{ ...key, recipient, proof }
		]) {
			await store.keys.put(one);
			expect((await readTrust(store, rolls)).ring.keys.has(key.id)).toBe(false);
		}
	});

	test.for<[string, Partial<Grant>]>([
		['id', { id: OTHER }],
		['key', { key: idOf('key') }],
		['person', { user: idOf('stranger'), via: '' }],
		['circle', { user: '', via: OTHER }],
		['digest', { digest: '0'.repeat(64) }],
		['giver', { giver: idOf('cora') }]
	])('has no grant of which the %s was changed', async ([, change]) => {
		const { store, rolls, key, made } = await arrived();
		const [first] = made.local.grants;
		if (!first) throw new Error('no grant was made');
		await store.grants.delete(first.id);
		await store.grants.put({ ...first, ...change });
		const { ring } = await readTrust(store, rolls);
		expect(ring.grants.filter((grant) => grant.key === key.id)).toHaveLength(1);
	});

	test('has a circle’s key only as the roll has it', async () => {
		const { store, rolls } = await arrived();
		const rogue = await makeKey({ team: TEAM, case: '', name: 'members', before: '' }, eszter);
		await store.keys.put(rogue.key);
		const other = { ...circle.key, recipient: rogue.key.recipient };
		await store.keys.put(await signedBy(eszter, other));
		expect([...(await readTrust(store, rolls)).ring.keys.keys()]).not.toContain(rogue.key.id);
		expect([...(await readTrust(store, rolls)).ring.keys.keys()]).not.toContain(circle.key.id);
		expect((await readTrust(store, new Map())).ring.keys.has(circle.key.id)).toBe(false);
	});

	test('has what somebody signed with keys that were replaced since, as the team’s own roll tells', async () => {
		const { store, rolls, key } = await arrived();
		const grant = await grantTo({ user: ana.id }, ana.pair.recipient, key.id, circle.pair, cora.hand);
		await store.grants.put(grant);
		const renewed = await (await again()).admit(await impostor(cora), 'expert', eszter);
		await store.pins.delete(cora.id);
		const has = async (some: Map<string, Roll>) =>
			(await readTrust(store, some)).ring.grants.some(({ id }) => id === grant.id);
		expect(await has(rolls)).toBe(true);
		expect(await has(rollsOf(renewed))).toBe(true);
		const elsewhere = await (await new Chain(OTHER).found(eszter)).admit(cora, 'expert', eszter);
		expect(await has(rollsOf(elsewhere))).toBe(false);
	});

	test('calls a case after its first key and who made it: the same key under another name founds none', async () => {
		const { store, rolls, key, routing } = await arrived();
		expect(await caseIdOf(key)).toBe(routing.id);
		expect(await caseIdOf({ ...key, maker: stranger.id })).not.toBe(routing.id);
		const copy = await signedBy(stranger, { ...key, id: OTHER, rev: 1, maker: stranger.id });
		await store.keys.put(copy);
		const { ring } = await readTrust(store, rolls);
		expect(ring.keys.has(OTHER)).toBe(true);
		expect(keysOf(ring, routing.id).map(({ id }) => id)).toEqual([key.id]);
	});

	async function signedBy(who: Someone, key: Key): Promise<Key> {
		return { ...key, proof: await attest(who.hand.key, 'key', keyFields(key)) };
	}
});

describe('what was written', () => {
	test('is genuine from the reporter and from members', async () => {
		const { key, open, shown, say, made } = await arrived();
		const answers = [await say(cora, key, 11), await say(ana, key, 12)];
		await open();
		expect(await shown(made.parcel.item.id)).toEqual({ content: alert, header: made.header });
		for (const { id } of answers) expect(await shown(id)).toMatchObject({ content: message });
	});

	test('is forged from whoever never held the key, though the signature is theirs', async () => {
		const { key, open, shown, say } = await arrived();
		const said = await say(stranger, key, 11);
		await open();
		expect(await shown(said.id)).toEqual(FORGED);
	});

	test('is forged as an alert from anybody but the reporter, under any key', async () => {
		const { store, key, open, shown, say, routing } = await arrived();
		const second = await say(cora, key, 3, { ...alert, story: 'Something else' });
		const place = { team: TEAM, case: routing.id, name: 'team', before: '' } as const;
		const room = await makeAudience(place, authorOf(cora, 'tablet'), [
			{ user: eszter.id, recipient: eszter.pair.recipient }
		]);
		await store.keys.put(room.key);
		await store.grants.bulkPut(room.grants);
		const third = await say(cora, room.key, 4, { ...alert, story: 'Something else' });
		const fine = await say(cora, room.key, 5);
		await open();
		expect(await shown(second.id)).toEqual(FORGED);
		expect(await shown(third.id)).toEqual(FORGED);
		expect(await shown(fine.id)).toMatchObject({ content: message });
	});

	test('is shown as misplaced in another case’s row, and as unreadable when damaged; each once and for all', async () => {
		const { store, key, open, shown, say } = await arrived();
		const said = await say(cora, key, 11);
		const moved = { ...said, id: freshId() };
		const damaged = { ...said, id: freshId(), sealed: `AAAA${said.sealed.slice(4)}` };
		await store.entries.bulkPut([moved, damaged]);
		await open();
		expect(await shown(moved.id)).toEqual({ wrong: 'misplaced' });
		expect(await shown(damaged.id)).toEqual({ wrong: 'unreadable' });
		await store.entries.put({ ...said, id: damaged.id });
		await open();
		expect(await shown(damaged.id)).toEqual({ wrong: 'unreadable' });
	});

	test('waits, instead of being forged, while the roll is not all here', async () => {
		const { store, key, open, shown, say } = await arrived(chain);
		await store.teams.put(teamRow(4, 20));
		const said = await say(stranger, key, 11);
		await open();
		expect(await shown(said.id)).toBeUndefined();
		await store.teams.put(teamRow(3, 20));
		await open();
		expect(await shown(said.id)).toEqual(FORGED);
	});

	test('is looked at again when another is believed', async () => {
		const { store, key, open, shown, say } = await arrived(chain);
		const later = await chainWith((one) => one.admit(stranger, 'expert', eszter));
		const said = await say(stranger, key, 11);
		await open();
		expect(await shown(said.id)).toEqual(FORGED);
		const device = newDevice();
		await bringTrust(store, device, showing(chain).remote, INSTANCE, NOON);
		await store.teams.put(teamRow(later.roll.seq, 20));
		await bringTrust(store, device, showing(later).remote, INSTANCE, NOON);
		await open(rollsOf(later));
		expect(await shown(said.id)).toMatchObject({ content: message });
	});

	test('by keys that a forgotten passphrase replaced stays genuine, also where they were never seen', async () => {
		const { store, key, rolls, open, shown, say } = await arrived(chain);
		const renewed = await impostor(ana);
		const { recipient, verifier } = renewed.person;
		const asked = { id: idOf('asked'), user: ana.id, recipient, verifier };
		await store.users.put(renewed.person);
		await store.pins.delete(ana.id);
		await pinPersons(store, rolls, INSTANCE, NOON);
		const has = async () => (await readTrust(store, rolls)).ring.keys.has(key.id);
		await store.recoveries.put({
			...{ ...asked, rev: 60, team: TEAM, login: 'ana', proof: '' },
			...{ created: TIME, done: TIME, refused: '' }
		});
		const approve = async (who: Someone, hand = who.hand.key, before = ana.person.verifier) => {
			const proof = await attest(hand, 'approval', approvalFields(INSTANCE, asked, before));
			await store.approvals.put({
				...{ id: idOf(who.person.name), rev: 1, recovery: asked.id, by: who.id },
				...{ before, proof }
			});
		};
		await approve(eszter);
		const [one] = await store.approvals.toArray();
		if (one) await store.approvals.put({ ...one, id: idOf('again') });
		expect(await has()).toBe(false);
		await approve(cora, eszter.hand.key);
		expect(await has()).toBe(false);
		await approve(cora, cora.hand.key, stranger.person.verifier);
		expect(await has()).toBe(false);
		await approve(stranger);
		expect(await has()).toBe(false);
		await approve(cora);
		expect(await has()).toBe(true);

		const [before, after, fresh] = [
			await say(ana, key, 60),
			await say(ana, key, 61),
			await say(renewed, key, 61)
		];
		await open();
		expect(await shown(before.id)).toMatchObject({ content: message });
		expect(await shown(after.id)).toEqual(FORGED);
		expect(await shown(fresh.id)).toMatchObject({ content: message });
	});

	test('by keys that were replaced is genuine up to then, and forged after', async () => {
		const newKeys = await impostor(cora);
		const renewed = await chainWith((one) => one.admit(newKeys, 'expert', eszter));
		const { store, key, open, shown, say } = await arrived(renewed);
		await store.users.put(newKeys.person);
		await store.teams.put(teamRow(renewed.roll.seq, 50));
		await bringTrust(store, newDevice(), showing(renewed).remote, INSTANCE, NOON);
		const [before, after, fresh] = [
			await say(cora, key, 50),
			await say(cora, key, 51),
			await say(newKeys, key, 51)
		];
		await open(rollsOf(renewed));
		expect(await shown(before.id)).toMatchObject({ content: message });
		expect(await shown(after.id)).toEqual(FORGED);
		expect(await shown(fresh.id)).toMatchObject({ content: message });
	});

	test('by somebody who has left is genuine up to then, and forged after', async () => {
		const left = await chainWith((one) => one.end(cora, eszter));
		const { store, key, open, shown, say } = await arrived(left);
		const rolls = rollsOf(left);
		await store.teams.put(teamRow(left.roll.seq, 50));
		await noteLeaving(store, rolls);
		const [before, at, after] = [
			await say(cora, key, 11),
			await say(cora, key, 50),
			await say(cora, key, 51)
		];
		await open(rolls);
		expect(await shown(before.id)).toMatchObject({ content: message });
		expect(await shown(at.id)).toMatchObject({ content: message });
		expect(await shown(after.id)).toEqual(FORGED);
	});

	test('by somebody who has left is not forged by what the server said of the team later', async () => {
		const left = await chainWith((one) => one.end(cora, eszter));
		const { store, key, open, shown, say } = await arrived(left);
		await store.teams.put(teamRow(left.roll.seq, 50));
		await noteLeaving(store, rollsOf(left));
		await store.teams.put(teamRow(left.roll.seq, 90));
		await noteLeaving(store, rollsOf(left));
		const after = await say(cora, key, 51);
		await open();
		expect(await shown(after.id)).toEqual(FORGED);
	});

	test('before a roll that is newer than the pull is not taken for written after it', async () => {
		const left = await chainWith((one) => one.end(cora, eszter));
		const { store, key, open, shown, say } = await arrived(left);
		// The link has come by the roll's own route; the pull has brought the team as it was before.
		await store.teams.put(teamRow(left.roll.seq - 1, 9));
		await noteLeaving(store, rollsOf(left));
		const said = await say(cora, key, 40);
		await store.teams.put(teamRow(left.roll.seq, 50));
		await noteLeaving(store, rollsOf(left));
		await open();
		expect(await shown(said.id)).toMatchObject({ content: message });
	});

	test('does not become forged because its author has left another team, or is said to have', async () => {
		const { store, key, open, shown, say } = await arrived();
		const other = await new Chain(OTHER).found(stranger);
		await other.admit(cora, 'expert', stranger, { until: NOON - 1 });
		await other.end(cora, stranger);
		await store.teams.put({ ...teamRow(other.roll.seq, 2), id: OTHER });
		const rolls = rollsOf(chain, other);
		await noteLeaving(store, rolls);
		const said = await say(cora, key, 11);
		await open(rolls);
		expect(await shown(said.id)).toMatchObject({ content: message });
	});

	test('by the reporter stays genuine in the own thread when the reporter leaves the team, and nowhere else', async () => {
		const left = await chainWith(async (one) => (await one.admit(ana, 'expert', eszter)).end(ana, eszter));
		const { store, key, routing, open, shown, say } = await arrived(left);
		await store.teams.put(teamRow(left.roll.seq, 50));
		await noteLeaving(store, rollsOf(left));
		const place = { team: TEAM, case: routing.id, name: 'team', before: '' } as const;
		const room = await makeAudience(place, authorOf(ana, 'phone'), [
			{ user: eszter.id, recipient: eszter.pair.recipient }
		]);
		await store.keys.put(room.key);
		await store.grants.bulkPut(room.grants);
		const [own, inRoom, late] = [
			await say(ana, key, 60),
			await say(ana, room.key, 40),
			await say(ana, room.key, 60)
		];
		await open();
		expect(await shown(own.id)).toMatchObject({ content: message });
		expect(await shown(inRoom.id)).toMatchObject({ content: message });
		expect(await shown(late.id)).toEqual(FORGED);
	});

	test('by a guest is genuine until the last moment, and forged after', async () => {
		const guest = await chainWith((one) => one.admit(stranger, 'guest', eszter, { until: NOON }));
		const { store, key, open, shown, say, made } = await arrived(guest);
		const { recipient } = stranger.person;
		const { identity } = made.identity;
		await store.grants.put(
			await grantTo({ user: stranger.id }, recipient, key.id, { identity }, eszter.hand)
		);
		const [inTime, late] = [await say(stranger, key, 11), await say(stranger, key, 12)];
		await store.entries.update(inTime.id, { created: TIME });
		await store.entries.update(late.id, { created: '2026-11-18 12:00:00.001Z' });
		await open();
		expect(await shown(inTime.id)).toMatchObject({ content: message });
		expect(await shown(late.id)).toEqual(FORGED);
	});

	/** The chain with its own circle's key on it, gone on with. */
	async function chainWith(more: (one: Chain) => Promise<Chain>): Promise<Chain> {
		const one = await new Chain().found(eszter);
		await one.put({ ...circle.key, name: 'members' }, eszter);
		await one.admit(cora, 'expert', eszter);
		return more(one);
	}
});

test('one round brings the rolls, notes who has left and pins who came', async () => {
	const store = newStore();
	const device = newDevice();
	await store.teams.put(teamRow(3, 7));
	await store.users.bulkPut([ana.person, cora.person]);
	await bringTrust(store, device, showing(chain).remote, INSTANCE, NOON);
	expect((await device.rolls()).get(TEAM)).toEqual(chain.roll);
	expect((await store.pins.get(cora.id))?.how).toBe('roll');
	expect((await store.pins.get(ana.id))?.how).toBe('first');

	await bringTrust(store, device, silent, INSTANCE, NOON);
	expect((await device.rolls()).get(TEAM)).toEqual(chain.roll);
});

describe('what this person may no longer open', () => {
	const ended = TIME;
	/** Cora's device: Ana's thread by the circle, a room by name, her own case. */
	async function device() {
		const store = newStore();
		const box = new Uint8Array(1);
		const row = (id: string, key: string, author: string): Entry => ({
			...{ id: idOf(id), rev: 1, case: idOf('case'), key: idOf(key), kind: 'message', author },
			...{ sealed: 'AAAA', digest: '', created: TIME }
		});
		const key = (id: string, maker: string): Key => ({
			...{ id: idOf(id), rev: 1, team: TEAM, case: idOf('case'), name: 'team', before: '' },
			...{ recipient: '', maker, proof: '', ended: '' }
		});
		const grant = (id: string, of: string, to: Partial<Grant>): Grant => ({
			...{ id: idOf(id), rev: 1, key: idOf(of), user: '', via: '', sealed: '', digest: '', giver: '' },
			...{ proof: '', ended: '', ...to }
		});
		await store.keys.bulkPut([key('thread', ana.id), key('room', ana.id), key('own', cora.id)]);
		await store.grants.bulkPut([
			grant('g1', 'circle', { user: cora.id }),
			grant('g2', 'thread', { via: idOf('circle') }),
			grant('g3', 'room', { user: cora.id }),
			grant('g4', 'room', { user: ana.id }),
			grant('g5', 'own', { user: cora.id })
		]);
		const entries = [row('e1', 'thread', ana.id), row('e2', 'room', ana.id), row('e3', 'own', cora.id)];
		await store.entries.bulkPut(entries);
		await store.opened.bulkPut(entries.map(({ id }) => ({ id, case: idOf('case'), box })));
		await store.identities.bulkPut(
			['me', 'sign', ...['circle', 'thread', 'room', 'own'].map(idOf)].map((id) => ({ id, box }))
		);
		await store.files.put({ id: idOf('photo'), box });
		await store.blobs.put({
			...{ id: idOf('part'), rev: 1, key: idOf('thread'), entry: idOf('e1'), owner: ana.id },
			...{ file: idOf('photo'), index: 0, count: 1, digest: '', part: '' }
		});
		return store;
	}
	const left = async (store: Store) => ({
		entries: (await store.entries.toCollection().primaryKeys()).map((id) => id.replace(/0+$/, '')),
		opened: (await store.opened.toCollection().primaryKeys()).map((id) => id.replace(/0+$/, '')),
		keys: (await store.identities.toCollection().primaryKeys()).map((id) => id.replace(/0+$/, '')),
		files: await store.files.count(),
		blobs: await store.blobs.count()
	});
	const ALL = ['circle', 'me', 'own', 'room', 'sign', 'thread'];

	test('nothing goes while the grants hold', async () => {
		const store = await device();
		await forgetLost(store, cora.id);
		expect(await left(store)).toEqual({
			...{ entries: ['e1', 'e2', 'e3'], opened: ['e1', 'e2', 'e3'], keys: ALL, files: 1, blobs: 1 }
		});
	});

	test('what was opened through a circle goes with the circle, pictures too', async () => {
		const store = await device();
		await store.grants.update(idOf('g1'), { ended });
		await forgetLost(store, cora.id);
		expect(await left(store)).toEqual({
			...{ entries: ['e2', 'e3'], opened: ['e2', 'e3'] },
			...{ keys: ['me', 'own', 'room', 'sign'], files: 0, blobs: 0 }
		});
	});

	test('what was opened to the circle only goes when that ends', async () => {
		const store = await device();
		await store.grants.update(idOf('g2'), { ended });
		await forgetLost(store, cora.id);
		expect((await left(store)).entries).toEqual(['e2', 'e3']);
		expect((await left(store)).keys).toContain('circle');
	});

	test('what was opened by name goes, unless another grant still opens it', async () => {
		const store = await device();
		await store.grants.update(idOf('g3'), { ended });
		const other = await store.grants.get(idOf('g3'));
		if (!other) throw new Error('no such grant');
		await store.grants.put({ ...other, id: idOf('g6'), user: '', via: idOf('circle'), ended: '' });
		await forgetLost(store, cora.id);
		expect((await left(store)).entries).toEqual(['e1', 'e2', 'e3']);
		await store.grants.update(idOf('g6'), { ended });
		await forgetLost(store, cora.id);
		expect((await left(store)).entries).toEqual(['e1', 'e3']);
	});

	test('what the person has made stays, whatever has ended', async () => {
		const store = await device();
		await store.grants.toCollection().modify({ ended });
		await forgetLost(store, cora.id);
		expect(await left(store)).toEqual({
			...{ entries: ['e3'], opened: ['e3'], keys: ['me', 'own', 'sign'], files: 0, blobs: 0 }
		});
	});

	test('a case of which nothing is left goes, but from those who work on it', async () => {
		for (const [role, stays] of [
			['guest', false],
			['expert', true]
		] as const) {
			const store = await device();
			await store.cases.put({
				...{ id: idOf('case'), rev: 1, team: TEAM, theme: 'hate', type: 'threat', place: '' },
				...{ urgency: 'soon', phase: 'received', owner: '', created: TIME }
			});
			await store.memberships.put({
				...{ id: idOf('seat'), rev: 1, team: TEAM, user: cora.id, agency: '', role, until: '', ended: '' }
			});
			await store.grants.update(idOf('g2'), { ended });
			await forgetLost(store, cora.id);
			// Something is left, and something else of it is hers.
			expect(await store.cases.get(idOf('case'))).toBeDefined();
			await store.entries.delete(idOf('e3'));
			await store.grants.toCollection().modify({ ended });
			await forgetLost(store, cora.id);
			expect((await store.cases.get(idOf('case'))) !== undefined).toBe(stays);
		}
	});

	test.for([
		{ name: 'stays while they are in the team', seats: { here: '' }, rows: ['l1', 'l2', 'l3', 'l4'] },
		{
			name: 'goes with it, but of what they can open, or were told in the team above',
			seats: { here: ended, there: '' },
			rows: ['l1', 'l3', 'l4']
		},
		{ name: 'goes with the last team, of those below it too', seats: { here: ended }, rows: ['l1'] },
		{ name: 'stays with whoever was in no team', seats: {}, rows: ['l1', 'l2', 'l3', 'l4'] }
	])('how a team was told $name', async ({ seats, rows }) => {
		const store = await device();
		const teams: Record<string, string> = { here: TEAM, there: idOf('there') };
		await store.memberships.bulkPut(
			Object.entries(seats).map(([name, over]) => ({
				...{ id: idOf(name), rev: 1, team: teams[name] ?? '', user: cora.id, agency: '' },
				...{ role: 'police' as const, until: '', ended: over }
			}))
		);
		const ladder = (id: string, team: string, of: string): Ladder => ({
			...{ id: idOf(id), rev: 1, team, case: idOf(of), urgency: 'danger' },
			...{ steps: [], next: TIME, had: '', over: '', by: '' }
		});
		await store.ladders.bulkPut([
			ladder('l1', TEAM, 'case'),
			ladder('l2', TEAM, 'other'),
			ladder('l3', idOf('below'), 'third'),
			{ ...ladder('l4', TEAM, 'fourth'), above: idOf('there') }
		]);
		await forgetLost(store, cora.id);
		const left = await store.ladders.toCollection().primaryKeys();
		expect(left).toEqual(rows.map((id) => idOf(id)));
	});

	test('another’s ended grants take nothing away', async () => {
		const store = await device();
		await store.grants.update(idOf('g4'), { ended });
		await forgetLost(store, cora.id);
		expect((await left(store)).entries).toEqual(['e1', 'e2', 'e3']);
	});
});
