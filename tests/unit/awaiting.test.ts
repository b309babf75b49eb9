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
