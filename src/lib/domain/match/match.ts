/**
 * Which practices are about something similar, and why. Situations are compared, never persons. Facets count by how rare they
 * are; words by BM25 (Robertson and Zaragoza 2009) over terms of `terms.ts`, with the rarest ones of the alert.
 */
import type { TeamForm } from '../form';
import { AGES, MOTIVES, NEEDS, SETTINGS, SOURCES, THEMES, TYPES } from '../lists';
import type { Practice } from '../practice';
import type { Situation } from '../situation';
import type { Reader, Word } from './terms';

const FACETS = [
	{ name: 'theme', of: 'themes', keys: THEMES, weight: 0.5 },
	{ name: 'type', of: 'types', keys: TYPES, weight: 2 },
	{ name: 'setting', of: 'settings', keys: SETTINGS, weight: 0.5 },
	{ name: 'age', of: 'ages', keys: AGES, weight: 0.5 },
	{ name: 'motives', of: 'motives', keys: MOTIVES, weight: 1 },
	{ name: 'source', of: 'sources', keys: SOURCES, weight: 1 },
	{ name: 'needs', of: 'needs', keys: NEEDS, weight: 0.5 }
] as const;
export type Facet = (typeof FACETS)[number]['name'];

/** Keys that say nothing to compare. An alert that says 'other' or 'none' says that it is unlike all that is named. */
const VAGUE: ReadonlySet<string> = new Set(['unknown', 'mixed']);
/** What every form asks for: one that leaves it out is no more similar for it. */
const ALWAYS = 3;

const K1 = 1.2;
const B = 0.4;
/** A word in the title tells more. */
const TITLE = 2;
/** The rarest terms of an alert that are looked for: a long story must not find everything. */
const TERMS = 32;
/** Half of what words can add is reached with so much. */
const HALF = 3;
const TEXT = 0.5;
/** A facet that the practice leaves out counts so much of one that it shares. */
const SILENT = 0.2;

/** How similar is similar enough, where a team has not said otherwise: all keys alike is half of it, and words must add to it. */
export const SIMILAR = 0.5005;

/** The same, by what a team has said. docs/matching.md says what each of them finds and misses. */
export const ENOUGH: Record<NonNullable<TeamForm['similar']>, number> = {
	close: 0.56,
	usual: SIMILAR,
	wide: 0.42
};

/** What is compared of many practices, in a shape that is stored and loaded as it stands. */
export type Index = {
	ids: string[];
	/** For each practice one bit set a facet, in the order of the facets. */
	facets: Uint32Array;
	/** Parted by spaces; their postings lie one after another in `docs` and `weights`, up to `ends`. */
	terms: string;
	ends: Uint32Array;
	docs: Uint16Array | Uint32Array;
	/** 255 is all that a term can weigh. */
	weights: Uint8Array;
};

export function index(practices: readonly Practice[], read: Reader): Index {
	const facets = new Uint32Array(practices.length * FACETS.length);
	const counts = practices.map((practice, doc) => {
		FACETS.forEach(({ of, keys }, at) => {
			const named: readonly string[] = practice[of];
			facets[doc * FACETS.length + at] = bits(
				named.filter((key) => key !== 'other'),
				keys
			);
		});
		return countTerms(practice, read);
	});
	const lengths = counts.map((count) => [...count.values()].reduce((sum, n) => sum + n, 0));
	const usual = lengths.reduce((sum, n) => sum + n, 0) / Math.max(1, lengths.length);

	const postings = new Map<string, { doc: number; weight: number }[]>();
	counts.forEach((count, doc) => {
		const long = 1 - B + (B * (lengths[doc] ?? 0)) / usual;
		for (const [term, n] of count) {
			const list = postings.get(term) ?? [];
			postings.set(term, list);
			list.push({ doc, weight: Math.round((255 * n) / (n + K1 * long)) });
		}
	});
	const terms = [...postings.keys()].sort();
	const all = terms.map((term) => postings.get(term) ?? []);
	let end = 0;
	return {
		ids: practices.map(({ id }) => id),
		facets,
		terms: terms.join(' '),
		ends: Uint32Array.from(all, (list) => (end += list.length)),
		docs: numbers(all.flatMap((list) => list.map(({ doc }) => doc))),
		weights: Uint8Array.from(all.flatMap((list) => list.map(({ weight }) => weight)))
	};
}

/** As small as they can be kept: most of an index is which practices say what. */
const numbers = (docs: number[]): Index['docs'] =>
	docs.every((doc) => doc < 1 << 16) ? Uint16Array.from(docs) : Uint32Array.from(docs);

/** In whatever language: once for each practice, as if it had been said once. */
function countTerms({ texts }: Practice, read: Reader): Map<string, number> {
	const count = new Map<string, number>();
	const locales = Object.keys(texts) as (keyof typeof texts)[];
	for (const locale of locales) {
		const text = texts[locale];
		if (!text) continue;
		const add = (words: string, times: number): void => {
			for (const { terms } of read(words, locale))
				for (const term of terms) {
					// The same concept stands in every language.
					const share = term.startsWith('#') ? times / locales.length : times;
					count.set(term, (count.get(term) ?? 0) + share);
				}
		};
		add(text.title, TITLE);
		add(text.situation, 1);
	}
	return count;
}

const bits = (values: readonly string[], keys: readonly string[]): number =>
	values.reduce((set, value) => (VAGUE.has(value) ? set : set | (1 << keys.indexOf(value))), 0) >>> 0;

/** What the practices say to one facet: only so many different things, however many practices there are. */
type Answers = {
	/** The different bit sets. */
	sets: number[];
	/** For each practice the place of its own among them. */
	of: Uint32Array;
	/** By key, as `rare` says. */
	rarity: number[];
};

/** An index that is ready to be asked. */
export type Library = Index & { read: Reader; places: Map<string, number>; answers: Answers[] };

/** `read` as it was when the index was made. */
export function open(index: Index, read: Reader): Library {
	const { terms } = index;
	const places = new Map(terms === '' ? [] : terms.split(' ').map((term, at) => [term, at]));
	return { ...index, read, places, answers: FACETS.map((_, at) => answersTo(at, index)) };
}

function answersTo(at: number, { facets, ids }: Index): Answers {
	const places = new Map<number, number>();
	const counts: number[] = [];
	const of = new Uint32Array(ids.length);
	for (let doc = 0; doc < ids.length; doc += 1) {
		const set = facets[doc * FACETS.length + at] ?? 0;
		const place = places.get(set) ?? places.size;
		places.set(set, place);
		counts[place] = (counts[place] ?? 0) + 1;
		of[doc] = place;
	}
	const sets = [...places.keys()];
	const rarity = (FACETS[at]?.keys ?? []).map((_, key) =>
		rare(
			sets.reduce((sum, set, place) => sum + ((set >>> key) & 1) * (counts[place] ?? 0), 0),
			ids.length
		)
	);
	return { sets, of, rarity };
}

/** 1 for what stands in one of many, near 0 for what stands in all. */
const rare = (found: number, all: number): number =>
	Math.log(1 + (all - found + 0.5) / (found + 0.5)) / Math.log(2 + all);

export type Match = {
	id: string;
	/** 0 to 1, made of the two below. */
	score: number;
	facets: number;
	text: number;
	/** What both say, by facet; and the facets of which they say something else. */
	same: Partial<Record<Facet, string[]>>;
	differs: Facet[];
	/** Words of the alert that the practice says in some way, as they were written; the rarest first. */
	words: string[];
};

/** What is not to be found, whatever it says. */
const NEVER = -1;

/** The most similar ones without `except`, the most similar first; ties by id. */
export function match(
	library: Library,
	situation: Situation,
	limit = 5,
	except: readonly string[] = []
): Match[] {
	const said = FACETS.map(({ name, keys }) => bits([situation[name] ?? []].flat(), keys));
	const asked = rarest(library, library.read(situation.story ?? '', situation.locale ?? 'en'));
	const facets = compare(library, said);
	const texts = weigh(library, asked);
	const scores = new Float32Array(library.ids.length);
	for (let doc = 0; doc < scores.length; doc += 1)
		scores[doc] = (1 - TEXT) * (facets[doc] ?? 0) + TEXT * (texts[doc] ?? 0);
	for (const id of except) scores[library.ids.indexOf(id)] = NEVER;
	return best(library, scores, limit)
		.filter((doc) => scores[doc] !== NEVER)
		.map((doc) => ({
			id: library.ids[doc] ?? '',
			score: scores[doc] ?? 0,
			facets: facets[doc] ?? 0,
			text: texts[doc] ?? 0,
			...because(library, said, asked, doc)
		}));
}

/** Without sorting them all: there may be ten thousand, and few are shown. */
function best({ ids }: Library, scores: Float32Array, limit: number): number[] {
	const found: number[] = [];
	const isBefore = (one: number, other: number): boolean =>
		(scores[one] ?? 0) > (scores[other] ?? 0) ||
		(scores[one] === scores[other] && (ids[one] ?? '') < (ids[other] ?? ''));
	for (let doc = 0; doc < scores.length; doc += 1) {
		const last = found[limit - 1];
		if (last !== undefined && !isBefore(doc, last)) continue;
		const at = found.findIndex((one) => isBefore(doc, one));
		found.splice(at < 0 ? found.length : at, 0, doc);
		found.length = Math.min(found.length, limit);
	}
	return found;
}

type Asked = { place: number; weight: number; word: string };

function rarest({ places, ends, ids }: Library, words: readonly Word[]): Asked[] {
	const asked = new Map<number, Asked>();
	for (const { word, terms } of words)
		for (const term of terms) {
			const place = places.get(term);
			if (place === undefined || asked.has(place)) continue;
			const found = (ends[place] ?? 0) - (ends[place - 1] ?? 0);
			asked.set(place, { place, word, weight: rare(found, ids.length) * worth(term) });
		}
	return [...asked.values()].sort((a, b) => b.weight - a.weight || a.place - b.place).slice(0, TERMS);
}

/** Of a term of four letters, with its language before it. */
const FIRST = 'xx.abcd'.length;

/** What is meant counts more than how it begins, and six letters more than four. */
const worth = (term: string): number => (term.startsWith('#') ? 1.2 : term.length > FIRST ? 0.8 : 0.5);

const share = (sum: number): number => sum / (sum + HALF);

/** What words add for each practice, 0 to 1. */
function weigh({ ends, docs, weights, ids }: Library, asked: readonly Asked[]): Float32Array {
	const sums = new Float32Array(ids.length);
	for (const { place, weight } of asked)
		for (let at = ends[place - 1] ?? 0; at < (ends[place] ?? 0); at += 1) {
			const doc = docs[at] ?? 0;
			sums[doc] = (sums[doc] ?? 0) + (weight * (weights[at] ?? 0)) / 255;
		}
	for (let doc = 0; doc < sums.length; doc += 1) sums[doc] = share(sums[doc] ?? 0);
	return sums;
}

/** For each practice the share of what the alert says in keys that it says as well, 0 to 1. */
function compare({ answers, ids }: Library, said: readonly number[]): Float32Array {
	const shares = new Float32Array(ids.length);
	const all = Math.max(
		ALWAYS,
		FACETS.reduce((sum, { weight }, at) => sum + (said[at] ? weight : 0), 0)
	);
	FACETS.forEach(({ weight }, at) => {
		const [mine = 0, its] = [said[at], answers[at]];
		if (!mine || !its) return;
		const { sets, of, rarity } = its;
		const worth = (set: number): number =>
			ones(set).reduce((sum, key) => sum + 0.5 + 0.5 * (rarity[key] ?? 0), 0);
		const most = worth(mine);
		const met = Float32Array.from(sets, (set) => (weight / all) * (set ? worth(mine & set) / most : SILENT));
		for (let doc = 0; doc < shares.length; doc += 1)
			shares[doc] = (shares[doc] ?? 0) + (met[of[doc] ?? 0] ?? 0);
	});
	return shares;
}

/** The places of the bits that are set. */
function ones(set: number): number[] {
	const found: number[] = [];
	for (let left = set; left; left &= left - 1) found.push(31 - Math.clz32(left & -left));
	return found;
}

function because(
	{ facets, ends, docs }: Library,
	said: readonly number[],
	asked: readonly Asked[],
	doc: number
): Pick<Match, 'same' | 'differs' | 'words'> {
	const same: Match['same'] = {};
	const differs: Facet[] = [];
	FACETS.forEach(({ name, keys }, at) => {
		const mine = said[at] ?? 0;
		const its = facets[doc * FACETS.length + at] ?? 0;
		if (mine & its) same[name] = keys.filter((_, key) => ((mine & its) >>> key) & 1);
		else if (mine && its) differs.push(name);
	});
	const has = ({ place }: Asked): boolean => docs.subarray(ends[place - 1] ?? 0, ends[place]).includes(doc);
	return { same, differs, words: [...new Set(asked.filter(has).map(({ word }) => word))] };
}
