/** What goes along with an alert in its batch: who opens it, by what each device checks, and in whose name nobody adds to it. */
import 'fake-indexeddb/auto';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { openPart, sealEntry } from '../../src/lib/crypto/envelope';
import { own } from '../../src/lib/crypto/bytes';
import type { Hand } from '../../src/lib/crypto/hand';
import { keep, newDeviceKey, recall } from '../../src/lib/crypto/vault';
import type { Alert, Attachment, Names } from '../../src/lib/domain/alert';
import type { Content, Opening } from '../../src/lib/domain/content';
import { keysOf, newestKey } from '../../src/lib/domain/holders';
import { PART_BYTES } from '../../src/lib/domain/parts';
import { partiesOf } from '../../src/lib/domain/parties';
import type { Entry, Grant, Key } from '../../src/lib/domain/records';
import { openStore, type Store } from '../../src/lib/store/person';
import { makeDevice } from '../../src/lib/sync/account';
import { openNew } from '../../src/lib/sync/opening';
import { freshId, grantTo, makeAlert, makeKey, type NewCase } from '../../src/lib/sync/outgoing';
import { pinPersons } from '../../src/lib/sync/pins';
import { readTrust } from '../../src/lib/sync/trust';
import { Chain, idOf, INSTANCE, NOON, someone, TEAM, type Someone } from './people';

vi.setConfig({ testTimeout: 60_000 });

const bytesOf = (size: number, first: number) => own(new Uint8Array(size).map((_, at) => (at + first) % 251));
const FILES = new Map([
	['photo0000000000', bytesOf(9, 1)],
	['voice0000000000', bytesOf(PART_BYTES + 3, 2)],
	['taken0000000000', bytesOf(PART_BYTES + 7, 3)]
]);
const voice: Attachment = {
	...{
		kind: 'voice',
		file: 'voice0000000000',
		type: 'audio/webm',
		bytes: PART_BYTES + 3,
		parts: 2,
		seconds: 7
	}
};
const original: Attachment = {
	...{ kind: 'original', file: 'taken0000000000', type: 'image/jpeg', name: 'IMG_1.jpg' },
	...{ bytes: PART_BYTES + 7, parts: 2 }
};
const alert: Alert = {
	...{
		kind: 'alert',
		at: NOON,
		theme: 'hate',
		type: 'threat',
		place: 'Sports hall',
		when: '',
		urgency: 'danger'
	},
	story: 'Two older boys shouted.',
	photos: [{ file: 'photo0000000000', type: 'image/webp', bytes: 9, width: 4, height: 3, parts: 1 }],
	files: [voice]
};
const names: Names = { kind: 'names', at: NOON, text: 'Jan Kowalski', files: [original] };
const act: Opening = {
	...{ kind: 'opening', at: NOON, audience: 'reporter', to: { team: TEAM, circle: 'police' } },
	...{ basis: 'vital_interest', consent: 'given', reason: '' }
};

type Circle = Awaited<ReturnType<Chain['circle']>>;
let ana: Someone, cora: Someone, dorin: Someone, eszter: Someone;
let chain: Chain;
let circles: Record<'members' | 'police' | 'coordinators', Circle>;
beforeAll(async () => {
	[ana, cora, dorin, eszter] = await Promise.all([
		someone('Ana'),
		someone('Cora'),
		someone('Dorin'),
		someone('Eszter')
	]);
	chain = await new Chain().found(eszter);
	await chain.admit(cora, 'expert', eszter);
	await chain.admit(dorin, 'police', eszter);
	circles = {
		members: await chain.circle('members', eszter),
		police: await chain.circle('police', eszter),
		coordinators: await chain.circle('coordinators', eszter)
	};
});

const shown = ({ key }: Circle) => ({ id: key.id, recipient: key.recipient });
const made = (
	hand = ana.hand,
	device = idOf('phone'),
	along = { few: true, police: true }
): Promise<NewCase> =>
	makeAlert(
		alert,
		{ id: TEAM, roll: chain.roll.seq, circle: shown(circles.members) },
		{ recipient: ana.pair.recipient, device, hand },
		FILES,
		NOON,
		{
			few: along.few ? { circle: shown(circles.coordinators), names } : null,
			police: along.police ? { circle: shown(circles.police), act } : null
		}
	);
/** By the hand of a device of Ana's, as while it is locked. */
async function locked(along?: { few: boolean; police: boolean }) {
	const { device, hand: key, certificate } = await makeDevice(ana.id, ana.seed);
	const hand: Hand = { user: ana.id, key, certificate };
	return { device, hand, case: await made(hand, device, along) };
}

const rollsOf = (...all: Chain[]) => new Map(all.map(({ roll }) => [roll.team, roll]));
let stores = 0;

type More = { keys?: Key[]; grants?: Grant[]; entries?: Entry[] };
/** What `who` sees after a pull that has brought what the person may have, and more. */
async function sees(who: Someone, { local }: NewCase, more: More = {}, known: readonly Chain[] = []) {
	const rolls = rollsOf(chain, ...known);
	const inside = { [cora.id]: ['members'], [dorin.id]: ['police'], [eszter.id]: Object.keys(circles) }[
		who.id
	];
	const store: Store = openStore(`beside${stores++}`);
	const vault = await newDeviceKey();
	const held = Object.entries(circles).filter(([name]) => inside?.includes(name));
	await store.users.bulkPut([ana, cora, dorin, eszter].map(({ person }) => person));
	await store.cases.bulkPut(local.cases);
	await store.keys.bulkPut([
		...held.map(([, { key }]) => ({ ...key, rev: 1 })),
		...byRev(local.keys, more.keys)
	]);
	await store.grants.bulkPut([...local.grants, ...(more.grants ?? [])]);
	for (const [, { key, pair }] of held)
		await store.grants.add(await grantTo({ user: who.id }, who.pair.recipient, key.id, pair, eszter.hand));
	await store.entries.bulkPut(byRev(local.entries, more.entries));
	await store.identities.add({ id: 'me', box: await keep(vault, who.pair.identity, 'identity|me') });
	await pinPersons(store, rolls, INSTANCE, NOON);
	await openNew(store, vault, who.id, rolls);
	const entries = await store.entries.orderBy('id').toArray();
	const opened = await Promise.all(
		entries
			.sort((a, b) => a.rev - b.rev)
			.map(async ({ id, kind }) => {
				const row = await store.opened.get(id);
				return [kind, row ? await recall(vault, row.box, `opened|${id}`) : 'closed'] as const;
			})
	);
	return { opened, store, trust: await readTrust(store, rolls) };
}
const byRev = <T extends Key | Entry>(some: readonly T[], more: readonly T[] = []): T[] =>
	[...some, ...more].map((row, at) => ({ ...row, rev: 10 + at }));
const contents = (opened: readonly (readonly [string, unknown])[]) =>
	opened.map(([kind, one]) => [
		kind,
		typeof one === 'object' && one !== null && 'content' in one ? (one.content as Content).kind : one
	]);

describe('an alert with names and an original, that is open to the police', () => {
	test('is one batch: case, two keys, five grants, three entries, the alert first', async () => {
		const { parcel, local } = await made();
		expect(parcel.batch.writes.map(({ collection }) => collection)).toEqual([
			...['cases', 'keys', 'keys', 'grants', 'grants', 'grants', 'grants', 'grants'],
			...['entries', 'entries', 'entries']
		]);
		expect(local.entries.map(({ kind }) => kind)).toEqual(['alert', 'opening', 'names']);
		expect(parcel.item.id).toBe(local.entries[0]?.id);
		expect(parcel.item.makes).toHaveLength(3);
		const [thread, narrow] = local.keys;
		expect(local.keys.map(({ name }) => name)).toEqual(['reporter', 'narrow']);
		const given = local.grants.map(({ key, user, via }) => [
			key === thread?.id ? 'thread' : 'narrow',
			user || via
		]);
		expect(given).toEqual([
			...[
				['thread', ana.id],
				['thread', circles.members.key.id],
				['thread', circles.police.key.id]
			],
			...[
				['narrow', ana.id],
				['narrow', circles.coordinators.key.id]
			]
		]);
		expect(local.entries.map(({ key }) => key)).toEqual([thread?.id, thread?.id, narrow?.id]);
	});

	test('says nothing in the clear, and names and originals under no key but the narrow one', async () => {
		const { parcel, local, beside } = await made();
		const sent = JSON.stringify([parcel.item, parcel.batch, parcel.parts.map(({ fields }) => fields)]);
		for (const word of ['Kowalski', 'IMG_1', 'shouted']) expect(sent).not.toContain(word);
		const [thread, narrow] = local.keys;
		const keyOf = (file: string) => [
			...new Set(parcel.parts.flatMap(({ fields }) => (fields.file === file ? [fields.key] : [])))
		];
		expect(keyOf(original.file)).toEqual([narrow?.id]);
		expect([voice.file, 'photo0000000000'].map(keyOf)).toEqual([[thread?.id], [thread?.id]]);
		const ofOriginal = parcel.parts.filter(({ fields }) => fields.file === original.file);
		expect(ofOriginal.map(({ item, fields }) => [item, fields.entry])).toEqual(
			Array(2).fill([parcel.item.id, local.entries[2]?.id])
		);
		expect(parcel.parts.at(-1)?.fields.file).toBe(original.file);
		expect(parcel.item.parts).toBe(5);

		// And the narrow key alone opens the original.
		const identities = new Map(
			beside.flatMap(({ identity }) => (identity ? [[identity.key, identity]] : []))
		);
		const [part] = ofOriginal;
		const place = { case: parcel.item.case, key: narrow?.id ?? '', file: original.file, index: 0, count: 2 };
		const right = identities.get(narrow?.id ?? '')?.identity ?? '';
		const verifiers = [ana.person.verifier];
		for (const [identity, ok] of [
			[right, true],
			[(await made()).identity.identity, false]
		] as const) {
			const opened = await openPart(
				part?.bytes ?? own(new Uint8Array()),
				{ ...place, author: ana.id },
				identity,
				verifiers
			);
			expect(opened.ok).toBe(ok);
		}
	});

	test.for(['unlocked', 'locked'] as const)('is read by each as far as it is for them: %s', async (how) => {
		const sent = how === 'locked' ? (await locked()).case : await made();
		const [, , told] = sent.local.entries;
		expect(contents((await sees(cora, sent)).opened)).toEqual([
			...[
				['alert', 'alert'],
				['opening', 'opening'],
				['names', 'closed']
			]
		]);
		expect(contents((await sees(dorin, sent)).opened)).toEqual([
			...[
				['alert', 'alert'],
				['opening', 'opening'],
				['names', 'closed']
			]
		]);
		const all = await sees(eszter, sent);
		expect(contents(all.opened)).toEqual([
			...[
				['alert', 'alert'],
				['opening', 'opening'],
				['names', 'names']
			]
		]);
		expect(all.opened[2]?.[1]).toMatchObject({
			content: names,
			header: { entry: told?.id, seq: 1, after: [] }
		});
		const narrow = newestKey(keysOf(all.trust.ring, sent.parcel.item.case), 'narrow');
		const parties = narrow ? partiesOf(all.trust.ring, narrow, NOON) : [];
		expect(parties).toHaveLength(2);
		expect(parties).toContainEqual({ user: ana.id });
		expect(parties).toContainEqual({ team: TEAM, circle: 'coordinators' });
	});

	test('without either, is as it always was', async () => {
		const { parcel, beside } = await made(undefined, undefined, { few: false, police: false });
		expect(parcel.batch.writes).toHaveLength(5);
		expect(beside).toEqual([]);
	});
});

describe('who is let into the names alone', () => {
	/** Dorin, whom Eszter has let in. `local` without what the server does not show him. */
	async function letIn(sent: NewCase, showsFirst: boolean) {
		const [thread, narrow] = sent.local.keys;
		const { identity } = sent.beside.find((one) => one.identity) ?? {};
		if (!thread || !narrow || !identity) throw new Error('there are names');
		const grant = await grantTo({ user: dorin.id }, dorin.pair.recipient, narrow.id, identity, eszter.hand);
		const isNarrow = ({ key }: { key: string }) => key === narrow.id;
		const local = {
			...sent.local,
			keys: showsFirst ? [thread, narrow] : [narrow],
			grants: sent.local.grants.filter(isNarrow),
			entries: sent.local.entries.filter(isNarrow)
		};
		return { ...(await sees(dorin, { ...sent, local }, { grants: [grant] })), id: sent.parcel.item.case };
	}

	test.for(['unlocked', 'locked'] as const)(
		'believes them by the key the case began with: %s',
		async (how) => {
			const sent = how === 'locked' ? (await locked({ few: true, police: false })).case : await made();
			expect(contents((await letIn(sent, true)).opened)).toEqual([['names', 'names']]);
			expect(contents((await letIn(sent, false)).opened)).not.toEqual([['names', 'names']]);
		}
	);
});

describe('a locked phone that was taken away', () => {
	/** An entry of Ana's by the hand of that phone, in a case that is there already. */
	async function adds(
		{ hand, device }: { hand: Hand; device: string },
		sent: NewCase,
		content: Content,
		key: Key | undefined,
		seq: number
	): Promise<Entry> {
		if (!key) throw new Error('there is a key');
		const place = {
			team: TEAM,
			case: key.case,
			entry: freshId(),
			key: key.id,
			kind: content.kind,
			author: ana.id
		};
		const header = { ...place, after: [], seq, device, roll: chain.roll.seq };
		const sealed = await sealEntry(header, content, key.recipient, hand);
		const { entry: id, case: kase, kind, author } = place;
		return {
			id,
			rev: 99,
			case: kase,
			key: key.id,
			kind,
			author,
			...sealed,
			created: '2026-11-18 12:00:00.000Z'
		};
	}
	const last = (opened: readonly (readonly [string, unknown])[]) => opened.at(-1)?.[1];
	const FORGED = { wrong: 'forged' };

	test('tells few nothing more in a case that was opened without it', async () => {
		const [phone, sent] = [await locked(), await made()];
		const [thread, narrow] = sent.local.keys;
		const added: [Content, Key | undefined, number][] = [
			[names, narrow, 1],
			[act, thread, 2],
			[{ ...alert, story: 'It was nothing.' }, thread, 1]
		];
		for (const [content, key, seq] of added) {
			const entry = await adds(phone, sent, content, key, seq);
			expect(last((await sees(eszter, sent, { entries: [entry] })).opened), content.kind).toEqual(FORGED);
		}
	});

	test('says nothing elsewhere than at the beginning in one that it has opened', async () => {
		const { case: sent, ...phone } = await locked();
		const [thread, narrow] = sent.local.keys;
		const added: [Content, Key | undefined, number][] = [
			[names, narrow, 2],
			[names, thread, 2],
			[act, thread, 3],
			[act, narrow, 1],
			[{ kind: 'message', at: NOON, text: 'Close it.' }, thread, 2]
		];
		for (const [content, key, seq] of added) {
			const entry = await adds(phone, sent, content, key, seq);
			const { kind } = content;
			expect(last((await sees(eszter, sent, { entries: [entry] })).opened), kind).toEqual(FORGED);
		}
	});

	test('lets no circle into a case that it has not opened, and none of another team into any', async () => {
		const none = { few: false, police: false };
		const phone = await locked(none);
		const rogue = await new Chain(idOf('rogue')).found(eszter);
		const other = await rogue.circle('members', eszter);
		const readers = async (sent: NewCase, { key: circle, pair }: Circle) => {
			const [key] = sent.local.keys;
			if (!key) throw new Error('a case has its key');
			const grant = await grantTo({ via: circle.id }, circle.recipient, key.id, pair, phone.hand);
			const seen = await sees(eszter, sent, { grants: [grant] }, [rogue]);
			return partiesOf(seen.trust.ring, key, NOON).flatMap((party) =>
				'circle' in party ? [party.circle] : []
			);
		};
		expect(await readers(await made(undefined, undefined, none), circles.police)).toEqual(['members']);
		expect(await readers(phone.case, other)).toEqual(['members']);
		expect((await readers(phone.case, circles.police)).sort()).toEqual(['members', 'police']);
	});

	/** A narrow key of its own making, granted to the coordinators, as if the case had been opened with it. */
	async function key(phone: { hand: Hand }, sent: NewCase, before = '') {
		const place = { team: TEAM, case: sent.parcel.item.case, name: 'narrow', before } as const;
		const made = await makeKey(place, { hand: phone.hand });
		const { id, recipient } = circles.coordinators.key;
		return { ...made, grant: await grantTo({ via: id }, recipient, made.key.id, made.pair, phone.hand) };
	}
	const narrowIn = async (sent: NewCase, more: More) => {
		const { ring } = (await sees(eszter, sent, more)).trust;
		return newestKey(keysOf(ring, sent.parcel.item.case), 'narrow')?.id ?? null;
	};

	test('makes no key for few in a case that has none, whoever opened it', async () => {
		const none = { few: false, police: false };
		const phone = await locked(none);
		for (const sent of [phone.case, await made(undefined, undefined, none)]) {
			const { key: own, grant } = await key(phone, sent);
			expect(await narrowIn(sent, { keys: [own], grants: [grant] })).toBeNull();
		}
	});

	test('puts none in the place of the one that is there', async () => {
		const { case: sent, ...phone } = await locked();
		const genuine = sent.local.keys[1]?.id;
		for (const before of ['', genuine]) {
			const { key: own, grant } = await key(phone, sent, before);
			expect(await narrowIn(sent, { keys: [own], grants: [grant] })).toBe(genuine);
		}
	});

	test('adds no first key that is called after one of its own', async () => {
		const none = { few: false, police: false };
		const phone = await locked(none);
		const { key: own, grant, pair } = await key(phone, phone.case);
		const { besideId } = await import('../../src/lib/sync/trust');
		const { keyFields } = await import('../../src/lib/domain/signed');
		const { vouch } = await import('../../src/lib/crypto/hand');
		const [first] = phone.case.local.keys;
		if (!first) throw new Error('a case has its key');
		const fields = keyFields({ ...first, id: await besideId(pair.recipient) });
		const second: Key = { ...first, ...fields, proof: await vouch(phone.hand, 'key', fields) };
		for (const keys of [
			[second, own],
			[own, second]
		])
			expect(await narrowIn(phone.case, { keys, grants: [grant] })).toBeNull();
	});
});
