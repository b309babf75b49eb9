import { newestOf } from './causal';
import type { Alert } from './alert';
import type { Content } from './content';
import type { EntryHeader } from './envelope';
import type { Id } from './id';
import type { Audience, Phase } from './lists';

/** An entry as this device knows it. `rev` is null while unsent; `content` says why when it could not be read. */
export type Said = {
	id: Id;
	rev: number | null;
	kind: string;
	author: Id;
	/** ms: the server's clock once received, the author's until then. */
	time: number;
	content: Content | 'locked' | 'unreadable' | 'unknown' | 'misplaced' | 'forged';
	/** To whom it was said, by the name of its key. */
	audience: Audience;
	/** What its signed header says of its place among the others; null where it did not open. */
	header: Pick<EntryHeader, 'key' | 'after' | 'seq' | 'device'> | null;
};

/** What was said, of one kind. */
export type Of<K extends Content['kind']> = Said & { content: Extract<Content, { kind: K }> };
export const isOf =
	<K extends Content['kind']>(kind: K) =>
	(said: Said): said is Of<K> =>
		typeof said.content === 'object' && said.content.kind === kind;

/**
 * How somebody is heard in a case: who `asks` for advice beside its reporter neither works on it nor answers, who `works` on it
 * takes and moves it too, and whoever only `answers` does neither.
 */
export const VOICES = ['asks', 'works', 'answers'] as const;
export type Voice = (typeof VOICES)[number];

/** A case as its entries tell it. */
export type Folded = {
	alert: Alert | null;
	reporter: Id | null;
	/** As what each author was heard, but for the reporter: of all that is not in the entries, this made the case what it is. */
	voices: Readonly<Record<Id, Voice>>;
	owner: Id | null;
	phase: Phase;
	/** Since when the case is in it, in ms; what is expected next, and until which day, where that was said. */
	moved: number | null;
	next: string;
	due: string | null;
	/** The case that the team works on it in, where that is another one. */
	into: Id | null;
	/** When somebody of the team first opened it, and first answered, in ms. */
	seen: number | null;
	answered: number | null;
	/** When its reporter asked to talk to a person, in ms. */
	asked: number | null;
	/**
	 * What was said at the same time and differently of the owner, of the phase, or of what it belongs to ('' for itself), and
	 * nobody has settled since; else none.
	 */
	contrary: { owner: readonly Id[]; phase: readonly Phase[]; into: readonly Id[] };
	/** Everything said, each after what its author had seen, unsent last. */
	timeline: readonly Said[];
	/** Entries before which something was said that is not here: held back, or not yet arrived. */
	missing: readonly Id[];
};

/**
 * The same entries give the same case on every device, in whatever order they arrived. `voiceOf` says how an author is heard;
 * `sender` is the team that referred the case, null where none did.
 */
export function fold(
	entries: readonly Said[],
	voiceOf: (user: Id, sender: Id | null) => Voice = () => 'works'
): Folded {
	const timeline = inOrder(entries);
	const alert = timeline.find(isOf('alert'))?.content ?? null;
	// What is not genuine names nobody: else the server could name whom it likes.
	const reporter = timeline.find((said) => said.kind === 'alert' && isGenuine(said))?.author ?? null;
	const authors = new Set(timeline.map(({ author }) => author).filter((author) => author !== reporter));
	const voices = Object.fromEntries(
		[...authors].map((user) => [user, voiceOf(user, alert?.from?.team ?? null)] as const)
	);
	const folded: Folded = {
		...{ alert, reporter, voices },
		owner: null,
		phase: 'received',
		moved: null,
		next: '',
		due: null,
		into: null,
		seen: null,
		answered: null,
		asked: null,
		contrary: { owner: [], phase: [], into: [] },
		timeline,
		missing: withGaps(timeline)
	};
	const asks = (user: Id): boolean => user === reporter || voices[user] === 'asks';
	const moves = ({ author, audience }: Said): boolean =>
		author !== reporter && voices[author] === 'works' && isHeard(audience);
	for (const said of timeline) {
		apply(folded, said, asks);
		if (moves(said)) move(folded, said);
	}
	folded.contrary = {
		owner: claims(folded, ownerIn, moves),
		phase: claims(folded, phaseIn, moves),
		into: claims(folded, intoIn, moves)
	};
	return folded;
}

function apply(folded: Folded, { author, audience, time, content }: Said, asks: (user: Id) => boolean): void {
	if (typeof content === 'string') return;
	if (content.kind === 'ask' && author === folded.reporter) folded.asked ??= time;
	// Who asked for advice neither takes the case nor closes it: that is the team's.
	if (asks(author)) return;
	// Who may read is no answer yet.
	if (content.kind === 'opening' || content.kind === 'withdrawal') return;
	// What the team says among itself is no answer to who asked.
	if (audience !== 'reporter') return;
	// Whoever answers, takes or moves a case has seen it, whether or not a receipt arrived.
	folded.seen ??= time;
	if (content.kind === 'message' || content.kind === 'advice') folded.answered ??= time;
}

/** What few or somebody invited say to each other moves no case: others could not see why it moved. */
const isHeard = (audience: Audience): boolean => audience === 'reporter' || audience === 'team';

function move(folded: Folded, { author, time, content }: Said): void {
	if (typeof content === 'string') return;
	folded.owner = ownerIn(author, content, folded.reporter) ?? folded.owner;
	const into = intoIn(author, content);
	if (into !== null) folded.into = into || null;
	if (content.kind === 'phase') {
		folded.phase = content.phase;
		folded.moved = time;
		folded.next = content.next ?? '';
		folded.due = content.due ?? null;
	}
}

/** A case is in the hands of the team: it is not handed back to whoever asked. */
const ownerIn = (author: Id, content: Content, reporter: Id | null): Id | null =>
	content.kind === 'take' ? author : content.kind === 'assign' && content.to !== reporter ? content.to : null;

const phaseIn = (_: Id, content: Content): Phase | null => (content.kind === 'phase' ? content.phase : null);

/** '' for what stands by itself. */
const intoIn = (_: Id, content: Content): Id | null =>
	content.kind === 'merge' ? content.into : content.kind === 'split' ? '' : null;

/** What the newest acts claim, where they claim different things. */
function claims<T>(
	{ timeline, reporter }: Folded,
	claim: (author: Id, content: Content, reporter: Id | null) => T | null,
	moves: (said: Said) => boolean
): T[] {
	const claimed = (said: Said): T | null =>
		typeof said.content === 'string' || !moves(said) ? null : claim(said.author, said.content, reporter);
	const all = timeline.filter((said) => claimed(said) !== null);
	const newest = newestOf(all, timeline);
	const different = [...new Set(newest.flatMap((said) => claimed(said) ?? []))];
	return different.length > 1 ? different : [];
}

/** Locked or of a later version, it may be; found wrong, it never is. */
const isGenuine = ({ content }: Said): boolean =>
	content !== 'forged' && content !== 'misplaced' && content !== 'unreadable';

/** By rev, but nothing before what its author had already seen: the server's word counts only where no author's does. */
function inOrder(entries: readonly Said[]): Said[] {
	const byId = new Map(entries.map((said) => [said.id, said]));
	const met = new Set<Id>();
	const ordered: Said[] = [];
	const visit = (start: Said): void => {
		// A stack of its own: a long case is deeper than the machine's.
		const waiting: { said: Said; opened: boolean }[] = [{ said: start, opened: false }];
		for (let top = waiting.pop(); top; top = waiting.pop()) {
			if (top.opened) {
				ordered.push(top.said);
				continue;
			}
			if (met.has(top.said.id)) continue;
			met.add(top.said.id);
			waiting.push({ said: top.said, opened: true });
			const before = (top.said.header?.after ?? []).flatMap((id) => byId.get(id) ?? []);
			waiting.push(
				...before
					.sort(byRevThenId)
					.reverse()
					.map((said) => ({ said, opened: false }))
			);
		}
	};
	for (const said of [...entries].sort(byRevThenId)) visit(said);
	return ordered;
}

/** Whose author had seen, or whose device had said, something under the same key that is not here. */
function withGaps(timeline: readonly Said[]): Id[] {
	const here = new Set(timeline.map(({ id }) => id));
	const spoken = new Set(timeline.flatMap(({ author, header }) => (header ? [place(author, header)] : [])));
	return timeline.flatMap(({ id, author, header }) => {
		if (!header) return [];
		const { seq, after } = header;
		const unheard = seq > 1 && !spoken.has(place(author, { ...header, seq: seq - 1 }));
		return unheard || after.some((other) => !here.has(other)) ? [id] : [];
	});
}

const place = (author: Id, { device, key, seq }: Pick<EntryHeader, 'device' | 'key' | 'seq'>): string =>
	`${author}|${device}|${key}|${seq}`;

function byRevThenId(a: Said, b: Said): number {
	if (a.rev !== b.rev) return (a.rev ?? Infinity) - (b.rev ?? Infinity);
	if (a.rev === null && a.time !== b.time) return a.time - b.time;
	return a.id < b.id ? -1 : 1;
}
