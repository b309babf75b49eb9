/**
 * Who is named. A capital letter, the lists and the words around decide together: a right mark is worth more than many. Titles
 * help to decide and are no part of the mark; what a street or a school is called after is nobody.
 */
import type { Locale } from '../lists';
import { fold } from '../words';
import {
	ARTICLES,
	BEARERS,
	BEHIND,
	BORNE,
	DEEDS,
	FAMILY,
	HONORIFICS,
	NAMERS,
	NOBODY,
	PARTICLES,
	ROLES
} from './around';
import { isFigure } from './figures';
import { stems } from './inflect';
import type { Base, Mark } from './mark';
import { readingOf, type Names, type Reading } from './names';
import { tokens, type Token } from './tokens';

/** A token with what it may be, read once when it is first asked. */
type Word = Token & { folded: string; known: Known };

/** `isSmall`: written in haste, where even sentences begin with small letters. */
type Context = { text: string; lang: Locale; words: readonly Word[]; names: Names; isSmall: boolean };

/** From which word to which, both included, and which of them say the surname. */
type Found = { from: number; to: number; last: number[] };

const MOST_FIRST = 3;
const NOTHING: Reading = {
	...{ first: [], last: [], isForeign: false, isRare: false },
	...{ isWord: false, isAlike: false, isNoun: false, isPlace: false, isNobody: false }
};

export function persons(text: string, lang: Locale, names: Names): Mark[] {
	const words = tokens(text).map((token) => wordOf(token, lang, names));
	const context = { text, lang, words, names, isSmall: /^[^\p{L}]*\p{Ll}/u.test(text) };
	const found: Mark[] = [];
	for (let at = 0; at < words.length; at += 1) {
		const person = personAt(context, at);
		if (!person) continue;
		const base = baseOf(words, person);
		if (!isFigure(base)) found.push({ ...stretch(words, person), kind: 'PERSON', base });
		at = person.to;
	}
	return found;
}

/** 'Anna's' is 'Anna'; 'Kiss-sel' is 'Kiss'. */
const bare = (token: string): string => token.replace(/['’]s$|['’]$/u, '').replace(/-\p{Ll}{1,4}$/u, '');

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

const stretch = (words: readonly Word[], { from, to }: Found): { start: number; end: number } => ({
	start: words[from]?.start ?? 0,
	end: words[to]?.end ?? 0
});

function baseOf(words: readonly Word[], { from, to, last }: Found): Base {
	const all = words.slice(from, to + 1).map((word, at) => ({ word, isLast: last.includes(from + at) }));
	const first = all.filter(({ word, isLast }) => !isLast && word.folded.length > 1);
	const surnames = all.filter(({ isLast }) => isLast).map(({ word }) => word);
	return {
		first: first.flatMap(({ word }) => word.known.reading.first),
		last: surnames.flatMap(({ folded, known }) =>
			known.reading.last.length > 0 ? known.reading.last : [folded]
		)
	};
}

/** The person whose name begins with this word. */
function personAt(context: Context, at: number): Found | null {
	const word = context.words[at];
	if (!word || isBorneBy(context, at)) return null;
	const found =
		titled(context, at) ??
		(word.isCapital
			? (surnameFirst(context, at) ?? firstNames(context, at) ?? surnameAlone(context, at))
			: small(context, at));
	return found && !bearsIt(context, found) ? found : null;
}

const near = ({ words }: Context, at: number): Word | null => {
	const word = words[at];
	return word?.isNear ? word : null;
};

const isNobody = ({ folded, known }: Word): boolean =>
	HONORIFICS.has(folded) || NAMERS.has(folded) || BEARERS.has(folded) || known.reading.isNobody;
const isName = (word: Word): boolean => word.isCapital && word.folded.length > 1 && !isNobody(word);
const isFirst = (word: Word | null | undefined): boolean =>
	!!word && isName(word) && word.known.reading.first.length > 0;
const isLast = (word: Word | null | undefined): boolean =>
	!!word && isName(word) && word.known.reading.last.length > 0;

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
	if (!next) return false;
	const isBorne = BORNE.has(next.folded) && (next.isCapital || context.lang === 'hu');
	return isBorne || (context.lang === 'hu' && stems(next.folded, 'hu').some((stem) => BORNE.has(stem)));
}

/** Behind 'Frau', 'pan', 'domnul': whoever comes, listed or not. */
function titled(context: Context, at: number): Found | null {
	const word = context.words[at];
	if (!word || ROLES.has(word.folded) || !isTitled(context, at)) return null;
	const to = PARTICLES.has(word.folded) && isSurname(context, at + 1) ? at + 1 : at;
	const alone = { from: at, to, last: isFirst(word) && !isLast(word) ? [] : [to] };
	if (isName(word))
		return (
			surnameFirst(context, at) ??
			full(context, at) ??
			(word.known.reading.isNoun && !isLast(word) ? null : alone)
		);
	return context.isSmall && !word.isCapital && word.folded.length > 3 && word.known.reading.last.length > 0
		? alone
		: null;
}

/** A title may have a trade or a particle after it: 'Frau Direktorin', 'Frau von'. */
function isTitled(context: Context, at: number): boolean {
	const [own, previous] = [context.words[at], context.words[at - 1]];
	if (!own || !previous) return false;
	if (own.isNear && (HONORIFICS.has(previous.folded) || NAMERS.has(previous.folded))) return true;
	const isBetween = ROLES.has(previous.folded) || PARTICLES.has(previous.folded);
	return own.isNear && isBetween && isTitled(context, at - 1);
}

/** A first name, more of them, then a surname where one follows. Null where no first name stands here. */
function full(context: Context, at: number): Found | null {
	const word = context.words[at];
	if (word && isInitial(context, word)) {
		const next = near(context, at + 1);
		if (isFirst(next) && isSurname(context, at + 2)) return joined(context, at, at + 1);
		const isOwn =
			isLast(next) || (!word.isNear && isSurname(context, at + 1) && (next?.folded.length ?? 0) > 5);
		return isOwn ? { from: at, to: at + 1, last: [at + 1] } : null;
	}
	return isFirst(word) ? joined(context, at, at) : null;
}

function joined(context: Context, from: number, first: number): Found {
	const { words } = context;
	let to = first;
	while (to - first < MOST_FIRST && isFirst(near(context, to + 1)) && !isLikelySurname(context, to + 1))
		to += 1;
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
	return (
		isLast(word) ||
		word.known.reading.isForeign ||
		(!word.known.reading.isNoun && !word.isLoud && word.folded.length > 1)
	);
}

/** Hungarian says the surname first, and so do lists everywhere. */
function surnameFirst(context: Context, at: number): Found | null {
	const { words, lang } = context;
	const [word, next] = [words[at], near(context, at + 1)];
	if (!word || !next || !isName(word) || !isFirst(next) || next.known.reading.isRare) return null;
	const { last, isForeign, isWord } = word.known.reading;
	if (lang === 'hu') {
		if (last.length === 0 && (isFirst(word) || (word.opens && !isForeign))) return null;
		return withFirstNames(context, at);
	}
	const isUnsure = last.length === 0 && !(isForeign && !next.known.reading.isWord);
	if (isUnsure || isFirst(word) || isWord || isLast(next) || isSurname(context, at + 2)) return null;
	return withFirstNames(context, at);
}

function withFirstNames(context: Context, at: number): Found {
	let to = at + 1;
	while (to - at < MOST_FIRST && isFirst(near(context, to + 1))) to += 1;
	return { from: at, to, last: [at] };
}

function firstNames(context: Context, at: number): Found | null {
	const found = full(context, at);
	if (!found) return null;
	return found.to > found.from
		? isFullName(context, found)
			? found
			: null
		: isAlone(context, at)
			? found
			: null;
}

/** Two words that may be a name are none where both are words like any. */
function isFullName(context: Context, { from, to }: Found): boolean {
	const { words, lang } = context;
	const [first, last] = [words[from], words[to]];
	if (!first || !last) return false;
	const { isWord, isPlace, isRare } = first.known.reading;
	if (isSupported(context, from)) return true;
	if ((isWord || isRare) && isBehindArticle(context, from)) return false;
	const isSure =
		(isLast(last) || isFirst(last) || last.known.reading.isForeign) && !last.known.reading.isWord;
	if (isRare || isWord || isPlace)
		return isSure
			? !(first.opens && isWord && lang !== 'hu') || isLast(last)
			: !first.opens && !isRare && lang !== 'de';
	return true;
}

/** Somebody's first name alone. */
function isAlone(context: Context, at: number): boolean {
	const { lang, words } = context;
	const word = words[at];
	if (!word) return false;
	if (isSupported(context, at) || isBehind(context, at)) return true;
	const { isAlike, isPlace, isRare, first } = word.known.reading;
	const isWord = word.known.reading.isWord || (word.opens && isAlike);
	const isListed = first.includes(word.folded);
	if (isPlace || word.folded.length < (isListed && !isRare ? 3 : 4)) return false;
	if ((isWord || isRare) && isBehindArticle(context, at)) return false;
	if (word.isLoud && word.folded.length < 5) return false;
	if (BORNE.has(word.folded)) return false;
	if (isRare && !isWord && lang === 'en') return true;
	if (isWord || isRare) return !word.opens && !(isWord && lang === 'de');
	return !word.opens || isListed || word.folded.length > 4;
}

/** Somebody's surname alone, in the text's own language. */
function surnameAlone(context: Context, at: number): Found | null {
	const word = context.words[at];
	if (!word || !isName(word) || ROLES.has(word.folded) || BEHIND.has(word.folded)) return null;
	const isFamily =
		FAMILY.has(near(context, at + 1)?.folded ?? '') &&
		!(context.lang === 'en' && /(?:ian|ish|ese)$/.test(word.folded));
	const isCalled = isFamily || isBehind(context, at);
	if (
		isCalled
			? isLast(word) || !word.opens
			: isLast(word) && (isSupported(context, at) || isSure(context, word, at))
	)
		return { from: at, to: at, last: [at] };
	const initial = near(context, at + 1);
	if (context.lang === 'hu' && isLast(word) && isInitial(context, initial))
		return { from: at, to: at + 1, last: [at] };
	return null;
}

/** 'Kowalskich', 'Kovácséknál': so a sentence may begin. */
const FAMILIES = /[scz]k(?:iego|iemu|im|iej|ich|a)$|.{3}(?:ek|ne)(?:t|et|nek|nel|tol|hez|rol|kel|vel)?$/;

/** Says enough by itself: no word, no place, nothing in a row of such. */
function isSure(context: Context, word: Word, at: number): boolean {
	const { lang, words } = context;
	const { isWord, isPlace, isNoun, last } = word.known.reading;
	const isListed = last.includes(word.folded);
	if (isPlace || isNoun || word.isLoud || BORNE.has(word.folded) || word.folded.length < (isListed ? 4 : 6))
		return false;
	if (isWord && (word.opens || lang === 'de' || lang === 'en')) return false;
	if (word.opens && !(isListed && !/[ąę]$/.test(word.text)) && !FAMILIES.test(word.folded)) return false;
	if (lang === 'pl' && /[scz]kie$/.test(word.folded)) return false;
	const previous = word.isNear ? words[at - 1] : undefined;
	if (isBehindArticle(context, at)) return false;
	const isInRow = previous?.isCapital && (lang === 'en' || !previous.opens);
	return lang === 'de' || !(near(context, at + 1)?.isCapital || isInRow);
}

/** A word before it says that a person follows, or one behind it that it was one. */
function isSupported({ words }: Context, at: number): boolean {
	const before = words[at]?.isNear ? words[at - 1]?.folded : undefined;
	const [own, next] = [words[at], words[at + 1]];
	if (own?.opens && next?.isNear && !next.isCapital && DEEDS.has(next.folded)) return true;
	return !!before && (ROLES.has(before) || HONORIFICS.has(before) || NAMERS.has(before));
}

const isBehindArticle = ({ lang, words }: Context, at: number): boolean =>
	!!words[at]?.isNear && !!ARTICLES[lang]?.has(words[at - 1]?.folded ?? '');

/** 'Kovács bácsi'. */
const isBehind = (context: Context, at: number): boolean =>
	context.lang === 'hu' && BEHIND.has(near(context, at + 1)?.folded ?? '');

/** Names as they are typed in haste, with no capital letter: they must be listed, and be no words. */
function small(context: Context, at: number): Found | null {
	const { words, names, isSmall } = context;
	const [word, next] = [words[at], near(context, at + 1)];
	if (!word || word.folded.length < 3 || (!isSmall && !names.first.has(word.folded))) return null;
	const { first, isWord, isAlike, isPlace, isRare, isNobody, isNoun } = word.known.reading;
	const isListed = first.includes(word.folded);
	if (
		first.length === 0 ||
		isWord ||
		isAlike ||
		isPlace ||
		isNobody ||
		isNoun ||
		isRare ||
		(!isListed && word.folded.length < 6)
	)
		return null;
	const isPair =
		next &&
		!next.isCapital &&
		next.folded.length > 4 &&
		next.known.reading.last.length > 0 &&
		!next.known.reading.isWord;
	if (isPair) return { from: at, to: at + 1, last: [at + 1] };
	return isSmall ? { from: at, to: at, last: [] } : null;
}
