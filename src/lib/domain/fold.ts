import type { Alert, Content } from './content';
import type { Id } from './id';
import type { Phase } from './lists';

/** An entry as this device knows it. `rev` is null while unsent; `content` says why when it could not be read. */
export type Said = {
	id: Id;
	rev: number | null;
	kind: string;
	author: Id;
	/** ms: the server's clock once received, the author's until then. */
	time: number;
	content: Content | 'locked' | 'unreadable' | 'unknown';
};

/** A case as its entries tell it. */
export type Folded = {
	alert: Alert | null;
	reporter: Id | null;
	owner: Id | null;
	phase: Phase;
	/** When somebody of the team first opened it, and first answered, in ms. */
	seen: number | null;
	answered: number | null;
	/** Everything said, oldest first, unsent last. */
	timeline: readonly Said[];
};

/** The same entries give the same case on every device, in whatever order they arrived. */
export function fold(entries: readonly Said[]): Folded {
	const timeline = [...entries].sort(byRevThenId);
	const folded: Folded = {
		alert: null,
		reporter: timeline.find((said) => said.kind === 'alert')?.author ?? null,
		owner: null,
		phase: 'received',
		seen: null,
		answered: null,
		timeline
	};
	for (const said of timeline) apply(folded, said);
	return folded;
}

function apply(folded: Folded, { author, time, content }: Said): void {
	if (typeof content === 'string') return;
	if (content.kind === 'alert') folded.alert ??= content;
	// Who asked for advice neither takes the case nor closes it: that is the team's.
	if (author === folded.reporter) return;
	if (content.kind === 'take') folded.owner = author;
	if (content.kind === 'phase') folded.phase = content.phase;
	// Whoever answers, takes or moves a case has seen it, whether or not a receipt arrived.
	folded.seen ??= time;
	if (content.kind === 'message') folded.answered ??= time;
}

// Order by `after` (design: the newest entries its author had seen) comes with the signed header.
function byRevThenId(a: Said, b: Said): number {
	if (a.rev !== b.rev) return (a.rev ?? Infinity) - (b.rev ?? Infinity);
	if (a.rev === null && a.time !== b.time) return a.time - b.time;
	return a.id < b.id ? -1 : 1;
}
