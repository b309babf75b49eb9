/** What of a case is to be seen, by what it is. */
import type { Said } from '$lib/domain/fold';
import * as m from '$lib/i18n/generated/messages';

export type Shown = 'all' | 'words' | 'tasks' | 'decisions' | 'notes';

export const SHOWN: Record<Shown, () => string> = {
	all: m.show_kind_all,
	words: m.show_kind_words,
	tasks: m.show_kind_tasks,
	decisions: m.show_kind_decisions,
	notes: m.show_kind_notes
};

const of =
	(...kinds: string[]) =>
	({ kind }: Said): boolean =>
		kinds.includes(kind);

export const KINDS: Record<Shown, (said: Said) => boolean> = {
	all: () => true,
	words: of('alert', 'names', 'message', 'advice', 'rating'),
	tasks: of('task', 'progress'),
	decisions: of('proposal', 'vote', 'decision'),
	notes: of('assessment', 'call', 'evaluation')
};
