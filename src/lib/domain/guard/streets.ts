/** How streets and houses are written, with the flat and the town that follow, in PL, DE, RO, HU and GB. */

const W = String.raw`(?:[\p{Lu}\p{N}][\p{L}\p{M}\p{N}'’.-]{0,30}|(?:ks|gen|św|dr|płk|bp|abp|prof|gral|sf|mr|cpt)\.)`;
const WORDS = (most: number): string =>
	`${W}(?: (?:${W}|de|la|lui|din|cel|der|den|und|i|of|the|na|nad|pod)){0,${most - 1}}`;
const CITY = String.raw`\p{Lu}[\p{L}\p{M}-]{1,30}(?: (?:\p{Lu}[\p{L}\p{M}-]{1,30}|am|an der|im|ob der)){0,2}`;
const NUMBER = String.raw`\d{1,4}(?:[a-zA-Z](?![\p{L}\p{N}])| [a-hA-H](?![\p{L}\p{N}.]))?(?: ?[-/] ?\d{1,4}[a-zA-Z]?(?![\p{L}\p{N}]))?`;
const END = String.raw`(?![\p{L}\p{N}])`;

/** 'Na Długiej 12 osób' counts people, and no house. */
const NOT_COUNTED_PL = String.raw`(?!\d| ?(?:lat|zł|os[oó]b|ludzi|razy|godz|minut|dni|uczni|mężczyzn|chłopak|policjant|stycz|luteg|marca|kwiet|maja|czerw|lipca|sierp|wrze|paźdz|listop|grudn))`;
/** What has a number like a house and a flat, and is neither. */
const THINGS_PL =
	'Lekcj|Klas|Sal[aąei]|Grup|Stron|Sesj|Rund|Faktur|Ustaw|Uchwał|Ocen|Pozycj|Umow|Spraw|Sygnatur|Spółk';
const PL = [
	String.raw`(?:[Uu]l(?:\.|ic[ayęeąi]{1,2})|[Aa]l(?:\.|ej[aęąei]{1,2}|ejach)|[Pp]l(?:\.|ac(?:u|em)?)|[Oo]s(?:\.|iedl[eua](?:em)?)) ?${WORDS(4)},? (?:nr )?${NUMBER}(?:,? ?(?:m\.?|lok\.?|mieszk(?:ania|\.)?|/) ?\d{1,4})?(?:,? (?:w )?(?:\d\d-\d{3} ${CITY}|${CITY}(?<=, .{2,80})))?`,
	// A street as people say it: by its name alone, with a preposition, or with a flat behind the house.
	String.raw`(?<=(?:\b(?:na|z|ze|przy|pod|od|do) ))\p{Lu}\p{Ll}{3,20}(?:ej|iego|ego|ów|ich|a|y|i|ka) \d{1,3}[a-zA-Z]?(?:\/\d{1,3})?${NOT_COUNTED_PL}`,
	String.raw`(?!${THINGS_PL})\p{Lu}\p{Ll}{3,20}(?:ej|iego|ego|ów|ich|a|y|i|ka) \d{1,3}[a-zA-Z]?(?:\/\d{1,3}| (?:m|lok)\. ?\d{1,3})${NOT_COUNTED_PL}`,
	String.raw`Ryn(?:ek|ku) \d{1,3}[a-z]?(?:\/\d{1,3})?${NOT_COUNTED_PL}`
];
const THINGS_DE =
	'Artikel|Raum|Zimmer|Klasse|Gruppe|Seite|Absatz|Kapitel|Nummer|Linie|Bus|Punkt|Tag|Runde|Halle';
/** The flat in the house, in Germany and Austria: 'Top 12', '2. OG'. */
const FLAT_DE = String.raw`(?:\/\d{1,3}|,? (?:\d{1,2}\. ?(?:OG|Stock|Etage|Etg\.)|EG|DG|Hinterhaus|(?:App\.?|Apt\.?|Whg\.?|Wohnung|Top|Tür) ?\d{1,4}))*`;
const TOWN_DE = String.raw`,? (?:in )?(?:[ADCH]{1,2}-)?\d{4,5} ${CITY}`;
const FLAT_TOWN_DE = String.raw`${FLAT_DE}(?:${TOWN_DE})?`;
const DE = String.raw`(?:[\p{Lu}][\p{L}\p{M}.-]{1,30}[ -]){0,3}[\p{Lu}]?[\p{L}\p{M}-]{0,30}(?:[Ss]tra(?:ß|ss)e|(?<=\p{L})str\.|(?<=\p{Lu}\p{L}{1,30}[ -])Str\.|weg|Weg|platz|Platz|allee|Allee|gasse|Gasse|[Rr]ing|damm|Damm|ufer|Ufer|steig|[Cc]haussee|promenade|[Gg]raben|(?<!Super|Weihnachts|Floh)[Mm]arkt|(?<!Bahn|Schul|Pausen|Fried)[Hh]of|[Ww]all|[Pp]fad|[Bb]erg|stieg|[Bb]rücke|[Tt]or) (?:Nr\. ?)?${NUMBER}${FLAT_TOWN_DE}`;
/** 'Platz der Einheit 5', 'Straße des 17. Juni 3'. */
const DE_OF = String.raw`(?:Straße|Strasse|Str\.|Platz|Allee|Weg|Ufer|Gasse|Ring|Promenade) (?:der|des|am|an der) (?:\d{1,2}\. )?\p{Lu}[\p{L}\p{M}-]{2,30}(?: \p{Lu}[\p{L}\p{M}-]{2,30})? ${NUMBER}(?!\d| \p{Lu})${FLAT_TOWN_DE}`;
/** With no space: 'Lindenstr.14'. */
const DE_SHORT = String.raw`(?:\p{Lu}[\p{L}-]{1,30}[ -])?\p{L}{2,30}[Ss]tr\.${NUMBER}${FLAT_TOWN_DE}`;
/** Any name is a street's where a number, a post code and a town follow. */
const TOWN_BEHIND_DE = String.raw`(?!${THINGS_DE})(?:\p{Lu}[\p{L}\p{M}-]{1,30} ){1,3}${NUMBER}, (?:D-)?(?:\d{5}|(?!19|20)\d{4}) ${CITY}`;
/** 'Am Anger 3' may be a street, and 'Im Kapitel 3' is none: where somebody lives must be said near it. */
const DE_AT = String.raw`(?:Am|An der|An den|Auf der|Auf dem|Im|In der|In den|Zum|Zur|Unter den|Hinter der|Vor dem|Beim) (?:[\p{Lu}][\p{L}\p{M}-]{2,30} ?){1,2} ${NUMBER}`;
/** Says near it that somebody lives in what may be a street. */
export const LIVES = /wohn|adress|anschrift|lebt|daheim|zuhause|treff|haus\b|haust[üu]r/;
const RO = String.raw`(?:[Ss]tr(?:\.|ad[aă]|ăzii|azii)|[Bb](?:d|ld|lv)\.?|[Bb]-dul|[Bb]ulevardul(?:ui)?|[Cc]al(?:ea|ii)|[Aa]lee[ai]i?|[Pp]ia[țţt](?:a|ei|eta)|[Șș]os\.|[ȘșSs]oseau?[ai]i?|[Ii]ntrarea|[Ss]plaiul|[Ff]und[aă]tura|[Dd]rumul|[Uu]li[țt]a|[Pp]relungirea|[Ss]tradela|[Pp]asajul) ${WORDS(5)},? (?:(?:nr\.?|num[aă]rul|număr) ?)?${NUMBER}(?:,? ?(?:bl|sc|et|ap|bloc|scara|etaj|apartament|apt)(?:\.|ul)? ?[A-Z0-9]{1,4}${END}){0,5}(?:,? (?:\d{3} ?\d{3} )?${CITY})?|[Bb]l(?:oc(?:ul)?|\.) ?[A-Z]{0,2}\d{0,3}[A-Z]?(?:,? ?(?:sc|et|ap|scara|etaj|apartament)\.? ?[A-Z0-9]{1,4}${END}){1,4}|(?:[Ss]at(?:ul)?|[Cc]om(?:una|\.)) ${WORDS(3)},? nr\.? ?${NUMBER}|(?<=\bpe )${WORDS(3)},? nr\.? ?${NUMBER}(?:,? ?(?:bl|sc|et|ap)\.? ?[A-Z0-9]{1,4}${END}){0,4}|(?<=\bpe )\p{Lu}\p{L}{3,20}(?:lor|ei|ului|ești|i|a) \d{1,3}[A-Z]?|(?<=\b(?:la|din|în|stă|locuiește) )\p{Lu}\p{L}{3,20}(?:lor|ei|ului) \d{1,3}[A-Z]?`;
const HU = String.raw`(?:\d{4} ${CITY}[, ] ?(?:[IVX]{1,5}\.(?: ker(?:\.|ület))?,? )?)?${WORDS(4)} (?:utca|[uú]t|u\.|útja|tér|tere|körút|krt\.|köz|sétány|sor|fasor|park|rakpart|rkp\.|dűlő|lakótelep|sugárút|lejtő|lépcső|liget|major|telep)(?:\s|, )${NUMBER}(?:\.|-?(?:ben|ban|be|ba|es|as|os|ös|szám))?(?:,? (?:[IVX]{1,5}|\d{1,2}|fszt|földszint)[./]? ?(?:em(?:\.|elet)|lph\.|\d{1,3}[./]?)?(?: ?\d{1,3}[.]?(?: ajtó)?)?)?`;
const KINDS_EN =
	'Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Close|Drive|Dr|Way|Court|Ct|Crescent|Cres|Place|Pl|Terrace|Gardens|Grove|Hill|Square|Sq|Walk|Mews|Row|Park|Green|Rise|View|Parade|Boulevard|Blvd|Gate|Croft|Mount|Broadway';
const POSTCODE = String.raw`[A-Z]{1,2}\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{2}`;
/** A house that has a name has it instead of a number, or before it. */
const HOUSE_EN = String.raw`(?:The )?(?:\p{Lu}[\p{L}'’-]{1,30} ){1,3}(?:Cottage|House|Farm|Farmhouse|Lodge|Vicarage|Rectory|Barn|Villa|Bungalow|Manor|Mill|Court|Point|Tower|Heights)|The (?:\p{Lu}[\p{L}'’-]{1,30} ){0,2}\p{Lu}\p{L}{3,30}`;
const STREET_EN = String.raw`(?:(?:St|Mt)\.? )?(?:\p{Lu}[\p{L}'’-]{1,30} ){1,3}(?:${KINDS_EN})${END}(?:(?<=St|Rd|Ave|Ln|Dr|Ct|Pl|Sq|Blvd)\.)?|The (?:${KINDS_EN}|Meadows|Paddocks?|Orchard|Spinney|Limes|Elms|Willows|Cedars|Ridgeway|Mall|Strand)`;
const NUMBER_EN = String.raw`\d{1,4}[A-Za-z]?(?:[-/]\d{1,4})?`;
const NOT_HOUSE_EN = String.raw`(?<!\b(?:[Rr]oom|[Ss]ection|[Yy]ear|[Cc]lass|[Pp]age|[Bb]us|[Rr]oute|[Aa]rticle|[Aa]ged?) )`;
const TOWN_EN = String.raw`,? (?:in )?${CITY}`;
const EN = String.raw`(?:(?:Flat|Apartment|Apt|Unit|House) ?\d{1,4}[A-Za-z]?,? )?(?:(?:${HOUSE_EN}), )?(?:${NUMBER_EN}|${NOT_HOUSE_EN}\d{1,3}[A-Za-z]?,) (?:${STREET_EN})(?:${TOWN_EN})?(?:,? ${POSTCODE})?`;
const EN_NAMED = String.raw`(?:${HOUSE_EN}), (?:${STREET_EN})(?:${TOWN_EN})?,? ${POSTCODE}`;

const edge = (source: string): RegExp => new RegExp(String.raw`(?<![\p{L}\p{N}])(?:${source})${END}`, 'dgu');

/** In haste, with no capital letter: the street's own word must say that it is one. */
const SMALL = [
	String.raw`(?:ul|os|al)\.? ?\p{Ll}{2,20}(?:ej|iego|ego|ów|ich|a|y|i) ${NUMBER}${NOT_COUNTED_PL}`,
	String.raw`(?:str\.?|strada) (?:\p{Ll}{3,20} )?(?:\p{Ll}{2,20}(?:lor|ei|ului|escu|eanu) (?:nr\.? ?)?|\p{Ll}{3,20},? nr\.? ?)${NUMBER}`,
	String.raw`(?:at|number|no\.) (?<mark>\d{1,4}[a-z]? (?:(?!the|this|that|their|your|our|down|along|across)\p{Ll}{3,20} ){1,2}(?:street|road|lane|avenue|crescent|terrace))`
];
const SMALL_HU = String.raw`\p{Ll}{3,20} (?:utca|körút|tér|sétány) ${NUMBER}\.?(?:-?[bn][ea]n?|-?[aeo]s)?`;

/** Says that somebody lives in what comes behind it. */
const LIVES_HERE = String.raw`(?:[Ww]ohn(?:t|e|en|haft)|[Mm]ieszka\p{Ll}{0,3} (?:na|przy)|[Ll]iv(?:e[sd]?|ing) (?:at|in)|[Ss]tays (?:at|in)|[Aa]ddress(?: is|:)?)`;
/** The same by the street's name alone, or in words that count as well. */
const SMALL_HERE = [
	String.raw`(?:am|an der|auf der|im|in der|zum|zur) \p{Ll}{4,20} ${NUMBER}`,
	String.raw`(?:ulicy )?\p{Ll}{2,20}(?:ej|iego|ego|ów|ich|a|y|i) ${NUMBER}${NOT_COUNTED_PL}`,
	String.raw`\d{1,4}[a-z]? (?:\p{Ll}{3,20} ){1,2}(?:street|road|lane|avenue|close|crescent|terrace|drive|gardens|grove|court|st|rd|ave)`
].map((street) => `${LIVES_HERE} (?<mark>${street})`);

/** Says that an address comes behind it. */
const ADDRESS_HERE = [
	'[Aa]dres(?:em|se|a)?(?: (?:to|ist|lautet|este|e|is))?:?|[Aa]ddress(?: is)?:?|[Aa]nschrift:?|[Ww]ohn(?:t|en|haft)(?: in)?',
	String.raw`[Zz]am\.|[Zz]ameldowan\p{Ll}{1,2}:?|[Mm]ieszka\p{Ll}{0,3} (?:na|przy|pod|w)|[Zz]amieszkał\p{Ll}{1,2} (?:na|przy|pod|w)`,
	String.raw`[Dd]omicili\p{Ll}{2,4}:?|(?:[Ll]ocuie[sșş]\p{Ll}{1,2}|[Ss]t[aă]|[Ss]tau) (?:pe|la|[iî]n)|[Ll]akc[íi]me?:|[Cc]íme?:`,
	'[Ll]iv(?:e[sd]?|ing) at|[Ss]tay(?:s|ing) at'
].join('|');
/** Then it is whatever has a capital letter and a number, and ends there. */
const HERE = [
	String.raw`(?!${THINGS_PL}|${THINGS_DE})(?:\p{Lu}[\p{L}\p{M}.-]{1,30} ){1,4}(?:nr\.? ?)?${NUMBER}(?=[,.;)\n]|$)`,
	String.raw`\d{1,4}[a-zA-Z]? (?:\p{Lu}[\p{L}'’-]{1,30} ?){1,3}(?=[,.;)\n]|$)`
].map((street) => `(?:${ADDRESS_HERE}) (?<mark>${street})`);

/** A post code and its town, where no street stands before them. */
const TOWN_PL = String.raw`\d\d-\d{3} ${CITY}`;

/** Ways to write an address; `sign` is in each match of them and found at once: without it they need not be tried. */
export const STREETS: readonly { sign: RegExp; forms: readonly RegExp[] }[] = [
	{ sign: /\d/, forms: [...PL, RO, EN, ...SMALL].map(edge) },
	{
		sign: /(?:stra(?:ß|ss)e|str\.|weg|platz|allee|gasse|ring|damm|ufer|steig|chaussee|promenade|graben|markt|hof|wall|pfad|berg|stieg|brücke|tor) (?:nr\. ?)?\d/i,
		forms: [edge(DE)]
	},
	{
		sign: /(?:Str\.|stra(?:ß|ss)e|Platz|Allee|Weg|Ufer|Gasse|Ring|Promenade) (?:der|des|am|an der) /i,
		forms: [edge(DE_OF)]
	},
	{ sign: /str\.\d/i, forms: [edge(DE_SHORT)] },
	{ sign: /\d, (?:D-)?\d{4,5} /, forms: [edge(TOWN_BEHIND_DE)] },
	{ sign: /\d[A-Z]{2}(?![A-Za-z\d])/, forms: [edge(EN_NAMED)] },
	{
		sign: /(?:utca|[uú]t|u\.|útja|tér|tere|körút|krt\.|köz|sétány|sor|park|rkp\.|rakpart|dűlő|lakótelep|lejtő|lépcső|liget|major|telep)[\s,]\s?\d/,
		forms: [HU, SMALL_HU].map(edge)
	},
	{ sign: new RegExp(`${LIVES_HERE}|${ADDRESS_HERE}`, 'u'), forms: [...SMALL_HERE, ...HERE].map(edge) },
	{ sign: /\d/, forms: [TOWN_PL, POSTCODE].map(edge) }
];

/** Counts where `LIVES` stands before it, or a post code is in it. */
export const AT_DE = edge(`${DE_AT}(?:${TOWN_DE})?`);
