/** Makes the index of what is published and answers from it: on a slow phone both would hold up a screen. */
import { index, match, open, type Index, type Library, type Match } from '../domain/match/match';
import { readerWith } from '../domain/match/terms';
import type { Lexicon, Practice } from '../domain/practice';
import type { Situation } from '../domain/situation';

export type Asked =
	| { id: number; practices: Practice[]; lexicon: Lexicon }
	/** `from` where it is another edition than before. */
	| {
			id: number;
			like: Situation;
			limit: number;
			except: string[];
			from: { index: Index; lexicon: Lexicon } | null;
	  };
export type Answer = { id: number; index: Index } | { id: number; found: Match[] };

let library: Library | null = null;

self.onmessage = ({ data }: MessageEvent<Asked>) => self.postMessage(answer(data));

function answer(asked: Asked): Answer {
	const { id } = asked;
	if ('practices' in asked) return { id, index: index(asked.practices, readerWith(asked.lexicon)) };
	if (asked.from) library = open(asked.from.index, readerWith(asked.from.lexicon));
	return { id, found: library ? match(library, asked.like, asked.limit, asked.except) : [] };
}
