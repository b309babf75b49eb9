import type { CaseLine } from '$lib/app';
import type { Id } from '$lib/domain/id';

const KEYS = ['pressing', 'overdue', 'open', 'mine', 'others'] as const;

type Key = (typeof KEYS)[number];

/** Lines that are made together. `at`: how many of the group stand before them; `before`: how many of all. */
export type Piece = { key: string; stretch: string; at: number; before: number; lines: CaseLine[] };

/** Pieces whose places are there only near what is seen: a browser goes through all places at each step of a finger. */
export type Stretch = { key: string; lines: number; pieces: Piece[] };

export type Group = { key: Key; lines: CaseLine[]; stretches: Stretch[] };

/** How many lines can be made while a finger moves, and how many come to a stretch. */
const PIECE = 2;
const STRETCH = 20;

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
		const stretches = runs(own, STRETCH).map(({ at: from, some }) => {
			const stretch = `${key} from ${from}`;
			const pieces = runs(some, PIECE).map(({ at: nth, some: lines }): Piece => {
				const at = from + nth;
				return { key: `${key} ${at}`, stretch, at, before: before + at, lines };
			});
			return { key: stretch, lines: some.length, pieces };
		});
		before += own.length;
		return own.length > 0 ? [{ key, lines: own, stretches }] : [];
	});
}

/** In runs of `most`; `at`: where each begins. */
const runs = (lines: CaseLine[], most: number): { at: number; some: CaseLine[] }[] =>
	Array.from({ length: Math.ceil(lines.length / most) }, (_, nth) => {
		const at = nth * most;
		return { at, some: lines.slice(at, at + most) };
	});
