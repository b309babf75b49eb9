/** What a list of cases says of one, made of its entries alone: small enough to be kept beside them. */
import * as z from 'zod/mini';
import { needsExpert } from './awaiting';
import type { Folded } from './fold';
import { Id } from './id';
import { PHASES } from './lists';
import { searchable } from './search';

/** Raised whenever the same entries make another brief than before: older ones are then made again. */
const MADE = 1;

const Moment = z.nullable(z.number());

export const Brief = z.object({
	/** The entry with the alert, where one is here. `written`: ms by its author's clock, null where it did not open. */
	alert: z.nullable(
		z.object({ id: Id, author: Id, rev: z.nullable(z.number()), time: z.number(), written: Moment })
	),
	/** The first words; null where the alert did not open. */
	opening: z.nullable(z.string()),
	area: z.nullable(z.string()),
	needsExpert: z.nullable(z.boolean()),
	phase: z.enum(PHASES),
	owner: z.nullable(Id),
	seen: Moment,
	answered: Moment,
	asked: Moment,
	/** rev of the newest thing that somebody else said. */
	heard: z.number(),
	/** The day by which something is to be done (YYYY-MM-DD). Nothing says so yet. */
	due: z.nullable(z.string()),
	/** By which it is found, as `searchable` makes them. Nothing of what few may read. */
	words: z.string()
});
export type Brief = z.infer<typeof Brief>;

/** What its box is called. */
export const summaryContext = (id: string): string => `summary|${MADE}|${id}`;

/** The same entries give the same brief, in whatever order they arrived. `me` reads it. */
export function brief(folded: Folded, me: Id): Brief {
	const { alert, timeline, phase, owner, seen, answered, asked } = folded;
	const first = timeline.find(({ kind }) => kind === 'alert');
	const heard = timeline.flatMap(({ author, kind, rev }) =>
		author !== me && kind !== 'seen' ? [rev ?? 0] : []
	);
	return {
		alert: first
			? { id: first.id, author: first.author, rev: first.rev, time: first.time, written: alert?.at ?? null }
			: null,
		opening: alert?.story.slice(0, OPENING) ?? null,
		area: alert?.area ?? null,
		needsExpert: alert && needsExpert(alert, folded),
		...{ phase, owner, seen, answered, asked },
		heard: Math.max(0, ...heard),
		due: null,
		words: searchable(wordsOf(folded))
	};
}

const OPENING = 120;

/**
 * The story and what was said since, the newest first. Names have an audience of their own, and nobody is looked for across
 * cases: what is for few, or for somebody invited, is left out.
 */
function wordsOf({ alert, timeline }: Folded): string[] {
	const messages = timeline.flatMap(({ audience, content }) => {
		const isShared = audience === 'reporter' || audience === 'team';
		return isShared && typeof content === 'object' && content.kind === 'message' ? [content.text] : [];
	});
	return [...(alert ? [alert.story] : []), ...messages.reverse()];
}
