/**
 * What becomes of marks: a person decides on each finding, and whatever was written remembers it. Who writes an alert may
 * leave findings undecided; who publishes may not.
 */
import type { Base, Kind, Mark } from './mark';

/** A stretch of a text in UTF-16 units; `end` is the first after it. */
export type Stretch = { start: number; end: number };

/** What one decision is about: all that a text says with the same words, or of what is surely one person. */
export type Finding = {
	kind: Kind;
	/** Each spelling once, as it was written; the first comes first. */
	said: string[];
	/** By place. */
	places: Stretch[];
	/** Of a person. */
	base?: Base;
};

/** Who has a stand-in: 'A' or a later letter, and the names by which it is found again. */
export type Person = Base & { letter: string };

/** What nobody has decided on yet, by place. `fine`: what was let stand, as it was written. */
export function undecided(text: string, marks: readonly Mark[], fine: readonly string[]): Finding[] {
	const findings: Finding[] = [];
	for (const { start, end, kind, base } of marks) {
		const said = text.slice(start, end);
		if (fine.includes(said)) continue;
		const known = findings.find(
			(one) =>
				one.kind === kind && (one.said.includes(said) || (base && one.base && isSurely(base, one.base)))
		);
		const place = { start, end };
		if (!known) findings.push({ kind, said: [said], places: [place], ...(base && { base }) });
		else {
			known.places.push(place);
			if (!known.said.includes(said)) known.said.push(said);
		}
	}
	return findings;
}

const shares = (one: readonly string[], other: readonly string[]): boolean =>
	one.some((name) => other.includes(name));

/** First name and surname agree. */
const isSurely = (one: Base, other: Base): boolean =>
	shares(one.first, other.first) && shares(one.last, other.last);

/** What is said of both agrees; of one of them only the first name is known, or only the surname. */
const isPerhaps = (one: Base, other: Base): boolean => {
	const [first, last] = [shares(one.first, other.first), shares(one.last, other.last)];
	const isOpen = (some: readonly string[], others: readonly string[]): boolean =>
		some.length === 0 || others.length === 0;
	return (first && isOpen(one.last, other.last)) || (last && isOpen(one.first, other.first));
};

/** One word may be a first name or a surname; whoever says both is sure of both. */
function readings({ said, base = { first: [], last: [] } }: Finding): [Base, ...Base[]] {
	const isOneWord = said.every((one) => !/\s/.test(one.trim()));
	const { first, last } = base;
	if (!isOneWord || first.length === 0 || last.length === 0) return [base];
	return [
		{ first, last: [] },
		{ first: [], last }
	];
}

/**
 * Who may be meant, the likeliest first: those of `known` who have such a name, then somebody new under the first letter
 * that nobody has. Where first name and surname agree, nobody else. `isTaken`: a letter that the text speaks of already.
 */
export function whoMayBe(
	known: readonly Person[],
	finding: Finding,
	isTaken: (letter: string) => boolean = () => false
): [Person, ...Person[]] {
	const read = readings(finding);
	const met = (agrees: (one: Base, other: Base) => boolean): Person[] =>
		known.flatMap((person) => {
			const as = read.find((base) => agrees(person, base));
			if (!as) return [];
			const [first, last] = [new Set([...person.first, ...as.first]), new Set([...person.last, ...as.last])];
			return [{ letter: person.letter, first: [...first], last: [...last] }];
		});
	const [sure] = met(isSurely);
	if (sure) return [sure];
	let place = 0;
	while (known.some(({ letter }) => letter === letterAt(place)) || isTaken(letterAt(place))) place += 1;
	const somebody = { letter: letterAt(place), ...read[0] };
	const [first, ...others] = met(isPerhaps);
	return first ? [first, ...others, somebody] : [somebody];
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** A to Z, then AA, AB and so on. */
const letterAt = (place: number): string =>
	(place < LETTERS.length ? '' : letterAt(Math.floor(place / LETTERS.length) - 1)) +
	(LETTERS[place % LETTERS.length] ?? '');

/** Those who have a stand-in once this one has it. */
export const withPerson = (known: readonly Person[], person: Person): Person[] =>
	known.some(({ letter }) => letter === person.letter)
		? known.map((one) => (one.letter === person.letter ? person : one))
		: [...known, person];

/** Where a stretch of a text stands after a change of it; null for one that the change touches. */
export type Move = (stretch: Stretch) => Stretch | null;

/** The text with other words in these places, which are in order; where they stand in it, and how all others move. */
export function written(
	text: string,
	places: readonly Stretch[],
	words: readonly string[]
): { text: string; places: Stretch[]; move: Move } {
	const changes = places.map(({ start, end }, at) => ({ start, end, word: words[at] ?? '' }));
	const grown = (until: number): number =>
		changes.reduce(
			(sum, { start, end, word }) => (end <= until ? sum + word.length - (end - start) : sum),
			0
		);
	let [done, from] = ['', 0];
	for (const { start, end, word } of changes) {
		done += text.slice(from, start) + word;
		from = end;
	}
	return {
		text: done + text.slice(from),
		places: changes.map(({ start, word }) => {
			const begun = start + grown(start);
			return { start: begun, end: begun + word.length };
		}),
		move: ({ start, end }) => {
			if (changes.some((change) => change.start < end && start < change.end)) return null;
			return { start: start + grown(start), end: end + grown(start) };
		}
	};
}

/** How stretches move when a text was changed in one place, by typing. */
export function moving(before: string, after: string): Move {
	const most = Math.min(before.length, after.length);
	let [head, tail] = [0, 0];
	while (head < most && before[head] === after[head]) head += 1;
	while (tail < most - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
	const by = after.length - before.length;
	return ({ start, end }) => {
		if (end <= head) return { start, end };
		return start >= before.length - tail ? { start: start + by, end: end + by } : null;
	};
}

const lineOf = (standIn: string, said: readonly string[]): string => `${standIn}: ${said.join(', ')}`;

/** What few read, with a line that says for whom or what a stand-in stands; once. */
export function told(names: string, standIn: string, said: readonly string[]): string {
	const line = lineOf(standIn, said);
	if (names.split('\n').includes(line)) return names;
	return [names.trimEnd(), line].filter((one) => one !== '').join('\n');
}

/** The same without that line. */
export const untold = (names: string, standIn: string, said: readonly string[]): string =>
	names
		.split('\n')
		.filter((line) => line !== lineOf(standIn, said))
		.join('\n');
