/** Envelopes sealed by a second implementation open with ours, ours are read by it, and no byte of one can be another. */
import { Decrypter, Encrypter } from 'age-encryption';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { newPair, type Pair } from '../../src/lib/crypto/age';
import { fromBase64, own, toBase64 } from '../../src/lib/crypto/bytes';
import { openEntry, openPart, openTray, sealEntry, sealPart, sealTray } from '../../src/lib/crypto/envelope';
import type { Hand } from '../../src/lib/crypto/hand';
import { signingKey } from '../../src/lib/crypto/proof';
import type { EntryHeader, PartHeader } from '../../src/lib/domain/envelope';
import { makeDevice } from '../../src/lib/sync/account';
import { idOf, INSTANCE, TEAM } from './people';
import { RUNS } from './runs';
import * as second from './second';

// Post-quantum sealing takes milliseconds each time.
vi.setConfig({ testTimeout: 600_000 });

const SEED = own(Buffer.from('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60', 'hex'));
const KNOWN = JSON.parse(readFileSync('tests/unit/vectors.json', 'utf8')) as {
	inside: { entry: string; part: string; tray: string };
};
const [ANA, KEY] = [idOf('ana'), idOf('key')];
const place = {
	team: TEAM,
	case: idOf('case'),
	entry: idOf('entry'),
	key: KEY,
	kind: 'message',
	author: ANA
};
const header: EntryHeader = {
	...{ ...place, after: [idOf('one'), idOf('two')], seq: 3, device: idOf('phone'), roll: 4 }
};
const part: PartHeader = { case: place.case, key: KEY, file: idOf('file'), index: 1, count: 3, author: ANA };
const content = { kind: 'message', at: 1, text: 'zażółć' };
const body = Buffer.from(JSON.stringify(content), 'utf8');
const other = second.signer(SEED);

let pair: Pair, hand: Hand;
beforeAll(async () => {
	pair = await newPair();
	hand = { user: ANA, key: await signingKey(toBase64(SEED)), certificate: null };
});

/** By age alone, without our door to it. */
async function sealed(inside: Uint8Array): Promise<string> {
	const encrypter = new Encrypter();
	encrypter.addRecipient(pair.recipient);
	return Buffer.from(await encrypter.encrypt(inside)).toString('base64');
}
async function inside(envelope: string): Promise<Buffer> {
	const decrypter = new Decrypter();
	decrypter.addIdentity(pair.identity);
	return Buffer.from(await decrypter.decrypt(Buffer.from(envelope, 'base64')));
}
const entryOf = (envelope: string) => openEntry(envelope, place, pair.identity, [other.verifier]);
const partOf = (envelope: string) => openPart(fromBase64(envelope), part, pair.identity, [other.verifier]);

describe('an entry', () => {
	test('is laid out as the second implementation and the known answer have it', async () => {
		const { sealed: ours } = await sealEntry(header, content, pair.recipient, hand);
		const whole = await inside(ours);
		expect(whole.toString('base64')).toBe(KNOWN.inside.entry);
		expect(second.inside('entry', { v: 2, ...header }, body, other).equals(whole)).toBe(true);
		const read = second.takenApart(whole);
		expect(read.header).toEqual({ v: 2, ...header });
		expect(read.body.equals(body)).toBe(true);
		expect(read.certificate).toBe('');
		expect(second.isBy(other.verifier, 'entry', read.text, read.signature)).toBe(true);
	});

	test('that the second implementation made opens', async () => {
		const made = await sealed(second.inside('entry', { v: 2, ...header }, body, other));
		expect(await entryOf(made)).toEqual({ ok: true, value: { header, content } });
		expect(await entryOf(await sealed(Buffer.from(KNOWN.inside.entry, 'base64')))).toEqual({
			...{ ok: true, value: { header, content } }
		});
	});

	test('of a locked device brings its certificate, in the order in which it is checked', async () => {
		const { device, hand: key, certificate } = await makeDevice(ANA, toBase64(SEED));
		const alert = { ...header, kind: 'alert', device };
		const { sealed: ours } = await sealEntry(alert, content, pair.recipient, { user: ANA, key, certificate });
		const read = second.takenApart(await inside(ours));
		expect(read.certificate).toBe(second.canonical(certificate));
		expect(second.isBy(certificate.verifier, 'entry', read.text, read.signature)).toBe(true);
		const { proof, ...fields } = certificate;
		const said = Buffer.from(second.canonical(fields), 'utf8');
		expect(second.isBy(other.verifier, 'device', said, Buffer.from(proof, 'base64'))).toBe(true);
	});
});

test('a part of a file is laid out as the second implementation has it, and its own opens', async () => {
	const bytes = own(Buffer.from('picture'));
	const { bytes: ours } = await sealPart(part, bytes, pair.recipient, hand);
	const whole = await inside(toBase64(ours));
	expect(whole.toString('base64')).toBe(KNOWN.inside.part);
	const made = second.inside('part', { v: 2, ...part }, bytes, other);
	expect(made.equals(whole)).toBe(true);
	expect(await partOf(await sealed(made))).toEqual({ ok: true, value: bytes });
});

test('what was not sent is laid out as the second implementation and the known answer have it, and opens', async () => {
	const whose = { user: ANA, instance: INSTANCE };
	const ours = await sealTray(whose, content, pair.recipient, hand);
	const whole = await inside(toBase64(ours));
	expect(whole.toString('base64')).toBe(KNOWN.inside.tray);
	expect(second.inside('tray', { v: 2, ...whose }, body, other).equals(whole)).toBe(true);
	const trayOf = (sealed: Uint8Array, place = whose) =>
		openTray(sealed, place, pair.identity, [other.verifier]);
	expect(await trayOf(ours)).toEqual({ ok: true, value: content });
	expect(await trayOf(ours, { ...whose, instance: idOf('other') })).toMatchObject({
		...{ ok: false, error: { kind: 'misplaced' } }
	});
	const asEntry = await sealed(second.inside('entry', { v: 2, ...whose }, body, other));
	expect(await trayOf(fromBase64(asEntry))).toMatchObject({ ok: false, error: { kind: 'forged' } });
});

test('the length that shows depends on the padded length alone', async () => {
	const lengths = new Map<number, Set<number>>();
	for (let size = 0; size < 2600; size += 52) {
		const { sealed: ours } = await sealEntry(header, 'x'.repeat(size), pair.recipient, hand);
		const { length } = await inside(ours);
		const some = lengths.get(length) ?? new Set();
		lengths.set(length, some.add(fromBase64(ours).length));
	}
	expect(lengths.size).toBeLessThan(30);
	// What is short is all of one length.
	expect(lengths.has(1024)).toBe(true);
	for (const shown of lengths.values()) expect(shown.size).toBe(1);
});

test('any change to any bit of a sealed entry or part makes it unreadable', async () => {
	const { sealed: entry } = await sealEntry(header, content, pair.recipient, hand);
	const { bytes } = await sealPart(part, own(Buffer.from('picture')), pair.recipient, hand);
	const [one, two] = [fromBase64(entry), bytes];
	const unreadable = { ok: false, error: { kind: 'unreadable' } };
	await fc.assert(
		fc.asyncProperty(fc.boolean(), fc.nat(), fc.integer({ min: 0, max: 7 }), async (isEntry, at, bit) => {
			const copy = own(isEntry ? one : two);
			const place = at % copy.length;
			copy[place] = (copy[place] ?? 0) ^ (1 << bit);
			expect(await (isEntry ? entryOf : partOf)(toBase64(copy))).toEqual(unreadable);
		}),
		{ numRuns: RUNS }
	);
});
