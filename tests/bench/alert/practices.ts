/** Many made-up practices and situations: always the same ones, as long as real ones and with words as rare as theirs. */
import { readdirSync, readFileSync } from 'node:fs';
import { AGES, MOTIVES, NEEDS, SETTINGS, SOURCES, THEMES, TYPES } from '../../../src/lib/domain/lists';
import { Practice } from '../../../src/lib/domain/practice';
import type { Situation } from '../../../src/lib/domain/situation';
import { seeded } from '../../net/seeded';

const STARTER = new URL('../../../src/lib/starter/practices/', import.meta.url);
const SYLLABLES = 'ba ke lo mi nu ra se ti vo wen dal mor pin stu gra'.split(' ');
/** So many different words, the first of them from what is published. */
const WORDS = 20_000;
const TITLE = 6;
const TEXT = 80;

export type MadeUp = { practices: Practice[]; situations: Situation[] };

export function madeUp(seed: number, practices: number, situations: number): MadeUp {
	const chance = seeded(seed);
	const any = <T>(from: readonly T[]): T => from[Math.floor(chance() * from.length)] as T;
	const some = <T>(from: readonly T[]): T[] => [...new Set([any(from), any(from)])];
	const known = publishedWords();
	const words = [...known];
	while (words.length < WORDS) words.push(any(SYLLABLES) + any(SYLLABLES) + any(SYLLABLES) + any(SYLLABLES));
	// As in any language: the word at place n is about 1/n times as frequent as the first.
	const word = (): string => words[Math.floor(WORDS ** chance()) - 1] ?? '';
	const text = (length: number): string => Array.from({ length }, word).join(' ');
	const id = (at: number): string => `made${String(at).padStart(11, '0')}`;

	return {
		practices: Array.from({ length: practices }, (_, at) =>
			Practice.parse({
				...{ id: id(at), version: 1, themes: [any(THEMES)], types: some(TYPES), settings: some(SETTINGS) },
				...{ ages: some(AGES), motives: some(MOTIVES), sources: some(SOURCES), needs: some(NEEDS) },
				texts: {
					en: { title: text(TITLE), situation: text(TEXT), advised: [text(TITLE)], outcome: text(TITLE) }
				}
			})
		),
		situations: Array.from({ length: situations }, () => ({
			...{ theme: any(THEMES), type: any(TYPES), setting: any(SETTINGS), age: any(AGES) },
			...{ motives: some(MOTIVES), source: any(SOURCES), needs: some(NEEDS), story: text(TEXT), locale: 'en' }
		}))
	};
}

/** All words that the starter's practices say in English, the most frequent first. */
function publishedWords(): string[] {
	const counts = new Map<string, number>();
	for (const name of readdirSync(STARTER)) {
		const { texts } = Practice.parse(JSON.parse(readFileSync(new URL(name, STARTER), 'utf8')));
		for (const word of `${texts.en?.title} ${texts.en?.situation}`.toLowerCase().match(/\p{L}+/gu) ?? [])
			counts.set(word, (counts.get(word) ?? 0) + 1);
	}
	return [...counts].sort(([, one], [, other]) => other - one).map(([word]) => word);
}
