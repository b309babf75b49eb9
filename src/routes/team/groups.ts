import type { CaseLine } from '$lib/app';
import type { Id } from '$lib/domain/id';

const KEYS = ['pressing', 'overdue', 'open', 'mine', 'others'] as const;

type Key = (typeof KEYS)[number];

/** Lines that are made together. `at`: how many of the group stand before them; `before`: how many of all. */
export type Piece = { key: string; at: number; before: number; lines: CaseLine[] };

export type Group = { key: Key; lines: CaseLine[]; pieces: Piece[] };

/** How many lines can be made while a finger moves. */
const PIECE = 2;

/**
 * The queue by what needs an act, in the order it came: what waits for somebody to say ‘I have it’, what should have been done
 * before `now` (ms), what nobody has, what I have, what others have.
 */
export function groups(lines: readonly CaseLine[], me: Id, now: number): Group[] {
	const keyOf = ({ pressing, owner, due }: CaseLine): Key => {
		if (pressing) return 'pressing';
		if (due !== null && due < now) return 'overdue';
		return owner === null ? 'open' : owner.id === me ? 'mine' : 'others';
	};
	let before = 0;
	return KEYS.flatMap((key) => {
		const own = lines.filter((line) => keyOf(line) === key);
		const pieces: Piece[] = [];
		for (let at = 0; at < own.length; at += PIECE) {
			const some = own.slice(at, at + PIECE);
			pieces.push({ key: `${key} ${at}`, at, before, lines: some });
			before += some.length;
		}
		return pieces.length > 0 ? [{ key, lines: own, pieces }] : [];
	});
}
