/** Where somebody lives: a street with a number. A street alone is none, as many live there. */
import { before, marked, type Mark } from './mark';
import { AT_DE, LIVES, STREETS } from './streets';

/** As far from a figure as the longest address begins or ends. */
const REACH = 75;
type Stretch = { start: number; end: number };

/** There is a figure in every address: what stands far from any need not be read. */
function aroundFigures(text: string): Stretch[] {
	const found: Stretch[] = [];
	for (const { 0: figures, index } of text.matchAll(/\d+/g)) {
		const [start, end] = [Math.max(0, index - REACH), index + figures.length + REACH];
		const last = found.at(-1);
		if (last && start <= last.end) last.end = end;
		else found.push({ start: text.lastIndexOf(' ', start) + 1, end });
	}
	return found;
}

/** As they are written in PL, DE, RO, HU and GB. */
export function addresses(text: string): Mark[] {
	return aroundFigures(text).flatMap(({ start: from, end: to }) => {
		const part = text.slice(from, to);
		const forms = STREETS.flatMap(({ sign, forms }) => (sign.test(part) ? forms : []));
		return [...forms.flatMap((form) => marked(part, form, 'ADDRESS')), ...maybe(part)].map(
			({ start, end, kind }) => ({ start: from + start, end: from + end, kind })
		);
	});
}

const maybe = (part: string): Mark[] =>
	marked(part, AT_DE, 'ADDRESS').filter(
		({ start, end }) => /\d{5} /.test(part.slice(start, end)) || LIVES.test(before(part, start))
	);
