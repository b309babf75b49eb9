import type { Content } from './content';
import type { Folded, Said } from './fold';

/**
 * The timeline of an alert without what the case it is worked on in says as well: whoever moves or takes all of it tells each
 * alert's own thread, at one moment and no more than there. What stands after a gap stays, so that the gap is seen.
 */
export function unrepeated({ timeline, missing }: Folded, open: Folded): readonly Said[] {
	const name = ({ author, content }: Moved): string => `${author} ${content.kind} ${content.at}`;
	const acts = new Map(open.timeline.filter(isMove).map((said) => [name(said), fields(said)]));
	const isThere = (said: Said): boolean => {
		if (!isMove(said)) return false;
		const [there, own] = [acts.get(name(said)), fields(said)];
		return !!there && Object.keys(own).every((key) => there[key] === own[key]);
	};
	return timeline.filter((said) => missing.includes(said.id) || !isThere(said));
}

type Move = Extract<Content, { kind: 'phase' | 'take' | 'assign' }>;
type Moved = Omit<Said, 'content'> & { content: Move };
const isMove = (said: Said): said is Said & Moved =>
	typeof said.content !== 'string' && ['phase', 'take', 'assign'].includes(said.content.kind);
const fields = ({ content }: Moved): Readonly<Record<string, unknown>> => ({ ...content });
