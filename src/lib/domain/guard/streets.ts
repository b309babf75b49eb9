/** How streets and houses are written, with the flat and the town that follow, in PL, DE, RO, HU and GB. */

/** One of these pieces of a pattern, which are parted by white space. */
const oneOf = (pieces: string): string => `(?:${pieces.trim().split(/\s+/).join('|')})`;
const { raw } = String;

const TITLES = oneOf('ks gen św dr płk bp abp prof gral sf mr cpt');
const WORD = raw`(?:[\p{Lu}\p{N}][\p{L}\p{M}\p{N}'’.-]{0,30}|${TITLES}\.)`;
const SMALL_WORDS = oneOf('de la lui din cel der den und i of the na nad pod');
const words = (most: number): string => `${WORD}(?: (?:${WORD}|${SMALL_WORDS})){0,${most - 1}}`;
const CITY_WORD = raw`\p{Lu}[\p{L}\p{M}-]{1,30}`;
const CITY = raw`${CITY_WORD}(?: (?:${CITY_WORD}|am|an der|im|ob der)){0,2}`;
/** '12', '12a', '12 a', '12/4', '12-14'. */
const NUMBER = raw`\d{1,4}(?:[a-zA-Z](?![\p{L}\p{N}])| [a-hA-H](?![\p{L}\p{N}.]))?(?: ?[-/] ?\d{1,4}[a-zA-Z]?(?![\p{L}\p{N}]))?`;
const END = raw`(?![\p{L}\p{N}])`;

/** 'Na Długiej 12 osób' counts people, and no house. */
const COUNTED_PL = oneOf(`
	lat zł os[oó]b ludzi razy godz minut dni uczni mężczyzn chłopak policjant
	stycz luteg marca kwiet maja czerw lipca sierp wrze paźdz listop grudn`);
const NOT_COUNTED_PL = raw`(?!\d| ?${COUNTED_PL})`;
/** What has a number like a house and a flat, and is neither. */
const THINGS_PL = oneOf(`
	Lekcj Klas Sal[aąei] Grup Stron Sesj Rund Faktur Ustaw Uchwał Ocen Pozycj Umow Spraw Sygnatur Spółk`);
const KIND_PL = oneOf(raw`
	[Uu]l(?:\.|ic[ayęeąi]{1,2}) [Aa]l(?:\.|ej[aęąei]{1,2}|ejach) [Pp]l(?:\.|ac(?:u|em)?) [Oo]s(?:\.|iedl[eua](?:em)?)`);
const FLAT_PL = raw`(?:,? ?(?:m\.?|lok\.?|mieszk(?:ania|\.)?|/) ?\d{1,4})?`;
const TOWN_PL = raw`(?:,? (?:w )?(?:\d\d-\d{3} ${CITY}|${CITY}(?<=, .{2,80})))?`;
const ENDINGS_PL = oneOf('ej iego ego ów ich a y i ka');
const NAME_PL = raw`\p{Lu}\p{Ll}{3,20}${ENDINGS_PL}`;
const PL = [
	raw`${KIND_PL} ?${words(4)},? (?:nr )?${NUMBER}${FLAT_PL}${TOWN_PL}`,
	// A street as people say it: by its name alone, with a preposition, or with a flat behind the house.
	raw`(?<=(?:\b(?:na|z|ze|przy|pod|od|do) ))${NAME_PL} \d{1,3}[a-zA-Z]?(?:\/\d{1,3})?${NOT_COUNTED_PL}`,
	raw`(?!${THINGS_PL})${NAME_PL} \d{1,3}[a-zA-Z]?(?:\/\d{1,3}| (?:m|lok)\. ?\d{1,3})${NOT_COUNTED_PL}`,
	raw`Ryn(?:ek|ku) \d{1,3}[a-z]?(?:\/\d{1,3})?${NOT_COUNTED_PL}`
];

const THINGS_DE = oneOf(`
	Artikel Raum Zimmer Klasse Gruppe Seite Absatz Kapitel Nummer Linie Bus Punkt Tag Runde Halle`);
/** The flat in the house, in Germany and Austria: 'Top 12', '2. OG'. */
const FLOOR_DE = raw`\d{1,2}\. ?(?:OG|Stock|Etage|Etg\.)|EG|DG|Hinterhaus`;
const DOOR_DE = raw`(?:App\.?|Apt\.?|Whg\.?|Wohnung|Top|Tür) ?\d{1,4}`;
const FLAT_DE = raw`(?:\/\d{1,3}|,? (?:${FLOOR_DE}|${DOOR_DE}))*`;
const TOWN_DE = raw`,? (?:in )?(?:[ADCH]{1,2}-)?\d{4,5} ${CITY}`;
const FLAT_TOWN_DE = `${FLAT_DE}(?:${TOWN_DE})?`;
const KIND_DE = raw`(?:${oneOf(raw`
	[Ss]tra(?:ß|ss)e (?<=\p{L})str\. weg Weg platz Platz allee Allee gasse Gasse [Rr]ing damm Damm ufer Ufer steig
	[Cc]haussee promenade [Gg]raben (?<!Super|Weihnachts|Floh)[Mm]arkt (?<!Bahn|Schul|Pausen|Fried)[Hh]of [Ww]all
	[Pp]fad [Bb]erg stieg [Bb]rücke [Tt]or`)}|(?<=\p{Lu}\p{L}{1,30}[ -])Str\.)`;
const DE = raw`(?:[\p{Lu}][\p{L}\p{M}.-]{1,30}[ -]){0,3}[\p{Lu}]?[\p{L}\p{M}-]{0,30}${KIND_DE} (?:Nr\. ?)?${NUMBER}${FLAT_TOWN_DE}`;
/** 'Platz der Einheit 5', 'Straße des 17. Juni 3'. */
const KIND_OF_DE = oneOf(raw`Straße Strasse Str\. Platz Allee Weg Ufer Gasse Ring Promenade`);
const NAME_OF_DE = raw`(?:der|des|am|an der) (?:\d{1,2}\. )?\p{Lu}[\p{L}\p{M}-]{2,30}(?: \p{Lu}[\p{L}\p{M}-]{2,30})?`;
const DE_OF = raw`${KIND_OF_DE} ${NAME_OF_DE} ${NUMBER}(?!\d| \p{Lu})${FLAT_TOWN_DE}`;
/** With no space: 'Lindenstr.14'. */
const DE_SHORT = raw`(?:\p{Lu}[\p{L}-]{1,30}[ -])?\p{L}{2,30}[Ss]tr\.${NUMBER}${FLAT_TOWN_DE}`;
/** Any name is a street's where a number, a post code and a town follow. */
const TOWN_BEHIND_DE = raw`(?!${THINGS_DE})(?:${CITY_WORD} ){1,3}${NUMBER}, (?:D-)?(?:\d{5}|(?!19|20)\d{4}) ${CITY}`;
/** 'Am Anger 3' may be a street, and 'Im Kapitel 3' is none: where somebody lives must be said near it. */
const IN_DE = raw`(?:Am|An der|An den|Auf der|Auf dem|Im|In der|In den|Zum|Zur|Unter den|Hinter der|Vor dem|Beim)`;
const DE_AT = raw`${IN_DE} (?:[\p{Lu}][\p{L}\p{M}-]{2,30} ?){1,2} ${NUMBER}`;
/** Says near it that somebody lives in what may be a street. */
export const LIVES = /wohn|adress|anschrift|lebt|daheim|zuhause|treff|haus\b|haust[üu]r/;

const KIND_RO = oneOf(raw`
	[Ss]tr(?:\.|ad[aă]|ăzii|azii) [Bb](?:d|ld|lv)\.? [Bb]-dul [Bb]ulevardul(?:ui)? [Cc]al(?:ea|ii) [Aa]lee[ai]i?
	[Pp]ia[țţt](?:a|ei|eta) [Șș]os\. [ȘșSs]oseau?[ai]i? [Ii]ntrarea [Ss]plaiul [Ff]und[aă]tura [Dd]rumul [Uu]li[țt]a
	[Pp]relungirea [Ss]tradela [Pp]asajul`);
const NR_RO = raw`(?:nr\.?|num[aă]rul|număr)`;
const PART_RO = (names: string, least: number, most: number): string =>
	raw`(?:,? ?(?:${names})(?:\.|ul)? ?[A-Z0-9]{1,4}${END}){${least},${most}}`;
const RO = [
	raw`${KIND_RO} ${words(5)},? (?:${NR_RO} ?)?${NUMBER}${PART_RO('bl|sc|et|ap|bloc|scara|etaj|apartament|apt', 0, 5)}(?:,? (?:\d{3} ?\d{3} )?${CITY})?`,
	raw`[Bb]l(?:oc(?:ul)?|\.) ?[A-Z]{0,2}\d{0,3}[A-Z]?${PART_RO('sc|et|ap|scara|etaj|apartament', 1, 4)}`,
	raw`(?:[Ss]at(?:ul)?|[Cc]om(?:una|\.)) ${words(3)},? nr\.? ?${NUMBER}`,
	raw`(?<=\bpe )${words(3)},? nr\.? ?${NUMBER}${PART_RO('bl|sc|et|ap', 0, 4)}`,
	// A street as people say it, by its name alone.
	raw`(?<=\bpe )\p{Lu}\p{L}{3,20}(?:lor|ei|ului|ești|i|a) \d{1,3}[A-Z]?`,
	raw`(?<=\b(?:la|din|în|stă|locuiește) )\p{Lu}\p{L}{3,20}(?:lor|ei|ului) \d{1,3}[A-Z]?`
];

const KIND_HU = oneOf(raw`
	utca [uú]t u\. útja tér tere körút krt\. köz sétány sor fasor park rakpart rkp\. dűlő lakótelep sugárút lejtő
	lépcső liget major telep`);
const TOWN_HU = raw`(?:\d{4} ${CITY}[, ] ?(?:[IVX]{1,5}\.(?: ker(?:\.|ület))?,? )?)?`;
const ENDING_HU = oneOf('ben ban be ba es as os ös szám');
const FLOOR_HU = raw`(?:[IVX]{1,5}|\d{1,2}|fszt|földszint)[./]?`;
const FLAT_HU = raw`(?:,? ${FLOOR_HU} ?(?:em(?:\.|elet)|lph\.|\d{1,3}[./]?)?(?: ?\d{1,3}[.]?(?: ajtó)?)?)?`;
const HU = raw`${TOWN_HU}${words(4)} ${KIND_HU}(?:\s|, )${NUMBER}(?:\.|-?${ENDING_HU})?${FLAT_HU}`;

const KIND_EN = oneOf(`
	Street St Road Rd Avenue Ave Lane Ln Close Drive Dr Way Court Ct Crescent Cres Place Pl Terrace Gardens Grove Hill
	Square Sq Walk Mews Row Park Green Rise View Parade Boulevard Blvd Gate Croft Mount Broadway`);
const POSTCODE = raw`[A-Z]{1,2}\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{2}`;
const NAME_EN = raw`(?:\p{Lu}[\p{L}'’-]{1,30} )`;
/** A house that has a name has it instead of a number, or before it. */
const KIND_OF_HOUSE = oneOf(`
	Cottage House Farm Farmhouse Lodge Vicarage Rectory Barn Villa Bungalow Manor Mill Court Point Tower Heights`);
const HOUSE_EN = raw`(?:The )?${NAME_EN}{1,3}${KIND_OF_HOUSE}|The ${NAME_EN}{0,2}\p{Lu}\p{L}{3,30}`;
/** 'The Avenue', 'The Limes': without a name of their own. */
const THE_EN = raw`The (?:${KIND_EN}|${oneOf(
	'Meadows Paddocks? Orchard Spinney Limes Elms Willows Cedars Ridgeway Mall Strand'
)})`;
const SHORTENED_EN = raw`(?:(?<=${oneOf('St Rd Ave Ln Dr Ct Pl Sq Blvd')})\.)?`;
const STREET_EN = raw`(?:(?:St|Mt)\.? )?${NAME_EN}{1,3}${KIND_EN}${END}${SHORTENED_EN}|${THE_EN}`;
const NUMBER_EN = raw`\d{1,4}[A-Za-z]?(?:[-/]\d{1,4})?`;
const NOT_HOUSE_EN = raw`(?<!\b(?:[Rr]oom|[Ss]ection|[Yy]ear|[Cc]lass|[Pp]age|[Bb]us|[Rr]oute|[Aa]rticle|[Aa]ged?) )`;
const FLAT_EN = raw`(?:(?:Flat|Apartment|Apt|Unit|House) ?\d{1,4}[A-Za-z]?,? )?`;
const TOWN_EN = raw`(?:,? (?:in )?${CITY})?`;
const EN = raw`${FLAT_EN}(?:(?:${HOUSE_EN}), )?(?:${NUMBER_EN}|${NOT_HOUSE_EN}\d{1,3}[A-Za-z]?,) (?:${STREET_EN})${TOWN_EN}(?:,? ${POSTCODE})?`;
const EN_NAMED = raw`(?:${HOUSE_EN}), (?:${STREET_EN})${TOWN_EN},? ${POSTCODE}`;

const edge = (source: string): RegExp => new RegExp(raw`(?<![\p{L}\p{N}])(?:${source})${END}`, 'dgu');

/** In haste, with no capital letter: the street's own word must say that it is one. */
const SMALL_KIND_EN = 'street|road|lane|avenue|crescent|terrace';
const NOT_NAME_EN = '(?!the|this|that|their|your|our|down|along|across)';
const SMALL = [
	raw`(?:ul|os|al)\.? ?\p{Ll}{2,20}(?:ej|iego|ego|ów|ich|a|y|i) ${NUMBER}${NOT_COUNTED_PL}`,
	raw`(?:str\.?|strada) (?:\p{Ll}{3,20} )?(?:\p{Ll}{2,20}(?:lor|ei|ului|escu|eanu) (?:nr\.? ?)?|\p{Ll}{3,20},? nr\.? ?)${NUMBER}`,
	raw`(?:at|number|no\.) (?<mark>\d{1,4}[a-z]? (?:${NOT_NAME_EN}\p{Ll}{3,20} ){1,2}(?:${SMALL_KIND_EN}))`
];
const SMALL_HU = raw`\p{Ll}{3,20} (?:utca|körút|tér|sétány) ${NUMBER}\.?(?:-?[bn][ea]n?|-?[aeo]s)?`;

/** Says that somebody lives in what comes behind it. */
const LIVES_HERE = raw`(?:${[
	raw`[Ww]ohn(?:t|e|en|haft)`,
	raw`[Mm]ieszka\p{Ll}{0,3} (?:na|przy)`,
	raw`[Ll]iv(?:e[sd]?|ing) (?:at|in)`,
	raw`[Ss]tays (?:at|in)`,
	raw`[Aa]ddress(?: is|:)?`
].join('|')})`;
/** The same by the street's name alone, or in words that count as well. */
const SMALL_HERE = [
	raw`(?:am|an der|auf der|im|in der|zum|zur) \p{Ll}{4,20} ${NUMBER}`,
	raw`(?:ulicy )?\p{Ll}{2,20}(?:ej|iego|ego|ów|ich|a|y|i) ${NUMBER}${NOT_COUNTED_PL}`,
	raw`\d{1,4}[a-z]? (?:\p{Ll}{3,20} ){1,2}(?:${SMALL_KIND_EN}|close|drive|gardens|grove|court|st|rd|ave)`
].map((street) => `${LIVES_HERE} (?<mark>${street})`);

/** Says that an address comes behind it. */
const ADDRESS_HERE = [
	raw`[Aa]dres(?:em|se|a)?(?: (?:to|ist|lautet|este|e|is))?:?`,
	raw`[Aa]ddress(?: is)?:?`,
	raw`[Aa]nschrift:?`,
	raw`[Ww]ohn(?:t|en|haft)(?: in)?`,
	raw`[Zz]am\.`,
	raw`[Zz]ameldowan\p{Ll}{1,2}:?`,
	raw`[Mm]ieszka\p{Ll}{0,3} (?:na|przy|pod|w)`,
	raw`[Zz]amieszkał\p{Ll}{1,2} (?:na|przy|pod|w)`,
	raw`[Dd]omicili\p{Ll}{2,4}:?`,
	raw`(?:[Ll]ocuie[sșş]\p{Ll}{1,2}|[Ss]t[aă]|[Ss]tau) (?:pe|la|[iî]n)`,
	raw`[Ll]akc[íi]me?:`,
	raw`[Cc]íme?:`,
	raw`[Ll]iv(?:e[sd]?|ing) at`,
	raw`[Ss]tay(?:s|ing) at`
].join('|');
/** Then it is whatever has a capital letter and a number, and ends there. */
const HERE = [
	raw`(?!${THINGS_PL}|${THINGS_DE})(?:\p{Lu}[\p{L}\p{M}.-]{1,30} ){1,4}(?:nr\.? ?)?${NUMBER}(?=[,.;)\n]|$)`,
	raw`\d{1,4}[a-zA-Z]? (?:\p{Lu}[\p{L}'’-]{1,30} ?){1,3}(?=[,.;)\n]|$)`
].map((street) => `(?:${ADDRESS_HERE}) (?<mark>${street})`);

/** A post code and its town, where no street stands before them. */
const POSTCODE_PL = raw`\d\d-\d{3} ${CITY}`;

const SIGN_DE = oneOf(raw`
	stra(?:ß|ss)e str\. weg platz allee gasse ring damm ufer steig chaussee promenade graben markt hof wall pfad berg
	stieg brücke tor`);
const SIGN_OF_DE = oneOf(raw`Str\. stra(?:ß|ss)e Platz Allee Weg Ufer Gasse Ring Promenade`);

/** Ways to write an address; `sign` is in each match of them and found at once: without it they need not be tried. */
export const STREETS: readonly { sign: RegExp; forms: readonly RegExp[] }[] = [
	{ sign: /\d/, forms: [...PL, ...RO, EN, ...SMALL].map(edge) },
	{ sign: new RegExp(raw`${SIGN_DE} (?:nr\. ?)?\d`, 'i'), forms: [edge(DE)] },
	{ sign: new RegExp(`${SIGN_OF_DE} (?:der|des|am|an der) `, 'i'), forms: [edge(DE_OF)] },
	{ sign: /str\.\d/i, forms: [edge(DE_SHORT)] },
	{ sign: /\d, (?:D-)?\d{4,5} /, forms: [edge(TOWN_BEHIND_DE)] },
	{ sign: /\d[A-Z]{2}(?![A-Za-z\d])/, forms: [edge(EN_NAMED)] },
	{ sign: new RegExp(raw`${KIND_HU}[\s,]\s?\d`), forms: [HU, SMALL_HU].map(edge) },
	{ sign: new RegExp(`${LIVES_HERE}|${ADDRESS_HERE}`, 'u'), forms: [...SMALL_HERE, ...HERE].map(edge) },
	{ sign: /\d/, forms: [POSTCODE_PL, POSTCODE].map(edge) }
];

/** Counts where `LIVES` stands before it, or a post code is in it. */
export const AT_DE = edge(`${DE_AT}(?:${TOWN_DE})?`);
