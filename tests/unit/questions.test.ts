import fc from 'fast-check';
import { expect, test } from 'vitest';
import { emptyDraft } from '../../src/lib/domain/blank';
import type { Draft } from '../../src/lib/domain/draft';
import { NEEDS, TYPES, URGENCIES } from '../../src/lib/domain/lists';
import {
	firstOpen,
	mayBeSkipped,
	questionAfter,
	QUESTIONS,
	questionsFor,
	type Question
} from '../../src/lib/domain/questions';

const blank = emptyDraft('draft0000000000', 'team00000000000');
const aDraft = fc
	.record({
		type: fc.constantFrom<Draft['type']>('', ...TYPES),
		urgency: fc.constantFrom<Draft['urgency']>('', ...URGENCIES),
		needs: fc.uniqueArray(fc.constantFrom(...NEEDS))
	})
	.map((said): Draft => ({ ...blank, ...said }));

/** From the first question to the end, as somebody goes who only ever goes on. */
function walk(draft: Draft): Question[] {
	const way: Question[] = [];
	for (let at: Question | null = QUESTIONS[0]; at; at = questionAfter(at, draft)) way.push(at);
	return way;
}

test('whoever goes on meets each question that stands, once and in its order', () => {
	fc.assert(
		fc.property(aDraft, (draft) => {
			expect(walk(draft)).toEqual(questionsFor(draft));
		})
	);
});

test('a question without an incident takes the short path', () => {
	expect(walk({ ...blank, type: 'question', urgency: 'calm' })).toEqual([
		'urgency',
		'theme',
		'place',
		'story',
		'needs',
		'files'
	]);
});

test('the police contact comes into it in danger or on request, and then it is asked', () => {
	expect(walk({ ...blank, urgency: 'soon' })).not.toContain('police');
	expect(walk({ ...blank, urgency: 'danger' })).toContain('police');
	expect(walk({ ...blank, type: 'question', needs: ['police'] })).toContain('police');
});

test('whoever changed the type to a question goes on from where that was asked', () => {
	expect(questionAfter('type', { ...blank, type: 'question' })).toBe('place');
});

test('what keeps an alert from going can never be skipped, and comes first', () => {
	const open: Question[] = [];
	const draft = { ...blank };
	for (let next = firstOpen(draft); next; next = firstOpen(draft)) {
		open.push(next);
		Object.assign(draft, { [next]: next === 'place' ? 'Dunapart' : 'x' });
	}
	expect(open).toEqual(['urgency', 'theme', 'type', 'place']);
	expect(QUESTIONS.filter((question) => !mayBeSkipped(question))).toEqual(open);
	expect(firstOpen({ ...blank, urgency: 'calm', theme: 'hate', type: 'threat', place: ' ' })).toBe('place');
});
