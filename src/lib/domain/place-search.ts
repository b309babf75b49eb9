/** Which municipality somebody means who has typed a part of its name. */
import { lastFrom, placeAt, spelled, type Gazetteer, type Place } from './places';
import { fold } from './words';

/** A team's own: the name of its area, and its country. */
export type Home = { area: string; country: string };

const MOST = 8;
/** Letters that say something: with one, thousands would have to be compared. */
const LEAST = 2;

/** How the words meet, and how far from the team's own place it is: the smaller the sum, the higher it stands. */
const EXACT = 0;
const BEGINS = 1;
const INSIDE = 2;
const NEAR = 0;
const INLAND = 1.5;
const ABROAD = 3;
const OWN = -1;

/**
 * The best first, at most eight: the team's own, then what is around it, and the whole name before its beginning before a
 * word inside. Diacritics may be typed or not. The same words always find the same.
 */
export function searchPlaces(text: string, gazetteers: readonly Gazetteer[], home?: Home): Place[] {
	const words = typed(text);
	if (words.length <= LEAST) return [];
	return gazetteers
		.flatMap((of) => {
			const own = home && ownRow(home, of);
			const distance = (row: number): number => {
				if (own !== undefined && lastFrom(of.firsts, row) === lastFrom(of.firsts, own)) return NEAR;
				return of.country === home?.country ? INLAND : ABROAD;
			};
			return [...met(words, of)].map(([row, meeting]) => ({
				...placeAt(of, row),
				rank: row === own ? OWN : meeting + distance(row)
			}));
		})
		.sort((one, other) => one.rank - other.rank || bySize(one, other))
		.slice(0, MOST)
		.map(({ name, area, within, country }) => ({ name, area, within, country }));
}

/** The one place of that name in the team's country; none where there are several. */
export function ownPlace(home: Home, gazetteers: readonly Gazetteer[]): Place | undefined {
	for (const of of gazetteers) {
		const row = ownRow(home, of);
		if (row !== undefined) return placeAt(of, row);
	}
	return undefined;
}

function ownRow({ area, country }: Home, of: Gazetteer): number | undefined {
	if (of.country !== country) return undefined;
	const same = [...met(typed(area), of)].filter(([, meeting]) => meeting === EXACT);
	return same.length === 1 ? same[0]?.[0] : undefined;
}

const typed = (text: string): string => spelled(fold(text).replace(/[^\p{L}\p{N}.]+/gu, ' '));

/** Each row that the words meet, and how: its best spelling counts. */
function met(words: string, { spellings }: Gazetteer): Map<number, number> {
	const found = new Map<number, number>();
	const [, first = ''] = words.split(' ');
	for (const { text, starts } of spellings) {
		for (let at = text.indexOf(` ${first}`); at !== -1;) {
			const row = lastFrom(starts, at);
			const end = (starts[row + 1] ?? text.length + 1) - 1;
			const meeting = meets(words, text.slice(starts[row], end));
			if (meeting !== null) found.set(row, Math.min(meeting, found.get(row) ?? INSIDE));
			at = text.indexOf(` ${first}`, end);
		}
	}
	return found;
}

/** Behind the first, a word will do that the name cuts short: 'am' for 'a.'. */
function meets(words: string, name: string): number | null {
	if (name === words) return EXACT;
	if (name.startsWith(words)) return BEGINS;
	const names = name.split(' ').slice(1);
	const begins = (word: string): boolean =>
		names.some((one) => one.startsWith(word) || (one.endsWith('.') && word.startsWith(one.slice(0, -1))));
	return words.split(' ').slice(2).every(begins) ? INSIDE : null;
}

const bySize = (one: Place & { size: number }, other: Place & { size: number }): number =>
	other.size - one.size ||
	compare(one.name, other.name) ||
	compare(one.area + one.within, other.area + other.within);

const compare = (one: string, other: string): number => (one < other ? -1 : Number(one > other));
