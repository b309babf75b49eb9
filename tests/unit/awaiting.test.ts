import { expect, test } from 'vitest';
import { needsExpert } from '../../src/lib/domain/awaiting';
import { TYPES, URGENCIES } from '../../src/lib/domain/lists';

const advised = ['stickersbusstop'];

test('where nothing was shown, and nothing is said of it, an expert is needed', () => {
	for (const type of TYPES)
		for (const urgency of URGENCIES) {
			expect(needsExpert({ type, urgency, advised: [] })).toBe(true);
			expect(needsExpert({ type, urgency })).toBe(true);
		}
});

test('threats, disclosed intent and danger need one whatever was shown, others do not', () => {
	const needing = TYPES.filter((type) => needsExpert({ type, urgency: 'urgent', advised }));
	expect(needing).toEqual(['threat', 'intent']);
	for (const type of TYPES) expect(needsExpert({ type, urgency: 'danger', advised })).toBe(true);
});

test('who asks to talk to a person needs one, until a person has answered', () => {
	const calm = { type: 'propaganda', urgency: 'calm', advised } as const;
	expect(needsExpert(calm, { asked: null, answered: null })).toBe(false);
	expect(needsExpert(calm, { asked: 5, answered: null })).toBe(true);
	expect(needsExpert(calm, { asked: 5, answered: 6 })).toBe(false);
	for (const need of ['colleague', 'meeting', 'police'] as const)
		expect(needsExpert({ ...calm, needs: [need] })).toBe(true);
	expect(needsExpert({ ...calm, needs: ['advice', 'legal'] })).toBe(false);
});
