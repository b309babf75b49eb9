/** The names that are known, made ready to be asked. Their lists are in src/lib/names. */
import { LOCALES, type Locale } from '../lists';
import { fold } from '../words';
import { MONTHS, NOBODY } from './around';
import { isCountry } from './countries';
import { stems } from './inflect';

/**
 * A list of names: folded, parted by spaces. `rare` are first names that count only as they stand. `doubt`, not
 * folded, are words of the language that are also forms of names, `nouns` those that are written like names and stand
 * behind them, `places` names of places too.
 */
export type NameList = {
	language: Locale;
	source: string;
	first: string;
	rare: string;
	last: string;
	doubt: string;
	nouns: string;
	places: string;
};

/** `plain` is `doubt` folded, for what is typed without diacritics. */
type Lists = Record<'last' | 'doubt' | 'plain' | 'nouns' | 'places', ReadonlySet<string>>;

/** First names of all languages together, since people move; surnames by language. */
export type Names = {
	first: ReadonlySet<string>;
	rare: ReadonlySet<string>;
	lists: Partial<Record<Locale, Lists>>;
};

const split = (text: string): string[] => (text === '' ? [] : text.split(' '));

/** Takes a few milliseconds: once for many texts. A language without a list has first names of the others alone. */
export function namesFrom(all: readonly NameList[]): Names {
	const first = new Set(all.flatMap((list) => split(list.first)));
	const lists = Object.fromEntries(
		LOCALES.flatMap((locale) => {
			const list = all.find(({ language }) => language === locale);
			if (!list) return [];
			const sets = {
				last: new Set(split(list.last)),
				doubt: new Set(split(list.doubt)),
				plain: new Set(split(fold(list.doubt))),
				nouns: new Set(split(list.nouns)),
				places: new Set(split(list.places))
			};
			return [[locale, sets] as const];
		})
	);
	return { first, rare: new Set(all.flatMap((list) => split(list.rare))), lists };
}

/** What a word may be: forms of these names; also a word of the language, a noun like any, or a place. */
export type Reading = {
	first: string[];
	last: string[];
	/** A surname in another language's list. */
	isForeign: boolean;
	isRare: boolean;
	isWord: boolean;
	/** A word but for its diacritics. */
	isAlike: boolean;
	isNoun: boolean;
	isPlace: boolean;
	/** A day, a people, a make, a figure of history. */
	isNobody: boolean;
};

/** 'Mueller' is 'Müller', where the keys are missing. */
const respelt = (folded: string): string => folded.replace(/([aou])e/g, '$1');

/** How surnames end that no list holds all of, and hardly anything else does. */
const ENDINGS: Partial<Record<Locale, RegExp>> = { ro: /^\p{L}{3,}(?:escu|eanu)$/u };

/** How German nouns end that are no names. */
const NOUN =
	/(?:ung|heit|keit|schaft|tion|tat|ismus|erin|innen|ungen|nis|chen|ieren|zeug|arbeit|klasse|lehrer|schuler)$/;

/** `word` without a hyphen, as it is written. */
export function readingOf(word: string, lang: Locale, names: Names): Reading {
	const folded = fold(word);
	const list = names.lists[lang];
	const found = stems(folded, lang);
	if (lang === 'de') found.push(...found.map(respelt));
	const known = (set: ReadonlySet<string> | undefined): string[] => [
		...new Set(found.filter((one) => set?.has(one)))
	];
	const first = known(names.first);
	const isRare = first.length === 0 && names.rare.has(folded);
	const last = known(list?.last);
	const ending = ENDINGS[lang];
	if (ending && last.length === 0) last.push(...found.filter((one) => ending.test(one)).slice(0, 1));
	return {
		first: isRare ? [folded] : first,
		last,
		isRare,
		isForeign: last.length === 0 && Object.values(names.lists).some((other) => other.last.has(folded)),
		isWord: list
			? isWordOf(list, word.normalize('NFC').toLowerCase(), folded, isRare ? [] : first, found, lang)
			: false,
		isAlike: list?.plain.has(folded) ?? false,
		isNoun: (list?.nouns.has(folded) ?? false) || (lang === 'de' && NOUN.test(folded)),
		isPlace:
			(list?.places.has(folded) ?? false) ||
			found.some((one) => isCountry(one, lang)) ||
			(first.length === 0 && !FAMILY.test(folded) && known(list?.places).length > 0),
		isNobody:
			NOBODY.has(folded) ||
			(!first.includes(folded) && found.some((one) => NOBODY.has(one) && !MONTHS.has(one)))
	};
}

/** A Polish family, and no town, though a town may be called nearly so. */
const FAMILY = /[scz]k(?:i|iego|iemu|im|iej|ich|imi)$/;

/** A noun's forms are many in German, and all are written like names. */
function isWordOf(
	{ doubt, plain }: Lists,
	lower: string,
	folded: string,
	first: readonly string[],
	found: readonly string[],
	lang: Locale
): boolean {
	if (doubt.has(lower) || (first.length === 0 && plain.has(folded))) return true;
	return lang === 'de' && !first.includes(folded) && found.some((one) => plain.has(one));
}
