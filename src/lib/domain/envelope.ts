/** The signed headers: where a sealed thing belongs, and what its author had seen. */
import * as z from 'zod/mini';
import { Id } from './id';
import { Proof, Verifier } from './records';

/** How many newest entries a header names at most. */
export const AFTER_MAX = 50;

/**
 * `after`: the newest entries under the same key that its author had seen. `seq` counts what this device has said under
 * this key, from 1. `roll`: how much of the team's roll the author knew.
 */
export const EntryHeader = z.object({
	team: Id,
	case: Id,
	entry: Id,
	key: Id,
	kind: z.string(),
	author: Id,
	after: z.array(Id).check(z.maxLength(AFTER_MAX)),
	seq: z.int().check(z.positive()),
	device: Id,
	roll: z.int().check(z.nonnegative())
});
export type EntryHeader = z.infer<typeof EntryHeader>;

export const PartHeader = z.object({
	case: Id,
	key: Id,
	file: Id,
	index: z.int(),
	count: z.int(),
	author: Id
});
export type PartHeader = z.infer<typeof PartHeader>;

/** Whose file it is, and of which Heed. */
export const TrayHeader = z.object({ user: Id, instance: Id });
export type TrayHeader = z.infer<typeof TrayHeader>;

/** A person's word that this device signs new alerts for them while it is locked. */
export const Certificate = z.object({ user: Id, device: Id, verifier: Verifier, proof: Proof });
export type Certificate = z.infer<typeof Certificate>;
