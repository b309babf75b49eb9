/**
 * What lies inside an envelope, against a reader who could open it, change what they like and seal it anew to anybody:
 * age stands open here, as it would to them, and so thousands of changes can be tried.
 */
import fc from 'fast-check';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { fromBase64, own, toBase64, type Bytes } from '../../src/lib/crypto/bytes';
import { openEntry, openPart, sealEntry, sealPart, type Verifiers } from '../../src/lib/crypto/envelope';
import type { Hand } from '../../src/lib/crypto/hand';
import { PURPOSES, signingKey } from '../../src/lib/crypto/proof';
import type { Certificate, EntryHeader, PartHeader } from '../../src/lib/domain/envelope';
import { makeDevice } from '../../src/lib/sync/account';
import { idOf, TEAM } from './people';
import { RUNS } from './runs';
import * as second from './second';

vi.mock('../../src/lib/crypto/age', () => ({
	seal: (bytes: Uint8Array) => Promise.resolve(new Uint8Array(bytes)),
	open: (bytes: Uint8Array) => Promise.resolve(new Uint8Array(bytes))
}));
vi.setConfig({ testTimeout: 600_000 });

const SEED = own(Buffer.alloc(32, 7));
const ana = second.signer(SEED);
const stranger = second.signer(Buffer.alloc(32, 8));
const ANA = idOf('ana');
const place = {
	...{ team: TEAM, case: idOf('case'), entry: idOf('entry'), key: idOf('key'), kind: 'alert', author: ANA }
};
const part: PartHeader = {
	...{ case: place.case, key: place.key, file: idOf('file'), index: 1, count: 3, author: ANA }
};
const content = { kind: 'alert', at: 1, text: 'zażółć' };
const body = Buffer.from(JSON.stringify(content));

let hand: Hand, device: Hand & { certificate: Certificate }, header: EntryHeader;
beforeAll(async () => {
	hand = { user: ANA, key: await signingKey(toBase64(SEED)), certificate: null };
	const made = await makeDevice(ANA, toBase64(SEED));
	device = { user: ANA, key: made.hand, certificate: made.certificate };
	header = { ...place, after: [idOf('one')], seq: 3, device: made.device, roll: 4 };
});

const entryOf = (inside: Uint8Array, author: Verifiers = [ana.verifier], at = place) =>
	openEntry(toBase64(inside), at, '', author);
const partOf = (inside: Uint8Array, author: Verifiers = [ana.verifier], at = part) =>
	openPart(inside, at, '', author);
const wrong = (kind: string) => ({ ok: false, error: { kind } });
const entryBy = async (hand: Hand, more: Partial<EntryHeader> = {}): Promise<Bytes> =>
	fromBase64((await sealEntry({ ...header, ...more }, content, '', hand)).sealed);

const anId = fc.stringMatching(/^[a-z0-9]{15}$/);
const aHeader: fc.Arbitrary<EntryHeader> = fc.record({
	...{ team: anId, case: anId, entry: anId, key: anId, author: anId, device: anId },
	kind: fc.oneof(fc.constantFrom('message', 'vote'), fc.string({ unit: 'grapheme' })),
	after: fc.array(anId, { maxLength: 50 }),
	seq: fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
	roll: fc.nat()
});

describe('what was sealed', () => {
	test('comes out as it went in, for any words and any place', async () => {
		await fc.assert(
			fc.asyncProperty(aHeader, fc.jsonValue({ noUnicodeString: false }), async (some, value) => {
				const { sealed } = await sealEntry(some, value, '', hand);
				const same: unknown = JSON.parse(JSON.stringify(value));
				const { after, seq, device: by, roll, ...at } = some;
				expect(await openEntry(sealed, at, '', [ana.verifier])).toEqual({
					...{ ok: true, value: { header: { ...at, after, seq, device: by, roll }, content: same } }
				});
				const read = second.takenApart(Buffer.from(sealed, 'base64'));
				expect(read.head.toString('utf8')).toBe(second.canonical({ v: 2, ...some }));
				expect(second.isBy(ana.verifier, 'entry', read.text, read.signature)).toBe(true);
			}),
			{ numRuns: RUNS }
		);
	});

	test('comes out as it went in, for any bytes of a file', async () => {
		await fc.assert(
			fc.asyncProperty(fc.uint8Array({ maxLength: 2000 }), fc.nat(999), async (bytes, index) => {
				const at = { ...part, index };
				const sealed = await sealPart(at, own(bytes), '', hand);
				expect(await partOf(sealed.bytes, [ana.verifier], at)).toEqual({ ok: true, value: own(bytes) });
				expect(second.takenApart(Buffer.from(sealed.bytes)).body.equals(Buffer.from(bytes))).toBe(true);
			}),
			{ numRuns: RUNS }
		);
	});
});

describe('whoever opens it and seals it anew', () => {
	test('changes no bit of it: not the words, the lengths, the signature, the certificate or the padding', async () => {
		const bytes = own(Buffer.from('a picture'));
		const wholes: [Bytes, (some: Uint8Array) => Promise<{ ok: boolean }>][] = [
			[await entryBy(hand), entryOf],
			[await entryBy(device), entryOf],
			[(await sealPart(part, bytes, '', hand)).bytes, partOf],
			[(await sealPart(part, bytes, '', device)).bytes, partOf]
		];
		for (const [whole, open] of wholes) expect((await open(whole)).ok).toBe(true);
		await fc.assert(
			fc.asyncProperty(fc.nat(3), fc.nat(), fc.integer({ min: 1, max: 255 }), async (which, at, mask) => {
				const [whole, open] = wholes[which] ?? [];
				if (!whole || !open) throw new Error('no such envelope');
				const copy = own(whole);
				copy[at % copy.length] = (copy[at % copy.length] ?? 0) ^ mask;
				expect((await open(copy)).ok).toBe(false);
			}),
			{ numRuns: RUNS }
		);
		// Each single bit of one, not only those that chance picks.
		const [[whole, open]] = wholes.slice(1) as [(typeof wholes)[number]];
		for (let at = 0; at < whole.length * 8; at++) {
			const copy = own(whole);
			copy[at >> 3] = (copy[at >> 3] ?? 0) ^ (1 << (at & 7));
			expect((await open(copy)).ok, `bit ${at}`).toBe(false);
		}
	});

	test('adds nothing to it, nor takes anything away', async () => {
		const whole = await entryBy(hand);
		await fc.assert(
			fc.asyncProperty(
				fc.nat(),
				fc.uint8Array({ minLength: 1, maxLength: 40 }),
				fc.boolean(),
				async (at, some, cut) => {
					const index = at % (whole.length + 1);
					const copy = cut
						? [...whole.subarray(0, index), ...whole.subarray(index + some.length)]
						: [...whole.subarray(0, index), ...some, ...whole.subarray(index)];
					fc.pre(!cut || index < whole.length);
					expect((await entryOf(Uint8Array.from(copy))).ok).toBe(false);
				}
			),
			{ numRuns: RUNS }
		);
		for (const more of [1, 2, 16, 64, 1024]) {
			expect(await entryOf(own(Buffer.concat([whole, Buffer.alloc(more)])))).toEqual(wrong('unreadable'));
		}
		for (let size = 0; size < whole.length; size++) {
			expect((await entryOf(whole.subarray(0, size))).ok).toBe(false);
		}
	});

	test('makes nothing of rubbish that opens, whatever it is', async () => {
		await fc.assert(
			fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (some) => {
				expect((await entryOf(some)).ok).toBe(false);
				expect((await partOf(some)).ok).toBe(false);
			}),
			{ numRuns: RUNS }
		);
	});

	test('puts it nowhere else: each field of the place counts', async () => {
		const whole = await entryBy(hand);
		const picture = (await sealPart(part, own(body), '', hand)).bytes;
		await fc.assert(
			fc.asyncProperty(
				fc.constantFrom(...(Object.keys(place) as (keyof typeof place)[])),
				fc.constantFrom(...(Object.keys(part) as (keyof PartHeader)[])),
				anId,
				fc.nat(999),
				async (inEntry, inPart, id, number) => {
					fc.pre(!Object.values<unknown>({ ...place, ...part }).some((one) => one === id || one === number));
					expect(await entryOf(whole, undefined, { ...place, [inEntry]: id })).toEqual(wrong('misplaced'));
					const value = inPart === 'index' || inPart === 'count' ? number : id;
					expect(await partOf(picture, undefined, { ...part, [inPart]: value })).toEqual(wrong('misplaced'));
				}
			),
			{ numRuns: RUNS }
		);
	});
});

describe('nobody else', () => {
	test('speaks for the author: not a stranger, nor for somebody unknown', async () => {
		const theirs = second.inside('entry', { v: 2, ...header }, body, stranger);
		expect(await entryOf(theirs)).toEqual(wrong('forged'));
		expect(await entryOf(theirs, [])).toEqual(wrong('forged'));
		expect(await entryOf(await entryBy(hand), [stranger.verifier])).toEqual(wrong('forged'));
		expect((await entryOf(theirs, [ana.verifier, stranger.verifier])).ok).toBe(true);
		const picture = second.inside('part', { v: 2, ...part }, body, stranger);
		expect(await partOf(picture)).toEqual(wrong('forged'));
	});

	test('turns what was signed for one purpose into another', async () => {
		for (const purpose of PURPOSES) {
			const entry = second.inside(purpose, { v: 2, ...header }, body, ana);
			const picture = second.inside(purpose, { v: 2, ...part }, body, ana);
			expect((await entryOf(entry)).ok, purpose).toBe(purpose === 'entry');
			expect((await partOf(picture)).ok, purpose).toBe(purpose === 'part');
			if (purpose !== 'entry') expect(await entryOf(entry)).toEqual(wrong('forged'));
			if (purpose !== 'part') expect(await partOf(picture)).toEqual(wrong('forged'));
		}
		// Not even a header of the other kind under the right purpose.
		expect((await entryOf(second.inside('entry', { v: 2, ...part }, body, ana))).ok).toBe(false);
		expect((await partOf(second.inside('part', { v: 2, ...header }, body, ana))).ok).toBe(false);
	});
});

describe('the author', () => {
	test.for<[string, (text: string) => string]>([
		['spaces in it', (text) => text.replace('{', '{ ')],
		['a line after it', (text) => `${text}\n`],
		['a mark before it', (text) => `\ufeff${text}`],
		['its fields in another order', (text) => reordered(text)],
		['a field said twice', (text) => text.replace('{', '{"case":"other0000000000",')],
		['a number written otherwise', (text) => text.replace('"seq":3', '"seq":3.0')],
		['a letter written otherwise', (text) => text.replace('"alert"', '"\\u0061lert"')],
		['version 1', (text) => text.replace('"v":2', '"v":1')],
		['version 3', (text) => text.replace('"v":2', '"v":3')],
		['no version', (text) => text.replace(',"v":2', '')],
		['nothing', () => 'null'],
		['a list', () => '[]'],
		['no JSON', () => '{'],
		['nothing at all', () => '']
	])('has one way to write a header: with %s it is refused, though signed', async ([, change]) => {
		const text = second.canonical({ v: 2, ...header });
		expect((await entryOf(signedAs(text))).ok).toBe(true);
		expect(change(text)).not.toBe(text);
		expect((await entryOf(signedAs(change(text)))).ok).toBe(false);
	});

	test.for<[string, Record<string, second.Plain>]>([
		['no device', { device: '' }],
		['a count from nothing', { seq: 0 }],
		['more than fifty before it', { after: Array.from({ length: 51 }, () => idOf('x')) }],
		['no list before it', { after: 'x' }],
		['half a roll', { roll: 0.5 }]
	])('says all of it: with %s it is refused', async ([, more]) => {
		expect((await entryOf(signedAs(JSON.stringify(sorted({ v: 2, ...header, ...more }))))).ok).toBe(false);
	});

	test('says it in UTF-8 and JSON', async () => {
		const bodies = [
			Buffer.from('"\xff"', 'latin1'),
			Buffer.from('{'),
			Buffer.alloc(0),
			Buffer.from('\ufeff{}')
		];
		for (const some of bodies) {
			expect(await entryOf(second.inside('entry', { v: 2, ...header }, some, ana))).toEqual(
				wrong('unreadable')
			);
		}
	});

	const sorted = (fields: Record<string, unknown>) =>
		Object.fromEntries(Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1)));
	const reordered = (text: string) =>
		JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(text) as object).reverse()));

	/** Any text in the header's place, signed by Ana as it stands. */
	function signedAs(text: string): Buffer {
		const head = Buffer.from(text, 'utf8');
		const sized = (bytes: Buffer) => {
			const size = Buffer.alloc(4);
			size.writeUInt32BE(bytes.length);
			return Buffer.concat([size, bytes]);
		};
		const said = Buffer.concat([sized(head), sized(body)]);
		return second.filled(Buffer.concat([said, second.signed(ana, 'entry', said), Buffer.alloc(2)]));
	}
});

describe('a locked device', () => {
	test('speaks for its person in new alerts and their pictures', async () => {
		expect((await entryOf(await entryBy(device))).ok).toBe(true);
		const picture = (await sealPart(part, own(body), '', device)).bytes;
		expect((await partOf(picture)).ok).toBe(true);
	});

	test('says nothing else, and nothing as another device or for another person', async () => {
		for (const kind of ['message', 'take', 'phase', 'withdrawal', 'Alert', '']) {
			const said = await entryBy(device, { kind });
			expect(await entryOf(said, undefined, { ...place, kind }), kind).toEqual(wrong('forged'));
		}
		// What an alert begins with is told to be a device's word: `beginsHere` makes sure of its place.
		for (const kind of ['opening', 'names']) {
			const begins = await entryOf(await entryBy(device, { kind }), undefined, { ...place, kind });
			expect(begins, kind).toMatchObject({ ok: true, value: { device: device.certificate.device } });
		}
		expect(await entryOf(await entryBy(device, { device: idOf('other') }))).toEqual(wrong('forged'));
		const cora = idOf('cora');
		const asCora = await entryBy(device, { author: cora });
		expect(await entryOf(asCora, [ana.verifier], { ...place, author: cora })).toEqual(wrong('forged'));
		const picture = (await sealPart({ ...part, author: cora }, own(body), '', device)).bytes;
		expect(await partOf(picture, [ana.verifier], { ...part, author: cora })).toEqual(wrong('forged'));
	});

	test('is its person’s: a certificate by anybody else, changed or taken from another device does not count', async () => {
		const { certificate } = device;
		const elsewhere = await makeDevice(ANA, toBase64(SEED));
		const theirs = await makeDevice(ANA, toBase64(own(Buffer.alloc(32, 8))));
		const { proof, ...fields } = certificate;
		const others: Certificate[] = [
			elsewhere.certificate,
			theirs.certificate,
			{ ...certificate, proof: elsewhere.certificate.proof },
			{ ...certificate, verifier: elsewhere.certificate.verifier },
			{ ...certificate, user: idOf('cora') },
			{ ...fields, proof: second.attested(ana, 'key', fields) },
			{ ...fields, proof: second.attested(stranger, 'device', fields) }
		];
		for (const one of others) {
			expect(await entryOf(await entryBy({ ...device, certificate: one }))).toEqual(wrong('forged'));
		}
		expect(proof).toBe(second.attested(ana, 'device', fields));
		expect(await entryOf(await entryBy({ ...device, key: hand.key }))).toEqual(wrong('forged'));
		expect(await entryOf(await entryBy({ ...device, certificate: null }))).toEqual(wrong('forged'));
		expect(await entryOf(await entryBy(device), [])).toEqual(wrong('forged'));
	});

	test('shows its certificate in one way', async () => {
		const whole = Buffer.from(await entryBy(device));
		const { certificate, text, signature } = second.takenApart(whole);
		const withTrailer = (trailer: string): Buffer => {
			const bytes = Buffer.from(trailer, 'utf8');
			const size = Buffer.alloc(2);
			size.writeUInt16BE(bytes.length);
			return second.filled(Buffer.concat([text, signature, size, bytes]));
		};
		expect((await entryOf(withTrailer(certificate))).ok).toBe(true);
		const others = [
			`${certificate} `,
			`\ufeff${certificate}`,
			certificate.replace('{', '{"also":1,'),
			JSON.stringify(JSON.parse(certificate), null, 1),
			'{}',
			'null',
			'x'
		];
		for (const trailer of others) expect((await entryOf(withTrailer(trailer))).ok, trailer).toBe(false);
	});
});
