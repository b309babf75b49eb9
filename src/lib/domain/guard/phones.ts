/** Phone numbers as people write them. Only door to libphonenumber-js, with the countries of `phones.json` alone. */
import { parsePhoneNumberFromString, type CountryCode, type MetadataJson } from 'libphonenumber-js/core';
import type { Locale } from '../lists';
import { before, type Mark } from './mark';
import known from './phones.json';

const METADATA = known as unknown as MetadataJson;
/** Whose numbers are written without a country's code, the language's own country first. */
const HOME: Record<Locale, CountryCode[]> = {
	en: ['GB', 'IE'],
	pl: ['PL'],
	de: ['DE', 'AT', 'CH'],
	ro: ['RO', 'MD'],
	hu: ['HU']
};
const ALL: readonly CountryCode[] = ['PL', 'DE', 'RO', 'HU', 'GB'];

/** Groups of digits, and between two of them always something: else there would be many ways to read one number. */
const BETWEEN = String.raw`(?:[ \u00a0]?[-–./][ \u00a0]?|[ \u00a0]{1,2}|(?=\()|(?<=\)))`;
/** What stands behind a price, a share or a length. */
const UNITS = '%|€|£|\\$|zł|zl|lei|ron|eur|euro|ft|huf|pln|km|m²|kg';
const CANDIDATE = new RegExp(
	String.raw`(?<![\p{L}\p{N}_.,:/+=-])(?:\((?!\())?(?:\+ ?|00 ?)?\(?\d{1,15}\)?(?:${BETWEEN}\(?\d{1,12}\)?){0,8}(?![\p{L}\p{N}_]|[.,:/-]\d|\s?(?:${UNITS})(?!\p{L}))`,
	'giu'
);
const WORDS =
	/(?:\btel|telef|phone|\bmob|mobil|\bcell|\bcall|\bring|\btext|whats|signal|viber|\bsms|zadzwo|dzwon|kom[óo]rk|handy|\bruf|anruf|erreich|sun[ăa]|apel|h[íi]v|el[ée]rhet|\bfax)[^\d+]*$/;
const DATE = /^(?:\d{1,2}[./-] ?\d{1,2}[./-] ?(?:19|20)\d\d|(?:19|20)\d\d[./-] ?\d{1,2}[./-] ?\d{1,2}\.?)/;
/** Years from and to, or an order's number that has its year. */
const SPAN = /^(?:(?:19|20)\d\d ?[-–/] ?\d{2,6}|\d{1,6} ?[-/] ?(?:19|20)\d\d)$/;

/** Helplines that are the same in all of Europe: 116 111 for children, 116 006 for victims. */
const HELPLINE = /^116[ \u00a0]?\d{3}$/;

/** Of eight digits at least, or announced by a word; years, dates, sums and counts are none. */
export function phones(text: string, lang: Locale): Mark[] {
	return [...text.matchAll(CANDIDATE)].flatMap(({ 0: found, index }) => {
		const written = closed(found.replace(/[\s.(–-]+$/, ''));
		if (DATE.test(written) || SPAN.test(written) || HELPLINE.test(written)) return [];
		const isAnnounced = WORDS.test(before(text, index));
		if (!isPhone(written, lang, isAnnounced)) return [];
		return [{ start: index, end: index + written.length, kind: 'PHONE' as const }];
	});
}

/** A number with its country's code, of which the + was left out. */
const COUNTRY = /^(?:36|40|44|48|49)\d{8,}$/;

/** A bracket that closes what began before the number is no part of it. */
const closed = (written: string): string =>
	written.endsWith(')') && !/\([^()]*\)$/.test(written) ? written.slice(0, -1) : written;

function isPhone(written: string, lang: Locale, isAnnounced: boolean): boolean {
	const digits = written.replace(/\D/g, '');
	if (digits.length < 6 || digits.length > 15) return false;
	if (/^\(?(?:\+|00)/.test(written)) return isAbroad(written, digits);
	if (isAnnounced && COUNTRY.test(digits) && isAbroad(`+${written}`, digits)) return true;
	const countries = isAnnounced ? [...HOME[lang], ...ALL] : HOME[lang];
	return countries.some((country) => isHome(written, digits, country, isAnnounced));
}

/** Of a country that `phones.json` does not hold, the length must do. */
function isAbroad(written: string, digits: string): boolean {
	const plain = written.replace(/\(0\)/, '').replace(/^\(?(\+|00) ?/, '+');
	const number = parsePhoneNumberFromString(plain, { extract: false }, METADATA);
	return number ? number.isPossible() : digits.length >= 9;
}

/** Without an announcement it must begin or be grouped as numbers are there; a 0 in front says that it is none of a thing. */
function isHome(written: string, digits: string, country: CountryCode, isAnnounced: boolean): boolean {
	if (!isAnnounced && !isWrittenSo(written, digits, country)) return false;
	const number = parsePhoneNumberFromString(written, { defaultCountry: country, extract: false }, METADATA);
	const isTrunk = /^\(?0/.test(written);
	return (isTrunk || isAnnounced ? number?.isPossible() : number?.isValid()) ?? false;
}

function isWrittenSo(written: string, digits: string, country: CountryCode): boolean {
	if (digits.length < 8) return false;
	if (country === 'PL')
		return /^(?:\d{9}|\d{3}([ .-])\d{3}\1\d{3}|\d{3}[ -]\d\d[ -]\d\d[ -]\d\d|\(?\d\d\)?[ /-]\d{3}[ -]\d\d[ -]\d\d|\(?\d\d\)?[ -]\d{7}|\(?0?-?\d\d\)?[ -].*)$/.test(
			written
		);
	if (country === 'HU')
		return /^\(?0[67]|^\(?(?:1|[2-9]\d)\)?[ /-]\(?\d{3}[ -]?\d{2}[ -]?\d{1,2}$/.test(written);
	return /^\(?0/.test(written) && digits.length >= 9;
}
