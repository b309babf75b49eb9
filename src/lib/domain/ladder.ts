/**
 * The ladder of a team: who is told first of what is pressing, and who next where nobody says ‘I have it’. What a team has
 * set lies on `teams.ladder`; each climb is a row of `ladders`, which is pulled. Climbing is the server's
 * (pb_hooks/lib/ladder.js): this says the same of the same.
 */
import * as z from 'zod/mini';
import { Id } from './id';
import { Hours, Zone } from './notice';
import { Day } from './when';

/** Who is on call; all contact points; the coordinators; the team above; and then all of these once more, later and later. */
export const RUNGS = ['duty', 'points', 'lead', 'above', 'again'] as const;
export type Rung = (typeof RUNGS)[number];

/** On these days of the week (1 is Monday), beginning at `hours.from`; over midnight it lasts into the next day. */
export const Shift = z.object({
	person: Id,
	/** In place of the person, while that one is away. */
	deputy: z.union([Id, z.literal('')]),
	days: z.array(z.int().check(z.minimum(1), z.maximum(7))).check(z.minLength(1), z.maxLength(7)),
	hours: Hours
});
export type Shift = z.infer<typeof Shift>;

/** Minutes before the next rung, after each of the first three. */
const Minutes = z.int().check(z.minimum(1), z.maximum(10_080));
const Steps = z.tuple([Minutes, Minutes, Minutes]);

export const SHIFTS_MAX = 60;
export const AWAY_MAX = 100;

export const TeamLadder = z.object({
	zone: Zone,
	shifts: z.array(Shift).check(z.maxLength(SHIFTS_MAX)),
	/** First and last day on which somebody is away. */
	away: z.array(z.object({ person: Id, from: Day, to: Day })).check(z.maxLength(AWAY_MAX)),
	/** When nobody is told of what is urgent before it ends; of danger always. */
	quiet: z.nullable(Hours),
	/** Contact points by name; nobody named: the team's police contacts and its coordinators. */
	points: z.array(Id).check(z.maxLength(40)),
	minutes: z.object({ danger: Steps, urgent: Steps })
});
export type TeamLadder = z.infer<typeof TeamLadder>;

/** Where a team has set nothing. */
export const USUAL: TeamLadder = {
	zone: 'Europe/Berlin',
	shifts: [],
	away: [],
	quiet: null,
	points: [],
	minutes: { danger: [5, 5, 10], urgent: [60, 60, 120] }
};

/**
 * What somebody has made of what was shown, part by part: what others have made of the other parts meanwhile stays. Where
 * nothing is `known`, it is all of it. What no server could take is thrown.
 */
export function withChanges(
	known: TeamLadder | null,
	{ from, to }: { from: TeamLadder; to: TeamLadder }
): TeamLadder {
	if (!known) return TeamLadder.parse(to);
	const said = (of: TeamLadder, part: string): string => JSON.stringify(of[part as keyof TeamLadder]);
	const parts = Object.entries(to).filter(([part]) => said(from, part) !== said(to, part));
	return TeamLadder.parse({ ...known, ...Object.fromEntries(parts) });
}

const Time = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}\.\d{3}Z$/));
const OptionalTime = z.union([Time, z.literal('')]);

/**
 * One climb, for one case. `next`: when it climbs again, '' once it has ended; `had`: when somebody said ‘I have it’; `over`:
 * when its case was, without anybody having said so.
 */
export const Ladder = z.object({
	id: Id,
	rev: z.int().check(z.nonnegative()),
	team: Id,
	case: Id,
	urgency: z.enum(['urgent', 'danger']),
	/**
	 * In order; `told` is how many people, `missed` how many more stand there whom nothing reaches: no device, no address, and
	 * Heed not open. A rung that reaches nobody is passed over at once.
	 */
	steps: z.array(
		z.object({
			rung: z.enum(RUNGS),
			at: Time,
			told: z.int().check(z.nonnegative()),
			missed: z.optional(z.int().check(z.positive()))
		})
	),
	next: OptionalTime,
	had: OptionalTime,
	over: OptionalTime,
	/** Who said so; absent for whoever asked for advice, and '' while nobody has. */
	by: z.optional(z.union([Id, z.literal('')])),
	/** The team above, once it was told; absent as `by` is. */
	above: z.optional(z.union([Id, z.literal('')]))
});
export type Ladder = z.infer<typeof Ladder>;
