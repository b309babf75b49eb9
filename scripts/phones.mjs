// @ts-check
/**
 * Makes `src/lib/domain/guard/phones.json` again: what libphonenumber-js knows of the countries whose numbers people here write,
 * a twentieth of all. Run by hand when the library has a new version.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './node.mjs';

const COUNTRIES = ['PL', 'DE', 'RO', 'HU', 'GB', 'AT', 'CH', 'IE', 'MD', 'UA'];

run(async () => {
	const { ROOT } = await import('./root.mjs');
	const all = JSON.parse(
		readFileSync(join(ROOT, 'node_modules/libphonenumber-js/metadata.min.json'), 'utf8')
	);
	const countries = Object.fromEntries(COUNTRIES.map((country) => [country, all.countries[country]]));
	const codes = Object.entries(countries).map(([country, [code]]) => [code, [country]]);
	const kept = {
		version: all.version,
		country_calling_codes: Object.fromEntries(codes),
		countries,
		nonGeographic: {}
	};
	writeFileSync(join(ROOT, 'src/lib/domain/guard/phones.json'), JSON.stringify(kept));
});
