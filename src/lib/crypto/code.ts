/**
 * The return code of an account without a name: 90 random bits, written as nine words of ten bits and a tenth that
 * catches slips. Whoever has the words has the account, so they are shown once and kept by nobody else. No slow
 * stretching: unlike a passphrase, 90 bits cannot be guessed through.
 */
import { ok, type Result } from '../domain/result';
import type { WordList } from '../domain/words';
import { own, toBase64url, type Bytes } from './bytes';
import { expand, type Derived } from './passphrase';
import { importKey } from './vault';
import { groupsOf, readWords, writeWords, type Misread, type Paper } from './words';

/** 90 bits from the first byte's highest on, and six zeros: the one spelling of a code in bytes. */
export type Code = Bytes & { readonly __code: never };

const PAPER: Paper = { label: 'heed/code/v1', bits: 90 };
const LAST = 0b1100_0000;
const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';

/** `random` fills and returns the bytes, as `crypto.getRandomValues` does. */
export function newCode(random: (bytes: Bytes) => Uint8Array): Code {
	const code = own(random(new Uint8Array(12)));
	code[11] = (code[11] ?? 0) & LAST;
	return code as Code;
}

/** Ten words with spaces between. */
export async function writeCode(code: Code, list: WordList): Promise<string> {
	return (await writeWords(code, PAPER, list)).join(' ');
}

/** Reads what was typed in whichever of the lists knows all its words and finds the checksum right. */
export async function readCode(typed: string, lists: readonly WordList[]): Promise<Result<Code, Misread>> {
	const read = await readWords(typed, PAPER, lists);
	return read.ok ? ok(read.value as Code) : read;
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

/** RFC 4648 in lower case, without padding. */
const base32 = (bytes: Bytes): string =>
	groupsOf(bytes, 5)
		.map((group) => BASE32.charAt(group))
		.join('');
