import type { Grant, Key } from '../domain/records';
import { open, recipientOf, seal, type Pair } from '#age';
import { digest, fromBase64, toBase64 } from './bytes';

/** The person whose ring this is. */
export type Holder = { user: string; identity: string };
/** Keys and grants whose proofs were checked (`sync/trust`): nothing else belongs on a ring. */
export type Ring = { keys: ReadonlyMap<string, Key>; grants: readonly Grant[] };

const utf8 = new TextEncoder();

/** A key's identity, sealed to a person's or a circle's recipient; base64 as a grant carries it, and its digest. */
export async function sealGrant(
	identity: string,
	recipient: string
): Promise<{ sealed: string; digest: string }> {
	const bytes = await seal(utf8.encode(identity), recipient);
	return { sealed: toBase64(bytes), digest: await digest(bytes) };
}

/**
 * The identity that opens `key`, by a grant to the person or by one to a circle the person holds: two grants at most.
 * Null when there is no such grant, or when what it holds does not yield the key's public half.
 */
export async function identityOf(key: string, ring: Ring, holder: Holder): Promise<string | null> {
	const direct = await byGrant(key, ring, (grant) => (grant.user === holder.user ? holder.identity : null));
	if (direct) return direct;
	for (const grant of ring.grants) {
		if (grant.key !== key || !grant.via || grant.ended) continue;
		const circle = await byGrant(grant.via, ring, (own) =>
			own.user === holder.user ? holder.identity : null
		);
		if (!circle) continue;
		const found = await byGrant(key, ring, (candidate) => (candidate.id === grant.id ? circle : null));
		if (found) return found;
	}
	return null;
}

async function byGrant(
	key: string,
	ring: Ring,
	opener: (grant: Grant) => string | null
): Promise<string | null> {
	const recipient = ring.keys.get(key)?.recipient;
	for (const grant of ring.grants) {
		if (grant.key !== key || grant.ended || !grant.sealed) continue;
		const identity = opener(grant);
		const found = identity && (await openGrant(grant, identity));
		if (found && found.recipient === recipient) return found.identity;
	}
	return null;
}

/** What a grant holds, and the recipient it yields; null when it does not open, was swapped, or is no identity at all. */
async function openGrant(grant: Grant, opener: string): Promise<Pair | null> {
	try {
		const sealed = fromBase64(grant.sealed);
		// The giver's proof covers the digest, and the digest the bytes.
		if ((await digest(sealed)) !== grant.digest) return null;
		const identity = new TextDecoder().decode(await open(sealed, opener));
		return { identity, recipient: await recipientOf(identity) };
	} catch {
		return null;
	}
}
