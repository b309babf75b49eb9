/** Names of more than one word. */
import { BORNE, PARTICLES, ROLES } from './around';
import { isBehindArticle, isSupported } from './beside';
import { isFirst, isInitial, isLast, isName, near, type Context, type Found, type Word } from './word';

const MOST_FIRST = 3;

/** 'Das', 'Die': what begins a sentence behind a letter. */
const isSmallWord = (word: Word | null): boolean =>
	!!word && word.known.reading.isWord && word.folded.length < 4;

/** A first name, more of them, then a surname where one follows. Null where no first name stands here. */
export function full(context: Context, at: number): Found | null {
	const word = context.words[at];
	if (word && isInitial(context, word)) {
		const next = near(context, at + 1);
		if (isFirst(next) && isSurname(context, at + 2)) return joined(context, at, at + 1);
		const isOwn =
			(isLast(next) && !isSmallWord(next)) ||
			(!word.isNear && isSurname(context, at + 1) && (next?.folded.length ?? 0) > 5);
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
export function isSurname(context: Context, at: number): boolean {
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
export function surnameFirst(context: Context, at: number): Found | null {
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

/** Romania's list of surnames is short. */
const isUnlisted = ({ known }: Word): boolean =>
	!known.reading.isWord && !known.reading.isPlace && known.reading.first.length === 0;

/** Two words that may be a name are none where both are words like any. */
export function isFullName(context: Context, { from, to }: Found): boolean {
	const { words, lang } = context;
	const [first, last] = [words[from], words[to]];
	if (!first || !last) return false;
	const { isWord, isPlace, isRare } = first.known.reading;
	if (isSupported(context, from)) return true;
	if ((isWord || isRare) && isBehindArticle(context, from)) return false;
	const isSure =
		(isLast(last) || isFirst(last) || last.known.reading.isForeign) && !last.known.reading.isWord;
	if (
		lang === 'ro' &&
		isWord &&
		!isRare &&
		isUnlisted(last) &&
		first.known.reading.first.includes(first.folded)
	)
		return first.folded.length > 3;
	if (isRare || isWord || isPlace)
		return isSure
			? !(first.opens && isWord && lang !== 'hu') || isLast(last)
			: !first.opens && !isRare && lang !== 'de';
	return true;
}
