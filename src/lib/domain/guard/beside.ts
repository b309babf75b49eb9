/** What the words beside a name say of it. */
import { ARTICLES, BEARERS, BEHIND, BORNE, DEEDS, HONORIFICS, NAMERS, PARTICLES, ROLES } from './around';
import { stems } from './inflect';
import { near, type Context, type Found } from './word';

/** 'im. Jana Kochanowskiego', 'Liceul Teoretic Mihai Eminescu': somebody after whom a place is called. */
export function isBorneBy({ words }: Context, at: number): boolean {
	for (let back = at; back > at - 4 && words[back]?.isNear; back -= 1) {
		const before = words[back - 1];
		if (!before) return false;
		if (BEARERS.has(before.folded)) return true;
		if (!before.isCapital) return false;
	}
	return false;
}

/** 'Kossuth Lajos utca', 'Anne-Frank-Schule', 'Victoria Street'. */
export function bearsIt(context: Context, { to }: Found): boolean {
	const [own, next] = [context.words[to], near(context, to + 1)];
	if (own?.text.includes('-') && BORNE.has(own.folded.split('-').at(-1) ?? '')) return true;
	if (!next) return false;
	const isBorne = BORNE.has(next.folded) && (next.isCapital || context.lang === 'hu');
	return isBorne || (context.lang === 'hu' && stems(next.folded, 'hu').some((stem) => BORNE.has(stem)));
}

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
export function isSupported({ words }: Context, at: number): boolean {
	const before = words[at]?.isNear ? words[at - 1]?.folded : undefined;
	const [own, next] = [words[at], words[at + 1]];
	if (own?.opens && next?.isNear && !next.isCapital && DEEDS.has(next.folded)) return true;
	return !!before && (ROLES.has(before) || HONORIFICS.has(before) || NAMERS.has(before));
}

/** 'der Koch', 'in Preston'. */
export const isBehindArticle = ({ lang, words }: Context, at: number): boolean =>
	!!words[at]?.isNear && !!ARTICLES[lang]?.has(words[at - 1]?.folded ?? '');

/** 'Kovács bácsi'. */
export const isBehind = (context: Context, at: number): boolean =>
	context.lang === 'hu' && BEHIND.has(near(context, at + 1)?.folded ?? '');
