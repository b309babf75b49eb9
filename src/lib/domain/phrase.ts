/**
 * Passphrases: what is offered, and which of one's own is allowed. There is no server that could slow a guess at a
 * stolen copy down for good, so weak ones are not allowed at all.
 *
 * Not built: a dictionary of leaked passwords, or a guess at how many guesses. Both weigh more than the whole app.
 */
import { fold, wordsIn, type WordList } from './words';

const OFFERED_WORDS = 6;
const OWN_WORDS = 5;
const OWN_CHARACTERS = 16;

/** Rows of keys on the keyboards of all five languages, and what is counted up. */
const ROWS = ['qwertyuiop', 'qwertzuiop', 'asdfghjkl', 'zxcvbnm', 'yxcvbnm', 'abcdefghijklmnopqrstuvwxyz'];
const DIGITS = '01234567890';
/** What everybody types first where a secret is asked for. */
const COMMON =
	/passphrase|password|passwort|geheim|haslo|tajne|parola|secret|jelszo|titkos|letmein|welcome|admin|heed/g;

/** `own`: one's user name or name is in it. `obvious`: long enough only by what anybody would guess. */
export type Weakness = 'short' | 'obvious' | 'own';

/** Six words of the list, 60 bits. `random` fills and returns the bytes, as `crypto.getRandomValues` does. */
export function offerPassphrase(
	list: WordList,
	random: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array
): string {
	const bytes = random(new Uint8Array(OFFERED_WORDS * 2));
	const ten = (nth: number): number => (((bytes[nth * 2] ?? 0) << 8) | (bytes[nth * 2 + 1] ?? 0)) & 1023;
	return Array.from({ length: OFFERED_WORDS }, (_, nth) => list[ten(nth)]).join(' ');
}

/** What is wrong with a passphrase, or 'strong'. `names` are the user name and the name it must not be made of. */
export function strengthOf(typed: string, names: readonly string[] = []): 'strong' | Weakness {
	const folded = fold(typed);
	const joined = folded.replace(/\s+/g, '');
	if (namesIn(folded, names)) return 'own';
	if (Array.from(joined).length < OWN_CHARACTERS && longWords(folded).length < OWN_WORDS) return 'short';
	const isStrong = hasWords(withoutPatterns(folded)) || hasCharacters(withoutPatterns(joined));
	return isStrong ? 'strong' : 'obvious';
}

const longWords = (folded: string): string[] => wordsIn(folded).filter((word) => word.length >= 3);

function hasWords(folded: string): boolean {
	const different = new Set(longWords(folded));
	return different.size >= OWN_WORDS && [...different].join('').length >= OWN_CHARACTERS;
}

/** Counted in threes that were not there before, so what repeats counts once. Digits alone are dates and numbers. */
function hasCharacters(joined: string): boolean {
	const characters = Array.from(joined);
	const threes = new Set(characters.slice(2).map((_, at) => characters.slice(at, at + 3).join('')));
	return (
		threes.size >= OWN_CHARACTERS - 2 &&
		new Set(characters).size >= OWN_CHARACTERS / 2 &&
		characters.filter((one) => /\p{L}/u.test(one)).length >= 4
	);
}

function withoutPatterns(text: string): string {
	return withoutRuns(text.replace(COMMON, ' '))
		.replace(/(?:19|20)\d\d/g, '')
		.replace(/(.)\1{2,}/gu, '$1');
}

/** Takes out every four or more neighbours of a row, either way. */
function withoutRuns(text: string): string {
	const rows = [...ROWS, DIGITS].flatMap((row) => [row, Array.from(row).reverse().join('')]);
	let left = '';
	for (let at = 0; at < text.length;) {
		const longest = Math.max(...rows.map((row) => alongside(row, text, at)));
		if (longest < 4) left += text.charAt(at);
		at += longest < 4 ? 1 : longest;
	}
	return left;
}

/** How many characters of the text, beginning there, stand side by side in the row. */
function alongside(row: string, text: string, at: number): number {
	const start = row.indexOf(text.charAt(at));
	if (start < 0) return 0;
	let length = 1;
	while (start + length < row.length && row[start + length] === text[at + length]) length += 1;
	return length;
}

/** Short names are looked for as whole words only: Ana is not in banana. */
function namesIn(folded: string, names: readonly string[]): boolean {
	const words = wordsIn(folded);
	return names
		.flatMap((name) => [fold(name).trim(), ...wordsIn(name)])
		.some((name) =>
			name.length < 3 ? false : name.length < 5 ? words.includes(name) : folded.includes(name)
		);
}
