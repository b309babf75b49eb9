/** Where somebody lives: a street with a number. A street alone is none, as many live there. */
import { before, marked, type Mark } from './mark';

const W = String.raw`(?:[\p{Lu}\p{N}][\p{L}\p{M}\p{N}'’.-]{0,30}|(?:ks|gen|św|dr|płk|bp|abp|prof|gral|sf|mr|cpt)\.)`;
const WORDS = (most: number): string =>
	`${W}(?: (?:${W}|de|la|lui|din|cel|der|den|und|i|of|the|na|nad|pod)){0,${most - 1}}`;
const CITY = String.raw`\p{Lu}[\p{L}\p{M}-]{1,30}(?: (?:\p{Lu}[\p{L}\p{M}-]{1,30}|am|an der|im|ob der)){0,2}`;
const NUMBER = String.raw`\d{1,4}(?:[a-zA-Z](?![\p{L}\p{N}])| [a-zA-Z](?![\p{L}\p{N}.]))?(?: ?[-/] ?\d{1,4}[a-zA-Z]?(?![\p{L}\p{N}]))?`;
const END = String.raw`(?![\p{L}\p{N}])`;

const PL = [
	String.raw`(?:[Uu]l(?:\.|ic[ayęeąi]{1,2})|[Aa]l(?:\.|ej[aęąei]{1,2}|ejach)|[Pp]l(?:\.|ac(?:u|em)?)|[Oo]s(?:\.|iedl[eua](?:em)?)) ?${WORDS(4)},? (?:nr )?${NUMBER}(?:,? ?(?:m\.?|lok\.?|mieszk(?:ania|\.)?|/) ?\d{1,4})?(?:,? (?:w )?(?:\d\d-\d{3} ${CITY}|${CITY}(?<=, .{2,80})))?`,
	// A street as people say it: by its name alone, with a preposition, or with a flat behind the house.
	String.raw`(?<=(?:\b(?:na|z|ze|przy|pod|od|do) ))\p{Lu}\p{Ll}{3,20}(?:ej|iego|ego|ów|ich|a|y|i|ka) \d{1,3}[a-z]?(?:\/\d{1,3})?(?! ?(?:lat|zł|osób|razy|godz|kwietnia|maja|minut))`,
	String.raw`\p{Lu}\p{Ll}{3,20}(?:ej|iego|ego|ów|ich|a|y|i|ka) \d{1,3}[a-z]?\/\d{1,3}`
];
const DE = [
	String.raw`(?:[\p{Lu}][\p{L}\p{M}.-]{1,30}[ -]){0,3}[\p{Lu}]?[\p{L}\p{M}-]{0,30}(?:[Ss]tra(?:ß|ss)e|[Ss]tr\.|weg|Weg|platz|Platz|allee|Allee|gasse|Gasse|[Rr]ing|damm|Damm|ufer|Ufer|steig|[Cc]haussee|promenade|[Gg]raben|[Mm]arkt|[Hh]of|[Ww]all|[Pp]fad|[Bb]erg|stieg|[Bb]rücke|[Tt]or) ${NUMBER}`
].map((street) => String.raw`${street}(?:,? (?:in )?(?:D-)?\d{5} ${CITY})?`);
/** 'Am Anger 3' may be a street, and 'Im Kapitel 3' is none: where somebody lives must be said near it. */
const DE_AT = String.raw`(?:Am|An der|An den|Auf der|Auf dem|Im|In der|In den|Zum|Zur|Unter den|Hinter der|Vor dem|Beim) (?:[\p{Lu}][\p{L}\p{M}-]{2,30} ?){1,2} ${NUMBER}`;
const TOWN_DE = String.raw`,? (?:in )?(?:D-)?\d{5} ${CITY}`;
const LIVES = /wohn|adress|anschrift|lebt|daheim|zuhause|treff|haus\b/;
const RO = String.raw`(?:[Ss]tr(?:\.|ad[aă]|ăzii|azii)|[Bb](?:d|ld|lv)\.?|[Bb]-dul|[Bb]ulevardul(?:ui)?|[Cc]al(?:ea|ii)|[Aa]lee[ai]i?|[Pp]ia[țţt](?:a|ei|eta)|[Șș]os\.|[ȘșSs]oseau?[ai]i?|[Ii]ntrarea|[Ss]plaiul|[Ff]und[aă]tura) ${WORDS(5)},? (?:(?:nr\.?|num[aă]rul|număr) ?)?${NUMBER}(?:,? ?(?:bl|sc|et|ap|bloc|scara|etaj|apartament|apt)(?:\.|ul)? ?[A-Z0-9]{1,4}${END}){0,5}(?:,? (?:\d{3} ?\d{3} )?${CITY})?|(?<=\bpe )\p{Lu}\p{L}{3,20}(?:lor|ei|ului|ești|i|a) \d{1,3}[A-Z]?|(?<=\b(?:la|din|în|stă|locuiește) )\p{Lu}\p{L}{3,20}(?:lor|ei|ului) \d{1,3}[A-Z]?`;
const HU = String.raw`(?:\d{4} ${CITY}[, ] ?(?:[IVX]{1,5}\.(?: ker(?:\.|ület))?,? )?)?${WORDS(4)} (?:utca|[uú]t|u\.|útja|tér|tere|körút|krt\.|köz|sétány|sor|fasor|park|rakpart|rkp\.|dűlő|lakótelep|sugárút|lejtő|lépcső|liget|major|telep)(?:\s|, )${NUMBER}(?:\.|-?(?:ben|ban|be|ba|es|as|os|ös|szám))?(?:,? (?:[IVX]{1,5}|\d{1,2}|fszt|földszint)[./]? ?(?:em(?:\.|elet)|lph\.|\d{1,3}[./]?)?(?: ?\d{1,3}[.]?(?: ajtó)?)?)?`;
const KINDS_EN =
	'Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Close|Drive|Dr|Way|Court|Ct|Crescent|Cres|Place|Pl|Terrace|Gardens|Grove|Hill|Square|Sq|Walk|Mews|Row|Park|Green|Rise|View|Parade|Boulevard|Blvd|Gate|Croft|Mount|Broadway';
const POSTCODE = String.raw`[A-Z]{1,2}\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{2}`;
const EN = String.raw`(?:(?:Flat|Apartment|Apt|Unit|House) ?\d{1,4}[A-Za-z]?,? )?\d{1,4}[A-Za-z]?(?:-\d{1,4})? (?:(?:St|Mt)\.? )?(?:\p{Lu}[\p{L}'’-]{1,30} ){1,3}(?:${KINDS_EN})${END}(?:(?<=St|Rd|Ave|Ln|Dr|Ct|Pl|Sq|Blvd)\.)?(?:,? (?:in )?${CITY})?(?:,? ${POSTCODE})?`;

const edge = (source: string): RegExp => new RegExp(String.raw`(?<![\p{L}\p{N}])(?:${source})${END}`, 'dgu');
const FORMS = [...PL, ...DE, RO, HU, EN, POSTCODE].map(edge);
/** A post code and its town, where no street stands before them. */
const TOWNS = [String.raw`\d\d-\d{3} ${CITY}`].map(edge);

const AT_DE = edge(`${DE_AT}(?:${TOWN_DE})?`);

/** As they are written in PL, DE, RO, HU and GB, with the flat and the town that follow. */
export const addresses = (text: string): Mark[] => [
	...[...FORMS, ...TOWNS].flatMap((form) => marked(text, form, 'ADDRESS')),
	...marked(text, AT_DE, 'ADDRESS').filter(
		({ start, end }) => /\d{5} /.test(text.slice(start, end)) || LIVES.test(before(text, start))
	)
];
