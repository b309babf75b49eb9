/**
 * The published test vectors of age (C2SP CCTV, npm cctv-age), all of them, through our own door: `open` takes an
 * identity and the sealed bytes. None is skipped:
 *
 *     files with an identity    as the vector expects: the payload, or an error of that kind and not a byte
 *     files with a passphrase   refused, also those that would open: our door knows no passphrases, nor tries any
 *     armored files             refused as they stand, also the good ones: what is sealed here is bytes. What lies behind
 *                               the armor of the good ones opens when somebody else takes it off
 */
import { inflateSync } from 'node:zlib';
import { armor } from 'age-encryption';
import * as files from 'cctv-age';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { newPair, open } from '../../src/lib/crypto/age';
import { own } from '../../src/lib/crypto/bytes';
import { sha256 } from './second';

// Some hold megabytes.
vi.setConfig({ testTimeout: 60_000 });

type Vector = {
	name: string;
	expected: string;
	payload: string;
	identities: string[];
	passphrases: string[];
	armored: boolean;
	sealed: Uint8Array<ArrayBuffer>;
};

function read(name: string, file: Uint8Array): Vector {
	const end = Buffer.from(file).indexOf('\n\n');
	const head = Buffer.from(file).subarray(0, end).toString('latin1');
	const lines = head.split('\n').map((line) => line.split(': ') as [string, string]);
	const all = (key: string) => lines.filter(([one]) => one === key).map(([, value]) => value);
	const [[expected = ''], [payload = '']] = [all('expect'), all('payload')];
	const rest = file.subarray(end + 2);
	return {
		...{ name, expected, payload, identities: all('identity'), passphrases: all('passphrase') },
		armored: all('armored').length > 0,
		sealed: own(all('compressed').includes('zlib') ? inflateSync(rest) : rest)
	};
}

const vectors = Object.entries(files)
	.filter((entry): entry is [string, Uint8Array] => entry[1] instanceof Uint8Array)
	.map(([name, file]) => read(name, file));
const armored = vectors.filter((vector) => vector.armored);
const withPassphrase = vectors.filter(({ armored: is, passphrases }) => !is && passphrases.length > 0);
const plain = vectors.filter(({ armored: is, passphrases }) => !is && passphrases.length === 0);

let ours = '';
beforeAll(async () => {
	ours = (await newPair()).identity;
});

const NO_MATCH = /no identity matched/;

test('there are 143 of them, each in one of three classes', () => {
	expect(vectors).toHaveLength(143);
	expect([plain.length, withPassphrase.length, armored.length]).toEqual([85, 25, 33]);
	expect(plain.filter(({ expected }) => expected === 'success')).toHaveLength(18);
});

describe('with an identity', () => {
	test.for(plain)('$name: $expected', async ({ expected, identities, payload, sealed }) => {
		const said: string[] = [];
		// A file that is no file has no identity of its own: then ours must not open it.
		for (const identity of identities.length > 0 ? identities : [ours]) {
			const opened = await open(sealed, identity).catch((error: unknown) => String(error));
			if (expected === 'success') expect(sha256(opened)).toBe(payload);
			else expect(opened).toBeTypeOf('string');
			said.push(String(opened));
		}
		// One has two identities, and one of them nothing to do with it.
		if (expected === 'no match') expect(said).toEqual([expect.stringMatching(NO_MATCH)]);
		else if (expected === 'HMAC failure') expect(said).toEqual([expect.stringMatching(/HMAC/)]);
		else expect(said.filter((one) => !NO_MATCH.test(one))).not.toEqual([]);
	});
});

describe('with a passphrase', () => {
	test.for(withPassphrase)('$name is refused', async ({ identities, passphrases, sealed }) => {
		for (const identity of [...identities, ...passphrases, ours]) {
			await expect(open(sealed, identity), identity).rejects.toThrow();
		}
	});
});

describe('armored', () => {
	test.for(armored)('$name is refused', async ({ identities, passphrases, sealed }) => {
		for (const identity of [...identities, ...passphrases, ours]) {
			await expect(open(sealed, identity), identity).rejects.toThrow();
		}
	});

	const good = armored.filter(
		({ expected, passphrases }) => expected === 'success' && passphrases.length === 0
	);
	test.for(good)(
		'$name opens once somebody has taken the armor off',
		async ({ identities, payload, sealed }) => {
			const inside = own(armor.decode(new TextDecoder().decode(sealed)));
			expect(sha256(await open(inside, identities[0] ?? ''))).toBe(payload);
		}
	);
});
