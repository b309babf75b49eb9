/** What became of a referral: computed from what both teams said to it, in the case that it opened. */
import { newestOf } from './causal';
import type { Answer } from './content';
import type { Folded, Said, Voice } from './fold';
import { isMember, type Ring } from './holders';
import type { Id } from './id';

export type Referral = {
	state: 'waiting' | Answer;
	/** Of the answer that counts; null while there is none. */
	by: Id | null;
	/** ms; null while there is none. */
	time: number | null;
	reason: string;
	/** What was answered at the same time and differently, nothing where it is clear. */
	contrary: readonly Answer[];
};

/** Who speaks for whoever refers, and who for the team that is asked. A person of both teams may do either. */
export type Sides = { sends: (user: Id) => boolean; receives: (user: Id) => boolean };

/** By the rolls of the two teams alone: who was in one has spoken for it. */
export const sidesOf = (rolls: Ring['rolls'], sender: Id, receiver: Id): Sides => ({
	sends: (user) => isMember({ rolls }, sender, user),
	receives: (user) => isMember({ rolls }, receiver, user)
});

/** How an author is heard in a case of `team`, for `fold`: who was never of it moves nothing, as far as its roll is here. */
export const voicesBy =
	(rolls: Ring['rolls'], team: Id) =>
	(user: Id, sender: Id | null): Voice => {
		const { sends, receives } = sidesOf(rolls, sender ?? '', team);
		if (receives(user)) return 'works';
		if (sends(user)) return 'asks';
		return rolls.has(team) ? 'answers' : 'works';
	};

/** Of several at the same time the first of these counts, on every device alike: an end before a yes. */
const WEIGHT: readonly Answer[] = ['withdrawn', 'declined', 'returned', 'accepted'];

/** Whether nothing more comes of it: to be asked again is another referral. */
export const isOver = ({ state }: Pick<Referral, 'state'>): boolean => isEnd(state);

/**
 * The state of a referral by the entries of its case, `timeline` in the order of `fold`. An answer from the wrong side
 * counts for nothing, and neither does one that had seen the end.
 */
export function referring(timeline: readonly Said[], { sends, receives }: Sides): Referral {
	const isEntitled = ({ author, audience, content: { answer } }: Answered): boolean =>
		audience === 'reporter' && (answer === 'withdrawn' ? sends(author) : receives(author));
	const counted: Answered[] = [];
	for (const said of timeline.filter(isAnswer).filter(isEntitled)) {
		const known = counted.filter((other) => hasSeen(said, other, timeline));
		if (mayFollow(said, known, timeline)) counted.push(said);
	}
	const newest = newestOf(counted, timeline);
	const different = answersOf(newest);
	const counts = newest.find(({ content }) => content.answer === different[0]);
	return {
		state: counts?.content.answer ?? 'waiting',
		by: counts?.author ?? null,
		time: counts?.time ?? null,
		reason: counts?.content.reason ?? '',
		contrary: different.length > 1 ? different : []
	};
}

/** Whether a case is with its own team again, and nobody of it has done anything there since. */
export const isBack = (
	{ state, time }: Pick<Referral, 'state' | 'time'>,
	{ timeline, reporter }: Pick<Folded, 'timeline' | 'reporter'>
): boolean =>
	time !== null &&
	(state === 'declined' || state === 'returned') &&
	!timeline.some((said) => said.time > time && said.author !== reporter && said.kind !== 'seen');

type Answered = Said & { content: Extract<Exclude<Said['content'], string>, { kind: 'answer' }> };
const isAnswer = (said: Said): said is Answered =>
	typeof said.content === 'object' && said.content.kind === 'answer';

const isEnd = (answer: Referral['state']): boolean => answer !== 'waiting' && answer !== 'accepted';

/** After an end nothing follows, but that it is settled which one. What was withdrawn no yes brings back. */
function mayFollow(
	{ content: { answer } }: Answered,
	known: readonly Answered[],
	timeline: readonly Said[]
): boolean {
	const now = answersOf(newestOf(known, timeline));
	if (now.length > 0 && now.every(isEnd)) return now.length > 1 && isEnd(answer);
	return answer !== 'accepted' || !now.includes('withdrawn');
}

const hasSeen = (said: Answered, other: Answered, timeline: readonly Said[]): boolean =>
	!newestOf([other, said], timeline).includes(other);

const answersOf = (some: readonly Answered[]): Answer[] =>
	WEIGHT.filter((answer) => some.some(({ content }) => content.answer === answer));
