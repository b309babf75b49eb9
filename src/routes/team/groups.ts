import type { CaseLine } from '$lib/app';
import type { Id } from '$lib/domain/id';

export type Group = { key: 'open' | 'mine' | 'others'; lines: CaseLine[] };

/** The queue by what needs an act, in the order it came: what nobody has, what I have, what others have. */
export function groups(lines: readonly CaseLine[], me: Id): Group[] {
	const key = ({ owner }: CaseLine): Group['key'] =>
		owner === null ? 'open' : owner.id === me ? 'mine' : 'others';
	return (['open', 'mine', 'others'] as const)
		.map((name) => ({ key: name, lines: lines.filter((line) => key(line) === name) }))
		.filter((group) => group.lines.length > 0);
}
