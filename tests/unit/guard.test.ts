/** The privacy guard: what it marks, and what it leaves alone. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findMarks } from '../../src/lib/domain/guard/guard';
import { isIban } from '../../src/lib/domain/guard/iban';
import { isDeCard, isHuPerson, isHuTax, isNhs, isPlCard, isTaj } from '../../src/lib/domain/guard/ids';
import { KINDS, type Kind } from '../../src/lib/domain/guard/mark';
import { LOCALES, type Locale } from '../../src/lib/domain/lists';
import { ownNames } from '../guard/lists';

const names = ownNames();
/** What is marked, as 'KIND words'. */
const said = (text: string, lang: Locale): string[] =>
	findMarks(text, lang, names).map(({ start, end, kind }) => `${kind} ${text.slice(start, end)}`);
const marked = (text: string, lang: Locale, kind: Kind): string[] =>
	findMarks(text, lang, names).flatMap((mark) =>
		mark.kind === kind ? [text.slice(mark.start, mark.end)] : []
	);

/** Each digit in turn one higher. */
const changed = (number: string): string[] =>
	[...number.matchAll(/\d/g)].map(({ 0: digit, index }) => {
		const next = String((Number(digit) + 1) % 10);
		return number.slice(0, index) + next + number.slice(index + 1);
	});

describe('a number is known by its check digits', () => {
	test.for<[string, Locale, Kind, string]>([
		['IBAN', 'pl', 'IBAN', 'PL61109010140000071219812874'],
		['IBAN with spaces', 'de', 'IBAN', 'DE89 3704 0044 0532 0130 00'],
		['IBAN of Romania', 'ro', 'IBAN', 'RO49AAAA1B31007593840000'],
		['IBAN of Hungary', 'hu', 'IBAN', 'HU42 1177 3016 1111 1018 0000 0000'],
		['account of Poland, as it is written at home', 'pl', 'IBAN', '61 1090 1014 0000 0712 1981 2874'],
		['account of Hungary, as it is written at home', 'hu', 'IBAN', '11773016-11111018-00000000'],
		['IBAN of Britain', 'en', 'IBAN', 'GB29 NWBK 6016 1331 9268 19'],
		['PESEL', 'pl', 'NATIONAL_ID', '44051401359'],
		['Steuer-ID', 'de', 'NATIONAL_ID', '36574261809'],
		['CNP', 'ro', 'NATIONAL_ID', '1630615123457'],
		['személyi szám', 'hu', 'NATIONAL_ID', '3-110714-1240'],
		['TAJ', 'hu', 'NATIONAL_ID', '111 111 110'],
		['NHS number', 'en', 'NATIONAL_ID', '943 476 5919']
	])('%s', ([, lang, kind, number]) => {
		expect(marked(`Es steht: ${number}, glaube ich`, lang, kind)).toEqual([number]);
		for (const wrong of changed(number)) {
			expect(marked(`Es steht: ${wrong}, glaube ich`, lang, kind), wrong).toEqual([]);
		}
	});

	test.for<[string, (number: string) => boolean, string]>([
		['IBAN', isIban, 'PL61109010140000071219812874'],
		['TAJ', isTaj, '123456788'],
		['adóazonosító jel', isHuTax, '8071592153'],
		['NHS', isNhs, '9434765919'],
		['dowód osobisty', isPlCard, 'ABA300000'],
		['Personalausweis', isDeCard, 'L01X00T471'],
		['személyi szám', isHuPerson, '31107141240']
	])('%s, asked alone', ([, holds, number]) => {
		expect(holds(number)).toBe(true);
		for (const wrong of changed(number)) expect(holds(wrong), wrong).toBe(false);
	});
});

describe('who is named', () => {
	test.for<[Locale, string, string[]]>([
		['en', 'Yesterday Emma Clarke hit Oliver in the corridor.', ['Emma Clarke', 'Oliver']],
		['en', "I spoke to Mr Okonkwo about Jayden's phone.", ['Okonkwo', 'Jayden']],
		['pl', 'Wczoraj Anna Kowalska uderzyła kolegę.', ['Anna Kowalska']],
		['pl', 'Rozmawiałem z Anną Kowalską i z panem Nowakiem.', ['Anną Kowalską', 'Nowakiem']],
		['pl', 'Nie widziałem Anny Kowalskiej ani Pawła.', ['Anny Kowalskiej', 'Pawła']],
		['pl', 'Powiedziałam Magdzie, Oldze i Piotrkowi, żeby poszli.', ['Magdzie', 'Oldze', 'Piotrkowi']],
		['pl', 'Rodzice Tomka Wiśniewskiego, czyli Wiśniewscy, milczą.', ['Tomka Wiśniewskiego', 'Wiśniewscy']],
		['de', 'Gestern hat Lukas Schneider geweint, Lenas Bruder auch.', ['Lukas Schneider', 'Lenas']],
		['de', 'Frau Koch und Herr Engel haben es gesehen.', ['Koch', 'Engel']],
		['ro', 'Am vorbit cu Andrei Popescu și cu mama Mariei.', ['Andrei Popescu', 'Mariei']],
		['ro', 'I-am spus lui Ionuț și doamnei Ionescu.', ['Ionuț', 'Ionescu']],
		['hu', 'Tegnap Kovács Péter megütötte Annát.', ['Kovács Péter', 'Annát']],
		[
			'hu',
			'Beszéltem Szabó Esztervel, Balázzsal és Nagy Péterrel.',
			['Szabó Esztervel', 'Balázzsal', 'Nagy Péterrel']
		],
		['hu', 'Kovács tanárnő és Zoli bácsi is ott volt.', ['Kovács', 'Zoli']],
		['en', "They know that Hope's uncle was there.", ['Hope']],
		['pl', 'Było zimno. Wiktor powiedział, że wraca.', ['Wiktor']],
		['pl', 'Byli Pietrzykowie, a potem sama Pietrzykowa.', ['Pietrzykowie', 'Pietrzykowa']],
		['ro', 'Apoi a plecat. Maria Lăcătuș nu mai vine.', ['Maria Lăcătuș']],
		['ro', 'Clara și Daria s-au certat.', ['Clara', 'Daria']],
		['ro', 'Am vorbit cu Andrei cel mic.', ['Andrei']],
		['de', 'Ich blieb, weil Simon und Ayşe weinten.', ['Simon', 'Ayşe']],
		['en', 'Then Sgt Whyte rang.', ['Whyte']],
		['hu', 'A szomszéd, Kovalenkóné, mindent hallott.', ['Kovalenkóné']]
	])('%s: %s', ([lang, text, found]) => {
		expect(marked(text, lang, 'PERSON')).toEqual(found);
	});

	test.for<[Locale, string]>([
		['de', 'Der Koch und der Bauer stehen mit dem Engel am Fenster.'],
		['de', 'Im Winter kamen die Kinder mit Angst in die Schule, der Lehrer schwieg.'],
		['de', 'Die Anne-Frank-Schule liegt in Leipzig an der Goethestraße.'],
		['en', 'In May and on Tuesday the school in Preston was closed; in April too.'],
		['en', 'Rose and thistle grow. Will he come? Mark my words.'],
		['pl', 'W maju i w sierpniu byliśmy w Krakowie, w Zielonej Górze i w Szczecinie.'],
		['pl', 'Szkoła Podstawowa nr 5 im. Jana Kochanowskiego przy ulicy Adama Mickiewicza.'],
		['ro', 'Liceul Teoretic Mihai Eminescu din Cluj este pe strada Ion Creangă.'],
		['ro', 'În aprilie am fost la București și la Brașov, luni și marți.'],
		['hu', 'A Petőfi Sándor utcában, a Kossuth Lajos Gimnáziumban, Szegeden történt.'],
		['hu', 'Májusban, kedden Budapesten jártunk.'],
		['pl', 'Na pomniku jest Jan Paweł II, w kościele św. Józefa.'],
		['pl', 'Czytali o Irenie Sendlerowej i o marszałku Piłsudskim.'],
		['pl', 'Nie chce iść. Wójt mówi, że nie będzie marszu w Nowej Soli.'],
		['ro', 'Pe zidul Liceului „George Coșbuc" și la Crucea Roșie.'],
		['ro', 'În grup e poza lui Corneliu Codreanu.'],
		['ro', 'Ștefan cel Mare e pe afiș, hotelul Traian e închis.'],
		['de', 'Sommer und Winter, Wolf und Adler auf dem Pulli.'],
		['hu', 'A kovács és a szabó. A Rózsa csoport pénteken kirándul.'],
		['de', 'An der Tür hing ein Zettel. Da wohnt keiner. Das rollende R. Das war es.'],
		['en', 'It was on at the Carlton, and the Prophet Muhammad was on the poster.']
	])('nobody in %s: %s', ([lang, text]) => {
		expect(said(text, lang)).toEqual([]);
	});

	test.for<[Locale, string[]]>([
		['pl', ['Anna Kowalska', 'Annę Kowalską', 'Anny Kowalskiej', 'Annie Kowalskiej', 'Anną Kowalską']],
		['pl', ['Marek Nowak', 'Marka Nowaka', 'Markowi Nowakowi', 'Markiem Nowakiem', 'Marku Nowaku']],
		['hu', ['Kovács Péter', 'Kovács Pétert', 'Kovács Péternek', 'Kovács Péterrel', 'Kovács Pétertől']],
		['ro', ['Maria Popescu', 'Mariei Popescu']],
		['de', ['Jonas Weber', 'Jonas Webers']]
	])('in %s the same person by every form: %s', ([lang, forms]) => {
		const [first, ...others] = forms.map((form) => findMarks(`x ${form}.`, lang, names)[0]?.base);
		expect(first).toBeDefined();
		for (const base of others) {
			expect(base?.first.some((one) => first?.first.includes(one))).toBe(true);
			expect(base?.last.some((one) => first?.last.includes(one))).toBe(true);
		}
	});
});

describe('dates, places and things', () => {
	test.for<[Locale, string, string[]]>([
		['en', 'She was born on 12 March 2010.', ['12 March 2010']],
		['de', 'geboren am 12.03.2010 in Ulm', ['12.03.2010']],
		['pl', 'ur. 12.03.2010 w Łodzi', ['12.03.2010']],
		['ro', 'născut la 12 martie 2010', ['12 martie 2010']],
		['hu', 'született 2010. március 12.', ['2010. március 12.']],
		['hu', '2010. márc. 14. szül., Szegeden', ['2010. márc. 14.']],
		['de', 'ist am 12.03.2010 in Ulm zur Welt gekommen', ['12.03.2010']],
		['en', 'his birthday 12 March 2010', ['12 March 2010']],
		['hu', 'A 2026.03.14-i szülői értekezlet.', []],
		['de', 'Die Sitzung am 12.03.2026 war kurz.', []],
		['en', 'It happened on 12 March 2026.', []],
		['pl', 'Zebranie 12.03.2026 o 17:00.', []]
	])('%s: %s', ([lang, text, found]) => {
		expect(marked(text, lang, 'DOB')).toEqual(found);
	});

	test.for<[Locale, string, string[]]>([
		[
			'pl',
			'Mieszka przy ul. Polnej 12/4, 41-300 Dąbrowa Górnicza.',
			['ul. Polnej 12/4, 41-300 Dąbrowa Górnicza']
		],
		['de', 'Er wohnt Hauptstraße 5a, 04177 Leipzig.', ['Hauptstraße 5a, 04177 Leipzig']],
		['ro', 'Stă pe str. Florilor nr. 5, bl. A2, ap. 7.', ['str. Florilor nr. 5, bl. A2, ap. 7']],
		['hu', '1052 Budapest, Váci utca 12. alatt', ['1052 Budapest, Váci utca 12.']],
		['en', 'They live at 12 High Street, Leeds LS1 4AB now.', ['12 High Street, Leeds LS1 4AB']],
		['en', 'he lives at 3 mill lane with his dad', ['3 mill lane']],
		['en', 'they meet at 14b park view road most nights', ['14b park view road']],
		['en', 'The Old Vicarage, Church Lane, Ripon HG4 1QT', ['The Old Vicarage, Church Lane, Ripon HG4 1QT']],
		['en', 'Flat 2, 7/3 Leith Walk, Edinburgh', ['Flat 2, 7/3 Leith Walk, Edinburgh']],
		['pl', 'mieszka na lipowej 12 z mamą, a ona przy Rynku 7', ['lipowej 12', 'Rynku 7']],
		['de', 'er wohnt am anger 3, sie am Platz der Einheit 5.', ['am anger 3', 'Platz der Einheit 5']],
		['de', 'Sie lebt in der Albertgasse 61/7, 1080 Wien.', ['Albertgasse 61/7, 1080 Wien']],
		['de', 'Lindenweg 4, 2. OG, 04315 Leipzig', ['Lindenweg 4, 2. OG, 04315 Leipzig']],
		['ro', 'sta pe strada florilor 12 cu tatal lui', ['strada florilor 12']],
		['hu', 'a virág utca 12ben lakik', ['virág utca 12ben']],
		['ro', 'Locuiește pe str. 1 Decembrie 1918 nr. 5 de mult.', ['str. 1 Decembrie 1918 nr. 5']],
		['ro', 'Mama stă la Bl. A4, sc. B, ap. 12 de o lună.', ['Bl. A4, sc. B, ap. 12']],
		['ro', 'E din satul Sintești, nr. 112, aproape.', ['satul Sintești, nr. 112']],
		['de', 'Rosental 8, 04105 Leipzig', ['Rosental 8, 04105 Leipzig']],
		['pl', 'Adres: Nowa Wieś 14, koło szkoły.', ['Nowa Wieś 14']],
		['en', 'She lives at 5 Rosebery, near the park.', ['5 Rosebery']],
		['pl', 'Lekcja 5/6, w sali 14/2, mieszka w Radomiu 5 lat.', []],
		['de', 'Raum 14, 2025 Leute; Klasse 9, 12 Schüler.', []],
		['pl', 'Na Długiej 20 uczniów, na Rynku 15 osób, na ulicy prawie 30.', []],
		['de', 'Auf dem Weg zur Schule 20 Leute, am Bahnhof 3 Männer.', []],
		['ro', 'Pe strada erau vreo 12 oameni.', []],
		['en', 'In 2019, Victoria Road was closed. At 9 they cross the road.', []],
		['de', 'In der Hauptstraße und auf dem Marktplatz war es laut.', []],
		['pl', 'Na ulicy Polnej i na placu Wolności.', []],
		['en', 'It was on High Street near Victoria Road.', []]
	])('%s: %s', ([lang, text, found]) => {
		expect(marked(text, lang, 'ADDRESS')).toEqual(found);
	});

	test.for<[Locale, string, string[]]>([
		['pl', 'Zadzwoń 512 345 678 albo +48 22 123 45 67.', ['PHONE 512 345 678', 'PHONE +48 22 123 45 67']],
		['pl', 'do kuratorki ((12) 421 33 09), rano', ['PHONE (12) 421 33 09']],
		['en', 'ring +44(0)7700900123', ['PHONE +44(0)7700900123']],
		['hu', 'hívjon: 36 30 418 3052', ['PHONE 36 30 418 3052']],
		['de', 'Tel. 0341 2304567', ['PHONE 0341 2304567']],
		['ro', 'sunați la 0744 123 456', ['PHONE 0744 123 456']],
		['hu', '06 30 123 4567 este', ['PHONE 06 30 123 4567']],
		['en', 'ring 07700 900123', ['PHONE 07700 900123']],
		['de', '2019-2024 kamen 120 000 Leute, 15 000 Euro, um 17.30 Uhr', []],
		['pl', 'kosztuje 1 200 300 zł, w 2024 r. o 10:40', []],
		['de', 'Kennzeichen L-AB 1234', ['PLATE L-AB 1234']],
		['ro', 'mașina B 123 ABC', ['PLATE B 123 ABC']],
		['en', 'a car, AB12 CDE', ['PLATE AB12 CDE']],
		['en', 'an old van, P 456 XYZ', ['PLATE P 456 XYZ']],
		['hu', 'egy LUN449 rendszámú jött', ['PLATE LUN449']],
		['hu', 'kocsi: ABC-123', ['PLATE ABC-123']],
		['pl', 'auto SD 12345', ['PLATE SD 12345']],
		[
			'en',
			'Mail a.b@example.org, see https://example.org/x.',
			['EMAIL a.b@example.org', 'LINK https://example.org/x']
		],
		['en', 'as @some_one wrote', ['LINK @some_one']]
	])('%s: %s', ([lang, text, found]) => {
		expect(said(text, lang)).toEqual(found);
	});
});

describe('any text', () => {
	const piece = fc.oneof(
		fc.string({ unit: 'binary' }),
		fc.constantFrom(
			'Anna ',
			'Kowalskiego',
			'ul. ',
			'12/4',
			' +48 ',
			'512 345 678',
			'@',
			'.',
			'Herr ',
			'-',
			'geb. ',
			'1.1.2010',
			'\n'
		)
	);

	test('is read without a fault, and marks are in it, in order, and apart', () => {
		const text = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(''));
		fc.assert(
			fc.property(text, fc.constantFrom(...LOCALES), (written, lang) => {
				let end = 0;
				for (const mark of findMarks(written, lang, names)) {
					expect(mark.start).toBeGreaterThanOrEqual(end);
					expect(mark.end).toBeGreaterThan(mark.start);
					expect(KINDS).toContain(mark.kind);
					end = mark.end;
				}
				expect(end).toBeLessThanOrEqual(written.length);
			})
		);
	});

	test.for([
		'a',
		'A ',
		'1',
		'1 ',
		'1.',
		'(0',
		'@',
		'a@',
		'a.',
		'-',
		'A-1 ',
		'ul. A ',
		'Anna von ',
		'von ',
		'Herr ',
		'A. ',
		'2010. ',
		'PL12 ',
		'0 1',
		"'",
		'ł'
	])('fifty thousand signs of %j take no long time', (sign) => {
		const text = sign.repeat(50_000 / sign.length);
		const start = performance.now();
		findMarks(text, 'de', names);
		expect(performance.now() - start).toBeLessThan(5_000);
	});
});

describe('a country is nobody', () => {
	test.for<[string, Locale]>([
		['His family fled from Syria two years ago, through Italy and South Korea.', 'en'],
		['Er kam aus Georgien, und die Familie aus Syrien.', 'de'],
		['Rodzina przyjechała z Syrii, a wcześniej z Nigerii.', 'pl'],
		['Familia vine din Siria, prin Grecia și Italia.', 'ro'],
		['A család Nigériából jött, Irán felől.', 'hu']
	])('%s', ([text, lang]) => {
		expect(marked(text, lang, 'PERSON')).toEqual([]);
	});

	test('unless people are called so more often, or a surname follows', () => {
		expect(marked('Jordan said no.', 'en', 'PERSON')).toEqual(['Jordan']);
		expect(marked('She spoke with Georgia Brown.', 'en', 'PERSON')).toEqual(['Georgia Brown']);
		expect(marked('Wczoraj Kuba go uderzył.', 'pl', 'PERSON')).toEqual(['Kuba']);
	});
});

test('a helpline that everybody may call is no phone number of somebody', () => {
	for (const lang of LOCALES) expect(marked('116 111, 116006', lang, 'PHONE')).toEqual([]);
});
