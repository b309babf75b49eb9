import { expect, test } from 'vitest';

/**
 * One attack, named for what the attacker wants. `attempt` says whether it was got: an attack that throws before it
 * was made is no refusal, and fails as well.
 */
export function wants(what: string, attempt: () => Promise<boolean>): void {
	test(`wants ${what}`, async () => {
		expect(await attempt()).toBe(false);
	});
}
