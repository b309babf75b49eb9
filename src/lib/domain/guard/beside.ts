/** What the words beside a name say of it. */
import type { Locale } from '../lists';
import {
	ARTICLES,
	BEARERS,
	BEHIND,
	BORNE,
	DETERMINERS,
	HONORIFICS,
	JOINTS,
	LEADS,
	MONTHS,
	NAMERS,
	PARTICLES,
	ROLES
} from './around';
import { DEEDS } from './deeds';
import { isFigure } from './figures';
import { stems } from './inflect';
import { isName, near, type Context, type Found, type Word } from './word';

/** 'im. Jana Kochanowskiego', 'Liceul Teoretic Mihai Eminescu': somebody after whom a place is called. */
export function isBorneBy(context: Context, at: number): boolean {
	const { words } = context;
	for (let back = at; back > at - 4 && (words[back]?.isNear || isQuoted(context, back)); back -= 1) {
		const before = words[back - 1];
		if (!before) return false;
		if (BEARERS.has(before.folded)) return true;
		if (!before.isCapital) return false;
	}
	return false;
}

/** 'Liceul „Mihai Eminescu"': what is called so stands before the quotation. */
const isQuoted = ({ text, words }: Context, at: number): boolean =>
	/^ ["„“”«»]$/.test(text.slice(words[at - 1]?.end ?? 0, words[at]?.start));

/** 'Jan Paweł II', 'Edward VI'. */
const RULERS = /^(?:I{2,3}|IV|VI{0,3}|IX|X[IVX]{1,4})$/;

/** 'Ștefan cel Mare'; 'Andrei cel mic' is somebody. */
const isRuler = (context: Context, at: number): boolean => {
	const [next, after] = [near(context, at), near(context, at + 1)];
	return !!next && (RULERS.test(next.text) || (next.text === 'cel' && !!after?.isCapital));
};

/** 'Kossuth Lajos utca', 'Anne-Frank-Schule', 'Victoria Street'. */
export function bearsIt(context: Context, { to }: Found): boolean {
	const [own, next] = [context.words[to], near(context, to + 1)];
	if (own?.text.includes('-') && BORNE.has(own.folded.split('-').at(-1) ?? '')) return true;
	if (!next) return false;
	if (isRuler(context, to + 1) || (next.isCapital && isFigureName(context, next))) return true;
	const isBorne = BORNE.has(next.folded) && (next.isCapital || context.lang === 'hu');
	return isBorne || (context.lang === 'hu' && stems(next.folded, 'hu').some((stem) => BORNE.has(stem)));
}

/** 'Corneliu Codreanu' is nobody, and neither is his first name. */
const isFigureName = ({ lang }: Context, word: Word): boolean =>
	isFigure({ first: [], last: stems(word.folded, lang) });

/** How many words may stand between a title and its name: 'Frau Direktorin Doktor von'. */
const BETWEEN = 3;

/** Behind a title, which may have a trade or a particle after it: 'Frau Direktorin', 'Frau von'. */
export function isTitled({ words }: Context, at: number): boolean {
	for (let back = at; back >= at - BETWEEN && words[back]?.isNear; back -= 1) {
		const folded = words[back - 1]?.folded ?? '';
		if (HONORIFICS.has(folded) || NAMERS.has(folded)) return true;
		if (!ROLES.has(folded) && !PARTICLES.has(folded)) return false;
	}
	return false;
}

/** A word before it says that a person follows, or one behind it that it was one. */
export function isSupported({ lang, words }: Context, at: number): boolean {
	const before = words[at]?.isNear ? words[at - 1]?.folded : undefined;
	const [own, next] = [words[at], words[at + 1]];
	const isDeed = next?.isNear && !next.isCapital && DEEDS[lang].has(next.folded);
	if (own?.opens && isDeed && isDoer(own, lang)) return true;
	return !!before && (ROLES.has(before) || HONORIFICS.has(before) || NAMERS.has(before));
}

/** Elsewhere than in English, trades need no article where they open a sentence, and small words look like names. */
const isDoer = ({ folded, known }: Word, lang: Locale): boolean => {
	const { first, last, isRare, isWord } = known.reading;
	const isNamed = first.includes(folded) && !isRare && folded.length > 2;
	return lang === 'en' || isNamed || (last.includes(folded) && !isWord);
};

/** 'that Hope's friend'. */
export function isOwner({ lang, words }: Context, at: number): boolean {
	const own = words[at];
	return lang === 'en' && !!own?.isNear && !own.opens && own.known.cut > 0;
}

/** 'Clara și Daria', 'Ali und Rosa': beside somebody who is no word. */
export function isPaired({ words }: Context, at: number): boolean {
	const isJoint = (joint: Word | undefined, other: Word | undefined): boolean =>
		!!joint?.isNear && !!other && JOINTS.has(joint.folded) && isPlainFirst(other);
	return (
		(!!words[at + 2]?.isNear && isJoint(words[at + 1], words[at + 2])) ||
		(!!words[at]?.isNear && isJoint(words[at - 1], words[at - 2]))
	);
}

const isPlainFirst = (word: Word): boolean => {
	const { first, isWord, isRare, isPlace, isNoun } = word.known.reading;
	return isName(word) && first.includes(word.folded) && !isWord && !isRare && !isPlace && !isNoun;
};

/** 'weil Simon', 'hat ihn Pascal'. */
export function isLed({ lang, words }: Context, at: number): boolean {
	const [before, own] = [words[at - 1], words[at]];
	if (!before || !own?.isNear || MONTHS.has(own.folded)) return false;
	return LEADS[lang]?.has(before.folded) ?? false;
}

/** 'at the Carlton': English puts no article before a person. */
export const isThing = ({ lang, words }: Context, at: number): boolean =>
	lang === 'en' && !!words[at]?.isNear && DETERMINERS.has(words[at - 1]?.folded ?? '');

/** 'Crucea Roșie', 'w Nowej Soli': the second word of a name that is nobody's. */
export function isInRow({ lang, words }: Context, at: number): boolean {
	const [before, own] = [words[at - 1], words[at]];
	if (!own?.isNear || !before?.isCapital || before.opens || lang === 'de' || lang === 'hu') return false;
	const { first, last, isForeign } = before.known.reading;
	return first.length === 0 && last.length === 0 && !isForeign && before.folded.length > 2;
}

/** 'der Koch', 'in Preston'. */
export const isBehindArticle = ({ lang, words }: Context, at: number): boolean =>
	!!words[at]?.isNear && !!ARTICLES[lang]?.has(words[at - 1]?.folded ?? '');

/** 'Kovács bácsi'. */
export const isBehind = (context: Context, at: number): boolean =>
	context.lang === 'hu' && BEHIND.has(near(context, at + 1)?.folded ?? '');
