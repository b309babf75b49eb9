/** Where somebody lives: a street with a number. A street alone is none, as many live there. */
import { before, marked, type Mark } from './mark';

const W = String.raw`(?:[\p{Lu}\p{N}][\p{L}\p{M}\p{N}'’.-]{0,30}|(?:ks|gen|św|dr|płk|bp|abp|prof|gral|sf|mr|cpt)\.)`;
const WORDS = (most: number): string =>
	`${W}(?: (?:${W}|de|la|lui|din|cel|der|den|und|i|of|the|na|nad|pod)){0,${most - 1}}`;
const CITY = String.raw`\p{Lu}[\p{L}\p{M}-]{1,30}(?: (?:\p{Lu}[\p{L}\p{M}-]{1,30}|am|an der|im|ob der)){0,2}`;
const NUMBER = String.raw`\d{1,4}(?:[a-zA-Z](?![\p{L}\p{N}])| [a-hA-H](?![\p{L}\p{N}.]))?(?: ?[-/] ?\d{1,4}[a-zA-Z]?(?![\p{L}\p{N}]))?`;
const END = String.raw`(?![\p{L}\p{N}])`;

/** 'Na Długiej 12 osób' counts people, and no house. */
const NOT_COUNTED_PL = String.raw`(?!\d| ?(?:lat|zł|os[oó]b|ludzi|razy|godz|minut|dni|uczni|mężczyzn|chłopak|policjant|stycz|luteg|marca|kwiet|maja|czerw|lipca|sierp|wrze|paźdz|listop|grudn))`;
const PL = [
	String.raw`(?:[Uu]l(?:\.|ic[ayęeąi]{1,2})|[Aa]l(?:\.|ej[aęąei]{1,2}|ejach)|[Pp]l(?:\.|ac(?:u|em)?)|[Oo]s(?:\.|iedl[eua](?:em)?)) ?${WORDS(4)},? (?:nr )?${NUMBER}(?:,? ?(?:m\.?|lok\.?|mieszk(?:ania|\.)?|/) ?\d{1,4})?(?:,? (?:w )?(?:\d\d-\d{3} ${CITY}|${CITY}(?<=, .{2,80})))?`,
	// A street as people say it: by its name alone, with a preposition, or with a flat behind the house.
	String.raw`(?<=(?:\b(?:na|z|ze|przy|pod|od|do) ))\p{Lu}\p{Ll}{3,20}(?:ej|iego|ego|ów|ich|a|y|i|ka) \d{1,3}[a-z]?(?:\/\d{1,3})?${NOT_COUNTED_PL}`,
	String.raw`\p{Lu}\p{Ll}{3,20}(?:ej|iego|ego|ów|ich|a|y|i|ka) \d{1,3}[a-z]?(?:\/\d{1,3}| m\. ?\d{1,3})`,
	String.raw`Ryn(?:ek|ku) \d{1,3}[a-z]?(?:\/\d{1,3})?${NOT_COUNTED_PL}`
];
/** The flat in the house, in Germany and Austria: 'Top 12', '2. OG'. */
const FLAT_DE = String.raw`(?:\/\d{1,3}|,? (?:\d{1,2}\. ?(?:OG|Stock|Etage|Etg\.)|EG|DG|Hinterhaus|(?:App\.?|Apt\.?|Whg\.?|Wohnung|Top|Tür) ?\d{1,4}))*`;
const TOWN_DE = String.raw`,? (?:in )?(?:[ADCH]{1,2}-)?\d{4,5} ${CITY}`;
const DE = [
	String.raw`(?:[\p{Lu}][\p{L}\p{M}.-]{1,30}[ -]){0,3}[\p{Lu}]?[\p{L}\p{M}-]{0,30}(?:[Ss]tra(?:ß|ss)e|[Ss]tr\.|weg|Weg|platz|Platz|allee|Allee|gasse|Gasse|[Rr]ing|damm|Damm|ufer|Ufer|steig|[Cc]haussee|promenade|[Gg]raben|(?<!Super|Weihnachts|Floh)[Mm]arkt|(?<!Bahn|Schul|Pausen|Fried)[Hh]of|[Ww]all|[Pp]fad|[Bb]erg|stieg|[Bb]rücke|[Tt]or) ${NUMBER}`,
	// 'Platz der Einheit 5', 'Straße des 17. Juni 3'.
	String.raw`(?:Straße|Strasse|Str\.|Platz|Allee|Weg|Ufer|Gasse|Ring|Promenade) (?:der|des|am|an der) (?:\d{1,2}\. )?\p{Lu}[\p{L}\p{M}-]{2,30}(?: \p{Lu}[\p{L}\p{M}-]{2,30})? ${NUMBER}(?!\d| \p{Lu})`
].map((street) => String.raw`${street}${FLAT_DE}(?:${TOWN_DE})?`);
/** 'Am Anger 3' may be a street, and 'Im Kapitel 3' is none: where somebody lives must be said near it. */
const DE_AT = String.raw`(?:Am|An der|An den|Auf der|Auf dem|Im|In der|In den|Zum|Zur|Unter den|Hinter der|Vor dem|Beim) (?:[\p{Lu}][\p{L}\p{M}-]{2,30} ?){1,2} ${NUMBER}`;
const LIVES = /wohn|adress|anschrift|lebt|daheim|zuhause|treff|haus\b|haust[üu]r/;
const RO = String.raw`(?:[Ss]tr(?:\.|ad[aă]|ăzii|azii)|[Bb](?:d|ld|lv)\.?|[Bb]-dul|[Bb]ulevardul(?:ui)?|[Cc]al(?:ea|ii)|[Aa]lee[ai]i?|[Pp]ia[țţt](?:a|ei|eta)|[Șș]os\.|[ȘșSs]oseau?[ai]i?|[Ii]ntrarea|[Ss]plaiul|[Ff]und[aă]tura) ${WORDS(5)},? (?:(?:nr\.?|num[aă]rul|număr) ?)?${NUMBER}(?:,? ?(?:bl|sc|et|ap|bloc|scara|etaj|apartament|apt)(?:\.|ul)? ?[A-Z0-9]{1,4}${END}){0,5}(?:,? (?:\d{3} ?\d{3} )?${CITY})?|(?<=\bpe )\p{Lu}\p{L}{3,20}(?:lor|ei|ului|ești|i|a) \d{1,3}[A-Z]?|(?<=\b(?:la|din|în|stă|locuiește) )\p{Lu}\p{L}{3,20}(?:lor|ei|ului) \d{1,3}[A-Z]?`;
const HU = String.raw`(?:\d{4} ${CITY}[, ] ?(?:[IVX]{1,5}\.(?: ker(?:\.|ület))?,? )?)?${WORDS(4)} (?:utca|[uú]t|u\.|útja|tér|tere|körút|krt\.|köz|sétány|sor|fasor|park|rakpart|rkp\.|dűlő|lakótelep|sugárút|lejtő|lépcső|liget|major|telep)(?:\s|, )${NUMBER}(?:\.|-?(?:ben|ban|be|ba|es|as|os|ös|szám))?(?:,? (?:[IVX]{1,5}|\d{1,2}|fszt|földszint)[./]? ?(?:em(?:\.|elet)|lph\.|\d{1,3}[./]?)?(?: ?\d{1,3}[.]?(?: ajtó)?)?)?`;
const KINDS_EN =
	'Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Close|Drive|Dr|Way|Court|Ct|Crescent|Cres|Place|Pl|Terrace|Gardens|Grove|Hill|Square|Sq|Walk|Mews|Row|Park|Green|Rise|View|Parade|Boulevard|Blvd|Gate|Croft|Mount|Broadway';
const POSTCODE = String.raw`[A-Z]{1,2}\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{2}`;
/** A house that has a name has it instead of a number, or before it. */
const HOUSE_EN = String.raw`(?:The )?(?:\p{Lu}[\p{L}'’-]{1,30} ){1,3}(?:Cottage|House|Farm|Farmhouse|Lodge|Vicarage|Rectory|Barn|Villa|Bungalow|Manor|Mill|Court|Point|Tower|Heights)|The (?:\p{Lu}[\p{L}'’-]{1,30} ){0,2}\p{Lu}\p{L}{3,30}`;
const STREET_EN = String.raw`(?:(?:St|Mt)\.? )?(?:\p{Lu}[\p{L}'’-]{1,30} ){1,3}(?:${KINDS_EN})${END}(?:(?<=St|Rd|Ave|Ln|Dr|Ct|Pl|Sq|Blvd)\.)?|The (?:${KINDS_EN}|Meadows|Paddocks?|Orchard|Spinney|Limes|Elms|Willows|Cedars|Ridgeway|Mall|Strand)`;
const NUMBER_EN = String.raw`\d{1,4}[A-Za-z]?(?:[-/]\d{1,4})?`;
const TOWN_EN = String.raw`,? (?:in )?${CITY}`;
const EN = [
	String.raw`(?:(?:Flat|Apartment|Apt|Unit|House|Room) ?\d{1,4}[A-Za-z]?,? )?(?:(?:${HOUSE_EN}), )?(?:${NUMBER_EN}|\d{1,3}[A-Za-z]?,) (?:${STREET_EN})(?:${TOWN_EN})?(?:,? ${POSTCODE})?`,
	String.raw`(?:${HOUSE_EN}), (?:${STREET_EN})(?:${TOWN_EN})?,? ${POSTCODE}`
];

const edge = (source: string): RegExp => new RegExp(String.raw`(?<![\p{L}\p{N}])(?:${source})${END}`, 'dgu');
const FORMS = [...PL, ...DE, RO, HU, ...EN, POSTCODE].map(edge);
/** A post code and its town, where no street stands before them. */
const TOWNS = [String.raw`\d\d-\d{3} ${CITY}`].map(edge);

const AT_DE = edge(`${DE_AT}(?:${TOWN_DE})?`);

/** In haste, with no capital letter: the street's own word must say that it is one. */
const SMALL = [
	String.raw`(?:ul|os|al)\.? ?\p{Ll}{2,20}(?:ej|iego|ego|ów|ich|a|y|i) ${NUMBER}${NOT_COUNTED_PL}`,
	String.raw`(?:str\.?|strada) (?:\p{Ll}{3,20} )?(?:\p{Ll}{2,20}(?:lor|ei|ului|escu|eanu) (?:nr\.? ?)?|\p{Ll}{3,20},? nr\.? ?)${NUMBER}`,
	String.raw`\p{Ll}{3,20} (?:utca|körút|tér|sétány) ${NUMBER}\.?(?:-?[bn][ea]n?|-?[aeo]s)?`
].map(edge);
/** The same by the street's name alone, or in words that count as well: right behind what says that somebody lives there. */
const SMALL_AT = [
	String.raw`(?:am|an der|auf der|im|in der|zum|zur) \p{Ll}{4,20} ${NUMBER}`,
	String.raw`(?:ulicy )?\p{Ll}{2,20}(?:ej|iego|ego|ów|ich|a|y|i) ${NUMBER}${NOT_COUNTED_PL}`,
	String.raw`\d{1,4}[a-z]? (?:\p{Ll}{3,20} ){1,2}(?:street|road|lane|avenue|close|crescent|terrace|drive|gardens|grove|court|st|rd|ave)`
].map(edge);
const LIVES_HERE =
	/(?:wohnt|wohnhaft|wohne|mieszka\p{Ll}{0,3} (?:na|przy)|\b(?:live[sd]?|living|stays) (?:at|in)|\baddress(?: is|:)?) $/u;

/** As far from a figure as the longest address begins or ends. */
const REACH = 140;
type Stretch = { start: number; end: number };

/** There is a figure in every address: what stands far from any need not be read. */
function aroundFigures(text: string): Stretch[] {
	const found: Stretch[] = [];
	for (const { 0: figures, index } of text.matchAll(/\d+/g)) {
		const [start, end] = [Math.max(0, index - REACH), index + figures.length + REACH];
		const last = found.at(-1);
		if (last && start <= last.end) last.end = end;
		else found.push({ start: text.lastIndexOf(' ', start) + 1, end });
	}
	return found;
}

/** As they are written in PL, DE, RO, HU and GB, with the flat and the town that follow. */
export function addresses(text: string): Mark[] {
	const read = (forms: readonly RegExp[]): Mark[] =>
		aroundFigures(text).flatMap(({ start: from, end: to }) => {
			const part = text.slice(from, to);
			return forms
				.flatMap((form) => marked(part, form, 'ADDRESS'))
				.map(({ start, end, kind }) => ({ start: from + start, end: from + end, kind }));
		});
	return [
		...read([...FORMS, ...TOWNS, ...SMALL]),
		...read(SMALL_AT).filter(({ start }) => LIVES_HERE.test(before(text, start))),
		...read([AT_DE]).filter(
			({ start, end }) => /\d{5} /.test(text.slice(start, end)) || LIVES.test(before(text, start))
		)
	];
}
