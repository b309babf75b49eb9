/**
 * The return code of an account without a name: 90 random bits, written as nine words of ten bits and a tenth that
 * catches slips. Whoever has the words has the account, so they are shown once and kept by nobody else. No slow
 * stretching: unlike a passphrase, 90 bits cannot be guessed through.
 */
import { fail, ok, type Result } from '../domain/result';
import { placesIn, wordsIn, type WordList } from '../domain/words';
import { own, toBase64url, type Bytes } from './bytes';
import { expand, type Derived } from './passphrase';
import { importKey } from './vault';

/** 90 bits from the first byte's highest on, and six zeros: the one spelling of a code in bytes. */
export type Code = Bytes & { readonly __code: never };

/** `at` counts the words from 0. `count`: there must be ten. `checksum`: each word is known, together they are no code. */
export type Misread =
	{ kind: 'count'; words: number } | { kind: 'unknown'; at: number; word: string } | { kind: 'checksum' };

const WORDS = 10;
const LAST = 0b1100_0000;
const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';
const utf8 = new TextEncoder();

/** `random` fills and returns the bytes, as `crypto.getRandomValues` does. */
export function newCode(random: (bytes: Bytes) => Uint8Array): Code {
	const code = own(random(new Uint8Array(12)));
	code[11] = (code[11] ?? 0) & LAST;
	return code as Code;
}

/** Ten words with spaces between. */
export async function writeCode(code: Code, list: WordList): Promise<string> {
	const places = [...groups(code, 10).slice(0, WORDS - 1), await checksum(code)];
	return places.map((place) => list[place]).join(' ');
}

/** Reads what was typed in whichever of the lists knows all its words and finds the checksum right. */
export async function readCode(typed: string, lists: readonly WordList[]): Promise<Result<Code, Misread>> {
	const words = wordsIn(typed);
	if (words.length !== WORDS) return fail({ kind: 'count', words: words.length });

	const readings = lists.map((list) => words.map(placesIn(list)));
	for (const places of readings) {
		const code = places.every((place) => place !== undefined) ? await codeOf(places) : null;
		if (code) return ok(code);
	}

	// The language meant is the one that knows most of the words.
	const [nearest = []] = [...readings].sort((one, other) => strange(one) - strange(other));
	const at = nearest.indexOf(undefined);
	return fail(at < 0 ? { kind: 'checksum' } : { kind: 'unknown', at, word: words[at] ?? '' });
}

/** What a code is on one server: `login` names the account there, the rest is as from a passphrase. */
export async function deriveCode(code: Code, instance: string): Promise<Derived & { login: string }> {
	const name = await expand(code, `heed/code/login/v1|${instance}`);
	const root = await expand(code, `heed/code/root/v1|${instance}`);
	return {
		login: `r-${base32(name.slice(0, 16))}`,
		auth: toBase64url(await expand(root, 'heed/auth/v1')),
		wrap: await importKey(await expand(root, 'heed/wrap/v1'))
	};
}

const strange = (places: readonly unknown[]): number => places.filter((place) => place === undefined).length;

async function codeOf(places: readonly number[]): Promise<Code | null> {
	const bits = places.slice(0, WORDS - 1).map((place) => place.toString(2).padStart(10, '0'));
	const octets = bits.join('').padEnd(96, '0').match(/.{8}/g) ?? [];
	const code = Uint8Array.from(octets, (octet) => parseInt(octet, 2)) as Code;
	return (await checksum(code)) === places[WORDS - 1] ? code : null;
}

/** The first ten bits of SHA-256 over the version and the code. */
async function checksum(code: Code): Promise<number> {
	const version = utf8.encode('heed/code/v1|');
	const text = new Uint8Array([...version, ...code]);
	const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', text));
	return groups(hash, 10)[0] ?? 0;
}

/** RFC 4648 in lower case, without padding. */
const base32 = (bytes: Bytes): string =>
	groups(bytes, 5)
		.map((group) => BASE32.charAt(group))
		.join('');

/** The bits in groups of `width`, highest first; zeros fill the last one up. */
function groups(bytes: Bytes, width: number): number[] {
	const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
	const cut = bits.match(new RegExp(`.{1,${width}}`, 'g')) ?? [];
	return cut.map((group) => parseInt(group.padEnd(width, '0'), 2));
}
