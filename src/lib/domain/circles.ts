/** What a team's circles still need: decided from the roll and the genuine grants, done by a coordinator's device. */
import { genuineGrants, type Ring } from './holders';
import type { Id } from './id';
import { CIRCLES, type Circle } from './lists';
import { CIRCLES_OF, inCircle, newestOf, type Roll } from './roll';

/** A new generation of a circle's key, since somebody who could open the newest one has left. */
export const outdatedCircles = (roll: Roll): Circle[] =>
	CIRCLES.filter((name) => {
		const newest = newestOf(roll, name);
		const left = Object.values(roll.seats).filter((seat) => seat.left > 0);
		return (
			newest !== null &&
			left.some(
				(seat) => seat.left > newest.seq && seat.roles.some((role) => CIRCLES_OF[role].includes(name))
			)
		);
	});

/** Members who cannot open a generation of their circle's key yet, older ones included: newcomers read what was written. */
export function missingGrants(ring: Ring, roll: Roll, at: number): { key: Id; user: Id }[] {
	return roll.circles.flatMap(({ key: id, name }) => {
		const key = ring.keys.get(id);
		if (!key) return [];
		const held = genuineGrants(ring, key).filter(({ ended }) => ended === '');
		return inCircle(roll, name, at)
			.filter(({ user }) => !held.some((grant) => grant.user === user))
			.map(({ user }) => ({ key: id, user }));
	});
}
