// @ts-check
/** Hungary: Magyar Posta's settlements. Their names are unique in the country; no package has their KSH codes. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GEONAMES, grouped, known, peopleBy } from './geonames.mjs';

export const PACKAGES = ['hu-postal-codes@1.0.6', GEONAMES];
export const SOURCE = 'Magyar Posta 2023; GeoNames 2023, CC BY 4.0';

/** Where the post begins with the same two digits is one area. @param {string} modules */
export function areas(modules) {
	const folder = join(modules, 'hu-postal-codes');
	/** @type {{ zip: number, city: string }[]} */
	const codes = JSON.parse(readFileSync(join(folder, 'postal-codes.json'), 'utf8'));
	/** @type {{ zip: number, district: number }[]} */
	const streets = JSON.parse(readFileSync(join(folder, 'budapest.json'), 'utf8'));
	const districts = streets
		.filter(({ district }) => district)
		.map(({ zip, district }) => ({ zip, city: `Budapest ${roman(district)}. kerület` }));

	const people = peopleBy(known(modules, 'HU'), ({ name }) => name);
	const places = [
		...grouped(
			[...codes, ...districts, ...streets.map(({ zip }) => ({ zip, city: 'Budapest' }))],
			({ city }) => city
		)
	];
	const settled = places.map(([name, rows]) => {
		const zips = rows.map(({ zip }) => zip).sort((one, other) => one - other);
		const [first = 0, last = 0] = [zips[0], zips.at(-1)];
		const note = first === last ? `${first}` : `${first}–${last}`;
		return { name, code: '', people: people.get(name) ?? 0, note };
	});
	return [...grouped(settled, ({ note }) => note.slice(0, note.startsWith('1') ? 1 : 2))]
		.sort(([one], [other]) => one.localeCompare(other))
		.map(([, places]) => ({ code: '', name: '', places }));
}

/** @param {number} n below 40 */
function roman(n) {
	const ones = ['', 'I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX'];
	return 'X'.repeat(Math.floor(n / 10)) + ones[n % 10];
}
