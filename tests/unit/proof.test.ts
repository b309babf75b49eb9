/** Every derivation and signature gives the answer of a second implementation, and the answer that was written down. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { identityToRecipient } from 'age-encryption';
import { recipientOf } from '../../src/lib/crypto/age';
import { own, textDigest, toBase64 } from '../../src/lib/crypto/bytes';
import { isPadding, pad, padded } from '../../src/lib/crypto/padding';
import { importKey } from '../../src/lib/crypto/vault';
import {
	attest,
	canonical,
	digestOf,
	isAttested,
	isSigned,
	newDeviceSigningKey,
	PURPOSES,
	sign,
	signingKey,
	signingPair,
	type Purpose
} from '../../src/lib/crypto/proof';
import { writeLink } from '../../src/lib/crypto/roll';
import { spareOf } from '../../src/lib/crypto/spare';
import { openedContext } from '../../src/lib/domain/opened';
import {
	approvalFields,
	cardFields,
	grantFields,
	keyFields,
	keysFields,
	recoveryFields
} from '../../src/lib/domain/signed';
import { makeDevice, newAccount, unwrap } from '../../src/lib/sync/account';
import { caseIdOf } from '../../src/lib/sync/trust';
import { idOf, INSTANCE, NOON, TEAM } from './people';
import { RUNS } from './runs';
import * as second from './second';

vi.setConfig({ testTimeout: 600_000 });

const hex = (text: string) => own(Buffer.from(text, 'hex'));
const SEED = hex('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60');
const KNOWN = JSON.parse(readFileSync('tests/unit/vectors.json', 'utf8')) as {
	proofs: Record<string, string>;
	derived: Record<string, string>;
};

let key: CryptoKey;
const other = second.signer(SEED);
beforeAll(async () => {
	key = await signingKey(toBase64(SEED));
});

describe('Ed25519', () => {
	/** RFC 8032, 7.1, tests 1 to 3. */
	const published = [
		{
			seed: '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
			verifier: 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
			message: '',
			signature:
				'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b'
		},
		{
			seed: '4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb',
			verifier: '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
			message: '72',
			signature:
				'92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00'
		},
		{
			seed: 'c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7',
			verifier: 'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025',
			message: 'af82',
			signature:
				'6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a'
		}
	];

	test.for(published)('makes the public key and the signature of RFC 8032 from $seed', async (one) => {
		const pair = await signingPair(hex(one.seed));
		expect(Buffer.from(pair.verifier, 'base64').toString('hex')).toBe(one.verifier);
		expect(Buffer.from(pair.seed, 'base64').toString('hex')).toBe(one.seed);
		const signature = await crypto.subtle.sign('Ed25519', await signingKey(pair.seed), hex(one.message));
		expect(Buffer.from(signature).toString('hex')).toBe(one.signature);
		// Ours names a purpose first: what is signed without one is no signature of ours.
		for (const purpose of PURPOSES) {
			expect(await isSigned(pair.verifier, purpose, hex(one.message), hex(one.signature))).toBe(false);
		}
	});

	test('signs as Node does, each for its purpose, and each believes the other', async () => {
		const aSeed = fc.uint8Array({ minLength: 32, maxLength: 32 }).map(own);
		const somePurpose = fc.constantFrom(...PURPOSES);
		await fc.assert(
			fc.asyncProperty(aSeed, somePurpose, fc.uint8Array(), async (seed, purpose, bytes) => {
				const node = second.signer(seed);
				const pair = await signingPair(seed);
				expect(pair.verifier).toBe(node.verifier);
				const ours = await sign(await signingKey(pair.seed), purpose, bytes);
				expect(Buffer.from(ours).equals(second.signed(node, purpose, bytes))).toBe(true);
				expect(second.isBy(pair.verifier, purpose, bytes, ours)).toBe(true);
				expect(await isSigned(node.verifier, purpose, bytes, second.signed(node, purpose, bytes))).toBe(true);
			}),
			{ numRuns: RUNS }
		);
	});

	test('is believed for no other purpose, words, key or signature, and never throws', async () => {
		const { verifier } = other;
		const bytes = Buffer.from('words');
		const signature = own(second.signed(other, 'entry', bytes));
		expect(await isSigned(verifier, 'entry', bytes, signature)).toBe(true);
		for (const purpose of PURPOSES.filter((one) => one !== 'entry')) {
			expect(await isSigned(verifier, purpose, bytes, signature), purpose).toBe(false);
		}
		for (let at = 0; at < 512; at++) {
			const changed = own(signature);
			changed[at >> 3] = (changed[at >> 3] ?? 0) ^ (1 << (at & 7));
			expect(await isSigned(verifier, 'entry', bytes, changed)).toBe(false);
		}
		const { verifier: another } = second.signer(hex('00'.repeat(32)));
		for (const wrong of [another, '', 'no key', verifier.slice(1), `${verifier}AAAA`]) {
			expect(await isSigned(wrong, 'entry', bytes, signature)).toBe(false);
		}
		for (const size of [0, 1, 63, 65, 128]) {
			expect(await isSigned(verifier, 'entry', bytes, new Uint8Array(size))).toBe(false);
		}
		expect(await isAttested(verifier, 'card', { a: 1 }, 'no base64')).toBe(false);
	});

	test('of a device cannot be read back, nor that of an unlocked person', async () => {
		const { key: device, verifier } = await newDeviceSigningKey();
		for (const one of [device, key]) {
			expect(one.extractable).toBe(false);
			await expect(crypto.subtle.exportKey('pkcs8', one)).rejects.toThrow();
		}
		expect(
			second.isBy(verifier, 'part', Buffer.from('x'), await sign(device, 'part', Buffer.from('x')))
		).toBe(true);
	});
});

describe('fields are written down in one way', () => {
	test('which is that of RFC 8785', () => {
		// Its own example of sorting, 3.2.3, and of escaping, 3.2.2.2.
		const example = {
			...{ '\u20ac': 'Euro Sign', '\r': 'Carriage Return', '\ufb33': 'Hebrew Letter Dalet With Dagesh' },
			...{ '1': 'One', '\ud83d\ude00': 'Emoji: Grinning Face', '\u0080': 'Control', '\u00f6': 'O' }
		};
		expect(Object.values(JSON.parse(canonical(example)) as object)).toEqual(
			['One', 'Carriage Return', 'Control', 'O', 'Euro Sign', 'Emoji: Grinning Face'].concat(
				'Hebrew Letter Dalet With Dagesh'
			)
		);
		expect(canonical({ text: '\u20ac$\u000f\nA\'B"\\\\"/' })).toBe(
			'{"text":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'
		);

		const aValue = fc.letrec<{ value: second.Plain }>((tie) => ({
			value: fc.oneof(
				{ maxDepth: 3 },
				fc.string({ unit: 'grapheme' }),
				fc.string({ unit: 'binary' }),
				fc.integer(),
				fc.boolean(),
				fc.constant(null),
				fc.array(tie('value'), { maxLength: 4 }),
				fc.dictionary(fc.string({ unit: 'grapheme', maxLength: 6 }), tie('value'), { maxKeys: 5 })
			)
		})).value;
		fc.assert(
			fc.property(fc.dictionary(fc.string(), aValue, { maxKeys: 5 }), (fields) => {
				expect(canonical(fields)).toBe(second.canonical(fields));
			}),
			{ numRuns: RUNS }
		);
	});
});

const [ANA, CORA, KEY] = [idOf('ana'), idOf('cora'), idOf('key')];
const RECIPIENT = 'age1pq1qqqsyqcyq5rqwzqfpg9scrgwpugpzysnzs23v9ccrydpk8qarc0';
const keys = { recipient: RECIPIENT, verifier: other.verifier };

/** What is signed on each kind of record, once by our functions, once written out by hand. */
const records: Record<string, [Purpose, Readonly<Record<string, second.Plain>>, second.Plain]> = {
	card: [
		'card',
		cardFields(INSTANCE, { id: ANA, kind: 'named', name: 'Ana Zażółć "A."', ...keys }),
		{ instance: INSTANCE, user: ANA, kind: 'named', name: 'Ana Zażółć "A."', ...keys }
	],
	'circle key': [
		'key',
		keyFields({
			...{ id: KEY, team: TEAM, case: '', name: 'members', before: '', maker: CORA },
			recipient: RECIPIENT
		}),
		{ id: KEY, team: TEAM, case: '', name: 'members', before: '', maker: CORA, recipient: RECIPIENT }
	],
	grant: [
		'grant',
		grantFields({ id: idOf('grant'), key: KEY, user: '', via: KEY, digest: 'ab'.repeat(32), giver: ANA }),
		{ id: idOf('grant'), key: KEY, user: '', via: KEY, digest: 'ab'.repeat(32), giver: ANA }
	],
	device: [
		'device',
		{ user: ANA, device: idOf('phone'), verifier: other.verifier },
		{ user: ANA, device: idOf('phone'), verifier: other.verifier }
	],
	recovery: [
		'recovery',
		recoveryFields(INSTANCE, { id: idOf('recovery'), team: idOf('team'), login: 'ana', ...keys }),
		{ instance: INSTANCE, recovery: idOf('recovery'), team: idOf('team'), login: 'ana', ...keys }
	],
	approval: [
		'approval',
		approvalFields(INSTANCE, { id: idOf('recovery'), user: ANA, ...keys }, other.verifier),
		{ instance: INSTANCE, user: ANA, recovery: idOf('recovery'), before: other.verifier, ...keys }
	],
	roll: [
		'roll',
		{
			...{ v: 2, team: TEAM, seq: 2, prev: 'cd'.repeat(32), at: NOON, by: CORA, hand: 'own' },
			act: { do: 'end', user: ANA }
		},
		{
			...{ v: 2, team: TEAM, seq: 2, prev: 'cd'.repeat(32), at: NOON, by: CORA, hand: 'own' },
			act: { do: 'end', user: ANA }
		}
	]
};

describe('a proof of each kind is the known one, by both implementations', () => {
	test.for(Object.entries(records))('%s', async ([name, [purpose, fields, byHand]]) => {
		expect(fields).toEqual(byHand);
		const proof = second.attested(other, purpose, byHand);
		expect(proof).toBe(KNOWN.proofs[name]);
		expect(await attest(key, purpose, fields)).toBe(proof);
		expect(await isAttested(other.verifier, purpose, fields, proof)).toBe(true);
	});

	test('and holds for no record of which anything was changed, nor for another purpose', async () => {
		for (const [name, [purpose, fields]] of Object.entries(records)) {
			const proof = KNOWN.proofs[name] ?? '';
			for (const field of Object.keys(fields)) {
				const changed = { ...fields, [field]: 'x' };
				expect(await isAttested(other.verifier, purpose, changed, proof), `${name} ${field}`).toBe(false);
				const { [field]: _, ...less } = fields;
				expect(await isAttested(other.verifier, purpose, less, proof), `${name} ${field}`).toBe(false);
			}
			expect(await isAttested(other.verifier, purpose, { ...fields, also: '' }, proof)).toBe(false);
			for (const wrong of PURPOSES.filter((one) => one !== purpose)) {
				expect(await isAttested(other.verifier, wrong, fields, proof), `${name} as ${wrong}`).toBe(false);
			}
		}
	});

	test('a link of a roll is written and signed so, and its digest is what the next one names', async () => {
		const act = { do: 'found', instance: INSTANCE, name: 'Team', user: CORA } as const;
		const found = { ...act, keys: 'ab'.repeat(32), verifier: other.verifier };
		const { link, roll } = await writeLink(null, TEAM, found, CORA, key, NOON);
		const byHand = { v: 2, team: TEAM, seq: 1, prev: '', at: NOON, by: CORA, hand: 'own', act: found };
		expect(link.text).toBe(second.canonical(byHand));
		expect(link.proof).toBe(second.attested(other, 'roll', byHand));
		expect(roll.head).toBe(second.sha256(link.text));
		expect(roll.head).toBe(KNOWN.derived.fingerprint);
	});

	test('a device’s certificate is the person’s word for its key', async () => {
		const { device, certificate } = await makeDevice(ANA, toBase64(SEED));
		const { proof, verifier } = certificate;
		expect(certificate).toMatchObject({ user: ANA, device });
		expect(proof).toBe(second.attested(other, 'device', { user: ANA, device, verifier }));
	});
});

describe('derived', () => {
	test('the digest of somebody’s keys', async () => {
		const fields = { instance: INSTANCE, user: ANA, ...keys };
		expect(await digestOf(keysFields(INSTANCE, ANA, keys))).toBe(second.sha256(second.canonical(fields)));
		expect(await digestOf(keysFields(INSTANCE, ANA, keys))).toBe(KNOWN.derived.keys);
	});

	test('a case’s id, from its first key and who made it', async () => {
		const id = second.idOfHex(second.sha256(`heed/v2/case\n${ANA}\n${RECIPIENT}`));
		expect(await caseIdOf({ maker: ANA, recipient: RECIPIENT })).toBe(id);
		expect(id).toBe(KNOWN.derived.case);
		expect(await textDigest('zażółć')).toBe(second.sha256('zażółć'));
	});

	test('the printed key: a pair, a hand and a ticket, for one team of one instance', async () => {
		const secret = hex('000102030405060708090a0b0c0d0e0f');
		const part = (name: string) => second.hkdf(secret, `heed/spare/${name}/v1|${INSTANCE}|${TEAM}`);
		const spare = await spareOf(secret, INSTANCE, TEAM);
		const identity = second.bech32('AGE-SECRET-KEY-PQ-', part('age'));
		expect(spare).toEqual({
			identity,
			recipient: await identityToRecipient(identity),
			seed: part('sign').toString('base64'),
			verifier: second.signer(part('sign')).verifier,
			ticket: part('ticket').toString('base64url')
		});
		expect([spare.identity, spare.verifier, spare.ticket]).toEqual([
			...[KNOWN.derived['spare identity'], KNOWN.derived['spare verifier'], KNOWN.derived['spare ticket']]
		]);
		expect(await recipientOf(spare.identity)).toBe(spare.recipient);
		const others = [
			await spareOf(secret, INSTANCE, idOf('other')),
			await spareOf(secret, idOf('other'), TEAM),
			await spareOf(hex('ff'.repeat(16)), INSTANCE, TEAM)
		];
		for (const one of others) {
			for (const name of ['identity', 'verifier', 'ticket', 'seed'] as const) {
				expect(one[name]).not.toBe(spare[name]);
			}
		}
	});

	test('the wrapped secrets open with Node, and Node’s here, for this account and these keys alone', async () => {
		const raw = own(Buffer.from('a wrap key of thirty-two bytes !'));
		const derived = { auth: 'x'.repeat(43), wrap: await importKey(raw) };
		const who = { login: 'ana', name: 'Ana', locale: 'pl', kind: 'named' } as const;
		const { account, secrets } = await newAccount(who, INSTANCE, derived);
		const { id, recipient, verifier } = account;
		const context = `heed/v2|identity|${id}|${recipient}|${verifier}`;
		const plain = second.unboxed(raw, Buffer.from(account.wrapped, 'base64'), context);
		expect(JSON.parse(plain.toString('utf8'))).toEqual(secrets);
		expect(account.proof).toBe(
			second.attested(second.signer(Buffer.from(secrets.seed, 'base64')), 'card', {
				...{ instance: INSTANCE, user: id, recipient, verifier, kind: 'named', name: 'Ana' }
			})
		);

		const box = (what: object, under = context) =>
			second.boxed(raw, Buffer.from(JSON.stringify(what)), under).toString('base64');
		const opened = (wrapped: string, more = {}) => unwrap(derived, { ...account, wrapped, ...more });
		expect(await opened(box(secrets))).toEqual(secrets);
		const { seed, verifier: another } = await signingPair(SEED);
		expect(await opened(box({ ...secrets, seed }))).toBeNull();
		expect(await opened(box({ ...secrets, identity: second.bech32('AGE-SECRET-KEY-PQ-', SEED) }))).toBeNull();
		expect(await opened(box({ identity: secrets.identity }))).toBeNull();
		expect(await opened(box(secrets, `heed/v1|identity|${id}`))).toBeNull();
		expect(await opened(account.wrapped, { id: idOf('other') })).toBeNull();
		expect(await opened(account.wrapped, { verifier: another })).toBeNull();
	});

	test('what an opened entry is kept under', () => {
		expect(openedContext(KEY)).toBe(`opened|${KEY}`);
	});
});

describe('padding', () => {
	/** By hand from the paper's definition: the last E - S bits are zero. */
	test.for([
		...[0, 1, 2, 3, 4, 5, 6, 7, 8].map((length) => [length, length] as const),
		...([
			[9, 10],
			[10, 10],
			[11, 12],
			[15, 16],
			[17, 18],
			[100, 104],
			[129, 144],
			[1000, 1024]
		] as const),
		...([
			[1025, 1088],
			[4097, 4352],
			[65_537, 67_584],
			[1_000_000, 1_015_808],
			[1_048_577, 1_081_344]
		] as const)
	])('%d bytes become %d', ([length, known]) => {
		expect(padded(length)).toBe(known);
		expect(second.padme(length)).toBe(known);
	});

	test('agrees with the formula everywhere, costs at most 12 %, never shrinks, and stays where it is', () => {
		for (let length = 0; length <= 20_000; length++) expect(padded(length)).toBe(second.padme(length));
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 2 ** 30 }), (length) => {
				const whole = padded(length);
				expect(whole).toBe(second.padme(length));
				expect(whole).toBeGreaterThanOrEqual(length);
				expect(whole).toBeLessThanOrEqual(length * 1.12);
				expect(padded(whole)).toBe(whole);
				expect(padded(length + 1)).toBeGreaterThanOrEqual(whole);
			}),
			{ numRuns: RUNS }
		);
	});

	test('is zeros and nothing but zeros, as many as there should be', () => {
		fc.assert(
			fc.property(
				fc.uint8Array({ maxLength: 2500, size: 'max' }),
				fc.nat(),
				fc.integer({ min: 1, max: 255 }),
				(some, at, byte) => {
					const whole = pad(some);
					expect(Buffer.from(whole).equals(second.filled(Buffer.from(some)))).toBe(true);
					expect(isPadding(whole, some.length)).toBe(true);
					expect(isPadding(new Uint8Array([...whole, 0]), some.length)).toBe(false);
					if (whole.length === some.length) return;
					expect(isPadding(whole.subarray(0, -1), some.length)).toBe(false);
					whole[some.length + (at % (whole.length - some.length))] = byte;
					expect(isPadding(whole, some.length)).toBe(false);
				}
			),
			{ numRuns: RUNS }
		);
	});
});
