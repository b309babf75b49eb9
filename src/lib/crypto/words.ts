/** Secrets on paper: ten bits a word, and one more word that catches slips. */
import { fail, ok, type Result } from '../domain/result';
import { placesIn, wordsIn, type WordList } from '../domain/words';
import type { Bytes } from './bytes';

/** What the words are for: what was written as one thing is never read as another. `bits` of the secret count. */
export type Paper = { label: string; bits: number };
/** `at` counts the words from 0. `count`: another number than the paper has. `checksum`: each is known, but not together. */
export type Misread =
	{ kind: 'count'; words: number } | { kind: 'unknown'; at: number; word: string } | { kind: 'checksum' };

const BITS = 10;
const utf8 = new TextEncoder();

/** The words in their order, the check word last. */
export async function writeWords(secret: Bytes, paper: Paper, list: WordList): Promise<string[]> {
	const places = [...groupsOf(secret).slice(0, wordsFor(paper)), await checksum(secret, paper)];
	return places.map((place) => list[place] ?? '');
}

/** Reads what was typed in whichever of the lists knows all its words and finds the check word right. */
export async function readWords(
	typed: string,
	paper: Paper,
	lists: readonly WordList[]
): Promise<Result<Bytes, Misread>> {
	const words = wordsIn(typed);
	if (words.length !== wordsFor(paper) + 1) return fail({ kind: 'count', words: words.length });

	const readings = lists.map((list) => words.map(placesIn(list)));
	for (const places of readings) {
		const secret = places.every((place) => place !== undefined) ? await secretOf(places, paper) : null;
		if (secret) return ok(secret);
	}

	// The language meant is the one that knows most of the words.
	const [nearest = []] = [...readings].sort((one, other) => strange(one) - strange(other));
	const at = nearest.indexOf(undefined);
	return fail(at < 0 ? { kind: 'checksum' } : { kind: 'unknown', at, word: words[at] ?? '' });
}

const wordsFor = ({ bits }: Paper): number => Math.ceil(bits / BITS);
const strange = (places: readonly unknown[]): number => places.filter((place) => place === undefined).length;

async function secretOf(places: readonly number[], paper: Paper): Promise<Bytes | null> {
	const bits = places
		.slice(0, -1)
		.map((place) => place.toString(2).padStart(BITS, '0'))
		.join('');
	// What fills the last word up is zeros, as it was written.
	if (/1/.test(bits.slice(paper.bits))) return null;
	const octets = bits.slice(0, paper.bits).match(/.{1,8}/g) ?? [];
	const secret = Uint8Array.from(octets, (octet) => parseInt(octet.padEnd(8, '0'), 2));
	return (await checksum(secret, paper)) === places.at(-1) ? secret : null;
}

/** The first ten bits of SHA-256 over the label and the secret. */
async function checksum(secret: Bytes, { label }: Paper): Promise<number> {
	const text = new Uint8Array([...utf8.encode(`${label}|`), ...secret]);
	return groupsOf(new Uint8Array(await crypto.subtle.digest('SHA-256', text)))[0] ?? 0;
}

/** The bits in groups of `width`, highest first; zeros fill the last one up. */
export function groupsOf(bytes: Bytes, width = BITS): number[] {
	const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
	const cut = bits.match(new RegExp(`.{1,${width}}`, 'g')) ?? [];
	return cut.map((group) => parseInt(group.padEnd(width, '0'), 2));
}
