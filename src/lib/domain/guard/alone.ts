/** Names of one word, which the words around must bear out; and names without a capital letter. */
import { BEHIND, BORNE, FAMILY, ROLES } from './around';
import { isBehind, isBehindArticle, isSupported } from './beside';
import { isInitial, isLast, isName, near, type Context, type Found, type Word } from './word';

/** Somebody's first name alone. */
export function isAlone(context: Context, at: number): boolean {
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
export function surnameAlone(context: Context, at: number): Found | null {
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

/** Names as they are typed in haste, with no capital letter: they must be listed, and be no words. */
export function small(context: Context, at: number): Found | null {
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
