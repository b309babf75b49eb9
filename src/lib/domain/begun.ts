import * as z from 'zod/mini';
import { AUDIENCES } from './lists';

/** Half-said words, and for whom: '' while somebody has to choose anew. */
export const Begun = z.object({
	text: z.string(),
	audience: z.union([z.enum(AUDIENCES), z.literal('')])
});
export type Begun = z.infer<typeof Begun>;

/**
 * What two tabs typed, each without having seen the other: the second below the first, as the simplest that loses nothing
 * and is seen at once. Words for some never turn to others that way: where they were meant for different ones, nobody is
 * chosen.
 */
export function together(theirs: Begun, mine: Begun): Begun {
	const audience = theirs.audience === mine.audience || !theirs.text.trim() ? mine.audience : '';
	const isOn = mine.text.startsWith(theirs.text);
	return { text: isOn ? mine.text : `${theirs.text}\n${mine.text}`, audience };
}

/** What was typed on while `said` was being said. */
export const beyond = (said: string, text: string): string =>
	text.startsWith(said) ? text.slice(said.length).trimStart() : text;
