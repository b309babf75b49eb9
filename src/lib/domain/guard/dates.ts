/** Dates of birth: a date alone is none, a word beside it makes it one. */
import { marked, type Mark } from './mark';

const MONTHS =
	`january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec|febr|mär|mrz|okt|dez|ian|iun|iul|noi|márc|ápr|máj|jún|júl|szept|
	 stycznia|lutego|marca|kwietnia|maja|czerwca|lipca|sierpnia|września|wrzesnia|października|pazdziernika|listopada|grudnia|
	 januar|jänner|februar|märz|maerz|mai|juni|juli|oktober|dezember|
	 ianuarie|februarie|martie|aprilie|mai|iunie|iulie|septembrie|octombrie|noiembrie|decembrie|
	 január|február|március|április|május|június|július|augusztus|szeptember|október|november|december`.replace(
		/\s+/g,
		''
	);
const YEAR = String.raw`(?:19|20)\d\d`;
const DATE = [
	String.raw`\d{1,2} ?[./-] ?\d{1,2} ?[./-] ?(?:${YEAR}|\d\d)(?!\d)`,
	String.raw`${YEAR} ?[./-] ?\d{1,2} ?[./-] ?\d{1,2}\.?(?!\d)`,
	String.raw`\d{1,2}(?:st|nd|rd|th|\.)?(?: of)? (?:${MONTHS})\.?,? ${YEAR}`,
	String.raw`(?:${MONTHS})\.? \d{1,2}(?:st|nd|rd|th)?,? ${YEAR}`,
	String.raw`\d{1,2}\.? ?[IVX]{1,4}\.? ?${YEAR}|${YEAR}\. ?[IVX]{1,4}\. ?\d{1,2}\.?`,
	String.raw`${YEAR}\.? (?:${MONTHS})[a-zéáíóöőúüű]{0,3}\.? \d{1,2}\.?(?:-?[aeáéií]n)?`
].join('|');
const FORM = new RegExp(String.raw`(?<![\p{L}\p{N}.,/-])(?<mark>${DATE})(?!\p{N})`, 'dgiu');

/** Up to the date, in its own sentence. */
const AHEAD =
	/(?:\bborn|\bd\.? ?o\.? ?b\b|date of birth|birth ?date|birthday(?: is| was|:|,| on| ?\(| ?$)|\bb\.|\bur\.|urodz|\bdat[aeęy] ur|geb\.|gebor|geburts(?:datum|tag)|\*|n[ăa]scut|\bn\.|na[șs]ter|sz[üu]l\.|sz[üu]let)[^.!\n\d]{0,40}$/i;
const BEHIND =
	/^[^.!?\n\d]{0,14}(?:[-–]?[aáeéi]?n )?(?:\(?(?:sz[üu]l(?:\.|et)|urodz|gebor|born|n[ăa]scut|geburtstag|\(?dob\b|birthday)|[^.!?\n\d]{0,30}zur welt)/i;
/** Who was born is not what was born on that day. */
const NEAR = 64;

/** Where somebody is said to be born then, in any of the five languages. */
export const births = (text: string): Mark[] =>
	marked(text, FORM, 'DOB').filter(
		({ start, end }) =>
			AHEAD.test(text.slice(Math.max(0, start - NEAR), start)) || BEHIND.test(text.slice(end, end + NEAR))
	);
