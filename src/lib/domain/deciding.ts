/** What a team decides together in a case: a proposal, the votes on it, and what was decided. */
import { before, newestOf } from './causal';
import type { Decision, Proposal, Vote } from './content';
import { isOf, type Of, type Said } from './fold';
import type { Id } from './id';

export type Motion = {
	/** The entry with the proposal. */
	id: Id;
	proposal: Proposal;
	author: Id;
	/** Each person's last word, in the order of the case. */
	votes: readonly (Pick<Vote, 'for' | 'reason'> & { voter: Id; time: number })[];
	/** The one that counts; null while nothing was decided. */
	decision: (Pick<Decision, 'for' | 'text'> & { author: Id; time: number }) | null;
	/** What was decided at the same time and differently, nothing where it is clear. */
	contrary: readonly Decision['for'][];
};

/**
 * The proposals of a case by their entries, `timeline` in the order of `fold`. Votes and decisions count among those who
 * read the proposal: said to others they are about something that those do not have. An option that it does not have
 * counts for nothing.
 */
export function motions(timeline: readonly Said[]): ReadonlyMap<Id, Motion> {
	const votes = timeline.filter(isOf('vote'));
	const decisions = timeline.filter(isOf('decision'));
	const made = timeline
		.filter(isOf('proposal'))
		// Nothing is decided with whoever asked for advice.
		.filter(({ audience }) => audience !== 'reporter')
		.map(({ id, author, audience, content: proposal }): Motion => {
			const isMeant = ({ content, audience: among }: Of<'vote'> | Of<'decision'>): boolean =>
				content.on === id &&
				among === audience &&
				(typeof content.for !== 'number' || content.for < proposal.options.length);
			const newest = newestOf(decisions.filter(isMeant), timeline);
			const counts = newest.at(-1);
			// Who votes on what is decided, and knows it, changes nothing of how that came about.
			const isLate = (vote: Said): boolean => !!counts && before([vote], timeline).has(counts.id);
			const meant = votes.filter((vote) => isMeant(vote) && !isLate(vote));
			const last = new Map(meant.map((vote) => [vote.author, vote]));
			const different = [...new Set(newest.map(({ content }) => content.for))];
			return {
				...{ id, proposal, author },
				votes: [...last.values()].map(({ author: voter, time, content: { for: choice, reason } }) => ({
					...{ voter, time, for: choice, reason }
				})),
				decision: counts
					? { for: counts.content.for, text: counts.content.text, author: counts.author, time: counts.time }
					: null,
				contrary: different.length > 1 ? different : []
			};
		});
	return new Map(made.map((motion) => [motion.id, motion]));
}

/** How many are for each option, the option that the rule carries, and whose dissent is to be recorded. */
export function count({ proposal, votes }: Pick<Motion, 'proposal' | 'votes'>): {
	options: number[];
	against: number;
	carried: number | null;
} {
	const options = proposal.options.map((_, at) => votes.filter((vote) => vote.for === at).length);
	const against = votes.filter((vote) => vote.for === 'none').length;
	const all = against + options.reduce((sum, n) => sum + n, 0);
	const enough = (n: number): boolean => (proposal.rule === 'consent' ? n > 0 && n === all : n > all / 2);
	const carried = options.findIndex(enough);
	return { options, against, carried: carried < 0 ? null : carried };
}

/** Whether somebody may still vote: until the last day is over, `today` as the proposal's `until`, and nothing was decided. */
export const isOpen = ({ proposal, decision }: Motion, today: string): boolean =>
	decision === null && (proposal.until === undefined || today <= proposal.until);
