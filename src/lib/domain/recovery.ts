/** New keys for somebody who forgot the passphrase: what the server answers, and what is granted anew afterwards. */
import * as z from 'zod/mini';
import { genuineGrants, keysOf, type Ring } from './holders';
import { Id } from './id';
import type { Key } from './records';

/** Whose account it is: told when two have approved and the time is over. */
export const Due = z.object({
	user: Id,
	name: z.string().check(z.minLength(1), z.maxLength(120)),
	kind: z.enum(['named', 'coded'])
});
export type Due = z.infer<typeof Due>;

/** Why it cannot be finished yet, or any more. */
export const Undue = z.object({
	code: z.enum(['approvals', 'early', 'refused', 'done']),
	/** From when on, where two have approved. */
	after: z.string(),
	/** That pass between asking and finishing. */
	minutes: z.int().check(z.nonnegative()),
	/** How many have approved. */
	approvals: z.int().check(z.nonnegative())
});
export type Undue = z.infer<typeof Undue>;

/**
 * The cases' keys that were granted to a person by name until new keys took the place of the old ones, at `done`: what
 * had ended before stays ended.
 */
export function lostKeys(ring: Ring, user: string, done: string): Key[] {
	const cases = new Set([...ring.keys.values()].flatMap((key) => (key.case === '' ? [] : [key.case])));
	return [...cases]
		.flatMap((id) => keysOf(ring, id))
		.filter((key) => {
			const own = genuineGrants(ring, key).filter((grant) => grant.user === user);
			return own.some(({ ended }) => ended === done) && !own.some(({ ended }) => ended === '');
		});
}
