import * as z from 'zod/mini';
import { AUDIENCES } from './lists';

/**
 * Half-said words, and for whom: '' while somebody has to choose anew. `more`: what a form asks beside its first words, by
 * the names of its questions.
 */
export const Begun = z.object({
	text: z.string(),
	audience: z.union([z.enum(AUDIENCES), z.literal('')]),
	more: z.optional(z.record(z.string(), z.string()))
});
export type Begun = z.infer<typeof Begun>;

/** Nothing is said in it, whatever was chosen. */
export const isBlank = ({ text, more = {} }: Begun): boolean =>
	[text, ...Object.values(more)].every((words) => words.trim() === '');

/**
 * What two tabs typed, each without having seen the other: the second below the first, as the simplest that loses nothing
 * and is seen at once. Words for some never turn to others that way: where they were meant for different ones, nobody is
 * chosen. An answer out of several that was given differently becomes none of them that way, and is asked for anew.
 */
export function together(theirs: Begun, mine: Begun): Begun {
	const audience = theirs.audience === mine.audience || isBlank(theirs) ? mine.audience : '';
	const text = below(theirs.text, mine.text);
	if (!theirs.more && !mine.more) return { text, audience };
	const more = { ...theirs.more, ...mine.more };
	for (const [name, words] of Object.entries(theirs.more ?? {}))
		more[name] = below(words, mine.more?.[name] ?? '');
	return { text, audience, more };
}

const below = (theirs: string, mine: string): string =>
	mine.startsWith(theirs) ? mine : mine === '' ? theirs : `${theirs}\n${mine}`;

/** What was typed on while `said` was being said. */
export const beyond = (said: string, text: string): string =>
	text.startsWith(said) ? text.slice(said.length).trimStart() : text;
