import type { CaseLine } from '$lib/app';
import type { Id } from '$lib/domain/id';

const KEYS = ['pressing', 'overdue', 'open', 'mine', 'others'] as const;

export type Group = { key: (typeof KEYS)[number]; lines: CaseLine[] };

/**
 * The queue by what needs an act, in the order it came: what waits for somebody to say ‘I have it’, what should have been done
 * before `now` (ms), what nobody has, what I have, what others have.
 */
export function groups(lines: readonly CaseLine[], me: Id, now: number): Group[] {
	const key = ({ pressing, owner, due }: CaseLine): Group['key'] => {
		if (pressing) return 'pressing';
		if (due !== null && due < now) return 'overdue';
		return owner === null ? 'open' : owner.id === me ? 'mine' : 'others';
	};
	return KEYS.map((name) => ({ key: name, lines: lines.filter((line) => key(line) === name) })).filter(
		(group) => group.lines.length > 0
	);
}

/** The first so many lines of them, each group with how many it has. */
export function first(all: readonly Group[], most: number): (Group & { count: number })[] {
	let left = most;
	return all.flatMap((group) => {
		const lines = group.lines.slice(0, Math.max(0, left));
		left -= lines.length;
		return lines.length > 0 ? [{ ...group, lines, count: group.lines.length }] : [];
	});
}
