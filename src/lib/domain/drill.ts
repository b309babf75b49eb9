/** Whether words on paper were kept: some of them are asked for by their place, and after a slip all of them. */
import { fold, foldUmlauts } from './words';

const ASKED = 3;
const LETTERS = 4;

/** Three places, counted from 0 and in order. `chance` gives 0 to 1. */
export function askedPlaces(count: number, chance: () => number): number[] {
	const places = Array.from({ length: count }, (_, place) => place);
	while (places.length > ASKED) places.splice(Math.floor(chance() * places.length), 1);
	return places;
}

/** The same word of one list: its first four letters tell, however the rest was typed. */
export function isWord(typed: string, word: string): boolean {
	const start = (text: string) => text.trim().slice(0, LETTERS);
	const given = start(fold(typed));
	return given.length === LETTERS && [start(fold(word)), start(foldUmlauts(word))].includes(given);
}
