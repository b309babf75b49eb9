/** How well the guard does on marked lines: what it finds, and what it marks that is nothing. */
import * as z from 'zod';
import { findMarks } from '../../src/lib/domain/guard/guard';
import { KINDS, type Kind, type Mark } from '../../src/lib/domain/guard/mark';
import { readingOf, type Names } from '../../src/lib/domain/guard/names';
import { LOCALES, type Locale } from '../../src/lib/domain/lists';

const Span = z.object({ start: z.number(), end: z.number(), kind: z.enum(KINDS) });
export const Line = z.object({ text: z.string(), lang: z.enum(LOCALES), spans: z.array(Span) });
export type Line = z.infer<typeof Line>;

type Count = { found: number; all: number };
/** `unlisted` are persons of whose names the lists know none, and who are in no other count. */
export type Tally = {
	kinds: Partial<Record<Kind, Count>>;
	unlisted: Count;
	falseMarks: number;
	words: number;
};
/** `missed` and `wrong` are what a person looks at who wants to mend the guard. */
export type Verdict = {
	all: Tally;
	byLang: Partial<Record<Locale, Tally>>;
	missed: { line: Line; span: Line['spans'][number] }[];
	wrong: { line: Line; mark: Mark }[];
};

const tally = (): Tally => ({ kinds: {}, unlisted: { found: 0, all: 0 }, falseMarks: 0, words: 0 });

/** A span counts as found where marks of its kind cover at least half of it; a mark is false where it touches no span. */
export function judge(lines: readonly Line[], names: Names): Verdict {
	const verdict: Verdict = { all: tally(), byLang: {}, missed: [], wrong: [] };
	for (const line of lines) {
		const marks = findMarks(line.text, line.lang, names);
		const both = [verdict.all, (verdict.byLang[line.lang] ??= tally())];
		const wrong = marks.filter(
			(mark) => mark.kind !== 'LINK' && !line.spans.some((span) => shared(span, mark) > 0)
		);
		verdict.wrong.push(...wrong.map((mark) => ({ line, mark })));
		for (const one of both) {
			one.words += line.text.match(/\S+/g)?.length ?? 0;
			one.falseMarks += wrong.length;
		}
		for (const span of line.spans.filter(({ kind }) => kind !== 'LINK')) {
			const isFound = covered(span, marks) * 2 >= span.end - span.start;
			if (!isFound) verdict.missed.push({ line, span });
			for (const one of both) count(countOf(one, line, span, names), isFound);
		}
	}
	return verdict;
}

type Stretch = { start: number; end: number };
const shared = (one: Stretch, other: Stretch): number =>
	Math.max(0, Math.min(one.end, other.end) - Math.max(one.start, other.start));

const covered = (span: Line['spans'][number], marks: readonly Mark[]): number =>
	marks.filter(({ kind }) => kind === span.kind).reduce((sum, mark) => sum + shared(span, mark), 0);

function count(counted: Count, isFound: boolean): void {
	counted.all += 1;
	if (isFound) counted.found += 1;
}

function countOf(one: Tally, line: Line, span: Line['spans'][number], names: Names): Count {
	if (span.kind === 'PERSON' && !isListed(line, span, names)) return one.unlisted;
	return (one.kinds[span.kind] ??= { found: 0, all: 0 });
}

/** Any word of it may be a form of a listed name. */
const isListed = ({ text, lang }: Line, { start, end }: Stretch, names: Names): boolean =>
	(text.slice(start, end).match(/\p{L}+/gu) ?? []).some((word) => {
		const { first, last } = readingOf(word, lang, names);
		return first.length > 0 || last.length > 0;
	});
