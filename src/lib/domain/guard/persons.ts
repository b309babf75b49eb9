/**
 * Who is named. A capital letter, the lists and the words around decide together: a right mark is worth more than many.
 * Titles help to decide and are no part of the mark; what a street or a school is called after is nobody.
 */
import type { Locale } from '../lists';
import { PARTICLES, ROLES } from './around';
import { isAlone, small, surnameAlone } from './alone';
import { bearsIt, isBorneBy, isTitled } from './beside';
import { longCountries } from './countries';
import { isFigure } from './figures';
import { full, isFullName, isSurname, surnameFirst } from './full';
import { stems } from './inflect';
import type { Base, Mark } from './mark';
import type { Names } from './names';
import { contextOf, isFirst, isLast, isName, type Context, type Found, type Word } from './word';

/** Each person that a text names, as one mark. */
export function persons(text: string, lang: Locale, names: Names): Mark[] {
	const context = contextOf(text, lang, names);
	const { words } = context;
	const found: Mark[] = [];
	for (let at = 0; at < words.length; at += 1) {
		const person = personAt(context, at);
		if (!person) continue;
		const base = baseOf(words, person);
		if (!isFigure(figureOf(context, person, base)))
			found.push({ ...stretch(words, person), kind: 'PERSON', base });
		at = person.to;
	}
	const countries = longCountries(text, lang);
	return found.filter(({ start, end }) => !countries.some((one) => one.start <= start && end <= one.end));
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

/** In books are some whom no list of surnames holds: whatever form theirs has here. */
const figureOf = ({ lang, words }: Context, { last }: Found, base: Base): Base => ({
	first: base.first,
	last: [...base.last, ...last.flatMap((at) => stems(words[at]?.folded ?? '', lang))]
});

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

/** A first name, alone or with what follows. */
function firstNames(context: Context, at: number): Found | null {
	const found = full(context, at);
	if (!found) return null;
	const isMeant = found.to > found.from ? isFullName(context, found) : isAlone(context, at);
	return isMeant ? found : null;
}
