/** What somebody decides on what the guard has found in a text, and how each decision is taken back. */
import type { Draft } from '$lib/domain/draft';
import {
	moving,
	told,
	undecided,
	untold,
	whoMayBe,
	withPerson,
	written,
	type Finding,
	type Move,
	type Person,
	type Stretch
} from '$lib/domain/guard/decide';
import type { Kind, Mark } from '$lib/domain/guard/mark';
import * as m from '$lib/i18n/generated/messages';
import { INSTEAD } from './guard-labels';

export type Field = 'story' | 'strengths' | 'done';

/**
 * What a text belongs to: who has a stand-in there, and what was let stand. `elsewhere`: what else was said before the same
 * readers, that may speak of persons by stand-ins.
 */
export type Guarded = Pick<Draft, Field | 'names' | 'persons' | 'fine'> & { readonly elsewhere?: string };

/** What would stand in the text, and for whom where it is a person. */
export type StandIn = { text: string; person: Person | null };

/** A decision that can still be undone. */
export type Act = {
	id: number;
	kind: Kind;
	/** Each spelling once. */
	said: string[];
	/** Where the text says it now, and what stood in each place. */
	places: { at: Stretch; was: string }[];
	/** What stands there now; null where it was left. */
	instead: string | null;
	/** It is among the names, which few read. */
	isMoved: boolean;
};

type Done = Omit<Act, 'id'>;

/** What may stand instead of a finding in this draft, the likeliest first. */
export function standInsFor(finding: Finding, draft: Guarded): [StandIn, ...StandIn[]] {
	if (finding.kind !== 'PERSON') return [{ text: INSTEAD[finding.kind](), person: null }];
	const called = (letter: string): string => m.guard_person({ letter });
	const standIn = (person: Person): StandIn => ({ text: called(person.letter), person });
	// A draft that says again what was sent once speaks of persons without knowing them.
	const texts = [draft.story, draft.strengths, draft.done, draft.names, draft.elsewhere ?? ''];
	const isSaid = (letter: string): boolean => texts.some((text) => text.includes(called(letter)));
	const [likeliest, ...others] = whoMayBe(draft.persons, finding, isSaid);
	return [standIn(likeliest), ...others.map(standIn)];
}

/** `draft` is the form's own. `onchange`: it says something else now. Call while a component is being set up. */
export function decisions(draft: () => Guarded, field: () => Field, onchange: () => void) {
	let looked = $state.raw<{ text: string; marks: readonly Mark[] }>({ text: '', marks: [] });
	let acts = $state.raw<Act[]>([]);
	let last = 0;
	const text = $derived(draft()[field()]);
	let followed = draft()[field()];
	let before: Finding[] = [];
	const findings = $derived.by(() => {
		// What was looked through may be a letter behind what stands there.
		const move = moving(looked.text, text);
		const now = undecided(looked.text, looked.marks, draft().fine).flatMap((finding) => {
			const places = finding.places.map(move).filter((place) => place !== null);
			return places.length > 0 ? [{ ...finding, places }] : [];
		});
		// Most letters change nothing of it: then nothing is shown anew either.
		if (JSON.stringify(now) !== JSON.stringify(before)) before = now;
		return before;
	});

	/** What was done moves along with the text; where somebody writes in it, it is done for good. */
	function follow(now: string, move: Move = moving(followed, now)): void {
		if (now === followed) return;
		followed = now;
		acts = acts.flatMap((act) => {
			const places = act.places.flatMap(({ at, was }) => {
				const place = move(at);
				return place ? [{ at: place, was }] : [];
			});
			return places.length > 0 ? [{ ...act, places }] : [];
		});
	}

	/** Says where these words stand then. */
	function write(places: readonly Stretch[], words: readonly string[]): Stretch[] {
		const done = written(text, places, words);
		follow(done.text, done.move);
		draft()[field()] = done.text;
		return done.places;
	}

	function put({ kind, said, places }: Finding, { text: instead, person }: StandIn, isMoved: boolean): Done {
		const were = places.map(({ start, end }) => text.slice(start, end));
		if (person) draft().persons = withPerson(draft().persons, person);
		if (isMoved) draft().names = told(draft().names, instead, said);
		const now = write(
			places,
			places.map(() => instead)
		);
		return { kind, said, instead, isMoved, places: now.map((at, one) => ({ at, was: were[one] ?? '' })) };
	}

	function leave({ kind, said, places }: Finding): Done {
		draft().fine = [...draft().fine, ...said];
		const were = places.map((at) => ({ at, was: text.slice(at.start, at.end) }));
		return { kind, said, instead: null, isMoved: false, places: were };
	}

	function did(done: Done): Act {
		const act = { id: (last += 1), ...done };
		acts = [...acts, act];
		onchange();
		return act;
	}

	return {
		get findings() {
			return findings;
		},
		get acts() {
			return acts;
		},
		follow,
		/** What was found in this text. Of one that stands there no more nothing is shown: the next answer is on its way. */
		hear(of: string, marks: readonly Mark[]): void {
			if (of === text) looked = { text: of, marks };
		},
		replace: (finding: Finding, standIn: StandIn): Act => did(put(finding, standIn, false)),
		move: (finding: Finding, standIn: StandIn): Act => did(put(finding, standIn, true)),
		leave: (finding: Finding): Act => did(leave(finding)),
		undo(act: Act): void {
			acts = acts.filter(({ id }) => id !== act.id);
			const { said, instead, isMoved, places } = act;
			if (instead === null) draft().fine = draft().fine.filter((one) => !said.includes(one));
			else {
				if (isMoved) draft().names = untold(draft().names, instead, said);
				write(
					places.map(({ at }) => at),
					places.map(({ was }) => was)
				);
			}
			onchange();
		}
	};
}
