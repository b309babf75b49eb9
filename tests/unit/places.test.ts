/** The lists of municipalities that travel to a phone, and how one is found in them. */
import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { AreaCode } from '../../src/lib/domain/alert';
import { ownPlace, searchPlaces, type Home } from '../../src/lib/domain/place-search';
import { gazetteer, placeAt, PlaceList, type Place } from '../../src/lib/domain/places';
import { fold } from '../../src/lib/domain/words';

const FOLDER = 'src/lib/places';
const FILES = readdirSync(FOLDER).map((name) => readFileSync(`${FOLDER}/${name}`));
const LISTS = FILES.map((file) => PlaceList.parse(JSON.parse(file.toString())));
const HERE = LISTS.map(gazetteer);

function placesOf(country: string): Place[] {
	const list = HERE.find((one) => one.country === country);
	return list?.rows.map((_, row) => placeAt(list, row)) ?? [];
}

const names = (text: string, home?: Home, from = HERE): string[] =>
	searchPlaces(text, from, home).map(({ name }) => name);

const small = (country: string, ...areas: [string, string, string][]) => [gazetteer({ country, areas })];

describe('the lists', () => {
	test('weigh at most 300 kB together', () => {
		const weight = FILES.map((file) => gzipSync(file).length).reduce((sum, one) => sum + one);
		expect(weight).toBeLessThan(300_000);
	});

	test.for([
		['PL', 2_478, 2_382],
		['DE', 11_084, 11_084],
		['RO', 3_181, 3_181],
		['HU', 3_178, 0]
	] as const)('%s: every municipality, and its code where a package has it', ([country, all, coded]) => {
		const places = placesOf(country);
		expect(places).toHaveLength(all);
		expect(places.filter(({ area }) => area)).toHaveLength(coded);
		for (const { name, area } of places) {
			expect(name).toBe(name.trim());
			expect(name).not.toBe('');
			if (area) expect(AreaCode.parse(area).slice(0, 3)).toBe(`${country}-`);
		}
	});

	test.for([
		['PL', /^PL-(0[2468]|1[02468]|2[02468]|3[02])\d{4}[123]$/],
		['DE', /^DE-(0[1-9]|1[0-6])\d{6}$/],
		['RO', /^RO-\d{4,6}$/]
	] as const)('%s: codes are made as the register makes them', ([country, made]) => {
		for (const { area } of placesOf(country)) if (area) expect(area).toMatch(made);
	});

	test.for(['PL', 'RO'])('%s: a code is of one municipality', (country) => {
		const codes = placesOf(country).flatMap(({ area }) => area || []);
		expect(new Set(codes).size).toBe(codes.length);
	});

	test.for([
		['PL', 'Dąbrowa Górnicza', 'PL-2465011'],
		['PL', 'Kraków', 'PL-1261011'],
		['DE', 'Stuttgart', 'DE-08111000'],
		['DE', 'Görlitz', 'DE-14626110'],
		['RO', 'Cluj-Napoca', 'RO-54975'],
		['RO', 'Iași', 'RO-95060']
	] as const)('%s: %s is %s', ([country, area, code]) => {
		expect(ownPlace({ area, country }, HERE)?.area).toBe(code);
	});

	test('what was merged has the code of what it belongs to', () => {
		const [bomlitz] = searchPlaces('Bomlitz', HERE);
		expect(bomlitz).toEqual({
			name: 'Bomlitz',
			area: 'DE-03358024',
			within: 'Heidekreis, Niedersachsen',
			country: 'DE'
		});
		expect(ownPlace({ area: 'Walsrode', country: 'DE' }, HERE)?.area).toBe('DE-03358024');
	});
});

describe('searching', () => {
	test.for<[string, string]>([
		['dabrowa g', 'Dąbrowa Górnicza'],
		['Dąbrowa G', 'Dąbrowa Górnicza'],
		['DĄBROWA  GÓRN', 'Dąbrowa Górnicza'],
		['lodz', 'Łódź'],
		['munchen', 'München'],
		['muenchen', 'München'],
		['weissenfels', 'Weißenfels'],
		['iasi', 'Iași'],
		['Iaşi', 'Iași'],
		['Iași', 'Iași'],
		['targu mures', 'Târgu Mureș'],
		['hodmezo', 'Hódmezővásárhely'],
		['gyor', 'Győr'],
		['baden baden', 'Baden-Baden'],
		['rott am inn', 'Rott a. Inn'],
		['frankfurt oder', 'Frankfurt (Oder)']
	])('%s finds %s', ([typed, found]) => {
		expect(names(typed)[0]).toBe(found);
	});

	test('the beginning of any word will do, and the middle of one will not', () => {
		expect(names('napoca')).toEqual(['Cluj-Napoca']);
		expect(names('gornicza')).toEqual(['Dąbrowa Górnicza']);
		expect(names('ornicza')).toEqual([]);
	});

	test('nothing is found for nothing, one letter or signs', () => {
		for (const typed of ['', '  ', 'a', '-', '.', '1']) expect(names(typed)).toEqual([]);
	});

	test('at most eight, each told apart from the others', () => {
		const found = searchPlaces('neustadt', HERE);
		expect(found).toHaveLength(8);
		expect(new Set(found.map(({ name, within }) => `${name}, ${within}`)).size).toBe(8);
	});

	test('whole names come before beginnings, those before inner words, and large before small', () => {
		const here = small('XX', ['1', 'A', 'New Au|1;Aurich|2;Auerbach|3|2;Au|4']);
		expect(names('au', undefined, here)).toEqual(['Au', 'Auerbach', 'Aurich', 'New Au']);
	});

	test("the team's own comes first, then what is around it, then its country", () => {
		const here = [
			...small(
				'XX',
				['1', 'Far', 'Aust|1|4;Auw|2|4'],
				['2', 'Near', 'Auby|1;Aumont|2'],
				['3', 'Else', 'Home|1']
			),
			...small('YY', ['1', 'Abroad', 'Au|1|4'])
		];
		expect(names('au', { area: 'Aumont', country: 'XX' }, here)).toEqual([
			'Aumont',
			'Auby',
			'Aust',
			'Auw',
			'Au'
		]);
		expect(names('au', { area: 'Home', country: 'XX' }, here)).toEqual([
			'Aust',
			'Auw',
			'Auby',
			'Aumont',
			'Au'
		]);
		expect(names('au', { area: 'Au', country: 'YY' }, here)[0]).toBe('Au');
	});

	test('a team whose name several have is none of them', () => {
		const here = small('XX', ['1', 'A', 'Au|1'], ['2', 'B', 'Au|2|4']);
		expect(ownPlace({ area: 'Au', country: 'XX' }, here)).toBeUndefined();
		expect(ownPlace({ area: 'Nowhere', country: 'XX' }, here)).toBeUndefined();
	});

	test('the same words find the same, in whatever order the lists are', () => {
		const turned = LISTS.map(({ country, areas }) =>
			gazetteer({
				country,
				areas: areas
					.toReversed()
					.map(([code, name, places]) => [code, name, places.split(';').reverse().join(';')])
			})
		).reverse();
		for (const typed of ['neustadt', 'dabrowa', 'st', 'san', 'kis', 'bad']) {
			const home = { area: 'Dąbrowa Górnicza', country: 'PL' };
			expect(searchPlaces(typed, turned, home)).toEqual(searchPlaces(typed, HERE, home));
		}
	});

	test('each is found by its own name, with diacritics and without', () => {
		for (const country of ['PL', 'DE', 'RO', 'HU']) {
			const some = placesOf(country).filter((_, at) => at % 97 === 0);
			expect(some.length).toBeGreaterThan(20);
			for (const { name } of some) {
				expect(names(name), name).toContain(name);
				expect(names(fold(name)), name).toContain(name);
			}
		}
	});
});
