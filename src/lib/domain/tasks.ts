/** What is to be done in a case, and how far it is. */
import { newestOf } from './causal';
import type { Progress, Rating, Task } from './casework';
import { isOf, type Said } from './fold';
import type { Id } from './id';

export type TaskLine = {
	/** The entry with the task. */
	id: Id;
	text: string;
	author: Id;
	/** How it stands; the words that go with it are those of whoever said so last. */
	state: Progress['state'];
	to: Id | null;
	due: string | null;
	note: string;
	/** It was put differently at the same time, and nobody has said since how it stands. */
	isContrary: boolean;
};

/** A screen asks for each of its entries, and a timeline is never changed. */
const known = new WeakMap<readonly Said[], ReadonlyMap<Id, TaskLine>>();

/**
 * The tasks of a case by their entries, `timeline` in the order of `fold`. How far it is says whoever read the task; whoever
 * asked for advice sets none.
 */
export function tasks(timeline: readonly Said[]): ReadonlyMap<Id, TaskLine> {
	const found = known.get(timeline) ?? taskLines(timeline);
	known.set(timeline, found);
	return found;
}

function taskLines(timeline: readonly Said[]): ReadonlyMap<Id, TaskLine> {
	const said = timeline.filter(isOf('progress'));
	const all = timeline
		.filter(isOf('task'))
		.filter(({ audience }) => audience !== 'reporter')
		.map((made): TaskLine => {
			const steps = said.filter(
				({ content, audience }) => content.on === made.id && audience === made.audience
			);
			const newest = newestOf(steps, timeline);
			const stands: Pick<Progress, 'state' | 'to' | 'due' | 'text'> =
				newest.at(-1)?.content ?? opening(made.content);
			const ways = new Set(
				newest.map(({ content: { state, to, due } }) => `${state}|${to ?? ''}|${due ?? ''}`)
			);
			return {
				...{
					id: made.id,
					text: made.content.text,
					author: made.author,
					state: stands.state,
					note: stands.text
				},
				...{ to: stands.to ?? null, due: stands.due ?? null, isContrary: ways.size > 1 }
			};
		});
	return new Map(all.map((task) => [task.id, task]));
}

const opening = ({ to, due }: Task): Pick<Progress, 'state' | 'to' | 'due' | 'text'> => ({
	...{ state: 'open', text: '' },
	...(to && { to }),
	...(due && { due })
});

/** What whoever asked said last of each piece of advice, by its entry. */
export function ratings(
	timeline: readonly Said[],
	reporter: Id | null
): ReadonlyMap<Id, Pick<Rating, 'helped' | 'text'>> {
	const theirs = timeline.filter(isOf('rating')).filter(({ author }) => author === reporter);
	return new Map(theirs.map(({ content: { on, helped, text } }) => [on, { helped, text }]));
}
