/** Numbers that a state gives to one person, with their check digits. Only door to stdnum. */
import * as deId from 'stdnum/lib/cjs/de/idnr.js';
import * as deInsurance from 'stdnum/lib/cjs/de/svnr.js';
import * as gbInsurance from 'stdnum/lib/cjs/gb/nino.js';
import * as gbTax from 'stdnum/lib/cjs/gb/utr.js';
import * as plTax from 'stdnum/lib/cjs/pl/nip.js';
import * as plPerson from 'stdnum/lib/cjs/pl/pesel.js';
import * as roPerson from 'stdnum/lib/cjs/ro/cnp.js';
import type { Locale } from '../lists';
import { before, type Mark } from './mark';

const sum = (digits: string, weights: readonly number[]): number =>
	weights.reduce((all, weight, at) => all + weight * Number(digits[at]), 0);
const upTo = (count: number): number[] => [...Array(count).keys()].map((at) => at + 1);

/** Hungary's number of a person: sex and century, birth, a count, a check digit by weights that fall since 1997. */
export function isHuPerson(digits: string): boolean {
	if (!/^[1-8]\d\d(0[1-9]|1[0-2])([0-2]\d|3[01])\d{4}$/.test(digits)) return false;
	const rising = upTo(10);
	const weights = /^(?:[34]|.9[789])/.test(digits) ? rising.reverse() : rising;
	return sum(digits, weights) % 11 === Number(digits[10]);
}

/** Hungary's health insurance (TAJ): threes and sevens. */
export const isTaj = (digits: string): boolean =>
	sum(digits, [3, 7, 3, 7, 3, 7, 3, 7]) % 10 === Number(digits[8]) && !/^(\d)\1+$/.test(digits);

/** Hungary's tax number of a person: an 8 in front, then days since 1867. */
export const isHuTax = (digits: string): boolean =>
	digits.startsWith('8') && sum(digits, upTo(9)) % 11 === Number(digits[9]);

/** The NHS number of England and Wales. */
export function isNhs(digits: string): boolean {
	const check = (11 - (sum(digits, [10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11)) % 11;
	return check === Number(digits[9]) && !/^(\d)\1+$/.test(digits);
}

const letters = (text: string): number[] => Array.from(text.toUpperCase(), (sign) => parseInt(sign, 36));

/** Poland's identity card: three letters, a check digit, five digits. */
export function isPlCard(compact: string): boolean {
	const values = letters(compact);
	const all = [7, 3, 1, 9, 7, 3, 1, 7, 3].reduce((so, weight, at) => so + weight * (values[at] ?? 0), 0);
	return all % 10 === 0;
}

/** Germany's identity card or passport: nine signs and a check digit, by ICAO 9303. */
export function isDeCard(compact: string): boolean {
	const values = letters(compact);
	const all = values.slice(0, 9).reduce((so, value, at) => so + value * ([7, 3, 1][at % 3] ?? 0), 0);
	return all % 10 === values[9];
}

/** Passes for a number of its kind without digits that check it: a word before must say so. */
const always = (): boolean => true;

/**
 * `form` is how it is written, `holds` whether its digits agree. `words` before it announce it; `own` is the language in which
 * it needs none, 'all' where its digits say enough by themselves.
 */
type Id = {
	form: RegExp;
	holds: (compact: string) => boolean;
	words: RegExp;
	own: Locale | 'all' | 'none';
};

const by =
	({ validate }: { validate: (value: string) => { isValid: boolean } }) =>
	(compact: string): boolean =>
		validate(compact).isValid;

const IDS: readonly Id[] = [
	{
		form: /\d{6}[ -]?\d{5}|\d{2}[ -]\d{2}[ -]\d{2}[ -]\d{5}/,
		holds: by(plPerson),
		words: /pesel/,
		own: 'all'
	},
	{
		form: /\d{13}|\d ?\d{6} ?\d{6}|\d ?\d\d ?\d\d ?\d\d ?\d\d ?\d{3} ?\d/,
		holds: by(roPerson),
		words: /cnp/,
		own: 'all'
	},
	{
		form: /\d{2} ?\d{3} ?\d{3} ?\d{3}|\d{11}/,
		holds: by(deId),
		words: /steuer-?(id|nr|num|ident)|idnr|tax|tin\b/,
		own: 'all'
	},
	{
		form: /\d{2} ?\d{6} ?[A-Z] ?\d{3}/,
		holds: by(deInsurance),
		words: /versicherung|sozial|rente|sv-?n/,
		own: 'all'
	},
	{
		form: /[A-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]/,
		holds: by(gbInsurance),
		words: /insurance|\bni\b|nino/,
		own: 'all'
	},
	{ form: /\d[- ]?\d{6}[- ]?\d{4}/, holds: isHuPerson, words: /szem[ée]lyi|azonos[íi]t/, own: 'hu' },
	{ form: /\d{3}[ -]?\d{3}[ -]?\d{3}/, holds: isTaj, words: /taj|t[áa]rsadalombiztos/, own: 'hu' },
	{ form: /\d{10}|\d ?\d{3} ?\d{3} ?\d{3}/, holds: isHuTax, words: /ad[óo]/, own: 'hu' },
	{ form: /\d{6} ?[A-Z]{2}/, holds: always, words: /szem[ée]lyi ?(ig|sz|ok)|okm[áa]ny/, own: 'none' },
	{
		form: /\d{3}[ -]?\d{3}[ -]?\d{2}[ -]?\d{2}|\d{3}[ -]?\d{2}[ -]?\d{2}[ -]?\d{3}/,
		holds: by(plTax),
		words: /\bnip\b|podatkow/,
		own: 'pl'
	},
	{ form: /[A-Z]{3} ?\d{6}/, holds: isPlCard, words: /dow[óo]d|dowod|osobist/, own: 'pl' },
	{ form: /[A-Z]{2} ?\d{7}/, holds: always, words: /paszport|passport/, own: 'none' },
	{ form: /\d{3}[ -]?\d{3}[ -]?\d{4}/, holds: isNhs, words: /\bnhs\b/, own: 'en' },
	{ form: /\d{5} ?\d{5}/, holds: by(gbTax), words: /\butr\b|tax/, own: 'none' },
	{
		form: /[CFGHJKLMNPRTVWXYZ][0-9CFGHJKLMNPRTVWXYZ]{8}\d/,
		holds: isDeCard,
		words: /ausweis|pass/,
		own: 'de'
	},
	{
		form: /[CFGHJKLMNPRTVWXYZ][0-9CFGHJKLMNPRTVWXYZ]{8}/,
		holds: always,
		words: /ausweis|reisepass/,
		own: 'none'
	},
	{ form: /\d{2,3}[ /]\d{3}[ /]\d{4,5}/, holds: always, words: /steuer-?(nr|num)/, own: 'none' },
	{
		form: /[A-Z]{2} ?\d{6}/,
		holds: always,
		words: /\bseria\b|buletin|\bc\.?i\.?\b|carte de identitate/,
		own: 'none'
	}
];

const FORMS = IDS.map(
	({ form }) => new RegExp(`(?<![\\p{L}\\p{N}+.,/-])(?:${form.source})(?![\\p{L}\\p{N}]|[-/]\\d)`, 'gu')
);

/** In the text's own language a number is known by its digits; that of another country where a word announces it. */
export function ids(text: string, lang: Locale): Mark[] {
	return IDS.flatMap(({ holds, words, own }, at) =>
		[...text.matchAll(FORMS[at] ?? /(?!)/g)].flatMap(({ 0: found, index }) => {
			const isMeant = own === 'all' || own === lang || words.test(before(text, index));
			if (!isMeant || !holds(found.replace(/[\s/-]/g, ''))) return [];
			return [{ start: index, end: index + found.length, kind: 'NATIONAL_ID' as const }];
		})
	);
}
