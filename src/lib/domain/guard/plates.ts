/** Licence plates. */
import type { Locale } from '../lists';
import { before, marked, type Mark } from './mark';

const WORDS =
	/plate|regist|\breg\b|rejestr|tablic|\bnr rej|kennzeichen|nummernschild|[îi]nmatr|num[ăa]r|rendsz[áa]m|\bcar\b|\bvan\b|vehicle|auto|samoch|wóz|wozem|furgon|bus\b|wagen|pkw|fahrzeug|transporter|golf|audi|bmw|opel|[sš]kod|ford|volkswagen|vw\b|toyot|dacia|hond[aąęy]|fiat|renault|peugeot|merced|passat|volvo|kia\b|mazda|seat|citro|suzuki|ma[șs]in|duba|kocsi|furgon|motor/;
const WORDS_BEHIND =
	/^[^.!?\n]{0,8}(?:rendsz[áa]m|kennzeichen|number ?plate|(?:am|im|auf dem) nummernschild)/i;
/** What looks like a plate and is a norm, a sum or a line. */
const OTHER =
	/^(?:ISO|DIN|EN|PN|MSZ|STAS|BS|EUR|PLN|RON|HUF|GBP|NIP|VAT|COVID|RFC|USB|MP|PIN|IP|SP|LO|ZS|UE|EU|DVD|CD|PDF|HTML|ISBN|TV)[ -]/;
const COUNTIES =
	'AB|AR|AG|BC|BH|BN|BT|BR|BV|BZ|CL|CS|CJ|CT|CV|DB|DJ|GL|GR|GJ|HR|HD|IL|IS|IF|MM|MH|MS|NT|OT|PH|SJ|SM|SB|SV|TR|TM|TL|VL|VS|VN';
const EDGE = String.raw`(?<![\p{L}\p{N}-])`;
const END = String.raw`(?![\p{L}\p{N}]|-[\p{L}\p{N}])`;
const form = (source: string): RegExp => new RegExp(`${EDGE}(?:${source})${END}`, 'dgu');

/** Where they need no word that announces them: in all texts, or in those of one language. */
const FORMS: readonly { form: RegExp; own: Locale | 'all' | 'none' }[] = [
	{ form: form(`(?:${COUNTIES})[ -]?\\d{2}[ -]?[A-Z]{3}|B[ -]?\\d{2,3}[ -]?[A-Z]{3}`), own: 'all' },
	{ form: form('[A-Z]{2}\\d{2} ?[A-Z]{3}'), own: 'all' },
	{ form: form('[A-Z] ?\\d{1,3} ?[A-Z]{3}|[A-Z]{3} ?\\d{1,3} ?[A-Z]'), own: 'none' },
	{ form: form('[A-ZÄÖÜ]{1,3}[-–][A-Z]{1,2}[ -]?\\d{1,4}[EH]?'), own: 'all' },
	{ form: form('[A-ZÄÖÜ]{1,3} [A-Z]{1,2}[ -]?\\d{1,4}[EH]?'), own: 'none' },
	{ form: form('[A-ZÄÖÜ]{1,3} [A-Z]{1,2} \\d{2,4}[EH]?'), own: 'de' },
	{ form: form('[A-Z]{3}-\\d{3}|[A-Z]{2}[ -]?[A-Z]{2}-\\d{3}'), own: 'hu' },
	{ form: form('[A-Z]{3}[ -]?\\d{3}|[A-Z]{2}[ -]?[A-Z]{2}[ -]?\\d{3}'), own: 'none' },
	{
		form: form(
			'[BCDEFGKLNOPRSTWZ][A-Z](?=[A-Z]{0,2}\\d|\\d) ?\\d[0-9A-Z]{4}|[BCDEFGKLNOPRSTWZ][A-Z] \\d[0-9A-Z]{4}'
		),
		own: 'pl'
	},
	{ form: form('[BCDEFGKLNOPRSTWZ][A-Z]{2} ?(?=[A-Z]{0,2}\\d)[0-9A-Z]{4,5}'), own: 'pl' },
	{ form: form('[A-Z]{2}\\d [A-Z0-9]{3,5}'), own: 'none' },
	{ form: form('[A-Z]{2,3} ?(?=[A-Z]{0,2}\\d)[0-9A-Z]{4,5}'), own: 'none' }
];

/** The forms of PL, DE, RO, HU and GB; the looser ones in their own language, or near a word for a vehicle. */
export function plates(text: string, lang: Locale): Mark[] {
	return FORMS.flatMap(({ form, own }) =>
		marked(text, form, 'PLATE').filter(({ start, end }) => {
			if (OTHER.test(text.slice(start, end))) return false;
			return (
				own === 'all' ||
				own === lang ||
				WORDS.test(before(text, start, 50)) ||
				WORDS_BEHIND.test(text.slice(end, end + 30))
			);
		})
	);
}
