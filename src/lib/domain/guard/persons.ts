/**
 * Who is named. A capital letter, the lists and the words around decide together: a right mark is worth more than many. Titles
 * help to decide and are no part of the mark; what a street or a school is called after is nobody.
 */
import type { Locale } from '../lists';
import { fold } from '../words';
import { ARTICLES, BEARERS, BEHIND, BORNE, HONORIFICS, NOBODY, PARTICLES, ROLES } from './around';
import type { Mark } from './mark';
import { readingOf, type Names, type Reading } from './names';
import { tokens, type Token } from './tokens';

/** A token with what it may be, read once when it is first asked. */
type Word = Token & { folded: string; reading: Reading };

type Context = { text: string; lang: Locale; words: readonly Word[]; names: Names };

/** From which word to which, both included, and which of them say the surname. */
type Found = { from: number; to: number; last: number[] };

const MOST_FIRST = 3;
const NOTHING: Reading = { first: [], last: [], isWord: false, isNoun: false, isPlace: false };

export function persons(text: string, lang: Locale, names: Names): Mark[] {
	const words = tokens(text).map((token) => wordOf(token, lang, names));
	const found: Mark[] = [];
	for (let at = 0; at < words.length; at += 1) {
		const person = personAt({ text, lang, words, names }, at);
		if (!person) continue;
		found.push(markOf(words, person));
		at = person.to;
	}
	return found;
}

/** 'Anna's' is 'Anna'; 'Kiss-sel' is 'Kiss'. */
const bare = (token: string): string => token.replace(/['’]s$|['’]$/u, '').replace(/-\p{Ll}+$/u, '');

function wordOf(token: Token, lang: Locale, names: Names): Word {
	const written = bare(token.text);
	let known: Reading | null = null;
	return {
		...token,
		end: token.start + (token.text.endsWith('s') ? written.length : token.text.length),
		folded: fold(written),
		get reading() {
			return (known ??= read(written, lang, names));
		}
	};
}

/** Of a name with a hyphen its parts count: the first for a first name, any for a surname, the last for a noun. */
function read(written: string, lang: Locale, names: Names): Reading {
	const parts = written.split('-').map((part) => readingOf(part, lang, names));
	const [first = NOTHING] = parts;
	const end = parts.at(-1) ?? first;
	const isBearer = parts.length > 1 && BORNE.has(fold(written.split('-').at(-1) ?? ''));
	if (parts.length === 1) return first;
	return {
		first: first.first.length > 0 && end.first.length > 0 ? first.first.flatMap((one) => end.first.map((two) => `${one}-${two}`)) : [],
		last: parts.flatMap((part) => part.last),
		isWord: parts.every((part) => part.isWord),
		isNoun: isBearer || end.isNoun,
		isPlace: first.isPlace
	};
}

function markOf(words: readonly Word[], { from, to, last }: Found): Mark {
	const all = words.slice(from, to + 1).map((word, at) => ({ word, isLast: last.includes(from + at) }));
	const base = {
		first: all.filter(({ isLast }) => !isLast).flatMap(({ word }) => (word.folded.length > 1 ? word.reading.first : [])),
		last: all.filter(({ isLast }) => isLast).flatMap(({ word }) => (word.reading.last.length ? word.reading.last : [word.folded]))
	};
	return { start: words[from]?.start ?? 0, end: words[to]?.end ?? 0, kind: 'PERSON', base };
}

/** The person whose name begins with this word. */
function personAt(context: Context, at: number): Found | null {
	const word = context.words[at];
	if (!word || isBorneBy(context, at)) return null;
	const found =
		titled(context, at) ??
		(word.isCapital ? (surnameFirst(context, at) ?? firstNames(context, at) ?? surnameAlone(context, at)) : small(context, at));
	return found && !bearsIt(context, found) ? found : null;
}

const near = ({ words }: Context, at: number): Word | null => {
	const word = words[at];
	return word?.isNear ? word : null;
};

const isNobody = ({ folded }: Word): boolean => NOBODY.has(folded) || HONORIFICS.has(folded) || BEARERS.has(folded);
const isName = (word: Word): boolean => word.isCapital && word.folded.length > 1 && !isNobody(word);
const isFirst = (word: Word | null | undefined): word is Word => !!word && isName(word) && word.reading.first.length > 0;
const isLast = (word: Word | null | undefined): word is Word => !!word && isName(word) && word.reading.last.length > 0;

/** A letter with its full stop: 'Jan K.', 'J. Kowalski'. */
const isInitial = ({ text }: Context, word: Word | null | undefined): boolean =>
	!!word && /^\p{Lu}$/u.test(word.text) && text[word.end] === '.';

/** 'im. Jana Kochanowskiego', 'Liceul Teoretic Mihai Eminescu': somebody after whom a place is called. */
function isBorneBy({ words }: Context, at: number): boolean {
	for (let back = at; back > at - 4 && words[back]?.isNear; back -= 1) {
		const before = words[back - 1];
		if (!before) return false;
		if (BEARERS.has(before.folded)) return true;
		if (!before.isCapital) return false;
	}
	return false;
}

/** 'Kossuth Lajos utca', 'Anne-Frank-Schule', 'Victoria Street'. */
function bearsIt(context: Context, { to }: Found): boolean {
	const [own, next] = [context.words[to], near(context, to + 1)];
	if (own?.text.includes('-') && BORNE.has(own.folded.split('-').at(-1) ?? '')) return true;
	return !!next && BORNE.has(next.folded) && (next.isCapital || context.lang === 'hu');
}

/** Behind 'Frau', 'pan', 'domnul': whoever comes, listed or not. */
function titled(context: Context, at: number): Found | null {
	const { words } = context;
	const isTitled = (back: number): boolean => {
		const [own, before] = [words[back], words[back - 1]];
		if (!own?.isNear || !before) return false;
		return HONORIFICS.has(before.folded) || (ROLES.has(before.folded) && isTitled(back - 1));
	};
	const word = words[at];
	if (!word || !isName(word) || ROLES.has(word.folded) || !isTitled(at)) return null;
	return full(context, at) ?? { from: at, to: at, last: isFirst(word) && !isLast(word) ? [] : [at] };
}

/** A first name, more of them, then a surname where one follows. Null where no first name stands here. */
function full(context: Context, at: number): Found | null {
	const word = context.words[at];
	if (isInitial(context, word)) {
		const next = near(context, at + 1);
		return isLast(next) || (isFirst(next) && isSurname(context, at + 2)) ? joined(context, at, at + 1) : null;
	}
	return isFirst(word) ? joined(context, at, at) : null;
}

function joined(context: Context, from: number, first: number): Found {
	const { words } = context;
	let to = first;
	const only = isFirst(words[first]) ? [] : [first];
	if (only.length > 0) return { from, to, last: only };
	while (to - first < MOST_FIRST && isFirst(near(context, to + 1)) && !isLikelySurname(context, to + 1)) to += 1;
	if (isInitial(context, near(context, to + 1)) && isSurname(context, to + 2)) to += 1;
	let last = to + 1;
	while (last - to < 4 && PARTICLES.has(near(context, last)?.folded ?? '')) last += 1;
	if (isSurname(context, last)) return { from, to: last, last: [last] };
	if (isInitial(context, near(context, to + 1))) return { from, to: to + 1, last: [to + 1] };
	const isPair = to > first && isLast(words[to]);
	return { from, to, last: isPair ? [to] : [] };
}

/** One that is a first name too is the surname where nothing like one follows. */
const isLikelySurname = (context: Context, at: number): boolean =>
	isLast(near(context, at)) && !isSurname(context, at + 1) && !isFirst(near(context, at + 1));

/** A listed one, or whatever stands behind a first name with a capital letter and is no noun. */
function isSurname(context: Context, at: number): boolean {
	const word = near(context, at);
	if (!word || !isName(word) || ROLES.has(word.folded)) return false;
	if (BORNE.has(word.folded) && !isLast(word)) return false;
	return isLast(word) || (!word.reading.isNoun && !word.isLoud && word.folded.length > 2);
}

/** Hungarian says the surname first, and so do lists everywhere. */
function surnameFirst(context: Context, at: number): Found | null {
	const { words, lang } = context;
	const [word, next] = [words[at], near(context, at + 1)];
	if (!word || !isName(word) || !isFirst(next)) return null;
	const isStranger = word.reading.last.length === 0;
	if (lang === 'hu' ? isStranger && (word.opens || isFirst(word)) : isStranger || isFirst(word)) return null;
	if (lang !== 'hu' && (word.opens || word.reading.isWord || isSurname(context, at + 2))) return null;
	let to = at + 1;
	while (to - at < MOST_FIRST && isFirst(near(context, to + 1)) && lang === 'hu') to += 1;
	return { from: at, to, last: [at] };
}

function firstNames(context: Context, at: number): Found | null {
	const found = full(context, at);
	if (!found) return null;
	return found.to > found.from ? (isFullName(context, found) ? found : null) : isAlone(context, at) ? found : null;
}

/** Two words that may be a name are none where both are words like any. */
function isFullName(context: Context, { from, to }: Found): boolean {
	const { words } = context;
	const [first, last] = [words[from], words[to]];
	if (!first || !last) return false;
	const { isWord, isPlace } = first.reading;
	if (isLast(last) && !last.reading.isWord) return true;
	if (isFirst(last) && !last.reading.isWord) return true;
	return !(isWord || isPlace) || isSupported(context, from) || (isLast(last) && !first.opens);
}

/** Somebody's first name alone. */
function isAlone(context: Context, at: number): boolean {
	const { lang, words } = context;
	const word = words[at];
	if (!word) return false;
	if (isSupported(context, at) || isBehind(context, at)) return true;
	const { isWord, isPlace, first } = word.reading;
	const isListed = first.includes(word.folded);
	if (isPlace || word.folded.length < (isListed ? 3 : 4)) return false;
	const isWeak = word.opens || (word.isLoud && word.folded.length < 5);
	return isWord ? !isWeak && lang !== 'de' : !isWeak || isListed || word.folded.length > 4;
}

/** Somebody's surname alone, in the text's own language. */
function surnameAlone(context: Context, at: number): Found | null {
	const { lang, words } = context;
	const [word, next, previous] = [words[at], near(context, at + 1), words[at - 1]];
	const found = { from: at, to: at, last: [at] };
	if (!word || !isName(word)) return null;
	if (isBehind(context, at) && (isLast(word) || !word.opens)) return found;
	if (!isLast(word)) return null;
	if (isSupported(context, at)) return found;
	const { isWord, isPlace, isNoun, last } = word.reading;
	if (isPlace || isNoun || word.isLoud || word.folded.length < (last.includes(word.folded) ? 4 : 6)) return null;
	if (isWord && (word.opens || lang === 'de' || lang === 'en')) return null;
	if (word.isNear && ARTICLES[lang]?.has(previous?.folded ?? '')) return null;
	const isAmongOthers = next?.isCapital ?? (word.isNear && previous?.isCapital && !previous.opens);
	return isAmongOthers && lang !== 'de' ? null : found;
}

/** A word before it says that a person follows. */
function isSupported({ words }: Context, at: number): boolean {
	const before = words[at]?.isNear ? words[at - 1]?.folded : undefined;
	return !!before && (ROLES.has(before) || HONORIFICS.has(before));
}

/** 'Kovács bácsi'. */
const isBehind = (context: Context, at: number): boolean =>
	context.lang === 'hu' && BEHIND.has(near(context, at + 1)?.folded ?? '');

/** Names as they are typed in haste, with no capital letter: both must be listed, and neither be a word. */
function small({ words, names }: Context, at: number): Found | null {
	const [word, next] = [words[at], words[at + 1]];
	if (!word || !next?.isNear || next.isCapital || word.folded.length < 3 || next.folded.length < 5) return null;
	if (!names.first.has(word.folded) || word.reading.isWord || word.reading.isPlace) return null;
	const isPair = next.reading.last.length > 0 && !next.reading.isWord && next.reading.first.length === 0;
	return isPair ? { from: at, to: at + 1, last: [at + 1] } : null;
}
