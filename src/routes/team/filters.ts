import type { CaseLine } from '$lib/app';
import type { Id } from '$lib/domain/id';
import { THEMES, URGENCIES, type Theme, type Urgency } from '$lib/domain/lists';
import { isFound, typedWords } from '$lib/domain/search';

const ORDERS = ['urgency', 'waiting'] as const;
const ONLY = ['mine', 'unread', 'due', 'versed'] as const;

/** What of the queue is shown, and in which order. It stands in the address; words that somebody searches for never do. */
export type Filter = {
	by: (typeof ORDERS)[number];
	urgency: Urgency | null;
	theme: Theme | null;
	place: string | null;
	only: readonly (typeof ONLY)[number][];
};

/** What an address asks for; what it does not know of, it leaves out. */
export function readFilter(params: URLSearchParams): Filter {
	const one = <T extends string>(of: readonly T[], name: string): T | null =>
		of.find((key) => key === params.get(name)) ?? null;
	const only = params.get('only')?.split(' ') ?? [];
	return {
		by: one(ORDERS, 'by') ?? 'urgency',
		urgency: one(URGENCIES, 'urgency'),
		theme: one(THEMES, 'theme'),
		place: params.get('place'),
		only: ONLY.filter((each) => only.includes(each))
	};
}

/** The end of an address, from its question mark on, that asks for this. */
export function addressOf(team: Id, { by, urgency, theme, place, only }: Filter): string {
	const asked = { by: by === 'urgency' ? null : by, urgency, theme, place, only: only.join(' ') };
	const params = new URLSearchParams({ team });
	for (const [name, value] of Object.entries(asked)) if (value) params.set(name, value);
	return `?${params}`;
}

/** How much it holds back. The order holds nothing back. */
export const strength = ({ urgency, theme, place, only }: Filter): number =>
	[urgency, theme, place].filter((one) => one !== null).length + only.length;

/** What is due within a day is due. */
const SOON = 86_400_000;

/** What is to be shown of `lines`, that come most urgent first. `title` is what a line is called where nothing opened; `now` in ms. */
export function choose(
	lines: readonly CaseLine[],
	filter: Filter,
	typed: string,
	me: Id,
	now: number,
	title: (line: CaseLine) => string
): CaseLine[] {
	const words = typedWords(typed);
	const asked = {
		mine: ({ owner }: CaseLine) => owner?.id === me,
		unread: ({ unread }: CaseLine) => unread,
		due: ({ due }: CaseLine) => due !== null && due < now + SOON,
		versed: ({ versed }: CaseLine) => versed
	};
	const says = (line: CaseLine): boolean =>
		words.length === 0 ||
		isFound(
			`${line.words}${typedWords(`${line.place} ${title(line)}`)
				.map((word) => ` ${word}`)
				.join('')}`,
			words
		);
	const chosen = lines.filter(
		(line) =>
			(filter.urgency === null || line.urgency === filter.urgency) &&
			(filter.theme === null || line.theme === filter.theme) &&
			(filter.place === null || line.place === filter.place) &&
			filter.only.every((each) => asked[each](line)) &&
			says(line)
	);
	return filter.by === 'waiting' ? chosen.sort((a, b) => a.created - b.created) : chosen;
}
