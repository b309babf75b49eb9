import { expect, test } from 'vitest';
import {
	asExample,
	bodyWith,
	isOutdated,
	ownPractices,
	PiecePage,
	pieces,
	type PieceRow
} from '../../src/lib/domain/piece';
import type { Practice, Shelf } from '../../src/lib/domain/practice';

const words = (title: string) => ({ title, situation: 'S.', advised: ['A.'], outcome: 'O.' });
const practice = (title: string): Practice => ({
	id: 'stickersbusstop',
	version: 2,
	themes: ['hate'],
	types: ['propaganda'],
	settings: [],
	ages: [],
	motives: [],
	sources: [],
	needs: [],
	sectors: [],
	texts: { en: words(title) }
});
const shelf: Omit<Shelf, 'lexicon'> = {
	practices: [practice('Example')],
	firstSteps: [{ for: { type: 'threat' }, version: 1, steps: ['One.', 'Two.'] }],
	glossary: [{ id: 'polarisation000', version: 1, term: 'polarisation', meaning: 'M.', after: 'A' }],
	before: [{ id: 'beforeyouwrite0', version: 1, title: 'Before', parts: [{ heading: 'H', points: ['P.'] }] }]
};
const row = (change: Partial<PieceRow>): PieceRow => ({
	id: 'row000000000000',
	of: 'practice/stickersbusstop',
	based: 2,
	state: 'shown',
	body: null,
	rev: 1,
	...change
});
const body = (title: string, locale = 'en') => ({ ...practice(''), texts: { [locale]: words(title) } });
const found = (rows: PieceRow[], of = 'practice/stickersbusstop') =>
	pieces(shelf, 'en', rows).find((piece) => piece.of === of);

test('without a decision a team has the examples', () => {
	const all = pieces(shelf, 'en', []);
	expect(all.map(({ of }) => of)).toEqual([
		'before/beforeyouwrite0',
		'practice/stickersbusstop',
		'steps/type/threat',
		'term/polarisation000'
	]);
	expect(all.every(({ own, state, rev }) => !own && state === 'shown' && rev === 0)).toBe(true);
	expect(all.some(isOutdated)).toBe(false);
});

test('the newest decision counts, in whatever order the rows came', () => {
	const rows = [
		row({ rev: 5, state: 'hidden', body: body('Third') }),
		row({ rev: 3, body: body('Second') }),
		row({ rev: 4, of: 'steps/type/threat', state: 'removed' })
	];
	for (const order of [rows, [...rows].reverse()]) {
		expect(found(order)).toMatchObject({ words: { title: 'Third' }, own: true, state: 'hidden', rev: 5 });
		expect(found(order, 'steps/type/threat')).toMatchObject({ state: 'removed', own: false });
		expect(ownPractices(order, shelf.practices).map(({ texts }) => texts.en?.title)).toEqual(['Third']);
	}
});

test('what a team has not said in this language the example says', () => {
	const polish = row({ body: body('Po polsku', 'pl') });
	expect(found([polish])).toMatchObject({ words: { title: 'Example' }, own: false });
	const [both] = ownPractices([polish], shelf.practices);
	expect([both?.texts.en?.title, both?.texts.pl?.title]).toEqual(['Example', 'Po polsku']);
});

test('a newer example is said of what the team has made its own of an older one', () => {
	const old = found([row({ based: 1, body: body('Ours') })]);
	expect(old && isOutdated(old)).toBe(true);
	expect(old && asExample(old)?.words).toEqual(words('Example'));
	const kept = found([row({ based: 2, body: body('Ours') })]);
	expect(kept && isOutdated(kept)).toBe(false);
});

test('what is in no shape that is known here is left aside, and the example stays', () => {
	for (const wrong of [{ texts: { en: { title: '' } } }, [], 'x', 1, { texts: {} }])
		expect(found([row({ body: wrong })])).toMatchObject({ words: { title: 'Example' }, own: false });
});

test('what a team has made its own stays when there is no such example any more', () => {
	const gone = row({ of: 'practice/wasthereonce000', body: body('Ours', 'pl') });
	expect(found([gone], gone.of)).toMatchObject({ words: { title: 'Ours' }, locale: 'pl', example: null });
	expect(found([row({ of: 'term/wasthereonce000' })], 'term/wasthereonce000')).toBeUndefined();
});

test('an id that is none never becomes one: it would go into alerts', () => {
	const wild = row({ of: 'practice/foo', body: body('Ours') });
	expect(ownPractices([wild], shelf.practices)).toEqual([]);
	expect(PiecePage.safeParse({ more: false, pieces: [wild] }).success).toBe(false);
	expect(PiecePage.safeParse({ more: false, pieces: [row({})] }).success).toBe(true);
});

test('words in one language leave those in others alone, and what is empty or too long is not taken', () => {
	const before = body('Po polsku', 'pl');
	expect(bodyWith('practice', before, 'en', words('New'))).toMatchObject({
		types: ['propaganda'],
		texts: { pl: words('Po polsku'), en: words('New') }
	});
	expect(bodyWith('practice', null, 'en', words('New'), practice('Example'))).toMatchObject({
		id: 'stickersbusstop',
		texts: { en: words('New') }
	});
	expect(bodyWith('practice', before, 'en', words(''))).toBeNull();
	expect(bodyWith('steps', null, 'en', ['One.'])).toBeNull();
	expect(bodyWith('steps', null, 'en', ['One.', 'Two.'])).toEqual({ texts: { en: ['One.', 'Two.'] } });
});
