/** What a name may have been before its ending, by language. All is folded: 'Annę' is 'anne', 'Szabóval' is 'szaboval'. */
import type { Locale } from '../lists';

/** Shorter ones end like anything. */
const STEM = 2;

/** Each ending with what may have stood in its place; '-' is nothing. */
type Endings = ReadonlyMap<string, readonly string[]>;
const table = (text: string): Endings =>
	new Map(
		text
			.trim()
			.split(/\s+/)
			.map((one) => {
				const [ending = '', ...instead] = one.split(/[>|]/);
				return [ending, instead.map((letters) => (letters === '-' ? '' : letters))];
			})
	);

const PL = table(`
	y>a|o|- i>a|ia|o|- ii>ia|i e>a|o|- ie>a|- o>a u>-|a|ia|io iu>-|ia
	cie>ta|t dzie>da|d rze>ra|r ce>ka|ko|ca dze>ga sze>cha le>la|l|lo scie>sta|st zdzie>zda nie>na|n|nia sie>sa|s|sia zie>za|z
	a>-|o|y ia>-|ia owi>-|o iowi>- em>-|o iem>- owie>- om>-|a ow>- ami>-|a ach>-|a iow>- iami>- iach>- iom>-
	ka>ek|iek|ko|ki kowi>ek|iek|ko kiem>ek|iek|ko ku>ek|iek kow>ek|iek kowie>ek|iek kami>ek|iek|ka kom>ek|ka kach>ek|ka
	wla>wel wlowi>wel wlem>wel wle>wel pra>per prowi>per prem>per prze>per
	ca>iec|ec cowi>iec|ec cem>iec|ec nia>ien niowi>ien niem>ien niu>ien
	nka>niek nkowi>niek nkiem>niek nku>niek
	ego>y|-|e emu>y|-|e ym>y|e ej>y|a ych>y|e ymi>y im>i|- imi>i m>-
	kiego>ki kiemu>ki kim>ki kiej>ki cy>ki|cki kich>ki kimi>ki
	owej>owa owa>- owny>owna ach>y ami>y om>y`);

const RO = table(`
	ei>a|e|ea iei>ia|ie ie>ia ii>ia|ie|i ului>-|u lui>-|l|u ule>-|u o>a e>-|u ai>a chii>ca cai>ca gai>ga ghii>ga
	utei>a|ita uta>a|- ut>-|a|u ita>a ica>a|- el>- utul>- utului>- esti>escu estii>escu estilor>escu escului>escu escul>escu escule>escu enii>eanu enilor>eanu ilor>-`);

const DE = table(`s>- es>- ens>-|e n>-|e 's>-`);

const CASES =
	't nak nek val vel ban ben ba be bol rol tol hoz hez nal nel ra re on en ert kent ig va ve n m bel rel tel'.split(
		' '
	);
const LINKED = 'at et ot al el'.split(' ');
/** 'Kovácsék' are the family, 'Kovácsné' is the wife, 'Kovácsé' is what is theirs. */
const OWNED = ['ek', 'eke', 'ekk', 'ne', 'e', 'nee', 'eknel', 'i', 'ka', 'ke'];
const HU: Endings = new Map(
	[
		...CASES,
		...LINKED,
		...OWNED,
		...OWNED.flatMap((owned) => [...CASES, ...LINKED].map((ending) => owned + ending)),
		...['ekkel', 'ekkal', 'eknek', 'eket', 'ekkent']
	].map((ending) => [ending, ['']])
);

const TABLES: Record<Locale, Endings> = { en: new Map(), pl: PL, de: DE, ro: RO, hu: HU };
const LONGEST = 8;

/** 'Péterrel' and 'Kováccsal': the ending begins as the name ends, and a letter of two signs doubles its first. */
function assimilated(word: string): string[] {
	const [, stem, last, ending] = /^(.+?)([bcdfghjklmnprstvz])\2([szyh]?[ae]l)$/.exec(word) ?? [];
	if (!stem || !last || !ending) return [];
	return ending.length > 2
		? [stem + last + (ending[0] ?? ''), stem + last + last + (ending[0] ?? '')]
		: [stem + last, stem + last + last];
}

/** The name as it stands, then all that it may be a form of, most of which are none. */
export function stems(folded: string, lang: Locale): string[] {
	const found = [folded];
	for (let cut = Math.min(LONGEST, folded.length - STEM); cut > 0; cut -= 1) {
		const instead = TABLES[lang].get(folded.slice(-cut));
		for (const letters of instead ?? []) found.push(folded.slice(0, -cut) + letters);
	}
	return lang === 'hu' ? [...found, ...assimilated(folded)] : found;
}
