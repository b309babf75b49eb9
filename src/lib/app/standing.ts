/** Who vouches for the people one reads: a team's roll, a meeting, or nobody. */
import type { Id } from '../domain/id';
import type { Role } from '../domain/lists';
import { isSeated, type Roll, type Seat } from '../domain/roll';
import type { Pin } from '../store/person';

/**
 * `met`: compared face to face. `vouched`: a coordinator admitted them. `unconfirmed`: only their own word says who they
 * are. `coded`: they wrote without an account, and gave no name. `changed`: their keys are others than the ones believed here. `former`: they have left.
 */
export type Standing = 'met' | 'vouched' | 'unconfirmed' | 'coded' | 'changed' | 'former';

export type People = {
	/** By the name that they signed. */
	people: Record<Id, string>;
	standing: Record<Id, Standing>;
	/** Of those who are in a team now. */
	roles: Record<Id, Role>;
};

export function peopleOf(pins: readonly Pin[], rolls: Iterable<Roll>, at: number): People {
	const seats = new Map<string, Seat>();
	for (const seat of [...rolls].flatMap((roll) => Object.values(roll.seats))) {
		const known = seats.get(seat.user);
		if (!known || !isSeated(known, at)) seats.set(seat.user, seat);
	}
	const seated = [...seats.values()].filter((seat) => isSeated(seat, at));
	return {
		people: Object.fromEntries(pins.filter(({ name }) => name !== '').map(({ id, name }) => [id, name])),
		standing: Object.fromEntries(pins.map((pin) => [pin.id, standingOf(pin, seats.get(pin.id), at)])),
		roles: Object.fromEntries(seated.map(({ user, role }) => [user, role]))
	};
}

function standingOf({ changed, how, kind }: Pin, seat: Seat | undefined, at: number): Standing {
	if (changed !== '') return 'changed';
	if (seat && !isSeated(seat, at)) return 'former';
	// Who was met then has other keys now.
	if (how === 'met' || (seat?.met && how !== 'confirmed')) return 'met';
	if (seat) return 'vouched';
	return kind === 'coded' ? 'coded' : 'unconfirmed';
}
