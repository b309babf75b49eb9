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
 * Finds the identity that opens a key, by a grant to the person or by one to a circle the person holds: two grants at
 * most. Null when there is no such grant, or when what it holds does not yield the key's public half. What was found is
 * remembered as long as the function is.
 */
export function keyring(
	{ keys, grants }: Ring,
	{ user, identity }: Holder
): (key: string) => Promise<string | null> {
	const find = async (
		key: string,
		openerOf: (grant: Grant) => string | null | Promise<string | null>
	): Promise<string | null> => {
		const recipient = keys.get(key)?.recipient;
		for (const grant of grants) {
			if (grant.key !== key || grant.ended || !grant.sealed) continue;
			const opener = await openerOf(grant);
			const found = opener && (await openGrant(grant, opener));
			if (found && found.recipient === recipient) return found.identity;
		}
		return null;
	};
	const own = once((key) => find(key, ({ user: to }) => (to === user ? identity : null)));
	return once(async (key) => (await own(key)) ?? find(key, ({ via }) => own(via)));
}

/** The identity that opens `key`, by a grant to the key `via`, whose identity is at hand; null as above. */
export async function identityVia(
	key: string,
	via: string,
	identity: string,
	{ keys, grants }: Ring
): Promise<string | null> {
	const recipient = keys.get(key)?.recipient;
	for (const grant of grants) {
		if (grant.key !== key || grant.via !== via || grant.ended || !grant.sealed) continue;
		const found = await openGrant(grant, identity);
		if (found && found.recipient === recipient) return found.identity;
	}
	return null;
}

/** Asked again, also while the first answer is on its way, it is asked once. */
export function once<T>(ask: (key: string) => Promise<T>): (key: string) => Promise<T> {
	const asked = new Map<string, Promise<T>>();
	return (key) => {
		const answer = asked.get(key) ?? ask(key);
		asked.set(key, answer);
		return answer;
	};
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
