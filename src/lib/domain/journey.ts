import type { Folded, Said } from './fold';
import type { Outgoing } from './outbox';

export const STATIONS = ['phone', 'sending', 'received', 'seen', 'answered'] as const;
export type Station = (typeof STATIONS)[number];

/** The honest state of an alert: how far it came, when (ms), and what it waits for. */
export type Journey = {
	station: Station;
	times: Partial<Record<Station, number>>;
	waiting: Outgoing['reason'] | null;
	/** 0 to 1: how much of it, pictures too, is there. */
	progress: number;
	/** When somebody who was told of what is pressing said ‘I have it’; null where nobody has, or nobody was told. */
	had: number | null;
};

/** What a case says of how far its alert came. */
type Told = Pick<Folded, 'seen' | 'answered'> & { timeline: readonly Pick<Said, 'kind' | 'rev' | 'time'>[] };

/**
 * `written` is when it was sent off on this device, or null when it came from another one. Whoever said ‘I have it’ is a
 * person who has seen it.
 */
export function journey(
	folded: Told,
	outgoing: Outgoing | null,
	written: number | null,
	had: number | null = null
): Journey {
	const times: Journey['times'] = {};
	if (written !== null) times.phone = written;
	const alert = folded.timeline.find((said) => said.kind === 'alert');
	const isBack = alert !== undefined && alert.rev !== null;
	const isFiled = outgoing === null || outgoing.filed || isBack;
	const progress = outgoing
		? (isFiled ? 1 + outgoing.parts - outgoing.left.length : 0) / (1 + outgoing.parts)
		: 1;
	if (!isBack)
		return { station: isFiled ? 'sending' : 'phone', times, waiting: outgoing?.reason ?? '', progress, had };
	times.received = alert.time;
	const seen = earliest(folded.seen, had);
	if (seen !== null) times.seen = seen;
	if (folded.answered !== null) times.answered = folded.answered;
	const station = folded.answered !== null ? 'answered' : seen !== null ? 'seen' : 'received';
	return { station, times, waiting: null, progress, had };
}

const earliest = (one: number | null, other: number | null): number | null =>
	one === null ? other : other === null ? one : Math.min(one, other);
