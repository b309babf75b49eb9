/**
 * What a list of cases says of one, made of its entries and of how their authors are heard: small enough to be kept beside
 * them.
 */
import * as z from 'zod/mini';
import { needsExpert } from './awaiting';
import { ASSESSED } from './casework';
import type { Content } from './content';
import { expected } from './due';
import { isOf, VOICES, type Folded, type Voice } from './fold';
import { Id } from './id';
import { PHASES } from './lists';
import { searchable } from './search';
import { Day } from './when';

/** Raised whenever the same entries make another brief than before: older ones are then made again. */
const MADE = 4;

const Moment = z.nullable(z.number());

export const Brief = z.object({
	/** The entry with the alert, where one is here. `written`: ms by its author's clock, null where it did not open. */
	alert: z.nullable(
		z.object({ id: Id, author: Id, rev: z.nullable(z.number()), time: z.number(), written: Moment })
	),
	/** The first words; null where the alert did not open. */
	opening: z.nullable(z.string()),
	area: z.nullable(z.string()),
	setting: z.nullable(z.string()),
	needsExpert: z.nullable(z.boolean()),
	phase: z.enum(PHASES),
	owner: z.nullable(Id),
	seen: Moment,
	answered: Moment,
	asked: Moment,
	/** rev of the newest thing that somebody else said. */
	heard: z.number(),
	/** rev of the newest thing that asks this person to look at it. */
	named: z.number(),
	/** Of `domain/due`, and where the team works on it, where that is another case. */
	moved: Moment,
	due: z.nullable(Day),
	task: z.nullable(Day),
	into: z.nullable(Id),
	/** The team that referred it, where one did. */
	from: z.nullable(Id),
	/** As what its authors were heard. Rolls grow: `isStillHeard`. */
	voices: z.record(Id, z.enum(VOICES)),
	/** By which it is found, as `searchable` makes them. Nothing of what few may read. */
	words: z.string()
});
export type Brief = z.infer<typeof Brief>;

/** What its box is called. */
export const summaryContext = (id: string): string => `summary|${MADE}|${id}`;

/** The same entries give the same brief, in whatever order they arrived. `me` reads it. */
export function brief(folded: Folded, me: Id): Brief {
	const { alert, timeline, owner, seen, answered, asked, into, voices } = folded;
	const first = timeline.find(({ kind }) => kind === 'alert');
	const heard = timeline.flatMap(({ author, kind, rev }) =>
		author !== me && kind !== 'seen' ? [rev ?? 0] : []
	);
	const named = timeline
		.filter(isOf('message'))
		.flatMap(({ rev, content }) => (content.mentions?.includes(me) ? [rev ?? 0] : []));
	return {
		alert: first
			? { id: first.id, author: first.author, rev: first.rev, time: first.time, written: alert?.at ?? null }
			: null,
		opening: alert?.story.slice(0, OPENING) ?? null,
		area: alert?.area ?? null,
		setting: alert?.setting ?? null,
		needsExpert: alert && needsExpert(alert, folded),
		...{ owner, seen, answered, asked },
		heard: Math.max(0, ...heard),
		named: Math.max(0, ...named),
		...expected(folded),
		...{ into, voices },
		from: alert?.from?.team ?? null,
		words: searchable(wordsOf(folded))
	};
}

/** Whether everybody it is made of is still heard as then, by what `fold` is given: else it says what no fold does any more. */
export const isStillHeard = (
	{ voices, from }: Pick<Brief, 'voices' | 'from'>,
	voiceOf: (user: Id, sender: Id | null) => Voice
): boolean => Object.entries(voices).every(([user, voice]) => voiceOf(user, from) === voice);

const OPENING = 120;

/**
 * The story and what was said since, the newest first. Names have an audience of their own, and nobody is looked for across
 * cases: what is for few, or for somebody invited, is left out.
 */
function wordsOf({ alert, timeline }: Folded): string[] {
	const said = timeline.flatMap(({ audience, content }) =>
		(audience === 'reporter' || audience === 'team') && typeof content === 'object' ? wordsIn(content) : []
	);
	return [...(alert ? [alert.story] : []), ...said.reverse()];
}

function wordsIn(content: Content): string[] {
	switch (content.kind) {
		case 'message':
		case 'advice':
		case 'task':
		case 'proposal':
		case 'call':
			return [content.text];
		case 'assessment':
			return ASSESSED.map((name) => content[name]);
		case 'evaluation':
			return [content.changed, content.differently];
		default:
			return [];
	}
}
