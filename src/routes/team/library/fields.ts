/** The words of a piece as fields of text; what is a list stands one on each line. */
import type { Piece } from '$lib/domain/piece';
import * as m from '$lib/i18n/generated/messages';

export type Part = {
	name: string;
	label: string;
	value: string;
	/** One on each line. */
	lines?: boolean;
	/** Of one line. */
	short?: boolean;
	optional?: boolean;
};

const lines = (text: string): string[] =>
	text
		.split('\n')
		.map((line) => line.trim())
		.filter((line) => line !== '');

export function partsOf({ kind, words }: Piece): Part[] {
	switch (kind) {
		case 'practice':
			return [
				{ name: 'title', label: m.library_title(), value: words.title, short: true },
				{ name: 'situation', label: m.advice_there(), value: words.situation },
				{ name: 'advised', label: m.advice_advised(), value: words.advised.join('\n'), lines: true },
				{ name: 'outcome', label: m.advice_outcome(), value: words.outcome },
				{
					name: 'differently',
					label: m.advice_differently(),
					value: words.differently ?? '',
					optional: true
				},
				{ name: 'protects', label: m.advice_protects(), value: words.protects ?? '', optional: true }
			];
		case 'steps':
			return [{ name: 'steps', label: m.library_steps(), value: words.join('\n'), lines: true }];
		case 'term':
			return [
				{ name: 'term', label: m.library_term(), value: words.term, short: true },
				{ name: 'meaning', label: m.library_meaning(), value: words.meaning },
				{ name: 'after', label: m.library_source(), value: words.after, short: true }
			];
		case 'before':
			return [
				{ name: 'title', label: m.library_title(), value: words.title, short: true },
				...words.parts.flatMap(({ heading, points }, at): Part[] => [
					{ name: `heading${at}`, label: m.library_part({ count: at + 1 }), value: heading, short: true },
					{
						name: `points${at}`,
						label: m.library_points({ count: at + 1 }),
						value: points.join('\n'),
						lines: true
					}
				])
			];
	}
}

/** What stands in the fields, as words of that kind. A field that may be empty and is says nothing. */
export function wordsOf(piece: Piece, values: Readonly<Record<string, string>>): Piece['words'] {
	const text = (name: string): string => (values[name] ?? '').trim();
	const differently = text('differently');
	const protects = text('protects');
	switch (piece.kind) {
		case 'practice':
			return {
				title: text('title'),
				situation: text('situation'),
				advised: lines(text('advised')),
				outcome: text('outcome'),
				...(differently && { differently }),
				...(protects && { protects })
			};
		case 'steps':
			return lines(text('steps'));
		case 'term':
			return { term: text('term'), meaning: text('meaning'), after: text('after') };
		case 'before':
			return {
				title: text('title'),
				parts: piece.words.parts.map((_, at) => ({
					heading: text(`heading${at}`),
					points: lines(text(`points${at}`))
				}))
			};
	}
}
