/** Which alerts may be about the same thing: a suggestion to a person, who decides. */
import { fold, wordsIn } from './words';

/** What is compared: routing data, and the first words where they open on this device. `created` in ms. */
export type Report = { type: string; place: string; created: number; opening: string | null };

/** What is noticed by several is written down within days. */
const WITHIN = 14 * 86_400_000;
/** Short words say nothing, and endings bend: what is left of a word to be compared. */
const [LONG, STEM] = [5, 6];
const SHARED = 3;

/** Two of three: the same place, the same type, words in common. */
export function isLikely(one: Report, other: Report): boolean {
	if (Math.abs(one.created - other.created) > WITHIN) return false;
	const isPlace = one.place !== '' && fold(one.place) === fold(other.place);
	const [mine, theirs] = [stems(one), stems(other)];
	const isWords = [...mine].filter((stem) => theirs.has(stem)).length >= SHARED;
	return Number(isPlace) + Number(one.type === other.type) + Number(isWords) >= 2;
}

const stems = ({ opening }: Report): Set<string> =>
	new Set(
		wordsIn(opening ?? '')
			.filter((word) => word.length >= LONG)
			.map((word) => word.slice(0, STEM))
	);
