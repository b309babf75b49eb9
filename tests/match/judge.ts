/** How well the product's own matching finds what people have judged: nDCG, hits, and whether it knows when there is nothing. */
import * as z from 'zod';
import { index, match, open, SIMILAR, type Library } from '../../src/lib/domain/match/match';
import { readerWith } from '../../src/lib/domain/match/terms';
import { Practice } from '../../src/lib/domain/practice';
import { Situation } from '../../src/lib/domain/situation';
import { LEXICON } from './lexicon';

/** As in a form: what is empty was not said. */
const Asked = z.preprocess(
	(alert: unknown) =>
		Object.fromEntries(
			Object.entries(z.record(z.string(), z.unknown()).parse(alert)).filter(([, value]) => value !== '')
		),
	Situation
);

/** `relevant`: by practice, how much it helps with the alert, 1 (somewhat) to 3 (just that); none where nothing is similar. */
export const Judged = z.object({
	practices: z.array(Practice).min(1),
	queries: z.array(z.object({ alert: Asked, relevant: z.record(z.string(), z.number().min(0)) })).min(1)
});
export type Judged = z.infer<typeof Judged>;

export type Verdict = {
	ndcg5: number;
	hit3: number;
	/** The share of all queries of which it says rightly that something is similar, or that nothing is. */
	nothingSimilar: number;
	/** The same, of those alone for which there is something, and for which there is nothing. */
	found: number;
	passedOn: number;
};

function libraryOf(practices: readonly Practice[]): Library {
	const read = readerWith(LEXICON);
	return open(index(practices, read), read);
}

const SHOWN = 5;
const FIRST = 3;

/** `enough`: from which score on it counts as similar. */
export function judge({ practices, queries }: Judged, enough = SIMILAR): Verdict {
	const library = libraryOf(practices);
	const results = queries.map(({ alert, relevant }) => {
		const found = match(library, alert, SHOWN);
		const grade = (id: string): number => relevant[id] ?? 0;
		const gains = found.map(({ id }) => grade(id));
		const best = Object.values(relevant)
			.filter((one) => one > 0)
			.sort((a, b) => b - a);
		return {
			isKnown: best.length > 0,
			ndcg: best.length > 0 ? dcg(gains) / dcg(best.slice(0, SHOWN)) : 0,
			hit: gains.slice(0, FIRST).some((gain) => gain > 0),
			saysKnown: (found[0]?.score ?? 0) >= enough
		};
	});
	const known = results.filter(({ isKnown }) => isKnown);
	const unknown = results.filter(({ isKnown }) => !isKnown);
	return {
		ndcg5: mean(known.map(({ ndcg }) => ndcg)),
		hit3: share(known, ({ hit }) => hit),
		nothingSimilar: share(results, ({ isKnown, saysKnown }) => isKnown === saysKnown),
		found: share(known, ({ saysKnown }) => saysKnown),
		passedOn: share(unknown, ({ saysKnown }) => !saysKnown)
	};
}

const dcg = (grades: readonly number[]): number =>
	grades.reduce((sum, grade, at) => sum + (2 ** grade - 1) / Math.log2(at + 2), 0);

/** Of nothing it is 1: nothing was wrong. */
const mean = (values: readonly number[]): number =>
	values.length === 0 ? 1 : values.reduce((sum, value) => sum + value, 0) / values.length;

const share = <T>(all: readonly T[], is: (one: T) => boolean): number =>
	mean(all.map((one) => (is(one) ? 1 : 0)));

/** Of all pairs of languages, the share in which an alert finds the same practice first. */
export function agreement(
	practices: readonly Practice[],
	alerts: readonly Record<string, Situation>[]
): number {
	const library = libraryOf(practices);
	const pairs = alerts.flatMap((alert) => {
		const first = Object.values(alert).map((told) => match(library, told, 1)[0]?.id);
		return first.flatMap((one, at) => first.slice(at + 1).map((other) => one === other));
	});
	return share(pairs, (isSame) => isSame);
}
