/** What waits in the outbox, as one whole: what holds what up, and what may be taken out of it. */
import type { Outgoing } from './outbox';

/** What has to be there before it is still here itself. */
export const isBehind = (item: Outgoing, outbox: readonly Outgoing[]): boolean =>
	!item.filed && makersOf(item, outbox).length > 0;

/** Only what was refused, and of which the server has nothing, may be taken out by a person. */
export const mayLeave = ({ status, filed }: Outgoing): boolean => status === 'refused' && !filed;

/** The item, and what can only be sent after it: the oldest first. */
export function withFollowers(item: Outgoing, outbox: readonly Outgoing[]): Outgoing[] {
	return grown(item, outbox, (one, found) => !one.filed && found.some((maker) => isMadeBy(one, maker)));
}

/** The item, and what it cannot be sent without: the oldest first. */
export function withMakers(item: Outgoing, outbox: readonly Outgoing[]): Outgoing[] {
	return grown(item, outbox, (one, found) => found.some((other) => !other.filed && isMadeBy(other, one)));
}

const makersOf = (item: Outgoing, outbox: readonly Outgoing[]): Outgoing[] =>
	outbox.filter((one) => isMadeBy(item, one));

const isMadeBy = (item: Outgoing, maker: Outgoing): boolean =>
	item.id !== maker.id && !maker.filed && item.needs.some((id) => maker.makes.includes(id));

function grown(
	item: Outgoing,
	outbox: readonly Outgoing[],
	belongs: (one: Outgoing, found: readonly Outgoing[]) => boolean
): Outgoing[] {
	const found = [item];
	for (let size = 0; size < found.length;) {
		size = found.length;
		found.push(...outbox.filter((one) => !found.some(({ id }) => id === one.id) && belongs(one, found)));
	}
	return found.sort((a, b) => a.created - b.created);
}
