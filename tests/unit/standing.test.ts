/** Whom the screens call by a name, and what they say about who that is. */
import { expect, test } from 'vitest';
import { peopleOf } from '../../src/lib/app/standing';
import type { Pin } from '../../src/lib/store/person';

const NOON = Date.UTC(2026, 10, 20, 12);
const pin = (id: string, more: Partial<Pin> = {}): Pin => ({
	...{ id, name: 'Ana', kind: 'named', keys: 'k', recipient: 'r', verifier: 'v', how: 'first' },
	...{ changed: '', at: NOON, ...more }
});

test('whoever wrote without an account has no name, and that is said instead of "not confirmed"', () => {
	const { people, standing } = peopleOf([pin('ana'), pin('nobody', { name: '', kind: 'coded' })], [], NOON);
	expect(people).toEqual({ ana: 'Ana' });
	expect(standing).toEqual({ ana: 'unconfirmed', nobody: 'coded' });
});

test('keys that changed are told before anything else', () => {
	const { standing } = peopleOf([pin('nobody', { name: '', kind: 'coded', changed: 'forged' })], [], NOON);
	expect(standing).toEqual({ nobody: 'changed' });
});
