/** The words of a text with what each may be, and how they are asked. */
import type { Locale } from '../lists';
import { fold } from '../words';
import { BEARERS, BORNE, HONORIFICS, NAMERS, NOBODY } from './around';
import { readingOf, type Names, type Reading } from './names';
import { tokens, type Token } from './tokens';

/** A token with what it may be, read once when it is first asked. */
export type Word = Token & { folded: string; known: Known };

/** `isSmall`: written in haste, where even sentences begin with small letters. */
export type Context = { text: string; lang: Locale; words: readonly Word[]; names: Names; isSmall: boolean };

/** From which word to which, both included, and which of them say the surname. */
export type Found = { from: number; to: number; last: number[] };

export function contextOf(text: string, lang: Locale, names: Names): Context {
	const words = tokens(text).map((token) => wordOf(token, lang, names));
	return { text, lang, words, names, isSmall: /^[^\p{L}]*\p{Ll}/u.test(text) };
}

/** The word at a place, where nothing but a space parts it from the one before. */
export const near = ({ words }: Context, at: number): Word | null => {
	const word = words[at];
	return word?.isNear ? word : null;
};

const isNobody = ({ folded, known }: Word): boolean =>
	HONORIFICS.has(folded) || NAMERS.has(folded) || BEARERS.has(folded) || known.reading.isNobody;
/** With a capital letter, and no word that is nobody's name. */
export const isName = (word: Word): boolean => word.isCapital && word.folded.length > 1 && !isNobody(word);
/** A form of a listed first name. */
export const isFirst = (word: Word | null | undefined): boolean =>
	!!word && isName(word) && word.known.reading.first.length > 0;
/** A form of a surname of the text's language. */
export const isLast = (word: Word | null | undefined): boolean =>
	!!word && isName(word) && word.known.reading.last.length > 0;

/** A letter with its full stop: 'Jan K.', 'J. Kowalski'. */
export const isInitial = ({ text }: Context, word: Word | null | undefined): boolean =>
	!!word && /^\p{Lu}$/u.test(word.text) && text[word.end] === '.';

const NOTHING: Reading = {
	...{ first: [], last: [], isForeign: false, isRare: false },
	...{ isWord: false, isAlike: false, isNoun: false, isPlace: false, isNobody: false }
};

/** 'Anna's' is 'Anna', 'Harry'ego' is 'Harry'; 'Kiss-sel' is 'Kiss'. */
const bare = (token: string): string => token.replace(/['’]\p{Ll}{0,3}$/u, '').replace(/-\p{Ll}{1,4}$/u, '');

type Known = { folded: string; reading: Reading; cut: number };
/** A text is read anew with every letter, and nearly all its words are the same. */
const before = new WeakMap<Names, Map<string, Known>>();
const ENOUGH = 20_000;

function knownOf(text: string, lang: Locale, names: Names): Known {
	const all = before.get(names) ?? new Map<string, Known>();
	if (all.size > ENOUGH) all.clear();
	before.set(names, all);
	const key = `${lang}${text}`;
	const found = all.get(key) ?? knownAnew(text, lang, names);
	all.set(key, found);
	return found;
}

function knownAnew(text: string, lang: Locale, names: Names): Known {
	const written = bare(text);
	let reading: Reading | null = null;
	return {
		folded: fold(written),
		cut: text.endsWith('s') ? text.length - written.length : 0,
		get reading() {
			return (reading ??= read(written, lang, names));
		}
	};
}

function wordOf(token: Token, lang: Locale, names: Names): Word {
	const known = knownOf(token.text, lang, names);
	return Object.assign(token, { end: token.end - known.cut, folded: known.folded, known });
}

/** Of a name with a hyphen its parts count: the first for a first name, any for a surname, the last for a noun. */
function read(written: string, lang: Locale, names: Names): Reading {
	const parts = written.split('-').map((part) => readingOf(part, lang, names));
	const [first = NOTHING] = parts;
	const end = parts.at(-1) ?? first;
	const tail = written.split('-').at(-1) ?? '';
	const isBearer = BORNE.has(fold(tail)) || /^(?:\p{Lu}+|\p{Ll}.*)$/u.test(tail);
	if (parts.length === 1) return first;
	return {
		first:
			first.first.length > 0 && end.first.length > 0
				? first.first.flatMap((one) => end.first.map((two) => `${one}-${two}`))
				: [],
		last: parts.flatMap((part) => part.last),
		isWord: parts.every((part) => part.isWord),
		isAlike: parts.every((part) => part.isAlike),
		isNoun: isBearer || end.isNoun,
		isPlace: first.isPlace,
		isForeign: parts.some((part) => part.isForeign),
		isRare: first.isRare || end.isRare,
		isNobody: first.isNobody || NOBODY.has(fold(written))
	};
}
