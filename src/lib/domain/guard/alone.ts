/** Names of one word, which the words around must bear out; and names without a capital letter. */
import { BEHIND, BORNE, FAMILY, ROLES } from './around';
import { isBehind, isBehindArticle, isInRow, isLed, isOwner, isPaired, isSupported, isThing } from './beside';
import { isInitial, isLast, isName, near, type Context, type Found, type Word } from './word';

/** Somebody's first name alone. */
export function isAlone(context: Context, at: number): boolean {
	const word = context.words[at];
	if (!word) return false;
	if (isSupported(context, at) || isBehind(context, at)) return true;
	if (isThing(context, at) || isInRow(context, at)) return false;
	if (word.known.reading.isPlace || isShort(word)) return false;
	if (isListed(word) && (isOwner(context, at) || isPaired(context, at))) return true;
	if (BORNE.has(word.folded)) return false;
	return isUnsure(word)
		? isBorneOut(context, word, at)
		: !word.opens || isListed(word) || word.folded.length > 4;
}

/** On the lists as it stands, and not among the rare ones. */
const isListed = ({ folded, known }: Word): boolean =>
	known.reading.first.includes(folded) && !known.reading.isRare;

const isShort = (word: Word): boolean =>
	word.folded.length < (isListed(word) ? 3 : 4) || (word.isLoud && word.folded.length < 5);

/** A word of the language as well; where it opens a sentence, even but for its diacritics. */
const isAlsoWord = ({ opens, known }: Word): boolean =>
	known.reading.isWord || (opens && known.reading.isAlike);

const isUnsure = (word: Word): boolean => isAlsoWord(word) || word.known.reading.isRare;

/** Behind no article, and with a capital letter that is not every noun's or every sentence's. */
function isBorneOut(context: Context, word: Word, at: number): boolean {
	if (isBehindArticle(context, at)) return false;
	const isWord = isAlsoWord(word);
	if (context.lang === 'en' && !isWord) return true;
	return !word.opens && (!isWord || context.lang !== 'de' || isLed(context, at));
}

/** 'Kovalenkóné', 'Kovalenkónénak': Hungarian calls a wife so, whatever the name. */
const WIFE = /^\p{Lu}\p{L}{2,}né(?:t|nak|nek|val|vel|hoz|hez|ról|ről|tól|től|nál|nél|ék)?$/u;

/** Somebody's surname alone, in the text's own language. */
export function surnameAlone(context: Context, at: number): Found | null {
	const word = context.words[at];
	if (!word || !isName(word) || ROLES.has(word.folded) || BEHIND.has(word.folded)) return null;
	if (isCalled(context, word, at) || isKnown(context, word, at)) return { from: at, to: at, last: [at] };
	const isShort = context.lang === 'hu' && isLast(word) && isInitial(context, near(context, at + 1));
	return isShort ? { from: at, to: at + 1, last: [at] } : null;
}

/** Said to be a family, a wife or a master: then it may stand in no list, though not where all words are capital. */
function isCalled(context: Context, word: Word, at: number): boolean {
	const isWife = context.lang === 'hu' && WIFE.test(word.text);
	if (!isWife && !isFamily(context, at) && !isBehind(context, at)) return false;
	return !word.opens || (!isWife && isLast(word));
}

/** 'The Khan family'; 'a Spanish family' is none. */
const isFamily = (context: Context, at: number): boolean =>
	FAMILY.has(near(context, at + 1)?.folded ?? '') &&
	!(context.lang === 'en' && /(?:ian|ish|ese)$/.test(context.words[at]?.folded ?? ''));

const isKnown = (context: Context, word: Word, at: number): boolean =>
	isLast(word) && (isSupported(context, at) || (isSure(context, word) && standsAlone(context, word, at)));

/** 'Kowalskich', 'Kovácséknál': so a sentence may begin. */
const FAMILIES = /[scz]k(?:iego|iemu|im|iej|ich|a)$|.{3}(?:ek|ne)(?:t|et|nek|nel|tol|hez|rol|kel|vel)?$/;

/** Says enough by itself: long enough, and no word, no place, nor what may open a sentence. */
function isSure({ lang }: Context, { folded, known, text, isLoud, opens }: Word): boolean {
	const { isWord, isPlace, isNoun, last } = known.reading;
	const isListed = last.includes(folded);
	if (isPlace || isNoun || isLoud || BORNE.has(folded)) return false;
	if (folded.length < (isListed ? 4 : 6)) return false;
	if (isWord && (opens || lang === 'de' || lang === 'en')) return false;
	if (lang === 'pl' && /[scz]kie$/.test(folded)) return false;
	const isAsItStands = isListed && !/[ąę]$/.test(text);
	return !opens || isAsItStands || FAMILIES.test(folded);
}

/** Behind no article, and in no row of other capitals; German writes so many that a row says nothing. */
function standsAlone(context: Context, word: Word, at: number): boolean {
	const { lang, words } = context;
	if (isBehindArticle(context, at)) return false;
	if (lang === 'de') return true;
	const previous = word.isNear ? words[at - 1] : undefined;
	const isInRow = previous?.isCapital && (lang === 'en' || !previous.opens);
	return !isInRow && !near(context, at + 1)?.isCapital;
}

/** Names as they are typed in haste, with no capital letter: they must be listed, and be no words. */
export function small(context: Context, at: number): Found | null {
	const { words, names, isSmall } = context;
	const [word, next] = [words[at], near(context, at + 1)];
	if (!word || word.folded.length < 3 || (!isSmall && !names.first.has(word.folded))) return null;
	if (!isSmallFirst(word)) return null;
	if (next && isSmallLast(next)) return { from: at, to: at + 1, last: [at + 1] };
	return isSmall ? { from: at, to: at, last: [] } : null;
}

function isSmallFirst({ folded, known }: Word): boolean {
	const { first, isWord, isAlike, isPlace, isRare, isNobody, isNoun } = known.reading;
	if (isWord || isAlike || isPlace || isRare || isNobody || isNoun) return false;
	return first.length > 0 && (first.includes(folded) || folded.length > 5);
}

const isSmallLast = ({ folded, isCapital, known }: Word): boolean =>
	!isCapital && folded.length > 4 && known.reading.last.length > 0 && !known.reading.isWord;
