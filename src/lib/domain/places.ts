/** The municipalities of a country, as its file says them and as they are searched. */
import * as z from 'zod/mini';
import { fold, foldUmlauts } from './words';

/**
 * `areas` are [code, name, places]: a county, powiat or Kreis. Its places are parted by ';', each is 'name|code|size|note', and
 * what comes last and says nothing is left out. The codes of area and place make one; neither may have any.
 */
export const PlaceList = z.object({
	country: z.string().check(z.regex(/^[A-Z]{2}$/)),
	areas: z.array(z.tuple([z.string(), z.string(), z.string()]))
});
export type PlaceList = z.infer<typeof PlaceList>;

/** `area` is its official code, or ''; `within` tells it apart from its namesakes. */
export type Place = { name: string; area: string; within: string; country: string };

/** A list as it is searched: a row for each place, and the same rows as they may be typed, with u for ü and with ue. */
export type Gazetteer = PlaceList & {
	rows: string[];
	/** The first row of each area, and of what would come after the last. */
	firsts: number[];
	spellings: Lines[];
};

/** Text of many lines, and where each begins: looking through one long text takes a phone a tenth of what its lines would. */
export type Lines = { text: string; starts: number[] };

/** Takes a few ms, all names at once and not one by one; what it gives is to be kept. */
export function gazetteer(list: PlaceList): Gazetteer {
	const said = list.areas.map(([, , places]) => places.replaceAll(';', '\n'));
	const firsts = [0];
	for (const places of said) firsts.push((firsts.at(-1) ?? 0) + places.split('\n').length);
	const all = said.join('\n');
	const names = all.replace(/\|.*/g, '');
	const spellings = new Set([spelled(fold(names)), spelled(foldUmlauts(names))]);
	return { ...list, rows: all.split('\n'), firsts, spellings: [...spellings].map(lines) };
}

/** What stands in this row. `size` grows with how many live there. */
export function placeAt({ country, areas, rows, firsts }: Gazetteer, row: number): Place & { size: number } {
	const [start = '', around = ''] = areas[lastFrom(firsts, row)] ?? [];
	const [name = '', code = '', size = '', note = ''] = rows[row]?.split('|') ?? [];
	return {
		name,
		area: code && `${country}-${start}${code}`,
		within: [around, note].filter((part) => part && part !== name).join(', '),
		country,
		size: Number(size)
	};
}

/** Which of these, smaller ones first, is the last that is not above it. */
export function lastFrom(starts: readonly number[], it: number): number {
	let [low, high] = [0, starts.length - 1];
	while (low < high) {
		const middle = Math.ceil((low + high) / 2);
		if ((starts[middle] ?? 0) <= it) low = middle;
		else high = middle - 1;
	}
	return low;
}

/** Words, each behind one space. One that is cut short keeps its full stop: 'a.' in 'Muhr a. See'. */
export const spelled = (folded: string): string =>
	` ${folded}`
		.replaceAll('\n', '\n ')
		.replaceAll('.', '. ')
		// What no list has in a name is left to whoever typed it: asking for every letter of every script takes ten times as long.
		.replace(/[\t -\-/:-@[-`{-~]+/g, ' ')
		.replace(/ (?=\n|$)/g, '');

function lines(text: string): Lines {
	const starts = [0];
	for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', end + 1)) starts.push(end + 1);
	return { text, starts };
}
